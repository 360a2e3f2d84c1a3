# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.limits import Limits
from asm816.parser import Parser, SyntaxProblem, _lark
from asm816.tokens import lex


def parser(limits=Limits()):  # noqa: B008 - frozen
    return Parser(limits, lambda: 0)


VALUES = st.sampled_from(
    ["0x12", "$ff", "10_0", "name", "x", "A", "'c'", '"text"', "$", "17q", "101b", "%1_0", "S", "_n1"]
)
BINARY = st.sampled_from(
    ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "==", "!=", "<=", ">=", "<", ">", "&&", "||"]
)
EXPRESSIONS = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.tuples(inner, BINARY, inner).map(" ".join),
        inner.map("({})".format),
        st.tuples(st.sampled_from("-+~"), inner).map("".join),
    ),
    max_leaves=8,
)
FORMS = st.sampled_from(
    ["#{}", "#<{}", "{}", "{},x", "<{},Y", "{},s", "({})", "({},x)", "({}),y", "({},s),y", "[{}]", "[{}],y"]
)


@given(FORMS, EXPRESSIONS)
def test_the_shape_has_the_structure_of_the_statement(form, expression):
    """The tokens of tokens.py and the terminals of grammar.lark agree on every statement."""
    tokens = lex(form.format(expression)).tokens
    try:
        expected = _lark().parse("\n".join(token.text for token in tokens), start="operand")
    except Exception:  # noqa: BLE001 - whatever lark says, the shape must be refused too
        with pytest.raises(SyntaxProblem):
            parser().parse("operand", tokens)
        return
    assert parser().parse("operand", tokens) == expected


def test_a_shape_is_parsed_once():
    one = parser()
    assert one.parse("operand", lex("#value+1").tokens) is one.parse("operand", lex("#other+99").tokens)


@pytest.mark.parametrize(
    ("text", "code", "token", "hint"),
    [
        ("", "E0207", 0, "a value"),
        ("#", "E0207", 1, "a value"),
        ("5,", "E0207", 2, "an index register"),
        ("5,z", "E0201", 2, "an index register"),
        ("(5", "E0207", 2, "`)`"),
        ("5 5", "E0201", 1, "an operator"),
        ("(5+1)*2", "E0201", 5, "indirection"),
    ],
)
def test_problems(text, code, token, hint):
    with pytest.raises(SyntaxProblem) as caught:
        parser().parse("operand", lex(text).tokens)
    assert (caught.value.code, caught.value.token) == (code, token)
    assert hint in caught.value.hint


def test_limits_do_not_depend_on_what_was_parsed_before():
    limits = Limits(new_tokens=5)
    for _ in range(2):
        one = parser(limits)
        one.parse("operand", lex("#1").tokens)
        one.parse("operand", lex("#2").tokens)
        with pytest.raises(SyntaxProblem) as caught:
            one.parse("operand", lex("1+1+1").tokens)
        assert caught.value.code == "E0212"
        assert caught.value.fatal
