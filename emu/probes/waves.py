# SPDX-License-Identifier: MIT
"""What pins did, as plain values: the form that waveform files, sounds and pictures are made of.

    begin = now(board)
    board.run(seconds=2)
    recording = record(board, begin)

Times are nanoseconds since the beginning of the recording, whole numbers, computed from crystal ticks,
so that they are right where PHI2 changes, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from emu.board import Board
    from emu.wires import Wire

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000

_SERIAL_PINS = frozenset(f"P6{bit}" for bit in range(8))
"""RXD and TXD of the UARTs: what they say is read as text, not as a wave."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment of a board: its PHI2 cycle and its crystal tick since power on."""

    cycle: int = 0
    tick: int = 0


POWER_ON = Instant()


@dataclass(frozen=True, slots=True)
class Wave:
    """What one pin did: its level at the beginning, then ``edges`` ((ns, level), ...).

    ``label`` is the name of what hangs on the pin, a LED, or empty; ``lit`` the level that lights it.
    """

    name: str
    level: int
    edges: tuple[tuple[int, int], ...]
    label: str = ""
    lit: int = 1

    @property
    def title(self) -> str:
        """For people: ``LED0 P70``."""
        return f"{self.label} {self.name}".strip()

    @property
    def period(self) -> float | None:
        """Seconds from one rising edge to the next, the mean of all whole periods; None if there is none."""
        rising = self._rising()
        return (rising[-1] - rising[0]) / (len(rising) - 1) / NS_PER_S if len(rising) > 1 else None

    @property
    def steady(self) -> bool:
        """Its periods are alike, within a tenth of their mean: it beats, and does not talk."""
        gaps = [after - before for before, after in pairwise(self._rising())]
        mean = sum(gaps) / len(gaps) if gaps else 0
        return all(abs(gap - mean) <= mean / 10 for gap in gaps)

    def _rising(self) -> list[int]:
        return [time for time, level in self.edges if level]


@dataclass(frozen=True, slots=True)
class Recording:
    """Waves over the same ``duration`` in ns."""

    duration: int
    waves: tuple[Wave, ...]

    def wave(self, name: str) -> Wave:
        """The wave of a pin.  KeyError if it is not in the recording."""
        for wave in self.waves:
            if wave.name == name:
                return wave
        raise KeyError(name)


def now(board: Board) -> Instant:
    """The present of a board."""
    return Instant(board.cycle, board.chip.schedule.now())


def record(board: Board, begin: Instant = POWER_ON, pins: Iterable[str] | None = None) -> Recording:
    """What the pins of a board did from `begin` until now.

    `pins` are names (P00 to P77, TG0, TG1); by default those that had an edge, but the UARTs': if a LED
    is among them all LEDs, then the others.  Raises EmuError for an unknown pin.
    """
    wires = [board.pin(name) for name in pins] if pins is not None else _usual(board, begin)
    leds = {led.pin: led for led in board.facts.leds}
    end = now(board)
    rate = board.chip.clocks.tick_hz
    waves = tuple(
        Wave(
            wire.name,
            wire.level_at(begin.cycle),
            tuple(
                (round((tick - begin.tick) * NS_PER_S / rate), level)
                for tick, level in wire.edge_ticks(begin.cycle + 1, end.cycle + 1)
            ),
            leds[wire.name].name if wire.name in leds else "",
            board.lit_level(leds[wire.name]) if wire.name in leds else 1,
        )
        for wire in wires
    )
    return Recording(round((end.tick - begin.tick) * NS_PER_S / rate), waves)


def all_pins(board: Board) -> tuple[str, ...]:
    """The names of all pins, in order."""
    return tuple(sorted(board.chip.pins))


def _usual(board: Board, begin: Instant) -> list[Wire]:
    leds = [led.pin for led in board.facts.leds]
    moved = [name for name in all_pins(board) if _moved(board.pin(name), begin)]
    others = [name for name in moved if name not in leds and name not in _SERIAL_PINS]
    lamps = leds if not others or any(name in leds for name in moved) else []
    return [board.pin(name) for name in (*lamps, *others)]


def _moved(wire: Wire, begin: Instant) -> bool:
    return bool(wire.edges) and wire.edges[-1][0] > begin.cycle
