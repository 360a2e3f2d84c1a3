# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sxb import spelling


@pytest.mark.parametrize("text", ["0x00b6", "0xB6", "$00b6", "$B6", "00b6h", "0B6H", "00:00b6", "0:b6"])
def test_addresses(text):
    assert spelling.address(text) == 0x00B6


@given(st.integers(0, 0xFFFFFF))
def test_every_address_in_every_spelling(value):
    spellings = (f"{value:#x}", f"${value:06X}", f"0{value:x}h", f"{value >> 16:02x}:{value & 0xFFFF:04X}")
    assert {spelling.address(text) for text in spellings} == {value}


@pytest.mark.parametrize(
    "text", ["", "b6", "00b6", "182", "0x", "$", "h", "0x1000000", "00:10000", "1:2:3", "xyz"]
)
def test_no_addresses(text):
    with pytest.raises(ValueError, match=r"address|24 bits"):
        spelling.address(text)


def test_a_bare_number_gets_a_hint():
    with pytest.raises(ValueError, match="0x200"):
        spelling.address("200")


@pytest.mark.parametrize(("text", "value"), [("16", 16), ("0x10", 16), ("$10", 16), ("10h", 16), ("0", 0)])
def test_numbers(text, value):
    assert spelling.number(text) == value


@pytest.mark.parametrize("text", ["", "-1", "1.5", "ten", "\u0661"])
def test_no_numbers(text):
    with pytest.raises(ValueError, match="number"):
        spelling.number(text)


@pytest.mark.parametrize(
    ("text", "value"), [("2s", 2.0), ("250ms", 0.25), ("1.5", 1.5), (".5s", 0.5), ("2 s", 2.0), ("1m", 60.0)]
)
def test_times(text, value):
    assert spelling.seconds(text) == value


@pytest.mark.parametrize("text", ["", "s", "-1s", "2h", "1e3", "inf", "nan"])
def test_no_times(text):
    with pytest.raises(ValueError, match="time"):
        spelling.seconds(text)


@pytest.mark.parametrize("texts", [("A9", "55"), ("A955",), ("0xA9", "$55"), ("a9,55",)])
def test_bytes(texts):
    assert spelling.hex_bytes(texts) == b"\xa9\x55"


@pytest.mark.parametrize("texts", [("A",), ("A95",), ("",), ("zz",), ("A9", "5")])
def test_no_bytes(texts):
    with pytest.raises(ValueError, match="bytes"):
        spelling.hex_bytes(texts)


def test_registers():
    assert spelling.register("A=0x1234") == {"a": 0x1234}
    assert spelling.register("sp=$1ff") == {"s": 0x1FF}
    assert spelling.register("PC=01:00b6") == {"pc": 0x00B6, "pbr": 1}
    assert spelling.register("F=30h") == {"p": 0x30}
    for text in ("A", "Q=1", "=1", "A="):
        with pytest.raises(ValueError, match=r"NAME=VALUE|number"):
            spelling.register(text)


def test_file_and_address():
    assert spelling.file_and_address("a.bin@0x2000") == ("a.bin", 0x2000)
    assert spelling.file_and_address("me@home.hex") == ("me@home.hex", None)
    assert spelling.file_and_address("a@b@$2000") == ("a@b", 0x2000)
    assert spelling.file_and_address("@0x2000") == ("@0x2000", None)
