# SPDX-License-Identifier: MIT
"""What answers at which address, page by page.

On chip: RAM at 0000-01FF (unless SSCR bit 2 puts external RAM there) and DF80-DFBF, registers at
DF00-DF7F, the ROM at E000-FFFF unless BCR bit 7 switches it off.  Off chip: what the board hangs
behind the chip selects; it answers while its PCS7 bit and BCR bit 0 (the external bus) are 1.
Where nothing answers a read sees the byte that was last on the data bus, and a write is lost.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol, cast

from asm816.target.boards import MASK_ROM, ON_CHIP_RAM, Range
from asm816.target.selects import LOW_SELECT, REST_SELECT, ROM_SELECT, SELECTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from emu.chip.buspins import BusPins
    from emu.cpu.core import Core

IO_PAGE = 0xDF
BANK_PAGES = 256
ON_CHIP = 8
"""The owner of an address that the chip answers itself; 0-7 are the selects."""
NOBODY = 9
"""The owner of an address under no select."""

_LOW_RAM, _HIGH_RAM = ON_CHIP_RAM
_REGIONS = ((0x00, 0x01), (0x02, 0x7F), (0x80, 0xDE), (0xDF, 0xDF), (0xE0, 0xFF))
"""Pages of bank 0 that are under one select or on the chip together."""
_REGISTERS_END = 0xDFC0
_BUS_PORT_REGISTERS = range(0xDF00, 0xDF08)
_REPLACEMENT = range(0xDF08, 0xDF20)  # reserved on the chip, under select 0 outside

SLOW_PERIODS = 4
"""Periods of FCLK that a slow access takes (SSCR bits 3-7)."""


def address_space() -> bytearray:
    """The 16 MiB of the 24-bit space, reserved and not filled: a page takes memory once it is touched.

    It is an anonymous map of the system, which has what the core uses of a bytearray.
    """
    return cast("bytearray", mmap.mmap(-1, 1 << 24))


class BusDevice(Protocol):
    """Something on the board that answers behind a chip select.

    ``select`` is its number, ``areas`` where it answers while it is selected (whole pages).
    """

    @property
    def select(self) -> int:
        """The number of its chip select."""

    @property
    def areas(self) -> Sequence[Range]:
        """Where it answers."""

    def image(self, area: Range) -> bytes | None:
        """Its bytes in an area, which the core may read straight; None: each read asks `read`."""

    def read(self, address: int) -> int:
        """A read cycle, while there is no `image`."""

    def write(self, address: int, value: int) -> None:
        """A write cycle."""

    def peek(self, address: int) -> int:
        """What `read` would give, without changing anything."""


@dataclass(slots=True)
class _Place:
    """An area behind a select; RAM has no device, its bytes lie in the core's memory."""

    select: int
    area: Range
    device: BusDevice | None
    plain: bool  # reads need not ask the device


def _with_low_end(area: Range) -> Range:
    """RAM at 0200 reaches down to 0000, for the time when the chip's own RAM is switched off."""
    return Range(0, area.last, area.what) if area.first == _LOW_RAM.last + 1 else area


