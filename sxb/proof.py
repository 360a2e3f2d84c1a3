# SPDX-License-Identifier: MIT
"""What proves a load: probing before it, reading back or a CRC on the board after it.  Pure dialogues.

The CRC is computed by a routine of ours (`sxb.crc`) that borrows a seat: 88 bytes of the image's own RAM,
which are loaded, or put back, when the rest is proven.  So nothing beside the image is touched, and an
image that fills all RAM can be proven too.  The routine is read back before it is called, and only the
very value that the image has counts: a damaged routine, a wrong start or a garbled answer leads to
reading back, never to a false success.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from asm816.image import Image, Segment, image_of
from asm816.target.boards import CHIP_REGISTERS, MONITOR_OWNED, Range
from sxb import crc, errors
from sxb.answers import NEVER
from sxb.dialogue import (
    GarbledError,
    Registers,
    aim_call,
    call,
    command,
    find_prompt,
    insist,
    put_registers,
    read_registers,
)
from sxb.exchange import ANSWER_SECONDS, Dialogue, Exchange, Progress, Reply
from sxb.loading import load
from sxb.memory import point, read_block, read_byte, write_block
from sxb.records import BANK_BYTES, cut, regions_of

SECOND_LOOKS = 8
"""So many differing bytes of one piece are read again, against a digit changed on the way here."""

CRC_WORTH = 768
"""From so many bytes in one piece on a CRC is quicker than W.

W takes 116 + 256 * 45 / 16 = 836 characters for 256 bytes (`sxb.memory`).  The CRC takes, once: the routine 222,
reading it back 364, registers 186, its seat read back 364; per piece: J 259, the number of bytes 19.  That is
1414 characters, and 60 cycles a byte (0.016 characters) instead of 3.3 characters.
"""

CRC_SECONDS = 80e-6
"""For one byte: more than twice what a board with a 1.8432 MHz crystal takes."""

BLOCK = 2048
"""Bytes whose CRC is asked for at once: a block that differs is read back, 6.5 s at 9600 baud."""

CALL_WORTH = 128
"""And from so many on a further piece is: a call takes about 370 characters."""

CRC_ATTEMPTS = 2
"""How often a CRC that does not come is asked for; then memory is read back."""

SIXTEEN = 16
"""Where the routine may lie: the last digit of its address must be 0 (see `crc.asm`)."""

INDEX_8 = 0x10
"""The flag X of P: index registers of 8 bits."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One byte of memory that is not the image's."""

    address: int
    wanted: int
    found: int


# Before ------------------------------------------------------------------------------------------


def probe(image: Image) -> Dialogue[None]:
    """Make sure that the whole range of the image is RAM, before anything is loaded; memory is restored.

    A digit may have changed on the line, so a region is given up only when a second look agrees.
    """
    for first, last in regions_of(image):
        for look in (1, 2):
            bad = yield from insist("/", partial(_probe_ends, first, last))
            if bad is None:
                break
            if look == 2:
                raise errors.not_ram(bad.address, bad.wanted, bad.found)


def _probe_ends(first: int, last: int) -> Dialogue[Difference | None]:
    """Write both ends of a region, read both again, restore both.

    Absent memory may read as whatever lingers on the bus, so the ends get different bytes before the
    first is looked at again.
    """
    ends = (first, last) if first != last else (first,)
    kept: list[int] = []
    bad: list[Difference] = []
    for address, flip in zip(ends, (0xFF, 0x5A), strict=False):
        kept.append((yield from point(address)))
        yield from _poke(kept[-1] ^ flip)
    for address, old, flip in zip(ends, kept, (0xFF, 0x5A), strict=False):
        found = yield from read_byte(address)
        if found != old ^ flip:
            bad.append(Difference(address, old ^ flip, found))
    for address, old in zip(ends, kept, strict=True):
        yield from point(address)
        yield from _poke(old)
    return bad[0] if bad else None


def _poke(byte: int) -> Dialogue[None]:
    """Write a byte at the pointer, whatever memory makes of it."""
    yield from command(b"/", b"%02X " % byte, "write byte")


# Reading back ------------------------------------------------------------------------------------


def compare(image: Image) -> Dialogue[tuple[Difference, ...]]:
    """Read the image's whole range back; every byte that is not the image's."""
    differences: list[Difference] = []
    done, total = 0, image.size
    for segment in image.segments:
        found = yield from read_block(segment.address, len(segment.data), Progress("verify", done, total))
        wrong = [n for n, byte in enumerate(segment.data) if found[n] != byte]
        differences += yield from _second_look(segment, found, wrong)
        done += len(segment.data)
    return tuple(differences)


def _second_look(segment: Segment, found: bytes, wrong: list[int]) -> Dialogue[list[Difference]]:
    """The differing bytes that still differ when read again; only the first few are read again."""
    real: list[Difference] = []
    for place, n in enumerate(wrong):
        address, byte = segment.address + n, found[n]
        if place < SECOND_LOOKS:
            byte = yield from insist("/", partial(read_byte, address))
        if byte != segment.data[n]:
            real.append(Difference(address, segment.data[n], byte))
    return real


