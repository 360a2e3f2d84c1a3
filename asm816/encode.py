# SPDX-License-Identifier: MIT
"""Bytes: the second pass, in which every symbol has its value.

Where the first pass found errors, addresses may be wrong; then only what does not depend on them is
reported, so that no error is the echo of another.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from asm816.addressing import address_choices
from asm816.diagnostics import Note, span_of
from asm816.directives import DIRECTIVES, Arguments
from asm816.expressions import ExpressionProblem, Unknown, evaluate, hexadecimal
from asm816.heads import similar
from asm816.image import Image, image_of
from asm816.pieces import Overlap, Pieces
from asm816.statements import Data, Directive, Instruction, Label
from asm816.symbols import Broken
from asm816.target.isa import Mode, Width
from asm816.tokens import HERE, NAME, TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asm816.addressing import Choice
    from asm816.diagnostics import Report
    from asm816.expressions import Code
    from asm816.layout import Placed
    from asm816.limits import Limits
    from asm816.parser import Item, Operand
    from asm816.source import Line
    from asm816.statements import Wording
    from asm816.symbols import Symbols
    from asm816.target.isa import Op
    from asm816.tokens import Token

_LONG_JUMPS = {"jmp": "jml", "jsr": "jsl"}
_SELECTED_SHIFT = {"<": 0, ">": 8, "^": 16}
_RANGES = {
    1: (-0x80, 0xFF),
    2: (-0x8000, 0xFFFF),
    4: (-(1 << 31), (1 << 32) - 1),
    8: (-(1 << 63), (1 << 64) - 1),
}
"""Bytes of a datum or immediate -> the values it takes, signed or not."""

_ADDRESSES = {1: (0, 0xFF), 2: (-0x8000, 0xFFFF), 3: (0, 0xFFFFFF)}
"""Bytes of an address -> the values it takes; a negative one wraps in its bank."""


_MASKS = {1: 0xFF, 2: 0xFFFF, 3: 0xFFFFFF}
_BYTE = tuple(bytes((code,)) for code in range(256))
_LONGEST_RUN = 1 << 16
_RELATIVE = (Mode.RELATIVE, Mode.RELATIVE_LONG)


class Problem(Exception):  # noqa: N818 - becomes a diagnostic at once
    """An operand does not fit: the code of the diagnostic, its hint and fields."""

    def __init__(self, code: str, hint: str | None = None, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.hint = hint
        self.fields = fields


class _Undefined:
    """An undefined name: the line and token of its first use, and how often it is used."""

    __slots__ = ("line", "token", "uses")

    def __init__(self, line: Line, token: Token) -> None:
        self.line = line
        self.token = token
        self.uses = 1


class Encoder:
    """Makes the image of placed statements."""

    def __init__(self, symbols: Symbols, report: Report, limits: Limits) -> None:
        self._symbols = symbols
        self._report = report
        self._pieces = Pieces(limits)
        self._doubtful = report.errors > 0
        self._undefined: dict[str, _Undefined] = {}
        self._entry: int | None = None
        self._repeat_mark = 0
        self._here = 0

    def image(self, placed: Sequence[Placed]) -> Image:
        """The image of `placed`, the statements of a whole source in order.  Raises Stop."""
        self._symbols.scope = self._symbols.outermost
        run, start, first, end = bytearray(), 0, 0, 0  # bytes that touch go on together
        for number, place in enumerate(placed):
            statement, address, size, detail = place
            if type(statement) is Instruction:
                encoded = statement[1].encoded
                if encoded is not None and encoded[0] is detail:
                    data = encoded[1]
                else:
                    data = self._instruction(statement, place)
            elif type(statement) is Label:
                continue
            elif type(statement) is Data:
                data = statement.known.bytes(big_endian=detail)
            elif type(statement) is Directive:
                self._pieces.emit(start, run, first)
                run = bytearray()
                data = self._directive(statement, place)
                size = len(data)  # what it leaves free is none
            else:
                continue
            if address != end or not run or end - start >= _LONGEST_RUN:
                self._pieces.emit(start, run, first)
                run = bytearray()
                start, first, end = address, number, address
            run += data
            end += size
        self._pieces.emit(start, run, first)
        self._report_undefined()
        if not self._doubtful and not self._report.errors:
            self._check_pieces(placed)
        return image_of(self._pieces.runs(), self._entry)

    # -- reports

    def _report_undefined(self) -> None:
        for name, found in self._undefined.items():
            notes = (Note(f"it is used {found.uses} times"),) if found.uses > 1 else ()
            fix = self._similar(name)
            hint = f"did you mean `{fix}`?" if fix else None
            self._report.on("E0401", found.line, found.token, notes=notes, hint=hint, fix=fix, name=name)

    def _similar(self, name: str) -> str | None:
        names = self._symbols.outermost.names
        if len(names) > 2000 or len(name) > 40:
            return None  # the comparison takes time that no hint is worth
        close = similar(name, names)
        return close[0] if close else None

    def _check_pieces(self, placed: Sequence[Placed]) -> None:
        for code, limit in self._pieces.exceeded():
            self._report.at(code, placed[-1].statement.line, limit=limit)
        for overlap in self._pieces.overlaps():
            self._report_overlap(overlap, placed)

    def _report_overlap(self, overlap: Overlap, placed: Sequence[Placed]) -> None:
        first, second = (
            next(
                (
                    p
                    for p in placed[start:]
                    if p.size > 0 and p.address <= overlap.address < p.address + p.size
                ),
                placed[start],
            )
            for start in (overlap.first, overlap.second)
        )
        notes = (Note("the first bytes", span_of(first.statement.line)),)
        line = second.statement.line
        self._report.at("E0601", line, notes=notes, address=f"0x{overlap.address:06x}")

    def _blame(self, line: Line, tokens: tuple[Token, ...], code: Code, problem: Problem) -> None:
        """Report a value out of range, unless it may only be so because of errors above."""
        loads = [tokens[step] for step in code.steps if isinstance(step, int)]
        on_addresses = any(token.kind in (HERE, NAME) for token in loads)
        if self._doubtful and (on_addresses or problem.code in ("E0506", "E0509")):
            return
        self._report.at(problem.code, line, *code.place(tokens), hint=problem.hint, **problem.fields)

    # -- values

    def _value(self, line: Line, code: Code, tokens: tuple[Token, ...]) -> int | None:
        """The value of an expression, or None after a report."""
        try:
            value = evaluate(code.steps, tokens, self._here, self._symbols.lookup)
            if code.naken is not None:
                self._compare(line, code, tokens, value)
        except Broken:
            return None
        except Unknown as problem:
            known = self._undefined.get(problem.token.text)
            if known is None:
                self._undefined[problem.token.text] = _Undefined(line, problem.token)
            else:
                known.uses += 1
            return None
        except ExpressionProblem as problem:
            self._report.on(problem.code, line, problem.token, **problem.fields)
            return None
        return value

    def _compare(self, line: Line, code: Code, tokens: tuple[Token, ...], value: int) -> None:
        """Warn where naken_asm's own order of operations gives another value."""
        assert code.naken is not None
        try:
            other = evaluate(code.naken, tokens, self._here, self._symbols.lookup)
        except ExpressionProblem:
            return
        if other != value:
            self._report.on("W0301", line, tokens[0], other=other, value=value)

    # -- instructions

    def _instruction(self, statement: Instruction, place: Placed) -> bytes:
        self._here = place.address
        wording = statement.wording
        choice: Choice = place.detail
        op, size, raw = choice
        operand, opcode = wording.form.operand, _BYTE[op.code]
        if operand is None or size == 0:
            wording.encoded = choice, opcode
            return opcode
        value = wording.value
        if value is None:
            value = self._operand_value(statement, wording, operand)
        if value is None:
            self._second_bank(statement)  # for its reports
            return opcode + bytes(size)
        mode = op.mode
        if mode is Mode.RELATIVE and size == 1 and not raw:
            distance = value - place.address - 2
            if -0x80 <= distance <= 0x7F and value >> 16 == place.address >> 16:
                return opcode + _BYTE[distance & 0xFF]  # as most are: no need to ask what is wrong
        try:
            if mode is Mode.BLOCK_MOVE:
                return opcode + _bank(value) + self._second_bank(statement)
            data = opcode + self._operand_bytes(statement, operand, place, value)
        except Problem as problem:
            self._blame(statement.line, statement.tokens, operand.code, problem)
            return opcode + bytes(size)
        if wording.value is not None and mode not in _RELATIVE and op.width is not Width.NONE:
            wording.encoded = choice, data  # it depends on nothing: jumps do, on the place
        return data

    def _operand_value(self, statement: Instruction, wording: Wording, operand: Operand) -> int | None:
        name = wording.name
        if name is not None:
            symbol = self._symbols.find(name)
            if symbol is not None and symbol.value is not None:
                return symbol.value
        return self._value(statement.line, operand.code, statement.tokens)

    def _second_bank(self, statement: Instruction) -> bytes:
        assert statement.operand is not None
        code = statement.operand.second
        value = self._value(statement.line, code, statement.tokens) if code is not None else None
        try:
            return bytes(1) if value is None else _bank(value)
        except Problem as problem:
            assert code is not None
            self._blame(statement.line, statement.tokens, code, problem)
            return bytes(1)

    def _operand_bytes(self, statement: Instruction, operand: Operand, place: Placed, value: int) -> bytes:
        op, width, raw = place.detail
        mode, select = op.mode, operand.select
        if mode in _RELATIVE:
            return displacement(mode, place.address, value, raw)
        if operand.form == "immediate":
            if select in _SELECTED_SHIFT:
                value = value >> _SELECTED_SHIFT[select] & 0xFF
            elif select:
                value &= 0xFFFF
            low, high = _RANGES[width]
            if low <= value <= high:
                return (value & _MASKS[width]).to_bytes(width, "little")
            return _checked(value, width, f"{8 * width} bits", _immediate_hint(op, width, value))
        if select in ("<", "!"):
            value &= _MASKS[width]
        if width == 2 and op.mnemonic in ("JMP", "JSR") and value >> 16 == place.address >> 16:
            value &= 0xFFFF  # these do not leave the bank of the program
        low, high = _ADDRESSES[width]
        if not low <= value <= high:
            raise _address_problem(statement, place, value)
        return (value & _MASKS[width]).to_bytes(width, "little")

    # -- directives

    def _directive(self, statement: Directive, place: Placed) -> bytes:
        self._here = place.address
        name = statement.name
        if DIRECTIVES[name].arguments is Arguments.ITEMS:
            return self._data(statement, place)
        if name == "binfile":
            data: bytes = statement.arguments
            return data
        if name == "data_fill":
            return self._fill(statement, place)
        if name in ("scope", "ends", "func", "endf"):
            self._symbols.scope = place.detail
        elif name == "set":
            self._variable(statement)
        elif name == "repeat":
            self._repeat_mark = self._pieces.mark()
        elif name == "endr":
            self._pieces.repeat(self._repeat_mark, place)
        elif name == "entry_point":
            self._entry = self._value(statement.line, statement.arguments, statement.tokens)
            if self._entry is not None and not 0 <= self._entry <= 0xFFFFFF:
                problem = Problem("E0602", value=hexadecimal(self._entry))
                self._blame(statement.line, statement.tokens, statement.arguments, problem)
        elif name in ("low_address", "high_address"):
            self._value(statement.line, statement.arguments, statement.tokens)
        elif name == "export":
            self._exported(statement)
        return b""

    def _exported(self, statement: Directive) -> None:
        token = statement.tokens[statement.arguments]
        if self._symbols.find(token.text) is None:
            self._undefined.setdefault(token.text, _Undefined(statement.line, token))

    def _variable(self, statement: Directive) -> None:
        number, code = statement.arguments
        symbol = self._symbols.find(statement.tokens[number].text)
        value = self._value(statement.line, code, statement.tokens)
        if symbol is not None and symbol.kind.value == "variable":
            symbol.value = value

    def _fill(self, statement: Directive, place: Placed) -> bytes:
        code = statement.arguments[0]
        value = self._value(statement.line, code, statement.tokens)
        try:
            return _checked(value or 0, 1, "a byte") * int(place.detail)
        except Problem as problem:
            self._blame(statement.line, statement.tokens, code, problem)
            return bytes(place.detail)

    def _data(self, statement: Directive, place: Placed) -> bytes:
        data = bytearray()
        width, big_endian = place.detail
        for item, tokens in statement.arguments:
            self._here = place.address + len(data)
            if width == 1 and item.code is not None and len(tokens) == 1 and tokens[0].kind == TEXT:
                data += str(tokens[0].value).encode()
                data += b"\0" * (statement.name == "asciiz")
            else:
                data += self._datum(statement.line, item, tokens, width, big_endian)
        return bytes(data)

    def _datum(
        self, line: Line, item: Item, tokens: tuple[Token, ...], width: int, big_endian: bool
    ) -> bytes:
        if item.code is None:
            return self._float(line, item, tokens, width, big_endian)
        value = self._value(line, item.code, tokens)
        if value is None:
            return bytes(width)
        try:
            if width == 0:
                return _leb128(value)
            return _checked(value, width, f"{8 * width} bits", big_endian=big_endian)
        except Problem as problem:
            self._blame(line, tokens, item.code, problem)
            return bytes(width)

    def _float(
        self, line: Line, item: Item, tokens: tuple[Token, ...], width: int, big_endian: bool
    ) -> bytes:
        token = tokens[item.token]
        if width == 0:
            return b""  # its length could not be known: layout said so
        if width not in (4, 8):
            self._report.on("E0511", line, token, what="a number with a point")
            return bytes(width)
        value = -float(token.value) if item.negative else float(token.value)
        form = (">" if big_endian else "<") + ("f" if width == 4 else "d")
        try:
            return struct.pack(form, value)
        except OverflowError:
            self._report.on("E0504", line, token, value=token.text, what=f"{8 * width} bits")
            return bytes(width)


