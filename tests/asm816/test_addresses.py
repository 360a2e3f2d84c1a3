# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.addresses import file_and_address, parse_address
from asm816.errors import ToolError
from asm816.exitcodes import ExitCode


@pytest.mark.parametrize(
    "text", ["0x00b6", "0xB6", "$00b6", "$B6", "00b6h", "0B6H", "00:00b6", "0:b6", "start"]
)
def test_addresses(text):
    assert parse_address(text, {"start": 0xB6}) == 0x00B6


@given(st.integers(0, 0xFFFFFF))
def test_every_address_in_every_spelling(value):
    spellings = (f"{value:#x}", f"${value:06X}", f"0{value:x}h", f"{value >> 16:02x}:{value & 0xFFFF:04X}")
    assert {parse_address(text) for text in spellings} == {value}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b6",
        "00b6",
        "182",
        "0x",
        "$",
        "h",
        "0x1000000",
        "00:10000",
        "1:2:3",
        "xyz",
        "-1",
        " 5",
        "\u0665",
        "$\u0665",
    ],
)
def test_no_addresses(text):
    with pytest.raises(ValueError, match=r"address|24 bits"):
        parse_address(text)


def test_a_bare_number_gets_a_hint():
    with pytest.raises(ValueError, match="0x200"):
        parse_address("200")


def test_file_and_address():
    assert file_and_address("a.bin@0x2000") == ("a.bin", 0x2000)
    assert file_and_address("me@home.hex") == ("me@home.hex", None)
    assert file_and_address("a@b@$2000") == ("a@b", 0x2000)
    assert file_and_address("@0x2000") == ("@0x2000", None)
    for place in ("2000", "0x1000000"):
        with pytest.raises(ToolError, match=place) as caught:
            file_and_address(f"a.bin@{place}")
        assert caught.value.exit_code == ExitCode.USAGE
