# SPDX-License-Identifier: MIT
"""Showing how far a long transfer is: a bar on a terminal, now and then a plain line elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from sxb.exchange import Progress

PLAIN_SECONDS = 5.0
"""Between two plain lines: nobody should wait ten seconds without a sign."""


class Meter:
    """A context that can be called with a `Progress`; writes to standard error only."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._phase = ""
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        """Take note of how far it is."""
        if self._quiet:
            return
        if sys.stderr.isatty():
            self._draw(progress)
        elif time.monotonic() - self._said > PLAIN_SECONDS:
            self._said = time.monotonic()
            print(f"{progress.phase}: {progress.done} of {progress.total} bytes", file=sys.stderr, flush=True)

    def _draw(self, progress: Progress) -> None:
        if self._bar is None:
            self._bar = _new_bar()
            self._bar.start()
        if progress.phase != self._phase or self._task is None:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._phase = progress.phase
            self._task = self._bar.add_task(progress.phase, total=progress.total)
        self._bar.update(self._task, completed=progress.done, total=progress.total)


def _new_bar() -> Bar:
    """Rich is loaded only where there is a terminal to draw on."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description:>6}"),
        BarColumn(),
        TextColumn("{task.completed:>5.0f} of {task.total:.0f} bytes"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
