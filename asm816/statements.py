# SPDX-License-Identifier: MIT
"""Statements: what a source says once macros, conditionals and includes are gone.

Each carries the line it came from and the tokens its expressions speak of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asm816.expressions import Code
    from asm816.parser import Operand
    from asm816.source import Line
    from asm816.tokens import Token


@dataclass(frozen=True, slots=True)
class Label:
    """``name:``."""

    line: Line
    name: Token


@dataclass(frozen=True, slots=True)
class Constant:
    """``name = expression``: a symbol with one value, wherever it is used."""

    line: Line
    name: Token
    code: Code | None
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Instruction:
    """A mnemonic (upper case), its size suffix (``b``, ``w``, ``l`` or none) and its operand."""

    line: Line
    head: Token
    mnemonic: str
    suffix: str
    operand: Operand | None
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive by its canonical name; the type of ``arguments`` depends on it (`asm816.directives`)."""

    line: Line
    head: Token
    name: str
    arguments: Any  # what the row's kind of arguments says
    tokens: tuple[Token, ...]


Statement = Label | Constant | Instruction | Directive
