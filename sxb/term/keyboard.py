# SPDX-License-Identifier: MIT
"""The keyboard of a terminal key by key, on the systems that have one.

Ctrl-C and Ctrl-Z are keys like others then: they go to the board.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Keyboard(Protocol):
    """Where keys come from; `typed_at` if somebody sits there, and it is no pipe or file."""

    typed_at: bool

    def keys(self) -> bytes | None:
        """What was typed since the last look; None if nothing will come any more."""

    def ask(self, question: str) -> str:
        """A line typed with the system's own editing; empty if it was given up."""


class _Asking:
    """How lines are asked for."""

    def ask(self, question: str) -> str:
        """Read a line."""
        sys.stdout.write(question)
        sys.stdout.flush()
        try:
            return sys.stdin.readline().strip()
        except KeyboardInterrupt:
            return ""


def as_return(data: bytes) -> bytes:
    """The line ends of a file or pipe as the key Return sends them: CR."""
    return data.replace(b"\r\n", b"\r").replace(b"\n", b"\r")


if sys.platform == "win32":  # not tried: the machine that this was written on is none
    import msvcrt

    class _Console(_Asking):
        typed_at = True

        def keys(self) -> bytes | None:
            typed = b""
            while msvcrt.kbhit():
                typed += msvcrt.getch()
            return typed

    class _Pipe(_Asking):
        typed_at = False

        def keys(self) -> bytes | None:
            line = sys.stdin.buffer.readline()
            return as_return(line) if line else None

    @contextmanager
    def keyboard() -> Iterator[Keyboard]:
        """The keyboard of this process, or the pipe in its place."""
        yield _Console() if sys.stdin.isatty() else _Pipe()

else:
    import select
    import termios

    class _Pipe(_Asking):
        typed_at = False

        def keys(self) -> bytes | None:
            """What is there; a read that finds nothing is the end."""
            if not select.select([sys.stdin.fileno()], [], [], 0)[0]:
                return b""
            return as_return(os.read(sys.stdin.fileno(), 1024)) or None

    class _Terminal(_Asking):
        typed_at = True

        def __init__(self) -> None:
            self._handle = sys.stdin.fileno()
            self._before = termios.tcgetattr(self._handle)

        def key_by_key(self) -> None:
            """No lines, no echo, no signals, no flow control; output stays as it is."""
            now = termios.tcgetattr(self._handle)
            now[0] &= ~(termios.ICRNL | termios.INLCR | termios.IXON | termios.ISTRIP)
            now[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
            now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self._handle, termios.TCSADRAIN, now)

        def restore(self) -> None:
            """As it was."""
            termios.tcsetattr(self._handle, termios.TCSADRAIN, self._before)

        def keys(self) -> bytes | None:
            """What was typed; a terminal that is gone is the end."""
            if not select.select([self._handle], [], [], 0)[0]:
                return b""
            try:
                return os.read(self._handle, 1024) or None
            except OSError:
                return None

        def ask(self, question: str) -> str:
            """Read a line, with the system's own editing."""
            self.restore()
            try:
                return super().ask(question)
            finally:
                self.key_by_key()

    @contextmanager
    def keyboard() -> Iterator[Keyboard]:
        """The keyboard of this process, or the pipe in its place; afterwards the terminal is as before."""
        if not sys.stdin.isatty():
            yield _Pipe()
            return
        terminal = _Terminal()
        terminal.key_by_key()
        try:
            yield terminal
        finally:
            terminal.restore()
