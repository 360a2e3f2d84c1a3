# SPDX-License-Identifier: MIT
"""``emu://qbx?rom=quirks&speed=max``: a virtual board behind pyserial's interface.

One open port is one fresh board in this process, in virtual time: `read` runs the board until the
bytes have arrived on the wire or the timeout has passed in emulated seconds; `write` puts bytes on the
cable, where they take their time while the board runs.  With ``speed=real`` the board is held back to
the wall clock.  Any pyserial program can use it once ``sxb.urls`` is among
``serial.protocol_handler_packages``.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

import serial

from asm816.target.monitor import PROMPT

if TYPE_CHECKING:
    from emu import Board

CONSOLE = 3
"""The monitor talks on UART 3."""

BOOT_SECONDS = 2.0
"""The prompt stands 1.34 s after reset (executed); a program that starts itself from ROM never shows it."""

SLICE_SECONDS = 0.02
"""With speed=real the board runs this far ahead before it waits for the wall clock."""

OPTIONS = {"rom": "quirks", "speed": "max", "led": "board"}
CHOICES = {"speed": ("max", "real"), "led": ("board", "high", "low")}
"""`led` is the level that lights a LED: the board's own, or another (of the QBX it is not certain)."""


class Serial(serial.SerialBase):
    """A virtual board's UART 3, with the interface of a serial port.  `board` is the board itself."""

    board: Board
    # pyserial's own attributes, which its stubs do not show.
    _port: str | None
    _timeout: float | None
    _baudrate: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._arrived = bytearray()
        self._started = 0.0
        self._real = False
        super().__init__(*args, **kwargs)

    @classmethod
    def onto(cls, board: Board) -> Self:
        """An open port onto a board that somebody holds already; the board is not booted."""
        port = cls()
        port.board = board
        port._started = time.monotonic() - board.seconds
        port.is_open = True
        return port

    def open(self) -> None:
        """Make the board named in the URL and boot it to its prompt; the banner is there to be read."""
        # Not at the top: pyserial takes an ImportError there for an unknown URL scheme.
        from emu import Board

        if self._port is None:
            raise serial.SerialException("no port was named")
        if self.is_open:
            raise serial.SerialException("the port is open already")
        name, options = _split(self._port)
        high = {"high": True, "low": False}.get(options["led"])
        self.board = Board(name, rom=options["rom"], leds_active_high=high)
        self._real = options["speed"] == "real"
        self._started = time.monotonic()
        self._reconfigure_port()
        self.is_open = True
        if self._real:
            self._advance(BOOT_SECONDS, lambda: self._collect().endswith(PROMPT))
        else:
            self._boot()

    def _boot(self) -> None:
        """To the prompt, by the boot of an equal board if there was one; a ROM without a prompt just runs."""
        from emu import EmuError
        from emu.bootfile import boot

        try:
            boot(self.board)
        except EmuError as error:
            if error.code != "E2002":
                raise

    def close(self) -> None:
        """The board is gone."""
        self.is_open = False

    @property
    def seconds(self) -> float:
        """Emulated seconds since the board's reset: the clock of this port."""
        return self.board.seconds

    @property
    def in_waiting(self) -> int:
        """Bytes that can be read without running the board further."""
        self._check()
        return len(self._collect())

    def read(self, size: int = 1) -> bytes:
        """Run the board until `size` bytes arrived or `timeout` emulated seconds passed."""
        self._check()
        if len(self._collect()) < size and self._timeout != 0:
            if self._timeout is None:
                while len(self._collect()) < size:
                    self._advance(1.0, lambda: len(self._collect()) >= size)
            else:
                self._advance(self._timeout, lambda: len(self._collect()) >= size)
        data = bytes(self._collect()[:size])
        del self._arrived[:size]
        return data

    def write(self, data: Any, /) -> int:
        """Queue bytes on the cable; they leave back to back while the board runs."""
        self._check()
        content = bytes(data)
        self.board.serial(CONSOLE).send(content)
        return len(content)

    def flush(self) -> None:
        """Run the board until the cable is empty."""
        self._check()
        line = self.board.serial(CONSOLE)
        while line.pending:
            self._advance(SLICE_SECONDS, lambda: not line.pending)

    def reset_input_buffer(self) -> None:
        """Forget what arrived."""
        self._check()
        self._collect()
        self._arrived.clear()

    def reset_output_buffer(self) -> None:
        """Nothing: what was written is on its way."""
        self._check()

    def _check(self) -> None:
        if not self.is_open:
            raise serial.PortNotOpenError

    def _collect(self) -> bytearray:
        self._arrived += self.board.serial(CONSOLE).take()
        return self._arrived

    def _advance(self, seconds: float, until: Any) -> None:
        """Run the board for `seconds` emulated seconds at most, until `until` says so."""
        if not self._real:
            self.board.run(seconds=seconds, until=until)
            return
        end = self.board.seconds + seconds
        while self.board.seconds < end and not until():
            before = self.board.seconds
            self.board.run(seconds=min(SLICE_SECONDS, end - before), until=until)
            ahead = self.board.seconds - (time.monotonic() - self._started)
            if ahead > 0:
                time.sleep(ahead)
            if self.board.seconds == before:  # stopped for good (STP): emulated time stands still
                return

    def _reconfigure_port(self) -> None:
        """The cable's baud rate is the only setting that means anything here."""
        if hasattr(self, "board"):
            self.board.serial(CONSOLE).baud = self._baudrate

    # A cable without handshake lines: what pyserial sets goes nowhere, what it asks for is at rest.
    def _update_rts_state(self) -> None:
        """RTS is not connected."""

    def _update_dtr_state(self) -> None:
        """DTR is not connected."""

    def _update_break_state(self) -> None:
        """A break is not sent."""

    @property
    def cts(self) -> bool:
        """Not connected."""
        return True

    @property
    def dsr(self) -> bool:
        """Not connected."""
        return True

    @property
    def ri(self) -> bool:
        """Not connected."""
        return False

    @property
    def cd(self) -> bool:
        """Not connected."""
        return True


def _split(url: str) -> tuple[str, dict[str, str]]:
    """Board name and options of an ``emu://`` URL."""
    parts = urlsplit(url)
    options = dict(OPTIONS)
    for name, values in parse_qs(parts.query, keep_blank_values=True).items():
        if name not in OPTIONS:
            raise serial.SerialException(f"unknown option {name!r}; known: {', '.join(OPTIONS)}")
        options[name] = values[-1]
    for name, choices in CHOICES.items():
        if options[name] not in choices:
            raise serial.SerialException(f"{name} is {' or '.join(choices)}, not {options[name]!r}")
    return parts.netloc or "qbx", options
