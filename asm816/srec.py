# SPDX-License-Identifier: MIT
"""Motorola S-records.  Written as S2 and S8: the monitor does not store S1 records (executed).

Read: S0 to S9 as Motorola defines them, strictly; every error names file and line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asm816.errors import AsmError
from asm816.messages import MESSAGES
from asm816.records import SPACE, RecordReader, bad, hex_bytes

if TYPE_CHECKING:
    from asm816.image import Image

MAX_DATA = 251
"""Most data bytes of an S2 record: its count, of one byte, includes address and checksum."""

LINE_DATA = 32
"""Data bytes per record in files we write."""

_ADDRESS_BYTES = {"0": 2, "1": 2, "2": 3, "3": 4, "5": 2, "6": 3, "7": 4, "8": 3, "9": 2}


def s2_record(address: int, data: bytes) -> bytes:
    """The S2 record of `data` at a 24-bit address, without line end.  Raises AsmError beyond 251 bytes."""
    if len(data) > MAX_DATA:
        row = MESSAGES["E0714"]
        raise AsmError("E0714", row.message.format(count=len(data)), row.hint)
    return _record("2", address, data)


def s8_record(address: int = 0) -> bytes:
    """The end record, without line end; ``address`` is where to start, 0 if that is not known."""
    return _record("8", address, b"")


def _record(kind: str, address: int, data: bytes) -> bytes:
    content = bytes((len(data) + 4,)) + address.to_bytes(3, "big") + data
    return b"S%s%s%02X" % (kind.encode(), content.hex().upper().encode(), ~sum(content) & 0xFF)


def write_s28(image: Image) -> str:
    """`image` as S2 records of 32 bytes and an S8 record with the entry address (0 if not known)."""
    records = [s2_record(chunk.address, chunk.data) for chunk in image.chunks(LINE_DATA)]
    records.append(s8_record(image.entry or 0))
    return "".join(f"{record.decode()}\n" for record in records)


def read_srec(text: str, name: str) -> Image:
    """The image in the S-records `text` of the file `name`.  Raises AsmError with file and line."""
    return _Reader(name).image(text)


class _Reader(RecordReader):
    _data_records = 0  # what S5 and S6 count

    def record(self, line: str, number: int) -> None:
        """Take one record."""
        kind, content = self._decoded(line, number)
        width = _ADDRESS_BYTES[kind]
        address, data = int.from_bytes(content[:width], "big"), content[width:]
        if kind in "123":
            self._data(address, data, number)
        elif kind in "56":
            if address != self._data_records:
                raise bad("E0709", self.name, number, found=self._data_records, expected=address)
        elif kind in "789":
            self.ended = True
            if address >= SPACE:
                raise bad("E0707", self.name, number, address=address)
            self.entry = address or None

    def _decoded(self, line: str, number: int) -> tuple[str, bytes]:
        """The kind of the record, and its address and data."""
        content = hex_bytes(line[2:]) if re.match(r"[Ss][0-9]", line, re.ASCII) else b""
        if len(content) < 2:
            raise bad("E0701", self.name, number, format="S-records")
        if line[1] not in _ADDRESS_BYTES:
            raise bad("E0708", self.name, number, type=f"S{line[1]}")
        if len(content) != content[0] + 1 or len(content) < _ADDRESS_BYTES[line[1]] + 2:
            raise bad("E0703", self.name, number, found=len(content) - 1, expected=content[0])
        expected = ~sum(content[:-1]) & 0xFF
        if content[-1] != expected:
            raise bad("E0702", self.name, number, found=content[-1], expected=expected)
        return line[1], content[1:-1]

    def _data(self, address: int, data: bytes, number: int) -> None:
        self._data_records += 1
        self.keep(address, data, number)
