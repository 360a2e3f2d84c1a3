# SPDX-License-Identifier: MIT
"""The two tone generators: TG0 from T5 (BCR bit 1), TG1 from T6 (BCR bit 2), on pins of their own.

A tone is a wave of 16 steps, one per underflow of its timer: FCLK / (16 x (N + 1)) Hz (public tone
software for the chip, which cites the data sheet).  The shape of the steps is not established; the
pin shows which half of the wave it is: 1 for the first eight steps, then 0.  A generator that is
off rests at 0 (assumed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emu.wires import Wire

if TYPE_CHECKING:
    from emu.chip.clocks import Clocks
    from emu.chip.timers import Timers

STEPS = 16
TONES = ((5, "TG0"), (6, "TG1"))
"""(timer, pin) of the generators 0 and 1."""


class Tone:
    """One generator; it hangs on its timer."""

    def __init__(self, number: int, clocks: Clocks, timers: Timers, *, waits: bool) -> None:
        self._timer, name = TONES[number]
        self.pin = Wire(name, 0, clocks)
        self._clocks = clocks
        self._timers = timers
        self._waits = waits
        self.on = False
        self._step = 0
        timers.follow(self._timer, self)

    def switch(self, on: bool, clock: int) -> None:
        """Its bit in BCR."""
        if on == self.on:
            return
        self._timers.arrange(self._timer)  # what it did up to now, it did in its old state
        self.on = on
        if on and self._waits:
            self._step = 0
        self._show(clock, None)
        self._timers.arrange(self._timer)

    def wanted(self) -> int:
        """The underflow at which the half of the wave ends."""
        return STEPS // 2 - self._step % (STEPS // 2) if self.on else 0

    def underflowed(self, times: int, tick: int) -> None:
        """The wave went on by this many steps."""
        if self.on or not self._waits:
            self._step = (self._step + times) % STEPS
            self._show(self._clocks.clock_of(tick), tick)

    def _show(self, clock: int, tick: int | None) -> None:
        self.pin.drive(int(self.on and self._step < STEPS // 2), clock, tick)

    def state(self) -> list[Any]:
        """[on, step, level of the pin], plain JSON values."""
        return [self.on, self._step, self.pin.level]

    def set_state(self, state: list[Any]) -> None:
        """Go back to what `state` gave; the pin changes its level without an edge."""
        self.on, self._step, self.pin.level = state
