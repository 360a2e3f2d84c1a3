# SPDX-License-Identifier: MIT
"""What goes over the line, as text: time, direction, bytes, characters; a row for 16 bytes at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROW = 16


def rows(seconds: float, direction: str, data: bytes) -> Iterator[str]:
    """``  0.123 > 53 32 30 36  S206``: 78 columns at most; ``>`` is to the board."""
    for offset in range(0, len(data), ROW):
        row = data[offset : offset + ROW]
        text = "".join(chr(c) if 0x20 <= c < 0x7F else "." for c in row)
        yield f"{seconds:8.3f} {direction} {row.hex(' '):<{3 * ROW - 1}}  {text}"


class WireDump:
    """Takes what was sent and heard, and writes rows; times count from when it was made."""

    def __init__(self, writers: Sequence[Callable[[str], None]], clock: Callable[[], float]) -> None:
        self._writers, self._clock = writers, clock
        self._begin = clock()

    def __call__(self, direction: str, data: bytes) -> None:
        """Write down one piece."""
        for row in rows(self._clock() - self._begin, direction, data):
            for write in self._writers:
                write(row)
