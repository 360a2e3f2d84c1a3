# SPDX-License-Identifier: MIT
"""Bus cycles as values: from the core's ring, and whole runs to a file.

A trace file is "M816TRC1" and then the ring's 64-bit words, little-endian, in order
(`emu.cpu.bus.RING_DATA` says the layout).  A word of kind GAP carries no cycle: the clock jumped
there while the core waited (WAI, STP, RDY).
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emu.cpu.bus import (
    GAP,
    LOCK,
    REACHED,
    RING_CLOCK,
    RING_DATA,
    RING_KIND,
    RING_MODES,
    RING_NO_DATA,
    VDA,
    VPA,
    VPB,
    WRITE,
)
from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from emu.cpu.core import Core

MAGIC = b"M816TRC1"
_WORDS = 1 << 16
CLOCK_BITS = 23
CLOCK_MASK = (1 << CLOCK_BITS) - 1


@dataclass(frozen=True, slots=True)
class Cycle:
    """One PHI2 cycle as the pins show it.

    ``clock`` is the core's clock behind it; ``data`` is None in an internal cycle; ``kind`` has
    bits VDA, VPA, VPB, LOCK, WRITE; ``modes`` is E, M, X of the instruction as one number.
    """

    clock: int
    address: int
    data: int | None
    kind: int
    modes: int

    @property
    def flags(self) -> str:
        """VDA VPA VPB RWB E M X ML as eight characters, in the manner of the SingleStepTests."""
        return (
            ("d" if self.kind & VDA else "-")
            + ("p" if self.kind & VPA else "-")
            + ("v" if self.kind & VPB else "-")
            + ("w" if self.kind & WRITE else "r")
            + ("e" if self.modes & 4 else "-")
            + ("m" if self.modes & 2 else "-")
            + ("x" if self.modes & 1 else "-")
            + ("l" if self.kind & LOCK else "-")
        )


class WordClock:
    """Follows the clock through ring words, portion by portion.

    A word holds the low 23 bits of the clock; between two words it moves no further, but between
    two GAPs.
    """

    def __init__(self, clock: int = 0) -> None:
        """`clock` is a clock value less than 2**23 before the first word."""
        self.clock = clock

    def cycles(self, words: Iterable[int]) -> Iterator[tuple[int, int]]:
        """(clock behind it, word) of each bus cycle; `clock` is right again when all were taken."""
        clock = self.clock
        for word in words:
            if word >> RING_KIND & 0x1F == GAP:
                clock = _clock_of_gap(word)
                continue
            clock += (word >> RING_CLOCK) - clock & CLOCK_MASK
            yield clock, word
        self.clock = clock


def decode(words: Iterable[int], clock: int | None = None) -> Iterator[Cycle]:
    """The cycles of ring words in order; `clock` as for `WordClock`, without one the count begins at 0."""
    for now, word in WordClock(clock or 0).cycles(words):
        data = None if word >> RING_NO_DATA & 1 else word >> RING_DATA & 0xFF
        yield Cycle(now, word & 0xFFFFFF, data, word >> RING_KIND & 0x1F, word >> RING_MODES & 7)


def _clock_of_gap(word: int) -> int:
    return (word & 0xFFFFFFFF) << CLOCK_BITS | word >> RING_CLOCK


def last_cycles(core: Core, count: int | None = None) -> list[Cycle]:
    """The cycles in the ring that `Core.keep_cycles` began, the oldest first; at most `count`."""
    words = recorded(core, max(0, core.ring_count - len(core.ring)))
    start = core.clock  # count back to the oldest
    for word in reversed(words):
        start -= start - (word >> RING_CLOCK) & CLOCK_MASK
        start = _clock_of_gap(word) if word >> RING_KIND & 0x1F == GAP else start
    cycles = list(decode(words, start))
    return cycles if count is None else cycles[max(0, len(cycles) - count) :]


def recorded(core: Core, first: int) -> array[int]:
    """The words with numbers from `first` on; the ring must still hold them."""
    start, end = first & core.ring_mask, core.ring_count & core.ring_mask
    ring = memoryview(core.ring)
    words = array("Q")
    if first == core.ring_count:
        return words
    for part in [ring[start:end]] if start < end else [ring[start:], ring[:end]]:
        words.frombytes(part.tobytes())
    return words


def run_traced(core: Core, until: int, stream: BinaryIO) -> int:
    """`Core.run` with every bus cycle written to a binary stream; returns the reason.

    The stream's errors (OSError) come through; the core is then between two instructions.  A
    recording in the ring is ended by this.
    """
    stream.write(MAGIC)
    tap = Tap(core)
    try:
        while True:
            reason = core.run(min(until, core.clock + Tap.PORTION))
            stream.write(file_bytes(tap.take()))
            if reason != REACHED or core.clock >= until:
                return reason
    finally:
        tap.close()


def file_bytes(words: array[int]) -> bytes:
    """Words as they stand in a trace file."""
    if sys.byteorder == "big":
        words = words[:]
        words.byteswap()
    return words.tobytes()


class Tap:
    """Takes the bus cycles of a core in portions, as they are recorded; it records from now on.

    Between two calls of `take` the core may run for PORTION cycles at the most, or what it did is lost.
    """

    PORTION = _WORDS // 2

    def __init__(self, core: Core) -> None:
        self._core = core
        core.keep_cycles(_WORDS)
        self._taken = core.ring_count

    def take(self) -> array[int]:
        """The words since the last call; `decode` makes cycles of them."""
        words = recorded(self._core, self._taken)
        self._taken = self._core.ring_count
        return words

    def close(self) -> None:
        """Record no more."""
        self._core.keep_cycles(0)


def read_trace(stream: BinaryIO) -> Iterator[Cycle]:
    """The cycles of a trace file.  Raises EmuError (E2044) if it is none or cut."""
    if stream.read(len(MAGIC)) != MAGIC:
        raise EmuError("E2044", "this is not a trace of bus cycles", "make one with run_traced")
    return decode(_words_of(stream))


def _words_of(stream: BinaryIO) -> Iterator[int]:
    while data := stream.read(8 * _WORDS):
        if len(data) % 8:
            raise EmuError("E2044", "the trace is cut: its last word is not whole", "record it again")
        words = array("Q", data)
        if sys.byteorder == "big":
            words.byteswap()
        yield from words
