# SPDX-License-Identifier: MIT
"""Statements by the shape of their line: most lines are like a line before.

The *shape* of a line is its text with every word (name, number, text) replaced by the word's kind;
mnemonics, size suffixes and directives of data stay.  When the expander has read a line in full, its shape
is kept with what came out; the next line of the shape needs one regular expression and its words.
Identical lines need a look-up.

There is no grammar here: what a shape means is what the full reading of its first line found.  That holds
for all lines of the shape because the kinds of words here are those of the tokens (`asm816.tokens`), only
finer.  A word that may mean something else than itself (a macro, a textual name that is not a number, any
other directive) has a kind of its own, and no shape with it is kept.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.directives import DIRECTIVES, Arguments
from asm816.expressions import ExpressionProblem, evaluate
from asm816.source import Line
from asm816.statements import Constant, Data, Directive, Form, Instruction, Known, Label, Wording
from asm816.target.isa import CANONICAL
from asm816.tokens import (
    DEFINED,
    NAME,
    NAME_KINDS,
    NUMBER,
    RESERVED_KINDS,
    SHORT_LINE,
    TEXT,
    WORD,
    WORD_KINDS,
    Token,
    lex,
    number_value,
    without_comment,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asm816.macros import Define
    from asm816.source import Text
    from asm816.statements import Statement

_new: Any = tuple.__new__  # of a named tuple: half the time of its constructor
_SPECIAL = "?"
_MOST_LINES = 50_000  # remembered by their text
_MOST_SHAPES = 20_000

_DATA = {
    row.name: row.width
    for row in DIRECTIVES.values()
    if row.arguments is Arguments.ITEMS and row.width and row.name != "asciiz"
}
_KEPT = frozenset(
    {name.lower() for name in CANONICAL}
    | {name for name in _DATA if DIRECTIVES[name].bare}
    | {f".{name}" for name in _DATA}
    | {".b", ".w", ".l"}
)
"""Words that stay in a shape."""

_OTHER = frozenset(name for name, row in DIRECTIVES.items() if row.bare) | {"end", "equ", DEFINED}
"""Words that say something else than an operand."""


class _Words(dict[str, str]):
    """Word -> its kind in a shape, found when it is first met.

    ``numbers`` and ``texts`` have the values of words of these kinds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        self.texts: dict[str, bytes] = {}

    def __missing__(self, word: str) -> str:
        kind = self[word] = self._kind(word)
        return kind

    def _kind(self, word: str) -> str:
        first = word[0]
        if first in "0123456789$":
            value = number_value(word)
            if value is None or value >> 64:
                return _SPECIAL
            self.numbers[word] = value
            return NUMBER
        if first in "\"'":
            return self._quoted(lex(word).tokens[0])
        lower = word.lower()
        if lower in _KEPT:
            return lower
        if first == "." or lower in _OTHER:
            return _SPECIAL
        return RESERVED_KINDS.get(word, NAME)

    def _quoted(self, token: Token) -> str:
        if isinstance(token.value, int):
            self.numbers[token.text] = token.value
        elif token.kind == TEXT:
            self.texts[token.text] = str(token.value).encode()
        else:
            return _SPECIAL
        return token.kind


class _Plan(NamedTuple):
    """What the lines of a shape say: so many ``labels`` and, if there is a ``form``, an instruction.

    ``value`` is then the number of the word that is the operand's whole value, -1 if that is computed, and
    ``constant`` tells whether it is computed of numbers.  With a ``width`` it is data instead, whose items
    are the words from number ``items`` on, and ``start`` the number of their first token.
    """

    labels: int
    form: Form | None = None
    value: int = -1
    constant: bool = False
    width: int = 0
    items: int = 0
    start: int = 0


Said = tuple[tuple[Token, ...], Wording | Known | None]
"""What a line says: its labels, and what stands behind them."""


