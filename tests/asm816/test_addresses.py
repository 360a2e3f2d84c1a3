# SPDX-License-Identifier: MIT
import pytest

from asm816.addresses import parse_address

GOOD = {
    "0x00b6": 0xB6,
    "$00b6": 0xB6,
    "00b6h": 0xB6,
    "00:00b6": 0xB6,
    "1:8000": 0x18000,
    "182": 182,
    "0": 0,
    "start": 5,
}


@pytest.mark.parametrize("text", GOOD)
def test_addresses(text):
    assert parse_address(text, {"start": 5}) == GOOD[text]


@pytest.mark.parametrize(
    "text", ["", "b6", "00b6", "0100", "nothing", "0x1000000", "1:10000", "-1", "0x", "$", " 5", "\u0665"]
)
def test_what_is_none(text):
    with pytest.raises(ValueError):
        parse_address(text)
