# SPDX-License-Identifier: MIT
"""pytest inside pytest: small projects with a program and a test, run in this process."""

from __future__ import annotations

import pytest

from sxb.judge import report, target  # noqa: F401 - what is loaded here, pytest inside pytest need not load anew

PROGRAM = """\
.65816
.org 0x00b6
start:
  sei
  clc
  xce
  sep #0x20
  rep #0x10
  stz 0xdf27          ; port 7 shows PD7
loop:
  lda.b #0x55
  sta 0xdf23
  ldx #7372           ; 10 ms
one:
  dex
  bne one
  lda.b #0xaa
  sta 0xdf23
  ldx #7372
two:
  dex
  bne two
  bra loop

square:               ; A times A, by adding
  phx
  sta 0x01
  tax
  lda.b #0
add:
  clc
  adc 0x01
  dex
  bne add
  plx
  rts

spoils:
  ldx #1
  rts

lost:
  bra lost

halts:
  stp
"""


@pytest.fixture
def tests(pytester):
    """A project with blink.asm; runs the body of a test and gives what pytest said."""
    pytester.makefile(".asm", blink=PROGRAM)

    def run(body: str, *options: str, mark: str = '@pytest.mark.program("blink.asm")'):
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        pytester.makepyfile(f"import pytest\n{mark}\ndef test_it(board, asm):\n{lines}\n")
        return pytester.runpytest("-p", "no:cacheprovider", *options)

    return run


@pytest.fixture
def together(pytester):
    """Runs many bodies of tests in one pytest; gives each body with the report of its test."""
    pytester.makefile(".asm", blink=PROGRAM)

    def run(bodies):
        tests = [
            f'@pytest.mark.program("blink.asm")\ndef test_{number}(board):\n    {body}\n'
            for number, body in enumerate(bodies)
        ]
        pytester.makepyfile("import pytest\n" + "".join(tests))
        ran = pytester.inline_run("-p", "no:cacheprovider")
        reports = [one for one in ran.getreports("pytest_runtest_logreport") if one.when == "call"]
        return list(zip(bodies, reports, strict=True))

    return run
