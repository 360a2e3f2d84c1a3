# SPDX-License-Identifier: MIT
"""What we add to the dialect that is gone before there are statements: loops, functions, enumerations...

A macro of a source that has the name of one of these directives keeps it: `.rept` then calls the macro.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from asm816.directives import DIRECTIVES, OURS, Arguments
from asm816.expansion import Expander
from asm816.expressions import ExpressionProblem, Unknown, evaluate
from asm816.flow import ONE, UNKNOWN, ZERO
from asm816.macros import MacroProblem, arguments_of, parts_of, replaced, signature_of
from asm816.names import in_turn
from asm816.parser import SyntaxProblem
from asm816.source import Frame, Line
from asm816.statements import Area, Constant, Directive, Value
from asm816.symbols import Broken
from asm816.tokens import DOTTED, NAME_KINDS, NUMBER, TEXT, Token
from asm816.widths import WIDTH_QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from asm816.directives import Row
    from asm816.expressions import Code
    from asm816.source import SourceFile, Text
    from asm816.statements import Statement

_LOOP = re.compile(
    r"\s*(?:@?[A-Za-z_]\w*\s*:\s*)*(?:\.|\#\s*)(rept|repeat|endr|while|endw)\b", re.ASCII | re.IGNORECASE
)
_ENDS = {"rept": "endr", "repeat": "endr", "while": "endw"}
GROUP = ("{", "}")
"""Kinds of the parentheses around a function's text: they never mean indirection, and no source has them."""


class _Body(NamedTuple):
    """The lines of a loop: `first` to `last` (from 0, last excluded)."""

    file: SourceFile
    first: int
    last: int


class _Enumeration:
    """An open `.enum`: where it starts, whether it has a name, and the value of its next member."""

    __slots__ = ("head", "inside", "line", "named", "value")

    def __init__(self, line: Line, head: Token, named: bool, value: int) -> None:
        self.line = line
        self.head = head
        self.named = named
        self.value = value
        self.inside = 0  # others opened inside: refused, but their ends will come


