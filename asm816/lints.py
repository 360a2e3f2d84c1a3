# SPDX-License-Identifier: MIT
"""Warnings about programs that assemble and yet do not mean what they say.

Each lint is a generator over what is known of the whole program; the table at the end names them all.
What they know comes from `asm816.flow` and `asm816.widths`; where those know nothing they are silent.
Two things are assumed, and the lints about addresses are silent where a program shows otherwise: D is 0
unless the program loads it, DBR is 0 unless it is pulled.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any

from asm816.diagnostics import Note, backtrace, diagnostic, span_of
from asm816.flow import KINDS, ONE, UNKNOWN, ZERO, Block, Bytes, Event, Flow, Kind
from asm816.statements import Data, Directive, Instruction, Label
from asm816.target.boards import MONITOR_OWNED, ON_CHIP_RAM, Range
from asm816.target.isa import OPCODES, Mode, Width
from asm816.widths import SAME, E, M, X

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from asm816.diagnostics import Diagnostic, Report
    from asm816.image import Image
    from asm816.layout import Placed
    from asm816.target.boards import BoardFacts
    from asm816.widths import Tracked, Tracking, Widths

_MOST_STEPS = 2000  # of a search for the reason of a warning; beyond that it goes without one
_BITS = {ONE: 8, ZERO: 16}
_REGISTER_NAMES = {M: "A", X: "X and Y"}
_MASKS = {M: 0x20, X: 0x10}
_DEPENDS = tuple({Width.M: M, Width.X: X}.get(op.width, -1) for op in OPCODES)
"""Opcode -> the flag on which its meaning depends, -1 if it does not."""

_KEEP_A = frozenset(
    [
        "STA",
        "STX",
        "STY",
        "STZ",
        "LDX",
        "LDY",
        "INX",
        "INY",
        "DEX",
        "DEY",
        "CLC",
        "SEC",
        "CLD",
        "SED",
        "CLI",
        "SEI",
        "NOP",
        "TAX",
        "TAY",
        "TSX",
        "PHA",
        "PHX",
        "PHY",
        "PHP",
    ]
)
_GOES_NO_FURTHER = frozenset(["BRK", "COP", "WDM", "STP"])  # data behind these is their signature, or text
_SKIPS = frozenset(("resb", "resw", "align", "align_bits", "align_bytes"))
"""Directives that leave room and emit nothing."""

_PLACING = frozenset(("org", "section"))
"""Directives that say where what follows goes."""

_NOP = OPCODES.index(next(op for op in OPCODES if op.mnemonic == "NOP"))
_DIRECT_PAGE_LOADS = frozenset(("TCD", "PLD"))
_DATA_BANK_LOADS = frozenset(("PLB", "MVN", "MVP"))
_VECTORS = MONITOR_OWNED[1]


class Program:
    """A program without errors, and what was found out about it."""

    def __init__(self, placed: Sequence[Placed], image: Image, tracked: Tracked, board: BoardFacts) -> None:
        self.placed = placed
        self.image = image
        self.tracked = tracked
        self.board = board
        self.bytes = Bytes(image)

    @property
    def tracking(self) -> Tracking:
        """Its widths as they were found out."""
        return self.tracked.tracking

    @property
    def widths(self) -> Widths:
        """Its widths."""
        return self.tracked.widths

    @property
    def flow(self) -> Flow:
        """Its blocks."""
        return self.tracking.flow

    @cached_property
    def starts(self) -> list[int]:
        """The first statement of each block."""
        return [block.first for block in self.flow.blocks]

    @cached_property
    def block_starts(self) -> frozenset[int]:
        """The same, to ask whether a statement is one."""
        return frozenset(self.starts)

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """For each block those from which control comes: by going on, by a jump, by a call."""
        found: list[list[int]] = [[] for _ in self.flow.blocks]
        for number, block in enumerate(self.flow.blocks):
            if self.tracking.states[number] is None:
                continue
            for next_block in {block.following, block.target}:
                if next_block >= 0:
                    found[next_block].append(number)
        return found

    @cached_property
    def for_board(self) -> bool:
        """Whether it is code that was given a place, all of it in the RAM of the board.

        Then the board's monitor loads and starts it.  What names no place is a piece of something.
        """
        if not self.uses(_PLACING) or not self.flow.blocks:
            return False
        ranges = (*ON_CHIP_RAM, *self.board.external_ram)
        ends = [end for segment in self.image.segments for end in (segment.address, segment.end - 1)]
        return all(any(end in ram for ram in ranges) for end in ends)

    def has(self, mnemonics: frozenset[str]) -> bool:
        """Whether one of `mnemonics` is used."""
        return any(
            type(place.statement) is Instruction and place.detail.op.mnemonic in mnemonics
            for place in self.placed
        )

    @cached_property
    def loads_direct_page(self) -> bool:
        """Whether D may be something else than 0."""
        return self.has(_DIRECT_PAGE_LOADS) or self.uses(("dp",))

    @cached_property
    def pulls_data_bank(self) -> bool:
        """Whether DBR may be something else than 0."""
        return self.has(_DATA_BANK_LOADS) or self.uses(("dbr",))

    def uses(self, names: Collection[str]) -> bool:
        """Whether one of these directives is used."""
        return any(directive.name in names for _, directive in self.directives())

    def directives(self) -> Iterator[tuple[Placed, Directive]]:
        """All directives, each with its place."""
        for number in self.flow.directives:
            place = self.placed[number]
            assert isinstance(place.statement, Directive)
            yield place, place.statement

    def instructions(self, start: int, last: int) -> Iterator[tuple[int, Placed]]:
        """Those among statements `start` to `last` (excluded)."""
        for number in range(start, last):
            if type(self.placed[number].statement) is Instruction:
                yield number, self.placed[number]


def check(program: Program, report: Report) -> None:
    """Report what the lints find."""
    for lint in LINTS:
        for found in lint(program):
            report.add(found)


def _about(
    code: str,
    place: Placed,
    notes: tuple[Note, ...] = (),
    *,
    operand: bool = False,
    **fields: Any,  # those of the message
) -> Diagnostic:
    """A warning at a statement, or at its operand."""
    statement = place.statement
    line = statement.line
    column, width = 0, None
    if operand and isinstance(statement, Instruction) and statement.tokens:
        first, last = statement.tokens[0], statement.tokens[-1]
        column, width = first.column, last.column + last.width - first.column
    elif isinstance(statement, (Instruction, Directive, Data)):
        column, width = statement.head.column, statement.head.width
    elif isinstance(statement, Label):
        column, width = statement.name.column, statement.name.width
    span = span_of(line, column, width)
    return diagnostic(code, span, (*notes, *backtrace(line)), **fields)


def _note(message: str, place: Placed) -> Note:
    statement = place.statement
    if isinstance(statement, (Instruction, Directive, Data)):
        return Note(message, span_of(statement.line, statement.head.column, statement.head.width))
    return Note(message, span_of(statement.line))


# -- widths


def _immediates(program: Program) -> Iterator[Diagnostic]:
    """An immediate that is not as wide as its register."""
    states = program.widths.states
    for number in program.flow.immediates:
        place = program.placed[number]
        flag = _DEPENDS[place.detail.op.code]
        tracked = states[number] >> (0 if flag == M else 2) & 3
        if tracked == UNKNOWN or _BITS[tracked] == 8 * (place.size - 1):
            continue
        mnemonic = place.detail.op.mnemonic.lower()
        yield _about(
            "W0501" if tracked == ONE else "W0507",
            place,
            _reason(program, number, flag, _BITS[tracked]),
            operand=True,
            register=mnemonic[-1].upper() if flag == X else "A",
            mnemonic=mnemonic,
        )


def _reason(program: Program, number: int, flag: int, bits: int) -> tuple[Note, ...]:
    """Where the width that holds at statement `number` was set."""
    place = _setter(program, number, flag)
    return () if place is None else (_note(f"{_REGISTER_NAMES[flag]} became {bits} bits wide here", place),)


def _setter(program: Program, number: int, flag: int) -> Placed | None:
    """A statement that set `flag` as it is at statement `number`: the nearest on some way to it."""
    blocks = program.flow.blocks
    first = bisect_right(program.starts, number) - 1
    work, seen = [(first, number)], {first}
    while work and len(seen) < _MOST_STEPS:
        current, before = work.pop()
        for event in reversed(blocks[current].events):
            if event.number < before and _sets(event, flag):
                return program.placed[event.number]
        for block in program.predecessors[current]:
            source = blocks[block]
            returns = source.end is Kind.CALL and source.following == current and source.target >= 0
            if returns and not program.tracking.routines[source.target].exits >> flag & SAME:
                return program.placed[source.events[-1].number]
            if block not in seen:
                seen.add(block)
                work.append((block, source.last))
    return None


def _sets(event: Event, flag: int) -> bool:
    if event.kind in (Kind.REP, Kind.SEP):
        return bool(event.operand & _MASKS[flag])
    if event.kind is Kind.DECLARE:
        return bool(event.operand >> (0 if flag == M else 2) & 3)
    return event.kind in (Kind.PLP, Kind.XCE)


def _labels(program: Program) -> Iterator[Diagnostic]:
    """A label that is reached with two widths, where the code behind it depends on them."""
    tracking = program.tracking
    for number, (block, state) in enumerate(zip(program.flow.blocks, tracking.states, strict=True)):
        if state is None:
            continue
        for flag in (M, X):
            joined = state[0] >> flag & 7
            if joined == SAME:
                routine = tracking.routines.get(number)
                if routine is None or len(routine.calls) < 2:
                    continue
            if tracking.settled(number, state[0]) >> flag & 3 != UNKNOWN:
                continue
            ways = _ways(program, number, flag)
            if len(ways) == 2 and (victim := _dependent(program, number, flag)) is not None:
                yield _two_widths(program, block, flag, ways, victim)


def _two_widths(
    program: Program, block: Block, flag: int, ways: dict[int, Placed], victim: Placed
) -> Diagnostic:
    start = program.placed[block.first]
    name = start.statement.name.text if isinstance(start.statement, Label) else "this place"
    notes = (
        _note("from here with 8 bits", ways[ONE]),
        _note("from here with 16 bits", ways[ZERO]),
        _note("this depends on it", victim),
    )
    return _about("W0502", start, notes, name=name, register=_REGISTER_NAMES[flag])


def _ways(program: Program, number: int, flag: int) -> dict[int, Placed]:
    """Definite value of `flag` -> an instruction from which control comes to a block with it."""
    found: dict[int, Placed] = {}
    tracking = program.tracking
    for source in program.predecessors[number]:
        block = program.flow.blocks[source]
        flags = tracking.settled(source, tracking.leaving(source, number))
        value = flags >> flag & 3
        if flags >> E & 3 == ONE:
            value = ONE
        if value in _BITS:
            found.setdefault(value, program.placed[max(block.first, block.last - 1)])
    return found


def _dependent(program: Program, number: int, flag: int) -> Placed | None:
    """The nearest instruction behind the start of a block whose meaning depends on `flag`."""
    work, seen = [number], {number}
    while work and len(seen) < _MOST_STEPS:
        block = program.flow.blocks[work.pop()]
        setter = next((event.number for event in block.events if _ends_search(event, flag)), block.last)
        for _, place in program.instructions(block.first, setter):
            if _DEPENDS[place.detail.op.code] == flag:
                return place
        if setter < block.last:
            continue
        for following in (block.following, block.target):
            if following >= 0 and following not in seen:
                seen.add(following)
                work.append(following)
    return None


def _ends_search(event: Event, flag: int) -> bool:
    return _sets(event, flag) or event.kind is Kind.OPAQUE


def _calls(program: Program) -> Iterator[Diagnostic]:
    """A routine that returns with another width than it was called with."""
    tracking = program.tracking
    for number, routine in sorted(tracking.routines.items()):
        for flag in (M, X):
            exits = routine.exits >> flag & 7
            if exits not in _BITS:
                continue
            for call in sorted(routine.calls):
                before = tracking.settled(call, tracking.after(call)[0]) >> flag & 3
                if before not in (UNKNOWN, exits):
                    yield _changed_width(program, number, flag, (before, exits), call)
                    break


def _changed_width(
    program: Program, number: int, flag: int, values: tuple[int, int], call: int
) -> Diagnostic:
    blocks = program.flow.blocks
    start = program.placed[blocks[number].first]
    name = start.statement.name.text if isinstance(start.statement, Label) else "this routine"
    before, after = (_BITS[value] for value in values)
    caller = program.placed[blocks[call].last - 1]
    notes: tuple[Note, ...] = (_note("it is called here", caller),)
    returns = next((b for b in program.tracking.blocks_of(number) if blocks[b].end is Kind.RETURN), None)
    if returns is not None:
        notes += _reason(program, blocks[returns].last - 1, flag, after)
    where = caller if returns is None else program.placed[blocks[returns].last - 1]
    register = _REGISTER_NAMES[flag]
    return _about("W0503", where, notes, name=name, register=register, before=before, after=after)


def _width_events(program: Program) -> Iterator[Diagnostic]:
    """`rep` and `sep` in emulation mode; declarations that are not true."""
    states = program.widths.states
    for event in program.flow.changes:
        if event.kind in (Kind.REP, Kind.SEP):
            if event.operand & 0x30 and states[event.number] >> 4 & 3 == ONE:
                place = program.placed[event.number]
                yield _about("W0506", place, name=place.detail.op.mnemonic.lower())
        elif event.kind is Kind.DECLARE:
            for flag, shift in ((M, 0), (X, 2)):
                declared, tracked = event.operand >> shift & 3, states[event.number] >> shift & 3
                if declared and tracked in _BITS and declared != tracked:
                    place = program.placed[event.number]
                    bits = _BITS[tracked]
                    reason = _reason(program, event.number, flag, bits)
                    yield _about("W0504", place, reason, register=_REGISTER_NAMES[flag], bits=bits)


# -- code and data


def _fall_through(program: Program) -> Iterator[Diagnostic]:
    """Code that is followed by data."""
    placed = program.placed
    for event in program.flow.changes:
        if event.kind is not Kind.OPAQUE:
            continue
        number = event.number - 1
        while number >= 0 and placed[number].size == 0 and not _breaks(placed[number]):
            number -= 1
        before = placed[number]
        if number < 0 or type(before.statement) is not Instruction:
            continue
        mnemonic = before.detail.op.mnemonic
        if not _goes_on(before) or mnemonic in _GOES_NO_FURTHER or _is_code(program, event.number):
            continue
        yield _about("W0601", before, (_note("the data", placed[event.number]),), mnemonic=mnemonic.lower())


def _breaks(place: Placed) -> bool:
    return type(place.statement) is Directive and place.statement.name in _PLACING


def _goes_on(place: Placed) -> bool:
    kind = KINDS[place.detail.op.code]
    return kind not in (Kind.JUMP, Kind.CALL, Kind.RETURN, Kind.STOP)


def _is_code(program: Program, number: int) -> bool:
    """Whether data is made to be run: instructions written as bytes, or a run of `nop`."""
    placed = program.placed
    first = placed[number]
    if type(placed[number - 1].statement) is Label and number - 1 not in program.block_starts:
        return False  # a name that nothing jumps to
    if program.bytes.number(first.address, first.size) == int.from_bytes(
        bytes((_NOP,)) * first.size, "little"
    ):
        return True
    for later in range(number + 1, len(placed)):  # no slice: it would copy the rest of a program
        place = placed[later]
        if type(place.statement) is Instruction:
            return True
        if type(place.statement) is Label or _breaks(place):
            return False
    return False


def _reserved(program: Program) -> Iterator[Diagnostic]:
    """Reserved bytes that have a value from elsewhere."""
    starts = [segment.address for segment in program.image.segments]
    for place, directive in program.directives():
        if directive.name not in ("resb", "resw") or place.size <= 0:
            continue
        number = bisect_right(starts, place.address + place.size - 1) - 1
        if number < 0 or program.image.segments[number].end <= place.address:
            continue
        address = max(place.address, program.image.segments[number].address)
        other = next(
            (p for p in program.placed if _emits(p) and p.address <= address < p.address + p.size), None
        )
        notes = () if other is None else (_note("its value comes from here", other),)
        yield _about("W0602", place, notes, address=f"0x{address:06x}")


def _emits(place: Placed) -> bool:
    statement = place.statement
    return place.size > 0 and not (type(statement) is Directive and statement.name in _SKIPS)


# -- the board


def _image_over_monitor(program: Program) -> Iterator[Diagnostic]:
    """Bytes of the program where the monitor has its own."""
    if not program.for_board:
        return
    for owned in MONITOR_OWNED:
        for segment in program.image.segments:
            common = owned.overlap(segment.address, segment.end - 1)
            if common is None:
                continue
            place = next((p for p in program.placed if _emits(p) and p.address + p.size > common[0]), None)
            if place is not None:
                code, address = "W0604" if owned is _VECTORS else "W0603", f"0x{common[0]:04x}"
                yield _about(code, place, address=address, what=owned.what, doing="the program has bytes at")


def _stores(program: Program) -> Iterator[Diagnostic]:
    """Stores into what the monitor needs."""
    if not program.for_board:
        return
    hits: dict[Range, list[tuple[int, int]]] = {}
    for number in program.flow.stores:
        place = program.placed[number]
        address = _stored_at(program, place)
        if address is None or address > MONITOR_OWNED[-1].last:
            continue
        for owned in MONITOR_OWNED:
            if address in owned:
                hits.setdefault(owned, []).append((number, address))
    for owned, found in hits.items():
        number, address = found[0]
        code = "W0604" if owned is _VECTORS else "W0603"
        notes = (Note(f"stores of the kind: {len(found)}"),) if len(found) > 1 else ()
        shown, place = f"0x{address:04x}", program.placed[number]
        yield _about(code, place, notes, address=shown, what=owned.what, doing="this writes")


def _stored_at(program: Program, place: Placed) -> int | None:
    """The address that a store writes, or None if that depends on D or DBR."""
    mode = place.detail.op.mode
    if mode is Mode.DIRECT:
        return None if program.loads_direct_page else program.bytes.number(place.address + 1, 1)
    if mode is Mode.ABSOLUTE:
        return None if program.pulls_data_bank else program.bytes.number(place.address + 1, 2)
    return program.bytes.number(place.address + 1, 3)


_NEEDED_BITS = {"BCR": (0, "the external bus"), "PCS7": (3, "chip select 3")}
"""Register -> the bit that external RAM needs, as 1, and what it does."""


def _external_ram(program: Program) -> Iterator[Diagnostic]:
    """Code in external RAM that switches off what connects this RAM."""
    if not program.board.external_ram:
        return
    from asm816.target.registers import ADDRESS  # boards with external RAM only

    for number in program.flow.stores:
        place = program.placed[number]
        if not any(place.address in ram for ram in program.board.external_ram):
            continue
        address = _stored_at(program, place)
        wide = program.widths.m(number) is False
        for register, (bit, what) in _NEEDED_BITS.items():
            offset = ADDRESS[register] - (address or 0)
            if 0 <= offset <= wide and _clears(program, number, bit + 8 * offset):
                name = f"bit {bit} of {register}"
                yield _about("W0605", place, name=name, what=what)


def _clears(program: Program, number: int, bit: int) -> bool:
    """Whether the store at statement `number` is known to clear this bit."""
    mnemonic = program.placed[number].detail.op.mnemonic
    if mnemonic == "STZ":
        return True
    if mnemonic not in ("STA", "TRB"):
        return False
    zeros, ones = _known_bits(program, number)
    return bool((zeros if mnemonic == "STA" else ones) >> bit & 1)


def _known_bits(program: Program, number: int) -> tuple[int, int]:
    """The bits of A that are known to be 0, and to be 1, at a statement: as its straight line says."""
    first = program.starts[bisect_right(program.starts, number) - 1]
    zeros = 0
    for _, place in reversed(list(program.instructions(first, number))):
        op = place.detail.op
        if op.mode is Mode.IMMEDIATE and op.mnemonic in ("LDA", "AND"):
            value = program.bytes.number(place.address + 1, place.size - 1)
            mask = (1 << 8 * (place.size - 1)) - 1
            zeros |= ~value & mask
            if op.mnemonic == "LDA":
                return zeros, value & ~zeros
        elif op.mnemonic not in _KEEP_A:
            break
    return zeros, 0


LINTS: tuple[Callable[[Program], Iterator[Diagnostic]], ...] = (
    _immediates,
    _labels,
    _calls,
    _width_events,
    _fall_through,
    _reserved,
    _image_over_monitor,
    _stores,
    _external_ram,
)
"""All lints."""
