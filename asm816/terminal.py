# SPDX-License-Identifier: MIT
"""What a terminal makes of characters: which it must not get, and how many columns the others take."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


_CONTROLS = re.compile(r"[^\t\n\x20-\x7e]")


def printable(text: str) -> str:
    """`text` without the control characters that could drive a terminal (C0, C1), tab and newline kept."""
    if text.isascii() and not _CONTROLS.search(text):
        return text  # nearly always, and a million lines of listing are many characters
    return "".join(c if c in "\t\n" or c.isprintable() else "\ufffd" for c in text)


def display_width(character: str) -> int:
    """The columns that `character` takes: two if it is wide, none if it sits on the one before it."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wants_colour(stream: TextIO) -> bool:
    """Whether to write colours to `stream`: to a terminal, unless NO_COLOR is set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
