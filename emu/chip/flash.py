# SPDX-License-Identifier: MIT
"""The flash in the socket of the W65C265SXB: an SST39SF010A, 128 KiB, written by command sequences.

A command is a short row of writes to 5555 and 2AAA of the flash (its address lines A0-A14), the
last of which says what to do: program a byte, erase a 4 KiB sector or the whole chip, show the two
identity bytes.  Programming only turns ones into zeros.  While the flash is busy every read gives its
status: bit 7 is the complement of the last data bit 7 (0 while erasing), bit 6 changes at each read; all
writes are ignored.  A write that continues no sequence starts afresh.

Commands after the part's public data sheet.  Its typical times are taken (recalled, no copy was at hand):
a byte 14 us, a sector 18 ms, the chip 70 ms.  Assumed: the other status bits read 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SIZE = 0x20000
SECTOR = 0x1000
BLANK = b"\xff" * SIZE
"""The content of an erased flash."""

COMMAND_LINES = 0x7FFF
"""The address lines that a command looks at."""

IDENTITY = {0: 0xBF, 1: 0xB5}
"""Manufacturer (SST) and device (39SF010A), at addresses 0 and 1."""

UNLOCK = ((0x5555, 0xAA), (0x2AAA, 0x55))


@dataclass(frozen=True, slots=True)
class FlashTimes:
    """How long the flash is busy, in seconds."""

    program: float = 14e-6
    erase_sector: float = 18e-3
    erase_chip: float = 70e-3


class Flash:
    """One flash.  Addresses are its own, 00000-1FFFF; times are ticks.

    ``content`` is what it holds.
    """

    def __init__(self, content: bytes, tick_hz: int, times: FlashTimes | None = None) -> None:
        self.content = bytearray(content)
        self.times = times or FlashTimes()
        self._tick_hz = tick_hz
        self._written: tuple[tuple[int, int], ...] = ()  # the writes of the sequence under way
        self._identity = False
        self._busy_until = 0
        self._status = 0  # what a read shows while busy, without the bit that changes
        self._toggle = 0

    def plain(self, tick: int) -> bool:
        """A read gives the content: neither busy nor showing its identity."""
        return not self._identity and tick >= self._busy_until

    def read(self, address: int, tick: int) -> int:
        """A read cycle."""
        if tick < self._busy_until:
            self._toggle ^= 0x40
            return self._status | self._toggle
        if self._identity:
            return IDENTITY.get(address & 0xFF, 0)
        return self.content[address]

    def write(self, address: int, value: int, tick: int) -> None:
        """A write cycle."""
        if tick < self._busy_until:
            return
        row = (*self._written, (address & COMMAND_LINES, value))
        self._written = ()
        if self._programs(row):
            self._program(address, value, tick)
        elif self._erases_sector(row):
            first = address & -SECTOR
            self._erase(first, first + SECTOR, self.times.erase_sector, tick)
        elif row in _COMMANDS:
            self._obey(_COMMANDS[row], tick)
        elif any(start[: len(row)] == row for start in _STARTS):
            self._written = row
        elif value == 0xF0:
            self._identity = False

    def _programs(self, row: tuple[tuple[int, int], ...]) -> bool:
        return row[:-1] == (*UNLOCK, (0x5555, 0xA0))

    def _erases_sector(self, row: tuple[tuple[int, int], ...]) -> bool:
        return row[:-1] == _ERASE and row[-1][1] == 0x30

    def _obey(self, command: str, tick: int) -> None:
        if command == "erase chip":
            self._erase(0, SIZE, self.times.erase_chip, tick)
        else:
            self._identity = command == "show identity"

    def _program(self, address: int, value: int, tick: int) -> None:
        self.content[address] &= value
        self._be_busy(self.times.program, ~value & 0x80, tick)

    def _erase(self, first: int, end: int, seconds: float, tick: int) -> None:
        self.content[first:end] = b"\xff" * (end - first)
        self._be_busy(seconds, 0, tick)

    def _be_busy(self, seconds: float, status: int, tick: int) -> None:
        self._identity = False
        self._status = status
        self._busy_until = tick + round(seconds * self._tick_hz)

    def state(self) -> dict[str, Any]:
        """All but the content, in plain values."""
        return {
            "written": [list(write) for write in self._written],
            "identity": int(self._identity),
            "busy_until": self._busy_until,
            "status": self._status,
            "toggle": self._toggle,
        }

    def set_state(self, state: dict[str, Any]) -> None:
        """Go on from a `state`."""
        self._written = tuple((address, value) for address, value in state["written"])
        self._identity = bool(state["identity"])
        self._busy_until = state["busy_until"]
        self._status = state["status"]
        self._toggle = state["toggle"]


_ERASE = (*UNLOCK, (0x5555, 0x80), *UNLOCK)
_COMMANDS = {
    (*_ERASE, (0x5555, 0x10)): "erase chip",
    (*UNLOCK, (0x5555, 0x90)): "show identity",
    (*UNLOCK, (0x5555, 0xF0)): "show content",
}
_STARTS = (*_COMMANDS, (*UNLOCK, (0x5555, 0xA0)))
"""Rows of writes that lead somewhere."""
