# SPDX-License-Identifier: MIT
"""The W65C265S: the core, its peripherals, and the wiring between them.

The registers are decoded by the names of `asm816.target.registers`; a register that the table
marks as not modelled keeps what is written and does nothing.

Facts in doubt and what is assumed: BCR resets to 00; ports 0-3 still answer at DF00-DF07 while
they are the bus; a PHI2 divided by four for slow selects (SSCR bits 3-7) is not modelled, every
access takes one PHI2 cycle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.boards import CHIP_REGISTERS, FLASH_BANK_PINS
from asm816.target.interrupts import ABORT, BRK_EMULATION, BRK_NATIVE, COP, MASKABLE, NMI, RESET
from asm816.target.registers import ADDRESS, BY_ADDRESS, REGISTERS
from emu.chip.clocks import Clocks, Schedule
from emu.chip.flash import Flash
from emu.chip.interrupts import EDGE, TIMER, UART, Interrupts
from emu.chip.memory import IO_PAGE, MemoryMap
from emu.chip.ports import Ports
from emu.chip.socket import FlashSocket
from emu.chip.timers import Timers
from emu.chip.uarts import Uarts
from emu.cpu.core import Core, VectorTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
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
EXTERNAL_RAM = 0x04

PORT_AT = {ADDRESS[f"{kind}{port}"]: port for kind in ("PD", "PDD") for port in range(8 - (kind == "PDD"))}
"""address of a port's data or direction register -> its number"""

