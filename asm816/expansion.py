# SPDX-License-Identifier: MIT
"""From source files to statements: includes, conditionals, textual names and macros.

Statements come out one by one, because a condition may ask for the value of a label above it: whoever
takes the statements gives each label its address before the next line is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.conditionals import CONTINUED, OPENERS, Conditionals, head_of, last_line, names_defined
from asm816.diagnostics import Diagnostic, Note, Report, Stop, backtrace, diagnostic, span_of
from asm816.directives import EXPANDED
from asm816.expressions import ExpressionProblem, Unknown, evaluate
from asm816.heads import head_and_rest, is_constant, prefixed
from asm816.macros import (
    Budget,
    Define,
    Lines,
    Macro,
    MacroProblem,
    arguments_of,
    parameters_of,
    replaced,
    signature_of,
    with_arguments,
    with_defined,
)
from asm816.names import with_paths
from asm816.reading import StatementReader
from asm816.shapes import MOST_AT_ONCE, Shapes
from asm816.source import Frame, Line, SourceProblem, Text
from asm816.statements import Label, Statement
from asm816.symbols import Broken
from asm816.target.isa import CANONICAL
from asm816.tokens import BAD, DEFINED, DOTTED, NAME_KINDS, TEXT, Token, lex, text_of_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from asm816.limits import Limits
    from asm816.source import SourceFile, Sources
    from asm816.symbols import Symbols

_LARGE_SOURCE = 1 << 20
_CHARACTERS_PER_EXPANDED_LINE = 64  # large programs may have more of them; time grows with the source
_RAW = frozenset(("define", "def", "equ", "undef", "ifdef", "ifndef", "macro"))
_RAW |= frozenset(("endif", "else", "endm", "end"))


class Expander(StatementReader):
    """Reads a source and yields its statements; what is wrong goes to the report."""

    def __init__(self, sources: Sources, report: Report, limits: Limits, symbols: Symbols) -> None:
        super().__init__(sources, report, limits, symbols)
        self.defines: dict[str, Define] = {}
        self._shapes = Shapes()
        self._texts: list[Text] = []
        self._conditionals = Conditionals()
        self._budget = Budget(limits)
        self._expanded_lines = 0
        self._included: set[Path] = set()
        self._ended = False
        self._owners = 0
        self._called: Macro | None = None  # by the present line
        self._lost: set[str] = set()  # texts and macros whose definition went wrong

    def predefine(self, name: str, text: str) -> None:
        """A textual name from outside (-D).  Raises ValueError if the text has no tokens that mean something."""
        if lex(text).bad is not None:
            raise ValueError(f"the text of {name}, {text!r}, cannot be part of a source")
        self.defines[name] = define = Define(name, None, lex(text).tokens)
        self._shapes.means(define)

    def statements(self, main: SourceFile) -> Iterator[Sequence[Statement]]:
        """The statements of `main` and of all it includes, in order, some at a time.  Raises Stop.

        A part that was handed out is gone with the next.
        """
        self._texts.append(Text(main, 0, len(main.code), None, 1))
        while self._texts and not self._ended:
            text = self._texts[-1]
            goes_on = self._reads_on(text)
            if goes_on and len(self._out) < MOST_AT_ONCE:
                continue
            if self._out:
                yield self._out
                self._out.clear()
            if goes_on:
                continue
            if text.next >= text.last:
                self._leave(self._texts.pop())
                continue
            text.next += 1
            code = text.file.code[text.next - 1]
            line = Line(text.file, text.next, text.frame)
            if text.macro is not None:
                self._count_lines(line)
            if self._conditionals.active:
                self._read(line, code, text)
            else:
                self._skip(line, code, text)
            if self._out:
                yield self._out
                self._out.clear()
        while self._texts:  # .end stops in the middle
            self._leave(self._texts.pop())
        for line, name in self._names.missing():
            self._symbols.excused.add(name.text)
            self._report.on("E0451", line, name, found="+")

    def _reads_on(self, text: Text) -> bool:
        """Read lines that need no address of a label; whether there may be more of them, in another text."""
        if self._conditionals.active and self._reads_by_shape:
            called = self._shapes.read(text, self._out, self._count_lines)
            if called is not None:
                self._call_with(called[0], *called[1])
        if text is self._texts[-1] and text.next >= text.last and text.again is None and text.level > 1:
            self._leave(self._texts.pop())
        return text is not self._texts[-1]

    @property
    def _reads_by_shape(self) -> bool:
        """Whether lines mean what lines like them mean: not where something went wrong with names before."""
        return not (self._symbols.excused or self._symbols.excuse_all or self._lost)

    # -- texts

    def _leave(self, text: Text) -> None:
        for left in self._conditionals.left_open(text.level):
            self._report.at("E0302", left.line, name=left.name)
        if text.again is not None and not self._ended:
            text.again()

    def _count_lines(self, line: Line, made: int = 1) -> None:
        self._expanded_lines += made
        if self._expanded_lines <= self._limits.expanded_lines:
            return
        beyond = self._sources.fresh - _LARGE_SOURCE
        limit = max(self._limits.expanded_lines, beyond // _CHARACTERS_PER_EXPANDED_LINE)
        if self._expanded_lines > limit:
            self._fatal("E0309", line, limit=limit, what="lines")

    def _fatal(self, code: str, line: Line, **fields: Any) -> None:
        raise self._report.fatal(_diagnostic(code, line, **fields))

    # -- lines

    def _skip(self, line: Line, code: str, text: Text) -> None:
        """A line that is not assembled: only conditionals count."""
        self._spoiled = False
        head = head_of(code)
        if self._conditionals.failed:
            symbols, texts = names_defined(code)
            self._symbols.excused.update(symbols)
            self._lost.update(texts)
        if head is None or head in ("macro", "endm"):
            return
        if head in CONTINUED:
            text.next = 1 + last_line(text.file.code, text.next - 1, text.last)
            return
        if head in OPENERS:
            self._conditionals.open(line, head, text.level, None)
            return
        tokens = [token for token in lex(code).tokens if token.kind != ":"]
        start = next(n for n, t in enumerate(tokens) if t.kind in (DOTTED, "#"))
        head_token, rest = prefixed(tokens[start:])
        if text.arguments:
            rest = self._replaced(line, rest, text.arguments)
        self._conditional(line, head, head_token, rest, text)

    def _read(self, line: Line, code: str, text: Text) -> None:
        """A line that is assembled and like none before: read in full, and learnt."""
        reports = len(self._report.diagnostics)
        self._called, self._wrong = None, False
        self._read_in_full(line, code, text)
        if not self._wrong and len(self._report.diagnostics) == reports and self._reads_by_shape:
            self._shapes.learn(code, text.arguments, self._out, self._called)

    def _read_in_full(self, line: Line, code: str, text: Text) -> None:
        lexed = lex(code)
        tokens, names = lexed.tokens, lexed.names
        if not tokens:
            return
        self._spoiled = False
        if text.arguments and not names.isdisjoint(text.arguments):
            tokens = self._replaced(line, tokens, text.arguments)
            names = frozenset(token.text for token in tokens)
        if lexed.placed:
            labels, tokens = self._names.of_line(line, tokens, text.owner, self._symbols.parent)
            self._out += [Label(line, label) for label in labels]
        first = 0
        while len(tokens) > first + 1 and tokens[first + 1].kind == ":" and tokens[first].kind in NAME_KINDS:
            self._out.append(Label(line, tokens[first]))
            first += 2
        tokens = tokens[first:]
        if lexed.bad is not None:
            self._bad(line, lexed.bad)
        elif not names.isdisjoint(self._lost):
            self._spoiled = True
        if tokens:
            self._statement(line, tokens, names, text)

    def _replaced(
        self, line: Line, tokens: tuple[Token, ...], arguments: Mapping[str, tuple[Token, ...]] | None = None
    ) -> tuple[Token, ...]:
        """`tokens` with the names of `arguments`, or else all textual names, replaced."""
        try:
            if arguments is not None:
                return tuple(with_arguments(tokens, arguments, self._budget))
            return tuple(replaced(tokens, self.defines, self._budget))
        except MacroProblem as problem:
            self._error(problem.code, line, problem.token, **problem.fields)
            if problem.fatal:
                raise Stop from None
            self._spoiled = True
            return tokens

    def _bad(self, line: Line, token: Token) -> None:
        shown = token.text if token.text.isprintable() else f"0x{ord(token.text[0]):02x}"
        self._error(str(token.value), line, token, text=shown)
        self._spoiled = True

    def _statement(self, line: Line, tokens: tuple[Token, ...], names: frozenset[str], text: Text) -> None:
        name, head, rest = head_and_rest(tokens)
        if name in _RAW:
            self._expanded(line, name, head, rest, text)
            return
        if len(tokens) > 1 and tokens[1].kind in NAME_KINDS and tokens[1].text.lower() == "equ":
            self._define(line, tokens[0], None, tokens[2:])
            return
        if not names.isdisjoint(self.defines):
            tokens = self._replaced(line, tokens)
            if not tokens:
                return
            names = frozenset(token.text for token in tokens)
        if DEFINED in names:
            tokens = with_defined(tokens, self._is_defined)
        name, head, rest = head_and_rest(tokens)
        if DOTTED in [token.kind for token in rest[1:]]:
            rest = with_paths(rest, 1 if rest[0].kind == DOTTED else 0)
        if name in EXPANDED:
            self._expanded(line, name, head, rest, text)
        elif name:
            self._directive(line, name, head, rest)
        elif is_constant(tokens):
            self._constant(line, head, rest[1:])
        elif head.text in self._macros:
            self._call(line, self._macros[head.text], head, rest)
        elif head.text.upper() in CANONICAL:
            self._instruction(line, head, rest)
        else:
            self._unknown(line, head, rest)

    # -- what is gone before there are statements

    def _expanded(self, line: Line, name: str, head: Token, rest: tuple[Token, ...], text: Text) -> None:
        if name in OPENERS:
            self._conditionals.open(line, name, text.level, self._truth(line, name, head, rest))
        elif name in ("else", "elseif", "endif"):
            self._conditional(line, name, head, rest, text)
        elif name in ("define", "def", "equ"):
            self._define_directive(line, name, head, rest)
        elif name == "undef":
            if self._has_name(line, name, head, rest):
                self.defines.pop(rest[0].text, None)
                self._shapes.means_itself(rest[0].text)
        elif name == "macro":
            self._macro(line, head, rest, text)
        elif name == "endm":
            self._error("E0304", line, head)
        elif name == "include":
            self._include(line, head, rest)
        elif name == "end":
            self._ended = True
        elif name not in ("65816", "65c816"):
            self._report.once("W0101", line, head, name)

    def _has_name(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> bool:
        if rest and rest[0].kind in NAME_KINDS:
            return True
        self._error("E0316", line, rest[0] if rest else head, name=name)
        self._lost.update(token.text for token in rest if token.kind in NAME_KINDS)  # one of them was meant
        return False

    def _define_directive(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> None:
        if not self._has_name(line, name, head, rest):
            return
        symbol, tokens = rest[0], self._continued(rest[1:])
        if self._spoiled:
            self._lost.add(symbol.text)
            return
        parameters = None
        if name == "define":
            if tokens and tokens[0].kind == "(" and tokens[0].column == symbol.column + symbol.width:
                found = parameters_of(tokens)
                if found is None:
                    hint = "expected: names in parentheses"
                    self._error("E0201", line, tokens[0], found="(", hint=hint)
                    self._lost.add(symbol.text)
                    return
                parameters, tokens = found[0], tokens[found[1] :]
        elif tokens and tokens[0].kind in ("=", ","):
            tokens = tokens[1:]
        self._define(line, symbol, parameters, tokens)

    def _continued(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """The tokens of a definition whose lines end in a backslash."""
        text = self._texts[-1]
        whole = list(tokens)
        while whole and whole[-1].kind == "\\" and text.next < text.last:
            lexed = lex(text.file.code[text.next])
            text.next += 1
            line = Line(text.file, text.next, text.frame)
            if lexed.bad is not None:
                self._bad(line, lexed.bad)
            whole[-1:] = self._replaced(line, lexed.tokens, text.arguments)
            if len(whole) > self._limits.line_tokens:
                self._fatal("E0309", line, limit=self._limits.line_tokens, what="tokens on one line")
        return tuple(whole)

    def _define(
        self, line: Line, name: Token, parameters: tuple[str, ...] | None, tokens: tuple[Token, ...]
    ) -> None:
        if self._spoiled:
            self._lost.add(name.text)
            return
        new = Define(name.text, parameters, text_of_name(tokens), line)
        old = self.defines.get(name.text)
        if old is not None and (old.line is None or old.same_text(new)):
            return  # -D wins over the source
        if old is not None and old.line is not None:
            notes = (Note("the first definition", span_of(old.line)),)
            self._error("E0310", line, name, notes=notes, name=name.text)
            return
        self.defines[name.text] = new
        self._shapes.means(new)

    def _is_defined(self, name: Token) -> bool:
        return (
            name.text in self.defines
            or name.text in self._macros
            or self._symbols.find(name.text) is not None
            or name.text in self._lost
            or self._symbols.is_excused(name.text)
        )

    # -- conditionals

    def _truth(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> bool | None:
        """The answer of a condition, or None after a report."""
        if name in ("ifdef", "ifndef"):
            if not self._has_name(line, name, head, rest):
                return None
            return self._is_defined(rest[0]) == (name == "ifdef")
        code = self._parsed("value", line, head, rest)
        if code is None:
            return None
        try:
            return evaluate(code.steps, rest, 0, self._symbols.lookup) != 0  # type: ignore[attr-defined] # a Code
        except Broken:
            pass
        except Unknown as problem:
            self._error("E0315", line, problem.token, name=problem.token.text)
        except ExpressionProblem as problem:
            self._error(problem.code, line, problem.token, **problem.fields)
        return None

    def _conditional(self, line: Line, name: str, head: Token, rest: tuple[Token, ...], text: Text) -> None:
        """`.else`, `.elseif` and `.endif`."""
        conditional = self._conditionals.innermost(text.level)
        if conditional is None:
            self._error("E0301", line, head, name=name)
            return
        if name == "endif":
            self._conditionals.close()
            return
        if conditional.in_else:
            self._error("E0303", line, head, name=name)
            return
        conditional.in_else = name == "else"
        conditional.active = False
        if not conditional.done:
            truth = True if name == "else" else self._later_truth(line, name, head, rest)
            conditional.active = bool(truth)
            conditional.done = truth is None or truth
            conditional.failed |= truth is None

    def _later_truth(self, line: Line, name: str, head: Token, rest: tuple[Token, ...]) -> bool | None:
        bad = next((token for token in rest if token.kind == BAD), None)
        if bad is not None:
            self._bad(line, bad)
        return self._truth(line, name, head, with_defined(self._replaced(line, rest), self._is_defined))

    # -- macros and includes

    def _macro(self, line: Line, head: Token, rest: tuple[Token, ...], text: Text) -> None:
        first = text.next
        depth = 1
        while text.next < text.last and depth:
            inner = head_of(text.file.code[text.next])
            depth += (inner == "macro") - (inner == "endm")
            if inner in CONTINUED:
                text.next = last_line(text.file.code, text.next, text.last)
            text.next += 1
        if depth:
            self._error("E0305", line, head)
            self._symbols.excuse_all = True  # the rest of the file is gone
            return
        if not self._has_name(line, "macro", head, rest):
            return
        if self._spoiled:
            self._lost.add(rest[0].text)
            return
        name = rest[0]
        try:
            signature = signature_of(rest[1:])
        except MacroProblem as problem:
            self._error(problem.code, line, problem.token, **problem.fields)
            self._lost.add(name.text)
            return
        old = self._macros.get(name.text)
        if old is not None:
            notes = (Note("the first definition", span_of(old.line)),)
            self._error("E0310", line, name, notes=notes, name=name.text, hint="give one another name")
            return
        self._shapes.is_macro(name.text)
        self._macros[name.text] = Macro(name.text, signature, text.file, first, text.next - 1, line)

    def _call(self, line: Line, macro: Macro, head: Token, rest: tuple[Token, ...]) -> None:
        if self._spoiled:
            return
        arguments: list[tuple[Token, ...]] = []
        if rest:
            found = arguments_of(rest, 0) if rest[0].kind == "(" else None
            if found is None or found[1] != len(rest) - 1:
                token = rest[0] if found is None else rest[found[1] + 1]
                self._error("E0201", line, token, found=token.text, hint=f"a call is {macro.call_form}")
                return
            arguments = found[0]
        self._call_with(line, macro, head, arguments)

    def _call_with(
        self, line: Line, macro: Macro, head: Token, arguments: Sequence[tuple[Token, ...]]
    ) -> None:
        by_name = macro.signature.bound(arguments, head)
        if by_name is None:
            expected, given, hint = macro.signature.takes, len(arguments), f"a call is {macro.call_form}"
            self._error("E0306", line, head, name=macro.name, expected=expected, given=given, hint=hint)
            return
        self._called = macro
        self._enter_lines(macro, Frame(line, macro.name), by_name, self._new_owner(macro.name))

    def _enter_lines(
        self,
        lines: Lines,
        frame: Frame,
        arguments: Mapping[str, tuple[Token, ...]],
        owner: str,
        again: Callable[[], None] | None = None,
    ) -> None:
        """Read lines of a macro or loop next."""
        if len(self._texts) > self._limits.expansion_depth:
            self._fatal("E0308", frame.line, limit=self._limits.expansion_depth)
        self._count_lines(frame.line)
        level = len(self._texts) + 1
        self._texts.append(
            Text(
                lines.file,
                lines.first,
                lines.last,
                frame,
                level,
                macro=frame.macro,
                arguments=arguments,
                owner=owner,
                again=again,
            )
        )

    def _new_owner(self, name: str) -> str:
        """The owner of the local labels of a text that is made once."""
        self._owners += 1
        return f"{name}#{self._owners}"

    def _include(self, line: Line, head: Token, rest: tuple[Token, ...]) -> None:
        if self._parsed("text", line, head, rest) is None:
            self._symbols.excuse_all = True  # they may well be defined in the file that is missing
            return
        token = rest[0]
        assert token.kind == TEXT
        try:
            path = self._sources.find(str(token.value), line.file)
            file = self._sources.file(path)
        except SourceProblem as problem:
            self._symbols.excuse_all = True
            self._source_problem(problem, line, token)
            return
        chain = [text for text in self._texts if text.macro is None]
        real = self._sources.real
        if sum(text.file.path is not None and real(text.file.path) == real(path) for text in chain) > 1:
            self._fatal("E0103", line, name=str(token.value))
        if len(chain) >= self._limits.include_depth:
            self._fatal("E0104", line, limit=self._limits.include_depth)
        if path in self._included:  # a file once read is as cheap to ask for as a macro
            self._count_lines(line, len(file.code))
        self._included.add(path)
        owner = self._texts[-1].owner  # of a macro that includes it
        self._texts.append(Text(file, 0, len(file.code), Frame(line), len(self._texts) + 1, owner=owner))


def _diagnostic(code: str, line: Line, **fields: Any) -> Diagnostic:
    return diagnostic(code, span_of(line), backtrace(line), **fields)
