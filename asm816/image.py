# SPDX-License-Identifier: MIT
"""The image: what a program is once addresses are known, and what every later stage takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_IMAGE_BYTES = 1 << 24
"""An image cannot be larger than the 24-bit address space."""


class Segment(NamedTuple):
    """A run of bytes at a 24-bit address."""

    address: int
    data: bytes

    @property
    def end(self) -> int:
        """The address behind the last byte."""
        return self.address + len(self.data)


class Image(NamedTuple):
    """Segments in rising order of address, none empty, none touching another; and the entry address.

    ``entry`` is the 24-bit address at which to start, or None where the source names none.
    """

    segments: tuple[Segment, ...] = ()
    entry: int | None = None

    @property
    def size(self) -> int:
        """Number of bytes, gaps not counted."""
        return sum(len(segment.data) for segment in self.segments)

    @property
    def first(self) -> int:
        """The lowest address.  Raises IndexError on an empty image."""
        return self.segments[0].address

    @property
    def last(self) -> int:
        """The highest address.  Raises IndexError on an empty image."""
        return self.segments[-1].end - 1

    @property
    def start(self) -> int:
        """Where to start: the entry address, else the lowest address."""
        return self.first if self.entry is None else self.entry

    def chunks(self, longest: int) -> Iterator[Segment]:
        """The same bytes cut in pieces of at most `longest` bytes."""
        for segment in self.segments:
            for offset in range(0, len(segment.data), longest):
                yield Segment(segment.address + offset, segment.data[offset : offset + longest])

    def window(self, first: int, length: int, fill: int = 0xFF) -> bytes:
        """`length` bytes from `first` on; bytes the image does not have read as `fill`."""
        content = bytearray([fill]) * length
        for segment in self.segments:
            low, high = max(first, segment.address), min(first + length, segment.end)
            if low < high:
                content[low - first : high - first] = segment.data[
                    low - segment.address : high - segment.address
                ]
        return bytes(content)


def image_of(pieces: Iterable[tuple[int, bytes]], entry: int | None = None) -> Image:
    """An image of (address, bytes) pieces in any order; touching pieces become one segment.

    Pieces must not overlap: whoever collects them checks that and says which source is to blame.
    """
    runs: list[tuple[int, bytearray]] = []
    for address, data in sorted((piece for piece in pieces if piece[1]), key=lambda piece: piece[0]):
        if runs and runs[-1][0] + len(runs[-1][1]) == address:
            runs[-1][1].extend(data)
        else:
            runs.append((address, bytearray(data)))
    return Image(tuple(Segment(address, bytes(data)) for address, data in runs), entry)
