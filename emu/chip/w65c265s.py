# SPDX-License-Identifier: MIT
"""The W65C265S: the core, its peripherals, and the wiring between them.

Registers are decoded by the names of `asm816.target.registers`.  What the public sources leave open is
a setting (`emu.chip.settings`) or said in the module of the part.

PHI2 is CLK, FCLK, or FCLK/4 when SSCR has none of its speed bits 3-7 set.  With some of them set PHI2 is
FCLK, and an access to what is slow takes four of its periods: the core's clock counts them all.
Assumed: an internal cycle is never slow in that case, and PHI2 stays on CLK where FCLK is chosen while
its oscillator is off.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from asm816.target.boards import FLASH_BANK_PINS
from asm816.target.interrupts import ABORT, BRK_EMULATION, BRK_NATIVE, COP, MASKABLE, NMI, RESET
from asm816.target.registers import ADDRESS, BY_ADDRESS, MASK, PARALLEL, REGISTERS
from emu.chip.buspins import BusPins
from emu.chip.clocks import Clocks, Schedule
from emu.chip.flash import Flash
from emu.chip.interrupts import EDGE, TIMER, UART, Interrupts
from emu.chip.memory import IO_PAGE, ON_CHIP, SLOW_PERIODS, MemoryMap, address_space
from emu.chip.parallel import ParallelBus
from emu.chip.ports import Ports
from emu.chip.pulses import Pulses
from emu.chip.requests import Requests
from emu.chip.settings import DEFAULTS, ChipSettings
from emu.chip.socket import FlashSocket
from emu.chip.timers import Timers
from emu.chip.tones import Tone
from emu.chip.uarts import Uarts
from emu.chip.watchdog import Watchdog
from emu.cpu.backend import load
from emu.cpu.bus import VectorTable

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

ABORT_VECTORS = replace(VECTORS, nmi=VECTORS.abort)
"""While P40 is ABORT: the request comes in where the core looks for NMI."""

BUS_ON = MASK["BCR_BUS"]
TONES_ON = (MASK["BCR_TG0"], MASK["BCR_TG1"])
ICE_ON = MASK["BCR_ICE"]
WATCHDOG_ON = MASK["BCR_WATCHDOG"]
EXTERNAL_ROM = MASK["BCR_EXTERNAL_ROM"]
FCLK_ON = MASK["SSCR_FCLK_ON"]
PHI2_IS_FCLK = MASK["SSCR_PHI2_FCLK"]
EXTERNAL_RAM = MASK["SSCR_EXTERNAL_RAM"]
SPEEDS = 3
"""The lowest of SSCR's speed bits: on chip with selects 0-3, then selects 4 to 7."""

_SYSTEM = 1 << ON_CHIP | 0x0F

PORT_AT = {ADDRESS[f"{kind}{port}"]: port for kind in ("PD", "PDD") for port in range(8 - (kind == "PDD"))}
"""address of a port's data or direction register -> its number"""

ENABLE_GROUP = {ADDRESS["TIER"]: TIMER, ADDRESS["EIER"]: EDGE, ADDRESS["UIER"]: UART}


def slow_owners(sscr: int) -> int:
    """The owners (as in `emu.chip.memory`) whose accesses take four periods: a bit for each."""
    speeds = sscr >> SPEEDS
    if not sscr & FCLK_ON or not sscr & PHI2_IS_FCLK or not speeds:
        return 0
    return (0 if speeds & 1 else _SYSTEM) | (~speeds >> 1 & 0x0F) << 4


