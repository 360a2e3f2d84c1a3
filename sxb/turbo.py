# SPDX-License-Identifier: MIT
"""Turbo: raw blocks with a CRC, at the highest baud rate that both sides prove.  Pure dialogues.

A loader of ours (`turbo.asm`) is put by S records into RAM of the image itself, so nothing beside the image
is touched, and called by J.  What goes over the line then:

* A frame is bytes in reverse order, the last one first, and a CRC of 32 bits.  A header has six bytes: address
  less 1 (three bytes), a mark, and how many bytes the block has that follows as a second frame.  With no bytes to
  follow it is a command: the low byte is a value for T4, or the high byte has bit 7 and the loader leaves.
* The answer is the mark and ``K`` when memory, read back, has the CRC; ``??`` when something must be sent again.
  Each frame that is sent has another mark, so a late answer is never taken for this one's.
* After a change of rate the loader waits 0.3 s for a frame at the new one, then goes back to the monitor's and
  says ``??``.  At any rate it leaves after 1.8 s without sense: T4, UART and registers as they were.

The last block lies over the loader's first part, which has done its work by then, and the loader leaves behind
it.  What is left of the loader is loaded by S records and read back (`sxb.proven`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from asm816.image import Image, Segment, image_of
from asm816.target.boards import CHIP_REGISTERS, ON_CHIP_RAM
from asm816.target.monitor import BAUD
from asm816.target.registers import BY_NAME
from sxb import errors
from sxb.answers import AT_PROMPT, NEVER
from sxb.dialogue import (
    aim_call,
    find_prompt,
    insist,
    put_registers,
    read_registers,
)
from sxb.exchange import Dialogue, Exchange, Progress
from sxb.loading import load
from sxb.memory import pointer_is, read_byte
from sxb.records import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).with_name("turbo.asm")

_HEAD = (
    "EAEAEAEAEAEAEAEAEAEAEAEAEAEAEAEA08C23848DA5AE220A20000AD76DF4A9003CAD0F778AD49DF48293F8D49DFAD76DF48"
    "AD58DF48A9278D76DF0BF4F0002B20EC00A93FEBA93F208E01A2FF0086166418A00600202D01901EC60EF00CC00600F0E820"
    "770190FB80D9A50FF007A30320A40180CB4C160120EC00A414F019A6108616A5128518A51310034C0E01202D01B0D0208901"
    "80B3208901A51130D6A51020A401A906850E850F809F640FA924850E60EA"
)
_TAIL = (
    "202D01B0032089012B6820A401688D76DFAD77DF688D49DFC2307AFA68286BA2FFFF8619861B207701B0229716B716205C01"
    "88D0F1A00400207701B010205C0188D0F5A519051A051B051CC90160451C851CC220A519A208000A261B900349AF00CAD0F5"
    "8519E22060A200402C48DF7005CAD0F83860AD77DF1860A94BEBA51358EA78209501EB8D77DFA20900CAD0FD2C48DF10FB60"
    "8D68DF9C69DF60EA"
)

ENTRY = 0x40
"""Where in a page the loader begins; J's last digit may be any and still meet it."""

VARIABLES = 0x100
"""Where its variables lie: from here on the loader is needed to the last."""

PARTS: tuple[Segment, ...] = (
    Segment(ENTRY, bytes.fromhex(_HEAD)),
    Segment(VARIABLES + 14, bytes.fromhex(_TAIL)),
)
"""The loader as it lies in page 0."""

END = PARTS[-1].end

PAGED = (
    126,
    130,
    138,
    141,
    151,
    165,
    178,
    183,
    186,
    205,
    208,
    213,
    218,
    227,
    272,
    277,
    282,
    310,
    319,
    328,
    333,
    403,
)
"""Where in it the high bytes of addresses stand."""

RATES = (115_200, 57_600, 38_400, 19_200)
"""Tried in this order; then it is the monitor's own."""

WORTH = 1024
"""From so many bytes on turbo is quicker.

Around the blocks it takes: the loader 742 characters, its rest afterwards 430 and 690 to read back, T4, registers
and J 350, the dump on return 226: 2.5 s.  By records a byte takes 2.1 characters and the proof 1400 in all
(`sxb.proof`), so 1024 bytes 3.7 s.
"""

BLOCK = 2048
"""Bytes of a block: 0.18 s at 115200 baud, with 22 characters around them."""

SENDS = 4
"""How often a block is sent before the rate is given up."""

