# SPDX-License-Identifier: MIT
"""The table of answers: complete, and true to recorded dialogues where there are any."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from asm816.target.monitor import COMMANDS
from sxb.answers import ANSWERS, ROWS

READY = b"\rREADY\r>"


def test_every_command_of_the_monitor_has_its_answers():
    assert {row.command for row in ROWS} == {command.key for command in COMMANDS}


def test_names_are_unique_but_for_two_keys_of_one_command():
    names = [row.name for row in ROWS]
    assert sorted(name for name in set(names) if names.count(name) > 1) == ["help"]


@pytest.mark.parametrize(
    ("name", "answer", "groups"),
    [
        ("step on", b">  00:2001 BB" + READY, (b"00", b"2001", b"BB")),
        ("at pointer", b"   00:2001 BB" + READY, (b"00", b"2001", b"BB")),
        ("not accepted", b"\x15" + READY, ()),
        ("set register", b"\x06" + READY, ()),
        ("memory question", b"M  \rEnter Address  BB:AAAA ", ()),
        ("breakpoint", b"2" + READY, (b"2",)),
        ("pointer", b"/  00:2003" + READY, (b"00", b"2003")),
        ("records", b"1\rS2080020001020304037\rS804000000FB", ()),
    ],
)
def test_a_shape(name, answer, groups):
    match = ANSWERS[name].fullmatch(answer)
    assert match is not None
    assert match.groups() == groups
    assert ANSWERS[name].fullmatch(answer[:-1]) is None


RECORDED = os.environ.get("MENSCH816_TRANSCRIPTS")

# Dialogue, step: the rows whose shapes make up the whole answer, behind what is sent.
EXAMPLES = {
    ("T_show_and_set", "T"): ["time"],
    ("N_show_and_set", "N"): ["date"],
    ("F_within_page", "F"): ["fill question"],
    ("B_set_hit_continue", "B"): ["breakpoint question"],
    ("D_one_byte_range", "D"): ["listing question"],
    ("M_store_keep_back", "M"): ["memory question"],
    ("A_space_keeps_all", "A"): ["altered"],
    ("R_flags_00", "R"): ["shown registers"],
    ("run", "G"): ["jump question"],
    ("J_rtl", "J"): ["call question"],
}


@pytest.mark.skipif(RECORDED is None, reason="MENSCH816_TRANSCRIPTS names no file of recorded dialogues")
@pytest.mark.parametrize(("dialogue", "key"), EXAMPLES)
def test_a_recorded_answer(dialogue, key):
    recorded = json.loads(Path(RECORDED).read_text(encoding="utf-8"))["dialogues"]
    steps = next(entry["steps"] for entry in recorded if entry["name"] == dialogue)
    answers = [step["recv"] for step in steps if step.get("send") == key and isinstance(step["recv"], str)]
    assert answers
    for answer in answers:
        data = answer.replace("\x11", "").encode("latin-1")
        assert any(ANSWERS[name].fullmatch(data) for name in EXAMPLES[dialogue, key]), data
