# SPDX-License-Identifier: MIT
"""Wires: one level, a record of its edges, and listeners.

Pins, LEDs, serial lines, recorders and tests all meet on wires.  Time on a wire is the clock of
the core, PHI2 cycles since power on.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import Protocol


class Listener(Protocol):
    """Whoever wants to know of an edge."""

    def __call__(self, level: int, clock: int) -> None:
        """The wire has this level from this clock value on."""


class Wire:
    """A named wire.  ``edges`` is [(cycle, level), ...] in rising order of cycles."""

    def __init__(self, name: str, level: int = 1) -> None:
        self.name = name
        self.level = level
        self.edges: list[tuple[int, int]] = []
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Call `listener` at each edge from now on."""
        self._listeners.append(listener)

    def drive(self, level: int, clock: int) -> None:
        """Put the wire on a level; nothing happens if it is there already."""
        if level == self.level:
            return
        self.level = level
        self.edges.append((clock, level))
        for listener in self._listeners:
            listener(level, clock)

    def level_at(self, clock: int) -> int:
        """The level the wire had at an earlier clock value, as far as the record goes back."""
        later = bisect_right(self.edges, clock, key=itemgetter(0))
        if later == len(self.edges):
            return self.level
        return 1 - self.edges[later][1]

    def forget(self) -> None:
        """Drop the record of edges; the level stays."""
        self.edges.clear()
