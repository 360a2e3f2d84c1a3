# SPDX-License-Identifier: MIT
"""An image cut into what the monitor's loader takes well, and who may be written to.

Records have an even number of data bytes: a record with an odd number of bytes that do not stick lets
the loader's counter run past zero, and it then swallows everything (executed).  An odd last byte is
written through ``/`` instead; padding would overwrite a byte that is not the program's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asm816.image import Segment
from asm816.records import SPACE
from asm816.target.boards import CHIP_REGISTERS, MASK_ROM, MONITOR_OWNED, ON_CHIP_RAM, Range
from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asm816.image import Image

RECORD_BYTES = 250
"""Data bytes of a record.

n bytes take 14 + 2n characters and 5 of answer, so more is better: 16 bytes run at 32 % of the line, 64 at 44 %,
250 at 48 % (50 % is the limit).  251 is the most the count can say, and it must be even.  If one character in
10,000 is damaged, n = sqrt(19 / (4 * 0.0001)) = 218 would be best; a line worse than that needs mending.
"""

BANK_BYTES = 0x10000

MEMORY_REGIONS: tuple[Range, ...] = (
    ON_CHIP_RAM[0],
    Range(0x000200, 0x007FFF, "external RAM of the SXB"),
    Range(0x008000, 0x00DEFF, "external memory, chip select 4"),
    CHIP_REGISTERS,
    ON_CHIP_RAM[1],
    Range(0x00DFC0, 0x00DFFF, "external memory, chip selects"),
    MASK_ROM,
)
"""Bank 0 as the chip divides it; further banks are one region each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to send for an image: `records` by S2, then `odd` bytes one by one, all in rising order."""

    records: tuple[Segment, ...]
    odd: tuple[Segment, ...]

    @property
    def size(self) -> int:
        """Bytes of both."""
        return sum(len(piece.data) for piece in self.pieces)

    @property
    def pieces(self) -> tuple[Segment, ...]:
        """Records and odd bytes."""
        return self.records + self.odd


def cut(image: Image) -> Plan:
    """The records and odd bytes of an image.  No record crosses a bank."""
    records: list[Segment] = []
    odd: list[Segment] = []
    for run in _within_banks(image.segments):
        even = len(run.data) & ~1
        for offset in range(0, even, RECORD_BYTES):
            data = run.data[offset : min(offset + RECORD_BYTES, even)]
            records.append(Segment(run.address + offset, data))
        if even < len(run.data):
            odd.append(Segment(run.address + even, run.data[even:]))
    return Plan(tuple(records), tuple(odd))


def _within_banks(segments: Iterable[Segment]) -> Iterator[Segment]:
    for segment in segments:
        offset = 0
        while offset < len(segment.data):
            address = segment.address + offset
            room = BANK_BYTES - address % BANK_BYTES
            yield Segment(address, segment.data[offset : offset + room])
            offset += room


def regions_of(image: Image) -> Iterator[tuple[int, int]]:
    """First and last address of every part of the image that must be probed.

    The parts are cut where the memory map changes, so that probing both ends of each says whether all
    of it is RAM.  On-chip RAM is in every chip, and registers are not memory: neither is probed.
    """
    for run in _within_banks(image.segments):
        if run.address >= BANK_BYTES:
            yield run.address, run.end - 1
            continue
        for region in MEMORY_REGIONS:
            part = region.overlap(run.address, run.end - 1)
            if part and region not in (*ON_CHIP_RAM, CHIP_REGISTERS):
                yield part


def check_guards(first: int, last: int, *, force: bool = False) -> None:
    """Refuse the monitor's memory and the chip's registers (unless forced), and the ROM in any case.

    Raises GuardedError or RefusedByBoardError, naming the first part that is not the user's.
    """
    owned = _owned(first, last)
    if owned and not force:
        raise errors.guarded(*owned)
    part = MASK_ROM.overlap(first, last)
    if part:
        raise errors.in_rom(*part)


def _owned(first: int, last: int) -> tuple[int, int, str] | None:
    """The first part that is the monitor's or the chip's, and what it is."""
    for owned in (*MONITOR_OWNED, CHIP_REGISTERS):
        part = owned.overlap(first, last)
        if part:
            return (*part, owned.what)
    return None


def owned_part(image: Image) -> tuple[int, int, str] | None:
    """The first part of an image that is the monitor's or the chip's: first and last address, what it is."""
    parts = (_owned(segment.address, segment.end - 1) for segment in image.segments)
    return next((part for part in parts if part), None)


def check_range(address: int, length: int) -> None:
    """Raise UsageError for what does not lie in the 24-bit address space."""
    if not 0 <= address < SPACE or length < 0 or address + length > SPACE:
        raise errors.UsageError(
            "S0203", f"{length} bytes at {address:#x} lie outside of memory", "addresses have 24 bits"
        )


def check_write(address: int, length: int, *, force: bool = False) -> None:
    """`check_range` and `check_guards` for a write or fill.  Pure: to be asked before a port is opened."""
    check_range(address, length)
    if length:
        check_guards(address, address + length - 1, force=force)


def check_image(image: Image, *, force: bool = False) -> None:
    """`check_guards` for all of an image.  Pure: to be asked before anything is opened or sent."""
    for segment in image.segments:
        check_guards(segment.address, segment.end - 1, force=force)
