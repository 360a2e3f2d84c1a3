# SPDX-License-Identifier: MIT
"""Where symbols and textual names are used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asm816.statements import Label
from asm816.symbols import Scope
from asm816.tokens import NAME, lex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from asm816.layout import Placed
    from asm816.macros import Define
    from asm816.source import Line
    from asm816.symbols import Symbol


@dataclass(slots=True)
class Entry:
    """A name: its value, what it is (as in debug info), where it is defined and the lines that use it."""

    name: str
    value: int
    kind: str
    line: Line
    uses: list[Line] = field(default_factory=list)


def cross_reference(placed: Sequence[Placed], outermost: Scope, defines: Mapping[str, Define]) -> list[Entry]:
    """All symbols, those of scopes too, and the textual numbers that are used; by name, then by place."""
    texts = [entry for entry in _of_texts(placed, defines) if entry.uses]
    return sorted(
        (*_of_symbols(placed, outermost), *texts),
        key=lambda entry: (entry.name.lower(), entry.name, entry.line.number),
    )


def _of_symbols(placed: Sequence[Placed], outermost: Scope) -> list[Entry]:
    entries: dict[int, Entry] = {}
    scope = outermost
    _enter(entries, scope)
    for place in placed:
        if isinstance(place.detail, Scope):
            scope = place.detail
            _enter(entries, scope)
        if isinstance(place.statement, Label):
            continue
        for token in place.statement.tokens:
            used = _find(scope, token.text) if token.kind == NAME else None
            if used is not None and used.name is not token:
                _use(entries[id(used)], _written(token.text, place.statement.line))
    return list(entries.values())


def _find(scope: Scope | None, name: str) -> Symbol | None:
    while scope is not None:
        if name in scope.names:
            return scope.names[name]
        scope = scope.outer
    return None


def _written(name: str, line: Line) -> Line:
    """Where the name stands: in the line itself, or in the call of a macro that got it as an argument."""
    while line.frame is not None and name not in lex(line.file.code[line.number - 1]).names:
        line = line.frame.line
    return line


def _enter(entries: dict[int, Entry], scope: Scope) -> None:
    for symbol in scope.names.values():
        if id(symbol) not in entries:
            assert symbol.value is not None  # of a program without errors
            entries[id(symbol)] = Entry(symbol.name.text, symbol.value, symbol.kind.value, symbol.line)


def _use(entry: Entry, line: Line) -> None:
    if not entry.uses or entry.uses[-1] is not line:
        entry.uses.append(line)


def _of_texts(placed: Sequence[Placed], defines: Mapping[str, Define]) -> list[Entry]:
    entries = {
        name: Entry(name, number, "text", define.line)
        for name, define in defines.items()
        if define.line is not None and (number := define.number) is not None
    }
    for line in _lines(placed):
        for name in sorted(lex(line.file.code[line.number - 1]).names & entries.keys()):
            _use(entries[name], line)
    return list(entries.values())


def _lines(placed: Sequence[Placed]) -> Iterator[Line]:
    """The lines that made something and the calls that led to them, each place once, in order."""
    known: set[tuple[int, int]] = set()
    for place in placed:
        chain = [place.statement.line]
        while chain[-1].frame is not None:
            chain.append(chain[-1].frame.line)
        for line in reversed(chain):
            key = (id(line.file), line.number)
            if key not in known:
                known.add(key)
                yield line
