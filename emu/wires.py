# SPDX-License-Identifier: MIT
"""Wires: one level, a record of its edges, and listeners.

Pins, LEDs, serial lines, recorders and tests all meet on wires.  An edge is recorded with both times:
the clock of the core (PHI2 cycles since power on) and the crystal tick.  A cycle takes another time
when PHI2 changes; a tick never does, so periods and frequencies are measured in ticks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Listener(Protocol):
    """Whoever wants to know of an edge."""

    def __call__(self, level: int, clock: int) -> None:
        """The wire has this level from this clock value on."""


class Timebase(Protocol):
    """How cycles become crystal time: `emu.chip.clocks.Clocks`."""

    tick_hz: int

    def tick_of(self, clock: int) -> int:
        """The tick at which the core's clock reached this value."""


class EvenCycles:
    """The timebase of a wire without a chip: a cycle is a tick and takes a second."""

    tick_hz = 1

    def tick_of(self, clock: int) -> int:
        """The same number."""
        return clock


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What the edges of a wire say: how many, and the time from one rising edge to the next.

    ``period`` and ``high`` are means over whole periods in seconds; None when there is no whole
    period.
    """

    edges: int
    period: float | None
    high: float | None


class Wire:
    """A named wire.

    ``edges`` is [(cycle, level), ...] in rising order of cycles, ``ticks`` the crystal tick of each.
    """

    def __init__(self, name: str, level: int = 1, timebase: Timebase | None = None) -> None:
        self.name = name
        self.level = level
        self.edges: list[tuple[int, int]] = []
        self.ticks: list[int] = []
        self._timebase = timebase or EvenCycles()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Call `listener` at each edge from now on."""
        self._listeners.append(listener)

    def ignore(self, listener: Listener) -> None:
        """Call `listener` no longer.  ValueError if it does not listen."""
        self._listeners.remove(listener)

    def drive(self, level: int, clock: int, tick: int | None = None) -> None:
        """Put the wire on a level; nothing happens if it is there already.

        `tick` is the crystal time of the edge where it is known better than by the cycle it falls into.
        """
        if level == self.level:
            return
        self.level = level
        self.edges.append((clock, level))
        self.ticks.append(self._timebase.tick_of(clock) if tick is None else tick)
        for listener in self._listeners:
            listener(level, clock)

    def level_at(self, clock: int) -> int:
        """The level the wire had at an earlier clock value, as far as the record goes back."""
        later = bisect_right(self.edges, clock, key=itemgetter(0))
        if later == len(self.edges):
            return self.level
        return 1 - self.edges[later][1]

    def edge_ticks(self, start: int, end: int) -> list[tuple[int, int]]:
        """The edges between two clock values (the second excluded) as [(tick, level), ...]."""
        first = bisect_left(self.edges, start, key=itemgetter(0))
        behind = bisect_left(self.edges, end, key=itemgetter(0))
        return [(self.ticks[n], level) for n, (_, level) in enumerate(self.edges[first:behind], start=first)]

    def measure(self, start: int, end: int) -> Rhythm:
        """Measure the wire between two clock values (the second excluded)."""
        edges = self.edge_ticks(start, end)
        rising = [tick for tick, level in edges if level]
        if len(rising) < 2:
            return Rhythm(len(edges), None, None)
        first, last, periods = rising[0], rising[-1], len(rising) - 1
        falls = [tick for tick, level in edges if not level and first <= tick <= last]
        high = sum(fall - rise for rise, fall in zip(rising, falls, strict=False))
        unit = periods * self._timebase.tick_hz
        return Rhythm(len(edges), (last - first) / unit, high / unit)

    @property
    def frequency(self) -> float:
        """Hz, from the last whole period on record; 0 if there is none.  For means see `measure`."""
        period = self._last_period().period
        return 1 / period if period else 0.0

    @property
    def duty(self) -> float:
        """The part of the last whole period that the wire was high, 0 to 1; its level if there is none."""
        last = self._last_period()
        return last.high / last.period if last.period and last.high is not None else float(self.level)

    def _last_period(self) -> Rhythm:
        """The period between the last two rising edges."""
        tail = self.edges[-4:]
        if tail and not tail[-1][1]:
            tail = tail[:-1]
        tail = tail[-3:]
        return self.measure(tail[0][0], tail[-1][0] + 1) if len(tail) == 3 else Rhythm(len(tail), None, None)

    def recall(self, edges: Sequence[tuple[int, int]], ticks: Sequence[int]) -> None:
        """Have these edges with their ticks on record, and no others; the level stays."""
        self.edges = list(edges)
        self.ticks = list(ticks)

    def forget(self) -> None:
        """Drop the record of edges; the level stays."""
        self.edges.clear()
        self.ticks.clear()
