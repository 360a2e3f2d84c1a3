# SPDX-License-Identifier: MIT
"""From a line of text to tokens: one regular expression.

A token's *kind* is the canonical spelling of its class: every number is `0`, every name `n`, every
string `""`, and punctuation stands for itself.  The kinds of a statement, joined, are its *shape*: a
source text of the same structure, which `asm816.parser` parses once however often it occurs.

Numbers and characters follow naken_asm (observed): `0x12AB $12ab 12abh 0b1010 1010b 17q 017 10_000 'A'`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import isinf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "n"
NUMBER = "0"
FLOAT = "1.0"
TEXT = '""'
HERE = "$"
DEFINED = "defined"
DOTTED = "."  # a word with a dot before it: a directive or the size suffix of a mnemonic
BAD = "bad"
REGISTERS = ("a", "x", "y", "s")
"""Names that are also registers keep their own kind; as a symbol each may still be used."""
NAME_KINDS = frozenset((NAME, *REGISTERS))
"""Kinds of tokens that can be a name."""

NAMELESS = ("-", "+")
"""Kinds of the tokens that are labels without a name, and of their uses."""

NAME_TEXT = r"[A-Za-z_][A-Za-z0-9_]*"
_NUMBER_TEXT = r"\$[0-9A-Fa-f][0-9A-Za-z_]*|[0-9][0-9A-Za-z_]*"
_DOTTED_TEXT = r"\.[A-Za-z0-9_]+"
QUOTED_TEXT = r"""\"(?:\\[^\n]|[^"\\\n])*+\"|'(?:\\[^\n]|[^'\\\n])*+'"""
_TOKEN = re.compile(
    rf"""[ \t\r\f\v]*
    (?: (?P<name>{NAME_TEXT})
      | (?P<sign><<|>>|<=|>=|==|!=|&&|\|\||//|[-+*/%&|^~!()<>,=\[\]\#:\\;]|\.\.\.?|\$(?![0-9A-Fa-f]))
      | (?P<float>[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?(?![A-Za-z0-9_]))
      | (?P<number>{_NUMBER_TEXT})
      | (?P<dotted>{_DOTTED_TEXT})
      | (?P<local>@{NAME_TEXT})
      | (?P<text>"(?:\\.|[^"\\])*+")
      | (?P<character>'(?:\\.|[^'\\])*+')
      | (?P<open>"(?:\\.|[^"\\])*+ | '(?:\\.|[^'\\])*+)  # to the end of the line: read once, not again
      | (?P<bad>[^ \t\r\f\v])
    )""",
    re.VERBOSE | re.DOTALL,
)
WORD_TEXT = f"{NAME_TEXT}|{_NUMBER_TEXT}|{_DOTTED_TEXT}|{QUOTED_TEXT}"
WORD = re.compile(f"({WORD_TEXT})", re.DOTALL)
"""A token that is no sign: names, numbers, quoted text, and what has a dot before it."""

_COMMENTS = frozenset((";", "//"))
_MOST_DIGITS = 1000  # int() takes quadratic time; no number of 64 bits has as many
_BINARY = re.compile(r"[01][01_]*\Z")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", "'": "'", '"': '"'}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_OPERAND_ENDS = frozenset((NAME, NUMBER, HERE, TEXT, ")", "]", *REGISTERS))
SHORT_LINE = 200  # longer lines hardly ever come twice and are not worth their memory
RESERVED_KINDS = {register: register for register in REGISTERS}
RESERVED_KINDS |= {register.upper(): register for register in REGISTERS}
RESERVED_KINDS[DEFINED] = DEFINED


WORD_KINDS = frozenset((*NAME_KINDS, NUMBER, FLOAT, TEXT, DEFINED, DOTTED))
"""Kinds of tokens that `WORD` finds."""


class Token(NamedTuple):
    """A token: kind, text, value, and where it stands in its line (column from 0, width).

    ``value`` is an int for numbers and characters, the name for names, the characters meant for
    strings, a float for floats; for a bad token it is the code of the diagnostic.
    """

    kind: str
    text: str
    value: int | str | float
    column: int
    width: int


class Lexed(NamedTuple):
    """The tokens of a line, the names among them, and the first bad one.

    ``placed``: it has names whose meaning depends on where it stands (`asm816.names`).
    """

    tokens: tuple[Token, ...]
    names: frozenset[str]
    bad: Token | None
    placed: bool


_token = tuple.__new__  # a third of the time of Token(...), in the innermost loop


def number_value(text: str) -> int | None:
    """The value of a number as naken_asm spells it, or None where the digits do not fit the base."""
    if text[0] != "0" and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)  # as most are
    if text[0] == "$" and "_" not in text and len(text) <= _MOST_DIGITS:
        try:
            return int(text[1:], 16)
        except ValueError:
            return None
    digits, base = _digits_and_base(text)
    if digits.endswith("_") or digits.startswith("_") or "__" in digits:
        return None
    try:
        return int(digits.replace("_", ""), base) if len(digits) <= _MOST_DIGITS else None
    except ValueError:
        return None


