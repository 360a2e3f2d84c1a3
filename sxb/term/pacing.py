# SPDX-License-Identifier: MIT
"""How fast pasted text may go to the board.  Pure: times are handed in, nothing is sent here.

The monitor's input ring keeps nine bytes, and when it is full the oldest is lost without a word; the monitor in
the chip never sends XOFF (both executed).  It takes what was typed when it is done with what came before, and
echoes it.  So no more than a window is under way at a time, and the next one waits until the line is quiet:

* All was echoed: it was taken.
* Something was not: the board may be busy without saying anything (32 KB are filled in 0.8 s), which is waited
  for.  If the silence lasts, this is somebody who does not echo, like the loader of S records, and from then on
  short silences are enough, until all of a window is echoed again.
"""

from __future__ import annotations

from math import inf

from asm816.target.monitor import XOFF, XON
from sxb.exchange import without_flow

WINDOW = 8
"""Bytes under way: the ring keeps nine, so one key typed by hand has room beside them."""

QUIET_SECONDS = 0.05
"""Output comes without gaps; a USB adapter brings it in pieces every 16 ms."""

SILENT_SECONDS = 1.5
"""So long the monitor may be at work in silence: the longest fill of the W65C265SXB and a restart are shorter."""

XOFF_SECONDS = 5.0
"""An XOFF without XON for so long was a byte of somebody's data."""


class Pacing:
    """The text that waits, and what is known about what was sent.  All times in seconds on one clock."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._unheard = bytearray()
        self._sent = 0  # since the line was quiet
        self._echoes = True
        self._stirred = -inf
        self._held = -inf

    @property
    def waiting(self) -> int:
        """How many bytes are not sent yet."""
        return len(self._text)

    def give(self, text: bytes) -> None:
        """Text to be sent behind what waits already."""
        self._text += text

    def drop(self) -> int:
        """Forget what waits; says how many bytes that were."""
        dropped = len(self._text)
        self._text.clear()
        return dropped

    def due(self, now: float) -> bytes:
        """What is to be sent now; may be empty."""
        if not self._text or now - self._held < XOFF_SECONDS:
            return b""
        self._settle(now)
        piece = bytes(self._text[: max(0, WINDOW - self._sent)])
        del self._text[: len(piece)]
        return piece

    def sent(self, data: bytes, left: float) -> None:
        """`data` was sent, and the last of it will have left the port at `left`."""
        if data:
            self._sent += len(data)
            self._unheard = (self._unheard + data)[-WINDOW:]
            self._stirred = max(self._stirred, left)

    def heard(self, data: bytes, now: float) -> None:
        """`data` came from the board."""
        if not data:
            return
        self._stirred = max(self._stirred, now)
        if bytes([XON]) in data or bytes([XOFF]) in data:
            self._held = now if data.rfind(XOFF) > data.rfind(XON) else -inf
        for byte in without_flow(data):
            if self._unheard and byte == self._unheard[0]:
                del self._unheard[0]

    def _settle(self, now: float) -> None:
        """What silence says: how much of what was sent may still be in the ring."""
        silence = now - self._stirred
        if silence < QUIET_SECONDS:
            return
        if self._unheard and self._echoes and silence < SILENT_SECONDS:
            self._sent = len(self._unheard)
        else:
            self._echoes = not self._unheard
            self._unheard.clear()
            self._sent = 0
