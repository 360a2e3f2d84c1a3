# SPDX-License-Identifier: MIT
"""The tracked widths, statement by statement: `; A X` behind a line says what holds before it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816 import assemble
from asm816.statements import Instruction
from asm816.widths import NO_WIDTHS

SHOWN = {None: "?", False: "16", True: "8"}

PROGRAMS = {
    "from the start nothing is known": """
      nop           ; ? ?
      sep #0x20     ; ? ?
      nop           ; 8 ?
    """,
    "rep and sep": """
      rep #0x30     ; ? ?
      sep #0x10     ; 16 16
      sep #0x20     ; 16 8
      rep #0x0f     ; 8 8
      rep #0x10     ; 8 8
      nop           ; 8 16
    """,
    "emulation mode": """
      rep #0x30
      sec           ; 16 16
      xce           ; 16 16
      rep #0x30     ; 8 8
      clc           ; 8 8
      xce           ; 8 8
      rep #0x20     ; 8 8
      nop           ; 16 8
    """,
    "xce with a carry that nobody knows": """
      sep #0x20
      rep #0x10
      cmp.b #1
      xce           ; 8 16
      nop           ; 8 ?
    """,
    "php and plp": """
      rep #0x20
      sep #0x10
      php           ; 16 8
      sep #0x20     ; 16 8
      pha           ; 8 8
      pla           ; 8 8
      plp           ; 8 8
      nop           ; 16 8
    """,
    "plp of something else": """
      rep #0x30
      pha
      plp
      nop           ; ? ?
      rep #0x30
      php
      pha
      plp
      nop           ; ? ?
    """,
    "branches that meet": """
      rep #0x30
      bne one       ; 16 16
      sep #0x10     ; 16 16
one:  nop           ; 16 ?
      bra two
      nop           ; ? ?
      stp
two:  nop           ; 16 ?
    """,
    "a loop that widens": """
      rep #0x30
again: nop          ; ? 16
      sep #0x20     ; ? 16
      bne again     ; 8 16
      nop           ; 8 16
    """,
    "a routine that changes nothing has the width of each caller": """
      rep #0x30
      jsr keeps     ; 16 16
      nop           ; 16 16
      sep #0x20
      jsr keeps     ; 8 16
      nop           ; 8 16
      stp
keeps: nop          ; ? 16
      php
      sep #0x30
      plp           ; 8 8
      rts           ; ? 16
    """,
    "a routine that returns otherwise": """
      rep #0x30
      jsr narrow
      nop           ; 8 16
      jsl wide
      nop           ; 16 16
      stp
narrow: sep #0x20   ; 16 16
      rts           ; 8 16
wide: rep #0x20     ; 8 16
      rtl
    """,
    "routines above their callers, and through a jump": """
      bra main
narrow: sep #0x20
      rts
through: jmp narrow
main: rep #0x30
      jsr through
      nop           ; 8 16
    """,
    "a routine that calls itself": """
      rep #0x30
      jsr self
      nop           ; 16 8
      stp
self: dex           ; 16 16
      beq out
      jsr self
      nop           ; 16 8
out:  sep #0x10     ; 16 ?
      rts
    """,
    "a routine that does not return": """
      rep #0x30
      jsr away
      nop           ; ? ?
      stp
away: pla
      jmp (0x10)
    """,
    "calls out of the program change nothing": """
      rep #0x30
      jsl 0xe04b
      nop           ; 16 16
      jsr (0x10,x)
      nop           ; 16 16
    """,
    "data among code may be anything": """
      rep #0x30
      db 0xe2, 0x20
      nop           ; ? ?
    """,
    "declarations": """
      .a8
      nop           ; 8 ?
      .i16
      nop           ; 8 16
      .a16
      nop           ; 16 16
      .i8
      nop           ; 16 8
    """,
    "a branch without a label": """
      rep #0x30
      bne $+4
      sep #0x20     ; 16 16
      nop           ; ? 16
    """,
    "org goes on by address": """
      rep #0x30
      org $
      nop           ; 16 16
      bra $+3
      org 0x900
      nop           ; ? ?
    """,
}


def tracked(text):
    """(source line, widths as shown) of each instruction."""
    result = assemble(text=text)
    assert result.ok, result.diagnostics
    widths = result.widths
    assert len(widths.states) == len(result._placed)
    return {
        place.statement.line.number: f"{SHOWN[widths.m(n)]} {SHOWN[widths.x(n)]}"
        for n, place in enumerate(result._placed)
        if isinstance(place.statement, Instruction)
    }


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name):
    text = PROGRAMS[name]
    expected = {
        number: found[1]
        for number, line in enumerate(text.split("\n"), 1)
        if (found := re.search(r"; (\S+ \S+)$", line))
    }
    found = tracked(text)
    assert expected
    assert {number: found[number] for number in expected} == expected


def test_the_reset_vector_starts_in_emulation_mode():
    text = "org 0xe000\nboot: nop\nclc\nxce\nnop\norg 0xfffc\ndw boot\n"
    widths = assemble(text=text).widths
    assert (widths.e(2), widths.m(2), widths.x(2)) == (True, True, True)
    assert (widths.e(5), widths.m(5), widths.x(5)) == (False, True, True)


def test_a_source_with_errors_has_no_widths():
    assert assemble(text="nop\n lda nowhere\n").widths == NO_WIDTHS


LINES = st.sampled_from(
    [f"l{n}: nop" for n in range(4)]
    + [f"{head} l{n}" for head in ("bne", "bra", "jsr", "jmp") for n in range(4)]
    + ["rep #0x20", "sep #0x20", "rep #0x30", "sep #0x10", "php", "plp", "clc", "sec", "xce", "rts"]
    + ["pha", "pla", "txs", "stp", "db 1", ".a8", ".i16"]
)


@given(st.lists(LINES, max_size=40, unique_by=lambda line: line if ":" in line else object()))
def test_any_program_is_tracked_and_known_widths_have_a_reason(lines):
    """Every statement has widths, and nothing is known where no statement could have set it."""
    labels = {line[:2] for line in lines if ":" in line}
    text = "\n".join([*lines, *(f"l{n}: nop" for n in range(4) if f"l{n}" not in labels)])
    result = assemble(text=text)
    assert result.ok
    setters = ("rep", "sep", "xce", ".a", ".i")
    sets_any = any(line.startswith(setters) for line in lines)
    known = [n for n in range(len(result._placed)) if result.widths.m(n) is not None]
    assert sets_any or not known
