# SPDX-License-Identifier: MIT
"""Names that are more than a word: `@local`, the nameless `-` and `+`, and `outer.inner`.

Each becomes an ordinary name that no source can spell: `@loop` behind the label `main` is ``main@loop``,
in the third text that macros make, of `put`, it is ``put#3@loop``; the second `-` of a source is ``-2``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.tokens import DOTTED, NAME, NAME_KINDS, NAMELESS, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from asm816.source import Frame, Line

LOCAL = "@"
_TURN = "~"


def is_parent(name: str, frame: Frame | None) -> bool:
    """Whether a label is one to which the local labels behind it belong: those that macros make are not."""
    return LOCAL not in name and name[0] not in NAMELESS and (frame is None or frame.is_include)


def with_owner(tokens: Sequence[Token], owner: str) -> tuple[Token, ...]:
    """`tokens` with their local names made names of `owner`."""
    return tuple([_owned(token, owner) if token.text[0] == LOCAL else token for token in tokens])


def _owned(token: Token, owner: str) -> Token:
    name = owner + token.text
    return token._replace(text=name, value=name)


def in_turn(owner: str, number: int) -> str:
    """The owner of local labels in one turn of a loop, which sees the ones around it, too."""
    return f"{owner}{_TURN}{number}"


def around_loop(name: str) -> str | None:
    """The local name that is meant if a turn of a loop has none of this name, None outside of loops."""
    owner, _, label = name.rpartition(LOCAL)
    outer, turn, _ = owner.rpartition(_TURN)
    return outer + LOCAL + label if turn else None


class OwnNames:
    """The names of one source: makes local ones their owner's, counts the labels `-` and `+`."""

    def __init__(self) -> None:
        self._defined = dict.fromkeys(NAMELESS, 0)
        self._wanted: list[tuple[int, Line, Token]] = []

    def of_line(
        self, line: Line, tokens: tuple[Token, ...], owner: str, parent: str
    ) -> tuple[list[Token], tuple[Token, ...]]:
        """The labels at the start of a line, and its other tokens with their local names made ordinary ones.

        Those belong to `owner` if there is one, else to the latest label: `parent`, or one on this line.
        """
        labels: list[Token] = []
        while len(tokens) > 1 and tokens[1].kind == ":" and tokens[0].kind in NAME_KINDS:
            labels += with_owner(tokens[:1], owner or parent)
            parent = labels[-1].text if is_parent(labels[-1].text, line.frame) else parent
            tokens = tokens[2:]
        if tokens and tokens[0].kind in NAMELESS:
            sign = tokens[0]
            self._defined[sign.kind] += 1
            labels.append(self._name(sign, self._defined[sign.kind]))
            tokens = tokens[2:] if len(tokens) > 1 and tokens[1].kind == ":" else tokens[1:]
        return labels, with_owner(tokens, owner or parent)

    def meant(self, line: Line, signs: Sequence[Token]) -> Token | None:
        """The name that a row of equal signs means as a whole operand; None if it is none, or there is no such."""
        sign = signs[0]
        if any(token.kind != sign.kind for token in signs):
            return None
        number = self._defined[sign.kind] + (len(signs) if sign.kind == "+" else 1 - len(signs))
        if number < 1:
            return None
        name = self._name(sign, number, signs[-1].column + signs[-1].width - sign.column)
        if sign.kind == "+":
            self._wanted.append((number, line, name))
        return name

    @staticmethod
    def _name(sign: Token, number: int, width: int = 1) -> Token:
        text = f"{sign.kind}{number}"
        return Token(NAME, text, text, sign.column, width)

    def missing(self) -> Iterator[tuple[Line, Token]]:
        """The uses of `+` behind which none came, with the names that they were given."""
        return ((line, name) for number, line, name in self._wanted if number > self._defined["+"])


def with_paths(tokens: Sequence[Token], start: int) -> tuple[Token, ...]:
    """`tokens` with each `outer.inner` from token `start` on made one name."""
    result = list(tokens[:start])
    for token in tokens[start:]:
        if token.kind == DOTTED and len(result) > start and result[-1].kind in NAME_KINDS:
            outer = result[-1]
            text = outer.text + token.text
            width = max(outer.width, token.column + token.width - outer.column)
            result[-1] = Token(NAME, text, text, outer.column, width)
        else:
            result.append(token)
    return tuple(result)
