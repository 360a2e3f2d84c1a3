# SPDX-License-Identifier: MIT
"""How wide A, X and Y are at every statement: the flags M, X and E followed along the flow of control.

Each flag is a set of the values it may have, so that paths that meet are joined by `|`.  A routine is
analysed once, for all its callers: a third member of the set, `SAME`, stands for the value that the flag
had when the routine was entered.  What a call does is then what the routine's exits say, and a routine
that saves P with `php` and restores it with `plp` is known to change nothing.

Where nothing is known (at the start of a program, behind data, in code that only a pointer reaches) a
flag has both values.  The processor's rules are those of the W65C816S data sheet: XCE to emulation
mode sets M and X, and they stay set as long as E is.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from asm816.flow import DECLARED, KINDS, ONE, UNKNOWN, ZERO, Block, Event, Flow, Kind, flow_of
from asm816.statements import Directive, Instruction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from asm816.image import Image
    from asm816.layout import Placed

SAME = 4
"""A third member of a flag's set: the value at the entry of the routine."""

M, X, E = 0, 3, 6
"""Where the three bits of a flag lie in a state."""

_FLAGS = (M, X, E)
_AT_ENTRY = SAME << M | SAME << X | SAME << E
_NOTHING_KNOWN = UNKNOWN << M | UNKNOWN << X | UNKNOWN << E
_RESET = ONE << M | ONE << X | ONE << E  # the processor starts in emulation mode
_M, _X, _E = (7 << flag for flag in _FLAGS)
_MEMBERS = _NOTHING_KNOWN
_FIRST_END = int(Kind.BRANCH)
_MOST_SAVED = 16  # what is pushed further down is forgotten
_MOST_OWNERS = 16  # routines that share a block; beyond that nothing is known of their exits


class Widths(NamedTuple):
    """The tracked widths, one byte per statement of the program, in source order.

    A byte holds what the flags may be when the statement is reached: M in bits 0-1, X in bits 2-3, E in
    bits 4-5; of each pair the low bit says "may be 0", the high bit "may be 1".  So 3 means not known, 1
    that the flag is 0 (16 bits), 2 that it is 1 (8 bits).  The sequence is aligned with the statements
    that `Assembly` keeps (labels and directives count), so that listing, debug info and disassembler
    look a statement's widths up by its number.
    """

    states: bytes

    def m(self, number: int) -> bool | None:
        """Whether A is 8 bits wide at a statement; None if it is not known."""
        return _ANSWERS[self.states[number] & 3]

    def x(self, number: int) -> bool | None:
        """Whether X and Y are 8 bits wide at a statement; None if it is not known."""
        return _ANSWERS[self.states[number] >> 2 & 3]

    def e(self, number: int) -> bool | None:
        """Whether the processor is in emulation mode at a statement; None if it is not known."""
        return _ANSWERS[self.states[number] >> 4 & 3]


_ANSWERS = (None, False, True, None)
NO_WIDTHS = Widths(b"")
"""Of a source with errors."""

_State = tuple[int, tuple[int, ...]]
"""Flags, and the flags saved by PHP, newest first; 0 stands for something else that was pushed."""


def applied(flags: int, saved: tuple[int, ...], event: Event) -> _State:
    """The state behind `event`, which does not end a block."""
    kind = event.kind
    if kind is Kind.REP or kind is Kind.SEP:
        if flags & _E != ONE << E:
            value = ZERO if kind is Kind.REP else ONE
            if event.operand & 0x20:
                flags = flags & ~_M | value << M
            if event.operand & 0x10:
                flags = flags & ~_X | value << X
    elif kind is Kind.PHP:
        saved = (flags & ~_E, *saved[: _MOST_SAVED - 1])
    elif kind is Kind.PLP:
        flags = flags & _E | ((saved[0] if saved else 0) or _NOTHING_KNOWN & ~_E)
        saved = saved[1:]
    elif kind is Kind.PUSH:
        saved = (0, *saved[: _MOST_SAVED - 1]) if saved else saved
    elif kind is Kind.PULL:
        saved = saved[1:]
    elif kind is Kind.XCE:
        flags = _exchanged(flags, event.operand)
    elif kind is Kind.DECLARE:
        m, x = event.operand & 3, event.operand >> 2
        flags = flags & ~(_M if m else 0) & ~(_X if x else 0) | m << M | x << X
        if ZERO in (m, x):
            flags = flags & ~_E | ZERO << E
    elif kind is Kind.STACK:
        saved = ()
    elif kind is Kind.OPAQUE:
        flags = _NOTHING_KNOWN & ~_E | flags & _E
    return flags, saved


def _exchanged(flags: int, carry: int) -> int:
    """XCE: the carry becomes E."""
    if carry == ONE:
        return _RESET
    if flags & _E == ONE << E:
        flags = _RESET
    if carry == UNKNOWN:
        flags |= _RESET
    return flags & ~_E | carry << E


def _returned(flags: int, exits: int) -> int:
    """The flags behind a call at `flags` of a routine with these exits."""
    result = exits & _MEMBERS
    for flag in _FLAGS:
        if exits >> flag & SAME:
            result |= flags & 7 << flag
    return result


