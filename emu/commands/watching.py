# SPDX-License-Identifier: MIT
"""Looking at a run while it lasts: text and LEDs on a terminal, progress elsewhere, pacing, Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from typing import TYPE_CHECKING, Any, Self

import click

from emu.probes.ledline import led_line
from emu.screen import CLEAR_LINE, PICTURE_SECONDS, Screen, can_draw
from emu.serve.pacing import Pacer

if TYPE_CHECKING:
    from types import TracebackType

    from emu.board import Board
    from emu.commands.run import Wishes
    from emu.running import Limits

MEMORY = 10.0
"""Emulated seconds of edges that a run without an end keeps, if no file and no report wants them."""


class Watching:
    """From `__enter__` to `__exit__` Ctrl-C ends the run instead of the process; a second one ends all."""

    def __init__(self, board: Board, wishes: Wishes, limits: Limits) -> None:
        self._board = board
        self._line = board.serial()
        self._begin = board.seconds
        self._seconds = limits.seconds
        bounded = not limits.endless or wishes.script is not None
        self._forgets = not bounded and not (wishes.as_json or wishes.vcd or wishes.wav or wishes.plot)
        self._remembered = board.seconds
        real = wishes.speed == "real" or (wishes.speed is None and not bounded)
        self._pacer = Pacer(time.monotonic) if real else None
        self._screen = None if wishes.as_json else self._new_screen(leds=not wishes.quiet)
        self._meter = sys.stderr.isatty() and (wishes.as_json or not sys.stdout.isatty()) and not wishes.quiet
        self._drawn = 0.0
        self._asked = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._meter:
            click.echo(CLEAR_LINE, nl=False, err=True)
        if self._screen is not None and not isinstance(error, OSError):
            self._screen.show(self._line.take())
            self._screen.close()

    def interrupted(self) -> bool:
        """Ctrl-C was pressed."""
        return self._asked

    def look(self) -> None:
        """Show what is new; wait, if emulated time is ahead of the clock on the wall."""
        if self._screen is not None:
            self._screen.show(self._line.take())
        if self._meter and time.monotonic() - self._drawn > PICTURE_SECONDS:
            self._drawn = time.monotonic()
            click.echo(f"\r{self._progress()}", nl=False, err=True)
        if self._forgets and self._board.seconds - self._remembered > MEMORY:
            self._remembered = self._board.seconds
            self._board.forget()
        if self._pacer is not None and (pause := self._pacer.wait_after(self._board.seconds)) > 0:
            time.sleep(pause)

    def _progress(self) -> str:
        done = self._board.seconds - self._begin
        return f"{done:8.2f} s" if self._seconds is None else f"{done:8.2f} of {self._seconds:g} s"

    def _new_screen(self, *, leds: bool) -> Screen:
        plain = not can_draw(sys.stdout)
        columns = shutil.get_terminal_size().columns

        def picture() -> str:
            return f"{self._board.seconds - self._begin:8.2f} s  {led_line(self._board, ascii_only=plain)}"

        return Screen(sys.stdout, picture if leds else None, columns)

    def _interrupt(self, number: int, frame: object) -> None:
        del frame
        if self._asked:
            signal.default_int_handler(number, None)
        self._asked = True
