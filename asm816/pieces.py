# SPDX-License-Identifier: MIT
"""The bytes of an image while they are made: runs, their copies, and where two of them collide."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asm816.layout import Placed
    from asm816.limits import Limits


class _Run:
    """Bytes without a gap; `first` is the number of the statement that starts it."""

    __slots__ = ("address", "data", "first")

    def __init__(self, address: int, data: bytearray, first: int) -> None:
        self.address = address
        self.data = data
        self.first = first

    @property
    def end(self) -> int:
        return self.address + len(self.data)


class Overlap(NamedTuple):
    """An address with two bytes: the numbers of the statements from which to search for the guilty."""

    address: int
    first: int
    second: int


class Pieces:
    """Collects the bytes of statements; touching ones become one run."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._runs: list[_Run] = []
        self._size = 0
        self._number = 0

    def emit(self, address: int, data: bytes | bytearray, number: int) -> None:
        """Take the bytes of statement `number` and those behind it."""
        if not data:
            return
        self._size += len(data)
        self._number = number
        if self._size > self._limits.image_bytes or len(self._runs) > self._limits.pieces:
            return  # `exceeded` says so
        if self._runs and self._runs[-1].end == address:
            self._runs[-1].data += data
        else:
            self._runs.append(_Run(address, bytearray(data), number))

    def mark(self) -> int:
        """Start a new run, so that a body to be repeated is apart; returns the number of its first run."""
        self._runs.append(_Run(-1, bytearray(), self._number))
        return len(self._runs) - 1

    def repeat(self, mark: int, place: Placed) -> None:
        """Repeat what came since `mark`: `place` is that of `.endr`, its detail the count."""
        count: int = place.detail
        body = [run for run in self._runs[mark:] if run.data]
        del self._runs[mark:]
        if count == 0:
            return
        length = place.size // (count - 1) if count > 1 else 0
        if len(body) == 1 and (count == 1 or len(body[0].data) == length):
            self.emit(body[0].address, bytes(body[0].data) * count, body[0].first)
            return
        for copy in range(count if body else 0):
            for run in body:
                self.emit(run.address + copy * length, bytes(run.data), run.first)
            if len(self._runs) > self._limits.pieces:
                return

    def runs(self) -> Iterator[tuple[int, bytes]]:
        """The runs that have bytes."""
        return ((run.address, bytes(run.data)) for run in self._runs if run.data)

    def exceeded(self) -> Iterator[tuple[str, int]]:
        """The limits that were met: code of the diagnostic and limit."""
        if self._size > self._limits.image_bytes:
            yield "E0603", self._limits.image_bytes
        if len(self._runs) > self._limits.pieces:
            yield "E0606", self._limits.pieces

    def overlaps(self) -> Iterator[Overlap]:
        """Addresses that get two bytes, one for each pair of runs."""
        last: _Run | None = None
        for run in sorted((run for run in self._runs if run.data), key=lambda run: (run.address, run.first)):
            if last is not None and run.address < last.end:
                earlier, later = sorted((last, run), key=lambda r: r.first)
                yield Overlap(run.address, earlier.first, later.first)
            if last is None or run.end > last.end:
                last = run
