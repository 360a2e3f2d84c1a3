# SPDX-License-Identifier: MIT
"""The directives: one row each.

Names and bare forms are naken_asm's (read and observed); rows marked "ours" are additions.  All may be
written with `.` or `#` before them, in any case; those with ``bare`` also without.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Arguments(Enum):
    """What follows a directive; the values are start rules of the grammar where one reads it."""

    NONE = "none"
    VALUE = "value"
    TWO_VALUES = "two_values"
    ITEMS = "item"  # a list, read item by item
    ASSIGNMENT = "assignment"
    NAME = "one_name"
    MAYBE_NAME = "maybe_name"  # none, or one name
    FILE = "text"
    VALUES = "values"  # ours: values between commas, each of them a Value
    NAMES = "names"  # ours: names between commas
    SWITCH = "switch"  # ours: on or off, on if neither is there
    AREA = "area"  # ours: NAME = first..last
    IGNORED = "ignored"  # anything: it concerns other processors or output forms


class Row(NamedTuple):
    """A directive.  ``width`` is the number of bytes of a datum or a reserved unit.

    ``block``: it opens or closes something, and does so even if its arguments are wrong; then they are None.
    """

    name: str
    arguments: Arguments
    bare: bool = False
    width: int = 0
    block: bool = False
    least: int = 0  # number of values or names
    most: int = 0


_ROWS = (
    Row("org", Arguments.VALUE, bare=True),
    Row("db", Arguments.ITEMS, bare=True, width=1),
    Row("dc8", Arguments.ITEMS, bare=True, width=1),
    Row("ascii", Arguments.ITEMS, bare=True, width=1),
    Row("byte", Arguments.ITEMS, width=1),  # ours
    Row("text", Arguments.ITEMS, width=1),  # ours
    Row("asciiz", Arguments.ITEMS, bare=True, width=1),
    Row("dw", Arguments.ITEMS, bare=True, width=2),
    Row("dc16", Arguments.ITEMS, bare=True, width=2),
    Row("word", Arguments.ITEMS, width=2),  # ours
    Row("addr", Arguments.ITEMS, width=2),  # ours
    Row("dl", Arguments.ITEMS, bare=True, width=4),
    Row("dd", Arguments.ITEMS, bare=True, width=4),
    Row("dc32", Arguments.ITEMS, bare=True, width=4),
    Row("long", Arguments.ITEMS, width=4),  # ours: as dl
    Row("dq", Arguments.ITEMS, bare=True, width=8),
    Row("dc64", Arguments.ITEMS, bare=True, width=8),
    Row("varuint", Arguments.ITEMS, bare=True),
    Row("varuint32", Arguments.ITEMS, bare=True),
    Row("resb", Arguments.VALUE, bare=True, width=1),
    Row("resw", Arguments.VALUE, bare=True, width=2),
    Row("align", Arguments.VALUE),  # in bits
    Row("align_bits", Arguments.VALUE),
    Row("align_bytes", Arguments.VALUE),
    Row("data_fill", Arguments.TWO_VALUES),
    Row("set", Arguments.ASSIGNMENT),
    Row("binfile", Arguments.FILE),
    Row("repeat", Arguments.VALUE, block=True),
    Row("endr", Arguments.NONE, block=True),
    Row("scope", Arguments.MAYBE_NAME, block=True),
    Row("ends", Arguments.NONE, block=True),
    Row("func", Arguments.NAME, block=True),
    Row("endf", Arguments.NONE, block=True),
    Row("entry_point", Arguments.VALUE),
    Row("export", Arguments.NAME),
    Row("big_endian", Arguments.NONE),
    Row("little_endian", Arguments.NONE),
    Row("code", Arguments.NONE),
    Row("bss", Arguments.NONE),
    Row("list", Arguments.IGNORED),
    Row("pragma", Arguments.IGNORED),
    Row("device", Arguments.IGNORED),
    # Observed: neither pads the HEX file that naken_asm writes.
    Row("low_address", Arguments.VALUE),
    Row("high_address", Arguments.VALUE),
)

_ADDED = (
    Row("a8", Arguments.NONE),
    Row("a16", Arguments.NONE),
    Row("i8", Arguments.NONE),
    Row("i16", Arguments.NONE),
    Row("auto", Arguments.SWITCH),
    Row("longbranch", Arguments.SWITCH),
    Row("optimize", Arguments.SWITCH),
    Row("dp", Arguments.VALUES, least=1, most=1),
    Row("dbr", Arguments.VALUES, least=1, most=1),
    Row("assert", Arguments.VALUES, least=1, most=2),
    Row("checksum", Arguments.VALUES, least=3, most=3),
    Row("struct", Arguments.NAME, block=True),
    Row("endstruct", Arguments.NONE, block=True),
    Row("union", Arguments.MAYBE_NAME, block=True),
    Row("endunion", Arguments.NONE, block=True),
    Row("memory", Arguments.AREA),
    Row("section", Arguments.NAMES, least=1, most=2),
)

DIRECTIVES = MappingProxyType({row.name: row for row in (*_ROWS, *_ADDED)})
"""Directives that make statements."""

OURS = frozenset(row.name for row in _ADDED)
"""Those that old sources do not know."""

BARE = frozenset(row.name for row in _ROWS if row.bare) | {"end"}
"""Names that also work without a dot."""

EXPANDED = frozenset(
    [
        "define",
        "undef",
        "def",
        "equ",
        "macro",
        "endm",
        "if",
        "ifdef",
        "ifndef",
        "elseif",
        "else",
        "endif",
        "include",
        "end",
        "65816",
        "6502",
        "65c02",
        "65c816",
        "65832",
        # ours
        "rept",
        "while",
        "endw",
        "function",
        "enum",
        "endenum",
        "error",
        "warning",
        "fill",
        "incbin",
    ]
)
"""Directives that are gone before there are statements: `asm816.expansion` has a method for each."""
