# SPDX-License-Identifier: MIT
"""The registers of the W65C265S: one row each.

Sources: the chip's equates in WDC's published monitor sources (EQU265.H, R_EQU.H), public include
files for the chip and the W65C265SXB guide.  WDC's data sheet itself was not at hand; what the
sources dispute is said in the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Register:
    """One register: address in bank 0, value after reset, and its bits from bit 0 upwards.

    ``bits`` names each bit that has a name of its own; a register without names is a number.
    ``modelled`` is False where the emulator only stores what is written.
    """

    name: str
    address: int
    reset: int
    meaning: str
    bits: tuple[str, ...] = ()
    modelled: bool = True


def _port(port: int) -> tuple[str, ...]:
    return tuple(f"P{port}{bit}" for bit in range(8))


_PORTS = tuple(
    Register(f"PD{port}", address, 0x00, f"port {port} data", _port(port))
    for port, address in enumerate((0xDF00, 0xDF01, 0xDF02, 0xDF03, 0xDF20, 0xDF21, 0xDF22))
)
_DIRECTIONS = tuple(
    Register(f"PDD{port}", address, 0x00, f"port {port} direction, 1 = output", _port(port))
    for port, address in enumerate((0xDF04, 0xDF05, 0xDF06, 0xDF07, 0xDF24, 0xDF25, 0xDF26))
)
_PORT7 = (
    Register("PD7", 0xDF23, 0xFF, "port 7 output latch; reads PD7 AND NOT PCS7 (inferred)", _port(7)),
    Register(
        "PCS7",
        0xDF27,
        0x00,
        "port 7 use, per bit: 0 = pin shows PD7, 1 = pin is a chip select",
        tuple(f"CS{bit}" for bit in range(8)),
    ),
)
_CONTROL = (
    # Reset value: one source gives 00 or 89 (the latter for chip test), one 01; the ROM's first
    # instruction writes 01, so 00 is taken.
    Register(
        "BCR",
        0xDF40,
        0x00,
        "bus control",
        ("BUS", "TG0", "TG1", "ICE", "WATCHDOG", "ABORT", "NMI", "EXTERNAL_ROM"),
    ),
    Register(
        "SSCR",
        0xDF41,
        0x00,
        "system speed: oscillator, PHI2 source, speed of the selects",
        (
            "FCLK_ON",
            "PHI2_FCLK",
            "EXTERNAL_RAM",
            "FAST_SYSTEM",
            "FAST_CS4",
            "FAST_CS5",
            "FAST_CS6",
            "FAST_CS7",
        ),
    ),
    Register(
        "TCR",
        0xDF42,
        0x00,
        "timer control: T4 clock and output, pulse measurement, baud timer of each UART",
        ("T4_FROM_P60", "T4_ON_P61", "PWM0", "PWM1", "U0_T4", "U1_T4", "U2_T4", "U3_T4"),
    ),
    Register("TER", 0xDF43, 0x00, "timer enable", tuple(f"T{n}" for n in range(8))),
    Register(
        "TIFR", 0xDF44, 0x00, "timer underflow flags; writing 1 clears", tuple(f"T{n}" for n in range(8))
    ),
    Register(
        "EIFR",
        0xDF45,
        0x00,
        "edge flags; writing 1 clears",
        ("PE56", "NE57", "PE60", "PWM", "NE64", "NE66", "PIB", "IRQ"),
        modelled=False,
    ),
    Register("TIER", 0xDF46, 0x00, "timer interrupt enable", tuple(f"T{n}" for n in range(8))),
    Register(
        "EIER",
        0xDF47,
        0x00,
        "edge interrupt enable",
        ("PE56", "NE57", "PE60", "PWM", "NE64", "NE66", "PIB", "IRQ"),
        modelled=False,
    ),
    Register(
        "UIFR",
        0xDF48,
        0x00,
        "UART flags; writing 1 clears",
        ("U0RX", "U0TX", "U1RX", "U1TX", "U2RX", "U2TX", "U3RX", "U3TX"),
    ),
    Register(
        "UIER",
        0xDF49,
        0x00,
        "UART interrupt enable",
        ("U0RX", "U0TX", "U1RX", "U1TX", "U2RX", "U2TX", "U3RX", "U3TX"),
    ),
)
_TIMERS = tuple(
    Register(f"T{n}{kind}{half}", base + 2 * n + offset, 0x00, f"timer {n} {what}, {halfname} byte")
    for kind, base, what in (("L", 0xDF50, "latch"), ("C", 0xDF60, "counter"))
    for n in range(8)
    for offset, half, halfname in ((0, "L", "low"), (1, "H", "high"))
)
_UARTS = tuple(
    row
    for n in range(4)
    for row in (
        Register(
            f"ACSR{n}",
            0xDF70 + 2 * n,
            0x00,
            f"UART {n} control and status",
            ("TX_ON", "TX_IRQ_WHEN_IDLE", "EIGHT_BITS", "PARITY", "EVEN", "RX_ON", "SEMAPHORE", "ERROR"),
        ),
        Register(f"ARTD{n}", 0xDF71 + 2 * n, 0x00, f"UART {n} data"),
    )
)
_PIB = tuple(
    Register(name, 0xDF78 + n, 0x00, "parallel interface bus", modelled=False)
    for n, name in enumerate(("PIBFR", "PIBER", "PIR2", "PIR3", "PIR4", "PIR5", "PIR6", "PIR7"))
)

REGISTERS: tuple[Register, ...] = tuple(
    sorted((*_PORTS, *_DIRECTIONS, *_PORT7, *_CONTROL, *_TIMERS, *_UARTS, *_PIB), key=lambda r: r.address)
)
"""All rows, by address."""

BY_NAME = MappingProxyType({register.name: register for register in REGISTERS})
BY_ADDRESS = MappingProxyType({register.address: register for register in REGISTERS})

ADDRESS = MappingProxyType({register.name: register.address for register in REGISTERS})
"""name -> address, for code that walks the table."""
