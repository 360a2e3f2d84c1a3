# SPDX-License-Identifier: MIT
import pytest

from asm816.tokens import lex, number_value

NUMBERS = {
    "0x12AB": 0x12AB, "$12ab": 0x12AB, "12abh": 0x12AB, "0FFH": 0xFF, "0b1010": 10, "1010b": 10, "0B1h": 0xB1,
    "17q": 15, "012": 10, "0": 0, "00": 0, "10_000": 10_000, "0x12_34": 0x1234, "1010_0101b": 0xA5, "9": 9,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text):
    assert number_value(text) == NUMBERS[text]
    (token,) = lex(text).tokens
    assert (token.kind, token.value, token.width) == ("0", NUMBERS[text], len(text))


@pytest.mark.parametrize("text", ["0x", "0xg", "089", "12a", "1__2", "1_", "12b", "8q", "0b2"])
def test_bad_numbers(text):
    assert number_value(text) is None
    assert lex(text).bad.value == "E0202"


def kinds(text):
    return [token.kind for token in lex(text).tokens]


def test_kinds_are_the_shape():
    assert kinds("lda.b (value + 0x10),Y ; comment") == ["n", ".", "(", "n", "+", "0", ")", ",", "y"]
    assert kinds("a X s y x1 defined") == ["a", "x", "s", "y", "n", "defined"]
    assert kinds("db \"t\", 't', 1.5 // c") == ["n", '""', ",", "0", ",", "1.0"]
    assert kinds("$ $+1 << >= && !") == ["$", "$", "+", "0", "<<", ">=", "&&", "!"]


def test_columns():
    assert [(token.text, token.column) for token in lex("  lda #'A'\t; x").tokens] == [
        ("lda", 2),
        ("#", 6),
        ("'A'", 7),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("db %11", [3]), ("db 5 %11", [5, 11]), ("db 5 %%11", [5, 3]), ("db K %11", [11]), ("lda #%1_0", [2]),
        ("x: db %11", [3]), ("db (1)%10", [1, 10]), ("db 1, %10", [1, 2]),
    ],
)  # fmt: skip
def test_percent_is_binary_where_an_operand_starts(text, values):
    assert [token.value for token in lex(text).tokens if token.kind == "0"] == values


def test_texts():
    (token,) = lex(r'"a\"b\n\0"').tokens
    assert token.value == 'a"b\n\0'
    assert lex(r"'\''").tokens[0].value == 0x27
    assert lex('"').bad.value == "E0203"
    assert lex(r'"\x"').bad.value == "E0204"
    assert lex("''").bad.value == "E0210"
