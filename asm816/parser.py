# SPDX-License-Identifier: MIT
"""From the tokens of a statement's arguments to their structure: lark, once per shape.

Real programs have thousands of statements and a few dozen shapes.  The shape of some tokens is parsed
with the grammar in `grammar.lark` the first time it is met; its result speaks of tokens by their number,
and is kept for all further statements of the shape.  The structures of usual shapes are shipped
(`asm816.precompiled`); lark is loaded with the first shape that is not among them.

The transformer is embedded in the parser, so nothing recurs on what a user wrote.  lark's own cache is
not used: it would unpickle a predictable file of the shared temporary folder.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.expressions import BINARY, UNARY, Code, Operation, binary_code
from asm816.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Lark

    from asm816.tokens import Token

STARTS = (
    "operand",
    "block_move",
    "value",
    "two_values",
    "assignment",
    "text",
    "one_name",
    "item",
)
"""The start rules of the grammar."""

_MOST_SHAPE_TOKENS = 200_000  # kept at a time: a hostile source has as many shapes as lines
_CHARACTERS_PER_NEW_TOKEN = 16  # real programs have one new token in 24 characters at the worst

_MEANINGS = (
    (("NUMBER", "NAME", "HERE"), "a value"),
    (("BINARY",), "an operator"),
    (("COMMA",), "`,`"),
    (("RPAR",), "`)`"),
    (("RSQB",), "`]`"),
    (("X", "Y", "S"), "an index register"),
    (("TEXT",), "text in quotes"),
    (("EQUAL",), "`=`"),
    (("LPAR",), "`(`"),
    (("$END",), "the end of the statement"),
)
"""What the terminals of the grammar are called in a hint; a group speaks when it is not covered before."""


class SyntaxProblem(Exception):  # noqa: N818 - carries a diagnostic to whoever knows the line
    """The arguments have no such structure: code, number of the token to blame (len = the end), hint."""

    def __init__(
        self, code: str, token: int, hint: str | None = None, *, fatal: bool = False, **fields: Any
    ) -> None:
        super().__init__(code)
        self.fatal = fatal
        self.code = code
        self.token = token
        self.hint = hint
        self.fields = fields


class Operand(NamedTuple):
    """The structure of an operand: its form, its code, and the selection (`<`, `>`, `^`, `!` or none).

    ``selection`` is the number of its token; ``second`` is the other bank of a block move.
    """

    form: str
    select: str
    code: Code
    second: Code | None = None
    selection: int | None = None


class Item(NamedTuple):
    """An item of data: an expression, or a number with a point (then ``token`` tells which)."""

    code: Code | None
    token: int = 0
    negative: bool = False


_Shape = tuple[str, tuple[str, ...]]
_shapes: dict[_Shape, Any] = {}
_shape_tokens = 0


class Parser:
    """Parses the statements of one assembly.

    Parsing a new shape is the one thing here that is slow, so it is counted: `source_size` is asked for
    the characters read so far, and a source must not have more new shapes than real programs have.
    What earlier assemblies left in the memo counts as new, so that a result never depends on them.
    """

    def __init__(self, limits: Limits, source_size: Callable[[], int]) -> None:
        self._limits = limits
        self._source_size = source_size
        self._known: dict[_Shape, Any] = {}
        self._tokens = 0

    def parse(self, start: str, tokens: tuple[Token, ...]) -> Any:  # the type depends on `start`
        """The structure of `tokens` under the rule `start`.  Raises SyntaxProblem."""
        shape = (start, tuple([token[0] for token in tokens]))
        found = self._known.get(shape)
        if found is None:
            self._count(len(tokens))
            found = self._known[shape] = _structure(shape, self._limits)
        return found

    def _count(self, tokens: int) -> None:
        self._tokens += tokens
        allowed = self._limits.new_tokens + self._source_size() // _CHARACTERS_PER_NEW_TOKEN
        if self._tokens > allowed:
            raise SyntaxProblem("E0212", 0, fatal=True)


def parsed(start: str, kinds: tuple[str, ...]) -> Any:  # as `Parser.parse`
    """The structure of a shape, by the grammar itself.  Raises SyntaxProblem."""
    return _parse(start, kinds, Limits())


def shapes_met() -> set[_Shape]:
    """The shapes that this process remembers."""
    return set(_shapes)


def forget_shapes() -> None:
    """Remember no shape."""
    _shapes.clear()


def _structure(shape: _Shape, limits: Limits) -> Any:  # as `Parser.parse`
    global _shape_tokens  # noqa: PLW0603 - the memo of the process and its size
    found = _shapes.get(shape)
    if found is None:
        from asm816.precompiled import structure  # with the first statement: it needs this module

        found = structure(*shape)
        if found is None:
            found = _parse(*shape, limits)
        _shape_tokens += len(shape[1])
        if _shape_tokens > _MOST_SHAPE_TOKENS:
            _shapes.clear()
            _shape_tokens = len(shape[1])
        _shapes[shape] = found
    return found


def _parse(start: str, kinds: tuple[str, ...], limits: Limits) -> Any:  # as `parse`
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # loads late

    _check_depth(kinds, limits)
    try:
        return _lark().parse("\n".join(kinds), start=start)
    except UnexpectedCharacters as error:
        raise _problem(error.line - 1, kinds, error.allowed or set()) from None
    except UnexpectedToken as error:
        number = len(kinds) if error.token.type == "$END" else error.line - 1
        raise _problem(number, kinds, error.accepts or error.expected) from None


def _problem(number: int, kinds: tuple[str, ...], expected: set[str]) -> SyntaxProblem:
    hint: str | None
    if number < len(kinds) and kinds[number] in ("<", ">", "^") and "SELECT" not in expected:
        hint = "`<`, `>` and `^` select a byte as the first sign of an operand only; n & 0xff and n >> 8 go anywhere"
    elif "BINARY" not in expected and kinds[:1] == ("(",) and number < len(kinds) and kinds[number] in BINARY:
        hint = "a parenthesis that opens an operand means indirection: write 2*(5+1), not (5+1)*2"
    else:
        words: list[str] = []
        for terminals, meaning in _MEANINGS:
            if expected.issuperset(terminals) and not ("a value" in words and meaning in _PARTS_OF_VALUE):
                words.append(meaning)
        hint = f"expected: {', '.join(words)}" if words else None
    return SyntaxProblem("E0207" if number >= len(kinds) else "E0201", number, hint)


_PARTS_OF_VALUE = ("text in quotes", "`(`", "an index register")


def _check_depth(kinds: tuple[str, ...], limits: Limits) -> None:
    if len(kinds) > limits.expression_tokens:
        raise SyntaxProblem("E0211", limits.expression_tokens, limit=limits.expression_tokens)
    depth = signs = 0
    for number, kind in enumerate(kinds):
        signs = signs + 1 if kind in UNARY else 0
        depth += (kind in "([{") - (kind in ")]}")
        if depth + signs > limits.expression_depth:
            raise SyntaxProblem("E0209", number, limit=limits.expression_depth)


@cache
def _lark() -> Lark:
    from lark import Lark  # loads late

    return Lark(
        Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer="contextual",
        start=list(STARTS),
        transformer=_Builder(),
        maybe_placeholders=False,
    )


def _number(token: Any) -> int:
    """The number of the statement's token that a token of lark stands for: they are one per line."""
    return int(token.line) - 1


