# SPDX-License-Identifier: MIT
"""Which lines of a source were executed, and which ways its conditional branches went.

A core records its bus cycles in its ring; every so often the opcode fetches among them are taken out, as pairs
of one instruction and the next.  When a program has nothing left to be seen, nothing is recorded any more.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from itertools import compress, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asm816.target.isa import BY_NAME, Mode
from emu.cpu.bus import OPCODE
from emu.cpu.trace import recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asm816.assembler import Assembly
    from emu.cpu.core import Core

Arc = tuple[int, int]
"""From one line to the next that was executed, both in one file; `OUTSIDE` for another file or none."""

OUTSIDE = -1

_RING = 1 << 16
"""Words of the ring: more than are recorded between two looks."""

_CONDITIONAL = frozenset(
    op.code for (name, mode), op in BY_NAME.items() if mode is Mode.RELATIVE and name != "BRA"
)

_IS_OPCODE = bytes(int(value & 0x1F == OPCODE) for value in range(256))
"""Of byte 4 of a ring word (`emu.cpu.bus.RING_KIND`): whether the cycle fetches an opcode."""

_BLOCK = 8 * 4096
"""Bytes that are looked at together: where all repeat, most of them are not."""

_LOW = 0 if sys.byteorder == "little" else 1


@dataclass
class Lines:
    """One file: the lines that make instructions, the ways that branches can go, the ways that were gone."""

    code: set[int] = field(default_factory=set)
    possible: set[Arc] = field(default_factory=set)
    gone: set[Arc] = field(default_factory=set)

    def add(self, other: Lines) -> None:
        """Both together."""
        self.code |= other.code
        self.possible |= other.possible
        self.gone |= other.gone


class Session:
    """What all tests of a run have covered: file -> `Lines`."""

    def __init__(self) -> None:
        self.files: dict[str, Lines] = {}

    def add(self, files: Mapping[str, Lines]) -> None:
        """What one more program has covered."""
        for name, lines in files.items():
            self.files.setdefault(name, Lines()).add(lines)

    def plain(self) -> dict[str, list[list[Any]]]:
        """In lists and numbers, so that it crosses to another process."""
        return {
            name: [
                sorted(lines.code),
                [list(arc) for arc in lines.possible],
                [list(arc) for arc in lines.gone],
            ]
            for name, lines in self.files.items()
        }

    def add_plain(self, files: Mapping[str, list[list[Any]]]) -> None:
        """What `plain` gave elsewhere."""
        self.add(
            {
                name: Lines(set(code), {(a, b) for a, b in possible}, {(a, b) for a, b in gone})
                for name, (code, possible, gone) in files.items()
            }
        )


class Coverage:
    """What one program, on one board, has covered so far."""

    def __init__(self, program: Assembly) -> None:
        info = program.debug_info()
        code = [row for row in info.rows if row.kind == "code"]
        self._lines = {row.address: (row.file, row.line) for row in code}
        self._branches: dict[int, tuple[int, int]] = {}
        for row in code:
            data = program.image.window(row.address, row.size)
            if data[0] in _CONDITIONAL:
                after = row.address & 0xFF0000 | row.address + 2 & 0xFFFF
                offset = data[1] - (data[1] & 0x80) * 2
                self._branches[row.address] = (after, row.address & 0xFF0000 | after + offset & 0xFFFF)
        self._missing: set[int | Arc] = set(self._lines)
        self._missing |= {(address, way) for address, ways in self._branches.items() for way in ways}
        self._pairs: set[Arc] = set()
        self._last = 0

    @property
    def complete(self) -> bool:
        """All was executed, and each branch went both ways."""
        return not self._missing

    def begin(self, core: Core) -> None:
        """Let a core record."""
        core.keep_cycles(_RING)
        self._last = 0

    def look(self, core: Core, first: int) -> None:
        """Take what a core has recorded since its ring count was `first`."""
        self.take(recorded(core, first))

    def take(self, words: Sequence[int]) -> None:
        """Ring words, in order."""
        raw = array("Q", words).tobytes()
        for start in range(0, len(raw), _BLOCK):
            block = raw[start : start + _BLOCK]
            self._take(block[: 8 * _distinct(block)])

    def _take(self, raw: bytes) -> None:
        kinds = (raw[4::8] if not _LOW else raw[3::8]).translate(_IS_OPCODE)
        fetched = [word & 0xFFFFFF for word in compress(memoryview(raw).cast("I")[_LOW::2], kinds)]
        if not fetched:
            return
        fresh = {*pairwise((self._last, *fetched))} - self._pairs
        self._last = fetched[-1]
        self._pairs |= fresh
        self._missing -= fresh
        self._missing -= {address for pair in fresh for address in pair}

    def files(self) -> dict[str, Lines]:
        """What was covered, by file; only files that exist."""
        files: dict[str, Lines] = {}
        for name, line in self._lines.values():
            if Path(name).is_file():
                files.setdefault(str(Path(name).resolve()), Lines()).code.add(line)
        for address, ways in self._branches.items():
            name, line = self._lines[address]
            if (known := files.get(str(Path(name).resolve()))) is not None:
                known.possible |= {(line, self._line_in(name, way)) for way in ways}
        for before, after in self._pairs:
            self._note(files, before, after)
        return files

    def _note(self, files: Mapping[str, Lines], before: int, after: int) -> None:
        """One instruction followed by another: the second was executed; a branch went there, if one can."""
        if after in self._lines:
            name, line = self._lines[after]
            if (known := files.get(str(Path(name).resolve()))) is not None:
                known.gone.add((OUTSIDE, line))
        if after in self._branches.get(before, ()):  # else an interrupt came between
            name, line = self._lines[before]
            if (known := files.get(str(Path(name).resolve()))) is not None:
                known.gone.add((line, self._line_in(name, after)))

    def _line_in(self, file: str, address: int) -> int:
        name, line = self._lines.get(address, ("", OUTSIDE))
        return line if name == file else OUTSIDE


def _distinct(raw: bytes) -> int:
    """How many of these ring words are to be looked at: where all repeat the first few, as in a delay, two rounds.

    Compared are the addresses and the kinds.
    """
    planes = [raw[byte ^ 7 * _LOW :: 8] for byte in (0, 1, 2, 4)]
    count = len(raw) // 8
    period = planes[0].find(planes[0][:32], 1)
    if period <= 0 or any(plane[period:] != plane[:-period] for plane in planes):
        return count
    return min(count, 2 * period + 16)
