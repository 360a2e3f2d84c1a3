# SPDX-License-Identifier: MIT
"""Time in the chip: crystal ticks, PHI2 cycles, and what happens when.

Two crystals drive the chip, FCLK and CLK (32.768 kHz); PHI2, the core's clock, is one of them
and can change (SSCR bit 1).  Peripherals therefore count in *ticks*, the least common multiple of
both frequencies, in whole numbers: with 3.6864 MHz a tick is 1/7.3728 MHz, and FCLK and CLK are 2
and 225 ticks.
"""

from __future__ import annotations

import heapq
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from emu.cpu.core import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from emu.cpu.core import Core


class Clocks:
    """Conversion between PHI2 cycles and ticks.  Frequencies in Hz, whole or as fractions."""

    def __init__(self, fclk_hz: int | Fraction, clk_hz: int | Fraction) -> None:
        fclk, clk = Fraction(fclk_hz), Fraction(clk_hz)
        self.fclk_hz = fclk_hz
        self.tick_hz = lcm(fclk.numerator, clk.numerator)  # a whole number of times each of the two
        self.fclk_ticks = int(self.tick_hz / fclk)
        self.clk_ticks = int(self.tick_hz / clk)
        self.phi2_ticks = self.clk_ticks
        self._since_clock = 0
        self._since_tick = 0

    def tick_of(self, clock: int) -> int:
        """The tick at which the core's clock reached this value (now or later)."""
        return self._since_tick + (clock - self._since_clock) * self.phi2_ticks

    def clock_of(self, tick: int) -> int:
        """The first clock value at or behind this tick (now or later)."""
        return self._since_clock - (self._since_tick - tick) // self.phi2_ticks

    def select_phi2(self, phi2_ticks: int, clock: int) -> None:
        """From this clock value on a PHI2 cycle takes `phi2_ticks`."""
        self._since_tick = self.tick_of(clock)
        self._since_clock = clock
        self.phi2_ticks = phi2_ticks

    def ticks_in(self, seconds: float) -> int:
        """Ticks in a time, rounded to the nearest."""
        return round(seconds * self.tick_hz)


class Appointment:
    """Something that is to happen at a tick; it can be called off."""

    __slots__ = ("action", "tick")

    def __init__(self, tick: int, action: Callable[[int], None] | None) -> None:
        self.tick = tick
        self.action = action

    def cancel(self) -> None:
        """It does not happen."""
        self.action = None


class Schedule:
    """What the peripherals have to do, in order of time; same tick: in order of entry."""

    def __init__(self, clocks: Clocks, core: Core) -> None:
        self._clocks = clocks
        self._core = core
        self._queue: list[tuple[int, int, Appointment]] = []
        self._entries = 0

    def now(self) -> int:
        """The tick at which the bus cycle ends that the core is in."""
        return self._clocks.tick_of(self._core.clock)

    def at(self, tick: int, action: Callable[[int], None]) -> Appointment:
        """Call ``action(tick)`` when the core's clock gets there."""
        appointment = Appointment(tick, action)
        self._entries += 1
        heapq.heappush(self._queue, (tick, self._entries, appointment))
        self._core.event = min(self._core.event, self._clocks.clock_of(tick))
        return appointment

    def catch_up(self) -> None:
        """Do everything that is due at the core's clock."""
        queue = self._queue
        if not queue:
            return
        now = self.now()
        while queue and queue[0][0] <= now:
            tick, _, appointment = heapq.heappop(queue)
            if appointment.action is not None:
                appointment.action(tick)

    def next_clock(self) -> int:
        """The clock value of the next entry, NEVER if there is none."""
        queue = self._queue
        while queue and queue[0][2].action is None:
            heapq.heappop(queue)
        return self._clocks.clock_of(queue[0][0]) if queue else NEVER
