# SPDX-License-Identifier: MIT
"""Addresses as people type them on our command lines: `0x00b6`, `$00b6`, `00b6h`, `00:00b6`, or a symbol."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.tokens import number_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_BANKED = re.compile(r"([0-9A-Fa-f]{1,2}):([0-9A-Fa-f]{1,4})")
_OCTAL_LOOKALIKE = re.compile(r"0[0-9_]+")
_NO_SYMBOLS: Mapping[str, int] = MappingProxyType({})


def parse_address(text: str, symbols: Mapping[str, int] = _NO_SYMBOLS) -> int:
    """The 24-bit address that `text` means.  Raises ValueError with what to write instead."""
    if text in symbols:
        return symbols[text]
    banked = _BANKED.fullmatch(text)
    if banked is not None:
        return int(banked[1], 16) << 16 | int(banked[2], 16)
    value = (
        number_value(text) if re.fullmatch(r"\$?[0-9][0-9A-Za-z_]*|\$[0-9A-Fa-f_]+", text, re.ASCII) else None
    )
    if value is None or _OCTAL_LOOKALIKE.fullmatch(text):
        raise ValueError(f"{text!r} is no address; write 0x00b6, $00b6, 00b6h or 00:00b6")
    if value >= 1 << 24:
        raise ValueError(f"{text} is beyond 24 bits")
    return value