SURE_SECONDS = 0.8
"""For an answer: it comes at once, and 0.1 s after a frame that lost a byte; the rest is networks and slow machines.

Twice that (no answer, then late ones) is less than the loader's patience.
"""

TRY_SECONDS = 0.1
"""For the answer to one of two frames at a new rate: the loader's 0.3 s must be enough for both."""

BACK_SECONDS = 0.6
"""Until the loader is back at the monitor's rate."""

LEAVE_SECONDS = 2.5
"""Until it has left, after what was the last sense to it, and the register dump is through."""

AGAIN = b"??"
_LEAVE = 0x8000
_LAST = 0x80
_START = 0xFFFFFFFF
_POLYNOMIAL = 0x000000AF
"""x^32 + x^7 + x^5 + x^3 + x^2 + x + 1, from the tables of primitive polynomials modulo 2."""

_INDEX_8 = 0x10


@dataclass(frozen=True, slots=True)
class Transferred:
    """What went through: at `baud`, in `blocks`, `resent` frames sent again; `left` is for S records."""

    baud: int
    blocks: int
    resent: int
    left: Image


class _DoubtError(Exception):
    """Something does not go as it should: records are surer."""


# Pure values -------------------------------------------------------------------------------------


def remainder(data: bytes) -> int:
    """The CRC of a frame, over its bytes from the last to the first."""
    value, steps = _START, _steps()
    for byte in reversed(data):
        value = value << 8 & 0xFFFFFFFF ^ steps[value >> 24 ^ byte]
    return value


@cache
def _steps() -> tuple[int, ...]:
    """The remainder of each byte times x^32."""
    table = []
    for value in range(256):
        rest = value << 24
        for _ in range(8):
            rest = rest << 1 ^ (1 << 32 | _POLYNOMIAL if rest >> 31 else 0)
        table.append(rest)
    return tuple(table)


def frame(data: bytes) -> bytes:
    """`data` as it goes over the line."""
    return data[::-1] + remainder(data).to_bytes(4, "big")


def header(word: int, mark: int, length: int) -> bytes:
    """The frame before a block, or a command if `length` is 0."""
    return frame((word & 0xFFFFFF).to_bytes(3, "little") + bytes([mark]) + length.to_bytes(2, "little"))


def loader_in(page: int) -> tuple[Segment, ...]:
    """The loader, made ready for a page (address / 256) of bank 0."""
    parts = []
    for part in PARTS:
        data = bytearray(part.data)
        for place in PAGED:
            if part.address <= place < part.end:
                data[place - part.address] += page
        parts.append(Segment((page << 8) + part.address, bytes(data)))
    return tuple(parts)


def page_in(image: Image) -> int | None:
    """The last page of external RAM in bank 0 in which the loader finds place within `image`."""
    pages = []
    for segment in image.segments:
        page = (min(segment.end, CHIP_REGISTERS.first) - END) >> 8
        first = (page << 8) + ENTRY
        if first >= segment.address and first > ON_CHIP_RAM[0].last:
            pages.append(page)
    return max(pages, default=None)


