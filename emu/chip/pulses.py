# SPDX-License-Identifier: MIT
"""Timers on pins: T4 counts P60 and makes a square wave on P61, T7 measures pulses on P62 (TCR).

Counting, output and the choice of edges are stated by public equates for the chip; what exactly the
measurement does, which edge counts, and how the wave starts are settings (`emu.chip.settings`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.interrupts import SOURCE
from asm816.target.registers import MASK
from emu.chip.interrupts import EDGE
from emu.chip.ports import T4_OUTPUT
from emu.chip.settings import PulseCapture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.chip.clocks import Clocks
    from emu.chip.interrupts import Interrupts
    from emu.chip.ports import Ports
    from emu.chip.settings import ChipSettings
    from emu.chip.timers import Timers

COUNT_P60 = MASK["TCR_T4_FROM_P60"]
WAVE_ON_P61 = MASK["TCR_T4_ON_P61"]
MEASURE_RISING = MASK["TCR_PWM_RISING"]
MEASURE_FALLING = MASK["TCR_PWM_FALLING"]

P61 = MASK["PD6_P61"]
PULSE_FLAG = EDGE + SOURCE["PWM"].bit


class Pulses:
    """TCR bits 0-3."""

    def __init__(
        self, clocks: Clocks, ports: Ports, timers: Timers, interrupts: Interrupts, settings: ChipSettings
    ) -> None:
        self._clocks = clocks
        self._ports = ports
        self._timers = timers
        self._interrupts = interrupts
        self._settings = settings
        self.control = 0
        self._level = 0  # of the square wave
        timers.follow(4, self)
        ports.pins["P60"].listen(self._p60)
        ports.pins["P62"].listen(self._p62)

    def reset(self) -> None:
        """All off; the ports give their pins back themselves."""
        self.control = 0
        self._timers.count_pin(False)

    def write_control(self, value: int, clock: int) -> None:
        """Write TCR."""
        switched_on = value & ~self.control & WAVE_ON_P61
        self._timers.arrange(4)  # what it did up to now, it did in its old state
        self.control = value
        if switched_on:
            self._level = int(self._settings.t4_output_starts_high)
        self._timers.count_pin(bool(value & COUNT_P60))
        self._show(clock, None)

    def wanted(self) -> int:
        """Each underflow of T4, while it makes a wave."""
        return 1 if self.control & WAVE_ON_P61 else 0

    def underflowed(self, times: int, tick: int) -> None:
        """T4 went through 0: the wave changes."""
        if self.control & WAVE_ON_P61 and times & 1:
            self._level ^= 1
            self._show(self._clocks.clock_of(tick), tick)

    def _show(self, clock: int, tick: int | None) -> None:
        mask = P61 if self.control & WAVE_ON_P61 else 0
        self._ports.take_over(T4_OUTPUT, mask, P61 * self._level, clock, tick)

    def _p60(self, level: int, clock: int) -> None:
        if self.control & COUNT_P60 and level == self._settings.t4_counts_rising:
            self._timers.count_pulse(self._clocks.tick_of(clock))

    def _p62(self, level: int, clock: int) -> None:
        if not self.control & (MEASURE_RISING if level else MEASURE_FALLING):
            return
        if self._settings.pulse_capture is PulseCapture.CAPTURE:
            self._timers.capture(7, self._clocks.tick_of(clock))
        self._interrupts.raise_flag(PULSE_FLAG, clock)

    def state(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"control": self.control, "level": self._level}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.control = state["control"]
        self._level = state["level"]
