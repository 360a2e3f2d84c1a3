# SPDX-License-Identifier: MIT
"""A board's mask ROM into a file, in pieces that survive an interruption.

Reading takes half a minute.  What was read lies in a part file beside the result, as the S2 records that
the board itself sends, checksums and all; the next try reads on behind it.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from asm816.errors import AsmError
from asm816.outputs import write_atomically
from asm816.srec import read_srec, s2_record, s8_record
from asm816.target.boards import MASK_ROM
from sxb import errors
from sxb.exchange import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sxb.client import Monitor

ROM_BYTES = MASK_ROM.last + 1 - MASK_ROM.first

PIECE = 256
"""Bytes between two entries in the part file: as many as one answer of the monitor brings."""

RECORD = 32
"""Bytes per record of the part file."""


class PartFile:
    """The beginning of a ROM, beside the file that it will be."""

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(output.name + ".part")

    def read(self) -> bytes:
        """What is there so far, in whole pieces; a last line that was cut off does not count.

        Raises BadInputError if the file is something else, FileAccessError if it cannot be read.
        """
        try:
            text = self.path.read_text("ascii")
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise errors.part_unusable(str(self.path), error.strerror or str(error)) from error
        except UnicodeDecodeError as error:
            raise errors.part_damaged(str(self.path), "it holds no records") from error
        whole = text[: text.rfind("\n") + 1]
        if not whole:
            return b""
        try:
            image = read_srec(whole + s8_record().decode(), str(self.path))
        except AsmError as error:
            raise errors.part_damaged(str(self.path), error.sentence) from error
        if len(image.segments) != 1 or image.first != MASK_ROM.first or image.last > MASK_ROM.last:
            raise errors.part_damaged(str(self.path), "it holds something else")
        data = image.segments[0].data
        return data[: len(data) - len(data) % PIECE]

    def write(self, data: bytes) -> None:
        """Begin anew with `data`."""
        write_atomically(self.path, _records(MASK_ROM.first, data))

    def add(self, address: int, data: bytes) -> None:
        """One more piece; it is on the disk when this returns."""
        try:
            with self.path.open("ab") as file:
                file.write(_records(address, data))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise errors.part_unusable(str(self.path), error.strerror or str(error)) from error

    def remove(self) -> None:
        """The ROM is whole."""
        self.path.unlink(missing_ok=True)


def _records(address: int, data: bytes) -> bytes:
    pieces = range(0, len(data), RECORD)
    return b"".join(s2_record(address + n, data[n : n + RECORD]) + b"\n" for n in pieces)


def dump_rom(monitor: Monitor, part: PartFile, resumed: Callable[[int], None]) -> bytes:
    """All bytes of the ROM, each from a record whose checksum was right; `resumed` is told what was there.

    The last piece of the part file is read again: another board's ROM shows there.  Raises
    VerifyDiffersError if it differs, and what `Monitor.read` raises; the part file then keeps what came.
    """
    data = bytearray(part.read())
    if data:
        _check_last(monitor, part, data)
        resumed(len(data))
    part.write(bytes(data))  # without what was cut off
    while len(data) < ROM_BYTES:
        address = MASK_ROM.first + len(data)
        piece = monitor.read(address, PIECE, begin=Progress("read", len(data), ROM_BYTES))
        part.add(address, piece)
        data += piece
    return bytes(data)


def _check_last(monitor: Monitor, part: PartFile, data: bytes | bytearray) -> None:
    address = MASK_ROM.first + len(data) - PIECE
    if monitor.read(address, PIECE) != data[-PIECE:]:
        raise errors.other_rom(str(part.path), address)


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal: what people compare ROMs by."""
    return hashlib.sha256(data).hexdigest()