def values_for(timer: int) -> Iterator[tuple[int, int]]:
    """(baud, value of T4) of the rates that the crystal can do exactly.

    `timer` is T4's value at the monitor's own rate, so that any crystal is right which the monitor knows.
    """
    for baud in RATES:
        ticks, rest = divmod(timer + 1, baud // BAUD)
        if ticks and not rest:
            yield baud, ticks - 1


def _between(image: Image, first: int, last: int) -> Image:
    """The part of `image` from `first` to `last`, the latter not included."""
    pieces = ((s, max(first, s.address), min(last, s.end)) for s in image.segments)
    return image_of(
        (low, s.data[low - s.address : high - s.address]) for s, low, high in pieces if low < high
    )


# The dialogue ------------------------------------------------------------------------------------


def transfer(image: Image, page: int) -> Dialogue[Transferred | None]:
    """Send `image` but for what lies under the loader's rest; starts and ends at the prompt.

    None if there was any doubt: the image's memory is then not known, nothing else is touched.
    """
    before = yield from read_registers()
    link = _Link(image, page)
    try:
        timer = yield from insist("/", partial(read_byte, BY_NAME["T4LL"].address))
        yield from put_registers(before, replace(before, d=0, dbr=0, p=before.p & ~_INDEX_8))
        for part in loader_in(page):
            yield from insist("S", partial(_place, part))
        done = yield from link.run(timer)
        yield from _left()
    except (_DoubtError, errors.RefusedByBoardError):
        yield from link.dismiss()
        yield from _left()
        done = None
    yield from put_registers((yield from read_registers()), before)
    return done


def _place(part: Segment) -> Dialogue[None]:
    """Load a part of the loader.  The monitor reads back what it stores; where that was, its pointer says."""
    yield from load(cut(image_of([(part.address, part.data)])))
    yield from pointer_is(part.end)


def _left() -> Dialogue[None]:
    """Wait in silence until the loader has left, wherever it was, and the dump has shown the prompt."""
    reply = yield Exchange(b"", AT_PROMPT, LEAVE_SECONDS)
    if not reply.complete:
        yield from find_prompt()


class _Link:
    """The loader at the other end."""

    def __init__(self, image: Image, page: int) -> None:
        self._base = page << 8
        head, rest = self._base + ENTRY, self._base + END
        self._last = _between(image, head, self._base + VARIABLES).segments[0]
        self._rest = _between(image, self._base + VARIABLES, rest).segments[0]
        around = (_between(image, 0, head), _between(image, rest, 1 << 24))
        self._blocks = tuple(
            image_of((s.address, s.data) for part in around for s in part.segments).chunks(BLOCK)
        )
        self._total = image.size
        self._marks = cycle(range(0x41, 0x7B))  # letters, so none is ? or K's flow control
        self._baud = BAUD
        self._resent = 0

    def run(self, timer: int) -> Dialogue[Transferred]:
        """From J to the acknowledgement of the last block."""
        digit = yield from aim_call(self._base + ENTRY)
        reply = yield Exchange(digit, _ending(AGAIN), BACK_SECONDS)
        if not reply.complete:
            raise _DoubtError
        yield from self._climb(timer)
        done = 0
        for block in self._blocks:
            yield from self._insist(block, Progress("load", done, self._total))
            done += len(block.data)
        left = [self._rest]
        if not (yield from self._send(self._last, _LAST, Progress("load", done, self._total))):
            left.append(self._last)
        return Transferred(
            self._baud, len(self._blocks) + 1, self._resent, image_of((s.address, s.data) for s in left)
        )

    def dismiss(self) -> Dialogue[None]:
        """Tell the loader to leave.  At the monitor's own rate this could be taken for commands: it leaves by itself."""
        if self._baud > BAUD:
            mark = next(self._marks)
            yield Exchange(header(_LEAVE, mark, 0), _answer(mark), TRY_SECONDS, baud=self._baud)

    def _climb(self, timer: int) -> Dialogue[None]:
        """Go to the highest rate at which a frame and its answer come through."""
        for baud, value in values_for(timer):
            mark = next(self._marks)
            reply = yield Exchange(header(value, mark, 0), _answer(mark), SURE_SECONDS)
            if not reply.complete:
                raise _DoubtError
            for _ in range(2):
                mark = next(self._marks)
                reply = yield Exchange(header(value, mark, 0), _answer(mark), TRY_SECONDS, baud=baud)
                if reply.complete:
                    self._baud = baud
                    return
            reply = yield Exchange(b"", _ending(AGAIN), BACK_SECONDS)
            if not reply.complete:
                raise _DoubtError

    def _insist(self, block: Segment, progress: Progress) -> Dialogue[None]:
        for _ in range(SENDS):
            if (yield from self._send(block, 0, progress)):
                return
        raise _DoubtError

    def _send(self, block: Segment, flag: int, progress: Progress) -> Dialogue[bool]:
        """One block; True if the board's memory holds it."""
        mark = next(self._marks) | flag
        good = bytes([mark]) + b"K"
        sent = header(block.address - 1, mark, len(block.data)) + frame(block.data)
        reply = yield Exchange(sent, _ending(good, AGAIN), SURE_SECONDS, baud=self._baud, progress=progress)
        if reply.data == good:
            return True
        self._resent += 1
        if reply.data != AGAIN:  # let late answers come
            yield Exchange(b"", NEVER, SURE_SECONDS, baud=self._baud)
        return False


def _answer(mark: int) -> re.Pattern[bytes]:
    return _ending(bytes([mark]) + b"K")


def _ending(*texts: bytes) -> re.Pattern[bytes]:
    return re.compile(b"(?:" + b"|".join(re.escape(text) for text in texts) + rb")\Z")