def packed_of(flags: int) -> int:
    """Flags without SAME in the form of a byte of `Widths`."""
    if flags & _E == ONE << E:
        flags = _RESET
    return (flags >> M & 3 or 3) | (flags >> X & 3 or 3) << 2 | (flags >> E & 3 or 3) << 4


class Linear:
    """The flags behind the statements so far, in the order of the source and not of control.

    A guess for conditions and first passes; it is brought up to date when somebody asks.
    """

    def __init__(self) -> None:
        self._state: _State = (_NOTHING_KNOWN, ())
        self._carry = UNKNOWN
        self._next = 0

    def flags(self, placed: Sequence[Placed], value: Callable[[Instruction], int]) -> int:
        """The flags behind `placed`; `value` tells the operand of `rep` and `sep`."""
        while self._next < len(placed):
            place = placed[self._next]
            statement = place.statement
            if isinstance(statement, Instruction):
                self._follow(statement, KINDS[place.detail.op.code], value)
            elif isinstance(statement, Directive) and statement.name in DECLARED:
                m, x = DECLARED[statement.name]
                self._state = applied(*self._state, Event(self._next, Kind.DECLARE, m | x << 2))
            self._next += 1
        return self._state[0]

    def _follow(self, statement: Instruction, kind: Kind, value: Callable[[Instruction], int]) -> None:
        if kind < Kind.REP:
            if kind & 1:
                self._carry = ONE if kind is Kind.SEC else UNKNOWN
            elif kind is Kind.CLC:
                self._carry = ZERO
        elif kind < Kind.OPAQUE:
            operand = self._carry if kind is Kind.XCE else 0
            if kind in (Kind.REP, Kind.SEP):
                operand = value(statement)
                if operand & 1:
                    self._carry = ZERO if kind is Kind.REP else ONE
            self._state = applied(*self._state, Event(self._next, kind, operand))


WIDTH_QUESTIONS = {
    "a8": (M, ONE),
    "a16": (M, ZERO),
    "i8": (X, ONE),
    "i16": (X, ZERO),
    "native": (E, ZERO),
    "emulation": (E, ONE),
}
"""What a condition can ask -> flag and its value."""


class _Routine:
    """A piece of code that is entered from elsewhere: its first block identifies it.

    ``entry`` is what the flags may be when it is entered, ``exits`` what its returns leave behind (0 if
    it does not return, as far as is known), ``calls`` the blocks that end in a call of it.
    """

    __slots__ = ("calls", "entry", "exits")

    def __init__(self) -> None:
        self.entry = 0
        self.exits = 0
        self.calls: set[int] = set()


