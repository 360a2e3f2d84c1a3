# SPDX-License-Identifier: MIT
"""Sections and the memory areas in which they lie.

The parts of a section stand together, wherever they stand in the source; the sections of an area stand
one behind the other in the order in which they are first named.  Where the second starts is known only
when the first is complete, so the sizes come from the pass before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from asm816.diagnostics import Note, span_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asm816.source import Line
    from asm816.tokens import Token


class _Area:
    """A memory area, and how much of it the sections take that were named so far."""

    __slots__ = ("first", "last", "line", "name", "taken")

    def __init__(self, name: Token, line: Line, first: int, last: int) -> None:
        self.name = name
        self.line = line
        self.first = first
        self.last = last
        self.taken = 0


class _Section:
    """A section: the line that names it first, where it starts and where its next part goes."""

    __slots__ = ("area", "line", "name", "next", "start")

    def __init__(self, name: Token, line: Line, area: _Area, start: int) -> None:
        self.name = name
        self.line = line
        self.area = area
        self.start = start
        self.next = start


class SectionUse(NamedTuple):
    """A section as it was laid out: name, first address, number of bytes."""

    name: str
    first: int
    size: int


class AreaUse(NamedTuple):
    """How full a memory area is: name, first and last address, bytes used, and its sections."""

    name: str
    first: int
    last: int
    used: int
    sections: tuple[SectionUse, ...]

    @property
    def size(self) -> int:
        """Bytes of the whole area."""
        return self.last + 1 - self.first

    def __str__(self) -> str:
        free = self.size - self.used
        percent = 100 * self.used // self.size
        return (
            f"{self.name} 0x{self.first:06x}-0x{self.last:06x}: "
            f"{self.used} of {self.size} bytes ({percent} %), {free} free"
        )


class Sections:
    """The areas and sections of one pass; `sizes` are those of the pass before."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._before = sizes
        self._areas: dict[str, _Area] = {}
        self._sections: dict[str, _Section] = {}
        self._current: _Section | None = None

    @property
    def used(self) -> bool:
        """Whether there are sections."""
        return bool(self._sections)

    def add_area(self, name: Token, line: Line, first: int, last: int) -> Note | None:
        """An area; returns a note about the one of the same name, if there is one."""
        known = self._areas.setdefault(name.text, _Area(name, line, first, last))
        if known.line is line:
            return None
        return Note("the first definition", span_of(known.line, known.name.column, known.name.width))

    def leave(self, address: int) -> None:
        """What follows does not go to the section any more, which ends at `address` so far."""
        if self._current is not None:
            self._current.next = address
            self._current = None

    def enter(self, name: Token, area: Token | None, line: Line) -> int:
        """Let what follows go to a section; returns its address.  Raises KeyError(code, token to blame)."""
        section = self._sections.get(name.text)
        if area is not None and area.text not in self._areas:
            raise KeyError("E0654", area)
        if section is None:
            if area is None:
                raise KeyError("E0658", name)
            place = self._areas[area.text]
            start = place.first + place.taken
            section = self._sections[name.text] = _Section(name, line, place, start)
            place.taken += self._before.get(name.text, 0)
        elif area is not None and self._areas[area.text] is not section.area:
            raise KeyError("E0656", name)
        self._current = section
        return section.next

    def sizes(self) -> dict[str, int]:
        """The sizes of the sections in this pass."""
        return {name: section.next - section.start for name, section in self._sections.items()}

    def full(self) -> list[tuple[Line, Token, str, int]]:
        """The sections with which an area runs over: line and name of the section, the area, bytes too many."""
        found = []
        for section in self._sections.values():
            over = section.next - 1 - section.area.last
            if over > 0:
                found.append((section.line, section.name, section.area.name.text, over))
        return found

    def use(self) -> tuple[AreaUse, ...]:
        """How full the areas are."""
        return tuple(self._use(area) for area in self._areas.values())

    def _use(self, area: _Area) -> AreaUse:
        sections = tuple(
            SectionUse(name, section.start, section.next - section.start)
            for name, section in self._sections.items()
            if section.area is area
        )
        used = sum(section.size for section in sections)
        return AreaUse(area.name.text, area.first, area.last, used, sections)
