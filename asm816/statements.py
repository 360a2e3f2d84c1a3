# SPDX-License-Identifier: MIT
"""Statements: what a source says once macros, conditionals and includes are gone.

Each carries the line it came from and the tokens its expressions speak of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from asm816.tokens import NAME_KINDS, lex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asm816.addressing import Choice
    from asm816.expressions import Code
    from asm816.parser import Operand
    from asm816.source import Line
    from asm816.tokens import Token


class Value(NamedTuple):
    """One of several values of a directive: its code and the tokens that speaks of."""

    code: Code
    tokens: tuple[Token, ...]

    @property
    def name(self) -> str:
        """The name that it is, empty if it is more or something else."""
        return self.tokens[0].text if len(self.tokens) == 1 and self.tokens[0].kind in NAME_KINDS else ""


class Area(NamedTuple):
    """``NAME = first..last``."""

    name: Token
    first: Value
    last: Value


class Label(NamedTuple):
    """``name:``."""

    line: Line
    name: Token


class Constant(NamedTuple):
    """``name = expression``: a symbol with one value, wherever it is used."""

    line: Line
    name: Token
    code: Code | None
    tokens: tuple[Token, ...]


class Form:
    """A mnemonic (upper case), its size suffix (``b``, ``w``, ``l`` or none) and the structure of its operand.

    ``start`` is the number of the operand's first token in its line.  Lines of a shape share their form;
    ``chosen`` is a note of the layout, of what holds for all of them.
    """

    __slots__ = ("chosen", "mnemonic", "operand", "start", "suffix")

    def __init__(
        self, mnemonic: str, suffix: str = "", operand: Operand | None = None, start: int = 0
    ) -> None:
        self.mnemonic = mnemonic
        self.suffix = suffix
        self.operand = operand
        self.start = start
        self.chosen: tuple[tuple[int, int], Choice] | None = None


class Wording:
    """What an instruction says, whatever line it stands on: identical lines share it.

    If the operand's expression is a number, or made of numbers, ``value`` is that number; if it is one
    name, that is ``name``.  The tokens are made when somebody asks for them: a diagnostic, as a rule.
    ``chosen`` and ``encoded`` are notes of layout and encoder, of what holds for all lines that share it.
    """

    __slots__ = ("_code", "_head", "_replaced", "_tokens", "chosen", "encoded", "form", "name", "value")

    def __init__(
        self,
        form: Form,
        code: str,
        replaced: Mapping[str, Token] | None = None,
        value: int | None = None,
        name: str | None = None,
    ) -> None:
        self.form = form
        self.value = value
        self.name = name
        self.chosen: tuple[tuple[int, int], Choice] | None = None
        self.encoded: tuple[Choice, bytes] | None = None
        self._code = code
        self._replaced = replaced
        self._head: Token | None = None
        self._tokens: tuple[Token, ...] | None = None

    @classmethod
    def of_tokens(cls, form: Form, head: Token, tokens: tuple[Token, ...]) -> Wording:
        """A wording whose tokens are known."""
        self = cls(form, "")
        self._head, self._tokens = head, tokens
        steps = form.operand.code.steps if form.operand is not None else ()
        if len(steps) == 1:
            token = tokens[steps[0]]  # type: ignore[index] # a lone step is a load
            if isinstance(token.value, int):
                self.value = token.value
            elif token.kind in NAME_KINDS:
                self.name = token.text
        return self

    @property
    def head(self) -> Token:
        """The token of the mnemonic."""
        if self._head is None:
            self._head = lex(self._code).tokens[self.form.start - 1 - bool(self.form.suffix)]
        return self._head

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the operand, of which its expressions speak."""
        if self._tokens is None:
            self._tokens = _in_place(lex(self._code).tokens[self.form.start :], self._replaced)
        return self._tokens


def _in_place(tokens: tuple[Token, ...], replaced: Mapping[str, Token] | None) -> tuple[Token, ...]:
    """`tokens` with names replaced; a token that replaces a name stands where the name stood."""
    if replaced is None:
        return tokens
    news = ((token, replaced.get(token.text)) for token in tokens)
    return tuple(
        old if new is None else new._replace(column=old.column, width=old.width) for old, new in news
    )


class Instruction(NamedTuple):
    """An instruction: its line, and what it says."""

    line: Line
    wording: Wording

    @property
    def head(self) -> Token:
        """The token of the mnemonic."""
        return self.wording.head

    @property
    def mnemonic(self) -> str:
        """The mnemonic in upper case."""
        return self.wording.form.mnemonic

    @property
    def suffix(self) -> str:
        """The size suffix without its dot, empty if there is none."""
        return self.wording.form.suffix

    @property
    def operand(self) -> Operand | None:
        """The structure of the operand."""
        return self.wording.form.operand

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the operand."""
        return self.wording.tokens


class Directive(NamedTuple):
    """A directive by its canonical name; the type of ``arguments`` depends on it (`asm816.directives`)."""

    line: Line
    head: Token
    name: str
    arguments: Any  # what the row's kind of arguments says
    tokens: tuple[Token, ...]


class Known(NamedTuple):
    """Items of data whose values are written out: numbers of ``width`` bytes each, and texts as bytes.

    Single bytes without a text among them are kept as a text is.
    """

    width: int
    items: tuple[int | bytes, ...]
    code: str
    start: int

    @property
    def size(self) -> int:
        """Number of bytes that the items make."""
        if self.width != 1:
            return self.width * len(self.items)
        return sum([1 if isinstance(item, int) else len(item) for item in self.items])

    def bytes(self, *, big_endian: bool) -> bytes:
        """What the items make."""
        order: Literal["big", "little"] = "big" if big_endian else "little"
        width = self.width
        if width == 1:
            return b"".join([item if isinstance(item, bytes) else _BYTES[item] for item in self.items])
        return b"".join([item.to_bytes(width, order) for item in self.items])  # type: ignore[union-attr] # texts are bytes


_BYTES = tuple(bytes((n,)) for n in range(256))


class Data(NamedTuple):
    """A directive of data all of whose items are known as they stand; a `Directive` has all others."""

    line: Line
    known: Known

    @property
    def head(self) -> Token:
        """The token of the directive."""
        return lex(self.known.code).tokens[self.known.start - 1]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the items."""
        return lex(self.known.code).tokens[self.known.start :]


Statement = Label | Constant | Instruction | Directive | Data
