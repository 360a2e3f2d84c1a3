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
from typing import TYPE_CHECKING, Any

from emu.cpu.bus import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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

    def state(self) -> dict[str, Any]:
        """Which clock PHI2 is, and since when: plain JSON values."""
        return {
            "phi2_ticks": self.phi2_ticks,
            "since_clock": self._since_clock,
            "since_tick": self._since_tick,
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.phi2_ticks = state["phi2_ticks"]
        self._since_clock = state["since_clock"]
        self._since_tick = state["since_tick"]

    def ticks_in(self, seconds: float) -> int:
        """Ticks in a time, rounded to the nearest; a time that is not 0 is one tick at least."""
        return max(round(seconds * self.tick_hz), 1 if seconds > 0 else 0)


class Alarm:
    """Something that happens at a tick: set, moved and called off as often as need be.

    An alarm is made once, with its action, and has a name of its own: what a snapshot keeps is
    the names of the alarms that are set, and their ticks.
    """

    __slots__ = ("_schedule", "action", "entry", "name", "tick")

    def __init__(self, schedule: Schedule, name: str, action: Callable[[int], None]) -> None:
        self._schedule = schedule
        self.name = name
        self.action = action
        self.tick = 0
        self.entry = 0  # 0 = not set

    @property
    def pending(self) -> bool:
        """It is set and has not happened."""
        return bool(self.entry)

    def set(self, tick: int) -> None:
        """It happens at this tick, and not at the one that was set before."""
        self._schedule.enter(self, tick)

    def cancel(self) -> None:
        """It does not happen."""
        self.entry = 0


class Schedule:
    """What the peripherals have to do, in order of time; same tick: in order of entry.

    ``due`` is a clock value before which nothing is to be done.
    """

    def __init__(self, clocks: Clocks, core: Core) -> None:
        self._clocks = clocks
        self._core = core
        self._alarms: dict[str, Alarm] = {}
        self._queue: list[tuple[int, int, Alarm]] = []
        self._entries = 0
        self.due = NEVER

    def alarm(self, name: str, action: Callable[[int], None]) -> Alarm:
        """A new alarm that calls ``action(tick)`` when the core's clock gets there.

        Raises ValueError if there is one of this name.
        """
        if name in self._alarms:
            raise ValueError(f"there is an alarm '{name}' already")
        alarm = self._alarms[name] = Alarm(self, name, action)
        return alarm

    def enter(self, alarm: Alarm, tick: int) -> None:
        """Set an alarm."""
        self._entries += 1
        alarm.tick = tick
        alarm.entry = self._entries
        heapq.heappush(self._queue, (tick, self._entries, alarm))
        clock = self._clocks.clock_of(tick)
        if clock < self.due:
            self.due = clock
            self._core.event = min(self._core.event, clock)

    def now(self) -> int:
        """The tick at which the bus cycle ends that the core is in."""
        return self._clocks.tick_of(self._core.clock)

    def catch_up(self) -> None:
        """Do everything that is due at the core's clock."""
        core, queue = self._core, self._queue
        if core.clock < self.due:
            return  # the core asks whenever it looks for interrupts, ten times as often as something is due
        while core.clock >= self.next_clock():
            tick, _, alarm = heapq.heappop(queue)
            alarm.entry = 0
            alarm.action(tick)
        self.due = self.next_clock()

    def next_clock(self) -> int:
        """The clock value of the next alarm, NEVER if none is set."""
        queue = self._queue
        while queue and queue[0][1] != queue[0][2].entry:
            heapq.heappop(queue)
        return self._clocks.clock_of(queue[0][0]) if queue else NEVER

    def clock_changed(self) -> None:
        """PHI2 has changed: everything that is planned has another clock value."""
        self.due = self.next_clock()
        self._core.event = 0

    def state(self) -> list[list[Any]]:
        """The alarms that are set, [name, tick], in the order in which they happen."""
        alarms = [alarm for alarm in self._alarms.values() if alarm.entry]
        return [[alarm.name, alarm.tick] for alarm in sorted(alarms, key=lambda a: (a.tick, a.entry))]

    def set_state(self, state: list[list[Any]]) -> None:
        """Set these alarms and no other (set the clocks first).  Raises KeyError for an unknown name."""
        for alarm in self._alarms.values():
            alarm.entry = 0
        self._queue.clear()
        self._entries = 0
        self.due = NEVER
        for name, tick in state:
            self._alarms[name].set(tick)
        self._core.event = 0
