# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from asm816 import spelling


@pytest.mark.parametrize(("text", "value"), [("16", 16), ("0x10", 16), ("$10", 16), ("10h", 16), ("0", 0)])
def test_numbers(text, value):
    assert spelling.number(text) == value


@pytest.mark.parametrize("text", ["", "-1", "1.5", "ten", "\u0661"])
def test_no_numbers(text):
    with pytest.raises(ValueError, match="number"):
        spelling.number(text)


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
