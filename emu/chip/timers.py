# SPDX-License-Identifier: MIT
"""The eight timers T0-T7: 16-bit down counters with a latch, computed and not ticked.

A timer counts the edges of its source clock; at 0 the next edge reloads it from the latch and
sets its flag, so its period is latch + 1 edges.  Writing the high counter byte takes the latch
over into the counter; writing the other three bytes changes the latch only (WDC's monitor
sources).  A timer whose enable bit in TER is 0 stands still (inferred).

What hangs on a timer (its flag, the watchdog, a square wave, a tone) says how many underflows
ahead it wants to be called; nothing happens in between.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from emu.chip.interrupts import TIMER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.chip.clocks import Clocks, Schedule
    from emu.chip.interrupts import Interrupts

FCLK_DIVISOR = (1, 0, 16, 1, 1, 1, 1, 1)
"""What each timer counts: FCLK divided by this, or CLK where it is 0 (public sources; T0 assumed)."""


class Timer:
    """One counter.  All times in ticks."""

    def __init__(self) -> None:
        self.latch = 0
        self.running = False
        self.period = 1  # ticks between two edges of the source clock
        self._count = 0  # the counter at the edge `_edge`
        self._edge = 0  # number of the source clock's edge, counted from power on

    def advance(self, tick: int) -> int:
        """Count to this tick; returns how often the timer went through 0."""
        edge = tick // self.period
        passed = edge - self._edge
        self._edge = edge
        return self.count(passed) if self.running else 0

    def count(self, edges: int) -> int:
        """Count this many edges; returns how often the timer went through 0."""
        if edges <= self._count:
            self._count -= edges
            return 0
        beyond = edges - self._count - 1
        wraps, rest = divmod(beyond, self.latch + 1)
        self._count = self.latch - rest
        return wraps + 1

    def counter(self, tick: int) -> int:
        """The counter at this tick, not before the last `advance`."""
        if not self.running:
            return self._count
        passed = tick // self.period - self._edge
        if passed <= self._count:
            return self._count - passed
        return self.latch - (passed - self._count - 1) % (self.latch + 1)

    def load(self) -> None:
        """Take the latch over into the counter."""
        self._count = self.latch

    def preset(self, count: int) -> None:
        """Put the counter on a value."""
        self._count = count

    def set_source(self, running: bool, period: int, tick: int) -> None:
        """Start, stop or change the source clock at this tick (call `advance` first)."""
        self.running = running
        self.period = period
        self._edge = tick // period

    def underflow_tick(self, number: int = 1) -> int:
        """The tick at which the timer goes through 0 for the `number`th time from the last `advance` on."""
        return (self._edge + self._count + 1 + (number - 1) * (self.latch + 1)) * self.period

    def state(self) -> list[Any]:
        """[latch, running, period, count, edge], plain JSON values."""
        return [self.latch, self.running, self.period, self._count, self._edge]

    def set_state(self, state: list[Any]) -> None:
        """Go back to what `state` gave."""
        self.latch, self.running, self.period, self._count, self._edge = state


class Follower(Protocol):
    """What hangs on a timer."""

    def wanted(self) -> int:
        """At which underflow from now on it wants to be called; 0 = not at all."""

    def underflowed(self, times: int, tick: int) -> None:
        """The timer went through 0 this often; the last one, if it was wanted, at this tick."""


class Flag:
    """The timer's bit in TIFR: once it is set, further underflows do not matter."""

    def __init__(self, n: int, clocks: Clocks, interrupts: Interrupts) -> None:
        self._bit = TIMER + n
        self._clocks = clocks
        self._interrupts = interrupts

    def wanted(self) -> int:
        """The next, unless the flag is set."""
        return 1 - (self._interrupts.flags >> self._bit & 1)

    def underflowed(self, times: int, tick: int) -> None:
        """Set the flag."""
        del times
        if not self._interrupts.flags >> self._bit & 1:
            self._interrupts.raise_flag(self._bit, self._clocks.clock_of(tick))


