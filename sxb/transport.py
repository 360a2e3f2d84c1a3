# SPDX-License-Identifier: MIT
"""The line to a board: a thin adapter over pyserial that speaks in our own errors.

pyserial's errors are not one family in practice (on a pseudo terminal some calls raise a bare
OSError), so everything is caught and translated here, once.  DTR and RTS are touched only if somebody
asks: a pseudo terminal refuses them, and no board is known to need them.
"""

from __future__ import annotations

import errno
import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import quote

import serial

from asm816.target.boards import DEFAULT_BOARD
from asm816.target.monitor import BAUD
from sxb import errors, latency
from sxb.exchange import wire_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emu import Board

WRITE_SECONDS = 3.0
"""A port that takes nothing for so long (flow control, nobody there) is lost."""

LOOK_SECONDS = 0.02
"""One look at a real port; a wait may take so much longer than asked for."""

USUAL_GROUP = "dialout"
"""Who may open serial ports on Debian and its kin; Arch calls the group uucp."""

_BUSY = {errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK}
_MISSING = {errno.ENOENT, errno.ENXIO, errno.ENODEV}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_NOT_A_PORT = {errno.ENOTTY, errno.EINVAL, errno.EISDIR}


OURS = ("emu", "replay")
"""The schemes of `sxb.urls`, which live in virtual time."""


def port_url(port: str) -> str:
    """What pyserial opens for a port as people name it: ``emu:sxb``, ``replay:FILE`` become URLs."""
    scheme, colon, rest = port.partition(":")
    if scheme.lower() not in OURS or not colon or rest.startswith("//"):
        return port
    if scheme.lower() == "replay":
        file, _, options = rest.partition("?")
        return f"replay://?file={quote(file)}{options and '&'}{options}"
    board, _, options = rest.partition("?")
    return f"emu://{board or DEFAULT_BOARD.name}?rom=quirks&speed=max{options and '&'}{options}"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """What is asked of a port besides its speed; None leaves a handshake line as the system has it.

    `flow` is ``none``, ``rtscts`` or ``xonxoff``.  The monitor never holds the other side back, so
    with ``rtscts`` a cable of three wires would only stop everything.
    """

    flow: str = "none"
    dtr: bool | None = None
    rts: bool | None = None


PLAIN = LineSettings()


class Tap(Protocol):
    """What a line tells of itself."""

    def __call__(self, direction: str, data: bytes) -> None:
        """Bytes to the board (``>``) or from it (``<``), as they are on the wire."""

    def speed(self, baud: int) -> None:
        """The speed changed."""

    def follow(self, line: Line) -> None:
        """Be this line's tap from now on: it has come back as another one."""


