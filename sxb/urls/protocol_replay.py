# SPDX-License-Identifier: MIT
"""``replay://?file=F&session=N&partial=1``: a recorded board behind pyserial's interface.

In virtual time: `read` lets the time pass that the recorded board took, without waiting for it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import serial

GRACE_SECONDS = 0.1
"""What comes so late still belongs to a read: a real port was looked at for longer than asked, and a busy
machine was late (`sxb.transport`)."""

OPTIONS = ("file", "session", "partial")


class Serial(serial.SerialBase):
    """A journal's board.  `seconds` is its clock: seconds since the port was opened."""

    # pyserial's own attributes, which its stubs do not show.
    _port: str | None
    _timeout: float | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.seconds = 0.0
        self._arrived = bytearray()
        super().__init__(*args, **kwargs)

    def open(self) -> None:
        """Read the journal.  Raises SxbError if that cannot be replayed."""
        # Not at the top: pyserial takes an ImportError there for an unknown URL scheme.
        from sxb.playback import load_recording
        from sxb.replaying import Replay

        if self.is_open:
            raise serial.SerialException("the port is open already")
        options = _options(self._port or "")
        session = options.get("session")
        if not options.get("file"):
            raise serial.SerialException("no journal was named: replay:FILE")
        if session is not None and not session.isdecimal():
            raise serial.SerialException(f"session is a number, not {session!r}")
        recording = load_recording(
            options["file"],
            None if session is None else int(session),
            partial=options.get("partial", "0") not in ("", "0"),
        )
        self._replay = Replay(recording, self.seconds)
        self.is_open = True

    def close(self) -> None:
        """The recording is put away."""
        self.is_open = False

    @property
    def in_waiting(self) -> int:
        """Bytes that can be read without letting time pass."""
        self._check()
        self._arrived += self._replay.say(self.seconds)
        return len(self._arrived)

    def read(self, size: int = 1) -> bytes:
        """Let time pass until `size` bytes were said or `timeout` is over."""
        self._check()
        end = self.seconds + (self._timeout or 0.0)
        while self.in_waiting < size:
            due = self._replay.due()
            if due is None or due > end + GRACE_SECONDS:
                self.seconds = end
                break
            self.seconds = max(self.seconds, due)
        data = bytes(self._arrived[:size])
        del self._arrived[:size]
        return data

    def write(self, data: Any, /) -> int:
        """Hold what is sent against what was sent.  Raises VerifyDiffersError where it departs."""
        self._check()
        content = bytes(data)
        self._replay.hear(content, self.seconds)
        return len(content)

    def reset_input_buffer(self) -> None:
        """Forget what was said."""
        self._arrived.clear()

    def reset_output_buffer(self) -> None:
        """Nothing waits."""

    def _check(self) -> None:
        if not self.is_open:
            raise serial.PortNotOpenError

    # A recording has neither speed nor handshake lines; what pyserial sets goes nowhere.
    def _reconfigure_port(self) -> None:
        """The recorded speed stays."""

    def _update_rts_state(self) -> None:
        """RTS is not recorded."""

    def _update_dtr_state(self) -> None:
        """DTR is not recorded."""

    def _update_break_state(self) -> None:
        """A break is not recorded."""


def _options(url: str) -> dict[str, str]:
    options = {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}
    for name in options:
        if name not in OPTIONS:
            raise serial.SerialException(f"unknown option {name!r}; known: {', '.join(OPTIONS)}")
    return options
