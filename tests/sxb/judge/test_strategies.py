# SPDX-License-Identifier: MIT
"""What hypothesis tries, and the worked example of the page: a bug in decimal mode, found and shrunk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from asm816 import assemble
from sxb.judge.strategies import drive, memory, registers, stimuli, typed
from sxb.judge.target import Target

PAGE = (Path(__file__).parents[3] / "docs" / "testing.md").read_text(encoding="utf-8")


@pytest.fixture
def example(pytester):
    """The page's own example."""
    section = PAGE[PAGE.index("## Values that hypothesis tries") :]
    (source,) = re.findall(r"```asm-example\n(.*?)```", section, re.DOTALL)
    (test,) = re.findall(r"```python-example\n(.*?)```", section, re.DOTALL)

    def run(change=lambda text: text):
        (pytester.path / "add.asm").write_text(change(source))
        (pytester.path / "test_add.py").write_text(test)
        return pytester.runpytest("-p", "no:cacheprovider")

    return run


def test_the_bug_is_found_and_shrunk(example):
    said = example()
    said.assert_outcomes(failed=1)
    said.stdout.fnmatch_lines(["*Unlike: add must return A = 10 (0xA), but it returned 16 (0x10)"])
    said.stdout.fnmatch_lines(["*decimal=True,"])
    assert re.search(r"[ab]=10,", said.stdout.str())


def test_mended_it_passes(example):
    example(lambda text: text.replace("add:\n", "add:\n  cld\n")).assert_outcomes(passed=1)


@given(found=registers(m=16, x_width=8), content=memory(3, 5))
def test_registers_and_memory_have_their_widths(found, content):
    assert set(found) == {"a", "x", "y"}
    assert found["a"] <= 0xFFFF
    assert max(found["x"], found["y"]) <= 0xFF
    assert 3 <= len(content) <= 5


@given(levels=stimuli(["P62", "P64"], ms=20))
def test_stimuli_come_in_order_and_can_be_driven(levels):
    assert levels == sorted(levels)
    board = Target.booted()
    begun = {pin: board.pin(pin).level for pin in ("P62", "P64")}
    drive(board, levels)
    board.run(ms=21)
    for pin in ("P62", "P64"):
        (*_, last) = [begun[pin], *(level for _, name, level in levels if name == pin)]
        assert board.pin(pin).level == last


@given(text=typed())
def test_typed_is_printable(text):
    assert all(byte == 0x0D or 0x20 <= byte < 0x7F for byte in text)


ECHO = assemble(Path(__file__).parents[3] / "examples" / "echo" / "echo.asm")


def test_what_is_typed_comes_back():
    @given(text=typed(6))
    def check(text):
        board = Target.booted().take(ECHO).start()
        board.serial(3).send(text)
        board.must_print(text.decode().swapcase(), ms=100)

    check()
