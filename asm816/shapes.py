# SPDX-License-Identifier: MIT
"""Statements by the shape of their line: most lines are like a line before.

The *shape* of an instruction is its text without its label and without the first word of its operand
(name, number, text): of these it has the kind only.  Data and calls of macros have the kinds of all their
words.  When the expander has read a line in full, its shape is kept with what came out; the next line of
the shape needs one regular expression and those words.  Identical lines need a look-up.

There is no grammar here: what a shape means is what the full reading of its first line found.  That holds
for all lines of the shape because the kinds of words here are those of the tokens (`asm816.tokens`), only
finer.  A word that may mean something else than itself (a macro, a textual name that is not a number, a
directive) has a kind of its own, and no shape with it is kept.
"""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import filterfalse
from operator import methodcaller, not_
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.directives import DIRECTIVES, Arguments
from asm816.expressions import ExpressionProblem, evaluate
from asm816.kinds import SPECIAL, Kinds
from asm816.source import Line
from asm816.statements import Data, Directive, Form, Instruction, Known, Label, Wording
from asm816.tokens import (
    DEFINED,
    DOTTED,
    NAME,
    NAME_KINDS,
    NAME_TEXT,
    NUMBER,
    QUOTED_TEXT,
    RESERVED_KINDS,
    SHORT_LINE,
    TEXT,
    WORD,
    WORD_KINDS,
    WORD_TEXT,
    Token,
    lex,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asm816.macros import Define, Macro
    from asm816.source import Text
    from asm816.statements import Statement

_new: Any = tuple.__new__  # of a named tuple: half the time of its constructor
_MOST_LINES = 50_000  # remembered by their text
_MOST_SHAPES = 20_000
MOST_AT_ONCE = 4_000  # lines: whoever takes the statements may stop at any of them

_LINES = re.compile(
    rf"""(?:[ \t]*+({NAME_TEXT}+)[ \t]*+:)?           # a label
    [ \t]*+(\.?{NAME_TEXT}+(?:\.[A-Za-z0-9_]+)?)?     # a mnemonic with its size, a directive, a macro
    (?:([ \t]*+[\#(\[<>^!]*+[ \t]*+)({WORD_TEXT}))?  # signs before the first word of an operand, and that
    ((?:[^\n;/"']++|/(?!/)|{QUOTED_TEXT})*+)
    (?:(?:;|//)[^\n]*+)?                             # a comment
    ([^\n]*+)\n""",
    re.VERBOSE,
)
"""Lines, each with its end; their parts are those of `_Parts`.  Its repeats give nothing back, so that no blank is tried twice."""

_Parts = tuple[str, str, str, str, str, str]
"""Label, head, signs, first word, the rest without the comment, and what makes it no line of a shape."""

_BLANKS = " \t\r\f\v"  # as of tokens
_ended = methodcaller("rstrip", _BLANKS)
_FIRST_AHEAD, _MOST_AHEAD = 8, 1024  # lines that are read ahead

_DATA = {
    row.name: row.width
    for row in DIRECTIVES.values()
    if row.arguments is Arguments.ITEMS and row.width and row.name != "asciiz"
}
_OPERANDS = frozenset((*NAME_KINDS, NUMBER))
"""Kinds of words that can be an operand, or the argument of a macro."""


class Call(NamedTuple):
    """A call of a macro, with its arguments in order."""

    macro: Macro
    head: Token
    arguments: Sequence[tuple[Token, ...]]


class _Plan(NamedTuple):
    """What the lines of a shape say: nothing but their label or, if there is a ``form``, an instruction.

    ``whole``: the first word is the operand's whole value.  Otherwise that is computed; if of numbers only,
    ``constant`` has the operand's tokens before and behind the first word.  ``replaced`` are textual numbers
    in the rest of the line.  With a ``width`` it is data, with a ``macro`` the call of that.
    """

    form: Form | None = None
    whole: bool = False
    constant: tuple[tuple[Token, ...], tuple[Token, ...]] | None = None
    replaced: Mapping[str, Token] | None = None
    width: int = 0
    macro: Macro | None = None


_Behind = Wording | Known | Call
"""What can stand behind a label."""

Said = _Behind | Token | tuple[Token, _Behind] | tuple[()]
"""What a line says: something, a label, both or nothing."""


class Shapes:
    """Remembers lines and shapes of one assembly, and what its words mean there."""

    def __init__(self) -> None:
        self._lines: dict[str, Said] = {}
        self._filled: dict[tuple[str, ...], Said] = {}  # lines of macros with the texts of arguments
        self._kinds = Kinds()
        self._numbers: dict[str, Token] = {}  # textual names that stand for one number
        self._plans: dict[tuple[object, ...], _Plan] = {}
        self._listed: set[str] = set()  # data directives and macros: the shapes have the kinds of all words
        self._labels: set[str] = set()
        self._bodies: dict[str, tuple[_Parts, list[str]]] = {}  # lines of macros and their words
        self._ahead = _FIRST_AHEAD
        self._literal: set[str] = set()  # words of shapes that stand for themselves

    # -- what words mean

    def means(self, define: Define) -> None:
        """A textual name was defined."""
        number = define.number
        self._change(define.name, SPECIAL if number is None else NUMBER)
        if number is not None:
            self._numbers[define.name] = define.tokens[0]
            self._kinds.numbers[define.name] = number

    def means_itself(self, name: str) -> None:
        """A textual name was taken back."""
        self._change(name, None)

    def is_macro(self, name: str) -> None:
        """A macro was defined."""
        self._change(name, SPECIAL)

    def _change(self, word: str, kind: str | None) -> None:
        if word in self._literal:
            self._plans.clear()
        if self._kinds.pop(word, None) is not None or word in self._literal or word in self._labels:
            self._lines.clear()  # some of them may have the word
            self._filled.clear()
        self._kinds.numbers.pop(word, None)
        self._numbers.pop(word, None)
        if kind is not None:
            self._kinds[word] = kind

    # -- reading

    def read(
        self, text: Text, out: list[Statement], count_line: Callable[[Line], None]
    ) -> tuple[Line, Call] | None:
        """Append the statements of the next lines of `text` to `out`, as long as they are like lines before.

        It goes no further than the call of a macro, which it returns with its line.
        `count_line` is told each line of a macro.
        """
        codes, file, frame, arguments = text.file.code, text.file, text.frame, text.arguments
        counted = text.macro is not None
        last = min(text.last, text.next + MOST_AT_ONCE)
        known, append = self._lines, out.append
        for number in range(text.next, last):
            code = codes[number]
            found = None if arguments else known.get(code)
            if found is None:
                found = (
                    self._with_arguments(code, arguments)
                    if arguments
                    else self._read_ahead(codes, number, last)
                )
                if found is None:
                    text.next = number
                    return None
            line = _new(Line, (file, number + 1, frame))
            if counted:
                count_line(line)
            sort = type(found)
            if sort is tuple:
                if not found:
                    continue
                label, found = found  # type: ignore[misc] # it is a label and something else
                append(_new(Label, (line, label)))
                sort = type(found)
            if sort is Wording:  # as most are
                append(_new(Instruction, (line, found)))
            elif sort is Token:
                append(_new(Label, (line, found)))
            elif sort is Known:
                append(_new(Data, (line, found)))
            else:
                text.next = number + 1
                return line, found  # type: ignore[return-value] # it is a Call
        text.next = max(text.next, last)
        return None

    def _read_ahead(self, codes: Sequence[str], number: int, last: int) -> Said | None:
        """What line `number` says, None if no line was like it; those behind it are looked at in the same go.

        As many as pays: more where they were like lines before, fewer where they were not.
        """
        if len(codes[number]) > SHORT_LINE:
            return None
        lines = self._lines
        if len(lines) >= _MOST_LINES:
            lines.clear()
        chunk = codes[number : min(last, number + self._ahead)]
        fresh = list(filterfalse(lines.__contains__, dict.fromkeys(chunk)))
        if max(map(len, fresh)) > SHORT_LINE:
            fresh = [code for code in fresh if len(code) <= SHORT_LINE]
        before = len(lines)
        split = _LINES.findall("\n".join([*fresh, ""]))
        for code, parts, plan in zip(fresh, split, self._plans_of(split), strict=True):
            found = self._meant(code, parts, plan, None)
            if found is not None:
                lines[code] = found
        if 2 * (len(lines) - before) >= len(fresh):
            self._ahead = min(2 * self._ahead, _MOST_AHEAD)
        else:
            self._ahead = max(self._ahead // 2, 1)
        return lines.get(codes[number])

    def _with_arguments(self, code: str, arguments: Mapping[str, tuple[Token, ...]]) -> Said | None:
        """What a line of a macro says that has these arguments, None if no line was like it."""
        body = self._bodies.get(code)
        if body is None:
            if len(code) > SHORT_LINE:
                return None
            parts = _parts(code)
            body = self._bodies[code] = parts, _words_of(parts)
        parts, words = body
        used = [word for word in words if word in arguments]
        if not used:
            found = self._lines.get(code)
            return self._read_ahead((code,), 0, 1) if found is None else found
        given = [arguments[word] for word in used]
        key = (code, *[tokens[0].text if len(tokens) == 1 else "" for tokens in given])
        found = self._filled.get(key)
        if found is not None:
            return found
        replaced = self._single(arguments, used, parts[0], parts[1])
        if replaced is None:
            return None
        label, head, signs, word, rest, odd = parts
        if word in replaced:
            word = replaced[word].text
        shown = label, head, signs, word, _with(replaced, rest), odd
        [plan] = self._plans_of([shown])
        found = self._meant(code, shown if plan else parts, plan, replaced)
        if found is not None:
            if len(self._filled) >= _MOST_LINES:
                self._filled.clear()
            self._filled[key] = found
        return found

    def _plans_of(self, lines: Sequence[_Parts]) -> Iterator[_Plan | None]:
        """The plans of instructions and bare labels among some lines, column by column: they are many."""
        labels, heads, signs, words, rests, _ = zip(*lines, strict=True)
        self._labels.update(labels)
        kinds = map(self._kinds.__getitem__, words)
        return map(
            self._plans.get, zip(map(not_, labels), heads, signs, kinds, map(_ended, rests), strict=True)
        )

    def _meant(
        self, code: str, parts: _Parts, plan: _Plan | None, replaced: Mapping[str, Token] | None
    ) -> Said | None:
        """What a line says by its plan or as a list, with words `replaced` by arguments of a macro."""
        label, head, signs, word, rest, odd = parts
        if odd or label == DEFINED:
            return None
        said: _Behind | None = None
        if plan is None:
            if head not in self._listed:
                return None
            said = self._list(code, (label, head, signs, word + _ended(rest)), replaced)
            if said is None:
                return None
        elif (form := plan[0]) is not None:
            if plan[1] and not (plan[3] or replaced or word in self._numbers):  # as most are
                number = self._kinds.numbers.get(word)
                said = Wording(form, code, None, number, word if number is None else None)
            else:
                said = self._wording(plan, form, code, word, replaced)
        if not label:
            return () if said is None else said
        kind = RESERVED_KINDS.get(label, NAME)
        name: Token = _new(Token, (kind, label, label, code.index(label), len(label)))
        return name if said is None else (name, said)

    def _wording(
        self, plan: _Plan, form: Form, code: str, word: str, replaced: Mapping[str, Token] | None
    ) -> Wording:
        number = self._kinds.numbers.get(word)
        if plan.replaced or word in self._numbers:
            named = {} if word not in self._numbers else {word: self._numbers[word]}
            replaced = {**(plan.replaced or {}), **named, **(replaced or {})}
        if plan.whole:
            return Wording(form, code, replaced, number, word if number is None else None)
        wording = Wording(form, code, replaced)
        if plan.constant is not None:
            assert form.operand is not None
            before, behind = plan.constant
            first = () if number is None else (Token(NUMBER, word, number, 0, 0),)
            with suppress(ExpressionProblem):  # it is reported where the value is used
                wording.value = evaluate(form.operand.code.steps, (*before, *first, *behind), 0, _no_symbols)
        return wording

    def _list(
        self, code: str, split: tuple[str, str, str, str], replaced: Mapping[str, Token] | None
    ) -> Known | Call | None:
        """Data, or the call of a macro: all words behind the head are a list."""
        label, head, signs, behind = split
        if not replaced and signs.isspace() and behind[:1] in "0123456789$":
            known = self._numbers_only(code, label, head, behind)
            if known is not None:
                return known
        return self._any_list(code, (label, head, signs + behind), replaced)

    def _numbers_only(self, code: str, label: str, head: str, items: str) -> Known | None:
        """Data whose `items` are numbers that were met before, as those of tables are; None if they are not."""
        plan = self._plans.get((not label, head))
        if plan is None:
            return None
        numbers = self._kinds.numbers
        try:
            values = [numbers[item] for item in items.split(", " if ", " in items else ",")]
        except KeyError:
            return None
        return _of_numbers(plan.width, values, code, label)

    def _any_list(
        self, code: str, split: tuple[str, str, str], replaced: Mapping[str, Token] | None
    ) -> Known | Call | None:
        label, head, behind = split
        parts = WORD.split(behind)
        signs = parts[::2]
        words = originals = parts[1::2]
        if replaced:
            words = [replaced[word].text if word in replaced else word for word in originals]
        parts[1::2] = map(self._kinds.__getitem__, words)
        plan = self._plans.get((not label, head, "".join(parts)))
        if plan is None:
            return None
        if plan.macro is None:
            return self._known(plan.width, words, code, label)
        column = code.index(head, code.index(label) + len(label))
        name = Token(RESERVED_KINDS.get(head, NAME), head, head, column, len(head))
        start = column + len(head)
        arguments = []
        for sign, original, word in zip(signs, originals, words, strict=False):
            start += len(sign)
            arguments.append((self._argument(original, word, replaced, start),))
            start += len(original)
        return Call(plan.macro, name, arguments)

    def _known(self, width: int, words: list[str], code: str, label: str) -> Known | None:
        """The data in these words, None if a number is too large."""
        numbers, texts = self._kinds.numbers, self._kinds.texts
        try:
            return _of_numbers(width, [numbers[word] for word in words], code, label)
        except KeyError:  # there are texts among them
            items = tuple([numbers[word] if word in numbers else texts[word] for word in words])
        if any(item >> 8 * width for item in items if isinstance(item, int)):
            return None
        return Known(width, items, code, _first_item(label))

    def _argument(self, original: str, word: str, replaced: Mapping[str, Token] | None, column: int) -> Token:
        """The argument that `original` is, which a textual number or an outer argument may replace by `word`."""
        token = (replaced.get(original) if replaced else None) or self._numbers.get(word)
        if token is not None:
            kind, text, value, *_ = token
        else:
            kind, text, value = self._kinds[word], word, self._kinds.numbers.get(word, word)
        made: Token = _new(Token, (kind, text, value, column, len(original)))
        return made

    def _single(
        self,
        arguments: Mapping[str, tuple[Token, ...]],
        words: Sequence[str],
        label: str,
        head: str,
    ) -> dict[str, Token] | None:
        """Word of a line -> the token that is its argument; None where an argument is more than an operand."""
        if label in arguments or head.partition(".")[0] in arguments:
            return None
        found = {}
        for word in words:
            argument = arguments.get(word)
            if argument is not None:
                token = argument[0] if len(argument) == 1 else None
                if token is None or token.kind not in _OPERANDS or token.text in self._numbers:
                    return None
                found[word] = token
        return found

    # -- learning

    def learn(
        self,
        code: str,
        arguments: Mapping[str, tuple[Token, ...]],
        statements: Sequence[Statement],
        called: Macro | None,
    ) -> None:
        """Keep the shape of a line that was read in full, without a report.

        It made these statements, or called a macro.
        """
        if len(code) > SHORT_LINE or "%" in code:
            return  # `%` can be a sign or the start of a number: a shape cannot tell
        last = statements[-1] if statements else None
        if called is None and isinstance(last, Directive) and last.name not in _DATA:
            return  # nothing of it is in a plan
        parts = _parts(code)
        label, head, signs, word, rest, odd = parts
        labels = sum(type(statement) is Label for statement in statements)
        all_words = _words_of(parts)
        if (
            odd
            or labels != bool(label)
            or len(statements) > labels + 1
            or not _has_words(code, label, all_words)
        ):
            return
        replaced = self._single(arguments, all_words, label, head)
        if replaced is None:
            return
        rest = _ended(rest)
        behind = signs + word + rest
        words = WORD.findall(_with(replaced, behind))
        kinds = [self._kinds[word] for word in words]
        if SPECIAL in kinds:
            return
        statement = statements[-1] if len(statements) > labels else None
        plan: _Plan | None
        key: tuple[object, ...]
        if called is not None or isinstance(statement, Directive):
            between = WORD.split(behind)[::2]
            plan = _data_plan(statement) if called is None else _call_plan(called, between, kinds)
            key = (not label, head, _joined(between, kinds))
            self._listed.update((head,) if plan is not None else ())
            if plan is not None and plan.width and set(kinds) == {NUMBER} and not signs.strip(_BLANKS):
                self._keep((not label, head), plan, ())  # as many numbers as there may be: each is read alone
        else:
            plan = self._instruction_plan(statement, 2 * labels + 1, bool(word), words)
            key = (not label, head, signs, kinds[0] if word else "", _with(replaced, rest))
            if statement is None and len(lex(code).tokens) == 2 * labels:
                plan = _Plan()
        if plan is not None:
            self._keep(key, plan, (*all_words, *words))

    def _keep(self, key: tuple[object, ...], plan: _Plan, words: Sequence[str]) -> None:
        if len(self._plans) >= _MOST_SHAPES:
            self._plans.clear()
        self._plans[key] = plan
        self._literal.update(words)

    def _instruction_plan(
        self, statement: Statement | None, start: int, has_word: bool, words: Sequence[str]
    ) -> _Plan | None:
        """The plan of an instruction; `start` is the number of the token behind its mnemonic.

        `words` are those of the operand; `has_word` tells whether the first of them is apart from the rest.
        """
        if not isinstance(statement, Instruction):
            return None
        operand, tokens = statement.operand, statement.tokens
        form = Form(statement.mnemonic, statement.suffix, operand, start + bool(statement.suffix))
        if any(token.kind == DOTTED for token in tokens):
            return None  # no size suffix
        literal = words[1:] if has_word else words
        replaced = {name: self._numbers[name] for name in literal if name in self._numbers}
        if operand is None or operand.second is not None or operand.code.naken is not None:
            return _Plan(form, replaced=replaced)
        steps = operand.code.steps
        first = next(
            (n for n, token in enumerate(tokens) if has_word and token.kind in WORD_KINDS), len(tokens)
        )
        if steps == (first,) and tokens[first].kind in _OPERANDS:
            return _Plan(form, whole=True, replaced=replaced)
        if all(tokens[step].kind == NUMBER for step in steps if isinstance(step, int)):
            return _Plan(form, constant=(tokens[:first], tokens[first + 1 :]), replaced=replaced)
        return _Plan(form, replaced=replaced)


def _of_numbers(width: int, values: list[int], code: str, label: str) -> Known | None:
    """Data that is these numbers, None if one is too large."""
    if max(values) >> 8 * width:
        return None
    items = (bytes(values),) if width == 1 else tuple(values)  # bytes are the same, but quicker to handle
    return Known(width, items, code, _first_item(label))


def _first_item(label: str) -> int:
    """The number of the token behind a directive that may have a label."""
    return 3 if label else 1


def _parts(code: str) -> _Parts:
    """A line in its parts."""
    parts: _Parts = _LINES.findall(code + "\n")[0]
    return parts


def _words_of(parts: _Parts) -> list[str]:
    """All words of a line."""
    return WORD.findall(" ".join((parts[0], parts[1], parts[2] + parts[3] + parts[4])))


def _joined(signs: Sequence[str], kinds: Sequence[str]) -> str:
    """The shape of a list: the signs with the kinds of the words that stand between them."""
    return signs[0] + "".join([kind + sign for kind, sign in zip(kinds, signs[1:], strict=True)])


def _has_words(code: str, label: str, words: Sequence[str]) -> bool:
    """Whether the words of a line are its tokens, and mean the same wherever it stands."""
    lexed = lex(code)
    tokens = [token.text for token in lexed.tokens if token.kind in WORD_KINDS]
    return not lexed.placed and label != DEFINED and tokens == words


def _with(replaced: Mapping[str, Token], text: str) -> str:
    """`text` with its words replaced."""
    if not replaced or not text:
        return text
    return "".join([replaced[part].text if part in replaced else part for part in WORD.split(text)])


def _call_plan(macro: Macro, signs: Sequence[str], kinds: Sequence[str]) -> _Plan | None:
    """The plan of a call whose arguments are words of these kinds, with these signs around them."""
    between = [sign.strip() for sign in signs]
    simple = between in ([""], ["()"], ["(", *[","] * (len(kinds) - 1), ")"])
    return _Plan(macro=macro) if simple and _OPERANDS.issuperset(kinds) else None


def _data_plan(statement: Statement | None) -> _Plan | None:
    """The plan of data that is written out."""
    if not isinstance(statement, Directive):
        return None
    width = _DATA.get(statement.name)
    if width is None:
        return None
    allowed = (NUMBER, TEXT) if width == 1 else (NUMBER,)
    if any(len(item) != 1 or item[0].kind not in allowed for _, item in statement.arguments):
        return None
    return _Plan(width=width)


def _no_symbols(token: Token) -> int:
    raise AssertionError(token)
