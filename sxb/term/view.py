# SPDX-License-Identifier: MIT
"""What comes from the board as text that a terminal can be given.  Pure.

CR, LF and CR LF end a line; BS goes one back; escape sequences and other control characters are left out,
so that a program gone wild cannot drive the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.terminal import printable
from sxb.wiredump import ROW, rows

if TYPE_CHECKING:
    from collections.abc import Callable

CR, LF, BS, TAB, ESC = 0x0D, 0x0A, 0x08, 0x09, 0x1B
CSI = ord("[")
FINAL = range(0x40, 0x7F)
"""Bytes that end an escape sequence (ECMA-48, 5.4)."""


class View:
    """Turns bytes to text.  `stamps` puts the time before the first byte of a line, `as_hex` shows bytes.

    `stamp` says what time it is, as text; `seconds` the same as a number, for the rows of bytes.
    """

    def __init__(self, stamp: Callable[[], str], seconds: Callable[[], float]) -> None:
        self.stamps = False
        self.as_hex = False
        self._stamp, self._seconds = stamp, seconds
        self._column = 0
        self._after_cr = False
        self._escape = b""
        self._held = b""
        self._held_since = 0.0

    def feed(self, data: bytes) -> str:
        """The text of the next bytes."""
        if self.as_hex:
            return self._feed_hex(data)
        return "".join(self._character(byte) for byte in data)

    def pause(self) -> str:
        """Nothing came for a moment: what is left of a row of bytes."""
        held, self._held = self._held, b""
        return "".join(f"{row}\n" for row in rows(self._held_since, "<", held))

    def fresh_line(self) -> str:
        """What has to be written so that something of our own begins a line."""
        ended = self.pause()
        begun, self._column = self._column, 0
        return ended + ("\n" if begun else "")

    def _feed_hex(self, data: bytes) -> str:
        if not self._held:
            self._held_since = self._seconds()
        self._held += data
        whole = len(self._held) - len(self._held) % ROW
        said, self._held = self._held[:whole], self._held[whole:]
        shown = "".join(f"{row}\n" for row in rows(self._held_since, "<", said))
        if whole:
            self._held_since = self._seconds()
        return shown

    def _character(self, byte: int) -> str:
        if self._escape or byte == ESC:
            self._escape_goes_on(byte)
            return ""
        ended = byte == LF and self._after_cr
        self._after_cr = byte == CR
        if ended:
            return ""
        if byte in (CR, LF):
            begin = self._begin()  # an empty line has its time, too
            self._column = 0
            return begin + "\n"
        if byte == BS:
            back = self._column > 0
            self._column -= back
            return "\b" if back else ""
        shown = chr(byte)
        if byte != TAB and printable(shown) != shown:
            return ""
        begin = self._begin()
        self._column += 1
        return begin + shown

    def _begin(self) -> str:
        return f"[{self._stamp()}] " if self.stamps and not self._column else ""

    def _escape_goes_on(self, byte: int) -> None:
        """ESC and one more character, or ESC [ up to a final byte."""
        before, self._escape = self._escape, self._escape + bytes([byte])
        if (len(before) == 1 and byte != CSI) or (len(before) > 1 and byte in FINAL) or byte in (CR, LF):
            self._escape = b""
