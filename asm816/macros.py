# SPDX-License-Identifier: MIT
"""Textual names and macros: their definitions, and the replacement of names by tokens.

`.define`, `equ` and `.macro` are textual, as in naken_asm: `K equ 2+3` makes `K*2` eight.  A token that
replaces a name takes the name's place in the line, so that a diagnostic points at what was written.
Replacement is iterative and counted: no definition can make it recur or grow without end.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asm816.tokens import NAME, NUMBER, REGISTERS, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asm816.limits import Limits
    from asm816.source import Line, SourceFile

NAME_KINDS = frozenset((NAME, *REGISTERS))
"""Kinds of tokens that can be a name."""


class MacroProblem(Exception):  # noqa: N818 - carries a diagnostic to whoever knows the line
    """A name cannot be replaced: code, token to blame, fields; ``fatal`` if going on makes no sense."""

    def __init__(self, code: str, token: Token, *, fatal: bool = False, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.token = token
        self.fatal = fatal
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Define:
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


@dataclass(frozen=True, slots=True)
class Macro:
    """Lines ``first`` to ``last`` (from 0, last excluded) of ``file``, with named parameters."""

    name: str
    parameters: tuple[str, ...]
    file: SourceFile
    first: int
    last: int
    line: Line


class Budget:
    """Counts the tokens that replacement makes in one assembly."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._total = 0

    def take(self, made: int, token: Token) -> None:
        """Count one more token, the `made`-th of its line.  Raises MacroProblem beyond the limits."""
        self._total += 1
        if made > self._limits.line_tokens:
            limit = self._limits.line_tokens
            raise MacroProblem("E0309", token, fatal=True, limit=limit, what="tokens on one line")
        if self._total > self._limits.replaced_tokens:
            limit = self._limits.replaced_tokens
            raise MacroProblem("E0309", token, fatal=True, limit=limit, what="tokens")


def arguments_of(tokens: Sequence[Token], opening: int) -> tuple[list[tuple[Token, ...]], int] | None:
    """The arguments of a call whose parenthesis is `tokens[opening]`, and the number of the closing one.

    Commas inside parentheses or brackets belong to their argument.  None where nothing closes the call.
    """
    depth, start = 0, opening + 1
    arguments: list[tuple[Token, ...]] = []
    for number in range(opening, len(tokens)):
        kind = tokens[number].kind
        if kind in "([":
            depth += 1
        elif kind in ")]":
            depth -= 1
            if depth == 0:
                last = tuple(tokens[start:number])
                return ([*arguments, last] if arguments or last else []), number
        elif kind == "," and depth == 1:
            arguments.append(tuple(tokens[start:number]))
            start = number + 1
    return None


def parameters_of(tokens: Sequence[Token]) -> tuple[tuple[str, ...], int] | None:
    """The parameter names in ``(a, b)`` at the start of `tokens`, and how many tokens they take."""
    found = arguments_of(tokens, 0)
    if found is None or any(len(p) != 1 or p[0].kind not in NAME_KINDS for p in found[0]):
        return None
    return tuple(parameter[0].text for parameter in found[0]), found[1] + 1


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


def replaced(tokens: Sequence[Token], defines: Mapping[str, Define], budget: Budget) -> list[Token]:
    """`tokens` with all textual names replaced, names in the replacement too.  Raises MacroProblem."""
    work: deque[Token | str] = deque(tokens)
    active: set[str] = set()
    result: list[Token] = []
    while work:
        token = work.popleft()
        if isinstance(token, str):  # behind the text of that name: it may be replaced again
            active.discard(token)
            continue
        define = defines.get(token.text) if token.kind in NAME_KINDS else None
        if define is None or (define.parameters is not None and not _is_call(work)):
            result.append(token)
            continue
        if define.name in active:
            raise MacroProblem("E0307", token, name=define.name)
        text = define.tokens
        if define.parameters is not None:
            text = tuple(_called(define, token, work, active, budget))
        active.add(define.name)
        work.appendleft(define.name)
        for new in reversed(text):
            budget.take(len(work) + len(result), token)
            work.appendleft(new._replace(column=token.column, width=token.width))
    return result


def _is_call(work: deque[Token | str]) -> bool:
    following = next((token for token in work if not isinstance(token, str)), None)
    return following is not None and following.kind == "("


def _called(
    define: Define, token: Token, work: deque[Token | str], active: set[str], budget: Budget
) -> list[Token]:
    """The text of a textual name with arguments; takes the call from the work."""
    call: list[Token] = []
    depth = 0
    while work:
        part = work.popleft()
        if isinstance(part, str):
            active.discard(part)
            continue
        call.append(part)
        depth += (part.kind in "([") - (part.kind in ")]")
        if depth == 0:
            break
    found = arguments_of(call, 0)
    if found is None:
        raise MacroProblem("E0207", token)
    arguments, parameters = found[0], define.parameters or ()
    if len(arguments) != len(parameters):
        expected, given = len(parameters), len(arguments)
        raise MacroProblem("E0306", token, name=define.name, expected=expected, given=given)
    return with_arguments(define.tokens, dict(zip(parameters, arguments, strict=True)), budget)
