# SPDX-License-Identifier: MIT
"""Which bytes of an image are instructions, and how wide A and the index registers are at each.

Control is followed from the entry address, from every known piece of code and from the start of each
segment: branches, jumps and calls to where they lead, `rep`, `sep`, `xce`, `php` and `plp` in what they do
to the widths.  What that does not reach is swept from front to back.  Every byte is looked at a bounded
number of times and has one byte of notes, so that time and memory grow with the image and no faster.

What is assumed: a called routine leaves the widths as they were; the first way into a piece of code says
how wide its registers are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from asm816.flow import KINDS, Bytes, Kind, target_of
from asm816.target.isa import OPCODES, Mode, Width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from asm816.debuginfo import DebugInfo
    from asm816.image import Image, Segment

START, INSIDE, DATA, M8, X8, LED_TO = 1, 2, 4, 8, 16, 32
"""Notes on a byte: it starts an instruction (with these widths), lies inside one, is data; and code leads to it."""

_TAKEN = START | INSIDE | DATA
_MOST_SAVED = 16  # widths that php has saved; what is deeper is forgotten
_SIZES = tuple(tuple(op.size(bool(n & 1), bool(n & 2)) for op in OPCODES) for n in range(4))
_POINTED = (Mode.ABSOLUTE_INDIRECT, Mode.ABSOLUTE_INDEXED_INDIRECT, Mode.ABSOLUTE_INDIRECT_LONG)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a program besides its bytes.

    ``symbols`` name addresses, ``code`` has the widths (m8, x8; None if not known) at the addresses of
    instructions, ``data`` the ranges (first address, size) of other bytes.
    """

    symbols: Mapping[str, int] = field(default_factory=dict)
    code: Mapping[int, tuple[bool | None, bool | None]] = field(default_factory=dict)
    data: Sequence[tuple[int, int]] = ()


NOTHING_KNOWN = Known()


def known_from(info: DebugInfo, image: Image) -> Known:
    """What debug info knows of the program whose bytes are `image`."""
    content = Bytes(image)
    code: dict[int, tuple[bool | None, bool | None]] = {}
    for row in info.rows:
        if row.kind == "code":
            m8, x8 = row.m8, row.x8
            op = OPCODES[content.number(row.address, 1)]
            if op.mode is Mode.IMMEDIATE and op.width is Width.M:
                m8 = row.size == 2
            elif op.mode is Mode.IMMEDIATE and op.width is Width.X:
                x8 = row.size == 2
            code[row.address] = m8, x8
    data = [(row.address, row.size) for row in info.rows if row.kind == "data"]
    return Known(info.addresses, code, data)


class _State(NamedTuple):
    """The widths, those that php saved, and the carry if an instruction has just set it."""

    m8: bool
    x8: bool
    saved: tuple[tuple[bool, bool] | None, ...] = ()
    carry: bool | None = None


