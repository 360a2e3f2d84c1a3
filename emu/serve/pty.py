# SPDX-License-Identifier: MIT
"""A board behind a pseudo-terminal: any terminal program or uploader opens it as a serial port.

Only where the system has pseudo-terminals; nothing of this file is imported elsewhere.
"""

from __future__ import annotations

import errno
import os
import pty
import re
import select
import termios
import time
import tty
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from emu.errors import EmuFileError
from emu.serve.line import MAX_UNREAD, PORTION, Settings

if TYPE_CHECKING:
    from types import TracebackType

_RATES = MappingProxyType(
    {getattr(termios, name): int(name[1:]) for name in dir(termios) if re.fullmatch(r"B[1-9][0-9]*", name)}
)
"""The system's constant -> baud."""

_CONSTANTS = MappingProxyType({baud: constant for constant, baud in _RATES.items()})

_INPUT_SPEED, _OUTPUT_SPEED = 4, 5  # in what tcgetattr gives


class PtyLine:
    """A pseudo-terminal with a link to it at a path of the user's choice.

    The baud rate is the one that the client has set; Linux keeps a pseudo-terminal at 8 bits without parity.
    """

    def __init__(self, link: Path | None, baud: int = 9600) -> None:
        """Open it.  Raises EmuFileError if the link cannot be made or the path is somebody else's."""
        self._at_rest = self.settings = Settings(baud)
        self._master, slave = pty.openpty()
        self.device = os.ttyname(slave)
        self._make_raw()
        self._set_speed(baud)
        os.set_blocking(self._master, False)
        os.close(slave)  # so that the system can tell whether a client has the line open
        self._hang_up = select.poll()
        self._hang_up.register(self._master, 0)
        self._words = select.poll()
        self._words.register(self._master, select.POLLIN)
        self.link = link
        self._unread = bytearray()
        self._was_attended = False
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
    def where(self) -> str:
        """For people."""
        return f"{self.link} ({self.device})" if self.link else self.device

    @property
    def attended(self) -> bool:
        """A client has the line open."""
        return not any(event & select.POLLHUP for _, event in self._hang_up.poll(0))

    def read(self) -> bytes:
        """What the client wrote since the last call."""
        self._follow()
        try:
            return os.read(self._master, PORTION)
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
        if not data and not self._unread:
            return
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

    def wait(self, seconds: float) -> None:
        """Wait so long, or until there is something to read."""
        timeout = seconds * 1000
        if self._was_attended:
            self._words.poll(timeout)
        else:  # without a client the line reports that it is hung up, at once and always
            select.select((), (), (), seconds)

    def hold(self, seconds: float) -> None:
        """Wait so long without reading: what is left of a client that left is what the system keeps, 4 KB."""
        time.sleep(seconds)

    def _follow(self) -> None:
        """The line is set as the client has set it; when it has gone, as at first."""
        attended = self.attended
        if attended:
            speed = termios.tcgetattr(self._master)[_OUTPUT_SPEED]
            baud = _RATES.get(speed, self.settings.baud)  # B0 and rates without a name change nothing
            if baud != self.settings.baud:
                self.settings = Settings(baud)
        elif self._was_attended:
            self.settings = self._at_rest
            self._set_speed(self._at_rest.baud)
        self._was_attended = attended

    def _set_speed(self, baud: int) -> None:
        constant = _CONSTANTS.get(baud)
        if constant is None:  # the system has no name for it: what the client sets counts all the same
            return
        attributes = termios.tcgetattr(self._master)
        attributes[_INPUT_SPEED] = attributes[_OUTPUT_SPEED] = constant
        termios.tcsetattr(self._master, termios.TCSANOW, attributes)

    def _make_raw(self) -> None:
        """Bytes go through as they are, no echo, no CR-LF change: a system may forget it with each client."""
        if termios.tcgetattr(self._master)[3] & (termios.ICANON | termios.ECHO):
            tty.setraw(self._master)

    def _make_link(self, link: Path) -> None:
        try:
            if self._left_behind(link):
                link.unlink()
            link.symlink_to(self.device)
        except OSError as error:
            os.close(self._master)
            hint = "remove it or choose another path" if error.errno == errno.EEXIST else ""
            raise EmuFileError(
                "E2030", f"cannot make the link '{link}': {os.strerror(error.errno or 0)}", hint
            ) from error

    def _left_behind(self, link: Path) -> bool:
        """A link of ours whose server was killed: to a pseudo-terminal that is no more."""
        if not link.is_symlink() or link.exists():
            return False
        return link.readlink().parent == Path(self.device).parent
