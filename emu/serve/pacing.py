# SPDX-License-Identifier: MIT
"""Keeping emulated time in step with the wall clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LAG = 0.1
"""Seconds of arrears that are made up by running faster; more is forgiven, so that a host that
slept does not make the board race."""


class Pacer:
    """Says how long to wait so that emulated time does not run ahead.  All times in seconds.

    `now` is the host's clock, handed in so that tests need none.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ahead_since: float | None = None

    def wait_after(self, emulated: float) -> float:
        """Seconds to wait now that the board stands at `emulated`; 0 if the host is slower."""
        wall = self._now()
        if self._ahead_since is None:
            self._ahead_since = wall - emulated
        ahead = emulated - (wall - self._ahead_since)
        if ahead < -MAX_LAG:
            self._ahead_since = wall - emulated
            return 0.0
        return max(ahead, 0.0)