class Tracking:
    """The analysis of one program: states of all blocks, and the routines they belong to."""

    def __init__(self, placed: Sequence[Placed], flow: Flow) -> None:
        self.flow = flow
        self.states: list[_State | None] = [None] * len(flow.blocks)
        self.routines: dict[int, _Routine] = defaultdict(_Routine)
        self._owners: list[frozenset[int]] = [frozenset()] * len(flow.blocks)
        self._queue: list[int] = []
        self._queued = bytearray(len(flow.blocks))
        self._placed = placed
        for block in self._seeds():
            if self.states[block] is None:
                entry = _RESET if block == flow.reset else _NOTHING_KNOWN
                self.routines[block].entry |= entry
                self._enter(block)
                self._run()
        self._settle_entries()

    # -- the order in which code is found

    def _seeds(self) -> Iterator[int]:
        """The blocks at which control may come in: first where it must, then whatever nothing led to."""
        blocks = self.flow.blocks
        yield from (block for block in (self.flow.reset, self.flow.entry) if block >= 0)
        led_to = {block.following for block in blocks} | {block.target for block in blocks}
        for number, block in enumerate(blocks):
            if number not in led_to and self.states[number] is None and self._has_code(block):
                yield number
        for number, block in enumerate(blocks):
            if self.states[number] is None and self._has_code(block):
                yield number

    def _has_code(self, block: Block) -> bool:
        for number in range(block.first, block.last):  # the first or the second, as a rule
            if type(self._placed[number].statement) is Instruction:
                return True
        return False

    # -- states with SAME in them

    def _enter(self, routine: int) -> None:
        self._join(routine, (_AT_ENTRY, ()), frozenset((routine,)))

    def _join(self, block: int, state: _State, owners: frozenset[int]) -> None:
        """Let control come to `block` in `state`, as part of the routines `owners`."""
        known = self.states[block]
        if known is None:  # it belongs to nothing so far
            self.states[block] = state
            self._owners[block] = owners
        else:
            flags = known[0] | state[0]
            saved = known[1]
            if saved != state[1]:
                same_depth = len(saved) == len(state[1])
                saved = tuple(map(_both, saved, state[1])) if same_depth else ()
            new = not owners <= self._owners[block]
            if not new and (flags, saved) == known:
                return
            self.states[block] = (flags, saved)
            if new:
                self._owners[block] = self._limited(self._owners[block] | owners)
        if not self._queued[block]:
            self._queued[block] = 1
            heappush(self._queue, block)

    def _limited(self, owners: frozenset[int]) -> frozenset[int]:
        if len(owners) <= _MOST_OWNERS:
            return owners
        kept = sorted(owners)
        for routine in kept[_MOST_OWNERS:]:
            self._exit(routine, _NOTHING_KNOWN)
        return frozenset(kept[:_MOST_OWNERS])

    def _run(self) -> None:
        while self._queue:
            number = heappop(self._queue)
            self._queued[number] = 0
            self._leave(number, self.flow.blocks[number], self.after(number))

    def after(self, number: int) -> _State:
        """The state at the end of a block that is reached."""
        state = self.states[number]
        assert state is not None
        for event in self.flow.blocks[number].events:
            if event[1] >= _FIRST_END:
                break  # the end of a block changes nothing itself
            state = applied(*state, event)
        return state

    def _leave(self, number: int, block: Block, state: _State) -> None:
        owners = self._owners[number]
        _, _, _, end, target, following = block
        if end is Kind.CALL and target >= 0:  # of others it is assumed that they change no width
            routine = self.routines[target]
            if not routine.calls:
                self._enter(target)
            routine.calls.add(number)
            if not routine.exits:
                return
            state = _returned(state[0], routine.exits), state[1]
        elif end is Kind.RETURN or (end is Kind.JUMP and target < 0):
            for owner in owners:
                self._exit(owner, state[0])
            return
        elif target >= 0:
            self._join(target, state, owners)
        if following >= 0:
            self._join(following, state, owners)

    def _exit(self, owner: int, flags: int) -> None:
        """A return of a routine: its callers go on."""
        routine = self.routines[owner]
        if routine.exits | flags == routine.exits:
            return
        routine.exits |= flags
        for call in routine.calls:
            if not self._queued[call]:
                self._queued[call] = 1
                heappush(self._queue, call)

    # -- and without

    def _settle_entries(self) -> None:
        """Give each routine the states in which it is entered, now that all calls are known."""
        work = list(self.routines)
        calls_in: dict[int, set[int]] = defaultdict(set)  # routine -> routines that it calls
        for number, routine in self.routines.items():
            for call in routine.calls:
                for owner in self._owners[call]:
                    calls_in[owner].add(number)
        while work:
            number = work.pop()
            routine = self.routines[number]
            entry = routine.entry
            for call in routine.calls:
                entry |= self.settled(call, self.after(call)[0])
            if entry != routine.entry:
                routine.entry = entry
                work.extend(calls_in[number])

    def settled(self, block: int, flags: int) -> int:
        """`flags` somewhere in `block`, with SAME replaced by what the routine is entered with."""
        result = flags & _MEMBERS
        for owner in self._owners[block] if flags & _AT_ENTRY else ():
            entry = self.routines[owner].entry
            for flag in _FLAGS:
                if flags >> flag & SAME:
                    result |= entry & UNKNOWN << flag
        return result

    def _byte(self, block: int, flags: int, known: dict[tuple[int, frozenset[int]], bytes]) -> bytes:
        """`settled` as a byte of `Widths`; `known` has those of before: few are different."""
        key = flags, self._owners[block]
        found = known.get(key)
        if found is None:
            found = known[key] = bytes((packed_of(self.settled(block, flags)),))
        return found

    def leaving(self, block: int, following: int) -> int:
        """The flags with which control leaves a block that is reached for `following`, with SAME in them."""
        flags = self.after(block)[0]
        end = self.flow.blocks[block]
        if end.end is Kind.CALL and end.target >= 0 and end.following == following:
            return _returned(flags, self.routines[end.target].exits)
        return flags

    def blocks_of(self, routine: int) -> Iterator[int]:
        """The blocks that belong to a routine."""
        return (number for number, owners in enumerate(self._owners) if routine in owners)

    def widths(self) -> Widths:
        """The result as plain data."""
        pieces: list[bytes] = []
        known: dict[tuple[int, frozenset[int]], bytes] = {}
        for number, block in enumerate(self.flow.blocks):
            state = self.states[number]
            first, last, events, *_ = block
            if state is not None:
                for event in events:
                    if event[1] >= _FIRST_END:
                        break
                    pieces.append(self._byte(number, state[0], known) * (event.number + 1 - first))
                    first = event.number + 1
                    state = applied(*state, event)
            byte = b"\x3f" if state is None else self._byte(number, state[0], known)
            pieces.append(byte * (last - first))
        states = b"".join(pieces)
        return Widths(states or b"\x3f" * len(self._placed))


def _both(one: int, other: int) -> int:
    return one | other if one and other else 0


class Tracked:
    """The tracked widths of a program without errors, found out when somebody asks for them."""

    def __init__(self, placed: Sequence[Placed], image: Image) -> None:
        self._placed = placed
        self._image = image

    @cached_property
    def tracking(self) -> Tracking:
        """The analysis."""
        return Tracking(self._placed, flow_of(self._placed, self._image))

    @cached_property
    def widths(self) -> Widths:
        """Its result."""
        return self.tracking.widths()