ENABLE_GROUP = {ADDRESS["TIER"]: TIMER, ADDRESS["EIER"]: EDGE, ADDRESS["UIER"]: UART}


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
        self.memory_map = MemoryMap(self.core, rom, external_ram)
        self.socket: FlashSocket | None = None
        if flash is not None:
            self.socket = FlashSocket(
                Flash(flash, self.clocks.tick_hz),
                self.memory_map,
                self.schedule.now,
                *(self.ports.pins[name] for name in FLASH_BANK_PINS),
            )
        self.stored = {register.name: register.reset for register in REGISTERS}
        self._readers = self._read_table()
        self._writers = self._write_table()
        self.core.devices = self
        self.reset()

    # ------------------------------------------------------------------ the core's Devices

    def read(self, address: int) -> int:
        """A read cycle outside plain memory."""
        if address >> 8 == IO_PAGE:
            return self._readers[address & 0xFF](address)
        return self.memory_map.read(address)

    def write(self, address: int, value: int) -> None:
        """A write cycle outside plain memory."""
        if address >> 8 == IO_PAGE:
            if self.core.clock >= self.schedule.due:
                self.schedule.catch_up()
            self._writers[address & 0xFF](address, value)
        else:
            self.memory_map.write(address, value)

    def service(self) -> int:
        """Do what is due; returns the clock of the next event."""
        self.schedule.catch_up()
        return self.schedule.due

    # ------------------------------------------------------------------ pins that reset and interrupt

    def reset(self) -> None:
        """The RES pin is pulled and let go: registers to their reset values, PHI2 to CLK."""
        core = self.core
        for register in REGISTERS:
            self.stored[register.name] = register.reset
        self.uarts.reset()
        self._write_sscr(ADDRESS["SSCR"], 0)
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
        if not self.core.slow_read[address >> 8]:
            return self.core.memory[address]
        if address in CHIP_REGISTERS:
            uart = address >> 1 & 3
            is_data = address == ADDRESS[f"ARTD{uart}"]
            return self.uarts.uarts[uart].received if is_data else self.read(address)
        return self.memory_map.peek(address)

    # ------------------------------------------------------------------ snapshots

    def state(self) -> dict[str, Any]:
        """Everything but the core and its memory, exact to the bit on the line: plain JSON values."""
        return {
            "registers": dict(self.stored),
            "clocks": self.clocks.state(),
            "interrupts": self.interrupts.state(),
            "ports": self.ports.state(),
            "timers": self.timers.state(),
            "uarts": self.uarts.state(),
            "memory_map": self.memory_map.state(),
            "socket": None if self.socket is None else self.socket.state(),
            "alarms": self.schedule.state(),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave.

        The core with its memory, the content of the flash, and whatever else uses the schedule
        (cables) are to be there, and restored, before.
        """
        self.stored = dict(state["registers"])
        self.clocks.set_state(state["clocks"])
        self.interrupts.set_state(state["interrupts"])
        self.ports.set_state(state["ports"])
        self.timers.set_state(state["timers"])
        self.uarts.set_state(state["uarts"])
        if self.socket is not None:
            self.socket.set_state(state["socket"])
        self.memory_map.set_state(state["memory_map"])
        self.schedule.set_state(state["alarms"])

    # ------------------------------------------------------------------ the registers

    def _read_table(self) -> list[Callable[[int], int]]:
        readers: list[Callable[[int], int]] = [self.memory_map.read] * 256
        named: dict[str, Callable[[int], int]] = {register.name: self._read_stored for register in REGISTERS}
        for port in range(8):
            named[f"PD{port}"] = self._read_port
        named |= {"TIFR": self._read_tifr, "EIFR": self._read_eifr, "UIFR": self._read_uifr}
        for n in range(8):
            named |= {f"T{n}LL": self._read_latch_low, f"T{n}LH": self._read_latch_high}
            named |= {f"T{n}CL": self._read_counter_low, f"T{n}CH": self._read_counter_high}
        for n in range(4):
            named |= {f"ACSR{n}": self._read_control, f"ARTD{n}": self._read_data}
        for name, reader in named.items():
            readers[ADDRESS[name] & 0xFF] = reader
        return readers

    def _write_table(self) -> list[Callable[[int, int], None]]:
        writers: list[Callable[[int, int], None]] = [self.memory_map.write] * 256
        named: dict[str, Callable[[int, int], None]] = {register.name: self._store for register in REGISTERS}
        for port in range(8):
            named[f"PD{port}"] = self._write_port
        for port in range(7):
            named[f"PDD{port}"] = self._write_direction
        for n in range(8):
            named |= {f"T{n}LL": self._write_latch, f"T{n}LH": self._write_latch}
            named |= {f"T{n}CL": self._write_counter, f"T{n}CH": self._write_counter}
        for n in range(4):
            named |= {f"ACSR{n}": self._write_control, f"ARTD{n}": self._write_data}
        named |= {
            "PCS7": self._write_pcs7,
            "BCR": self._write_bcr,
            "SSCR": self._write_sscr,
            "TCR": self._write_tcr,
            "TER": self._write_ter,
            "TIFR": self._write_tifr,
            "EIFR": self._write_eifr,
            "UIFR": self._write_uifr,
            "TIER": self._write_enables,
            "EIER": self._write_enables,
            "UIER": self._write_enables,
        }
        for name, writer in named.items():
            writers[ADDRESS[name] & 0xFF] = writer
        return writers

    def _settle(self) -> None:
        """What was due before or in this cycle has happened."""
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()

    def _read_stored(self, address: int) -> int:
        return self.stored[BY_ADDRESS[address].name]

    def _read_port(self, address: int) -> int:
        self._settle()
        return self.ports.read(PORT_AT[address])

    def _read_tifr(self, address: int) -> int:
        del address
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        return self.interrupts.flags & 0xFF

    def _read_eifr(self, address: int) -> int:
        del address
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        return self.interrupts.flags >> 8 & 0xFF

    def _read_uifr(self, address: int) -> int:
        del address
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        return self.interrupts.flags >> 16

    def _read_latch_low(self, address: int) -> int:
        return self.timers.timers[address >> 1 & 7].latch & 0xFF

    def _read_latch_high(self, address: int) -> int:
        return self.timers.timers[address >> 1 & 7].latch >> 8

    def _read_counter_low(self, address: int) -> int:
        self._settle()
        return self.timers.read_counter(address >> 1 & 7) & 0xFF

    def _read_counter_high(self, address: int) -> int:
        self._settle()
        return self.timers.read_counter(address >> 1 & 7) >> 8

    def _read_control(self, address: int) -> int:
        self._settle()
        return self.uarts.uarts[address >> 1 & 3].control

    def _read_data(self, address: int) -> int:
        self._settle()
        return self.uarts.uarts[address >> 1 & 3].read_data()

    def _store(self, address: int, value: int) -> None:
        self.stored[BY_ADDRESS[address].name] = value

    def _write_port(self, address: int, value: int) -> None:
        self.ports.write_data(PORT_AT[address], value, self.core.clock)

    def _write_direction(self, address: int, value: int) -> None:
        self._store(address, value)
        self.ports.write_direction(PORT_AT[address], value, self.core.clock)

    def _write_pcs7(self, address: int, value: int) -> None:
        self._store(address, value)
        self.ports.write_selects(value, self.core.clock)
        self._map_memory()

    def _write_bcr(self, address: int, value: int) -> None:
        self._store(address, value)
        self.ports.select_bus(bool(value & BUS_ON), self.core.clock)
        self._map_memory()

    def _write_sscr(self, address: int, value: int) -> None:
        self._store(address, value)
        clocks = self.clocks
        fast = value & PHI2_IS_FCLK and value & FCLK_ON
        phi2 = clocks.fclk_ticks if fast else clocks.clk_ticks
        if phi2 != clocks.phi2_ticks:
            clocks.select_phi2(phi2, self.core.clock)
            # Everything that was planned has another clock value now, the end of the run included.
            self.schedule.clock_changed()
            self.core.until = self.core.clock
        self.timers.select_oscillator(bool(value & FCLK_ON))
        self.uarts.clock_changed()
        self._map_memory()

    def _write_tcr(self, address: int, value: int) -> None:
        self._store(address, value)
        self.uarts.select_baud_timers(value >> 4)

    def _write_ter(self, address: int, value: int) -> None:
        self._store(address, value)
        self.timers.write_enable(value)
        self.uarts.clock_changed()

    def _write_latch(self, address: int, value: int) -> None:
        self.timers.write_latch(address >> 1 & 7, bool(address & 1), value)
        self.uarts.clock_changed()

    def _write_counter(self, address: int, value: int) -> None:
        self.timers.write_counter(address >> 1 & 7, bool(address & 1), value)
        self.uarts.clock_changed()

    def _write_control(self, address: int, value: int) -> None:
        self.uarts.write_control(address >> 1 & 3, value)

    def _write_data(self, address: int, value: int) -> None:
        self.uarts.uarts[address >> 1 & 3].write_data(value)

    def _write_tifr(self, address: int, value: int) -> None:
        del address
        self.timers.flags_cleared(value)

    def _write_eifr(self, address: int, value: int) -> None:
        del address
        self.interrupts.clear_flags(value << EDGE, self.core.clock)

    def _write_uifr(self, address: int, value: int) -> None:
        del address
        self.uarts.acknowledge(value)

    def _write_enables(self, address: int, value: int) -> None:
        self._store(address, value)
        self.interrupts.set_enables(ENABLE_GROUP[address], value, self.core.clock)

    def _map_memory(self) -> None:
        bcr, sscr = self.stored["BCR"], self.stored["SSCR"]
        self.memory_map.select(
            bus=bool(bcr & BUS_ON),
            selects=self.stored["PCS7"],
            external_rom=bool(bcr & EXTERNAL_ROM),
            external_ram=bool(sscr & EXTERNAL_RAM),
        )
