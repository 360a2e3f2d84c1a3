# SPDX-License-Identifier: MIT
"""The conversation with the board as lines of text or of bytes: pure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from asm816.target.monitor import PROMPT
from emu.screen import TextOfBoard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sxb.tui.picture import Heard

MOST_ENTRIES = 20_000
"""Pieces that are kept; the oldest tenth goes when there are more."""

HEX_COLUMNS = 16


class Conversation:
    """What was said so far, and how it is shown."""

    def __init__(self) -> None:
        self.entries: list[Heard] = []
        self.hex = False
        self.stamps = False
        self._begin()

    def feed(self, heard: Heard) -> str:
        """Keep it; what has to be written behind what is shown already."""
        self.entries.append(heard)
        if len(self.entries) > MOST_ENTRIES:
            del self.entries[: MOST_ENTRIES // 10]
        return self._shown(heard)

    def shown(self) -> str:
        """All of it, as it is to be shown now."""
        self._begin()
        return "".join(self._shown(heard) for heard in self.entries)

    def typed(self) -> tuple[str, ...]:
        """What the user sent, an entry for each prompt and for each line; the newest last, and each once.

        What has other characters in it than those of text is left out.
        """
        entries: dict[str, None] = {}
        said, typed = b"", ""
        for heard in self.entries:
            if heard.dialogue:
                continue
            if heard.direction == ">":
                said, typed = b"", typed + heard.data.decode("latin-1")
            else:
                said = (said + heard.data)[-len(PROMPT) :]
            if said == PROMPT or typed.endswith("\r"):
                if _is_text(typed.removesuffix("\r")):
                    entries.pop(typed, None)
                    entries[typed] = None
                typed = ""
        return tuple(entries)

    def clear(self) -> None:
        """Forget it."""
        self.entries.clear()
        self._begin()

    def _begin(self) -> None:
        self._text = TextOfBoard()
        self._at_start = True

    def _shown(self, heard: Heard) -> str:
        if self.hex:
            return "".join(f"{row}\n" for row in hex_rows(heard, stamps=self.stamps))
        if heard.direction != "<" or heard.dialogue:
            return ""
        text = self._text.feed(heard.data)
        if not self.stamps:
            return text
        out = []
        for piece in text.splitlines(keepends=True):
            if self._at_start:
                out.append(f"{stamp(heard)} ")
            out.append(piece)
            self._at_start = piece.endswith("\n")
        return "".join(out)


def _is_text(typed: str) -> bool:
    return bool(typed.strip()) and typed.isascii() and typed.isprintable()


def stamp(heard: Heard) -> str:
    """The wall's time of day, to the millisecond."""
    day = time.strftime("%H:%M:%S", time.localtime(heard.wall))
    return f"{day}.{int(heard.wall % 1 * 1000):03}"


def hex_rows(heard: Heard, *, stamps: bool) -> Iterator[str]:
    """A row per 16 bytes: direction, bytes, text."""
    for start in range(0, len(heard.data), HEX_COLUMNS):
        row = heard.data[start : start + HEX_COLUMNS]
        text = "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in row)
        time_of_day = f"{stamp(heard)} " if stamps else ""
        yield f"{time_of_day}{heard.direction} {row.hex(' '):<{3 * HEX_COLUMNS}} {text}"
