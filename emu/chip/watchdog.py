# SPDX-License-Identifier: MIT
"""The watchdog: T0 running out while BCR bit 4 is 1 resets the chip; writing T0CH starts it afresh.

That the bit enables a watchdog and that T0 is for it is stated by public sources; the reset, and that
T0 counts FCLK and only while TER bit 0 is 1, are assumed (`emu.chip.settings`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emu.chip.timers import Timers
    from emu.cpu.core import Core


class Watchdog:
    """Hangs on T0.  ``bites`` is True when the chip is to be reset before the next instruction."""

    def __init__(self, core: Core, timers: Timers, *, resets: bool) -> None:
        self._core = core
        self._timers = timers
        self._resets = resets
        self.on = False
        self.bites = False
        timers.follow(0, self)

    def switch(self, on: bool) -> None:
        """BCR bit 4."""
        self._timers.arrange(0)
        self.on = on
        self._timers.arrange(0)

    def wanted(self) -> int:
        """The next underflow."""
        return int(self.on and self._resets)

    def underflowed(self, times: int, tick: int) -> None:
        """Too late."""
        del times, tick
        if self.on and self._resets:
            self.bites = True
            self._core.event = 0

    def state(self) -> list[bool]:
        """[on, bites], plain JSON values."""
        return [self.on, self.bites]

    def set_state(self, state: list[bool]) -> None:
        """Go back to what `state` gave."""
        self.on, self.bites = state
