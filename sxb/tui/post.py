# SPDX-License-Identifier: MIT
"""The worker: the one thread that owns the port, does what the screens ask for and reports.

Jobs come through a queue; between them the sitting gets its turns.  A picture is reported behind every
job, and otherwise at most `PICTURES_PER_SECOND` times a second.
"""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING

from asm816.errors import ToolError
from sxb.client import open_port
from sxb.tui.picture import Picture, State, Told
from sxb.tui.sitting import Sitting, SittingOver

if TYPE_CHECKING:
    from collections.abc import Callable

    from sxb.journal import Recorder
    from sxb.transport import LineSettings
    from sxb.tui.picture import Report


PICTURES_PER_SECOND = 30
"""At most.  A sitting's turns take 20 ms: every second one has its picture, also if it comes a little early."""

LEAVE_SECONDS = 3.0
"""How long the end waits for a port that does not come back."""

IDLE_SECONDS = 0.05


def open_sitting(
    port: str | None,
    board: str,
    timeout: float,
    asked: LineSettings,
    report: Callable[[Report], None],
    *,
    journal: Recorder | None = None,
) -> Sitting:
    """A sitting on a port, not greeted yet; `journal` records the line.  Raises NoPortError, EmuError."""
    from sxb.client import Monitor

    line = open_port(port, asked)
    if journal is not None:
        journal.follow(line)
    monitor = Monitor(line, timeout=timeout)
    if line.board is not None:
        from sxb.tui.virtual import VirtualSitting

        return VirtualSitting(monitor, line.board.facts.name, report)
    from sxb.tui.real import RealSitting

    return RealSitting(monitor, board, report, asked)


class Post:
    """A thread with one sitting; `begin` opens it there."""

    def __init__(
        self, begin: Callable[[Callable[[Report], None]], Sitting], report: Callable[[Report], None]
    ) -> None:
        self._begin = begin
        self._report = report
        self._jobs: queue.SimpleQueue[Callable[[Sitting], None]] = queue.SimpleQueue()
        self._sitting: Sitting | None = None
        self._ending = threading.Event()
        self._shown = 0.0
        self._thread = threading.Thread(target=self._work, name="port", daemon=True)

    def start(self) -> None:
        """Open the port, in the thread."""
        self._thread.start()

    def ask(self, job: Callable[[Sitting], None]) -> None:
        """Have something done; what comes of it is reported."""
        self._jobs.put(job)

    def end(self) -> None:
        """Leave, even in the middle of a dialogue, and give the port back."""
        self._ending.set()
        if self._sitting is not None:
            self._sitting.ending = True
        self._jobs.put(lambda _: None)
        if self._thread.is_alive():
            self._thread.join(LEAVE_SECONDS)

    # ------------------------------------------------------------------ in the thread

    def _work(self) -> None:
        try:
            sitting = self._sitting = self._begin(self._report)
        except ToolError as error:
            self._report(Told(error.sentence, error.hint, "error"))
            self._report(Picture(state=State.LOST))
            return
        try:
            self._do(sitting, lambda found: found.greet())
            self._serve(sitting)
        except SittingOver:
            pass
        finally:
            sitting.close()

    def _serve(self, sitting: Sitting) -> None:
        wait = 0.0
        while not self._ending.is_set():
            try:
                job = self._jobs.get(timeout=wait) if wait > 0 else self._jobs.get_nowait()
            except queue.Empty:
                wait = self._turn(sitting)
                self._show(sitting, 1 / PICTURES_PER_SECOND)
            else:
                self._do(sitting, job)
                wait = 0.0  # what it led to, an echo perhaps, is not to wait for the turn that was due

    def _turn(self, sitting: Sitting) -> float:
        try:
            sitting.look_at_file()
            return sitting.turn()
        except ToolError as error:
            sitting.failed(error)
            return IDLE_SECONDS
        finally:
            sitting.settle()

    def _do(self, sitting: Sitting, job: Callable[[Sitting], None]) -> None:
        try:
            job(sitting)
        except ToolError as error:
            sitting.failed(error)
        sitting.settle()
        self._show(sitting, 0.0)

    def _show(self, sitting: Sitting, after: float) -> None:
        now = time.monotonic()
        if now - self._shown >= after and not self._ending.is_set():
            self._shown = now
            self._report(sitting.picture())