class W65C265S:
    """The chip with its ROM and the memory that the board hangs on its bus.

    ``pins`` maps names (P00 to P77, TG0, TG1) to wires; ``parallel`` has the host's side of the parallel
    interface bus.
    """

    def __init__(
        self,
        fclk_hz: int | Fraction,
        clk_hz: int | Fraction,
        rom: bytes,
        external_ram: Sequence[Range] = (),
        flash: bytes | None = None,
        *,
        settings: ChipSettings = DEFAULTS,
        backend: str | None = None,
    ) -> None:
        """`flash` is the content of the flash at CS4, None if there is none; `backend` as `emu.cpu.backend`."""
        self.settings = settings
        self.core = load(backend).Core(address_space(), VECTORS)
        self.clocks = Clocks(fclk_hz, clk_hz)
        self.schedule = Schedule(self.clocks, self.core)
        self.interrupts = Interrupts(self.core, highest_first=settings.highest_offset_first)
        self.ports = Ports(self.clocks, reads_pd7_under_selects=settings.reads_pd7_under_selects)
        self.timers = Timers(
            self.clocks, self.schedule, self.interrupts, cleared_by_reset=settings.timers_cleared_by_reset
        )
        self.uarts = Uarts(self.schedule, self.clocks, self.ports, self.timers, self.interrupts)
        self.tones = tuple(
            Tone(n, self.clocks, self.timers, waits=settings.tone_waits_for_enable) for n in range(2)
        )
        self.pulses = Pulses(self.clocks, self.ports, self.timers, self.interrupts, settings)
        self.requests = Requests(self.core, self.ports, self.interrupts, settings)
        self.parallel = ParallelBus(self.core, self.interrupts)
        self.watchdog = Watchdog(self.core, self.timers, resets=settings.watchdog_resets)
        self.bus_pins = BusPins(self.clocks, self.schedule, self.ports)
        self.memory_map = MemoryMap(self.core, rom, external_ram, bus_hides_ports=settings.bus_hides_ports)
        self.pins = self.ports.pins | {tone.pin.name: tone.pin for tone in self.tones}
        self.socket: FlashSocket | None = None
        if flash is not None:
            self.socket = FlashSocket(
                Flash(flash, self.clocks.tick_hz),
                self.memory_map,
                self.schedule.now,
                *(self.pins[name] for name in FLASH_BANK_PINS),
            )
        self._written = bytearray(0x80)  # what was written last to the registers DF00-DF7F
        self._high_bytes: dict[int, int] = {}  # of counters, where reading the low byte keeps them
        self._readers = self._read_table()
        self._writers = self._write_table()
        self._quick_page = IO_PAGE  # -1 while registers are slow, or to be seen on the pins
        self.core.devices = self
        self.reset()

    # ------------------------------------------------------------------ the core's Devices

    def read(self, address: int) -> int:
        """A read cycle outside plain memory."""
        if address >> 8 == self._quick_page:
            return self._readers[address & 0xFF](address)
        if not self._is_register(address):
            return self.memory_map.read(address)
        start = self.memory_map.stretch(address)
        value = self._readers[address & 0xFF](address)
        self.memory_map.show_access(address, value, start)
        return value

    def write(self, address: int, value: int) -> None:
        """A write cycle outside plain memory."""
        if address >> 8 != self._quick_page:
            if not self._is_register(address):
                self.memory_map.write(address, value)
                return
            self.memory_map.show_access(address, value, self.memory_map.stretch(address))
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        self._writers[address & 0xFF](address, value)

    def service(self) -> int:
        """Do what is due; returns the clock of the next event."""
        self.schedule.catch_up()
        if self.watchdog.bites:
            self.reset()
        if not self.settings.nmi_on_edge:
            self.requests.repeat()
        return self.schedule.due

    # ------------------------------------------------------------------ pins that reset and interrupt

    def reset(self) -> None:
        """The RES pin is pulled and let go: registers to their reset values, PHI2 to CLK."""
        core = self.core
        for register in REGISTERS:
            self._written[register.address & 0x7F] = register.reset
        self._high_bytes.clear()
        self.uarts.reset()
        self.pulses.reset()
        self._write_sscr(ADDRESS["SSCR"], 0)
        self._write_bcr(ADDRESS["BCR"], 0)
        self.timers.reset()
        self.ports.reset(core.clock)
        self.parallel.reset()
        self.watchdog.bites = False
        # Last: the timers have just counted to the present, pins have moved; both may have flagged.
        self.interrupts.reset()
        self.requests.reset(core.clock)
        core.reset()

    def nmi(self) -> None:
        """A pulse on P40; it counts only while BCR makes that pin NMI (or ABORT)."""
        before = self.ports.inputs[4] & 1
        for level in (0, 1, before):
            self.ports.drive_input(4, 0, level, self.core.clock)

    def show_bus(self, on: bool) -> None:
        """Chip selects, addresses and data appear on the pins from now on, or no longer.

        Every access passes through Python then: a hundred times slower with a compiled core.
        """
        self.memory_map.show(self.bus_pins if on else None)
        self._choose_path()

    def peek(self, address: int) -> int:
        """The byte the core would read, without touching flags."""
        if not self.core.slow_read[address >> 8]:
            return self.core.memory[address]
        if not self._is_register(address):
            return self.memory_map.peek(address)
        name = BY_ADDRESS[address].name
        if name.startswith("ARTD"):
            return self.uarts.uarts[address >> 1 & 3].received
        if name.startswith("PI"):
            return self.parallel.peek(address & 7)
        return self._readers[address & 0xFF](address)

    # ------------------------------------------------------------------ snapshots

    def _parts(self) -> dict[str, Any]:
        """What has a state, in the order in which it is restored."""
        parts = {
            "clocks": self.clocks,
            "interrupts": self.interrupts,
            "ports": self.ports,
            "timers": self.timers,
            "uarts": self.uarts,
            "tone0": self.tones[0],
            "tone1": self.tones[1],
            "pulses": self.pulses,
            "requests": self.requests,
            "parallel": self.parallel,
            "watchdog": self.watchdog,
            "bus_pins": self.bus_pins,
        }
        if self.socket is not None:
            parts["socket"] = self.socket
        return parts | {"memory_map": self.memory_map, "schedule": self.schedule}

    def state(self) -> dict[str, Any]:
        """Everything but the core and its memory, exact to the bit on the line: plain JSON values."""
        own = {"written": self._written.hex(), "high_bytes": sorted(self._high_bytes.items())}
        return {"registers": own} | {name: part.state() for name, part in self._parts().items()}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave.

        The core with its memory, the content of the flash, and whatever else uses the schedule
        (cables) are to be there, and restored, before.
        """
        own = state["registers"]
        self._written[:] = bytes.fromhex(own["written"])
        self._high_bytes = dict(own["high_bytes"])
        for name, part in self._parts().items():
            part.set_state(state[name])
        self.core.vectors = ABORT_VECTORS if self.requests.aborts else VECTORS
        self._choose_path()

    # ------------------------------------------------------------------ the registers

    def _read_table(self) -> list[Callable[[int], int]]:
        readers: list[Callable[[int], int]] = [self.memory_map.read] * 256
        named: dict[str, Callable[[int], int]] = {register.name: self._read_written for register in REGISTERS}
        for port in range(8):
            named[f"PD{port}"] = self._read_port
        named |= {"TIFR": self._read_tifr, "EIFR": self._read_eifr, "UIFR": self._read_uifr}
        for n in range(8):
            named |= {f"T{n}LL": self._read_latch_low, f"T{n}LH": self._read_latch_high}
            named |= {f"T{n}CL": self._read_counter_low, f"T{n}CH": self._read_counter_high}
        for n in range(4):
            named |= {f"ACSR{n}": self._read_control, f"ARTD{n}": self._read_data}
        for name in PARALLEL:
            named[name] = self._read_parallel
        for name, reader in named.items():
            readers[ADDRESS[name] & 0xFF] = reader
        return readers

    def _write_table(self) -> list[Callable[[int, int], None]]:
        writers: list[Callable[[int, int], None]] = [self.memory_map.write] * 256
        named: dict[str, Callable[[int, int], None]] = {}
        for port in range(8):
            named[f"PD{port}"] = self._write_port
        for port in range(7):
            named[f"PDD{port}"] = self._write_direction
        for n in range(8):
            named |= {f"T{n}LL": self._write_latch, f"T{n}LH": self._write_latch}
            named |= {f"T{n}CL": self._write_counter, f"T{n}CH": self._write_counter}
        for n in range(4):
            named |= {f"ACSR{n}": self._write_control, f"ARTD{n}": self._write_data}
        for name in PARALLEL:
            named[name] = self._write_parallel
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

    def _is_register(self, address: int) -> bool:
        return address in BY_ADDRESS and self.memory_map.owner(address) == ON_CHIP

    def _keep(self, address: int, value: int) -> None:
        self._written[address & 0x7F] = value

    def _last(self, name: str) -> int:
        """What was written last to a register."""
        return self._written[ADDRESS[name] & 0x7F]

    def _read_written(self, address: int) -> int:
        return self._written[address & 0x7F]

    def _read_port(self, address: int) -> int:
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
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
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        value = self.timers.read_counter(address >> 1 & 7)
        if self.settings.counter_high_byte_latched:
            self._high_bytes[address >> 1 & 7] = value >> 8
        return value & 0xFF

    def _read_counter_high(self, address: int) -> int:
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        kept = self._high_bytes.pop(address >> 1 & 7, None)
        return self.timers.read_counter(address >> 1 & 7) >> 8 if kept is None else kept

    def _read_control(self, address: int) -> int:
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        return self.uarts.uarts[address >> 1 & 3].control

    def _read_data(self, address: int) -> int:
        if self.core.clock >= self.schedule.due:
            self.schedule.catch_up()
        return self.uarts.uarts[address >> 1 & 3].read_data()

    def _read_parallel(self, address: int) -> int:
        return self.parallel.read(address & 7)

    def _write_port(self, address: int, value: int) -> None:
        self.ports.write_data(PORT_AT[address], value, self.core.clock)

    def _write_direction(self, address: int, value: int) -> None:
        self._keep(address, value)
        self.ports.write_direction(PORT_AT[address], value, self.core.clock)

    def _write_pcs7(self, address: int, value: int) -> None:
        self._keep(address, value)
        self.ports.write_selects(value, self.core.clock)
        self._map_memory()

    def _write_bcr(self, address: int, value: int) -> None:
        self._keep(address, value)
        clock = self.core.clock
        self.ports.select_bus(bool(value & BUS_ON), clock)
        for tone, bit in zip(self.tones, TONES_ON, strict=True):
            tone.switch(bool(value & bit), clock)
        self.bus_pins.ice = bool(value & ICE_ON)
        self.watchdog.switch(bool(value & WATCHDOG_ON))
        self.requests.write_control(value, clock)
        self.core.vectors = ABORT_VECTORS if self.requests.aborts else VECTORS
        self._map_memory()

    def _write_sscr(self, address: int, value: int) -> None:
        self._keep(address, value)
        clocks = self.clocks
        fast = value & PHI2_IS_FCLK and value & FCLK_ON
        phi2 = clocks.fclk_ticks if fast else clocks.clk_ticks
        if fast and not value >> SPEEDS:
            phi2 *= SLOW_PERIODS
        if phi2 != clocks.phi2_ticks:
            clocks.select_phi2(phi2, self.core.clock)
            # Everything that was planned has another clock value now, the end of the run included.
            self.schedule.clock_changed()
            self.core.until = self.core.clock
        self.timers.select_oscillator(bool(value & FCLK_ON))
        self.uarts.clock_changed()
        self._map_memory()

    def _write_tcr(self, address: int, value: int) -> None:
        self._keep(address, value)
        self.pulses.write_control(value, self.core.clock)
        self.uarts.select_baud_timers(value >> 4)

    def _write_ter(self, address: int, value: int) -> None:
        self._keep(address, value)
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
        self.requests.acknowledge(value, self.core.clock)

    def _write_uifr(self, address: int, value: int) -> None:
        del address
        self.uarts.acknowledge(value)

    def _write_enables(self, address: int, value: int) -> None:
        self._keep(address, value)
        self.interrupts.set_enables(ENABLE_GROUP[address], value, self.core.clock)

    def _write_parallel(self, address: int, value: int) -> None:
        self.parallel.write(address & 7, value)

    def _map_memory(self) -> None:
        bcr, sscr = self._last("BCR"), self._last("SSCR")
        self.memory_map.select(
            bus=bool(bcr & BUS_ON),
            selects=self._last("PCS7"),
            external_rom=bool(bcr & EXTERNAL_ROM),
            external_ram=bool(sscr & EXTERNAL_RAM),
            slow=slow_owners(sscr),
        )
        self._choose_path()

    def _choose_path(self) -> None:
        """Accesses to registers take the short way, unless they are slow or to be seen."""
        hidden = self.settings.bus_hides_ports and self._last("BCR") & BUS_ON
        quick = self.memory_map.chip_quick and not hidden
        self._quick_page = IO_PAGE if quick else -1
        self.core.steady_page = self._quick_page
