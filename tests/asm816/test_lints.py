# SPDX-License-Identifier: MIT
"""The lints: those that depend on the board, and that good programs are left in peace.

What they say is in `tests/golden/asm/ok_lint_*.asm`, line by line.
"""

from pathlib import Path

import pytest

from asm816 import assemble
from asm816.lints import LINTS
from asm816.messages import MESSAGES, WARNINGS

PROJECT = Path(__file__).parents[2]
GOOD_PROGRAMS = [PROJECT / "emu/rom/monitor.asm", *sorted(PROJECT.glob("examples/*/*.asm"))]
TAKE_A_VECTOR = {"pwm", "button"}


def codes(text, board="qbx"):
    result = assemble(text=text, board=board)
    assert result.ok, result.diagnostics
    return [found.code for found in result.diagnostics]


@pytest.mark.parametrize("board", ["qbx", "sxb"])
@pytest.mark.parametrize("path", GOOD_PROGRAMS, ids=lambda path: path.stem)
def test_the_rom_and_the_examples_have_no_warnings(path, board):
    """But those that take a vector in the monitor's RAM on purpose, as their READMEs say."""
    found = [diagnostic.code for diagnostic in assemble(path, board=board).diagnostics]
    assert found == (["W0604"] if path.stem in TAKE_A_VECTOR else [])


def test_there_are_good_programs():
    assert len(GOOD_PROGRAMS) >= 3


EXTERNAL_RAM = {
    "stz 0xdf40": True,
    "stz 0xdf27": True,
    "sep #0x20\n lda.b #0x80\n sta 0xdf40": True,
    "sep #0x20\n lda.b #0x81\n sta 0xdf40": False,
    "sep #0x20\n lda.b #0xf7\n clc\n sta 0xdf27": True,
    "sep #0x20\n lda.b #0x08\n sta 0xdf27": False,
    "sep #0x20\n lda 0xdf27\n and.b #0xf0\n sta 0xdf27": True,
    "sep #0x20\n lda 0xdf27\n and.b #0xfe\n sta 0xdf27": False,
    "sep #0x20\n lda.b #0x01\n trb 0xdf40": True,
    "sep #0x20\n lda.b #0x02\n trb 0xdf40": False,
    "sep #0x20\n lda.b #0x01\n tsb 0xdf40": False,
    "rep #0x20\n stz 0xdf26": True,
    "sep #0x20\n stz 0xdf26": False,
    "sep #0x20\n lda.b #0\n txa\n sta 0xdf40": False,
    "sep #0x20\n lda.b #0\nlabel: sta 0xdf40\n bra label": False,
}


@pytest.mark.parametrize(("code", "warned"), EXTERNAL_RAM.items())
def test_switching_external_ram_off(code, warned):
    text = f".org 0x300\n {code}\n stp\n"
    assert ("W0605" in codes(text, "sxb")) == warned
    assert "W0605" not in codes(text, "qbx")  # there is none
    assert "W0605" not in codes(text.replace("0x300", "0xb6"), "sxb")  # this runs from on-chip RAM


STORES = {
    " sta 0x20\n": ["W0603"],
    " lda.w #0x400\n tcd\n sta 0x20\n": [],
    " pld\n sta 0x20\n": [],
    " plb\n sta 0x0104\n": [],
    " plb\n sta.l 0x0104\n": ["W0604"],
    " asl 0x0104\n": ["W0604"],
    " lda 0x0104\n": [],
    " sta 0x2000\n": [],
}


@pytest.mark.parametrize(("code", "expected"), STORES.items())
def test_stores_into_the_monitors_memory(code, expected):
    assert codes(f".org 0xb6\n{code} stp\n") == expected


def test_only_programs_for_the_board_are_told_of_the_monitor():
    code = " sta 0x20\n sta 0x0104\n stp\n"
    assert codes(f".org 0x300\n{code}") == []  # the default board has no RAM there
    assert codes(f".org 0x300\n{code}", "sxb") == ["W0603", "W0604"]
    assert codes(code) == []  # it goes nowhere in particular
    assert codes(f".org 0xe000\n{code}") == []  # another ROM


def test_lints_need_a_program_without_errors():
    result = assemble(text=" sep #0x20\n lda #1\n foo\n")
    assert [found.code for found in result.diagnostics] == ["E0205"]


def test_lints_can_be_errors():
    result = assemble(text=" sep #0x20\n lda #1\n", werror=True)
    assert not result.ok
    assert not result.image.segments


def test_every_lint_has_an_example():
    folder = PROJECT / "tests/golden/asm"
    texts = "".join(path.read_text() for path in folder.glob("ok_*.asm"))
    codes_of_lints = {code for code in MESSAGES if code.startswith(("W05", "W06"))}
    assert len(codes_of_lints) >= len(LINTS)
    assert {code for code in codes_of_lints if f"; warning {code} " not in texts} == set()


def test_the_language_page_names_every_warning():
    page = (PROJECT / "docs/language.md").read_text(encoding="utf-8")
    assert [name for name in WARNINGS if f"`{name}`" not in page] == []
