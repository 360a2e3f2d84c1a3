# SPDX-License-Identifier: MIT
"""Levels that the world outside puts on pins at times fixed beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emu.chip.w65c265s import W65C265S


@dataclass(frozen=True, slots=True)
class Stimulus:
    """A pin of port and bit gets a level: when the clock is at `cycle`, or at the crystal tick `tick`."""

    port: int
    bit: int
    level: int
    cycle: int | None = None
    tick: int | None = None


class Stimuli:
    """What is still to come, and one alarm in the chip's schedule for the next of it."""

    def __init__(self, chip: W65C265S) -> None:
        self._chip = chip
        self._waiting: list[Stimulus] = []
        self._alarm = chip.schedule.alarm("stimuli", self._due)

    def add(self, stimulus: Stimulus) -> None:
        """Let this happen when its time comes; at the same time: in the order of adding."""
        self._waiting.append(stimulus)
        self.rearm()

    def rearm(self) -> None:
        """Wait for the next one.  To be called when PHI2 has changed: a cycle has another tick then."""
        if self._waiting:
            self._alarm.set(min(self._tick(stimulus) for stimulus in self._waiting))
        else:
            self._alarm.cancel()

    def state(self) -> list[list[Any]]:
        """Plain values; the alarm is the schedule's."""
        return [[s.port, s.bit, s.level, s.cycle, s.tick] for s in self._waiting]

    def set_state(self, state: Sequence[Sequence[Any]]) -> None:
        """Go back to what `state` gave."""
        self._waiting = [Stimulus(*values) for values in state]

    def _tick(self, stimulus: Stimulus) -> int:
        if stimulus.tick is not None:
            return stimulus.tick
        assert stimulus.cycle is not None
        return self._chip.clocks.tick_of(stimulus.cycle)

    def _due(self, tick: int) -> None:
        due = [stimulus for stimulus in self._waiting if self._tick(stimulus) <= tick]
        self._waiting = [stimulus for stimulus in self._waiting if stimulus not in due]
        for stimulus in sorted(due, key=self._tick):
            clock = self._chip.clocks.clock_of(self._tick(stimulus))
            self._chip.ports.drive_input(stimulus.port, stimulus.bit, stimulus.level, clock)
        self.rearm()
