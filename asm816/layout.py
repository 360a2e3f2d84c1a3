# SPDX-License-Identifier: MIT
"""Where every statement goes: addresses, sizes and the values of labels.

One pass in source order; a size never changes afterwards.  Whether a symbol is known where it is used
therefore decides the size of an address, as in naken_asm.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from asm816 import addressing
from asm816.addressing import Choice, NoSuchForm
from asm816.diagnostics import Note, Stop, span_of
from asm816.directives import DIRECTIVES, Arguments
from asm816.expressions import Code, ExpressionProblem, Unknown, evaluate, hexadecimal
from asm816.statements import Constant, Data, Directive, Instruction, Label, Statement, Wording
from asm816.symbols import Broken, Kind, Scope, Symbol, Symbols, Waiting
from asm816.tokens import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from asm816.diagnostics import Report
    from asm816.limits import Limits
    from asm816.parser import Operand
    from asm816.source import Line
    from asm816.tokens import Token

_new: Any = tuple.__new__  # of a named tuple: half the time of its constructor

MAX_ALIGNMENT = 1024
"""Bytes; naken_asm's own limit."""


class Placed(NamedTuple):
    """A statement at its address.  ``detail`` is what layout found out about it.

    That is a Choice for instructions, a Scope where one opens or closes, the width and byte order for
    data (only the order if it is known), the number of copies for `.endr`.
    """

    statement: Statement
    address: int
    size: int
    detail: Any = None


class _Repeat:
    """An open `.repeat`: its statement, the count, where the body starts and its first place."""

    __slots__ = ("count", "start", "statement")

    def __init__(self, statement: Directive, count: int, start: int) -> None:
        self.statement = statement
        self.count = count
        self.start = start


class _Opened(NamedTuple):
    """An open `.scope` or `.func`."""

    statement: Directive
    end: str