def _digits_and_base(text: str) -> tuple[str, int]:
    lower = text.lower()
    if lower.startswith("$"):
        return lower[1:], 16
    if lower.startswith("0x"):
        return lower[2:], 16
    if lower.endswith("h"):
        return lower[:-1], 16
    if lower.startswith("0b") and len(lower) > 2:
        return lower[2:], 2
    if lower.endswith("b"):
        return lower[:-1], 2
    if lower.endswith("q"):
        return lower[:-1], 8
    if len(lower) > 1 and lower.startswith("0"):
        return lower[1:], 8
    return lower, 10


def unescape(text: str) -> str | None:
    """The characters that a quoted text means, or None where it has an unknown escape."""
    body = text[1:-1]
    if "\\" not in body:
        return body
    result, characters = [], iter(body)
    for character in characters:
        meant = _ESCAPES.get(next(characters, "")) if character == "\\" else character
        if meant is None:
            return None
        result.append(meant)
    return "".join(result)


def _number(text: str, column: int) -> Token:
    value = number_value(text)
    if value is None:
        return Token(BAD, text, "E0202", column, len(text))
    if value >> 64:
        return Token(BAD, text, "E0502", column, len(text))
    return Token(NUMBER, text, value, column, len(text))


def _escape(text: str, column: int) -> Token:
    """The first escape in `text` that means nothing."""
    start = next(m.start() for m in _ESCAPE.finditer(text) if m[1] not in _ESCAPES)
    return Token(BAD, text[start : start + 2], "E0204", column + start, 2)


def _text(text: str, column: int) -> Token:
    meant = unescape(text)
    if meant is None:
        return _escape(text, column)
    return Token(TEXT, text, meant, column, len(text))


def _character(text: str, column: int) -> Token:
    meant = unescape(text)
    if meant is None:
        return _escape(text, column)
    if len(meant) != 1 or ord(meant) > 0x7F:
        return Token(BAD, text, "E0210", column, len(text))
    return Token(NUMBER, text, ord(meant), column, len(text))


def _bad(text: str, column: int) -> Token:
    return Token(BAD, text, "E0208", column, len(text))


def _open(text: str, column: int) -> Token:
    return Token(BAD, text[0], "E0203", column, 1)


def _float(text: str, column: int) -> Token:
    value = float(text)
    if isinf(value):
        return Token(BAD, text, "E0502", column, len(text))
    return Token(FLOAT, text, value, column, len(text))


def _local(text: str, column: int) -> Token:
    return Token(NAME, text, text, column, len(text))


def _dotted(text: str, column: int) -> Token:
    return Token(DOTTED, text, text[1:], column, len(text))


_MAKERS = {
    "number": _number,
    "float": _float,
    "text": _text,
    "character": _character,
    "dotted": _dotted,
    "local": _local,
    "open": _open,
    "bad": _bad,
}


def lex(line: str) -> Lexed:
    """The tokens of `line`, without white space and comment.  Block comments are gone before."""
    return _lex_short(line) if len(line) <= SHORT_LINE else _lex(line)


def _lex(line: str) -> Lexed:
    tokens: list[Token] = []
    names: list[str] = []
    bad: Token | None = None
    for match in _TOKEN.finditer(line):
        group = match.lastgroup
        if group is None:  # blanks at the end
            break
        text, column = match[group], match.start(group)
        if group == "name":
            kind = RESERVED_KINDS.get(text, NAME)
            tokens.append(_token(Token, (kind, text, text, column, len(text))))
            names.append(text)
        elif group == "sign":
            if text in _COMMENTS:
                break
            tokens.append(_token(Token, (text, text, text, column, len(text))))
        else:
            token = _MAKERS[group](text, column)
            tokens.append(token)
            if bad is None and token.kind == BAD:
                bad = token
    if "%" in line:
        tokens = _with_binary_numbers(tokens)
    return Lexed(tuple(tokens), frozenset(names), bad, "@" in line or _has_nameless(tokens))


def _has_nameless(tokens: list[Token]) -> bool:
    """Whether `-` or `+` stands at an end of the line, as a label without a name or the use of one."""
    return bool(tokens) and (tokens[0].kind in NAMELESS or tokens[-1].kind in NAMELESS)


_lex_short = lru_cache(maxsize=8192)(_lex)


def text_of_name(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`tokens` as the text of a name, which can start with an operand: `K equ %1010`."""
    return tuple(_with_binary_numbers(tokens)) if tokens and tokens[0].kind == "%" else tokens


def _with_binary_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Read `%1010` as a number where an operand can start; elsewhere `%` is the remainder."""
    result: list[Token] = []
    for token in tokens:
        previous = result[-1] if result else None
        if (
            previous is not None
            and previous.kind == "%"
            and token.column == previous.column + 1
            and _BINARY.match(token.text)
            and not _ends_operand(result)
        ):
            value = int(token.text.replace("_", ""), 2)
            result[-1] = Token(NUMBER, "%" + token.text, value, previous.column, token.width + 1)
        else:
            result.append(token)
    return result


def _ends_operand(tokens: list[Token]) -> bool:
    """Whether a value ends before the last token, which is `%`: a name is one unless it heads the statement."""
    if len(tokens) < 2 or tokens[-2].kind not in _OPERAND_ENDS:
        return False
    if not tokens[-2].text.isidentifier():
        return True
    before = tokens[-3] if len(tokens) > 2 else None
    return not (before is None or before.kind == ":" or (before.kind == "#" and len(tokens) == 3))
