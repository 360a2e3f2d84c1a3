# SPDX-License-Identifier: MIT
"""The eight timers T0-T7: 16-bit down counters with a latch, computed and not ticked.

A timer counts the edges of its source clock; at 0 the next edge reloads it from the latch and
sets its flag, so its period is latch + 1 edges.  Writing the high counter byte takes the latch
over into the counter; writing the other three bytes changes the latch only (WDC's monitor
sources).  A timer whose enable bit in TER is 0 stands still (inferred).

Modelled here: counting, reload, flags, interrupts.  Not yet: T0 as watchdog, T4 on P60 and P61,
tones (T5, T6), pulse measurement (T7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emu.chip.clocks import Appointment, Clocks, Schedule
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

    def advance(self, tick: int) -> bool:
        """Count to this tick.  True if the timer went through 0 since the last call."""
        edge = tick // self.period
        passed = edge - self._edge
        self._edge = edge
        if not self.running:
            return False
        if passed <= self._count:
            self._count -= passed
            return False
        self._count = self.latch - (passed - self._count - 1) % (self.latch + 1)
        return True

    def counter(self) -> int:
        """The counter at the tick of the last `advance`."""
        return self._count

    def load(self) -> None:
        """Take the latch over into the counter."""
        self._count = self.latch

    def set_source(self, running: bool, period: int, tick: int) -> None:
        """Start, stop or change the source clock at this tick (call `advance` first)."""
        self.running = running
        self.period = period
        self._edge = tick // period

    def underflow_tick(self) -> int:
        """The tick of the edge at which the timer next goes through 0, if it runs on."""
        return (self._edge + self._count + 1) * self.period


class Timers:
    """All eight, with TER and the flags in TIFR."""

    def __init__(self, clocks: Clocks, schedule: Schedule, interrupts: Interrupts) -> None:
        self._clocks = clocks
        self._schedule = schedule
        self._interrupts = interrupts
        self.timers = tuple(Timer() for _ in range(8))
        self.enabled = 0
        self._oscillator_on = False
        self._underflow: list[Appointment | None] = [None] * 8
        for n in range(8):
            self.timers[n].period = self._period(n)

    def reset(self) -> None:
        """All timers stand still; latches and counters keep what they hold (assumed)."""
        self.write_enable(0)

    def select_oscillator(self, on: bool) -> None:
        """FCLK runs or stands still (SSCR bit 0)."""
        self._oscillator_on = on
        self._reconnect()

    def write_enable(self, value: int) -> None:
        """Write TER."""
        self.catch_up()
        self.enabled = value
        self._reconnect()

    def running(self, n: int) -> bool:
        """The timer counts: it is enabled and its source clock runs."""
        return bool(self.enabled >> n & 1) and (self._oscillator_on or not FCLK_DIVISOR[n])

    def read_latch(self, n: int) -> int:
        """The latch pair, 16 bits."""
        return self.timers[n].latch

    def write_latch(self, n: int, high: bool, value: int) -> None:
        """Write one byte of a latch; the counter takes it at its next reload."""
        self.catch_up()
        timer = self.timers[n]
        timer.latch = timer.latch & 0x00FF | value << 8 if high else timer.latch & 0xFF00 | value
        self._arrange(n)

    def read_counter(self, n: int) -> int:
        """The counter, 16 bits."""
        self._advance(n, self._schedule.now())
        return self.timers[n].counter()

    def write_counter(self, n: int, high: bool, value: int) -> None:
        """Write one byte of a counter: it goes to the latch; the high byte also loads the counter."""
        self.write_latch(n, high, value)
        if high:
            self.timers[n].load()
            self._arrange(n)

    def catch_up(self) -> None:
        """Count all timers to the present cycle and set the flags of those that went through 0."""
        self._advance_all(self._schedule.now())

    def flags_changed(self) -> None:
        """TIFR or TIER was written: some underflows may be waited for again."""
        for n in range(8):
            self._arrange(n)

    def _period(self, n: int) -> int:
        divisor = FCLK_DIVISOR[n]
        return self._clocks.fclk_ticks * divisor if divisor else self._clocks.clk_ticks

    def _reconnect(self) -> None:
        self.catch_up()
        tick = self._schedule.now()
        for n, timer in enumerate(self.timers):
            timer.set_source(self.running(n), self._period(n), tick)
            self._arrange(n)

    def _arrange(self, n: int) -> None:
        """Wait for the next underflow, but only where it would interrupt: flags can be computed."""
        waiting = self._underflow[n]
        if waiting is not None:
            waiting.cancel()
            self._underflow[n] = None
        timer = self.timers[n]
        enabled = self._interrupts.enables["TIER"] >> n & 1
        flagged = self._interrupts.flags["TIFR"] >> n & 1
        if timer.running and enabled and not flagged:
            self._underflow[n] = self._schedule.at(timer.underflow_tick(), self._advance_all)

    def _advance_all(self, tick: int) -> None:
        for n in range(8):
            self._advance(n, tick)

    def _advance(self, n: int, tick: int) -> None:
        if self.timers[n].advance(tick):
            self._interrupts.raise_flag("TIFR", n, self._clocks.clock_of(tick))
