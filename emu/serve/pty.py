# SPDX-License-Identifier: MIT
"""A board behind a pseudo-terminal: any terminal program or uploader opens it as a serial port.

Only where the system has pseudo-terminals; nothing of this file is imported elsewhere.
"""

from __future__ import annotations

import errno
import os
import pty
import select
import termios
import time
import tty
from typing import TYPE_CHECKING, Self

from emu.board import Stop
from emu.errors import EmuFileError
from emu.serve.pacing import Pacer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from emu.board import Board

SLICE = 0.004
"""Emulated seconds between two looks at the line: about four characters at 9600 baud."""

MEMORY = 10.0
"""Emulated seconds of pin edges that a served board keeps at the most."""

MAX_UNREAD = 65_536
"""Bytes kept for a client that has the line open and does not read; older ones are lost."""


class PtyLine:
    """A pseudo-terminal with a link to it at a path of the user's choice."""

    def __init__(self, link: Path | None) -> None:
        """Open it.  Raises EmuFileError if the link cannot be made or the path is somebody else's."""
        self._master, slave = pty.openpty()
        self.device = os.ttyname(slave)
        self._make_raw()
        os.set_blocking(self._master, False)
        os.close(slave)  # so that the system can tell whether a client has the line open
        self._hang_up = select.poll()
        self._hang_up.register(self._master, 0)
        self.link = link
        self._unread = bytearray()
        if link is not None:
            self._make_link(link)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the link away and close the line."""
        if self.link is not None and self.link.is_symlink() and str(self.link.readlink()) == self.device:
            self.link.unlink()
        os.close(self._master)

    @property
    def attended(self) -> bool:
        """A client has the line open."""
        return not any(event & select.POLLHUP for _, event in self._hang_up.poll(0))

    def read(self) -> bytes:
        """What the client wrote since the last call."""
        try:
            return os.read(self._master, 4096)
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno == errno.EIO:  # no client has the line open
                return b""
            raise

    def write(self, data: bytes) -> None:
        """Hand bytes to the client; what it does not take now waits for the next call.

        Without a client they are lost, as on a cable with nobody at its end.
        """
        if not self.attended:
            self._unread.clear()
            return
        self._make_raw()
        self._unread += data
        del self._unread[:-MAX_UNREAD]
        while self._unread:
            try:
                taken = os.write(self._master, self._unread[:1024])
            except BlockingIOError:
                return
            del self._unread[:taken]

    def _make_raw(self) -> None:
        """Bytes go through as they are, no echo, no CR-LF change: a system may forget it with each client."""
        if termios.tcgetattr(self._master)[3] & (termios.ICANON | termios.ECHO):
            tty.setraw(self._master)

    def _make_link(self, link: Path) -> None:
        try:
            if link.is_symlink() and not link.exists():
                link.unlink()  # left behind by a server that was killed
            link.symlink_to(self.device)
        except OSError as error:
            os.close(self._master)
            hint = "remove it or choose another path" if error.errno == errno.EEXIST else ""
            raise EmuFileError(
                "E2030", f"cannot make the link '{link}': {os.strerror(error.errno or 0)}", hint
            ) from error


def serve(
    board: Board,
    line: PtyLine,
    *,
    uart: int = 3,
    real_time: bool = True,
    stop: Callable[[], bool] = lambda: False,
    watch: Callable[[], None] = lambda: None,
) -> None:
    """Run the board for ever, or until `stop` says True; `watch` is called between slices."""
    cable = board.serial(uart)
    pacer = Pacer(time.monotonic)
    remembered = board.seconds
    while not stop():
        if board.seconds - remembered > MEMORY:
            board.forget()
            remembered = board.seconds
        heard = line.read()
        if board.run(seconds=SLICE) is Stop.STP:
            # Time stands still until RESET: nobody hears what is sent, and it must not be heard later.
            watch()
            time.sleep(SLICE)
            continue
        cable.send(heard)
        line.write(cable.take())
        watch()
        pause = pacer.wait_after(board.seconds) if real_time else 0.0
        if pause > 0:
            time.sleep(pause)
