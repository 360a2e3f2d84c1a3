# SPDX-License-Identifier: MIT
"""What Intel HEX and S-record files have in common: records, and the errors of their readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asm816.errors import AsmError
from asm816.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACE = 1 << 24
"""Addresses below this exist."""

MAX_RECORDS = 2_000_000
"""More records than the address space has room for at eight bytes each are no program."""


@dataclass(frozen=True, slots=True)
class Record:
    """A data record: 24-bit address, bytes, and the line of the file it stands on (from 1)."""

    address: int
    data: bytes
    line: int


_DIGITS = re.compile(r"(?:[0-9A-Fa-f]{2})*", re.ASCII)


def hex_bytes(digits: str) -> bytes:
    """The bytes that pairs of hexadecimal digits spell; none where there is anything else."""
    return bytes.fromhex(digits) if _DIGITS.fullmatch(digits) else b""


def bad(code: str, name: str, line: int, **fields: Any) -> AsmError:
    """The error `code` at a line of the file `name`."""
    row = MESSAGES[code]
    return AsmError(code, row.message.format(place=f"{name}:{line}", **fields), row.hint)


def check_overlap(records: Iterable[Record], name: str) -> None:
    """Raise AsmError if two records hold the same address, be it with the same byte."""
    last: Record | None = None
    for record in sorted(records, key=lambda record: record.address):
        if last is not None and record.address < last.address + len(last.data):
            first, second = sorted((last.line, record.line))
            raise bad("E0706", name, second, address=record.address, first=first)
        if last is None or record.address + len(record.data) > last.address + len(last.data):
            last = record
