# SPDX-License-Identifier: MIT
"""Addresses as people type them on our command lines, and files with an address behind them.

Each reader takes a text and returns a value, or raises ValueError with a sentence for the user.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.errors import ToolError
from asm816.exitcodes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping

HEX = re.compile(r"(?:0x|\$)([0-9a-f]+)|([0-9][0-9a-f]*)h", re.IGNORECASE | re.ASCII)
_BANKED = re.compile(r"([0-9a-f]{1,2}):([0-9a-f]{1,4})", re.IGNORECASE | re.ASCII)
_NO_SYMBOLS: Mapping[str, int] = MappingProxyType({})


def address_text(address: int) -> str:
    """A 24-bit address as the monitor writes it: ``00:00B6``."""
    return f"{address >> 16 & 0xFF:02X}:{address & 0xFFFF:04X}"


def parse_address(text: str, symbols: Mapping[str, int] = _NO_SYMBOLS) -> int:
    """The 24-bit address that ``0x00b6``, ``$00b6``, ``00b6h``, ``00:00b6`` or a symbol means.

    A bare number is refused: people mean either base by it.
    """
    if text in symbols:
        return symbols[text]
    banked = _BANKED.fullmatch(text)
    if banked:
        return int(banked[1], 16) << 16 | int(banked[2], 16)
    match = HEX.fullmatch(text)
    if not match:
        bare = re.fullmatch(r"[0-9a-fA-F]+", text, re.ASCII)
        hint = f"0x{text} or ${text}?" if bare else "like 0x00b6, $00b6, 00b6h or 00:00b6"
        raise ValueError(f"{text!r} is not an address ({hint})")
    value = int(match[1] or match[2], 16)
    if value > 0xFFFFFF:
        raise ValueError(f"{text} is above 24 bits")
    return value


def file_and_address(text: str) -> tuple[str, int | None]:
    """``prog.bin@0x2000`` is a file and where it goes; a name without an address has None.

    Raises ToolError where what follows the `@` looks like an address but is none, as a bare number.
    """
    name, at, place = text.rpartition("@")
    if not at or not name:
        return text, None
    try:
        return name, parse_address(place)
    except ValueError as error:
        if HEX.fullmatch(place) or re.fullmatch(r"[0-9]+", place, re.ASCII):
            raise ToolError("USAGE", f"{text}: {error}", exit_code=ExitCode.USAGE) from None
        return text, None
