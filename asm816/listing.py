# SPDX-License-Identifier: MIT
"""The listing: every line of the source with the address, bytes and cycles of what it made.

Cycles are those of the instruction table, with the letters of its footnotes (`4 +m+p`).  Lines that a
macro made stand behind the call, included files behind their include.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from asm816.source import Line
from asm816.statements import Instruction, Label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asm816.image import Image
    from asm816.layout import Placed
    from asm816.source import Frame, SourceFile

_ROW = 8  # bytes on a line
_MOST_ROWS = 32  # of one statement; the image itself has the rest


def listing(placed: Sequence[Placed], image: Image, symbols: Mapping[str, int]) -> str:
    """The listing as text."""
    writer = _Writer(image)
    for place in placed:
        writer.place(place)
    writer.finish()
    names = [
        f"{name} = 0x{value:06x}" if value >= 0 else f"{name} = {value}" for name, value in symbols.items()
    ]
    return "\n".join([*writer.lines, "", *names, ""])


def symbol_file(symbols: Mapping[str, int]) -> str:
    """`NAME = VALUE` lines by value: a source that can be included, and what `dis816 --symbols` reads."""
    rows = sorted(symbols.items(), key=lambda row: (row[1], row[0]))
    return "".join(f"{name} = {f'0x{value:06x}' if value >= 0 else value}\n" for name, value in rows)


class _Writer:
    def __init__(self, image: Image) -> None:
        self.lines: list[str] = []
        self._image = image
        self._starts = [segment.address for segment in image.segments]
        self._shown: dict[tuple[int, int], int] = {}  # text -> its last line that is shown
        self._main: SourceFile | None = None
        self._last: Line | None = None
        self._label: Placed | None = None  # a label whose line is not shown yet

    def place(self, place: Placed) -> None:
        """Show what a statement made."""
        line = place.statement.line
        if self._main is None:
            outer = line
            while outer.frame is not None:
                outer = outer.frame.line
            self._main = outer.file
        if self._label is not None and self._label.statement.line is not line:
            self._flush()
        self._show_before(line)
        if isinstance(place.statement, Label):
            self._label = self._label or place
            return
        first = line is not self._last
        self._last = line
        self._label = None
        rows = self._bytes(place) if place.size > 0 else []
        if not rows and not first:
            return
        cycles = place.detail.op.cycles_text if isinstance(place.statement, Instruction) else ""
        source = self._source(line) if first else ""
        address = f"{place.address:06x}" if place.size > 0 else ""
        self._shown[_text_of(line)] = line.number
        self._row(address, rows[0] if rows else "", cycles, source)
        for number, row in enumerate(rows[1:], 1):
            self._row(f"{place.address + number * _ROW:06x}", row, "", "")

    def finish(self) -> None:
        """Show what is left of the main file."""
        self._flush()
        if self._main is not None:
            lines = self._main.lines
            self._fill(self._main, None, len(lines) - (not lines[-1]))

    def _flush(self) -> None:
        """Show a label that stands alone on its line."""
        if self._label is not None:
            line, address = self._label.statement.line, self._label.address
            self._label = None
            if line is not self._last:
                self._last = line
                self._shown[_text_of(line)] = line.number
                self._row(f"{address:06x}", "", "", self._source(line))

    def _row(self, address: str, data: str, cycles: str, source: str) -> None:
        self.lines.append(f"{address:6}  {data:23}  {cycles:9} {source}".rstrip())

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
            self._row("", "", "", self._source(Line(file, number, frame)))
        self._shown[text] = max(start, last)

    def _bytes(self, place: Placed) -> list[str]:
        number = bisect_right(self._starts, place.address) - 1
        if number < 0:
            return []
        segment = self._image.segments[number]
        start = place.address - segment.address
        data = segment.data[start : start + min(place.size, _ROW * _MOST_ROWS)]
        rows = [data[n : n + _ROW].hex(" ") for n in range(0, len(data), _ROW)]
        if place.size > len(data) and data:
            rows.append(f"... {place.size - len(data)} more")
        return rows


def _text_of(line: Line) -> tuple[int, int]:
    return id(line.file), id(line.frame)