def _checked(
    value: int, width: int, what: str, hint: str | None = None, *, big_endian: bool = False
) -> bytes:
    low, high = _RANGES[width]
    if not low <= value <= high:
        raise Problem("E0504", hint, value=value, what=f"{what} ({low} to {high})")
    return (value & (1 << 8 * width) - 1).to_bytes(width, "big" if big_endian else "little")


def _bank(value: int) -> bytes:
    if not 0 <= value <= 0xFF:
        raise Problem(
            "E0504", "^label is no bank here; write label >> 16", value=value, what="a bank (0 to 255)"
        )
    return bytes((value,))


def _immediate_hint(op: Op, width: int, value: int) -> str | None:
    if op.width in (Width.BYTE, Width.WORD):
        return f"the immediate of {op.mnemonic.lower()} always has {8 * width} bits"
    if width == 1 and -0x8000 <= value <= 0xFFFF:
        return "without .b an immediate has 16 bits; #<n takes the low byte"
    return "#<n, #>n and #^n take one byte of it" if width == 2 else None


def _address_problem(statement: Instruction, place: Placed, value: int) -> Problem:
    width = place.detail.operand_bytes
    shown = hexadecimal(value)
    mnemonic = statement.mnemonic.lower()
    assert statement.operand is not None
    form = statement.operand.form
    if width == 2 and not statement.suffix and value > 0xFFFF:
        if form == "plain" and statement.mnemonic in ("JMP", "JSR"):
            advice = f"write {_LONG_JUMPS[mnemonic]}"
            if mnemonic == "jsr":
                return Problem("E0509", advice, target=f"0x{value:06x}", here=f"0x{place.address:06x}")
            return Problem("E0510", advice, value=shown, mnemonic=mnemonic)
        if 3 in address_choices(statement.mnemonic, form, explicit=True):
            return Problem("E0510", value=shown, mnemonic=mnemonic)
    if width == 1:
        return Problem(
            "E0504",
            "an address of this form lies in the direct page; <n takes the low byte",
            value=shown,
            what="8 bits (0 to 0xff)",
        )
    hint = "!n takes the low 16 bits" if width == 2 else None
    return Problem("E0504", hint, value=shown, what=f"{8 * width} bits")


def displacement(mode: Mode, address: int, value: int, raw: bool) -> bytes:
    """The operand of a branch at `address` to `value`, which is the operand itself if `raw`.  Raises Problem."""
    width = mode.operand_bytes
    if raw:
        return _checked(value, width, f"a displacement of {8 * width} bits")
    distance = value - (address + 1 + width)
    if value >> 16 != address >> 16:
        raise Problem("E0509", target=f"0x{value:06x}" if value >= 0 else str(value), here=f"0x{address:06x}")
    if mode is Mode.RELATIVE_LONG:
        return (distance & 0xFFFF).to_bytes(2, "little")
    if not -0x80 <= distance <= 0x7F:
        raise Problem("E0506", distance=distance, low=-128, high=127)
    return _BYTE[distance & 0xFF]


def _leb128(value: int) -> bytes:
    if value < 0:
        raise Problem("E0504", value=value, what="a varuint (0 or more)")
    data = bytearray()
    while value > 0x7F:
        data.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*data, value))
