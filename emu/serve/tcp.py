# SPDX-License-Identifier: MIT
"""A board behind a TCP port: one client at a time, bytes as they are (``socket://`` of pyserial, telnet, nc)."""

from __future__ import annotations

import ipaddress
import os
import select
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from asm816.exitcodes import ExitCode
from emu.errors import EmuError
from emu.serve.line import MAX_UNREAD, PORTION, Settings

if TYPE_CHECKING:
    from types import TracebackType

LOOPBACK = "127.0.0.1"

PATIENCE = 0.3
"""Seconds that a visitor waits for the line: the client before may be on its way out."""

MOST_VISITORS = 8

STUBBORN = 60.0
"""Seconds of writing more than the line takes, after which a client loses it to a visitor: it may have gone
long ago, which nobody can see before all that it left behind is read, and at 9600 baud that takes hours."""

_SYSTEM_BYTES = 16_384
"""What the system may keep of a client: what one left behind goes to the board before the next one's turn."""

TAKEN = b"this board is taken: another client has its line\r\n"

_ALIVE = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
"""A client whose machine vanished without a word is given up after 25 s."""


def parse_place(text: str) -> tuple[str, int]:
    """``2217``, ``localhost:2217`` or ``[::1]:2217`` as host and port; loopback where no host is named.

    Raises ValueError with a sentence for the user.
    """
    host, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdecimal() or int(port) > 65_535:
        raise ValueError(f"{text!r} is not [HOST:]PORT (like 2217 or localhost:2217)")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"{text!r}: write an IPv6 address in brackets, [{host}]:{port}")
    return host or LOOPBACK, int(port)


class TcpLine:
    """Listens at a place; the first client has the line until it goes, others are told and sent away."""

    def __init__(self, host: str, port: int, baud: int = 9600) -> None:
        """Listen; port 0 is any free one.  Raises EmuError (E2032, exit 10) where that is not possible."""
        self.settings = Settings(baud)
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            self._listener = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            raise _cannot_listen(host, port, error) from error
        try:
            if os.name == "posix":  # elsewhere it would let two servers share the port
                self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SYSTEM_BYTES)
            self._listener.bind(address)
            self._listener.listen(8)
        except OSError as error:
            self._listener.close()
            raise _cannot_listen(host, port, error) from error
        self._listener.setblocking(False)
        self.host, self.port = self._listener.getsockname()[:2]
        self._client: socket.socket | None = None
        self._visitors: list[tuple[float, socket.socket]] = []  # until when they wait
        self._unread = bytearray()
        self._idle = time.monotonic()  # when there was last nothing to read

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def where(self) -> str:
        """For people, and for pyserial."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    scheme = "socket"

    @property
    def loopback(self) -> bool:
        """Only programs on this machine reach it."""
        return ipaddress.ip_address(self.host).is_loopback

    @property
    def attended(self) -> bool:
        """There is a client."""
        return self._client is not None

    def close(self) -> None:
        """Send everybody away and listen no more."""
        self._drop_client()
        for _, visitor in self._visitors:
            _turn_away(visitor)
        self._visitors.clear()
        self._listener.close()

    def read(self) -> bytes:
        """What the client wrote since the last call; takes a new one in, and sends others away."""
        data = b"" if self._client is None else self._receive()
        self._welcome()
        return data

    def _receive(self) -> bytes:
        assert self._client is not None
        try:
            data = self._client.recv(PORTION)
        except BlockingIOError:
            self._idle = time.monotonic()
            return b""
        except OSError:
            data = b""
        if not data:
            self._drop_client()
            return b""
        return self._heard(data)

    def write(self, data: bytes) -> None:
        """Hand bytes to the client; what it does not take now waits for the next call."""
        if self._client is not None:
            self._queue(self._spoken(data))
            self._push()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until there is something to read or somebody at the door."""
        sockets = [self._listener] if self._client is None else [self._listener, self._client]
        select.select(sockets, (), (), max(0.0, seconds))

    def hold(self, seconds: float) -> None:
        """Wait so long without reading; a client that leaves now loses what it could not get rid of."""
        time.sleep(seconds)
        if self._client is not None and _has_left(self._client):
            self._drop_client()
        self._welcome()

    # What a protocol on top of it changes:

    def _opened(self) -> None:
        """A client has come."""

    def _heard(self, data: bytes) -> bytes:
        """The bytes for the board in what the client sent."""
        return data

    def _spoken(self, data: bytes) -> bytes:
        """What the client is sent for bytes of the board."""
        return data

    def _queue(self, data: bytes) -> None:
        self._unread += data
        del self._unread[:-MAX_UNREAD]

    def _push(self) -> None:
        while self._unread and self._client is not None:
            try:
                sent = self._client.send(self._unread)
            except BlockingIOError:
                return
            except OSError:  # it has gone
                self._drop_client()
                return
            del self._unread[:sent]

    def _welcome(self) -> None:
        """Look who is at the door; the first one gets a free line, who has waited long enough is told."""
        now = time.monotonic()
        with suppress(OSError):  # nobody, or gone already
            while True:
                visitor, _ = self._listener.accept()
                visitor.setblocking(False)
                self._visitors.append((now + PATIENCE, visitor))
        if self._visitors and now - self._idle > STUBBORN:
            self._drop_client()
        if self._client is None and self._visitors:
            self._idle = now
            _, self._client = self._visitors.pop(0)
            _watch_over(self._client)
            self._opened()
        while self._visitors and (self._visitors[0][0] < now or len(self._visitors) > MOST_VISITORS):
            _turn_away(self._visitors.pop(0)[1])

    def _drop_client(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
        self._unread.clear()


def _turn_away(visitor: socket.socket) -> None:
    with suppress(OSError):
        visitor.send(TAKEN)
    visitor.close()


def _has_left(client: socket.socket) -> bool:
    """Whether the other end has closed, though bytes of it wait; where the system cannot tell, no."""
    if not hasattr(select, "POLLRDHUP"):
        return False
    poll = select.poll()
    poll.register(client, select.POLLRDHUP)
    return bool(poll.poll(0))


def _watch_over(client: socket.socket) -> None:
    """Bytes go out at once, and a client that vanished is noticed."""
    with suppress(OSError):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _ALIVE:
            if hasattr(socket, name):
                client.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _cannot_listen(host: str, port: int, error: OSError) -> EmuError:
    return EmuError(
        "E2032",
        f"cannot listen on {host}, port {port}: {error.strerror or error}",
        "choose another port, or 0 for any that is free",
        ExitCode.NO_PORT,
    )