class Layout:
    """Places statements one by one; `placed` and `symbols` are the result."""

    def __init__(self, report: Report, limits: Limits) -> None:
        self.symbols = Symbols()
        self.placed: list[Placed] = []
        self._report = report
        self._limits = limits
        self._address = 0
        self._lost = False  # the address is not known: an .org or resb failed
        self._in_bss = False
        self._big_endian = False
        self._immediate_bytes = (2, 2)  # of A, and of X and Y: naken_asm's rule until .a8 or .i8
        self._repeat: _Repeat | None = None
        self._repeats_inside = 0  # refused, but their ends will come
        self._opened: list[_Opened] = []
        self._emitted = 0
        self._accumulators: list[tuple[Scope, Instruction]] = []  # `asl a`: until a symbol is called that

    def place_all(self, parts: Iterable[Iterable[Statement]]) -> None:
        """Place the statements of a source, which come in parts.  Raises Stop."""
        place: dict[type, Callable[[Any], None]] = {
            Instruction: self._instruction,
            Label: self._label,
            Data: self._known_data,
            Directive: self._directive,
            Constant: self._constant,
        }
        append, last = self.placed.append, self._limits.address_space
        for statement in chain.from_iterable(parts):
            if type(statement) is Instruction:  # as most are, and nearly all of them like one before
                wording = statement[1]
                chosen = wording.chosen or wording.form.chosen
                if chosen is not None and chosen[0] is self._immediate_bytes and not self._in_bss:
                    address, size = self._address, chosen[1][1] + 1
                    if address + size <= last and not self._lost:
                        append(_new(Placed, (statement, address, size, chosen[1])))
                        self._address = address + size
                        continue
            place[type(statement)](statement)
        self._finish()

    def _finish(self) -> None:
        if self._repeat is not None:
            head = self._repeat.statement
            self._report.on("E0313", head.line, head.head, name="repeat", end="endr")
        for opened in self._opened:
            head = opened.statement
            self._report.on("E0313", head.line, head.head, name=head.name, end=opened.end)
        self._check_accumulators()
        self.symbols.scope = self.symbols.outermost
        self.symbols.forget_variables()
        for line, problem in self.symbols.settle():
            self._problem(line, problem)

    def _check_accumulators(self) -> None:
        for scope, statement in self._accumulators:
            self.symbols.scope = scope
            token = statement.tokens[0]
            if (symbol := self.symbols.find(token.text)) is not None:
                notes = (Note("the symbol", span_of(symbol.line, symbol.name.column, symbol.name.width)),)
                mnemonic = statement.mnemonic.lower()
                self._report.on(
                    "E0407", statement.line, token, notes=notes, name=token.text, mnemonic=mnemonic
                )

    # -- addresses

    def _put(self, statement: Statement, size: int, detail: Any = None) -> None:  # see Placed.detail
        address = self._address + size
        self.placed.append(_new(Placed, (statement, self._address, size, detail)))
        if 0 <= address <= self._limits.address_space and not self._lost:
            self._address = address
        else:
            self._move(statement.line, address)

    def _move(self, line: Line, address: int) -> None:
        if self._lost:
            return
        if 0 <= address <= self._limits.address_space:
            self._address = address
        else:
            self._report.at("E0602", line, value=hexadecimal(address))
            self._lost = True

    def _value(self, line: Line, code: Code, tokens: tuple[Token, ...]) -> int | None:
        """A value that must be known here, or None after a report."""
        try:
            return evaluate(code.steps, tokens, self._address, self.symbols.lookup)
        except Broken:
            pass
        except Unknown as problem:
            self._report.on("E0403", line, problem.token, name=problem.token.text)
        except ExpressionProblem as problem:
            self._problem(line, problem)
        return None

    def _problem(self, line: Line, problem: ExpressionProblem) -> None:
        self._report.on(problem.code, line, problem.token, **problem.fields)

    # -- symbols

    def _label(self, statement: Label) -> None:
        line, name = statement
        address = self._address
        if self._lost:
            self._add(Symbol(name, line, Kind.LABEL, None, broken=True))
        else:
            self._add(Symbol(name, line, Kind.LABEL, address))
        self.placed.append(_new(Placed, (statement, address, 0, None)))

    def _add(self, symbol: Symbol) -> None:
        known = self.symbols.add(symbol)
        if known is not None:
            notes = (Note("the first definition", span_of(known.line, known.name.column, known.name.width)),)
            self._report.on("E0402", symbol.line, symbol.name, notes=notes, name=symbol.name.text)
            return
        outer = self.symbols.borrowed(symbol.name.text) if self.symbols.scope.borrowed else None
        if outer is not None and addressing.bytes_for(outer.value) != addressing.bytes_for(symbol.value):
            notes = (Note("the one outside", span_of(outer.line, outer.name.column, outer.name.width)),)
            self._report.on("W0402", symbol.line, symbol.name, notes=notes, name=symbol.name.text)
        if self.symbols.count > self._limits.symbols:
            self._report.on("E0405", symbol.line, symbol.name, limit=self._limits.symbols)

    def _constant(self, statement: Constant) -> None:
        symbol = Symbol(statement.name, statement.line, Kind.CONSTANT, None)
        self.placed.append(Placed(statement, self._address, 0))
        try:
            if statement.code is None or self._lost:
                symbol.broken = True
            else:
                lookup = self.symbols.lookup
                symbol.value = evaluate(statement.code.steps, statement.tokens, self._address, lookup)
        except Broken:
            symbol.broken = True
        except Unknown:
            variables = self.symbols.variables(statement.tokens)
            symbol.waits = Waiting(statement, self.symbols.scope, self._address, variables)
        except ExpressionProblem as problem:
            symbol.broken = True
            self._problem(statement.line, problem)
        self._add(symbol)

    def _variable(self, statement: Directive) -> None:
        number, code = statement.arguments
        name = statement.tokens[number]
        value = self._value(statement.line, code, statement.tokens)
        known = self.symbols.find(name.text)
        if known is None:
            self._add(Symbol(name, statement.line, Kind.VARIABLE, value, broken=value is None, sets=1))
        elif known.kind is Kind.VARIABLE:
            known.value = value
            known.broken = value is None
            known.sets += 1
        else:
            self._report.on("W0401", statement.line, name, name=name.text, kind=known.kind.value)
        self._put(statement, 0)

    # -- instructions

    def _instruction(self, statement: Instruction) -> None:
        choice = self._noted_choice(statement) or self._checked_choice(statement)
        if choice is not None:
            self.placed.append(_new(Placed, (statement, self._address, choice.size, choice)))
            self._move(statement.line, self._address + choice.size)

    def _noted_choice(self, statement: Instruction) -> Choice | None:
        """The choice for an instruction like this one, if it holds here."""
        chosen = statement.wording.chosen or statement.wording.form.chosen
        if chosen is None or chosen[0] is not self._immediate_bytes or self._in_bss:
            return None
        return chosen[1]

    def _checked_choice(self, statement: Instruction) -> Choice | None:
        """The choice for an instruction, noted for those like it if it holds for them; None after a report."""
        try:
            choice = self._choice(statement)
        except NoSuchForm as problem:
            where = statement.head if problem.token is None else statement.tokens[problem.token]
            self._report.on(problem.code, statement.line, where, hint=problem.hint, **problem.fields)
            return None
        if self._in_bss:
            self._report.on("E0605", statement.line, statement.head)
        elif choice.operand_bytes == 0 and statement.mnemonic in ("BRK", "WDM"):
            head = statement.head
            name = statement.mnemonic.lower()
            self._report.once("W0201", statement.line, head, name)
        return choice

    def _choice(self, statement: Instruction) -> Choice:
        wording = statement.wording
        form = wording.form
        mnemonic, operand, suffix = form.mnemonic, form.operand, form.suffix
        if operand is None:
            if suffix:
                raise NoSuchForm("E0507", mnemonic=mnemonic.lower(), form="", suffix=suffix)
            choice = addressing.without_operand(mnemonic)
        elif operand.form == "block_move":
            choice = addressing.block_move(mnemonic, suffix)
        elif operand.form == "immediate":
            choice = addressing.immediate(mnemonic, suffix, operand.select, *self._immediate_bytes)
        else:
            return self._address_choice(statement, operand)
        form.chosen = self._immediate_bytes, choice
        return choice

    def _address_choice(self, statement: Instruction, operand: Operand) -> Choice:
        wording = statement.wording
        mnemonic, suffix, select = wording.form.mnemonic, wording.form.suffix, operand.select
        if operand.form == "plain" and not select and wording.name in ("a", "A"):
            choice = addressing.accumulator(mnemonic)
            if choice is not None and not suffix and self.symbols.find(wording.name) is None:
                self._accumulators.append((self.symbols.scope, statement))
                return choice
        if select == "^":
            hint = "`^` selects the bank byte of an immediate: #^n"
            raise NoSuchForm("E0201", hint, token=operand.selection, found="^")
        asked = addressing.SUFFIX_BYTES.get(suffix) or addressing.SELECT_BYTES.get(select)
        settled = asked is not None or addressing.relative(mnemonic) is not None
        choice = self._sized(statement, operand, asked, settled)
        if settled:
            wording.form.chosen = self._immediate_bytes, choice
        elif wording.value is not None and mnemonic != "JSR":  # jsr: by the bank it is in
            wording.chosen = self._immediate_bytes, choice
        return choice

    def _sized(self, statement: Instruction, operand: Operand, asked: int | None, settled: bool) -> Choice:
        """The choice for an address of `asked` bytes, or of as many as its value needs if that is not `settled`."""
        value = None if settled else self._known_value(statement.wording, operand.code)
        return addressing.address(statement.mnemonic, operand.form, asked, value, self._address >> 16)

    def _known_value(self, wording: Wording, code: Code) -> int | None:
        if wording.value is not None:
            return wording.value
        if wording.name is not None:
            symbol = self.symbols.find(wording.name)
            return None if symbol is None else symbol.value
        try:
            return evaluate(code.steps, wording.tokens, self._address, self.symbols.lookup)
        except ExpressionProblem:
            return None  # what is wrong with it shows when it is encoded

    # -- directives

    def _directive(self, statement: Directive) -> None:
        name = statement.name
        row = DIRECTIVES[name]
        if row.arguments is Arguments.ITEMS:
            self._data(statement, row.width)
        elif (method := self._METHODS.get(name)) is not None:
            method(self, statement)
        else:
            self._put(statement, 0)

    def _data(self, statement: Directive, width: int) -> None:
        size = 0
        for item, tokens in statement.arguments:
            text = width == 1 and item.code is not None and len(tokens) == 1 and tokens[0].kind == TEXT
            if text:
                size += len(str(tokens[0].value).encode()) + (statement.name == "asciiz")
            elif width:
                size += width
            else:
                size += self._variable_length(statement.line, item.code, tokens)
        self._emit(statement, size, (width, self._big_endian))

    def _known_data(self, statement: Data) -> None:
        self._emit(statement, statement.known.size, self._big_endian)

    def _variable_length(self, line: Line, code: Code | None, tokens: tuple[Token, ...]) -> int:
        if code is None:
            self._report.on("E0511", line, tokens[0], what="a number with a point")
            return 1
        value = self._value(line, code, tokens)
        return max(1, -(-(value or 0).bit_length() // 7))

    def _emit(self, statement: Directive | Data, size: int, detail: Any = None) -> None:  # see Placed.detail
        """Place a statement that makes bytes."""
        if self._in_bss:
            self._report.on("E0605", statement.line, statement.head)
        self._count(size, statement)
        self._put(statement, size, detail)

    def _count(self, size: int, statement: Directive | Data) -> None:
        """Count the bytes of data: more than fit into any image need not be made.  Raises Stop."""
        self._emitted += size
        if self._emitted > self._limits.image_bytes:
            self._report.on("E0603", statement.line, statement.head, limit=self._limits.image_bytes)
            raise Stop

    def _org(self, statement: Directive) -> None:
        value = self._value(statement.line, statement.arguments, statement.tokens)
        if self._repeat is not None:
            self._report.on("E0607", statement.line, statement.head, name="org")
            return
        self._lost = value is None
        if value is not None:
            self._address = 0
            self._move(statement.line, value)
        self.placed.append(Placed(statement, self._address, 0))

    def _reserve(self, statement: Directive) -> None:
        value = self._value(statement.line, statement.arguments, statement.tokens)
        if value is not None and value < 0:
            self._range(statement, "the number of bytes", "0 or more", value)
            value = None
        if value is None:
            self._lost = True
            return
        self._put(statement, value * DIRECTIVES[statement.name].width)

    def _range(self, statement: Directive, what: str, allowed: str, value: int) -> None:
        arguments = statement.arguments
        code: Code = arguments if isinstance(arguments, Code) else arguments[-1]
        place = code.place(statement.tokens)
        self._report.at("E0604", statement.line, *place, what=what, range=allowed, value=value)

    def _align(self, statement: Directive) -> None:
        value = self._value(statement.line, statement.arguments, statement.tokens)
        if value is None:
            return
        if statement.name != "align_bytes":
            if value % 8:
                self._range(statement, "the alignment in bits", "a multiple of 8", value)
                return
            value //= 8
        if not 1 <= value <= MAX_ALIGNMENT:
            self._range(statement, "the alignment", f"1 to {MAX_ALIGNMENT} bytes", value)
            return
        self._put(statement, -self._address % value)

    def _fill(self, statement: Directive) -> None:
        count = self._value(statement.line, statement.arguments[1], statement.tokens)
        if count is not None and not 0 <= count <= self._limits.image_bytes:
            self._range(statement, "the number of bytes", f"0 to {self._limits.image_bytes}", count)
        elif count is not None:
            self._emit(statement, count, count)

    def _binary(self, statement: Directive) -> None:
        self._emit(statement, len(statement.arguments))

    def _open_repeat(self, statement: Directive) -> None:
        count = None
        if statement.arguments is not None:
            count = self._value(statement.line, statement.arguments, statement.tokens)
        if self._repeat is not None:
            self._report.on("E0312", statement.line, statement.head)
            self._repeats_inside += 1
            return
        if count is not None and count < 0:
            self._range(statement, "the count", "0 or more", count)
        self._put(statement, 0)
        self._repeat = _Repeat(statement, max(0, count or 0), self._address)

    def _close_repeat(self, statement: Directive) -> None:
        if self._repeats_inside:
            self._repeats_inside -= 1
            return
        repeat, self._repeat = self._repeat, None
        if repeat is None:
            self._report.on("E0311", statement.line, statement.head)
            return
        copies = (self._address - repeat.start) * (repeat.count - 1)
        self._count(max(0, copies), repeat.statement)
        self._put(statement, copies, repeat.count)

    def _open_scope(self, statement: Directive) -> None:
        name = statement.tokens[0] if statement.tokens and statement.arguments is not None else None
        if statement.name == "func" and name is not None:
            value = None if self._lost else self._address
            self._add(Symbol(name, statement.line, Kind.LABEL, value, broken=self._lost))
        if len(self._opened) >= self._limits.scope_depth:
            self._report.on("E0317", statement.line, statement.head, limit=self._limits.scope_depth)
            raise Stop
        self._opened.append(_Opened(statement, "endf" if statement.name == "func" else "ends"))
        self.symbols.scope = Scope(self.symbols.scope) if name is None else self._named_scope(statement, name)
        self._put(statement, 0, self.symbols.scope)

    def _named_scope(self, statement: Directive, name: Token) -> Scope:
        scope = Scope(self.symbols.scope)
        if self.symbols.scope.inner.setdefault(name.text, scope) is not scope and statement.name != "func":
            self._report.on("E0402", statement.line, name, name=name.text)
        return scope

    def _close_scope(self, statement: Directive) -> None:
        if not self._opened or self._opened[-1].end != statement.name:
            opener = "func" if statement.name == "endf" else "scope"
            self._report.on("E0314", statement.line, statement.head, name=statement.name, opener=opener)
            return
        self._opened.pop()
        assert self.symbols.scope.outer is not None
        self.symbols.scope = self.symbols.scope.outer
        self._put(statement, 0, self.symbols.scope)

    def _section(self, statement: Directive) -> None:
        self._in_bss = statement.name == "bss"
        self._put(statement, 0)

    def _endian(self, statement: Directive) -> None:
        self._big_endian = statement.name == "big_endian"
        self._put(statement, 0)

    def _declare_widths(self, statement: Directive) -> None:
        a, index = self._immediate_bytes
        size = 1 if statement.name.endswith("8") else 2
        self._immediate_bytes = (size, index) if statement.name.startswith("a") else (a, size)
        self._put(statement, 0)

    _METHODS: ClassVar = {
        "org": _org,
        "resb": _reserve,
        "resw": _reserve,
        "align": _align,
        "align_bits": _align,
        "align_bytes": _align,
        "data_fill": _fill,
        "binfile": _binary,
        "set": _variable,
        "repeat": _open_repeat,
        "endr": _close_repeat,
        "scope": _open_scope,
        "func": _open_scope,
        "ends": _close_scope,
        "endf": _close_scope,
        "code": _section,
        "bss": _section,
        "big_endian": _endian,
        "little_endian": _endian,
        "a8": _declare_widths,
        "a16": _declare_widths,
        "i8": _declare_widths,
        "i16": _declare_widths,
    }
    """What layout does for a directive; the others only wait for the encoder."""
