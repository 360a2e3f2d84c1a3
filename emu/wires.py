# SPDX-License-Identifier: MIT
"""Wires: one level, a record of its edges, and listeners.

Pins, LEDs, serial lines, recorders and tests all meet on wires.  Time on a wire is the clock of
the core, PHI2 cycles since power on.
"""

from __future__ import annotations

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
        """The level the wire had at an earlier clock value."""
        level = self.level
        for edge_clock, edge_level in reversed(self.edges):
            if edge_clock <= clock:
                return edge_level
            level = 1 - edge_level
        return level
