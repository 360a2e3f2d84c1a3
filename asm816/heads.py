# SPDX-License-Identifier: MIT
"""The head of a statement: what its first tokens say it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.directives import BARE
from asm816.target.isa import CANONICAL, MNEMONICS
from asm816.tokens import DOTTED, NAME_KINDS, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def prefixed(tokens: list[Token] | tuple[Token, ...]) -> tuple[Token, tuple[Token, ...]]:
    """The head of a directive as one token, and the tokens behind it."""
    first = tokens[0]
    if first.kind == DOTTED:
        return first, tuple(tokens[1:])
    name = tokens[1]
    width = name.column + name.width - first.column
    return Token(DOTTED, f"#{name.text}", name.text, first.column, width), tuple(tokens[2:])


def head_and_rest(tokens: tuple[Token, ...]) -> tuple[str, Token, tuple[Token, ...]]:
    """The directive's name in lower case (empty if it is none), the head, and the tokens behind it."""
    first = tokens[0]
    if first.kind == DOTTED or (first.kind == "#" and len(tokens) > 1):
        head, rest = prefixed(tokens)
        return str(head.value).lower(), head, rest
    lower = first.text.lower()
    return lower if lower in BARE and not is_constant(tokens) else "", first, tokens[1:]


def is_constant(tokens: tuple[Token, ...]) -> bool:
    """`NAME = ...`: a constant, even where NAME is that of a directive or mnemonic, as symbol files may have."""
    return len(tokens) > 1 and tokens[1].kind == "=" and tokens[0].kind in NAME_KINDS


def meant(head: Token, rest: Sequence[Token], macros: Iterable[str]) -> tuple[str | None, str | None]:
    """What a head that means nothing was probably meant to be: a hint, and the text that would stand there."""
    if not rest or rest[0].text.upper() in CANONICAL:
        return f"a label needs a colon: `{head.text}:`", f"{head.text}:"
    close = similar(head.text[:80], macros) or _similar_mnemonic(head.text)
    return (f"did you mean `{close[0]}`?", close[0]) if close else (None, None)


def _similar_mnemonic(text: str) -> list[str]:
    """The mnemonic that was probably meant: first of all the one with its letters in another order."""
    if len(text) > 8:
        return []
    upper = text.upper()
    found = [name for name in sorted(MNEMONICS) if sorted(name) == sorted(upper)]
    return [name.lower() for name in found or similar(upper, sorted(MNEMONICS))]


def similar(text: str, names: Iterable[str]) -> list[str]:
    """The one of `names` that `text` is most like, or none."""
    from difflib import get_close_matches  # only after an error

    return get_close_matches(text, names, 1)