class Additions(Expander):
    """An expander that knows our additions."""

    widths_here: Callable[[], int]
    """Asks for the flags that decide the widths, as of `asm816.widths`, behind the statements so far."""

    _enumeration: _Enumeration | None = None

    @property
    def _reads_by_shape(self) -> bool:
        return self._enumeration is None and super()._reads_by_shape  # a member may look like anything

    def statements(self, main: SourceFile) -> Iterator[Sequence[Statement]]:
        """The statements of `main`, as of `Expander`."""
        yield from super().statements(main)
        if self._enumeration is not None:
            opened = self._enumeration
            self._report.on("E0313", opened.line, opened.head, name="enum", end="endenum")
            self._end_enum(opened.line, opened.head, ())
            yield self._out

    def _expanded(self, line: Line, name: str, head: Token, rest: tuple[Token, ...], text: Text) -> None:
        method = self._ADDED.get(name)
        if method is None:
            super()._expanded(line, name, head, rest, text)
        elif str(head.value) in self._macros:
            self._call(line, self._macros[str(head.value)], head, rest)
        else:
            method(self, line, head, rest)

    # -- the arguments of our directives

    def _directive(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> None:
        row = DIRECTIVES.get(name)
        macro = self._macros.get(str(head.value)) if row is not None and name in OURS else None
        if macro is not None:
            self._call(line, macro, head, rest)
        elif row is not None and (read := self._ARGUMENTS.get(row.arguments)) is not None:
            arguments = read(self, line, head, rest, row)
            if arguments is not None:
                self._out.append(Directive(line, head, name, arguments, rest))
        else:
            super()._directive(line, name, head, rest)

    def _values(self, line: Line, head: Token, rest: tuple[Token, ...], row: Row) -> list[Value] | None:
        parts = [part for part, _ in parts_of(rest)] if rest else []
        if not row.least <= len(parts) <= row.most:
            self._wrong_count(line, head, parts, _to(row.least, row.most))
            return None
        values = [self._value(line, head, part) for part in parts]
        return None if None in values else values  # type: ignore[return-value] # there is none

    def _value(self, line: Line, head: Token, tokens: tuple[Token, ...]) -> Value | None:
        code: Code | None = self._parsed("value", line, head, tokens)  # type: ignore[assignment] # a "value"
        return None if code is None else Value(code, tokens)

    def _name_list(self, line: Line, head: Token, rest: tuple[Token, ...], row: Row) -> list[Token] | None:
        parts = [part for part, _ in parts_of(rest)] if rest else []
        if not row.least <= len(parts) <= row.most:
            self._wrong_count(line, head, parts, _to(row.least, row.most))
            return None
        for part in parts:
            if len(part) != 1 or part[0].kind not in NAME_KINDS:
                self._error("E0316", line, part[0] if part else head, name=row.name)
                return None
        return [part[0] for part in parts]

    def _switch(self, line: Line, head: Token, rest: tuple[Token, ...], _row: Row) -> bool | None:
        word = rest[0].text.lower() if rest else "on"
        if len(rest) > 1 or word not in ("on", "off"):
            self._error("E0201", line, rest[0], found=rest[0].text, hint=f"expected: {head.text} on or off")
            return None
        return word == "on"

    def _area(self, line: Line, head: Token, rest: tuple[Token, ...], _row: Row) -> Area | None:
        kinds = [token.kind for token in rest]
        if len(rest) < 2 or kinds[0] not in NAME_KINDS or kinds[1] != "=" or ".." not in kinds:
            where = rest[0] if rest else head
            hint = "expected: .memory NAME = first..last"
            self._error("E0201", line, where, found=where.text, hint=hint)
            return None
        dots = kinds.index("..")
        first = self._value(line, head, rest[2:dots])
        last = self._value(line, rest[dots], rest[dots + 1 :])
        return None if first is None or last is None else Area(rest[0], first, last)

    _ARGUMENTS: ClassVar = {
        Arguments.VALUES: _values,
        Arguments.NAMES: _name_list,
        Arguments.SWITCH: _switch,
        Arguments.AREA: _area,
    }

    # -- texts that are used above their definition

    def value_of_text(self, name: str) -> tuple[Code, tuple[Token, ...]] | None:
        """The expression that a textual name of the source stands for; None if it is none."""
        define = self.defines.get(name)
        if define is None or define.parameters is not None or define.line is None:
            return None
        try:
            tokens = tuple(replaced(define.tokens, self.defines, self._budget))
            code: Code = self._parser.parse("value", tokens)
        except (MacroProblem, SyntaxProblem):
            return None
        return code, tokens

    # -- conditions

    def _truth(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> bool | None:
        if any(token.kind == DOTTED for token in rest):
            asked = [self._width_asked(line, token) for token in rest]
            if None in asked:
                return None
            rest = tuple(token for token in asked if token is not None)
        return super()._truth(line, name, head, rest)

    def _width_asked(self, line: Line, token: Token) -> Token | None:
        """1 or 0 for `.a8` and its relatives in a condition, other tokens as they are; None after a report."""
        question = WIDTH_QUESTIONS.get(str(token.value).lower()) if token.kind == DOTTED else None
        if question is None:
            return token
        flag, wanted = question
        value = self.widths_here() >> flag & UNKNOWN
        if value not in (ZERO, ONE):
            self._error("E0351", line, token, name=token.text)
            return None
        answer = int(value == wanted)
        return token._replace(kind=NUMBER, text=str(answer), value=answer)

    # -- loops

    def _body(self, line: Line, head: Token) -> _Body | None:
        """The lines of the loop that `head` starts, or None after a report; reading goes on behind them."""
        text = self._texts[-1]
        name = str(head.value).lower()
        end, first, depth = _ENDS[name], text.next, 1
        while text.next < text.last and depth:
            found = _LOOP.match(text.file.code[text.next])
            inner = found[1].lower() if found else ""
            depth += (_ENDS.get(inner) == end) - (inner == end)
            text.next += 1
        if not depth:
            return _Body(text.file, first, text.next - 1)
        self._report.on("E0313", line, head, name=name, end=end)
        self._symbols.excuse_all = True  # the rest of the text is gone
        return None

    def _rept(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        body = self._body(line, head)
        parts = [part for part, _ in parts_of(rest)] if rest else []
        count = self._known(line, head, parts[0] if parts else ())
        if body is None or count is None or self._spoiled:
            return
        if len(parts) > 2 or (len(parts) == 2 and (len(parts[1]) != 1 or parts[1][0].kind not in NAME_KINDS)):
            self._error("E0316", line, parts[1][0] if parts[1] else head, name="rept")
        elif count < 0:
            what, allowed = "the number of turns", "0 or more"
            self._error("E0604", line, parts[0][0], what=what, range=allowed, value=count)
        else:
            counter = parts[1][0] if len(parts) == 2 else None
            self._turn(body, Frame(line, ".rept"), counter, 0, count)

    def _turn(self, body: _Body, frame: Frame, counter: Token | None, number: int, count: int) -> None:
        """Read the lines of `.rept` once more, if turns are left."""
        if number == count:
            return
        outer = self._texts[-1]
        arguments = dict(outer.arguments)
        if counter is not None:
            text = str(number)
            arguments[counter.text] = (counter._replace(kind=NUMBER, text=text, value=number),)
        self._owners += 1
        owner = in_turn(outer.owner or self._symbols.parent, self._owners)
        self._enter_lines(
            body, frame, arguments, owner, lambda: self._turn(body, frame, counter, number + 1, count)
        )

    def _while(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        body = self._body(line, head)
        if body is not None:
            self._while_true(body, line, head, rest)

    def _while_true(self, body: _Body, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        """Read the lines of `.while` once more, if the condition holds."""
        self._spoiled = False
        if not self._truth(line, "while", head, rest):
            return
        outer = self._texts[-1]
        self._owners += 1
        owner = in_turn(outer.owner or self._symbols.parent, self._owners)
        self._enter_lines(
            body,
            Frame(line, ".while"),
            outer.arguments,
            owner,
            lambda: self._while_true(body, line, head, rest),
        )

    def _end_while(self, line: Line, head: Token, _rest: tuple[Token, ...]) -> None:
        self._error("E0314", line, head, name="endw", opener="while")

    # -- values that are needed at once

    def _known(self, line: Line, head: Token, tokens: tuple[Token, ...]) -> int | None:
        """The value of an expression that must be known here, or None after a report."""
        code: Code | None = self._parsed("value", line, head, tokens)  # type: ignore[assignment] # a "value"
        if code is None:
            return None
        try:
            return evaluate(code.steps, tokens, 0, self._symbols.lookup)
        except Broken:
            pass
        except Unknown as problem:
            self._error("E0403", line, problem.token, name=problem.token.text)
        except ExpressionProblem as problem:
            self._error(problem.code, line, problem.token, **problem.fields)
        return None

    # -- functions

    def _function(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        if not self._has_name(line, "function", head, rest):
            return
        found = arguments_of(rest, 1) if len(rest) > 1 and rest[1].kind == "(" else None
        end = len(rest) if found is None else found[1] + 1
        if end >= len(rest) or rest[end].kind != "=":
            where = rest[min(end, len(rest) - 1)]
            self._error(
                "E0201", line, where, found=where.text, hint="expected: `.function name(a, b) = expression`"
            )
            return
        try:
            signature = signature_of(rest[1:end])
        except MacroProblem as problem:
            self._error(problem.code, line, problem.token, **problem.fields)
            return
        body = rest[end + 1 :]
        if signature.defaults or signature.takes_rest:
            self._error("E0352", line, rest[1])
        elif self._parsed("value", line, head, body) is not None:
            parameters = signature.parameters
            self._define(line, rest[0], parameters, _grouped(body, frozenset(parameters)))

    # -- enumerations

    def _enum(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        if self._enumeration is not None:
            self._error("E0353", line, head)
            self._enumeration.inside += 1
            return
        name = rest[0] if rest and rest[0].kind in NAME_KINDS else None
        behind = rest if name is None else rest[1:]
        value: int | None = 0
        if behind and behind[0].kind == "=":
            value = self._known(line, head, behind[1:])
        elif behind:
            self._error("E0201", line, behind[0], found=behind[0].text)
        self._enumeration = _Enumeration(line, head, name is not None, value or 0)
        if name is not None:
            self._out.append(Directive(line, head, "scope", 0, (name,)))

    def _end_enum(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        if self._enumeration is not None and self._enumeration.inside:
            self._enumeration.inside -= 1
            return
        opened, self._enumeration = self._enumeration, None
        if opened is None:
            self._error("E0314", line, head, name="endenum", opener="enum")
            return
        if rest:
            self._error("E0201", line, rest[0], found=rest[0].text)
        if opened.named:
            self._out.append(Directive(line, head, "ends", (), ()))

    def _statement(self, line: Line, tokens: tuple[Token, ...], names: frozenset[str], text: Text) -> None:
        if self._enumeration is not None and tokens[0].kind in NAME_KINDS:
            self._member(line, self._enumeration, tokens)
        else:
            super()._statement(line, tokens, names, text)

    def _member(self, line: Line, opened: _Enumeration, tokens: tuple[Token, ...]) -> None:
        name = tokens[0]
        if len(tokens) > 1:
            if tokens[1].kind != "=":
                self._error("E0353", line, tokens[1])
                return
            opened.value = self._known(line, name, self._replaced(line, tokens[2:])) or 0
        number = name._replace(kind=NUMBER, text=str(opened.value), value=opened.value)
        code: Code | None = self._parsed("value", line, name, (number,))  # type: ignore[assignment] # a "value"
        self._out.append(Constant(line, name, code, (number,)))
        opened.value += 1

    # -- data

    def _fill(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        """`.fill count, value` is `.data_fill value, count`."""
        parts = [part for part, _ in parts_of(rest)] if rest else []
        if not 1 <= len(parts) <= 2:
            self._wrong_count(line, head, parts, "1 to 2")
            return
        zero, comma = (
            head._replace(kind=kind, text=text, value=0) for kind, text in ((NUMBER, "0"), (",", ","))
        )
        tokens = ((*parts[1],) if len(parts) == 2 else (zero,)) + (comma, *parts[0])
        arguments = self._parsed("two_values", line, head, tokens)
        if arguments is not None:
            self._out.append(Directive(line, head, "data_fill", arguments, tokens))

    def _incbin(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        parts = [part for part, _ in parts_of(rest)] if rest else []
        if not 1 <= len(parts) <= 3:
            self._wrong_count(line, head, parts, "1 to 3")
            return
        if self._parsed("text", line, head, parts[0]) is None:
            return
        data = self._binary(line, parts[0][0])
        numbers = [self._known(line, head, part) for part in parts[1:]]
        if data is None or None in numbers:
            return
        for number, what in zip(range(len(numbers)), ("the offset", "the length"), strict=False):
            value = numbers[number] or 0
            if not 0 <= value <= len(data):
                allowed = f"0 to {len(data)}"
                self._error("E0604", line, parts[1 + number][0], what=what, range=allowed, value=value)
                return
            data = data[:value] if number else data[value:]
        self._out.append(Directive(line, head, "binfile", data, parts[0]))

    def _wrong_count(self, line: Line, head: Token, parts: Sequence[object], expected: str) -> None:
        self._error("E0306", line, head, name=head.text, expected=expected, given=len(parts))

    # -- what the source says

    def _say_error(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        self._say("E0355", line, head, rest)

    def _say_warning(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        self._say("W0351", line, head, rest)

    def _say(self, code: str, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        if self._parsed("text", line, head, rest) is not None and rest[0].kind == TEXT:
            self._error(code, line, head, text=str(rest[0].value))

    _ADDED: ClassVar = {
        "rept": _rept,
        "while": _while,
        "endw": _end_while,
        "function": _function,
        "enum": _enum,
        "endenum": _end_enum,
        "fill": _fill,
        "incbin": _incbin,
        "error": _say_error,
        "warning": _say_warning,
    }


def _to(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _grouped(body: Sequence[Token], parameters: frozenset[str]) -> tuple[Token, ...]:
    """`body` and the parameters in it as wholes, whatever stands around them."""
    result: list[Token] = []
    for token in body:
        result += _in_group((token,)) if token.text in parameters else (token,)
    return _in_group(result)


def _in_group(tokens: Sequence[Token]) -> tuple[Token, ...]:
    opening, closing = (tokens[0]._replace(kind=kind, text=kind, value=kind) for kind in GROUP)
    return (opening, *tokens, closing)
