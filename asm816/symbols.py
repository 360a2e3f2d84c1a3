# SPDX-License-Identifier: MIT
"""Symbols and their scopes.

Names inside `.scope` and `.func` shadow those outside.  A symbol whose definition failed is *broken*: it
has no value, and its uses are not reported again.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from asm816.expressions import ExpressionProblem, Unknown, evaluate
from asm816.names import LOCAL, around_loop, is_parent
from asm816.tokens import NAME_KINDS, NAMELESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from asm816.expressions import Code
    from asm816.source import Line
    from asm816.statements import Constant
    from asm816.tokens import Token


class Kind(Enum):
    """What gave a symbol its value."""

    LABEL = "label"
    CONSTANT = "constant"
    VARIABLE = "variable"  # .set: it may change


_LABEL = Kind.LABEL


class Symbol:
    """A symbol.  ``value`` is None as long as it is not known; ``waits`` then says what it waits for.

    ``sets`` counts the `.set`s of a variable.
    """

    __slots__ = ("broken", "kind", "line", "name", "sets", "value", "waits")

    def __init__(
        self,
        name: Token,
        line: Line,
        kind: Kind,
        value: int | None,
        *,
        broken: bool = False,
        waits: Waiting | None = None,
        sets: int = 0,
    ) -> None:
        self.name = name
        self.line = line
        self.kind = kind
        self.value = value
        self.broken = broken
        self.waits = waits
        self.sets = sets


class Scope:
    """Names that belong together; those of ``outer`` can be seen too.

    ``borrowed`` are names that were found further out when they were used here; ``inner`` are the scopes
    inside that have a name.
    """

    __slots__ = ("borrowed", "inner", "names", "outer")

    def __init__(self, outer: Scope | None = None) -> None:
        self.outer = outer
        self.names: dict[str, Symbol] = {}
        self.borrowed: set[str] = set()
        self.inner: dict[str, Scope] = {}


class Waiting(NamedTuple):
    """A constant that uses a symbol defined further down: the statement, its scope and its `$`.

    ``variables`` are the values that the variables in it had there.
    """

    statement: Constant
    scope: Scope
    here: int
    variables: Mapping[str, int]


class Broken(Unknown):
    """The symbol's definition failed, and that was reported."""


class Early(ExpressionProblem):
    """A variable is used above its first `.set`, and there are several."""

    def __init__(self, token: Token) -> None:
        super().__init__("E0406", token, name=token.text)


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
        self.parent = ""  # the latest label of a name of its own, to which `@name` belongs
        self.nameless = Scope()
        self.text_value: Callable[[str], tuple[Code, tuple[Token, ...]] | None] = lambda _name: None
        self.excused: set[str] = set()
        self.excuse_all = False
        self._waiting: list[Symbol] = []
        self._variables: list[Symbol] = []
        self._captured: Mapping[str, int] = {}

    def is_excused(self, name: str) -> bool:
        """Whether the definition of `name` was not read or went wrong: that was reported, its uses are not.

        ``excused`` has the names; ``excuse_all`` is for a file that is missing.
        """
        return self.excuse_all or name in self.excused

    def add(self, symbol: Symbol) -> Symbol | None:
        """Define `symbol` in the present scope; returns the one that already has the name, if any."""
        name = symbol.name.text
        names = (self.scope if name[0] not in NAMELESS else self.nameless).names
        known = names.setdefault(name, symbol)
        if known is not symbol:
            return known
        self.count += 1
        if symbol.kind is _LABEL:  # as most are
            if is_parent(name, symbol.line.frame):
                self.parent = name
        elif symbol.waits is not None:
            self._waiting.append(symbol)
        elif symbol.kind is Kind.VARIABLE:
            self._variables.append(symbol)
        return None

    def find(self, name: str) -> Symbol | None:
        """The symbol that `name` means in the present scope."""
        scope: Scope | None = self.scope
        while scope is not None:
            symbol = scope.names.get(name)
            if symbol is not None:
                if scope is not self.scope:
                    self.scope.borrowed.add(name)
                return symbol
            scope = scope.outer
        if LOCAL in name and (outside := around_loop(name)) is not None:
            return self.find(outside)
        return self._inside(name) if "." in name else self.nameless.names.get(name)

    def _inside(self, path: str) -> Symbol | None:
        """The symbol that `outer.inner` means."""
        first, *others, name = path.split(".")
        scope: Scope | None = self.scope
        while scope is not None and first not in scope.inner:
            scope = scope.outer
        inner = None if scope is None else scope.inner[first]
        for part in others:
            inner = None if inner is None else inner.inner.get(part)
        return None if inner is None else inner.names.get(name)

    def borrowed(self, name: str) -> Symbol | None:
        """The symbol outside that `name` meant so far in the present scope, if it was used here."""
        scope = self.scope.outer if name in self.scope.borrowed else None
        while scope is not None and name not in scope.names:
            scope = scope.outer
        return None if scope is None else scope.names[name]

    def lookup(self, token: Token) -> int:
        """The value of a name.  Raises `Unknown`, `Broken` or `Early`."""
        symbol = self.find(token.text)
        if symbol is None:
            text = self.text_value(token.text)
            if text is not None:
                code, tokens = text
                here = tuple(each._replace(column=token.column, width=token.width) for each in tokens)
                return evaluate(code.steps, here, 0, self.lookup)
            raise Broken(token) if self.is_excused(token.text) else Unknown(token)
        if symbol.value is None:
            if symbol.broken:
                raise Broken(token)
            raise Early(token) if symbol.sets else Unknown(token)
        return symbol.value

    def variables(self, tokens: Iterable[Token]) -> dict[str, int]:
        """The present values of the variables among `tokens`."""
        found = ((token.text, self.find(token.text)) for token in tokens if token.kind in NAME_KINDS)
        return {name: s.value for name, s in found if s is not None and s.sets and s.value is not None}

    def forget_variables(self) -> None:
        """Before the second pass: a variable that is set several times has no value until it is set again."""
        for symbol in self._variables:
            if symbol.sets > 1 and not symbol.broken:
                symbol.value = None

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
        self._captured = waits.variables
        return evaluate(waits.statement.code.steps, waits.statement.tokens, waits.here, self._lookup_settling)

    def _lookup_settling(self, token: Token) -> int:
        captured = self._captured.get(token.text)
        if captured is not None:
            return captured
        symbol = self.find(token.text)
        if symbol is not None and symbol.value is None and symbol.waits is not None and not symbol.broken:
            raise _NeedsFirst(symbol)
        return self.lookup(token)

    def values(self) -> dict[str, int]:
        """Name -> value of the outermost scope, in order of definition; without local labels."""
        return {
            name: symbol.value
            for name, symbol in self.outermost.names.items()
            if symbol.value is not None and LOCAL not in name
        }
