# SPDX-License-Identifier: MIT
"""What Intel HEX and S-record files have in common: records, and the errors of their readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.errors import AsmError
from asm816.image import image_of
from asm816.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from asm816.image import Image

SPACE = 1 << 24
"""Addresses below this exist."""

MAX_RECORDS = 2_000_000
"""More records than the address space has room for at eight bytes each are no program."""


class Record(NamedTuple):
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


class RecordReader:
    """Reads a file of records; each kind of file says in `record` what a line of it means."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.records: list[Record] = []
        self.entry: int | None = None
        self.ended = False

    def image(self, text: str) -> Image:
        """The image in `text`.  Raises AsmError with file and line."""
        number = 0
        for number, line in enumerate(text.splitlines(), 1):
            stripped = line.strip()
            if stripped:
                if self.ended:
                    raise bad("E0705", self.name, number)
                self.record(stripped, number)
        if not self.ended:
            raise bad("E0704", self.name, max(1, number))
        check_overlap(self.records, self.name)
        return image_of(((record.address, record.data) for record in self.records), self.entry)

    def record(self, line: str, number: int) -> None:
        """Take one record, a line without blanks around it."""
        raise NotImplementedError

    def keep(self, address: int, data: bytes, number: int) -> None:
        """Keep a data record that lies in the address space."""
        if len(self.records) >= MAX_RECORDS:
            raise bad("E0710", self.name, number, limit=MAX_RECORDS)
        if address + len(data) > SPACE:
            raise bad("E0707", self.name, number, address=address)
        if data:
            self.records.append(Record(address, data, number))