class CodeMap:
    """The notes on the bytes of an image: ``notes[n]`` are those of segment n."""

    def __init__(self, image: Image, known: Known, m8: bool, x8: bool, *, follow: bool) -> None:
        self.segments = image.segments
        self.notes = [bytearray(len(segment.data)) for segment in image.segments]
        self._starts = [segment.address for segment in image.segments]
        self._known = known
        self._follow = follow
        for address, size in known.data:
            self._mark_data(address, size)
        start = _State(m8, x8)
        if follow:
            places = [] if image.entry is None else [image.entry]
            self._trace([(place, start) for place in (*places, *sorted(known.code), *self._starts)])
        for segment, notes in zip(self.segments, self.notes, strict=True):
            self._sweep(segment, notes, start)

    def note(self, address: int) -> int | None:
        """The note on the byte at `address`, None outside of the image."""
        number = self._segment(address)
        return None if number < 0 else self.notes[number][address - self._starts[number]]

    def _segment(self, address: int) -> int:
        number = bisect_right(self._starts, address) - 1
        return number if number >= 0 and address < self.segments[number].end else -1

    def _mark_data(self, address: int, size: int) -> None:
        for segment, notes in zip(self.segments, self.notes, strict=True):
            first, last = max(address, segment.address), min(address + size, segment.end)
            if first < last:
                notes[first - segment.address : last - segment.address] = bytes((DATA,)) * (last - first)

    # -- following control

    def _trace(self, roots: list[tuple[int, _State]]) -> None:
        for root in roots:
            work = [root]
            while work:
                address, state = work.pop()
                work.extend(self._path(address, state))

    def _path(self, address: int, state: _State) -> Iterator[tuple[int, _State]]:
        """Note what follows from `address` on; the places that it leads to besides."""
        number = self._segment(address)
        if number < 0:
            return
        segment, notes = self.segments[number], self.notes[number]
        offset = address - segment.address
        while True:
            state = self._informed(segment.address + offset, state)
            size = self._claim(segment, notes, offset, state)
            if not size:
                return
            kind = KINDS[segment.data[offset]]
            operand = int.from_bytes(segment.data[offset + 1 : offset + size], "little")
            if kind >= Kind.BRANCH:
                target = _target(segment.data[offset], segment.address + offset, operand)
                if target is not None:
                    self._lead_to(target)
                    yield target, state._replace(saved=() if kind is Kind.CALL else state.saved, carry=None)
                if kind not in (Kind.BRANCH, Kind.CALL):
                    return
            state = _after(kind, operand, state)
            offset += size

    def _informed(self, address: int, state: _State) -> _State:
        m8, x8 = self._known.code.get(address, (None, None))
        if m8 is None and x8 is None:
            return state
        return state._replace(m8=state.m8 if m8 is None else m8, x8=state.x8 if x8 is None else x8)

    def _lead_to(self, address: int) -> None:
        number = self._segment(address)
        if number >= 0:
            self.notes[number][address - self._starts[number]] |= LED_TO

    @staticmethod
    def _claim(segment: Segment, notes: bytearray, offset: int, state: _State) -> int:
        """Note an instruction; its size, or 0 where none can start."""
        if offset >= len(notes) or notes[offset] & _TAKEN:
            return 0
        size = _SIZES[state.m8 | state.x8 << 1][segment.data[offset]]
        last = offset + size - 1
        if last >= len(notes) or any(note & _TAKEN for note in notes[offset + 1 : last + 1]):
            return 0
        place = segment.address + offset
        if place >> 16 != (place + size - 1) >> 16:
            return 0  # the processor would fetch the rest from the start of the bank
        notes[offset] |= START | M8 * state.m8 | X8 * state.x8
        for inside in range(offset + 1, last + 1):
            notes[inside] |= INSIDE
        return size

    # -- what nothing leads to

    def _sweep(self, segment: Segment, notes: bytearray, state: _State) -> None:
        offset = 0
        while offset < len(notes):
            note = notes[offset]
            if note & START:
                state = _State(bool(note & M8), bool(note & X8))
                size = _SIZES[state.m8 | state.x8 << 1][segment.data[offset]]
            elif note & DATA:
                size = 0
            else:
                state = self._informed(segment.address + offset, state)
                size = self._claim(segment, notes, offset, state)
            if size:
                kind = KINDS[segment.data[offset]]
                operand = int.from_bytes(segment.data[offset + 1 : offset + size], "little")
                if kind >= Kind.BRANCH and not note & START:
                    target = _target(segment.data[offset], segment.address + offset, operand)
                    if target is not None:
                        self._lead_to(target)
                if self._follow:
                    state = _after(kind, operand, state)
            offset += size or 1


def _target(code: int, address: int, operand: int) -> int | None:
    """Where a branch, jump or call leads, if that stands in it."""
    mode = OPCODES[code].mode
    if mode.operand_bytes <= 0 or mode in _POINTED:
        return None
    return target_of(code, address, operand)


def _after(kind: Kind, operand: int, state: _State) -> _State:
    """The state behind an instruction that is not the end of its path."""
    m8, x8, saved, carry = state
    if kind in (Kind.REP, Kind.SEP):
        value = kind is Kind.SEP
        return _State(
            value if operand & 0x20 else m8,
            value if operand & 0x10 else x8,
            saved,
            value if operand & 1 else carry,
        )
    if kind in (Kind.CLC, Kind.SEC):
        return _State(m8, x8, saved, kind is Kind.SEC)
    if kind is Kind.XCE:
        return _State(m8 or bool(carry), x8 or bool(carry), saved)
    if kind is Kind.PHP:
        return _State(m8, x8, ((m8, x8), *saved[: _MOST_SAVED - 1]), carry)
    if kind is Kind.PLP:
        m8, x8 = (saved[0] if saved else None) or (m8, x8)
        return _State(m8, x8, saved[1:])
    if kind is Kind.PUSH:
        return _State(m8, x8, (None, *saved[: _MOST_SAVED - 1]) if saved else saved, carry)
    if kind is Kind.PULL:
        return _State(m8, x8, saved[1:], carry)
    if kind is Kind.STACK:
        return _State(m8, x8, (), carry)
    return state if carry is None or kind is Kind.PLAIN else _State(m8, x8, saved)
