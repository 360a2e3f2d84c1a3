# SPDX-License-Identifier: MIT
"""The tokens of a line as a statement, once conditionals, textual names and macros are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.diagnostics import Note, Stop, backtrace, span_of
from asm816.directives import DIRECTIVES, EXPANDED, Arguments
from asm816.heads import meant, similar
from asm816.macros import parts_of
from asm816.names import OwnNames
from asm816.parser import Parser, SyntaxProblem
from asm816.source import SourceProblem
from asm816.statements import Constant, Directive, Form, Instruction, Wording
from asm816.target.isa import CANONICAL
from asm816.tokens import DOTTED, NAME_KINDS, NAMELESS

if TYPE_CHECKING:
    from asm816.diagnostics import Report
    from asm816.limits import Limits
    from asm816.macros import Macro
    from asm816.source import Line, Sources
    from asm816.statements import Statement
    from asm816.symbols import Symbols
    from asm816.tokens import Token

_SUFFIXES = frozenset(("b", "w", "l"))


class StatementReader:
    """Reads statements into ``_out``; what is wrong goes to the report."""

    def __init__(self, sources: Sources, report: Report, limits: Limits, symbols: Symbols) -> None:
        self._sources = sources
        self._report = report
        self._limits = limits
        self._symbols = symbols
        self._parser = Parser(limits, lambda: sources.fresh)
        self._macros: dict[str, Macro] = {}
        self._names = OwnNames()
        self._out: list[Statement] = []
        self._wrong = False  # the line has an error, be it that it was reported before
        self._spoiled = False  # the line has an error, or uses a name that has: no more is said of it

    def _error(self, code: str, line: Line, token: Token, **fields: Any) -> None:
        """Report at a token, unless the line is spoiled."""
        self._wrong = True
        if not self._spoiled:
            self._report.on(code, line, token, **fields)

    def _unknown(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        if self._symbols.excuse_all:
            return
        if head.kind not in NAME_KINDS:
            self._error("E0201", line, head, found=head.text)
            return
        hint, fix = meant(head, rest, self._macros)
        self._error("E0205", line, head, hint=hint, fix=fix, name=head.text)

    def _parsed(self, start: str, line: Line, head: Token, tokens: tuple[Token, ...]) -> object | None:
        """The structure of `tokens`, or None after a report."""
        if self._spoiled:
            return None
        try:
            found: object = self._parser.parse(start, tokens)
        except SyntaxProblem as problem:
            if problem.token < len(tokens):
                token = tokens[problem.token]
            else:
                last = tokens[-1] if tokens else head
                token = last._replace(column=last.column + last.width, width=1)
            self._error(problem.code, line, token, hint=problem.hint, found=token.text, **problem.fields)
            if problem.fatal:
                raise Stop from None
            return None
        return found

    def _instruction(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        suffix = ""
        if rest and rest[0].kind == DOTTED:
            suffix = str(rest[0].value).lower()
            if suffix not in _SUFFIXES:
                self._error("E0201", line, rest[0], found=rest[0].text, hint="the sizes are .b, .w and .l")
                return
            rest = rest[1:]
        mnemonic = CANONICAL[head.text.upper()]
        operand = None
        if rest and rest[-1].kind in NAMELESS and rest[0].kind in NAMELESS:
            name = self._names.meant(line, rest)
            if name is None:
                self._error("E0451", line, rest[0], found="".join(token.text for token in rest))
                return
            rest = (name,)
        if rest:
            start = "block_move" if mnemonic in ("MVN", "MVP") else "operand"
            operand = self._parsed(start, line, head, rest)
            if operand is None:
                return
        form = Form(mnemonic, suffix, operand)  # type: ignore[arg-type] # `start` decides
        self._out.append(Instruction(line, Wording.of_tokens(form, head, rest)))

    def _constant(self, line: Line, name: Token, rest: tuple[Token, ...]) -> None:
        code = self._parsed("value", line, name, rest)
        self._out.append(Constant(line, name, code, rest))  # type: ignore[arg-type] # a "value" is a Code

    def _directive(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> None:
        row = DIRECTIVES.get(name)
        if row is None:
            close = similar(name, [*DIRECTIVES, *EXPANDED]) if len(name) < 20 else []
            fix = head.text[0] + close[0] if close else None
            hint = f"did you mean `{fix}`?" if fix else None
            self._error("E0206", line, head, hint=hint, fix=fix, name=name)
            return
        arguments: object = ()
        if row.arguments is Arguments.NONE or (row.arguments is Arguments.MAYBE_NAME and not rest):
            if rest:
                self._error("E0201", line, rest[0], found=rest[0].text)
        elif row.arguments is Arguments.ITEMS:
            arguments = self._items(line, head, rest)
        elif row.arguments is not Arguments.IGNORED:
            start = Arguments.NAME if row.arguments is Arguments.MAYBE_NAME else row.arguments
            arguments = self._parsed(start.value, line, head, rest)
            if name == "binfile" and arguments is not None:
                arguments = self._binary(line, rest[0])
        if arguments is None and row.arguments in (Arguments.ASSIGNMENT, Arguments.NAME) and rest:
            self._symbols.excused.add(rest[0].text)
        if arguments is not None or row.block:
            self._out.append(Directive(line, head, name, arguments, rest))

    def _items(self, line: Line, head: Token, rest: tuple[Token, ...]) -> list[object]:
        """The items of a data directive, each with its tokens; what is wrong with one spares the others."""
        if not rest:
            self._parsed("item", line, head, rest)
        items: list[object] = []
        for part, comma in parts_of(rest):
            if part:
                item = self._parsed("item", line, comma or head, part)
                if item is not None:
                    items.append((item, part))
            elif comma is not None:  # naken_asm tolerates a comma at the end (observed)
                self._error("E0201", line, comma, found=",", hint="a value is missing before it")
        return items

    def _binary(self, line: Line, token: Token) -> bytes | None:
        try:
            return self._sources.data(self._sources.find(str(token.value), line.file))
        except SourceProblem as problem:
            self._source_problem(problem, line, token)
            return None

    def _source_problem(self, problem: SourceProblem, line: Line, token: Token) -> None:
        here = span_of(line, token.column, token.width)
        notes = [Note("it is included here", here)] if problem.span else []
        notes += backtrace(line)
        self._report.add(problem.diagnostic(here, notes))
