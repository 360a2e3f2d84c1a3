# SPDX-License-Identifier: MIT
"""The W65C265S: the core, its peripherals, and the wiring between them.

The registers are decoded by the names of `asm816.target.registers`; a register that the table
marks as not modelled keeps what is written and does nothing.

Facts in doubt and what is assumed: BCR resets to 00; ports 0-3 still answer at DF00-DF07 while
they are the bus; a PHI2 divided by four for slow selects (SSCR bits 3-7) is not modelled, every
access takes one PHI2 cycle.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from asm816.target.boards import FLASH_BANK_PINS, ON_CHIP_RAM
from asm816.target.interrupts import ABORT, BRK_EMULATION, BRK_NATIVE, COP, MASKABLE, NMI, RESET
from asm816.target.registers import ADDRESS, REGISTERS
from emu.chip.clocks import Clocks, Schedule
from emu.chip.flash import Flash
from emu.chip.interrupts import Interrupts
from emu.chip.memory import IO_PAGE, MemoryMap
from emu.chip.ports import Ports
from emu.chip.timers import Timers
from emu.chip.uarts import Uarts
from emu.cpu.core import Core, VectorTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from asm816.target.boards import Range

VECTORS = VectorTable(
    cop=(COP.native_vector, COP.emulation_vector),
    brk=(BRK_NATIVE.native_vector, BRK_EMULATION.emulation_vector),
    abort=(ABORT.native_vector, ABORT.emulation_vector),
    nmi=(NMI.native_vector, NMI.emulation_vector),
    irq=(MASKABLE[0].native_vector, MASKABLE[0].emulation_vector),
    reset=RESET.emulation_vector,
)
"""The chip's own table; each maskable source brings its own vector."""

# Bits of BCR and SSCR.
BUS_ON = 0x01
NMI_ON = 0x40
EXTERNAL_ROM = 0x80
FCLK_ON = 0x01
PHI2_IS_FCLK = 0x02

_HIGH_RAM = ON_CHIP_RAM[1]


