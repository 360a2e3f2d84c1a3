# SPDX-License-Identifier: MIT
"""Symbols and their scopes.

Names inside `.scope` and `.func` shadow those outside.  A symbol whose definition failed is *broken*: it
has no value, and its uses are not reported again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from asm816.expressions import ExpressionProblem, Unknown, evaluate

if TYPE_CHECKING:
    from asm816.source import Line
    from asm816.statements import Constant
    from asm816.tokens import Token


class Kind(Enum):
    """What gave a symbol its value."""

    LABEL = "label"
    CONSTANT = "constant"
    VARIABLE = "variable"  # .set: it may change


@dataclass(slots=True)
class Symbol:
    """A symbol.  ``value`` is None as long as it is not known; ``waits`` then says what it waits for."""

    name: Token
    line: Line
    kind: Kind
    value: int | None
    broken: bool = False
    waits: Waiting | None = None


@dataclass(slots=True)
class Scope:
    """Names that belong together; those of ``outer`` can be seen too."""

    outer: Scope | None = None
    names: dict[str, Symbol] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A constant that uses a symbol defined further down: the statement, its scope and its `$`."""

    statement: Constant
    scope: Scope
    here: int


class Broken(Unknown):
    """The symbol's definition failed, and that was reported."""


class _NeedsFirst(Exception):  # noqa: N818 - control flow of `settle`
    def __init__(self, symbol: Symbol) -> None:
        super().__init__()
        self.symbol = symbol


class Symbols:
    """All symbols of a source, and the scope in which names are looked up at present."""

    def __init__(self) -> None:
        self.outermost = Scope()
        self.scope = self.outermost
        self.count = 0
        self._waiting: list[Symbol] = []

    def add(self, symbol: Symbol) -> Symbol | None:
        """Define `symbol` in the present scope; returns the one that already has the name, if any."""
        name = symbol.name.text
        known = self.scope.names.get(name)
        if known is not None:
            return known
        self.scope.names[name] = symbol
        self.count += 1
        if symbol.waits is not None:
            self._waiting.append(symbol)
        return None

    def find(self, name: str) -> Symbol | None:
        """The symbol that `name` means in the present scope."""
        scope: Scope | None = self.scope
        while scope is not None:
            symbol = scope.names.get(name)
            if symbol is not None:
                return symbol
            scope = scope.outer
        return None

    def lookup(self, token: Token) -> int:
        """The value of a name.  Raises `Unknown` or `Broken`."""
        symbol = self.find(token.text)
        if symbol is None:
            raise Unknown(token)
        if symbol.value is None:
            raise Broken(token) if symbol.broken else Unknown(token)
        return symbol.value

    def settle(self) -> list[tuple[Line, ExpressionProblem]]:
        """Give the waiting constants their values, now that all labels have theirs; returns what failed."""
        problems: list[tuple[Line, ExpressionProblem]] = []
        present = self.scope
        for symbol in self._waiting:
            self._settle(symbol, problems)
        self._waiting.clear()
        self.scope = present
        return problems

    def _settle(self, wanted: Symbol, problems: list[tuple[Line, ExpressionProblem]]) -> None:
        stack = [wanted]
        pending = {id(wanted)}
        while stack:
            symbol = stack[-1]
            try:
                if symbol.value is None and not symbol.broken:
                    symbol.value = self._value_of(symbol)
            except _NeedsFirst as needs:
                if id(needs.symbol) not in pending:
                    pending.add(id(needs.symbol))
                    stack.append(needs.symbol)
                    continue
                name = symbol.name
                problems.append((symbol.line, ExpressionProblem("E0404", name, name=name.text)))
                symbol.broken = True
            except Broken:
                symbol.broken = True
            except ExpressionProblem as problem:
                problems.append((symbol.line, problem))
                symbol.broken = True
            stack.pop()

    def _value_of(self, symbol: Symbol) -> int:
        waits = symbol.waits
        assert waits is not None
        assert waits.statement.code is not None
        self.scope = waits.scope
        return evaluate(waits.statement.code.steps, waits.statement.tokens, waits.here, self._lookup_settling)

    def _lookup_settling(self, token: Token) -> int:
        symbol = self.find(token.text)
        if symbol is not None and symbol.value is None and not symbol.broken:
            raise _NeedsFirst(symbol)
        return self.lookup(token)

    def values(self) -> dict[str, int]:
        """Name -> value of the outermost scope, in order of definition."""
        return {
            name: symbol.value for name, symbol in self.outermost.names.items() if symbol.value is not None
        }