class Shapes:
    """Remembers lines and shapes of one assembly, and what its words mean there."""

    def __init__(self) -> None:
        self._lines: dict[str, Said] = {}
        self._words = _Words()
        self._kind_of = self._words.__getitem__
        self._numbers: dict[str, Token] = {}  # textual names that stand for one number
        self._plans: dict[tuple[str, ...], _Plan] = {}

    # -- what words mean

    def means(self, define: Define) -> None:
        """A textual name was defined."""
        number = define.number
        self._change(define.name, _SPECIAL if number is None else NUMBER)
        if number is not None:
            self._numbers[define.name] = define.tokens[0]
            self._words.numbers[define.name] = number

    def means_itself(self, name: str) -> None:
        """A textual name was taken back."""
        self._change(name, None)

    def is_macro(self, name: str) -> None:
        """A macro was defined."""
        self._change(name, _SPECIAL)

    def _change(self, word: str, kind: str | None) -> None:
        if self._words.pop(word, None) is not None:
            self._lines.clear()  # some of them may have the word
        self._words.numbers.pop(word, None)
        self._numbers.pop(word, None)
        if kind is not None:
            self._words[word] = kind

    # -- reading

    def statements(self, text: Text, count_line: Callable[[Line], None]) -> Iterator[Statement]:
        """The statements of the next lines of `text`, as long as they are like lines before.

        `count_line` is told each line of a macro.
        """
        codes, file, frame, arguments = text.file.code, text.file, text.frame, text.arguments
        number, last, counted = text.next, text.last, text.macro is not None
        known = {} if arguments else self._lines
        while number < last:
            code = codes[number]
            found = known.get(code) or self._said(code, arguments)
            if found is None:
                return
            number += 1
            text.next = number
            line = _new(Line, (file, number, frame))
            if counted:
                count_line(line)
            labels, statement = found
            for label in labels:
                yield _new(Label, (line, label))
            if statement is not None:
                yield _new(Instruction if type(statement) is Wording else Data, (line, statement))

    def _said(self, code: str, arguments: Mapping[str, tuple[Token, ...]]) -> Said | None:
        """What a line says, None if no line was like it.  `arguments` are those of the macro it stands in."""
        if len(code) > SHORT_LINE:
            return None
        parts = WORD.split(without_comment(code))
        words = parts[1::2]
        replaced: Mapping[str, Token] | None = None
        if arguments and not arguments.keys().isdisjoint(words):
            replaced = _single(arguments, words)
            if replaced is None:
                return None
            words = [replaced[word].text if word in replaced else word for word in words]
        parts[1::2] = map(self._kind_of, words)
        plan = self._plans.get(tuple(parts))
        if plan is None or (replaced and plan.labels):
            return None
        found = self._fill(plan, code, parts, words, replaced)
        if not arguments and found is not None:
            if len(self._lines) >= _MOST_LINES:
                self._lines.clear()
            self._lines[code] = found
        return found

    def _fill(
        self, plan: _Plan, code: str, parts: list[str], words: list[str], replaced: Mapping[str, Token] | None
    ) -> Said | None:
        labels: tuple[Token, ...] = ()
        if plan.labels == 1:
            word = words[0]
            labels = (_new(Token, (parts[1], word, word, len(parts[0]), len(word))),)
        elif plan.labels:
            labels = lex(code).tokens[: 2 * plan.labels : 2]
        form = plan.form
        if form is None:
            known = self._known(plan, code, words[plan.items :]) if plan.width else None
            return None if plan.width and known is None else (labels, known)
        if not self._numbers.keys().isdisjoint(words):
            found = {word: self._numbers[word] for word in words if word in self._numbers}
            replaced = found if replaced is None else {**found, **replaced}
        if plan.value >= 0:
            word = words[plan.value]
            number = self._words.numbers.get(word)
            return labels, Wording(form, code, replaced, number, word if number is None else None)
        wording = Wording(form, code, replaced)
        if plan.constant:
            assert form.operand is not None
            with suppress(ExpressionProblem):  # it is reported where the value is used
                wording.value = evaluate(form.operand.code.steps, wording.tokens, 0, _no_symbols)
        return labels, wording

    def _known(self, plan: _Plan, code: str, words: list[str]) -> Known | None:
        """The data in these words, None if a number is too large."""
        numbers, texts = self._words.numbers, self._words.texts
        items = [numbers[word] if word in numbers else texts[word] for word in words]
        most = 1 << 8 * plan.width
        if any(type(item) is int and item >= most for item in items):
            return None
        return Known(plan.width, tuple(items), code, plan.start)

    # -- learning

    def learn(
        self, code: str, arguments: Mapping[str, tuple[Token, ...]], statements: Sequence[Statement]
    ) -> None:
        """Keep the shape of a line that was read in full, without a report, and made these statements."""
        if len(code) > SHORT_LINE or "%" in code or len(self._plans) >= _MOST_SHAPES:
            return  # `%` can be a sign or the start of a number: a shape cannot tell
        last = statements[-1] if statements else None
        if isinstance(last, Constant) or (isinstance(last, Directive) and last.name not in _DATA):
            return  # of these there are no plans
        tokens, placed = lex(code).tokens, lex(code).placed
        parts = WORD.split(without_comment(code))
        words = parts[1::2]
        if placed or words != [token.text for token in tokens if token.kind in WORD_KINDS]:
            return
        if arguments and not arguments.keys().isdisjoint(words):
            replaced = _single(arguments, words)
            if replaced is None:
                return
            words = [replaced[word].text if word in replaced else word for word in words]
        kinds = parts[1::2] = [self._words[word] for word in words]
        if _SPECIAL not in kinds:
            labels = sum(type(statement) is Label for statement in statements)
            plan = _plan(labels, statements[labels:], tokens, kinds)
            if plan is not None:
                self._plans[tuple(parts)] = plan


