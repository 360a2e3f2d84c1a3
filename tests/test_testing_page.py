# SPDX-License-Identifier: MIT
"""docs/testing.md is followed from an empty folder, word by word."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from sxb.judge import coverage_report, coverage_session, report  # noqa: F401 - need not be loaded by each pytest
from sxb.judge.routine import Return
from sxb.judge.signals import Signal
from sxb.judge.target import Target

PAGE = (Path(__file__).parents[1] / "docs" / "testing.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(pytester):
    (test,) = blocks("python")
    (pytester.path / "test_blink.py").write_text(test)
    return pytester


def shown(block: str) -> list[str]:
    return [line.rstrip() for line in block.splitlines()]


def test_the_first_program_fails_as_shown(folder):
    (folder.path / "blink.asm").write_text(blocks("asm")[0])
    said = folder.runpytest("-p", "no:cacheprovider")
    said.assert_outcomes(failed=1)
    lines = [line.rstrip() for line in said.outlines]
    for block in blocks("text")[:2]:
        for line in shown(block):
            assert line in lines
    assert list((folder.path / "board-reports").glob("*.vcd"))


def test_the_second_passes_with_coverage(folder):
    (folder.path / "blink.asm").write_text(blocks("asm")[1])
    said = folder.runpytest("-p", "no:cacheprovider", "--asm-cov=html")
    said.assert_outcomes(passed=1)
    for line in shown(blocks("text")[2]):
        assert line in [line.rstrip() for line in said.outlines]
    assert (folder.path / "asm-htmlcov" / "index.html").is_file()


def test_every_expectation_is_on_the_page():
    names = {
        name
        for kind in (Target, Signal, Return)
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if name.startswith("must_")
    }
    assert {name for name in names if name not in PAGE} == set()
    assert set(re.findall(r"\bmust_\w+", PAGE)) <= names


def test_the_subroutine_of_the_page(folder):
    (call,) = re.findall(r'    result = board.call\("square".*?\n\n', PAGE, re.DOTALL)
    source = ".65816\n.org 0x00d0\nsquare:\n  phx\n  sta 0x01\n  tax\n  lda.b #0\nadd:\n  clc\n  adc 0x01\n  dex\n  bne add\n  plx\n  rts\n"
    test = f'import pytest\n@pytest.mark.program(text="""{source}""")\ndef test_it(board):\n{call}'
    (folder.path / "test_blink.py").write_text(test)
    folder.runpytest("-p", "no:cacheprovider").assert_outcomes(passed=1)
