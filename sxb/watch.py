# SPDX-License-Identifier: MIT
"""Watching a running program: what it prints, and on a virtual board its LEDs."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from emu.screen import Screen, can_draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from sxb.client import Monitor

SLICE_SECONDS = 0.05
"""So long a look at the line; twenty pictures a second are enough for LEDs."""


def watch(monitor: Monitor, seconds: float | None, show: Callable[[bytes], None]) -> None:
    """Listen to the program for `seconds` after its start (the line's clock), for ever if None.

    Ends early if a virtual board's processor stopped for good, which nothing but a reset ends.
    """
    begin = monitor.line.now() if monitor.started is None else monitor.started
    while True:
        before = monitor.line.now()
        left = SLICE_SECONDS if seconds is None else min(SLICE_SECONDS, begin + seconds - before)
        if left <= 0:
            return
        said = monitor.output(left)
        show(said)
        if not said and monitor.line.now() == before:
            return


def screen_for(monitor: Monitor) -> Screen:
    """Standard output, with the LEDs of a virtual board if it is a terminal."""
    board = monitor.board
    if board is None:
        return Screen(sys.stdout, None)
    from emu.probes.ledline import led_line

    plain = not can_draw(sys.stdout)
    columns = shutil.get_terminal_size().columns
    return Screen(sys.stdout, lambda: led_line(board, ascii_only=plain), columns)