def _single(arguments: Mapping[str, tuple[Token, ...]], words: list[str]) -> dict[str, Token] | None:
    """Word -> the token that is its argument; None where an argument is anything else than one word."""
    found = {}
    for word in words:
        argument = arguments.get(word)
        if argument is not None:
            if len(argument) != 1 or argument[0].kind not in _WORDS_OF_OPERANDS:
                return None
            found[word] = argument[0]
    return found


_WORDS_OF_OPERANDS = frozenset((*NAME_KINDS, NUMBER))


def _plan(
    labels: int, statements: Sequence[Statement], tokens: Sequence[Token], kinds: Sequence[str]
) -> _Plan | None:
    if not statements:
        return _Plan(labels) if len(tokens) == 2 * labels else None
    statement = statements[0]
    if len(statements) > 1:
        return None
    if isinstance(statement, Instruction):
        return _instruction_plan(labels, statement, tokens, kinds)
    if isinstance(statement, Directive):
        return _data_plan(labels, statement, tokens, kinds)
    return None


def _instruction_plan(
    labels: int, statement: Instruction, tokens: Sequence[Token], kinds: Sequence[str]
) -> _Plan | None:
    if CANONICAL.get(kinds[labels].upper()) != statement.mnemonic:
        return None
    if any(kind[0] == "." for kind in kinds[labels + 1 + bool(statement.suffix) :]):
        return None  # no size suffix
    operand = statement.operand
    start = 2 * labels + 1 + bool(statement.suffix)
    form = Form(statement.mnemonic, statement.suffix, operand, start)
    if operand is None or operand.second is not None or operand.code.naken is not None:
        return _Plan(labels, form)
    words = [_word_number(tokens, start + step) for step in operand.code.steps if isinstance(step, int)]
    if len(operand.code.steps) == 1 and words[0] >= 0 and kinds[words[0]] in _WORDS_OF_OPERANDS:
        return _Plan(labels, form, value=words[0])
    return _Plan(labels, form, constant=all(word >= 0 and kinds[word] == NUMBER for word in words))


def _word_number(tokens: Sequence[Token], number: int) -> int:
    """Which of a line's words a token is, -1 if it is a sign."""
    if tokens[number].kind not in WORD_KINDS:
        return -1
    return sum(token.kind in WORD_KINDS for token in tokens[:number])


def _data_plan(
    labels: int, statement: Directive, tokens: Sequence[Token], kinds: Sequence[str]
) -> _Plan | None:
    width = _DATA.get(statement.name)
    if width is None or kinds[labels].lstrip(".") != statement.name:
        return None
    allowed = (NUMBER, TEXT) if width == 1 else (NUMBER,)
    if any(len(item) != 1 or item[0].kind not in allowed for _, item in statement.arguments):
        return None
    start = next(n for n, token in enumerate(tokens) if _word_number(tokens, n) == labels) + 1
    return _Plan(labels, width=width, items=labels + 1, start=start)


def _no_symbols(token: Token) -> int:
    raise AssertionError(token)