class Timers:
    """All eight, with TER and the flags in TIFR."""

    def __init__(
        self, clocks: Clocks, schedule: Schedule, interrupts: Interrupts, *, cleared_by_reset: bool = False
    ) -> None:
        self._clocks = clocks
        self._schedule = schedule
        self._interrupts = interrupts
        self._cleared_by_reset = cleared_by_reset
        self.timers = tuple(Timer() for _ in range(8))
        self.enabled = 0
        self._oscillator_on = False
        self._t4_counts_pin = False
        self._followers: tuple[list[Follower], ...] = tuple([Flag(n, clocks, interrupts)] for n in range(8))
        self._alarms = tuple(schedule.alarm(f"T{n}", partial(self._advance, n)) for n in range(8))
        for n in range(8):
            self.timers[n].period = self._period(n)

    def follow(self, n: int, follower: Follower) -> None:
        """Hang something on timer `n`."""
        self._followers[n].append(follower)

    def reset(self) -> None:
        """All timers stand still; latches and counters keep what they hold, unless that is set otherwise."""
        self.write_enable(0)
        if self._cleared_by_reset:
            for timer in self.timers:
                timer.latch = 0
                timer.load()

    def select_oscillator(self, on: bool) -> None:
        """FCLK runs or stands still (SSCR bit 0)."""
        self._oscillator_on = on
        self._reconnect()

    def count_pin(self, on: bool) -> None:
        """T4 counts pulses on P60 instead of FCLK (TCR bit 0)."""
        self._t4_counts_pin = on
        self._reconnect()

    @property
    def t4_counts_pin(self) -> bool:
        """T4 is clocked from outside."""
        return self._t4_counts_pin

    def count_pulse(self, tick: int) -> None:
        """A pulse for T4."""
        if self._t4_counts_pin and self.enabled >> 4 & 1 and self.timers[4].count(1):
            for follower in self._followers[4]:
                follower.underflowed(1, tick)

    def capture(self, n: int, tick: int) -> None:
        """The counter goes to the latch and starts again from FFFF."""
        timer = self.timers[n]
        self._count_to(n, tick)
        timer.latch = timer.counter(tick)
        timer.preset(0xFFFF)
        self._plan(n)

    def write_enable(self, value: int) -> None:
        """Write TER."""
        self.enabled = value
        self._reconnect()

    def running(self, n: int) -> bool:
        """The timer counts one of the crystals: it is enabled and its source clock runs."""
        source_on = not FCLK_DIVISOR[n] or (self._oscillator_on and not (n == 4 and self._t4_counts_pin))
        return source_on and bool(self.enabled >> n & 1)

    def read_latch(self, n: int) -> int:
        """The latch pair, 16 bits."""
        return self.timers[n].latch

    def write_latch(self, n: int, high: bool, value: int) -> None:
        """Write one byte of a latch; the counter takes it at its next reload."""
        timer = self.timers[n]
        self._count_to(n, self._schedule.now())
        timer.latch = timer.latch & 0x00FF | value << 8 if high else timer.latch & 0xFF00 | value
        self._plan(n)

    def read_counter(self, n: int) -> int:
        """The counter, 16 bits."""
        return self.timers[n].counter(self._schedule.now())

    def write_counter(self, n: int, high: bool, value: int) -> None:
        """Write one byte of a counter: it goes to the latch; the high byte also loads the counter."""
        self.write_latch(n, high, value)
        if high:
            self.timers[n].load()
            self._plan(n)

    def arrange(self, n: int) -> None:
        """Somebody wants other underflows than before."""
        self._count_to(n, self._schedule.now())
        self._plan(n)

    def flags_cleared(self, mask: int) -> None:
        """Ones were written to TIFR: the next underflows are waited for again."""
        for n in range(8):
            if mask >> n & 1:
                self._count_to(n, self._schedule.now())
        self._interrupts.clear_flags(mask << TIMER, self._clocks.clock_of(self._schedule.now()))
        for n in range(8):
            if mask >> n & 1:
                self._plan(n)

    def state(self) -> dict[str, Any]:
        """Plain JSON values; the alarms are the schedule's, the flags the interrupt controller's."""
        return {
            "timers": [timer.state() for timer in self.timers],
            "enabled": self.enabled,
            "oscillator_on": self._oscillator_on,
            "t4_counts_pin": self._t4_counts_pin,
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        for timer, values in zip(self.timers, state["timers"], strict=True):
            timer.set_state(values)
        self.enabled = state["enabled"]
        self._oscillator_on = state["oscillator_on"]
        self._t4_counts_pin = state["t4_counts_pin"]

    def _period(self, n: int) -> int:
        divisor = FCLK_DIVISOR[n]
        return self._clocks.fclk_ticks * divisor if divisor else self._clocks.clk_ticks

    def _reconnect(self) -> None:
        tick = self._schedule.now()
        for n, timer in enumerate(self.timers):
            self._count_to(n, tick)
            timer.set_source(self.running(n), self._period(n), tick)
            self._plan(n)

    def _advance(self, n: int, tick: int) -> None:
        self._count_to(n, tick)
        self._plan(n)

    def _plan(self, n: int) -> None:
        """Wait for the next underflow that somebody wants, counted from the last `advance`."""
        timer = self.timers[n]
        wanted = [number for follower in self._followers[n] if (number := follower.wanted())]
        if timer.running and wanted:
            self._alarms[n].set(timer.underflow_tick(min(wanted)))
        else:
            self._alarms[n].cancel()

    def _count_to(self, n: int, tick: int) -> None:
        times = self.timers[n].advance(tick)
        if times:
            for follower in self._followers[n]:
                follower.underflowed(times, tick)
