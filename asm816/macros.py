# SPDX-License-Identifier: MIT
"""Textual names and macros: their definitions, and the replacement of names by tokens.

`.define`, `equ` and `.macro` are textual, as in naken_asm: `K equ 2+3` makes `K*2` eight.  A token that
replaces a name takes the name's place in the line, so that a diagnostic points at what was written.
Replacement is iterative and counted: no definition can make it recur or grow without end.
"""

from __future__ import annotations

from collections import deque
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from asm816.tokens import DEFINED, NAME_KINDS, NUMBER, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from asm816.limits import Limits
    from asm816.source import Line, SourceFile


class MacroProblem(Exception):  # noqa: N818 - carries a diagnostic to whoever knows the line
    """A name cannot be replaced: code, token to blame, fields; ``fatal`` if going on makes no sense."""

    def __init__(self, code: str, token: Token, *, fatal: bool = False, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.token = token
        self.fatal = fatal
        self.fields = fields


class Define(NamedTuple):
    """A textual name; ``parameters`` is None where it takes no arguments.  ``line`` is None from -D."""

    name: str
    parameters: tuple[str, ...] | None
    tokens: tuple[Token, ...]
    line: Line | None = None

    @property
    def number(self) -> int | None:
        """The number that it stands for, if its text is one."""
        if self.parameters is not None or len(self.tokens) != 1 or self.tokens[0].kind != NUMBER:
            return None
        value = self.tokens[0].value
        return value if isinstance(value, int) else None

    def same_text(self, other: Define) -> bool:
        """Whether both replace by the same; `0xDF23` and `$df23` are the same."""
        ours, theirs = ([token[:1] + token[2:3] for token in d.tokens] for d in (self, other))
        return ours == theirs and self.parameters == other.parameters


class Lines(Protocol):
    """Lines ``first`` to ``last`` (from 0, last excluded) of ``file``."""

    @property
    def file(self) -> SourceFile: ...  # noqa: D102 - the class says it
    @property
    def first(self) -> int: ...  # noqa: D102
    @property
    def last(self) -> int: ...  # noqa: D102


class Signature(NamedTuple):
    """The parameters of a macro: some may have a default (ours), and the last take all that is left (ours)."""

    parameters: tuple[str, ...] = ()
    defaults: Mapping[str, tuple[Token, ...]] = MappingProxyType({})
    takes_rest: bool = False

    @property
    def takes(self) -> str:
        """How many arguments it takes, in words."""
        named = len(self.parameters) - self.takes_rest
        least = named - len(self.defaults)
        if self.takes_rest:
            return f"{least} or more"
        return str(named) if least == named else f"{least} to {named}"

    def bound(
        self, arguments: Sequence[tuple[Token, ...]], call: Token
    ) -> dict[str, tuple[Token, ...]] | None:
        """Parameter -> tokens; None where the number of arguments is wrong.  `call` has the place of the call."""
        if len(arguments) == len(self.parameters) and not self.takes_rest:
            return dict(zip(self.parameters, arguments, strict=True))
        named = self.parameters[: len(self.parameters) - self.takes_rest]
        rest = list(arguments[len(named) :])
        if len(arguments) < len(named) - len(self.defaults) or (rest and not self.takes_rest):
            return None
        found = dict(zip(named, arguments, strict=False))
        found |= {name: self.defaults[name] for name in named[len(arguments) :]}
        if self.takes_rest:
            comma = call._replace(kind=",", text=",", value=",")
            joined = [token for argument in rest for token in (comma, *argument)][1:]
            name, count = self.parameters[-1], str(len(rest))
            found[name] = tuple(joined)
            found[name + COUNT] = (call._replace(kind=NUMBER, text=count, value=len(rest)),)
        return found

    def __str__(self) -> str:
        named = [name + "=..." * (name in self.defaults) for name in self.parameters]
        return ", ".join(named) + "..." * self.takes_rest


COUNT = "_count"
"""Behind the name of a parameter that takes all that is left, this makes the name of their number."""


class Macro(NamedTuple):
    """Lines ``first`` to ``last`` (from 0, last excluded) of ``file``, with named parameters."""

    name: str
    signature: Signature
    file: SourceFile
    first: int
    last: int
    line: Line

    @property
    def call_form(self) -> str:
        """How a call of it is written."""
        return f"`{self.name}({self.signature})`" if self.signature.parameters else f"`{self.name}`"


class Budget:
    """Counts the tokens that replacement makes in one assembly."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._total = 0

    def check_depth(self, depth: int, token: Token) -> None:
        """Raises MacroProblem for a name that came through too many texts of others."""
        if depth >= self._limits.expansion_depth:
            raise MacroProblem("E0308", token, limit=self._limits.expansion_depth)

    def take(self, made: int, token: Token) -> None:
        """Count one more token, the `made`-th of its line.  Raises MacroProblem beyond the limits."""
        self._total += 1
        if made > self._limits.line_tokens:
            limit = self._limits.line_tokens
            raise MacroProblem("E0309", token, fatal=True, limit=limit, what="tokens on one line")
        if self._total > self._limits.replaced_tokens:
            limit = self._limits.replaced_tokens
            raise MacroProblem("E0309", token, fatal=True, limit=limit, what="tokens")


def argument_spans(tokens: Sequence[Token], opening: int) -> tuple[list[tuple[int, int]], int] | None:
    """Where the arguments of a call stand whose parenthesis is `tokens[opening]`: first token, one past the last.

    With it the number of the closing parenthesis.  Commas inside parentheses or brackets belong to their
    argument.  None where nothing closes the call.
    """
    depth, start = 0, opening + 1
    spans: list[tuple[int, int]] = []
    for number in range(opening, len(tokens)):
        kind = tokens[number].kind
        if kind in "([":
            depth += 1
        elif kind in ")]":
            depth -= 1
            if depth == 0:
                return ([*spans, (start, number)] if spans or start < number else []), number
        elif kind == "," and depth == 1:
            spans.append((start, number))
            start = number + 1
    return None


def parts_of(tokens: Sequence[Token]) -> Iterator[tuple[tuple[Token, ...], Token | None]]:
    """What stands between the commas outside of parentheses, each with the comma behind it, if there is one."""
    depth = start = 0
    for number, token in enumerate(tokens):
        depth += (token.kind in "([{") - (token.kind in ")]}")
        if token.kind == "," and depth == 0:
            yield tuple(tokens[start:number]), token
            start = number + 1
    yield tuple(tokens[start:]), None


def arguments_of(tokens: Sequence[Token], opening: int) -> tuple[list[tuple[Token, ...]], int] | None:
    """The arguments themselves, and the number of the closing parenthesis, as of `argument_spans`."""
    found = argument_spans(tokens, opening)
    return None if found is None else ([tuple(tokens[first:end]) for first, end in found[0]], found[1])


def parameters_of(tokens: Sequence[Token]) -> tuple[tuple[str, ...], int] | None:
    """The parameter names in ``(a, b)`` at the start of `tokens`, and how many tokens they take."""
    found = arguments_of(tokens, 0)
    if found is None or any(len(p) != 1 or p[0].kind not in NAME_KINDS for p in found[0]):
        return None
    return tuple(parameter[0].text for parameter in found[0]), found[1] + 1


def signature_of(tokens: Sequence[Token]) -> Signature:
    """The signature that stands behind the name of a macro.  Raises MacroProblem."""
    if not tokens:
        return Signature()
    found = arguments_of(tokens, 0) if tokens[0].kind == "(" else None
    if found is None or found[1] != len(tokens) - 1:
        hint = "expected: names in parentheses"
        raise MacroProblem("E0201", tokens[0], found=tokens[0].text, hint=hint)
    names: list[str] = []
    defaults: dict[str, tuple[Token, ...]] = {}
    takes_rest = False
    for parameter in found[0]:
        bad = parameter[0] if parameter else tokens[0]
        if takes_rest or not parameter or bad.kind not in NAME_KINDS:
            raise MacroProblem("E0352", bad)
        names.append(bad.text)
        rest = parameter[1:]
        takes_rest = len(rest) == 1 and rest[0].kind == "..."
        if rest and rest[0].kind == "=":
            defaults[bad.text] = rest[1:]
        elif (rest and not takes_rest) or (defaults and not takes_rest):
            raise MacroProblem("E0352", rest[0] if rest else bad)
    return Signature(tuple(names), defaults, takes_rest)


def with_arguments(
    tokens: Sequence[Token], arguments: Mapping[str, tuple[Token, ...]], budget: Budget
) -> list[Token]:
    """`tokens` with the parameters of a macro replaced by its arguments."""
    result: list[Token] = []
    for token in tokens:
        replacement = arguments.get(token.text)
        if replacement is None:
            result.append(token)
            continue
        for new in replacement:
            budget.take(len(result), token)
            result.append(new._replace(column=token.column, width=token.width))
    return result


class _Origin(NamedTuple):
    """How a token came into a line: through the text of `name`, and before that through `outer`.

    ``name`` is None for an argument, which hides nothing: in ``D(D(1))`` the inner name is not a part of
    the outer one's text.
    """

    name: str | None
    outer: _Origin | None
    depth: int


_Piece = tuple[Token, _Origin | None]


def replaced(tokens: Sequence[Token], defines: Mapping[str, Define], budget: Budget) -> list[Token]:
    """`tokens` with all textual names replaced, names in the replacement too.  Raises MacroProblem.

    A name inside ``defined(NAME)`` stands for itself.
    """
    work: deque[_Piece] = deque((token, None) for token in tokens)
    result: list[Token] = []
    while work:
        token, origin = work.popleft()
        define = defines.get(token.text) if token.kind in NAME_KINDS else None
        if (
            define is None
            or (define.parameters is not None and not (work and work[0][0].kind == "("))
            or _is_asked_for(result)
        ):
            result.append(token)
            continue
        _check(define.name, token, origin, budget)
        inner = _Origin(define.name, origin, origin.depth + 1 if origin else 1)
        if define.parameters is None:
            pieces: list[_Piece] = [(new, inner) for new in define.tokens]
        else:
            pieces = _called(define, token, inner, work)
        for new, its_origin in reversed(pieces):
            budget.take(len(work) + len(result), token)
            work.appendleft((new._replace(column=token.column, width=token.width), its_origin))
    return result


def _is_asked_for(before: Sequence[Token]) -> bool:
    return len(before) > 1 and before[-1].kind == "(" and before[-2].kind == DEFINED


def _check(name: str, token: Token, origin: _Origin | None, budget: Budget) -> None:
    if origin is None:
        return
    budget.check_depth(origin.depth, token)
    inner: _Origin | None = origin
    while inner is not None:
        if inner.name == name:
            raise MacroProblem("E0307", token, name=name)
        inner = inner.outer


def _called(define: Define, token: Token, inner: _Origin, work: deque[_Piece]) -> list[_Piece]:
    """The text of a textual name with arguments; takes the call from the work."""
    call: list[_Piece] = []
    depth = 0
    while work and (depth or not call):
        call.append(work.popleft())
        kind = call[-1][0].kind
        depth += (kind in "([") - (kind in ")]")
    found = argument_spans([piece[0] for piece in call], 0)
    if found is None:
        raise MacroProblem("E0207", token)
    spans = found[0]
    parameters = define.parameters or ()
    if len(spans) != len(parameters):
        expected, given = len(parameters), len(spans)
        raise MacroProblem("E0306", token, name=define.name, expected=expected, given=given)
    arguments = {
        name: [(part, _Origin(None, origin, inner.depth)) for part, origin in call[first:end]]
        for name, (first, end) in zip(parameters, spans, strict=True)
    }
    pieces: list[_Piece] = []
    for part in define.tokens:
        pieces += arguments.get(part.text) or ([] if part.text in arguments else [(part, inner)])
    return pieces


def with_defined(tokens: Sequence[Token], is_defined: Callable[[Token], bool]) -> tuple[Token, ...]:
    """`tokens` with each ``defined(NAME)`` replaced by 1 or 0."""
    result: list[Token] = []
    number = 0
    while number < len(tokens):
        part = tokens[number : number + 4]
        if (
            [t.kind for t in part[:2]] == [DEFINED, "("]
            and len(part) == 4
            and part[2].kind in NAME_KINDS
            and part[3].kind == ")"
        ):
            value = int(is_defined(part[2]))
            width = part[3].column + 1 - part[0].column
            result.append(Token(NUMBER, str(value), value, part[0].column, width))
            number += 4
        else:
            result.append(tokens[number])
            number += 1
    return tuple(result)
