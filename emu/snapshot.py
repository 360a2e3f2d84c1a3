# SPDX-License-Identifier: MIT
"""Snapshots as bytes: the container that a saved core or board travels in.

    offset  length  content
    0       4       "M816"
    4       2       version of the container, little-endian as all numbers here: 1
    6       1       length of the kind
    7       n       kind, ASCII: "core", "board"
    ...     4       length of the state
    ...     n       the state: JSON in UTF-8, keys sorted, plain integers, strings, lists, objects
    ...     4       number of memory pages
    ...     258 x   page number (address >> 8, 2 bytes), 256 bytes; ascending, pages of zeros left out
    end     4       CRC-32 (zlib) of all before it

Nothing in it is executed: no pickle.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAGIC = b"M816"
VERSION = 1
PAGE = 256
PAGES = 1 << 16

_ZEROS = bytes(PAGE)
_AGAIN = "make a new snapshot with this version of the program"


def pack(kind: str, state: Mapping[str, Any], pages: Mapping[int, bytes]) -> bytes:
    """The container for a state (plain JSON values) and memory pages {address >> 8: 256 bytes}.

    Equal states give equal bytes.  ValueError if a page number or length is wrong, TypeError if
    the state holds anything but plain values.
    """
    name = kind.encode("ascii")
    text = json.dumps(state, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    kept = {number: page for number, page in sorted(pages.items()) if page != _ZEROS}
    parts = [MAGIC, struct.pack("<HB", VERSION, len(name)), name, struct.pack("<I", len(text)), text]
    parts.append(struct.pack("<I", len(kept)))
    for number, page in kept.items():
        if len(page) != PAGE or number not in range(PAGES):
            raise ValueError(f"page {number} of {len(page)} bytes")
        parts += [struct.pack("<H", number), bytes(page)]
    body = b"".join(parts)
    return body + struct.pack("<I", zlib.crc32(body))


def unpack(kind: str, data: bytes) -> tuple[dict[str, Any], dict[int, bytes]]:
    """State and pages of a container of this kind.

    Raises EmuError: E2040 if it is no snapshot or damaged, E2041 for another version, E2042 for
    another kind.
    """
    if data[:4] != MAGIC or len(data) < 7:
        raise EmuError("E2040", "this is not a snapshot", "give the bytes that snapshot() returned")
    version, length = struct.unpack_from("<HB", data, 4)
    if version != VERSION:
        raise EmuError("E2041", f"the snapshot has version {version}, not {VERSION}", _AGAIN)
    body = data[:-4]
    if struct.pack("<I", zlib.crc32(body)) != data[-4:]:
        raise EmuError("E2040", "the snapshot is damaged: its checksum does not match", _AGAIN)
    found = body[7 : 7 + length].decode("ascii", "replace")
    if found != kind:
        raise EmuError(
            "E2042", f"this is a snapshot of a {found}, not of a {kind}", "restore it where it was made"
        )
    try:
        return _contents(body, 7 + length)
    except (struct.error, ValueError, RecursionError) as error:
        raise EmuError("E2040", f"the snapshot is damaged: {error}", _AGAIN) from error


def _contents(body: bytes, at: int) -> tuple[dict[str, Any], dict[int, bytes]]:
    (length,) = struct.unpack_from("<I", body, at)
    at += 4
    state = json.loads(body[at : at + length])
    if not isinstance(state, dict):
        raise ValueError("its state is no object")  # noqa: TRY004  (a damaged file, not a wrong argument)
    (count,) = struct.unpack_from("<I", body, at + length)
    at += length + 4
    if len(body) != at + count * (PAGE + 2):
        raise ValueError("its length is wrong")
    pages = {}
    for start in range(at, len(body), PAGE + 2):
        (number,) = struct.unpack_from("<H", body, start)
        pages[number] = body[start + 2 : start + 2 + PAGE]
    return state, pages


def pages_of(memory: bytes | bytearray, first: int = 0, last: int = 0xFFFFFF) -> dict[int, bytes]:
    """The pages of a 16 MiB memory that are not all zeros, between two addresses.

    Banks that hold nothing cost a few microseconds each.
    """
    pages = {}
    for bank in range(first & 0xFF0000, last + 1, 1 << 16):
        low, high = max(bank, first & 0xFFFF00), min(bank + 0x10000, last + 1)
        block = bytes(memory[low:high])
        if not block.strip(b"\0"):
            continue
        for start in range(0, len(block), PAGE):
            page = block[start : start + PAGE].ljust(PAGE, b"\0")
            if page != _ZEROS:
                pages[low + start >> 8] = page
    return pages


def restore_pages(
    memory: bytearray, pages: Mapping[int, bytes], first: int = 0, last: int = 0xFFFFFF
) -> None:
    """Make a memory hold these pages between two addresses, and zeros elsewhere there."""
    for number in pages_of(memory, first, last).keys() - pages.keys():
        memory[number << 8 : (number << 8) + PAGE] = _ZEROS
    for number, page in pages.items():
        memory[number << 8 : (number << 8) + PAGE] = page
