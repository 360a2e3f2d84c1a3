# SPDX-License-Identifier: MIT
"""The listing: every line of the source with the address, bytes and cycles of what it made.

Cycles are those of the instruction table, less what the widths settle (`asm816.cycles`), with the
letters of its footnotes (`4 +m+p`); beside them the sum since the last label, as a range where it
depends on those footnotes.  Included files stand behind their include.  What a macro made is summed up
beside its call, or shown line by line on request.  At the end stand how full the
memory areas are, and the symbols and who uses them.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from asm816.crossreference import cross_reference
from asm816.cycles import Cycles, cycles_of, legend
from asm816.source import Line
from asm816.statements import Instruction, Label
from asm816.target.isa import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from asm816.crossreference import Entry
    from asm816.image import Image
    from asm816.layout import Placed
    from asm816.macros import Define
    from asm816.sections import AreaUse
    from asm816.source import Frame, SourceFile
    from asm816.symbols import Scope
    from asm816.widths import Widths

_ROW = 8  # bytes on a line
_MOST_ROWS = 32  # of one line of source; the image itself has the rest
_WIDTH = 110  # of the cross-reference


def listing(
    placed: Sequence[Placed],
    image: Image,
    widths: Widths,
    outermost: Scope,
    defines: Mapping[str, Define],
    *,
    areas: Sequence[AreaUse] = (),
    expand: bool = False,
) -> str:
    """The listing as text; `areas` tell how full the memory areas are."""
    writer = _Writer(image, widths)
    number = 0
    for _, group in groupby(placed, key=lambda place: id(_shown_line(place.statement.line, expand))):
        places = [*group]
        writer.show(_shown_line(places[0].statement.line, expand), places, number)
        number += len(places)
    writer.finish()
    references = [_reference(entry) for entry in cross_reference(placed, outermost, defines)]
    blocks = (writer.lines, legend(writer.letters), [str(area) for area in areas], references)
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def symbol_file(symbols: Mapping[str, int]) -> str:
    """`NAME = VALUE` lines by value: a source that can be included, and what `dis816 --symbols` reads."""
    rows = sorted(symbols.items(), key=lambda row: (row[1], row[0]))
    return "".join(f"{name} = {_value(value)}\n" for name, value in rows)


def _value(value: int) -> str:
    return f"0x{value:06x}" if value >= 0 else str(value)


def _reference(entry: Entry) -> str:
    """``name  value  kind  where it is defined: where it is used``; a number alone is in the same file."""
    text = f"{entry.name:20} {_value(entry.value):10} {entry.kind:9} {_place(entry.line)}:"
    if not entry.uses:
        return f"{text} not used"
    own = entry.line.file
    uses = dict.fromkeys(str(line.number) if line.file is own else _place(line) for line in entry.uses)
    rows = [text]
    for number, use in enumerate(uses, 1):
        word = f" {use}" if number == len(uses) else f" {use},"
        if len(rows[-1]) + len(word) > _WIDTH:
            rows.append(" " * 41)
        rows[-1] += word
    return "\n".join(rows)


def _place(line: Line) -> str:
    return f"{line.file.name}:{line.number}"


def _shown_line(line: Line, expand: bool) -> Line:
    """The line beside which something is listed: for what a macro made, the call outside of all macros."""
    shown, frame = line, line.frame
    while frame is not None and not expand:
        if not frame.is_include:
            shown = frame.line
        frame = frame.line.frame
    return shown


class _Writer:
    def __init__(self, image: Image, widths: Widths) -> None:
        self.lines: list[str] = []
        self.letters: set[str] = set()  # of the footnotes that occur
        self._image = image
        self._widths = widths
        self._starts = [segment.address for segment in image.segments]
        self._shown: dict[tuple[int, int], int] = {}  # text -> its last line that is shown
        self._main: SourceFile | None = None
        self._least = self._most = 0  # cycles since the last label

    def show(self, line: Line, places: Sequence[Placed], number: int) -> None:
        """Show a line of source and what it made: `places`, the first of which has this number."""
        if self._main is None:
            self._main = _outermost_file(line)
        self._show_before(line)
        self._shown[_text_of(line)] = line.number
        cycles, total = self._cycles(places, number)
        source = self._source(line)
        for start, data in self._rows(places):
            self._row(start, data, cycles, total, source)
            cycles = total = source = ""
        if source:
            self._row("", "", "", "", source)

    def finish(self) -> None:
        """Show what is left of the main file."""
        if self._main is not None:
            lines = self._main.lines
            self._fill(self._main, None, len(lines) - (not lines[-1]))

    # -- cycles

    def _cycles(self, places: Iterable[Placed], first: int) -> tuple[str, str]:
        """The cycles of a line, and the sum since the last label."""
        counts: list[Cycles] = []
        for number, place in enumerate(places, first):
            if isinstance(place.statement, Label):
                self._least = self._most = 0
            elif isinstance(place.statement, Instruction):
                found = self._count(place, number)
                counts.append(found)
                self._least += found.least
                self._most += found.most
                self.letters |= {*found.extras}
        if not counts:
            return "", ""
        least, most = sum(c.least for c in counts), sum(c.most for c in counts)
        own = str(counts[0]) if len(counts) == 1 else _range(least, most)
        return own, _range(self._least, self._most)

    def _count(self, place: Placed, number: int) -> Cycles:
        op = place.detail.op
        crosses = None
        if op.mode is Mode.RELATIVE:
            behind = place.address + 2
            distance = int.from_bytes(self._bytes(place.address + 1, 1), signed=True)
            crosses = (behind + distance) >> 8 != behind >> 8
        m8, x8, emulation = self._widths.m(number), self._widths.x(number), self._widths.e(number)
        return cycles_of(op, place.detail.operand_bytes, m8, x8, emulation=emulation, crosses=crosses)

    # -- rows

    def _rows(self, places: Sequence[Placed]) -> list[tuple[str, str]]:
        """(address, bytes) of each row of a line: its bytes, or where its label or its room is."""
        rows: list[tuple[str, str]] = []
        for address, size in _runs(places):
            data = self._bytes(address, min(size, _ROW * (_MOST_ROWS - len(rows))))
            starts = range(0, len(data), _ROW)
            rows += [(f"{address + n:06x}", data[n : n + _ROW].hex(" ")) for n in starts]
            if data and size > len(data):
                rows.append((f"{address + len(data):06x}", f"... {size - len(data)} more"))
            if len(rows) >= _MOST_ROWS:
                break
        if rows:
            return rows
        marked = (p for p in places if isinstance(p.statement, Label) or p.size > 0)
        return [(f"{place.address:06x}", "") for place in marked][:1]

    def _bytes(self, address: int, size: int) -> bytes:
        number = bisect_right(self._starts, address) - 1
        if number < 0 or size <= 0:
            return b""
        segment = self._image.segments[number]
        start = address - segment.address
        return segment.data[start : start + size]

    def _row(self, address: str, data: str, cycles: str, total: str, source: str) -> None:
        self.lines.append(f"{address:6}  {data:23}  {cycles:9} {total:9} {source}".rstrip())

    @staticmethod
    def _source(line: Line) -> str:
        mark = "+" if line.frame is not None and not line.frame.is_include else " "
        return f"{line.number:5d}{mark}| {line.raw}"

    def _show_before(self, line: Line) -> None:
        """Show the lines above `line` that made nothing, and the call that led to it."""
        chain = [line]
        while chain[-1].frame is not None:
            chain.append(chain[-1].frame.line)
        for outer in reversed(chain[1:]):
            self._fill(outer.file, outer.frame, outer.number)
        self._fill(line.file, line.frame, line.number - 1)

    def _fill(self, file: SourceFile, frame: Frame | None, last: int) -> None:
        text = (id(file), id(frame))
        start = self._shown.get(text)
        if start is None:
            start = 0 if frame is None or frame.is_include else last
        for number in range(start + 1, last + 1):
            self._row("", "", "", "", self._source(Line(file, number, frame)))
        self._shown[text] = max(start, last)


def _range(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}-{most}"


def _runs(places: Iterable[Placed]) -> list[tuple[int, int]]:
    """(address, size) of what the places take; touching ones are one run."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if place.size <= 0:
            continue
        if runs and sum(runs[-1]) == place.address:
            runs[-1] = (runs[-1][0], runs[-1][1] + place.size)
        else:
            runs.append((place.address, place.size))
    return runs


def _outermost_file(line: Line) -> SourceFile:
    while line.frame is not None:
        line = line.frame.line
    return line.file


def _text_of(line: Line) -> tuple[int, int]:
    return id(line.file), id(line.frame)
