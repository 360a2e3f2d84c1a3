# SPDX-License-Identifier: MIT
"""Conditional assembly: the stack of open `.if`s, and the search through text that is not assembled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asm816.heads import prefixed
from asm816.tokens import DOTTED, lex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asm816.source import Line

_HEAD = re.compile(
    r"\s*(?:[A-Za-z_]\w*\s*:\s*)*(?:\.|\#\s*)(if|ifdef|ifndef|elseif|else|endif|macro|endm|define|def|equ)\b",
    re.ASCII | re.IGNORECASE,
)

OPENERS = frozenset(("if", "ifdef", "ifndef"))
CONTINUED = frozenset(("define", "def", "equ"))
"""Directives whose text goes on behind a backslash at the end of the line."""


def head_of(text: str) -> str | None:
    """The directive that a line of unassembled text starts with, lower case, if it matters there.

    Those are the conditionals and macros, and the definitions that may go on on the next line.
    """
    found = _HEAD.match(text)
    return found[1].lower() if found else None


def last_line(code: Sequence[str], number: int, end: int) -> int:
    """The number of the last line of a definition on line `number`: a backslash goes on, but not to `end`."""
    while number + 1 < end and "\\" in code[number] and lex(code[number]).tokens[-1].kind == "\\":
        number += 1
    return number


def names_defined(text: str) -> tuple[list[str], list[str]]:
    """The names that a line of unassembled text defines: of symbols, and of texts and macros."""
    tokens = list(lex(text).tokens)
    symbols: list[str] = []
    while len(tokens) > 1 and tokens[1].kind == ":":
        symbols.append(tokens[0].text)
        del tokens[:2]
    if len(tokens) < 2:
        return symbols, []
    if tokens[1].text.lower() == "equ":
        return symbols, [tokens[0].text]
    if tokens[1].kind == "=":
        return [*symbols, tokens[0].text], []
    head, rest = prefixed(tokens) if tokens[0].kind in (DOTTED, "#") else (None, ())
    if head is None or not rest:
        return symbols, []
    if str(head.value).lower() in (*CONTINUED, "macro"):
        return symbols, [rest[0].text]
    return [*symbols, rest[0].text], []


class Conditional:
    """An open `.if`.  ``level`` tells which file or macro text it stands in."""

    __slots__ = ("active", "done", "failed", "in_else", "level", "line", "name")

    def __init__(self, line: Line, name: str, level: int, active: bool, *, done: bool) -> None:
        self.line = line
        self.name = name
        self.level = level
        self.active = active  # its present part is assembled
        self.done = done  # a part was assembled, or none may be: the outer text is not
        self.in_else = False
        self.failed = (
            False  # its condition, or an outer one, had an error: what its parts define is not known
        )


class Conditionals:
    """The open conditionals."""

    def __init__(self) -> None:
        self._open: list[Conditional] = []

    @property
    def active(self) -> bool:
        """Whether text is assembled here."""
        return not self._open or self._open[-1].active

    def open(self, line: Line, name: str, level: int, truth: bool | None) -> None:
        """`.if` and its relatives.  `truth` is None where the answer is not needed or not known."""
        live = self.active
        new = Conditional(line, name, level, live and bool(truth), done=not live or truth is None or truth)
        new.failed = self.failed or (live and truth is None)
        self._open.append(new)

    @property
    def failed(self) -> bool:
        """Whether text is skipped here because a condition had an error."""
        return bool(self._open) and self._open[-1].failed

    def innermost(self, level: int) -> Conditional | None:
        """The innermost one, if it was opened in the text of this level."""
        return self._open[-1] if self._open and self._open[-1].level == level else None

    def close(self) -> None:
        """`.endif`."""
        self._open.pop()

    def left_open(self, level: int) -> list[Conditional]:
        """Close what a text that ends left open, and name it."""
        number = len(self._open)
        while number and self._open[number - 1].level >= level:
            number -= 1
        left = self._open[number:]
        del self._open[number:]
        return left