def without_owned(image: Image) -> Image:
    """The image less what the monitor and the chip change by themselves: that cannot be compared."""
    pieces = [(segment.address, segment.data) for segment in image.segments]
    for owned in (*MONITOR_OWNED, CHIP_REGISTERS):
        pieces = [part for address, data in pieces for part in _around(owned, address, data)]
    return image_of(pieces, image.entry)


def _around(owned: Range, address: int, data: bytes) -> list[tuple[int, bytes]]:
    part = owned.overlap(address, address + len(data) - 1)
    if part is None:
        return [(address, data)]
    before, behind = part[0] - address, part[1] + 1 - address
    return [piece for piece in ((address, data[:before]), (part[1] + 1, data[behind:])) if piece[1]]


# By CRC ------------------------------------------------------------------------------------------


def seat_in(image: Image) -> Segment | None:
    """The part of `image` that the routine may borrow, or None if reading back is quicker or must be."""
    seats = []
    for segment in image.segments:
        end = (segment.end - len(crc.ROUTINE)) & -SIXTEEN
        if segment.end <= BANK_BYTES and end >= segment.address and len(segment.data) >= CRC_WORTH:
            offset = end - segment.address
            seats.append(Segment(end, segment.data[offset : offset + len(crc.ROUTINE)]))
    return max(seats, key=lambda seat: seat.address, default=None)


def less(image: Image, seat: Segment) -> Image:
    """`image` without its seat."""
    taken = Range(seat.address, seat.end - 1, "")
    pieces = [part for piece in image.segments for part in _around(taken, piece.address, piece.data)]
    return image_of(pieces, image.entry)


def not_proven(image: Image, seat: Segment) -> Dialogue[Image]:
    """The part of `image` (which has no part in `seat`) that a CRC on the board did not prove.

    First each piece as a whole, then what differs by blocks.  The memory at `seat` is the routine's
    afterwards; the saved registers are as before.
    """
    before = yield from read_registers()
    calls = _Calls(seat, before)
    yield from calls.prepare()
    left = yield from calls.differing(image, BANK_BYTES)
    if left.size > BLOCK:
        left = yield from calls.differing(left, BLOCK)
    yield from calls.finish()
    return left


def differing_blocks(image: Image, seat: Segment) -> Dialogue[Image]:
    """The same by blocks from the start: for memory that is expected to differ here and there."""
    before = yield from read_registers()
    calls = _Calls(seat, before)
    yield from calls.prepare()
    left = yield from calls.differing(image, BLOCK)
    yield from calls.finish()
    return left


class _Calls:
    """The routine in its seat, and calls of it."""

    def __init__(self, seat: Segment, before: Registers) -> None:
        self._seat = seat
        self._before = before
        self._after = before
        self._seated = False

    def prepare(self) -> Dialogue[None]:
        """What the routine wants of the registers that J gives it: D = DBR = 0, index 16 bits."""
        before = self._before
        ready = replace(before, d=0, dbr=0, p=before.p & ~INDEX_8)
        self._after = yield from put_registers(before, ready)

    def finish(self) -> Dialogue[None]:
        """The registers as they were."""
        yield from put_registers(self._after, self._before)

    def differing(self, image: Image, block: int) -> Dialogue[Image]:
        """The pieces of at most `block` bytes that are not proven."""
        left: list[tuple[int, bytes]] = []
        done = 0
        for piece in image.chunks(block):
            even = len(piece.data) & ~1
            part, rest = piece.data[:even], piece.data[even:]
            if rest:
                left.append((piece.address + even, rest))
            if even < CALL_WORTH or piece.address + even > BANK_BYTES:
                left.append((piece.address, part))
            else:
                found = yield from self._ask(piece.address, even, Progress("verify", done, image.size))
                if found != crc.crc(part):
                    left.append((piece.address, part))
            done += len(piece.data)
        return image_of(left)

    def _ask(self, address: int, length: int, progress: Progress) -> Dialogue[int | None]:
        """The CRC of the board's memory; None if it does not come."""
        for _ in range(CRC_ATTEMPTS):
            try:
                return (yield from self._call(address, length, progress))
            except GarbledError:
                self._seated = False
                yield from find_prompt()
            except errors.RefusedByBoardError:
                return None
        return None

    def _call(self, address: int, length: int, progress: Progress) -> Dialogue[int]:
        if self._seated:
            yield from write_block(self._seat.address + crc.BASE, crc.base_of(address))
        else:
            yield from self._sit(address, progress)
        yield from command(b"|", b"X%04X" % length, "set register")
        yield Exchange(b"", NEVER, 0.0, progress=progress)
        digit = yield from aim_call(self._seat.address)
        _, registers = yield from call(digit, ANSWER_SECONDS + CRC_SECONDS * length, quiet=0.0)
        if registers is None:
            raise GarbledError(Reply(b"", complete=False))
        self._after = registers
        return registers.y << 16 | registers.x

    def _sit(self, address: int, progress: Progress) -> Dialogue[None]:
        """Load the routine, and read it back: it is called only if it is all there."""
        routine = crc.routine_for(address)
        yield from load(cut(image_of([(self._seat.address, routine)])))
        found = yield from read_block(self._seat.address, len(routine), progress)
        if found != routine:
            raise GarbledError(Reply(found, complete=True))
        self._seated = True
