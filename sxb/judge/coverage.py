# SPDX-License-Identifier: MIT
"""Which lines of a source were executed, and which ways its conditional branches went.

A core marks what it executes (`Core.mark_in`), a byte per address; a program's debug info says which lines these are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asm816.target.isa import BY_NAME, Mode
from emu.chip.memory import address_space
from emu.cpu.bus import WENT_ELSEWHERE, WENT_ON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asm816.assembler import Assembly
    from emu.cpu.core import Core

Arc = tuple[int, int]
"""From one line to the next that was executed, both in one file; `OUTSIDE` for another file or none."""

OUTSIDE = -1

_CONDITIONAL = frozenset(
    op.code for (name, mode), op in BY_NAME.items() if mode is Mode.RELATIVE and name != "BRA"
)


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
    """What one program, on the cores that `begin` was called for, has covered so far."""

    def __init__(self, program: Assembly) -> None:
        code = [row for row in program.debug_info().rows if row.kind == "code"]
        files = {row.file: str(Path(row.file).resolve()) for row in code if Path(row.file).is_file()}
        self._files = set(files.values())
        self._lines = {row.address: (files.get(row.file, ""), row.line) for row in code}
        self._branches: dict[int, tuple[int, int]] = {}
        for row in code:
            data = program.image.window(row.address, row.size)
            if data[0] in _CONDITIONAL:
                after = row.address & 0xFF0000 | row.address + 2 & 0xFFFF
                offset = data[1] - (data[1] & 0x80) * 2
                self._branches[row.address] = (after, row.address & 0xFF0000 | after + offset & 0xFFFF)
        self._marks = address_space()

    def begin(self, core: Core) -> None:
        """Let a core mark what it executes."""
        core.mark_in(self._marks)

    def files(self) -> dict[str, Lines]:
        """What was covered, by file; only files that exist."""
        files = {name: Lines() for name in self._files}
        for address, (name, line) in self._lines.items():
            if (lines := files.get(name)) is not None:
                lines.code.add(line)
                if self._marks[address]:
                    lines.gone.add((OUTSIDE, line))
        for address, ways in self._branches.items():
            name, line = self._lines[address]
            if (lines := files.get(name)) is not None:
                for way, mark in zip(ways, (WENT_ON, WENT_ELSEWHERE), strict=True):
                    arc = (line, self._line_in(name, way))
                    lines.possible.add(arc)
                    if self._marks[address] & mark:
                        lines.gone.add(arc)
        return files

    def _line_in(self, file: str, address: int) -> int:
        name, line = self._lines.get(address, ("", OUTSIDE))
        return line if name == file else OUTSIDE
