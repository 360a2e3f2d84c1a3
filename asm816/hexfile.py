# SPDX-License-Identifier: MIT
"""Intel HEX.  Written with intelhex, read by a reader of our own, which is strict.

It is written record by record: the dictionary of bytes of an `IntelHex` takes three times as long, and 80
times the room.  As a reader intelhex accepts what must not reach a board: a missing end record, text behind it, records that wrap at
64 KiB, addresses beyond 24 bits.  Here each is an error with file and line.  Lower case, any line ends,
blank lines and blanks at the end of a line (mail adds them) are accepted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.records import SPACE, RecordReader, bad, hex_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asm816.image import Image

_BANK = 1 << 16
_RECORD_BYTES = 16
_DATA, _END, _SEGMENT, _START_SEGMENT, _LINEAR, _START_LINEAR = range(6)
_LENGTHS = {_END: 0, _SEGMENT: 2, _START_SEGMENT: 4, _LINEAR: 2, _START_LINEAR: 4}


def read_hex(text: str, name: str) -> Image:
    """The image in the Intel HEX `text` of the file `name`.  Raises AsmError with file and line."""
    return _Reader(name).image(text)


class _Reader(RecordReader):
    _base = 0  # what types 02 and 04 add to the offsets

    def record(self, line: str, number: int) -> None:
        """Take one record."""
        offset, kind, data = self._decoded(line, number)
        if kind == _DATA:
            self._data(offset, data, number)
        elif kind in _LENGTHS:
            if len(data) != _LENGTHS[kind]:
                raise bad("E0703", self.name, number, found=len(data), expected=_LENGTHS[kind])
            self._control(kind, int.from_bytes(data, "big"), number)
        else:
            raise bad("E0708", self.name, number, type=f"{kind:02X}")

    def _decoded(self, line: str, number: int) -> tuple[int, int, bytes]:
        content = hex_bytes(line[1:]) if line[0] == ":" else b""
        if len(content) < 5:
            raise bad("E0701", self.name, number, format="Intel HEX")
        if len(content) != content[0] + 5:
            raise bad("E0703", self.name, number, found=len(content) - 5, expected=content[0])
        expected = -sum(content[:-1]) & 0xFF
        if content[-1] != expected:
            raise bad("E0702", self.name, number, found=content[-1], expected=expected)
        return int.from_bytes(content[1:3], "big"), content[3], content[4:-1]

    def _data(self, offset: int, data: bytes, number: int) -> None:
        if offset + len(data) > _BANK:
            raise bad("E0713", self.name, number)
        self.keep(self._base + offset, data, number)

    def _control(self, kind: int, value: int, number: int) -> None:
        if kind == _END:
            self.ended = True
        elif kind == _SEGMENT:
            self._base = value << 4
        elif kind == _LINEAR:
            self._base = value << 16
        else:
            entry = value if kind == _START_LINEAR else (value >> 16 << 4) + (value & 0xFFFF)
            if entry >= SPACE:
                raise bad("E0707", self.name, number, address=entry)
            self.entry = entry


def write_hex(image: Image) -> str:
    """`image` as Intel HEX: records of 16 bytes, type 04 above 64 KiB, type 05 if the entry is known."""
    from intelhex import Record  # only where HEX is written

    lines: list[str] = [] if image.entry is None else [Record.start_linear_address(image.entry)]
    bank = 0
    for address, data in _pieces(image):
        if address // _BANK != bank:
            bank = address // _BANK
            lines.append(Record.extended_linear_address(bank))
        offset = address % _BANK
        bytes_ = list(data)  # as intelhex takes them
        lines += [
            Record.data(offset + start, bytes_[start : start + _RECORD_BYTES])
            for start in range(0, len(bytes_), _RECORD_BYTES)
        ]
    return "\n".join([*lines, Record.eof(), ""])


def _pieces(image: Image) -> Iterator[tuple[int, bytes]]:
    """The segments of `image`, cut where a bank ends."""
    for address, data in image.segments:
        start = 0
        while start < len(data):
            end = start + _BANK - (address + start) % _BANK
            yield address + start, data[start:end]
            start = end
