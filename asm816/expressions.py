# SPDX-License-Identifier: MIT
"""Expressions: the operators with C's precedence, and an evaluation that never recurs.

An expression is a row of steps in reverse Polish order over the tokens of its statement: a number n
means "load the value of token n", an `Operation` works on what is loaded.  The steps are shared by all
statements of the same shape.

naken_asm (observed) holds three values at most: when a third operator waits it folds the newest pair,
whatever the precedence.  Where that gives other steps they are kept, so that a warning can compare.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.tokens import HERE, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from asm816.tokens import Token


class ExpressionProblem(Exception):  # noqa: N818 - carries a diagnostic to whoever knows the line
    """An expression has no value: the code of the diagnostic, the token to blame, the fields."""

    def __init__(self, code: str, token: Token, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.token = token
        self.fields = fields


class Unknown(ExpressionProblem):
    """A symbol of the expression has no value (yet)."""

    def __init__(self, token: Token) -> None:
        super().__init__("E0401", token, name=token.text)


def _divide(left: int, right: int) -> int:
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _remainder(left: int, right: int) -> int:
    return left - right * _divide(left, right)


class Operator(NamedTuple):
    """An operator: spelling, precedence (larger binds closer) and meaning."""

    text: str
    precedence: int
    apply: Callable[..., int]


BINARY = {
    row.text: row
    for row in (
        Operator("*", 10, operator.mul),
        Operator("/", 10, _divide),
        Operator("%", 10, _remainder),
        Operator("+", 9, operator.add),
        Operator("-", 9, operator.sub),
        Operator("<<", 8, operator.lshift),
        Operator(">>", 8, operator.rshift),
        Operator("<", 7, lambda left, right: int(left < right)),
        Operator(">", 7, lambda left, right: int(left > right)),
        Operator("<=", 7, lambda left, right: int(left <= right)),
        Operator(">=", 7, lambda left, right: int(left >= right)),
        Operator("==", 6, lambda left, right: int(left == right)),
        Operator("!=", 6, lambda left, right: int(left != right)),
        Operator("&", 5, operator.and_),
        Operator("^", 4, operator.xor),
        Operator("|", 3, operator.or_),
        Operator("&&", 2, lambda left, right: int(bool(left) and bool(right))),
        Operator("||", 1, lambda left, right: int(bool(left) or bool(right))),
    )
}
"""The operators between two values, with C's precedence."""

UNARY = {
    row.text: row
    for row in (
        Operator("-", 11, operator.neg),
        Operator("+", 11, operator.pos),
        Operator("~", 11, operator.invert),
        Operator("!", 11, lambda value: int(not value)),
    )
}
"""The operators before a value."""


class Operation(NamedTuple):
    """A step that works: the operator, how many values it takes, and the token it stands at."""

    operator: Operator
    arity: int
    token: int


Step = int | Operation


class Code(NamedTuple):
    """The steps of an expression; ``naken`` those naken_asm would take where they differ."""

    steps: tuple[Step, ...]
    naken: tuple[Step, ...] | None = None

    def place(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Column and width of the expression in its line."""
        used = [tokens[step if isinstance(step, int) else step.token] for step in self.steps]
        first = min(token.column for token in used)
        return first, max(token.column + token.width for token in used) - first


def binary_code(values: Sequence[Code], operations: Sequence[Operation]) -> Code:
    """The code of ``value operation value operation value ...``."""
    steps = _ordered([value.steps for value in values], operations, len(values))
    naken = _ordered([value.naken or value.steps for value in values], operations, 3)
    return Code(steps, naken if naken != steps else None)


def _ordered(
    values: Sequence[tuple[Step, ...]], operations: Sequence[Operation], most_values: int
) -> tuple[Step, ...]:
    steps = list(values[0])
    waiting: list[Operation] = []
    for operation, value in zip(operations, values[1:], strict=True):
        while waiting and waiting[-1].operator.precedence >= operation.operator.precedence:
            steps.append(waiting.pop())
        if len(waiting) + 1 >= most_values:
            steps.append(waiting.pop())
        waiting.append(operation)
        steps += value
    return (*steps, *reversed(waiting))


def hexadecimal(value: int) -> str:
    """`value` as a message shows an address."""
    return f"-0x{-value:x}" if value < 0 else f"0x{value:x}"


MAX_SHIFT = 63
_LOW, _HIGH = -(1 << 63), (1 << 64) - 1


def evaluate(
    steps: tuple[Step, ...], tokens: tuple[Token, ...], here: int, lookup: Callable[[Token], int]
) -> int:
    """The value of an expression.

    `here` is the value of `$`; `lookup` gives the value of a name and raises `Unknown`.
    Raises ExpressionProblem where there is no value.
    """
    if len(steps) == 1:
        return _load(tokens[steps[0]], here, lookup)  # type: ignore[index] # a lone step is a load
    stack: list[int] = []
    for step in steps:
        if isinstance(step, int):
            stack.append(_load(tokens[step], here, lookup))
        elif step.arity == 1:
            stack.append(step.operator.apply(stack.pop()))
        else:
            right, left = stack.pop(), stack.pop()
            stack.append(_apply(step, left, right, tokens))
    return stack[0]


def _load(token: Token, here: int, lookup: Callable[[Token], int]) -> int:
    value = token.value
    if isinstance(value, int):
        return value
    if token.kind == HERE:
        return here
    if token.kind == TEXT:
        if isinstance(value, str) and len(value) == 1 and ord(value) <= 0x7F:
            return ord(value)
        raise ExpressionProblem("E0511", token, what="text")
    return lookup(token)


def _apply(step: Operation, left: int, right: int, tokens: tuple[Token, ...]) -> int:
    text = step.operator.text
    if text in "/%" and right == 0:
        raise ExpressionProblem("E0501", tokens[step.token])
    if text in ("<<", ">>") and not 0 <= right <= MAX_SHIFT:
        raise ExpressionProblem("E0503", tokens[step.token], count=right)
    result: int = step.operator.apply(left, right)
    if not _LOW <= result <= _HIGH:
        raise ExpressionProblem("E0502", tokens[step.token])
    return result
