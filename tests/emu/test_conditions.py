# SPDX-License-Identifier: MIT
"""Conditions of breakpoints."""

from __future__ import annotations

import pytest

from emu.conditions import condition, place_and_condition

REGISTERS = {"a": 0x80, "x": 9, "y": 0, "p": 0x30}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a = $80", True),
        ("A==128", True),
        ("a != 0x80", False),
        ("x < 10", True),
        ("x <= 9", True),
        ("x > 9", False),
        ("f >= $30", True),
        ("[$df23] = 7", True),
        ("[PD7] != 7", False),
    ],
)
def test_a_register_or_a_byte_is_compared(text, holds):
    read = condition(text, {"PD7": 0xDF23})
    assert read.holds(REGISTERS, {0xDF23: 7}.__getitem__) is holds


@pytest.mark.parametrize("text", ["", "a", "a 5", "q = 1", "a = five", "[nowhere] = 1", "a = 1 2"])
def test_what_is_none_says_so(text):
    with pytest.raises(ValueError, match=r"\S"):
        condition(text, {})


def test_a_place_may_have_a_condition():
    place, said = place_and_condition("show if a = 1", {"show": 0xC2})
    assert (place, said.text) == (0xC2, "a = 1")
    assert place_and_condition("$00c2", {}) == (0xC2, None)
