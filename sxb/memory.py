# SPDX-License-Identifier: MIT
"""Reading and writing memory through the monitor: pure dialogues.

Single bytes go through ``/``, which reads back what it writes; blocks are read by W, as S28 records, and
filled by F.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from asm816.addresses import address_text
from asm816.errors import AsmError
from asm816.srec import read_srec
from asm816.target.boards import CHIP_REGISTERS
from asm816.target.monitor import BAUD
from sxb import errors
from sxb.answers import AT_PROMPT, DUMP_END, QUESTION
from sxb.dialogue import CR, GarbledError, ask, command, five_digits, insist, last_digit
from sxb.exchange import ANSWER_SECONDS, Dialogue, Exchange, Progress, Reply, wire_seconds

RECORD_EXTRA = 64
"""Characters of a dump beside three per byte: the last record and the end record."""

CHUNK = 64
"""Bytes read between two looks at the memory pointer, and repeated if the pointer is wrong."""

DUMP_CHUNK = 256
"""Bytes asked for by one W: 0.75 s on the line, repeated as a whole if a record is damaged."""

DUMP_WORTH = 16
"""From so many bytes on W is quicker than /: its two questions cost about 100 characters."""

FILL_SECONDS = 50e-6
"""F needs 24 us a byte (executed); twice that is waited for."""

BYTE_QUESTION = re.compile(rb"HEX \Z")

BREAK = 0x00
"""The opcode BRK."""


# Reading -----------------------------------------------------------------------------------------


def read_byte(address: int) -> Dialogue[int]:
    """One byte; leaves the pointer behind it."""
    place = address_text(address).encode()
    match = yield from command(b"/", place + b" ", "read byte")
    return int(match[1], 16)


def pointer_is(address: int) -> Dialogue[None]:
    """Garbled unless the memory pointer is where it should be."""
    match = yield from ask(Exchange(b"/\r", AT_PROMPT), "pointer")
    if match[1] + b":" + match[2] != address_text(address).encode():
        raise GarbledError(Reply(match[0], complete=True))


def read_block(address: int, length: int, begin: Progress | None = None) -> Dialogue[bytes]:
    """`length` bytes from `address`; progress counts on from `begin`.

    Blocks come by W, as S28 records: 2.8 characters per byte, and checksums.  A few bytes, and those at
    the very end of memory, where W shows no end record (executed), come one by one through ``/``.
    """
    begin = begin or Progress("read", 0, length)
    data = bytearray()
    while len(data) < length:
        at, count = address + len(data), min(DUMP_CHUNK, length - len(data))
        progress = replace(begin, done=begin.done + len(data))
        if count >= DUMP_WORTH and at + count <= 0xFFFFFF:
            data += yield from insist("W", partial(_read_dump, at, count, progress))
        else:
            data += yield from insist("/", partial(_read_chunk, at, min(CHUNK, count), progress))
    return bytes(data)


def _read_dump(address: int, length: int, progress: Progress) -> Dialogue[bytes]:
    """Have memory written as S28 records; each must be sound and in its place."""
    last = address + length - 1
    yield from ask(Exchange(b"W", QUESTION, progress=progress), "dump question")
    sixth = yield from five_digits(address)
    yield from last_digit(sixth, QUESTION, "end question")
    sixth = yield from five_digits(last)
    patience = ANSWER_SECONDS + wire_seconds(3 * length + RECORD_EXTRA, BAUD)
    reply = yield Exchange(sixth, DUMP_END, patience)
    data = _dumped_bytes(reply, sixth, address)
    if len(data) != length:
        raise GarbledError(reply)
    yield from ask(Exchange(b" ", AT_PROMPT), "loaded")  # W waits for any key
    return data


def _dumped_bytes(reply: Reply, echo: bytes, address: int) -> bytes:
    """The bytes of the records behind the last echo, which must lie gapless from `address` on."""
    if not reply.complete or not reply.data.startswith(echo + CR):
        raise GarbledError(reply)
    try:
        image = read_srec(reply.data[2:].decode("ascii"), "W")
    except (AsmError, UnicodeDecodeError) as error:
        raise GarbledError(reply) from error
    if len(image.segments) != 1 or image.first != address:
        raise GarbledError(reply)
    return image.segments[0].data


def _read_chunk(address: int, length: int, progress: Progress) -> Dialogue[bytes]:
    """Read through / and look at the pointer afterwards: a digit changed on the line shows there."""
    data = bytearray([(yield from read_byte(address))])
    while len(data) < length:
        now = replace(progress, done=progress.done + len(data))
        match = yield from ask(Exchange(b"/ ", AT_PROMPT, progress=now), "next byte")
        data.append(int(match[1], 16))
    yield from pointer_is(address + length)
    return bytes(data)


# Writing -----------------------------------------------------------------------------------------


def point(address: int) -> Dialogue[int]:
    """Set the memory pointer, checked; returns the byte there.

    Reading leaves the pointer one behind; < steps back and shows where it is.
    """
    yield from read_byte(address)
    match = yield from ask(Exchange(b"<", AT_PROMPT), "step back")
    if match[1] + b":" + match[2] != address_text(address).encode():
        raise GarbledError(Reply(match[0], complete=True))
    return int(match[3], 16)


def write_block(address: int, data: bytes) -> Dialogue[None]:
    """Write through ``/``; each byte is read back by the monitor.  For a few bytes: 17 characters each."""
    for offset in range(0, len(data), CHUNK):
        chunk = data[offset : offset + CHUNK]
        yield from insist("/", partial(_write_chunk, address + offset, chunk))


def _write_chunk(address: int, data: bytes) -> Dialogue[None]:
    yield from point(address)
    wrong = None
    for offset, byte in enumerate(data):
        match = yield from command(b"/", b"%02X " % byte, "write byte")
        found = int(match[1], 16)
        if found != byte and address + offset not in CHIP_REGISTERS:  # a register may well read differently
            wrong = (address + offset, byte, found)
            break
    if wrong is None:
        yield from pointer_is(address + len(data))
        return
    # Not writable, or a digit changed on the line: a second try tells.
    yield from point(wrong[0])
    match = yield from command(b"/", b"%02X " % wrong[1], "write byte")
    if int(match[1], 16) != wrong[1]:
        raise errors.not_written(wrong[0], wrong[1], int(match[1], 16))
    yield from _write_chunk(wrong[0], data[wrong[0] - address :])


def fill(address: int, length: int, byte: int) -> Dialogue[None]:
    """Fill memory by F, which does not look whether the bytes stick: compare afterwards."""
    yield from insist("F", partial(_fill, address, address + length - 1, byte))


def _fill(first: int, last: int, byte: int) -> Dialogue[None]:
    yield from ask(Exchange(b"F", QUESTION), "fill question")
    sixth = yield from five_digits(first)
    yield from last_digit(sixth, QUESTION, "end question")
    sixth = yield from five_digits(last)
    yield from last_digit(sixth, BYTE_QUESTION, "fill byte question")
    high, low = (b"%X" % digit for digit in divmod(byte, 16))
    reply = yield Exchange(high, re.compile(re.escape(high) + rb"\Z"))
    if reply.data != high:
        raise GarbledError(reply)
    patience = ANSWER_SECONDS + FILL_SECONDS * (last + 1 - first)
    match = yield from ask(Exchange(low, AT_PROMPT, patience), "filled")
    if match[1] != low:
        raise GarbledError(Reply(match[0], complete=True))


def put_break(address: int) -> Dialogue[int]:
    """Put a BRK; returns the byte that was there.

    Through ``/``, not by B: B stores at the sixth digit of an address, and a doubled fifth digit would
    make it store somewhere else.
    """
    before = (yield from read_block(address, 1))[0]
    yield from write_block(address, bytes([BREAK]))
    return before
