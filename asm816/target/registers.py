# SPDX-License-Identifier: MIT
"""The registers of the W65C265S: a row for each, and a row for each of their bits.

WDC's data sheet itself was not at hand; `SOURCES` says what the rows rest on.  What the sources dispute
or leave open is said in the row; the emulator's choice is then "assumed", or a setting of
`emu.chip.settings`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

SOURCES = MappingProxyType(
    {
        "rom": "WDC's published monitor sources (EQU265.H, R_EQU.H, ROM_INIT.ASM, R_SERIAL.ASM, TABLES.ASM)",
        "run": "the chip's ROM as published by WDC, executed",
        "equates": "a public-domain file of W65C265 equates (A. Lanterman), adapted from the data sheet",
        "guide": "the public W65C265SXB guide (S. Costello)",
        "boards": "public software that ran on W65C265SXB boards (A. Jacobs)",
        "tones": "public tone-generator software for the chip (rehsd), which cites the data sheet",
        "assumed": "no source: inferred from the other rows",
    }
)
"""short name -> what it is"""

RW, R1C = "rw", "r, write 1 clears"


class Bit(NamedTuple):
    """One bit of a register: ``mask`` is its value in the register, ``reset`` 0 or 1."""

    register: str
    name: str
    number: int
    access: str
    reset: int
    meaning: str
    source: str
    modelled: bool = True

    @property
    def mask(self) -> int:
        """The bit alone."""
        return 1 << self.number

    @property
    def constant(self) -> str:
        """Its name in the include file, where it is a mask."""
        return (
            f"{self.register.rstrip('0123')}_{self.name}" if self.register[:4] == "ACSR" else self.full_name
        )

    @property
    def full_name(self) -> str:
        """REGISTER_NAME."""
        return f"{self.register}_{self.name}"


class Register(NamedTuple):
    """One register: address in bank 0, value after reset, and its bits from bit 0 upwards.

    A register without bits is one number of 8 bits.  ``modelled`` is False where the emulator only
    stores what is written.
    """

    name: str
    address: int
    access: str
    reset: int
    meaning: str
    source: str
    bits: tuple[Bit, ...] = ()
    modelled: bool = True


def _register(
    name: str,
    address: int,
    meaning: str,
    source: str,
    bits: tuple[tuple[str, str, str], ...] = (),
    *,
    reset: int = 0x00,
    access: str = RW,
) -> Register:
    """A register whose bits are (name, meaning, source), bit 0 first."""
    rows = tuple(
        Bit(name, bit, n, access, reset >> n & 1, text, origin) for n, (bit, text, origin) in enumerate(bits)
    )
    return Register(name, address, access, reset, meaning, source, rows)


# ---------------------------------------------------------------------- ports

_PIN_USES = MappingProxyType(
    {
        "P40": "NMIB or ABORTB (BCR bits 6 and 5)",
        "P41": "IRQB, level",
        "P43": "flash bank, low line, on the W65C265SXB",
        "P44": "flash bank, high line, on the W65C265SXB",
        "P56": "positive edge interrupt; DTR of UART 3 in the monitor",
        "P57": "negative edge interrupt; DSR of UART 3 in the monitor",
        "P60": "RXD0; TIN of T4; positive edge interrupt",
        "P61": "TXD0; TOUT of T4",
        "P62": "RXD1; pulse width measurement by T7",
        "P63": "TXD1",
        "P64": "RXD2; negative edge interrupt",
        "P65": "TXD2",
        "P66": "RXD3; negative edge interrupt",
        "P67": "TXD3",
    }
)
"""pin -> what else it is (monitor sources; equates)"""

_BUS_LINES = ("A{bit}", "A{high}", "D{bit}", "A{bank}")


def _use(port: int, bit: int) -> str:
    """What a pin is besides a port bit, behind a separator."""
    if port < 4:
        line = _BUS_LINES[port].format(bit=bit, high=8 + bit, bank=16 + bit)
        return f"; {line} while BCR bit 0 is 1"
    use = _PIN_USES.get(f"P{port}{bit}")
    return f"; {use}" if use else ""


_PORT_ADDRESSES = (0xDF00, 0xDF01, 0xDF02, 0xDF03, 0xDF20, 0xDF21, 0xDF22)

_PORTS = tuple(
    _register(
        f"PD{port}",
        address,
        f"port {port} data: writes the latch, reads outputs from the latch and inputs from their pins",
        "rom",
        tuple((f"P{port}{bit}", f"pin P{port}{bit}{_use(port, bit)}", "rom") for bit in range(8)),
    )
    for port, address in enumerate(_PORT_ADDRESSES)
)
_DIRECTIONS = tuple(
    _register(
        f"PDD{port}",
        address + 4,
        f"port {port} direction, 1 = output",
        "rom",
        tuple((f"P{port}{bit}", f"P{port}{bit} is an output", "rom") for bit in range(8)),
    )
    for port, address in enumerate(_PORT_ADDRESSES)
)
_PORT7 = (
    _register(
        "PD7",
        0xDF23,
        "port 7 output latch; reads PD7 AND NOT PCS7 (assumed: it explains two observations)",
        "guide",
        tuple((f"P7{bit}", f"level of pin P7{bit} where PCS7 bit {bit} is 0", "rom") for bit in range(8)),
        reset=0xFF,
    ),
    _register(
        "PCS7",
        0xDF27,
        "port 7 use, per bit: 0 = the pin shows PD7, 1 = it is a chip select, active low",
        "rom",
        tuple(
            (f"CS{bit}", f"P7{bit} selects {what}", source)
            for bit, (what, source) in enumerate(
                (
                    ("00:DF00-DF1F, port replacement", "rom"),
                    ("00:DFC0-DFFF (one source: -DFEF), expansion", "boards"),
                    ("what is on the chip (range not established)", "rom"),
                    ("00:0200-7FFF, and 0000-01FF with SSCR bit 2 (assumed)", "rom"),
                    ("00:8000-DEFF, and E000-FFFF with BCR bit 7", "rom"),
                    ("banks 00-3F less what is on the chip or under another select", "rom"),
                    ("banks 40-BF", "rom"),
                    ("banks C0-FF", "guide"),
                )
            )
        ),
    ),
)

# ---------------------------------------------------------------------- control and flags

_EDGES = (
    ("PE56", "positive edge on P56"),
    ("NE57", "negative edge on P57"),
    ("PE60", "positive edge on P60"),
    ("PWM", "edge on P62 chosen by TCR bits 2 and 3"),
    ("NE64", "negative edge on P64"),
    ("NE66", "negative edge on P66"),
    ("PIB", "the host wrote to the parallel interface bus"),
    ("IRQ", "P41 is low"),
)
_UART_EVENTS = tuple(
    row
    for n in range(4)
    for row in (
        (f"U{n}RX", f"UART {n} has received a character; reading ARTD{n} clears it too"),
        (f"U{n}TX", f"UART {n} can take a character (a level: it is there while it is so)"),
    )
)

_CONTROL = (
    _register(
        "BCR",
        0xDF40,
        # One source gives 00 or 89 (the latter for chip test, chosen by pin BE), one 01; the ROM's first
        # instruction writes 01, so 00 is taken.
        "bus control",
        "equates",
        (
            ("BUS", "ports 0-3 are the address and data bus; 0 = ports", "equates"),
            ("TG0", "tone generator 0 (T5) sounds on pin TG0", "equates"),
            ("TG1", "tone generator 1 (T6) sounds on pin TG1", "equates"),
            ("ICE", "accesses on the chip show on the external bus too", "equates"),
            ("WATCHDOG", "an underflow of T0 resets the chip (the effect is assumed)", "equates"),
            ("ABORT", "P40 is ABORTB", "equates"),
            ("NMI", "P40 is NMIB", "equates"),
            ("EXTERNAL_ROM", "E000-FFFF with all vectors is external, at select 4", "equates"),
        ),
    ),
    _register(
        "SSCR",
        0xDF41,
        "system speed",
        "equates",
        (
            ("FCLK_ON", "the FCLK oscillator runs", "equates"),
            ("PHI2_FCLK", "PHI2 is FCLK or FCLK/4; 0 = CLK, 32.768 kHz", "equates"),
            ("EXTERNAL_RAM", "0000-01FF is external, at select 3 (the select is assumed)", "equates"),
            ("FAST_SYSTEM", "on-chip and select 0-3 accesses at FCLK; 0 = FCLK/4", "equates"),
            *(
                (f"FAST_CS{n}", f"accesses under select {n} at FCLK; 0 = FCLK/4", "equates")
                for n in range(4, 8)
            ),
        ),
    ),
    _register(
        "TCR",
        0xDF42,
        "timer control",
        "equates",
        (
            ("T4_FROM_P60", "T4 counts P60; 0 = FCLK", "equates"),
            ("T4_ON_P61", "T4 makes a square wave on P61", "equates"),
            ("PWM_RISING", "T7 measures at positive edges of P62", "equates"),
            ("PWM_FALLING", "T7 measures at negative edges of P62", "equates"),
            *((f"U{n}_T4", f"baud rate of UART {n} from T4; 0 = T3", "equates") for n in range(4)),
        ),
    ),
    _register(
        "TER", 0xDF43, "timer enable", "rom", tuple((f"T{n}", f"T{n} counts", "rom") for n in range(8))
    ),
    _register(
        "TIFR",
        0xDF44,
        "timer flags",
        "rom",
        tuple((f"T{n}", f"T{n} went through 0", "rom") for n in range(8)),
        access=R1C,
    ),
    _register(
        "EIFR",
        0xDF45,
        "edge flags",
        "rom",
        tuple((name, meaning, "equates") for name, meaning in _EDGES),
        access=R1C,
    ),
    _register(
        "TIER",
        0xDF46,
        "timer interrupt enable",
        "rom",
        tuple((f"T{n}", f"TIFR bit {n} interrupts", "rom") for n in range(8)),
    ),
    _register(
        "EIER",
        0xDF47,
        "edge interrupt enable",
        "rom",
        tuple((name, f"EIFR bit {n} interrupts", "equates") for n, (name, _) in enumerate(_EDGES)),
    ),
    _register(
        "UIFR",
        0xDF48,
        "UART flags",
        "rom",
        tuple((name, meaning, "rom") for name, meaning in _UART_EVENTS),
        access=R1C,
    ),
    _register(
        "UIER",
        0xDF49,
        "UART interrupt enable",
        "rom",
        tuple((name, f"UIFR bit {n} interrupts", "rom") for n, (name, _) in enumerate(_UART_EVENTS)),
    ),
)

# ---------------------------------------------------------------------- timers

TIMER_USES = (
    "watchdog (BCR bit 4); counts FCLK (assumed)",
    "time of day; counts CLK, 32.768 kHz: 7FFF is one second",
    "periodic interrupt; counts FCLK/16",
    "baud rate; counts FCLK",
    "baud rate, square wave on P61; counts FCLK or P60",
    "tone generator 0; counts FCLK, a wave is 16 periods",
    "tone generator 1; counts FCLK, a wave is 16 periods",
    "pulse width on P62; counts FCLK",
)

_TIMERS = tuple(
    _register(
        f"T{n}{kind}{half}",
        base + 2 * n + offset,
        f"timer {n} {what}, {byte} byte{effect}; 00 at power on, kept over RESET (assumed)",
        source,
    )
    for kind, base, what in (("L", 0xDF50, "latch"), ("C", 0xDF60, "counter"))
    for n in range(8)
    for offset, half, byte, effect, source in (
        (0, "L", "low", "; writing goes to the latch" if kind == "C" else "", "rom"),
        (1, "H", "high", "; writing also loads the counter from the latch" if kind == "C" else "", "rom"),
    )
)

# ---------------------------------------------------------------------- UARTs

_UARTS = tuple(
    row
    for n in range(4)
    for row in (
        _register(
            f"ACSR{n}",
            0xDF70 + 2 * n,
            f"UART {n} control and status",
            "equates",
            (
                ("TX_ON", "the transmitter is on and has its TXD pin", "equates"),
                ("TX_WHEN_IDLE", "transmit flag when data and shift register are empty; 0 = data", "equates"),
                ("EIGHT_BITS", "8 data bits; 0 = 7", "equates"),
                ("PARITY", "a parity bit follows the data", "equates"),
                ("EVEN", "parity is even; 0 = odd", "equates"),
                ("RX_ON", "the receiver listens to its RXD pin", "equates"),
                ("SEMAPHORE", "free for software", "equates"),
                (
                    "ERROR",
                    "parity, missing stop bit or overrun (causes assumed); writing 1 clears",
                    "equates",
                ),
            ),
        ),
        _register(
            f"ARTD{n}",
            0xDF71 + 2 * n,
            f"UART {n} data: writes a character to send, reads the one received last",
            "rom",
        ),
    )
)

# ---------------------------------------------------------------------- parallel interface bus

PARALLEL = ("PIBFR", "PIBER", "PIR2", "PIR3", "PIR4", "PIR5", "PIR6", "PIR7")
"""The registers of the parallel interface bus, at DF78 and on."""

_PARALLEL_FLAGS = (
    ("OPEN", "as PIBER bit 0"),
    ("STROBES", "as PIBER bit 1"),
    ("OUT3", "the program wrote PIR3; the host's read clears it"),
    ("IN3", "the host wrote PIR3; the program's read clears it"),
    ("OUT", "set by the program for the host, which clears it"),
    ("IN", "set by the host for the program, which clears it by writing 1"),
    ("OUT7", "the program wrote PIR7; the host's read clears it"),
    ("IN7", "the host wrote PIR7; the program's read clears it"),
)
_PARALLEL_ENABLES = (
    ("OPEN", "the bus is on"),
    ("STROBES", "the host's read and write strobes count"),
    ("OUT3", "PIBFR bit 2 is set"),
    ("IN3", "PIBFR bit 3 is set"),
    ("OUT", "PIBFR bit 4 can be set"),
    ("IN", "PIBFR bit 5 can be set"),
    ("OUT7", "PIBFR bit 6 is set"),
    ("IN7", "PIBFR bit 7 is set"),
)
_PIB = (
    _register(
        "PIBFR",
        0xDF78,
        "parallel interface bus flags",
        "equates",
        tuple((name, meaning, "equates") for name, meaning in _PARALLEL_FLAGS),
        access="r; bit 4 w, bit 5 write 1 clears (assumed)",
    ),
    _register(
        "PIBER",
        0xDF79,
        "parallel interface bus enable",
        "equates",
        tuple((name, meaning, "equates") for name, meaning in _PARALLEL_ENABLES),
    ),
    *(
        _register(f"PIR{n}", 0xDF78 + n, f"parallel interface bus register {n}", "equates")
        for n in range(2, 8)
    ),
)

REGISTERS: tuple[Register, ...] = tuple(
    sorted((*_PORTS, *_DIRECTIONS, *_PORT7, *_CONTROL, *_TIMERS, *_UARTS, *_PIB), key=lambda r: r.address)
)
"""All registers, by address."""

BITS: tuple[Bit, ...] = tuple(bit for register in REGISTERS for bit in register.bits)
"""All bits that have a name, by address and number."""

BY_NAME = MappingProxyType({register.name: register for register in REGISTERS})
BY_ADDRESS = MappingProxyType({register.address: register for register in REGISTERS})

ADDRESS = MappingProxyType({register.name: register.address for register in REGISTERS})
"""name -> address, for code that walks the table."""

MASK = MappingProxyType({bit.constant: bit.mask for bit in BITS})
"""constant (BCR_BUS, ACSR_TX_ON, ...) -> the bit alone, for code that tests and sets bits."""