class _Builder:
    """Makes values of the rules as lark reduces them.  Children are lark tokens and values made here."""

    def load(self, children: list[Any]) -> Code:
        return Code((_number(children[0]),))

    def group(self, children: list[Any]) -> Code:
        code: Code = children[0]
        return code

    def unary(self, children: list[Any]) -> Code:
        *signs, value = children
        operations = tuple(Operation(UNARY[sign], 1, _number(sign)) for sign in reversed(signs))
        if not operations:
            return value if isinstance(value, Code) else self.load([value])
        naken = value.naken and (*value.naken, *operations)
        return Code((*value.steps, *operations), naken)

    def opening(self, children: list[Any]) -> Code:
        code: Code = children[0]
        return code

    def expression(self, children: list[Any]) -> Code:
        if len(children) == 1:
            code: Code = children[0]
            return code
        operations = [Operation(BINARY[sign], 2, _number(sign)) for sign in children[1::2]]
        return binary_code(children[0::2], operations)

    def block_move(self, children: list[Any]) -> Operand:
        return Operand("block_move", "", children[0], children[1])

    def value(self, children: list[Any]) -> Code:
        code: Code = children[0]
        return code

    def two_values(self, children: list[Any]) -> tuple[Code, Code]:
        return children[0], children[1]

    def assignment(self, children: list[Any]) -> tuple[int, Code]:
        return _number(children[0]), children[1]

    def text(self, children: list[Any]) -> int:
        return _number(children[0])

    one_name = text

    def item(self, children: list[Any]) -> Item:
        return Item(children[0])

    def float_item(self, children: list[Any]) -> Item:
        return Item(None, _number(children[-1]), len(children) > 1 and children[0] == "-")


def _operand(form: str) -> Any:  # a method of the builder
    def build(_self: _Builder, children: list[Any]) -> Operand:
        code = next(c for c in children if isinstance(c, Code))
        select = next((c for c in children if getattr(c, "type", "") == "SELECT"), None)
        if select is None:
            return Operand(form, "", code)
        return Operand(form, str(select), code, selection=_number(select))

    return build


for _form in (
    "immediate",
    "plain",
    "plain_x",
    "plain_y",
    "stack",
    "indirect",
    "indirect_x",
    "indirect_y",
    "stack_indirect_y",
    "long_indirect",
    "long_indirect_y",
):
    setattr(_Builder, _form, _operand(_form))
