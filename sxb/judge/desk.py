# SPDX-License-Identifier: MIT
"""A board that is reached through a port alone: what can be judged there is what it prints.

The tests are those of virtual boards; whatever needs to see pins or memory cycle by cycle is turned down.
Times are the port's own, on the wall clock.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, Self

from sxb.judge.unlike import Unlike, hide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asm816.assembler import Assembly
    from sxb.client import Monitor

__tracebackhide__ = hide

PTY = "pty"
"""The name of a port that is made for the test: a virtual board behind a pseudo-terminal."""


class Desk:
    """A board behind a `Monitor`.

    `unseen` is called with the name of whatever a port does not show; it does not return.
    """

    def __init__(self, monitor: Monitor, unseen: Callable[[str], NoReturn]) -> None:
        self.monitor = monitor
        self.program: Assembly | None = None
        self._unseen = unseen
        self._came = b""

    def take(self, program: Assembly) -> Self:
        """Load a program through the monitor.  Raises SxbError."""
        self.monitor.load(program.image)
        self.program = program
        return self

    def start(self, at: int | str | None = None) -> Self:
        """Begin it, as `Target.start`.  Raises SxbError; KeyError for an unknown symbol."""
        program = self.program
        assert program is not None, "take a program first"
        self.monitor.go(program.start if at is None else program.symbols[at] if isinstance(at, str) else at)
        return self

    def send(self, data: bytes) -> None:
        """Bytes to the program."""
        self.monitor.send(data)

    def must_print(self, text: str | bytes, ms: float = 1000.0) -> bytes:
        """Listen until the program has sent `text`, at most `ms`; what came up to its end."""
        wanted = text.encode("latin-1") if isinstance(text, str) else bytes(text)
        end = self.monitor.line.now() + ms / 1000
        while wanted not in self._came and (left := end - self.monitor.line.now()) > 0:
            self._came += self.monitor.output(left)
        if wanted not in self._came:
            came = repr(self._came) if self._came else "nothing"
            raise Unlike(f"the program must print {wanted!r} within {ms:g} ms, but it printed {came}")
        behind = self._came.index(wanted) + len(wanted)
        found, self._came = self._came[:behind], self._came[behind:]
        return found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._unseen(name)


@contextmanager
def behind_pty(name: str) -> Iterator[str]:
    """A fresh virtual board behind a pseudo-terminal, as fast as it can; the path of the port."""
    from emu.board import Board
    from emu.serve.line import serve
    from emu.serve.pty import PtyLine  # only where the system has pseudo-terminals

    stop = threading.Event()
    with PtyLine(None) as line:
        how = {"real_time": False, "stop": stop.is_set}
        thread = threading.Thread(target=serve, args=(Board.booted(name), line), kwargs=how, daemon=True)
        thread.start()
        try:
            yield line.device
        finally:
            stop.set()
            thread.join(10)
