# SPDX-License-Identifier: MIT
"""A running board on a terminal: the program's text, and the LEDs as one line that is drawn over and over.

Finished lines of text move up above the LEDs; where the output is no terminal only text is written.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from asm816.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Callable

PICTURE_SECONDS = 0.05
"""Twenty pictures a second are enough for LEDs."""

CLEAR_LINE = "\r\x1b[K"

UP = "\x1b[A"


class TextOfBoard:
    """Bytes of a board as text for a terminal: CR, LF and CR LF end a line, control characters are stripped."""

    def __init__(self) -> None:
        self._after_cr = False

    def feed(self, data: bytes) -> str:
        """The text of the next bytes."""
        text = []
        for byte in data:
            if byte == 0x0A and self._after_cr:
                self._after_cr = False
                continue
            self._after_cr = byte == 0x0D
            text.append("\n" if byte in (0x0D, 0x0A) else chr(byte))
        return printable("".join(text))


class Screen:
    """Where a watched program is shown: on a terminal its unfinished line, and below it the LEDs."""

    def __init__(self, out: TextIO, leds: Callable[[], str] | None, columns: int = 80) -> None:
        self._out = out
        self._leds = leds if out.isatty() else None
        self._columns = columns
        self._text = TextOfBoard()
        self._partial = ""
        self._standing = False  # the unfinished line stands above the LEDs
        self._drawn = 0.0

    def show(self, data: bytes) -> None:
        """Show what the program said."""
        text = self._text.feed(data)
        if self._leds is None:
            if text:
                self._out.write(text)
                self._out.flush()
                self._partial = text.rpartition("\n")[2]
            return
        *lines, self._partial = (self._partial + text).split("\n")
        while len(self._partial) > self._columns:  # where the terminal itself would go to the next line
            lines.append(self._partial[: self._columns])
            self._partial = self._partial[self._columns :]
        if lines:
            self._out.write(self._wiped() + "".join(line + "\n" for line in lines))
        now = time.monotonic()
        if lines or now - self._drawn > PICTURE_SECONDS:
            self._drawn = now
            self._draw(self._leds)

    def close(self) -> None:
        """Leave the last picture standing, on a line of its own; end the program's last line."""
        if self._leds is None:
            self._out.write("\n" if self._partial else "")
            self._partial = ""
        else:
            self._draw(self._leds)
            self._out.write("\n")
            self._out.flush()

    def _wiped(self) -> str:
        """What takes the last picture away."""
        wipe = CLEAR_LINE + (UP + CLEAR_LINE if self._standing else "")
        self._standing = False
        return wipe

    def _draw(self, leds: Callable[[], str]) -> None:
        picture = self._wiped()
        if self._partial:
            picture += self._partial + "\n"
            self._standing = True
        self._out.write(picture + printable(leds()))
        self._out.flush()


def can_draw(out: TextIO) -> bool:
    """Whether lamps and waveforms can be written there as they are."""
    try:
        "\u25cf\u25cb\u2594\u2581\u2502".encode(out.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