class Line:
    """An open line.  `read` and `write` raise LineLostError when it goes away."""

    # Any: the stubs of pyserial's SerialBase lack half of the interface that all its ports have.
    def __init__(self, name: str, port: Any) -> None:
        self.name = name
        self._port = port
        self.tap: Tap | None = None
        """Is given all that goes over the line; `sxb.journal.Recorder` sets it."""

    @property
    def board(self) -> Board | None:
        """The virtual board behind the line, or None if the line is a real one."""
        board: Board | None = getattr(self._port, "board", None)
        return board

    def now(self) -> float:
        """Seconds on the clock that this line lives by: the port's own if it lives in virtual time, else the wall's."""
        return float(self._port.seconds) if self._virtual else time.monotonic()

    @property
    def _virtual(self) -> bool:
        """Time passes only in reads: a virtual board, or a recorded one."""
        return hasattr(self._port, "seconds")

    @property
    def baud(self) -> int:
        """Bits per second of the port."""
        return int(self._port.baudrate)

    @baud.setter
    def baud(self, baud: int) -> None:
        with _lost(self.name):
            self._port.baudrate = baud
        if self.tap:
            self.tap.speed(baud)

    def write_time(self, count: int) -> float:
        """Seconds that `count` bytes need to leave."""
        return wire_seconds(count, self.baud)

    def write(self, data: bytes) -> None:
        """Send all of `data`; what a port did not take is offered again, for WRITE_SECONDS in vain."""
        if self.tap and data:
            self.tap(">", data)
        end = time.monotonic() + WRITE_SECONDS
        with _lost(self.name):
            while data:
                taken = self._port.write(data) or 0
                data = data[taken:]
                if taken:
                    end = time.monotonic() + WRITE_SECONDS
                elif time.monotonic() < end:
                    time.sleep(LOOK_SECONDS)
                else:
                    raise errors.line_lost(self.name, "the port takes nothing more")

    def read(self, seconds: float) -> bytes:
        """What arrives next, as soon as anything does; nothing if `seconds` pass in silence."""
        with _lost(self.name):
            data = self._first(seconds)
            if data:
                data += self._port.read(self._port.in_waiting)
        if self.tap and data:
            self.tap("<", data)
        return data

    def _first(self, seconds: float) -> bytes:
        """The next byte, waited for in short looks.

        A real port keeps its timeout: to change it makes pyserial set up the port anew, which costs an
        rfc2217:// port 50 ms and more.  A virtual board must be given the whole time: if its processor
        has stopped for good, time stands still however often one looks.
        """
        if self._virtual:
            self._port.timeout = max(seconds, 0.0)
            return bytes(self._port.read(1))
        end = time.monotonic() + seconds
        while True:
            data = bytes(self._port.read(1))
            if data or time.monotonic() >= end:
                return data

    def close(self) -> None:
        """Give the port back; a line that is gone already is closed too."""
        try:
            self._port.close()
        except Exception as error:  # the port is given up in any case
            if not isinstance(error, _port_errors()):
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_line(port: str | Board, asked: LineSettings = PLAIN) -> Line:
    """Open a port by name or URL, or the console of a virtual board that somebody holds.

    Raises NoPortError, or EmuError for the URL of a virtual board that does not exist.
    """
    if not isinstance(port, str):
        from sxb.urls.protocol_emu import Serial

        return Line(f"emu:{port.facts.name}", Serial.onto(port))
    url = port_url(port)
    if "sxb.urls" not in serial.protocol_handler_packages:
        serial.protocol_handler_packages.append("sxb.urls")
    settings: dict[str, Any] = {"baudrate": BAUD, "timeout": LOOK_SECONDS, "do_not_open": True}
    settings |= {"rtscts": asked.flow == "rtscts", "xonxoff": asked.flow == "xonxoff"}
    if "://" not in url:
        settings |= {"exclusive": True}  # two programs on one port each get half of the answers
    if not url.lower().startswith(("rfc2217://", "emu://", "replay://")):
        settings |= {"write_timeout": WRITE_SECONDS}  # which rfc2217 does not know: it has its own, 5 s
    try:
        opened = serial.serial_for_url(url, **settings)
        _open_with(opened, asked)
    except Exception as error:
        if not isinstance(error, _port_errors()):
            raise
        raise _why_not_opened(port, error) from error
    if "://" not in url:
        latency.lower(opened, port)
    return Line(port, opened)


def _open_with(port: Any, asked: LineSettings) -> None:
    """Open pyserial's port; DTR and RTS change only if that was asked for.

    pyserial sets both at every open (on rfc2217:// by two commands to the server), so its hooks for
    that are covered for the moment.
    """
    covered = []
    for name, level in (("dtr", asked.dtr), ("rts", asked.rts)):
        if level is None:
            covered.append(f"_update_{name}_state")
            setattr(port, covered[-1], lambda: None)
        else:
            setattr(port, name, level)
    port.open()
    for hook in covered:
        delattr(port, hook)


def _port_errors() -> tuple[type[BaseException], ...]:
    """What pyserial lets through: its own errors are OSErrors, a bad URL is a ValueError."""
    try:
        import termios
    except ImportError:
        return (OSError, ValueError)
    return (OSError, ValueError, termios.error)


@contextmanager
def _lost(name: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if not isinstance(error, _port_errors()):
            raise
        raise errors.line_lost(name, _reason(error)) from error


def _why_not_opened(port: str, error: Exception) -> errors.NoPortError:
    number = getattr(error, "errno", None)
    text = str(error)
    # On Windows pyserial puts the system's error into its text only; what is in use is "denied" there.
    if number in _MISSING or "FileNotFoundError" in text:
        return errors.no_such_port(port)
    if number in _BUSY or "PermissionError" in text:
        return errors.port_busy(port)
    if number in _FORBIDDEN:
        return errors.port_not_allowed(port, *_group_of(port))
    if number in _NOT_A_PORT or "Could not configure port" in text:
        return errors.not_a_port(port, _reason(error))
    return errors.port_failed(port, _reason(error))


def _group_of(port: str) -> tuple[str, bool]:
    """The group that may open the port, and whether the user is entered in it (not only this session)."""
    try:
        import grp
        import pwd

        group = grp.getgrgid(Path(port).stat().st_gid)
        user = pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, OSError, KeyError):
        return USUAL_GROUP, False
    if group.gr_name == "root":
        return USUAL_GROUP, False
    return group.gr_name, user in group.gr_mem


def _reason(error: Exception) -> str:
    """The system's words without pyserial's and Python's around them."""
    text = (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip()
    quoted = re.search(r"\(\d+, ['\"](.*?)['\"]", text)
    tail = quoted[1] if quoted else text.rsplit("] ", 1)[-1]
    return tail.rstrip(".").split("\n", 1)[0]
