# SPDX-License-Identifier: MIT
"""Conditional assembly: the stack of open `.if`s, and the search through text that is not assembled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asm816.source import Line

_HEAD = re.compile(
    r"\s*(?:[A-Za-z_]\w*\s*:\s*)*[.#](if|ifdef|ifndef|elseif|else|endif|macro|endm)\b",
    re.ASCII | re.IGNORECASE,
)

OPENERS = frozenset(("if", "ifdef", "ifndef"))


def head_of(text: str) -> str | None:
    """The conditional or macro directive that a line of unassembled text starts with, lower case."""
    found = _HEAD.match(text)
    return found[1].lower() if found else None


@dataclass(slots=True)
class Conditional:
    """An open `.if`.  ``level`` tells which file or macro text it stands in."""

    line: Line
    name: str
    level: int
    active: bool  # its present part is assembled
    done: bool  # a part was assembled, or none may be: the outer text is not
    in_else: bool = False


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
        self._open.append(
            Conditional(line, name, level, live and bool(truth), done=not live or truth is None or truth)
        )

    def innermost(self, level: int) -> Conditional | None:
        """The innermost one, if it was opened in the text of this level."""
        return self._open[-1] if self._open and self._open[-1].level == level else None

    def close(self) -> None:
        """`.endif`."""
        self._open.pop()

    def left_open(self, level: int) -> list[Conditional]:
        """Close what a text that ends left open, and name it."""
        left = [conditional for conditional in self._open if conditional.level >= level]
        self._open = [conditional for conditional in self._open if conditional.level < level]
        return left
