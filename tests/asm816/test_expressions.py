# SPDX-License-Identifier: MIT
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.expressions import ExpressionProblem, Unknown, evaluate
from asm816.limits import Limits
from asm816.parser import Parser
from asm816.tokens import lex


def value(text, here=0, **symbols):
    tokens = lex(text).tokens
    code = Parser(Limits(), lambda: 0).parse("value", tokens)

    def lookup(token):
        if token.text not in symbols:
            raise Unknown(token)
        return symbols[token.text]

    return evaluate(code.steps, tokens, here, lookup)


CASES = {
    "1+2*3": 7, "(1+2)*3": 9, "1|2^3&4": 3, "1|2+4*8>>1&7": 1, "2<<1+1": 8, "-2*-3": 6, "~0&0xff": 0xFF, "!0+1": 2,
    "10-3-2": 5, "7/2": 3, "-7/2": -3, "-7%3": -1, "7%-3": 1, "1<2==1": 1, "1||0&&0": 1, "3>2>1": 0, "+5": 5, "- -5": 5,
    "'A'+1": 66, '"A"': 65, "1 != 2": 1, "2 <= 2": 1, "1 && 2": 1, "0xffffffff+1": 1 << 32, "-1 >> 60": -1,
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_c_precedence(text):
    assert value(text) == CASES[text]


def test_symbols_and_here():
    assert value("$ + a * x", here=0x100, a=2, x=3) == 0x106
    with pytest.raises(Unknown):
        value("1 + nothing")


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("1 / (2-2)", "E0501", 2), ("5 % 0", "E0501", 2), ("1 << 64", "E0503", 2), ("1 >> -1", "E0503", 2),
        ("1 << 62 << 62", "E0502", 8), ('"ab" + 1', "E0511", 0), ('"" + 1', "E0511", 0),
    ],
)  # fmt: skip
def test_problems_name_their_token(text, code, column):
    with pytest.raises(ExpressionProblem) as caught:
        value(text)
    assert (caught.value.code, caught.value.token.column) == (code, column)


PYTHON = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
}


@given(st.lists(st.tuples(st.sampled_from(list(PYTHON)), st.integers(0, 9)), max_size=12), st.integers(0, 9))
def test_agrees_with_python(parts, first):
    # For these operators Python's precedence is C's, but for ^ against |, which is the same too.
    text = str(first) + "".join(f" {sign} {number}" for sign, number in parts)
    assert value(text) == eval(text)  # noqa: S307 - our own digits and signs
