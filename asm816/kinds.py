# SPDX-License-Identifier: MIT
"""The kinds of words in the shapes of lines: those of the tokens (`asm816.tokens`), only finer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.directives import DIRECTIVES
from asm816.target.isa import CANONICAL
from asm816.tokens import DEFINED, NAME, NUMBER, RESERVED_KINDS, TEXT, lex, number_value

if TYPE_CHECKING:
    from asm816.tokens import Token

SPECIAL = "?"
"""The kind of a word that may mean something else than itself: no shape with it is kept."""

_MEANING = frozenset(
    {name.lower() for name in CANONICAL}
    | {name for name, row in DIRECTIVES.items() if row.bare}
    | {"end", "equ", DEFINED}
)
"""Words that say something else than an operand."""

_LONGEST_MEANING = max(map(len, _MEANING))


class Kinds(dict[str, str]):
    """Word -> its kind in a shape, found when it is first met.

    ``numbers`` and ``texts`` have the values of words of these kinds.
    """

    def __init__(self) -> None:
        super().__init__({"": ""})  # a line may have none
        self.numbers: dict[str, int] = {}
        self.texts: dict[str, bytes] = {}

    def __missing__(self, word: str) -> str:
        first = word[0]
        if first in "0123456789$":
            kind = self._number(word)
        elif first in "\"'":
            kind = self._quoted(lex(word).tokens[0])
        elif first == "." or (len(word) <= _LONGEST_MEANING and word.lower() in _MEANING):
            kind = SPECIAL
        else:
            kind = RESERVED_KINDS.get(word, NAME)
        self[word] = kind
        return kind

    def _number(self, word: str) -> str:
        value = number_value(word)
        if value is None or value >> 64:
            return SPECIAL
        self.numbers[word] = value
        return NUMBER

    def _quoted(self, token: Token) -> str:
        if isinstance(token.value, int):
            self.numbers[token.text] = token.value
        elif token.kind == TEXT:
            self.texts[token.text] = str(token.value).encode()
        else:
            return SPECIAL
        return token.kind
