# SPDX-License-Identifier: MIT
"""What we add to the layout: structures, sections, assumptions about D and DBR, sizes that need more passes.

A source that uses `.auto`, `.longbranch`, `.optimize` or `.section` is laid out again and again, each time
with what the pass before found out (`Earlier`), until nothing changes.  Others are laid out once.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from asm816 import addressing
from asm816.addressing import Choice
from asm816.expressions import ExpressionProblem, evaluate
from asm816.flow import ONE
from asm816.layout import Layout, Placed, _Opened
from asm816.sections import Sections
from asm816.symbols import Kind, Scope, Symbol
from asm816.target.isa import BY_NAME, OPCODES, Mode, Width
from asm816.widths import Linear, M, X, packed_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asm816.diagnostics import Report
    from asm816.limits import Limits
    from asm816.parser import Operand
    from asm816.statements import Area, Data, Directive, Instruction, Label, Statement, Value
    from asm816.tokens import Token

CHECKSUMS = {"sum8": 1, "xor8": 1, "sum16": 2, "crc16": 2, "crc32": 4}
"""Kind of checksum -> its bytes."""

LONG_BRANCH_BYTES = 4
"""Operand bytes of a branch over a `jmp`: the opposite branch over three bytes, and these."""

_NO_PAGE = "off"
_IN_STRUCTURES = frozenset(("resb", "resw", "struct", "endstruct", "union", "endunion", "align_bytes", "set"))
_NO_DATA = frozenset(("JMP", "JSR", "JML", "JSL", "PEA"))
_INVERTED = {
    op.mnemonic: OPCODES[op.code ^ 0x20]
    for op in OPCODES
    if op.mode is Mode.RELATIVE and op.mnemonic != "BRA"
}
"""Conditional branch -> the opcode of the opposite one: bit 5 is the value it waits for."""


class Earlier(NamedTuple):
    """What a pass found out for the next one.

    ``widths`` are the tracked widths of each statement, as of `asm816.widths.Widths`; ``values`` those of
    the symbols by scope (in order of opening) and name; ``long`` the numbers of the branches that are too
    far; ``sizes`` those of the sections, ``shortest`` the operand bytes below which an instruction must not
    go, so that the passes come to an end.
    """

    widths: bytes = b""
    values: Mapping[tuple[int, str], int] = MappingProxyType({})
    long: frozenset[int] = frozenset()
    sizes: Mapping[str, int] = MappingProxyType({})
    shortest: Mapping[int, int] = MappingProxyType({})


class _Structure:
    """An open `.struct` or `.union`: where it starts, where the outer one goes on, how large it is so far."""

    __slots__ = ("outside", "size", "start")

    def __init__(self, start: int, outside: int) -> None:
        self.start = start
        self.outside = outside
        self.size = 0


class Placement(Layout):
    """A layout that knows our additions."""

    def __init__(self, report: Report, limits: Limits, earlier: Earlier) -> None:
        super().__init__(report, limits)
        self.sections = Sections(earlier.sizes)
        self.auto: list[
            tuple[int, int, int]
        ] = []  # statement, flag, bytes: immediates sized by tracked widths
        self.branches: list[tuple[int, Scope]] = []  # statements that may become long
        self.optimized: dict[int, int] = {}  # statement -> operand bytes
        self._earlier = earlier
        self._linear = Linear()
        self._follows_widths = False
        self._lengthens = False
        self._optimizes = False
        self._page: int | None = 0
        self._bank: int | None = 0
        self._structures: list[_Structure] = []
        self._numbers: dict[int, int] = {id(self.symbols.outermost): 0}
        self.scopes = [self.symbols.outermost]

    @property
    def takes_passes(self) -> bool:
        """Whether sizes or addresses may depend on what only a pass can find out."""
        return bool(self.auto or self.branches or self.optimized or self.sections.used)

    # -- structures

    def _put(self, statement: Statement, size: int, detail: Any = None) -> None:  # as of Layout
        if self._structures:
            self.placed.append(Placed(statement, self._address, 0, detail))
            self._move(statement.line, self._address + size)
        else:
            super()._put(statement, size, detail)

    def _label(self, statement: Label) -> None:
        if self._structures:
            self._add(Symbol(statement.name, statement.line, Kind.CONSTANT, self._address))
        else:
            super()._label(statement)

    def _reserve(self, statement: Directive) -> None:
        super()._reserve(statement)
        self._part_ends()

    def _part_ends(self) -> None:
        """A part of a structure ends: in a union the next one starts where this did."""
        if self._structures:
            inner = self._structures[-1]
            inner.size = max(inner.size, self._address - inner.start)
            if self._opened[-1].statement.name == "union":
                self._address = inner.start

    def _open_structure(self, statement: Directive) -> None:
        if statement.name == "union" and not self._structures and not statement.tokens:
            self._report.on("E0316", statement.line, statement.head, name="union")
        start = self._address if self._structures else 0
        self._opened.append(_Opened(statement, f"end{statement.name}"))
        self._structures.append(_Structure(start, self._address))
        self._forget_choices()
        self._address = start
        if statement.tokens and statement.arguments is not None:
            self._open(self._named_scope(statement, statement.tokens[0]))
        else:
            self._open(self.symbols.scope)
        self._put(statement, 0)

    def _close_structure(self, statement: Directive) -> None:
        if not self._opened or self._opened[-1].end != statement.name:
            opener = statement.name.removeprefix("end")
            self._report.on("E0314", statement.line, statement.head, name=statement.name, opener=opener)
            return
        opened, structure = self._opened.pop().statement, self._structures.pop()
        named = opened.tokens and opened.arguments is not None
        if named:
            assert self.symbols.scope.outer is not None
            self.symbols.scope = self.symbols.scope.outer
        inside = bool(self._structures)
        self._address = structure.start + structure.size if inside else structure.outside
        if named:
            value = structure.start if inside else structure.size
            self._add(Symbol(opened.tokens[0], opened.line, Kind.CONSTANT, value))
        self._part_ends()
        self._put(statement, 0)

    def _known_data(self, statement: Data) -> None:
        if self._structures:
            self._report.on("E0657", statement.line, statement.head, name=self._opened[-1].statement.name)
        else:
            super()._known_data(statement)

    def _directive(self, statement: Directive) -> None:
        if self._structures and statement.name not in _IN_STRUCTURES:
            self._report.on("E0657", statement.line, statement.head, name=self._opened[-1].statement.name)
            return
        method = self._ADDED.get(statement.name)
        if method is None:
            super()._directive(statement)
        else:
            method(self, statement)

    # -- scopes, in their order

    def _open_scope(self, statement: Directive) -> None:
        super()._open_scope(statement)
        self._open(self.symbols.scope)

    def _open(self, scope: Scope) -> None:
        self.symbols.scope = scope
        if self._numbers.setdefault(id(scope), len(self.scopes)) == len(self.scopes):
            self.scopes.append(scope)

    # -- what D and DBR hold

    def _assume(self, statement: Directive) -> None:
        value: Value = statement.arguments[0]
        what, last = ("the direct page", 0xFFFF) if statement.name == "dp" else ("the data bank", 0xFF)
        number: int | None = None
        if value.name != _NO_PAGE:
            number = self._value(statement.line, value.code, value.tokens)
            if number is None:
                return
            if not 0 <= number <= last:
                place = value.code.place(value.tokens)
                allowed = f"0 to 0x{last:x}"
                self._report.at("E0604", statement.line, *place, what=what, range=allowed, value=number)
                return
        if statement.name == "dp":
            self._page = number
        else:
            self._bank = number
        self._forget_choices()
        self._put(statement, 0, number)

    @property
    def _assumes(self) -> bool:
        return self._page != 0 or self._bank != 0

    def _reached(self, mnemonic: str, form: str, value: int | None) -> int | None:
        """An address as the size rules see it: what D and DBR reach is small, the rest is large."""
        if value is None or not self._assumes or not is_data(mnemonic, form):
            return value
        if self._page is not None and 0 <= value - self._page <= 0xFF:
            return value - self._page
        if self._bank is not None and value >> 16 == self._bank:
            return max(value & 0xFFFF, 0x100)
        return 0x10000

    # -- instructions

    def _checked_choice(self, statement: Instruction) -> Choice | None:
        if not self._is_special:
            return super()._checked_choice(statement)
        if self._structures:
            self._report.on("E0657", statement.line, statement.head, name=self._opened[-1].statement.name)
            return None
        if self._follows_widths:
            self._size_by_widths(statement)
        choice = super()._checked_choice(statement)
        statement.wording.chosen = statement.wording.form.chosen = None  # it holds for this line only
        if choice is not None and self._lengthens and choice.op.mode is Mode.RELATIVE and not choice.raw:
            return self._branch(statement, choice)
        return choice

    @property
    def _is_special(self) -> bool:
        """Whether what a line means depends on where it stands."""
        return self._follows_widths or self._lengthens or bool(self._structures)

    def _forget_choices(self) -> None:
        """From here on the choices for the lines above do not hold: they are noted for the tuple, not its values."""
        self._immediate_bytes = (*self._immediate_bytes,)

    def _branch(self, statement: Instruction, choice: Choice) -> Choice:
        number = len(self.placed)
        self.branches.append((number, self.symbols.scope))
        if number not in self._earlier.long:
            return choice
        if statement.mnemonic == "BRA":
            return Choice(BY_NAME["BRL", Mode.RELATIVE_LONG], 2)
        return Choice(_INVERTED[statement.mnemonic], LONG_BRANCH_BYTES)

    def _size_by_widths(self, statement: Instruction) -> None:
        """Let immediates be as wide as the register is at this place."""
        operand = statement.operand
        if operand is None or operand.form != "immediate" or statement.suffix:
            return
        number = len(self.placed)
        if self._earlier.widths:
            state = self._earlier.widths[number] if number < len(self._earlier.widths) else 0x3F
        else:
            state = packed_of(self.flags_here())
        a, index = (1 if state >> shift & 3 == ONE else 2 for shift in (0, 2))
        self._immediate_bytes = (a, index)
        op = BY_NAME.get((statement.mnemonic, Mode.IMMEDIATE))
        if op is not None and op.width in (Width.M, Width.X) and not operand.select:
            flag = M if op.width is Width.M else X
            self.auto.append((number, flag, a if flag == M else index))

    def flags_here(self) -> int:
        """The flags that decide the widths, behind the statements so far."""
        return self._linear.flags(self.placed, self._mask_of)

    def _mask_of(self, statement: Instruction) -> int:
        if statement.operand is None:
            return 0
        return self._known_value(statement.wording, statement.operand.code) or 0

    def _sized(self, statement: Instruction, operand: Operand, asked: int | None, settled: bool) -> Choice:
        if not self._optimizes and not self._assumes:
            return super()._sized(statement, operand, asked, settled)
        mnemonic, form, bank = statement.mnemonic, operand.form, self._address >> 16
        value = None if settled else self._known_value(statement.wording, operand.code)
        if settled or value is not None or not self._optimizes:
            # a choice of its own: what is encoded for it holds as long as D and DBR do
            return addressing.address(
                mnemonic, form, asked, self._reached(mnemonic, form, value), bank
            )._replace()
        value = self._earlier_value(operand.code.steps, statement.tokens)
        number = len(self.placed)
        choice = addressing.address(mnemonic, form, None, self._reached(mnemonic, form, value), bank)
        least = self._earlier.shortest.get(number, 0)
        if choice.operand_bytes < least:
            choice = addressing.address(mnemonic, form, least, None, bank)
        self.optimized[number] = choice.operand_bytes
        return choice._replace()

    def _earlier_value(self, steps: Any, tokens: tuple[Token, ...]) -> int | None:
        """The value of an expression with symbols of the pass before."""
        try:
            return evaluate(steps, tokens, self._address, self._lookup_earlier)
        except ExpressionProblem:
            return None

    def _lookup_earlier(self, token: Token) -> int:
        scope: Scope | None = self.symbols.scope
        while scope is not None:
            value = self._earlier.values.get((self._numbers[id(scope)], token.text))
            if value is not None:
                return value
            scope = scope.outer
        return self.symbols.lookup(token)

    # -- switches, sections and the rest

    def _switch(self, statement: Directive) -> None:
        on: bool = statement.arguments
        if statement.name == "auto":
            self._follows_widths = on
            self._immediate_bytes = (2, 2)
        elif statement.name == "longbranch":
            self._lengthens = on
        else:
            self._optimizes = on
        self._forget_choices()
        self._put(statement, 0)

    def _org(self, statement: Directive) -> None:
        self.sections.leave(self._address)
        super()._org(statement)

    def _memory(self, statement: Directive) -> None:
        area: Area = statement.arguments
        first = self._value(statement.line, area.first.code, area.first.tokens)
        last = self._value(statement.line, area.last.code, area.last.tokens)
        if first is None or last is None:
            self.symbols.excused.add(area.name.text)
            return
        for value, part, allowed in (
            (first, area.first, "0 to 0xffffff"),
            (last, area.last, f"0x{max(0, first):x} to 0xffffff"),
        ):
            if not (0 if part is area.first else first) <= value < self._limits.address_space:
                place = part.code.place(part.tokens)
                what = "an end of the area"
                self._report.at("E0604", statement.line, *place, what=what, range=allowed, value=value)
                return
        problem = self.sections.add_area(area.name, statement.line, first, last)
        if problem is not None:
            self._report.on("E0653", statement.line, area.name, notes=(problem,), name=area.name.text)
        self._put(statement, 0)

    def _enter_section(self, statement: Directive) -> None:
        if self._repeat is not None:
            self._report.on("E0607", statement.line, statement.head, name="section")
            return
        name, area = statement.arguments[0], statement.arguments[1] if statement.arguments[1:] else None
        self.sections.leave(self._address)
        try:
            self._address = self.sections.enter(name, area, statement.line)
        except KeyError as problem:
            code, token = problem.args
            self._report.on(code, statement.line, token, name=token.text)
            self._lost = True
            return
        self._lost = False
        self.placed.append(Placed(statement, self._address, 0))

    def _checksum(self, statement: Directive) -> None:
        kind: Value = statement.arguments[0]
        if kind.name.lower() not in CHECKSUMS:
            token, known = kind.tokens[0], ", ".join(CHECKSUMS)
            self._report.on("E0354", statement.line, token, name=token.text, known=known)
            return
        self._emit(statement, CHECKSUMS[kind.name.lower()])

    def _finish(self) -> None:
        self.sections.leave(self._address)
        super()._finish()

    _ADDED: ClassVar = {
        "resb": _reserve,
        "resw": _reserve,
        "scope": _open_scope,
        "func": _open_scope,
        "struct": _open_structure,
        "union": _open_structure,
        "endstruct": _close_structure,
        "endunion": _close_structure,
        "dp": _assume,
        "dbr": _assume,
        "auto": _switch,
        "longbranch": _switch,
        "optimize": _switch,
        "org": _org,
        "memory": _memory,
        "section": _enter_section,
        "checksum": _checksum,
    }


def is_data(mnemonic: str, form: str) -> bool:
    """Whether an operand is the address of data, which D and DBR are about: jumps and `pea` are not."""
    return mnemonic not in _NO_DATA and not form.startswith("stack") and addressing.relative(mnemonic) is None


def values_of(scopes: list[Scope]) -> dict[tuple[int, str], int]:
    """The values of all symbols, by scope and name."""
    return {
        (number, name): symbol.value
        for number, scope in enumerate(scopes)
        for name, symbol in scope.names.items()
        if symbol.value is not None and symbol.kind is not Kind.VARIABLE
    }
