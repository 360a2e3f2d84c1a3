# SPDX-License-Identifier: MIT
"""Where control goes in a program: its blocks, and what in them can change the widths of the registers.

A pure pass over placed statements and the image they made; it reads opcodes and operands, never names,
so that it does not care how something was written.  A *block* is a run of statements that is entered at
its start only and left at its end only.

What is assumed: a called routine leaves the stack balanced; bytes of data between instructions are
instructions whose effect is not known; jumps through pointers lead out of what can be seen.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from asm816.statements import Data, Directive, Instruction, Label
from asm816.target.isa import OPCODES, Mode, Width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from asm816.addressing import Choice
    from asm816.image import Image
    from asm816.layout import Placed

ZERO, ONE = 1, 2
"""Values a flag may have, as a set: `ZERO | ONE` is a flag that is not known."""

UNKNOWN = ZERO | ONE


class Kind(IntEnum):
    """What an instruction means to the flow of control or to the widths."""

    PLAIN = 0
    CARRY = 1  # it changes the carry, nobody knows how
    CLC = 2
    SEC = 3
    IMMEDIATE = 4  # as wide as a register
    COMPARED = 5  # the same, and it changes the carry
    STORE = 6  # to an address that stands in the instruction
    MODIFY = 7  # the same, and it may change the carry
    # from here on: events, in the order of their effect
    REP = 8
    SEP = 9
    XCE = 10
    PHP = 11
    PLP = 12
    PUSH = 13
    PULL = 14
    STACK = 15  # the stack pointer is loaded
    DECLARE = 16  # .a8 and its relatives
    OPAQUE = 17  # data where instructions are
    # from here on: ends of blocks
    BRANCH = 18
    JUMP = 19
    CALL = 20
    RETURN = 21
    STOP = 22  # control does not go on here, nobody knows where
    BREAK = 23  # `.org` or another section: control goes on by address


_NAMES = {
    Kind.CLC: "CLC",
    Kind.SEC: "SEC",
    Kind.REP: "REP",
    Kind.SEP: "SEP",
    Kind.XCE: "XCE",
    Kind.PHP: "PHP",
    Kind.PLP: "PLP",
    Kind.PUSH: "PHA PHX PHY PHB PHD PHK PEA PEI PER",
    Kind.PULL: "PLA PLX PLY PLB PLD",
    Kind.STACK: "TCS TXS",
    Kind.BRANCH: "BCC BCS BEQ BMI BNE BPL BVC BVS",
    Kind.JUMP: "BRA BRL JMP JML",
    Kind.CALL: "JSR JSL",
    Kind.RETURN: "RTS RTL",
    Kind.STOP: "RTI STP",
    Kind.CARRY: "ADC SBC ASL LSR ROL ROR CMP CPX CPY",
}
_BY_MNEMONIC = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_STORES = ("STA", "STX", "STY", "STZ", "INC", "DEC", "TSB", "TRB", "ASL", "LSR", "ROL", "ROR")
_FIXED_ADDRESSES = (Mode.DIRECT, Mode.ABSOLUTE, Mode.ABSOLUTE_LONG)
_POINTED = (Mode.ABSOLUTE_INDIRECT, Mode.ABSOLUTE_INDEXED_INDIRECT, Mode.ABSOLUTE_INDIRECT_LONG)


def _kind_of(mnemonic: str, mode: Mode, width: Width) -> Kind:
    kind = _BY_MNEMONIC.get(mnemonic, Kind.PLAIN)
    if mode is Mode.IMMEDIATE and width in (Width.M, Width.X):
        return Kind.COMPARED if kind is Kind.CARRY else Kind.IMMEDIATE
    if mnemonic in _STORES and mode in _FIXED_ADDRESSES:
        return Kind.MODIFY if kind is Kind.CARRY else Kind.STORE
    if mode in _POINTED:
        return Kind.PLAIN if kind is Kind.CALL else Kind.STOP
    return kind


KINDS = tuple(_kind_of(op.mnemonic, op.mode, op.width) for op in OPCODES)
"""Opcode -> what it means to the flow."""

_PLAIN, _CLC, _SEC = int(Kind.PLAIN), int(Kind.CLC), int(Kind.SEC)
_FIRST_EVENT, _FIRST_END = int(Kind.REP), int(Kind.BRANCH)
_IMMEDIATES = (Kind.IMMEDIATE, Kind.COMPARED)
_STORES_TO = (Kind.STORE, Kind.MODIFY)
_GOING_ON = (Kind.PLAIN, Kind.BRANCH, Kind.CALL)
_new = tuple.__new__  # a third of the time of Event(...), in inner loops

DECLARED = {"a8": (ONE, 0), "a16": (ZERO, 0), "i8": (0, ONE), "i16": (0, ZERO)}
"""Directive -> the values of M and X that it declares; 0 says nothing."""


class Event(NamedTuple):
    """Something in a block: where (number of the statement), what, and its operand.

    The operand is the mask of REP and SEP, for XCE the values the carry may have, for DECLARE the values of
    M and (two bits higher) X, for ends of blocks the address to which they lead (-1 if it is not known).
    """

    number: int
    kind: Kind
    operand: int = 0


class Block(NamedTuple):
    """Statements `first` to `last` (excluded), the events among them, and how it ends.

    ``target`` is the block to which the end leads, -1 if that is not in the program; ``following`` the one
    that comes next if control goes on, -1 if it does not or if there is none.
    """

    first: int
    last: int
    events: tuple[Event, ...]
    end: Kind
    target: int
    following: int


class Flow(NamedTuple):
    """The blocks of a program in source order, and the statements that lints look at.

    ``immediates``, ``stores`` and ``directives`` are numbers of statements; ``changes`` are the events that
    do not end their block.  ``entry`` and ``reset`` are the blocks at the
    entry address and at the one in the reset vector, -1 where there is none.
    """

    blocks: tuple[Block, ...]
    entry: int
    reset: int
    immediates: tuple[int, ...]
    stores: tuple[int, ...]
    directives: tuple[int, ...]
    changes: tuple[Event, ...]


class Bytes:
    """The bytes of an image by address; made for readers that go up."""

    def __init__(self, image: Image) -> None:
        self._segments = image.segments
        self._starts = [segment.address for segment in image.segments]
        self._base = self._end = 0
        self._data = b""

    def number(self, address: int, length: int) -> int:
        """The number of `length` bytes at `address`, low byte first; missing bytes count 0."""
        if not self._base <= address < self._end and not self._find(address):
            return 0
        start = address - self._base
        return int.from_bytes(self._data[start : start + length], "little")

    def _find(self, address: int) -> bool:
        number = bisect_right(self._starts, address) - 1
        if number < 0 or address >= self._segments[number].end:
            return False
        segment = self._segments[number]
        self._base, self._end, self._data = segment.address, segment.end, segment.data
        return True


def target_of(code: int, address: int, operand: int) -> int:
    """Where a branch, jump or call at `address` leads; `operand` is its operand as it stands."""
    mode = OPCODES[code].mode
    if mode is Mode.RELATIVE:
        return address & 0xFF0000 | (address + 2 + (operand ^ 0x80) - 0x80) & 0xFFFF
    if mode is Mode.RELATIVE_LONG:
        return address & 0xFF0000 | (address + 3 + operand) & 0xFFFF
    return operand if mode is Mode.ABSOLUTE_LONG else address & 0xFF0000 | operand


class _Scan:
    """What one walk over the statements finds: events, places where blocks start, labels by address."""

    def __init__(self, placed: Sequence[Placed], image: Image) -> None:
        self.events: list[Event] = []
        self.immediates: list[int] = []
        self.stores: list[int] = []
        self.directives: list[int] = []
        self.labels: dict[int, int] = {}
        self.any_code = False
        self._placed = placed
        self._number = Bytes(image).number
        self._carry = UNKNOWN
        self._walk()

    def _walk(self) -> None:
        """Look at each statement once: most are instructions that mean nothing here."""
        kinds, labels, immediates, stores = KINDS, self.labels, self.immediates, self.stores
        for index, (statement, address, size, detail) in enumerate(self._placed):
            sort = type(statement)
            if sort is Instruction:
                kind = kinds[detail.op.code]
                if kind == _PLAIN:
                    continue
                if kind >= _FIRST_EVENT:
                    self._event(index, kind, address, detail)
                    continue
                if kind & 1:  # CARRY, COMPARED, MODIFY, and SEC
                    self._carry = ONE if kind == _SEC else UNKNOWN
                elif kind == _CLC:
                    self._carry = ZERO
                if kind in _IMMEDIATES:
                    immediates.append(index)
                elif kind in _STORES_TO:
                    stores.append(index)
            elif sort is Label:
                labels.setdefault(address, index)
                self._carry = UNKNOWN  # control may come from elsewhere
            elif sort is Data:
                self._data(index, size)
            elif sort is Directive:
                self.directives.append(index)
                self._directive(index, statement.name, size)  # type: ignore[union-attr, arg-type] # `sort` says so
        self.any_code = any(type(place.statement) is Instruction for place in self._placed)

    def _event(self, index: int, kind: Kind, address: int, choice: Choice) -> None:
        operand = 0
        if kind >= _FIRST_END:
            self._carry = UNKNOWN
            operand = self._target(address, choice)
        elif kind is Kind.XCE:
            operand, self._carry = self._carry, UNKNOWN
        elif kind is Kind.REP or kind is Kind.SEP:
            operand = self._number(address + 1, 1)
            if operand & 1:
                self._carry = ZERO if kind is Kind.REP else ONE
        elif kind is Kind.PLP:
            self._carry = UNKNOWN
        self.events.append(_new(Event, (index, kind, operand)))

    def _target(self, address: int, choice: Choice) -> int:
        width = choice.op.mode.operand_bytes
        if width <= 0:
            return -1
        if choice.operand_bytes > width:  # a branch over a jmp: it goes where that does
            return address & 0xFF0000 | self._number(address + 3, 2)
        return target_of(choice.op.code, address, self._number(address + 1, width))

    def _directive(self, index: int, name: str, size: int) -> None:
        if name in DECLARED:
            m, x = DECLARED[name]
            self.events.append(Event(index, Kind.DECLARE, m | x << 2))
        elif name in ("org", "section"):
            before = self._placed[index - 1] if index else None
            going_on = -1 if before is None else before.address + before.size
            self.events.append(Event(index, Kind.BREAK, going_on))
            self._carry = UNKNOWN
        elif name != "endr":
            self._data(index, size)

    def _data(self, index: int, size: int) -> None:
        if size > 0:
            self.events.append(Event(index, Kind.OPAQUE))
            self._carry = UNKNOWN


def flow_of(placed: Sequence[Placed], image: Image) -> Flow:
    """The flow of control in a program without errors: its statements in source order and its image."""
    scan = _Scan(placed, image)
    if not scan.any_code:
        return Flow((), -1, -1, (), (), tuple(scan.directives), ())
    events = scan.events
    ends = [event for event in events if event[1] >= _FIRST_END]
    changes = tuple([event for event in events if event[1] < _FIRST_END])
    targets = {event.operand for event in ends if event.operand >= 0}
    reset = Bytes(image).number(0xFFFC, 2)
    entries = {address for address in (image.entry, reset) if address}
    where = _statements_at(targets | entries, scan.labels, placed)
    cuts = sorted({0, *where.values(), *(end.number + 1 for end in ends)})
    if cuts[-1] == len(placed):
        cuts.pop()
    numbers = {first: number for number, first in enumerate(cuts)}
    at = {address: numbers[index] for address, index in where.items()}
    blocks = _blocks(events, cuts, at, len(placed))
    entry = -1 if image.entry is None else at.get(image.entry, -1)
    return Flow(
        tuple(blocks),
        entry,
        at.get(reset, -1) if reset else -1,
        tuple(scan.immediates),
        tuple(scan.stores),
        tuple(scan.directives),
        changes,
    )


def _statements_at(
    addresses: Iterable[int], labels: Mapping[int, int], placed: Sequence[Placed]
) -> dict[int, int]:
    """Address -> number of the first statement there, for those of `addresses` that have one."""
    found = {address: labels[address] for address in addresses if address in labels}
    rest = {address for address in addresses if address not in labels}
    if rest:
        for index, place in enumerate(placed):
            if place.size > 0 and place.address in rest and type(place.statement) is Instruction:
                found.setdefault(place.address, index)
    return found


def _blocks(events: Sequence[Event], cuts: Sequence[int], at: Mapping[int, int], total: int) -> list[Block]:
    blocks = []
    start = number = 0
    for block, (first, last) in enumerate(pairwise((*cuts, total)), 1):
        while number < len(events) and events[number][0] < last:
            number += 1
        inside = tuple(events[start:number])
        start = number
        end, target = Kind.PLAIN, -1
        if inside and inside[-1][1] >= _FIRST_END:
            _, end, operand = inside[-1]
            target = at.get(operand, -1)
        following = block if end in _GOING_ON and last < total else -1
        blocks.append(_new(Block, (first, last, inside, end, target, following)))
    return blocks
