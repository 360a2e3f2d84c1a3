# SPDX-License-Identifier: MIT
"""The machine under a `Board`: the chip, the cables, what is to happen to its pins, and its whole state.

It knows no user, no history and no records beyond those of its wires and cables: what is done to it
from outside comes as (kind, arguments), so that another machine can be made to do the same.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from asm816.target.boards import ON_CHIP_RAM
from emu.cable import Cable
from emu.chip.flash import BLANK
from emu.chip.frames import Format
from emu.chip.w65c265s import W65C265S
from emu.errors import EmuError
from emu.registers import changed, put, registers_of
from emu.stimuli import Stimuli, Stimulus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from asm816.target.boards import BoardFacts
    from emu.chip.settings import ChipSettings
    from emu.cpu.core import Core
    from emu.wires import Wire

PAGE = 256
_ZEROS = bytes(PAGE)

FLASH_PAGES = 0x0100
"""Where the flash's content lies among the pages of a state: at 01:0000, where the boards have nothing.
Its bytes are inverted there, so that erased pages are zeros and take no room."""

UARTS = range(4)


class Watch(Protocol):
    """Somebody who looks at a core at least every so many cycles (`emu.cpu.trace` reads its ring)."""

    cycles: int

    def look(self, core: Core, first: int) -> None:
        """It has run; its ring count was `first` before."""


class Machine:
    """One board's hardware."""

    def __init__(
        self,
        facts: BoardFacts,
        crystal: Fraction,
        rom: bytes,
        flash: bytes | None,
        settings: ChipSettings,
        *,
        backend: str | None = None,
    ) -> None:
        self.facts = facts
        self.chip = W65C265S(
            crystal, facts.clk_hz, rom, facts.external_ram, flash, settings=settings, backend=backend
        )
        self.stimuli = Stimuli(self.chip)
        self.ran = False  # since power on, or since RESET
        self.cables: dict[int, Cable] = {}
        self.watch: Watch | None = None
        self._idle_cable: dict[str, Any] = {}
        areas = (*ON_CHIP_RAM, *facts.external_ram)
        self._ram = [(area.first >> 8, area.last >> 8) for area in areas]  # in pages

    def cable(self, number: int) -> Cable:
        """The cable on a UART, plugged in at the first call.  Raises EmuError if there is no such UART."""
        if number not in UARTS:
            raise EmuError("E2004", f"there is no UART {number}", "the UARTs are 0 to 3")
        if number not in self.cables:
            cable = self.cables[number] = Cable(self.chip, number)
            self._idle_cable = cable.state()
        return self.cables[number]

    def pin(self, name: str) -> Wire:
        """A pin by name.  Raises EmuError if there is none of that name."""
        wire = self.chip.pins.get(name)
        if wire is None:
            raise EmuError("E2005", f"there is no pin '{name}'", "the pins are P00 to P77, TG0 and TG1")
        return wire

    def run_to(self, clock: int) -> None:
        """Run until the clock has reached a value, STP, a stop, or a change of PHI2; the instruction is finished."""
        phi2 = self.chip.clocks.phi2_ticks
        self.ran = True
        core, watch = self.chip.core, self.watch
        if watch is None:
            core.run(clock)
        else:
            first = core.ring_count
            core.run(min(clock, core.clock + watch.cycles))
            watch.look(core, first)
        if self.chip.clocks.phi2_ticks != phi2:
            self.stimuli.rearm()

    def reach(self, clock: int) -> None:
        """Run to a clock value whatever comes between."""
        core = self.chip.core
        while (before := core.clock) < clock:
            self.run_to(clock)
            if core.clock == before and not core.hit_kind:
                return  # STP: time stands still

    def forget(self) -> None:
        """Drop all records of edges and characters."""
        for wire in self.chip.pins.values():
            wire.forget()
        for cable in self.cables.values():
            cable.log.clear()

    # ------------------------------------------------------------------ what is done to it

    def act(self, kind: str, arguments: tuple[Any, ...]) -> Any:
        """Do something of the table `_ACTS` to it, between two instructions."""
        return _ACTS[kind](self, *arguments)

    def poke(self, address: int, data: bytes) -> None:
        """Put bytes into RAM."""
        self.chip.core.memory[address : address + len(data)] = data

    def set_registers(self, *pairs: tuple[str, int]) -> None:
        """Change registers, (name, value) each."""
        core = self.chip.core
        put(core, changed(registers_of(core), dict(pairs)))

    def reset(self) -> None:
        """Pull RES and let it go."""
        self.chip.reset()
        self.stimuli.rearm()
        self.ran = False

    def nmi(self) -> None:
        """A pulse on the NMI pin."""
        self.chip.nmi()

    def drive(self, port: int, bit: int, level: int) -> None:
        """The world outside puts a pin on a level."""
        self.chip.ports.drive_input(port, bit, level, self.chip.core.clock)

    def add_stimulus(self, port: int, bit: int, level: int, cycle: int | None, tick: int | None) -> None:
        """The same at a later time."""
        self.stimuli.add(Stimulus(port, bit, level, cycle, tick))

    def host_write(self, number: int, value: int) -> None:
        """The host on the parallel bus writes a register."""
        self.chip.parallel.host_write(number, value)

    def host_read(self, number: int) -> int:
        """The host on the parallel bus reads a register."""
        return self.chip.parallel.host_read(number)

    def plug(self, number: int) -> None:
        """Plug a cable in."""
        self.cable(number)

    def send(self, number: int, data: bytes) -> None:
        """Queue bytes on a cable."""
        self.cable(number).send(data)

    def set_baud(self, number: int, baud: int) -> None:
        """Set a cable's baud rate."""
        self.cable(number).baud = baud

    def set_framing(self, number: int, data_bits: int, parity: bool, even: bool) -> None:
        """Set what a cable's characters look like."""
        self.cable(number).framing = Format(data_bits, parity, even)

    # ------------------------------------------------------------------ state

    def state(self) -> dict[str, Any]:
        """Everything but memory and records, in plain values; equal machines give equal states."""
        return {
            "core": self.chip.core.state(),
            "chip": self.chip.state(),
            "cables": {str(number): cable.state() for number, cable in sorted(self.cables.items())},
            "stimuli": self.stimuli.state(),
            "ran": int(self.ran),
        }

    def set_state(self, state: Mapping[str, Any], pages: Mapping[int, bytes]) -> None:
        """Go back to what `state` and `pages` gave; pins change without an edge, records stay."""
        self._set_pages(pages)
        self.chip.core.set_state(state["core"])
        for number in sorted({int(key) for key in state["cables"]} | set(self.cables)):
            self.cable(number).set_state(state["cables"].get(str(number), self._idle_cable))
        self.stimuli.set_state(state["stimuli"])
        self.ran = bool(state["ran"])
        self.chip.set_state(state["chip"])

    def pages(self) -> dict[int, bytes]:
        """The content of RAM and flash, {page number: 256 bytes}; pages of zeros are left out."""
        memory = self.chip.core.memory
        kept: dict[int, bytes] = {}
        for first, last in self._ram:
            kept |= _cut(first, bytes(memory[first << 8 : (last + 1) << 8]))
        socket = self.chip.socket
        if socket is not None and socket.flash.content != BLANK:
            kept |= _cut(FLASH_PAGES, bytes(socket.flash.content.translate(_INVERTED)))
        return kept

    def _set_pages(self, pages: Mapping[int, bytes]) -> None:
        memory = self.chip.core.memory
        for first, last in self._ram:
            content = _joined(pages, first, last)
            span = slice(first << 8, (last + 1) << 8)
            if memory[span] != content:  # pages that are not touched take no memory
                memory[span] = content
        socket = self.chip.socket
        if socket is None:
            return
        if max(pages, default=0) >= FLASH_PAGES:
            inverted = _joined(pages, FLASH_PAGES, FLASH_PAGES + (len(BLANK) >> 8) - 1)
            socket.flash.content[:] = inverted.translate(_INVERTED)
        elif socket.flash.content != BLANK:
            socket.flash.content[:] = BLANK


def _cut(first: int, content: bytes) -> dict[int, bytes]:
    """The pages of a content that begins with page number `first`, those of zeros left out."""
    if content == bytes(len(content)):
        return {}
    cut = {first + (n >> 8): content[n : n + PAGE] for n in range(0, len(content), PAGE)}
    return {number: page for number, page in cut.items() if page != _ZEROS}


def _joined(pages: Mapping[int, bytes], first: int, last: int) -> bytes:
    """The content of pages `first` to `last`."""
    if pages.keys().isdisjoint(range(first, last + 1)):
        return bytes((last + 1 - first) * PAGE)
    return b"".join(pages.get(number, _ZEROS) for number in range(first, last + 1))


_INVERTED = bytes(0xFF - value for value in range(256))

_ACTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "poke": Machine.poke,
        "registers": Machine.set_registers,
        "reset": Machine.reset,
        "nmi": Machine.nmi,
        "drive": Machine.drive,
        "stimulus": Machine.add_stimulus,
        "send": Machine.send,
        "baud": Machine.set_baud,
        "framing": Machine.set_framing,
        "host_write": Machine.host_write,
        "host_read": Machine.host_read,
        "plug": Machine.plug,
    }
)
"""What can be done to a machine from outside; arguments are plain values."""