class MemoryMap:
    """Keeps the core's page attributes in step with BCR, SSCR and PCS7, and serves the slow pages."""

    def __init__(
        self, core: Core, rom: bytes, external_ram: Sequence[Range], *, bus_hides_ports: bool = False
    ) -> None:
        """`bus_hides_ports`: the registers of ports 0-3 do not answer while these are the bus."""
        self._bus_hides_ports = bus_hides_ports
        self._core = core
        self._rom = rom
        self._places = [_Place(LOW_SELECT, _with_low_end(area), None, plain=True) for area in external_ram]
        self._hidden = bytes(_LOW_RAM.last + 1)  # the RAM that does not answer at 0000-01FF now
        self._bus = False
        self._selects = 0
        self._external_rom = False
        self._external_ram = False
        self._slow = 0
        self._shown: BusPins | None = None
        self._owners = [NOBODY] * BANK_PAGES
        self._stretches: dict[tuple[int, int], tuple[bool, bool]] = {}  # pages -> readable, writable
        core.memory[MASK_ROM.first : MASK_ROM.last + 1] = rom
        core.map_nothing()
        self._cut()

    def attach(self, device: BusDevice) -> None:
        """Hang a device on the bus, before what hangs there already."""
        for area in device.areas:
            self._places.insert(0, _Place(device.select, area, device, plain=False))
        self._cut()
        self.refresh(device)

    def refresh(self, device: BusDevice) -> None:
        """What the device shows has changed: its image is looked at again."""
        for place in self._places:
            if place.device is device:
                self._load(place)
        self._open_pages()

    def select(self, *, bus: bool, selects: int, external_rom: bool, external_ram: bool, slow: int) -> None:
        """BCR bits 0 and 7, PCS7, SSCR bit 2; `slow` has a bit per owner whose accesses take four periods."""
        memory = self._core.memory
        if external_ram != self._external_ram:
            end = _LOW_RAM.last + 1
            self._hidden, memory[0:end] = bytes(memory[0:end]), self._hidden
        if self._external_rom and not external_rom:
            memory[MASK_ROM.first : MASK_ROM.last + 1] = self._rom
        self._bus = bus
        self._selects = selects
        self._external_rom = external_rom
        self._external_ram = external_ram
        self._slow = slow
        for place in self._places:
            if place.device is not None:
                self._load(place)
        self._open_pages()

    def owner(self, address: int) -> int:
        """Who answers for an address: a select that is switched on, ON_CHIP or NOBODY."""
        if address < 0x10000 and address >> 8 != IO_PAGE:
            return self._owners[address >> 8]
        return self._owner(address)

    def show(self, pins: BusPins | None) -> None:
        """Every access appears on these pins; None: on none, which is much faster."""
        self._shown = pins
        self._open_pages()

    @property
    def chip_quick(self) -> bool:
        """An access to what is on the chip takes one period and shows on no pin."""
        return self._shown is None and not self._slow >> ON_CHIP & 1

    def read(self, address: int) -> int:
        """A read cycle at an address that is no register."""
        start = self.stretch(address)
        value = self._look(address, change=True)
        if self._shown is not None:
            self.show_access(address, value, start)
        return value

    def write(self, address: int, value: int) -> None:
        """A write cycle at an address that is no register."""
        start = self.stretch(address)
        self.put(address, value)
        if self._shown is not None:
            self.show_access(address, value, start)

    def stretch(self, address: int) -> int:
        """Let a slow access take its time; returns the clock value at which its cycle began."""
        core = self._core
        start = core.clock - 1
        if self._slow >> self.owner(address) & 1:
            core.clock += SLOW_PERIODS - 1
        return start

    def show_access(self, address: int, value: int, start: int) -> None:
        """Put an access on the pins, if somebody looks at them."""
        if self._shown is not None:
            self._shown.access(self.owner(address), address, value, start, self._core.clock)

    def put(self, address: int, value: int) -> None:
        """Write a byte at an address that is no register."""
        owner = self.owner(address)
        if owner == ON_CHIP:
            if address in _HIGH_RAM or address in _LOW_RAM:
                self._core.memory[address] = value
            return
        place = self._place(owner, address)
        if place is None:
            return
        if place.device is None:
            self._core.memory[address] = value
        else:
            place.device.write(address, value)

    def peek(self, address: int) -> int:
        """The byte at an address that is no register, for a look from outside."""
        return self._look(address, change=False)

    def state(self) -> dict[str, Any]:
        """Plain JSON values, without the core's memory: that is the core's."""
        return {
            "bus": self._bus,
            "selects": self._selects,
            "external_rom": self._external_rom,
            "external_ram": self._external_ram,
            "slow": self._slow,
            "hidden": self._hidden.hex(),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave (restore RAM and devices before): ROM and devices are shown."""
        self._bus = state["bus"]
        self._selects = state["selects"]
        self._external_rom = state["external_rom"]
        self._external_ram = state["external_ram"]
        self._slow = state["slow"]
        self._hidden = bytes.fromhex(state["hidden"])
        if not self._external_rom:
            self._core.memory[MASK_ROM.first : MASK_ROM.last + 1] = self._rom
        for place in self._places:
            if place.device is not None:
                self._load(place)
        self._open_pages()

    def _look(self, address: int, *, change: bool) -> int:
        owner = self.owner(address)
        if owner == ON_CHIP:
            memory = address in _HIGH_RAM or address >> 8 != IO_PAGE
            return self._core.memory[address] if memory else self._core.bus
        place = self._place(owner, address)
        if place is None:
            return self._core.bus
        if place.device is None or place.plain:
            return self._core.memory[address]
        return place.device.read(address) if change else place.device.peek(address)

    def _place(self, owner: int, address: int) -> _Place | None:
        if not self._bus:
            return None
        for place in self._places:
            if place.select == owner and address in place.area:
                return place
        return None

    def _load(self, place: _Place) -> None:
        """Copy what a device shows into the core's memory, if it answers there."""
        if place.device is None or self._owner(place.area.first) != place.select:
            return
        image = place.device.image(place.area)
        place.plain = image is not None
        if image is not None:
            self._core.memory[place.area.first : place.area.last + 1] = image

    def _owner(self, address: int) -> int:
        if self._chip_answers(address):
            return ON_CHIP
        if address in MASK_ROM:
            natural = ROM_SELECT
        elif address in _LOW_RAM:
            natural = LOW_SELECT
        else:
            natural = next((n for n, area in SELECTS if address in area), REST_SELECT)
        for number in (natural, REST_SELECT if address < 0x400000 else natural):
            if self._selects >> number & 1:
                return number
        return NOBODY

    def _chip_answers(self, address: int) -> bool:
        if address in _LOW_RAM:
            return not self._external_ram
        if address in MASK_ROM:
            return not self._external_rom
        if address in _BUS_PORT_REGISTERS:
            return not (self._bus and self._bus_hides_ports)
        return address >> 8 == IO_PAGE and address < _REGISTERS_END and address not in _REPLACEMENT

    def _cut(self) -> None:
        """Cut the pages into stretches that belong together, whatever the registers say."""
        edges = {first for first, _ in _REGIONS} | {BANK_PAGES}
        upper = set()
        for place in self._places:
            first, behind = place.area.first >> 8, (place.area.last >> 8) + 1
            if first < BANK_PAGES:
                edges |= {first, behind}
            else:
                upper.add((first, behind - 1))
        starts = sorted(edges)
        bank_0 = [(first, behind - 1) for first, behind in pairwise(starts)]
        self._stretches = dict.fromkeys([*bank_0, *sorted(upper)], (False, False))
        self._open_pages()

    def _open_pages(self) -> None:
        """Work out which pages the core may read and write without asking."""
        for (first, last), opened in self._stretches.items():
            owner = self._owner(first << 8)
            if last < BANK_PAGES:
                self._owners[first : last + 1] = [owner] * (last + 1 - first)
            wanted = self._access(owner, first << 8)
            if wanted != opened:
                self._stretches[first, last] = wanted
                self._open(first, last, readable=wanted[0], writable=wanted[1])

    def _access(self, owner: int, address: int) -> tuple[bool, bool]:
        """Whether the core may read, and write, around an address without asking."""
        if owner == ON_CHIP:
            plain = self.chip_quick and address >> 8 != IO_PAGE
            return plain, plain and address in _LOW_RAM
        place = self._place(owner, address)
        if place is None or self._shown is not None or self._slow >> owner & 1:
            return False, False
        return place.plain, place.device is None

    def _open(self, first: int, last: int, *, readable: bool, writable: bool) -> None:
        """Pages `first` to `last` (both included)."""
        self._core.map_pages(first, last, readable=readable, writable=writable)