class W65C265S:
    """The chip with its ROM and the memory that the board hangs on its bus."""

    def __init__(
        self,
        fclk_hz: int | Fraction,
        clk_hz: int | Fraction,
        rom: bytes,
        external_ram: Sequence[Range] = (),
        flash: bytes | None = None,
    ) -> None:
        """`flash` is the content of the flash at CS4, None if there is none."""
        self.core = Core(vectors=VECTORS)
        self.clocks = Clocks(fclk_hz, clk_hz)
        self.schedule = Schedule(self.clocks, self.core)
        self.interrupts = Interrupts(self.core)
        self.ports = Ports(self.clocks)
        self.timers = Timers(self.clocks, self.schedule, self.interrupts)
        self.uarts = Uarts(self.schedule, self.clocks, self.ports, self.timers, self.interrupts)
        self.memory_map = MemoryMap(
            self.core,
            rom,
            external_ram,
            None if flash is None else Flash(flash, self.clocks.tick_hz),
            self.schedule.now,
        )
        self.memory_map.connect_bank_lines(*(self.ports.pins[name] for name in FLASH_BANK_PINS))
        self.stored = {register.name: register.reset for register in REGISTERS}
        self._readers = self._read_table()
        self._writers = self._write_table()
        self.core.devices = self
        self.reset()

    # ------------------------------------------------------------------ the core's Devices

    def read(self, address: int) -> int:
        """A read cycle outside plain memory."""
        if address >> 8 == IO_PAGE:
            reader = self._readers.get(address)
            if reader is not None:
                self.schedule.catch_up()
                return reader()
            if address in _HIGH_RAM:
                return self.core.memory[address]
        return self.memory_map.read(address)

    def write(self, address: int, value: int) -> None:
        """A write cycle outside plain memory."""
        if address >> 8 != IO_PAGE:
            self.memory_map.write(address, value)
            return
        writer = self._writers.get(address)
        if writer is not None:
            self.schedule.catch_up()
            writer(value)
        elif address in _HIGH_RAM:
            self.core.memory[address] = value

    def service(self) -> int:
        """Do what is due; returns the clock of the next event."""
        self.schedule.catch_up()
        return self.schedule.next_clock()

    # ------------------------------------------------------------------ pins that reset and interrupt

    def reset(self) -> None:
        """The RES pin is pulled and let go: registers to their reset values, PHI2 to CLK."""
        core = self.core
        for register in REGISTERS:
            self.stored[register.name] = register.reset
        self.uarts.reset()
        self._write_sscr(0)
        self.timers.reset()
        self.interrupts.reset()  # last: the timers have just counted to the present and may have flagged
        self.ports.reset(core.clock)
        self._map_memory()
        core.reset()

    def nmi(self) -> None:
        """A pulse on P40; it counts only while BCR bit 6 is 1."""
        if self.stored["BCR"] & NMI_ON:
            self.core.nmi_since = self.core.clock
            self.core.event = 0

    def peek(self, address: int) -> int:
        """The byte the core would read, without touching flags."""
        memory = self.core.memory
        if not self.core.slow_read[address >> 8] or address in _HIGH_RAM:
            return memory[address]
        if address >> 8 == IO_PAGE and address in self._readers:
            received = {ADDRESS[f"ARTD{n}"]: uart.received for n, uart in enumerate(self.uarts.uarts)}
            return received[address] if address in received else self.read(address)
        return self.memory_map.peek(address)

    # ------------------------------------------------------------------ the registers

    def _read_table(self) -> dict[int, Callable[[], int]]:
        readers: dict[str, Callable[[], int]] = {
            register.name: partial(self._read_stored, register.name) for register in REGISTERS
        }
        for port in range(8):
            readers[f"PD{port}"] = partial(self.ports.read, port)
        for name in ("TIFR", "EIFR", "UIFR"):
            readers[name] = partial(self._read_flags, name)
        for n in range(8):
            for half, shift in (("L", 0), ("H", 8)):
                readers[f"T{n}L{half}"] = partial(self._read_latch, n, shift)
                readers[f"T{n}C{half}"] = partial(self._read_counter, n, shift)
        for n, uart in enumerate(self.uarts.uarts):
            readers[f"ARTD{n}"] = uart.read_data
            readers[f"ACSR{n}"] = partial(self._read_control, n)
        return {ADDRESS[name]: reader for name, reader in readers.items()}

    def _write_table(self) -> dict[int, Callable[[int], None]]:
        writers: dict[str, Callable[[int], None]] = {
            register.name: partial(self._store, register.name) for register in REGISTERS
        }
        for port in range(8):
            writers[f"PD{port}"] = partial(self._write_port, port)
        for port in range(7):
            writers[f"PDD{port}"] = partial(self._write_direction, port)
        for n in range(8):
            for half, high in (("L", False), ("H", True)):
                writers[f"T{n}L{half}"] = partial(self._write_latch, n, high)
                writers[f"T{n}C{half}"] = partial(self._write_counter, n, high)
        for n, uart in enumerate(self.uarts.uarts):
            writers[f"ACSR{n}"] = partial(self.uarts.write_control, n)
            writers[f"ARTD{n}"] = uart.write_data
        for name in ("TIER", "EIER", "UIER"):
            writers[name] = partial(self._write_enables, name)
        writers |= {
            "PCS7": self._write_pcs7,
            "BCR": self._write_bcr,
            "SSCR": self._write_sscr,
            "TCR": self._write_tcr,
            "TER": self._write_ter,
            "TIFR": self._write_tifr,
            "EIFR": self._write_eifr,
            "UIFR": self.uarts.acknowledge,
        }
        return {ADDRESS[name]: writer for name, writer in writers.items()}

    def _read_stored(self, name: str) -> int:
        return self.stored[name]

    def _store(self, name: str, value: int) -> None:
        self.stored[name] = value

    def _read_flags(self, name: str) -> int:
        self.timers.catch_up()
        return self.interrupts.flags[name]

    def _read_latch(self, n: int, shift: int) -> int:
        return self.timers.read_latch(n) >> shift & 0xFF

    def _read_counter(self, n: int, shift: int) -> int:
        return self.timers.read_counter(n) >> shift & 0xFF

    def _read_control(self, n: int) -> int:
        return self.uarts.uarts[n].control

    def _write_port(self, port: int, value: int) -> None:
        self.ports.write_data(port, value, self.core.clock)

    def _write_direction(self, port: int, value: int) -> None:
        self.stored[f"PDD{port}"] = value
        self.ports.write_direction(port, value, self.core.clock)

    def _write_pcs7(self, value: int) -> None:
        self.stored["PCS7"] = value
        self.ports.write_selects(value, self.core.clock)
        self._map_memory()

    def _write_bcr(self, value: int) -> None:
        self.stored["BCR"] = value
        self.ports.select_bus(bool(value & BUS_ON), self.core.clock)
        self._map_memory()

    def _write_sscr(self, value: int) -> None:
        self.stored["SSCR"] = value
        clocks = self.clocks
        fast = value & PHI2_IS_FCLK and value & FCLK_ON
        phi2 = clocks.fclk_ticks if fast else clocks.clk_ticks
        if phi2 != clocks.phi2_ticks:
            clocks.select_phi2(phi2, self.core.clock)
            # Everything that was planned has another clock value now, the end of the run included.
            self.core.event = 0
            self.core.until = self.core.clock
        self.timers.select_oscillator(bool(value & FCLK_ON))
        self.uarts.clock_changed()

    def _write_tcr(self, value: int) -> None:
        self.stored["TCR"] = value
        self.uarts.select_baud_timers(value >> 4)

    def _write_ter(self, value: int) -> None:
        self.stored["TER"] = value
        self.timers.write_enable(value)
        self.uarts.clock_changed()

    def _write_latch(self, n: int, high: bool, value: int) -> None:
        self.timers.write_latch(n, high, value)
        self.uarts.clock_changed()

    def _write_counter(self, n: int, high: bool, value: int) -> None:
        self.timers.write_counter(n, high, value)
        self.uarts.clock_changed()

    def _write_tifr(self, value: int) -> None:
        self.timers.catch_up()
        self.interrupts.clear_flags("TIFR", value, self.core.clock)
        self.timers.flags_changed()

    def _write_eifr(self, value: int) -> None:
        self.interrupts.clear_flags("EIFR", value, self.core.clock)

    def _write_enables(self, name: str, value: int) -> None:
        self.stored[name] = value
        self.timers.catch_up()
        self.interrupts.set_enables(name, value, self.core.clock)
        self.timers.flags_changed()

    def _map_memory(self) -> None:
        bcr = self.stored["BCR"]
        self.memory_map.select(
            bus=bool(bcr & BUS_ON), selects=self.stored["PCS7"], external_rom=bool(bcr & EXTERNAL_ROM)
        )
