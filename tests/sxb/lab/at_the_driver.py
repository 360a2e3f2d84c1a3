# SPDX-License-Identifier: MIT
"""Run by test_lab.py in labgrid's environment: the driver's own methods, at a virtual board."""

from __future__ import annotations

import pytest
from pexpect import TIMEOUT

from asm816.errors import ToolError
from sxb.errors import UsageError
from sxb.lab.driver import MenschBoardDriver, driver_of


@pytest.fixture
def board(target):
    driver = target.get_driver(MenschBoardDriver)
    yield driver
    target.deactivate(driver)


def test_load_proves_and_memory_holds_it(board):
    result = board.load("led_blink")
    assert result.verified
    assert board.read_memory(0x00B6, 1) != b"\x00"


def test_run_gives_the_line_to_the_program(board):
    board.run("hello")
    _, _, match, _ = board.expect("Hello, w(.*)!", timeout=5)
    assert match[1] == b"orld"


def test_led_blink_blinks(board):
    board.run("led_blink")
    emulated = board.monitor.line._port.board
    before = len(emulated.pin("P70").edges)
    emulated.run(seconds=1.2)  # it changes every quarter of a second
    assert len(emulated.pin("P70").edges) - before == 4


def test_registers_and_memory_are_written_and_read_back(board):
    assert board.set_registers(a=0x1234).a == 0x1234
    assert board.registers().a == 0x1234
    board.write_memory(0x00C0, b"\x60")
    assert board.read_memory(0x00C0, 1) == b"\x60"


def test_the_console_is_the_monitors(board):
    board.sendline("")
    board.expect(">", timeout=5)
    with pytest.raises(TIMEOUT):
        board.expect("never said", timeout=1)


def test_without_a_reset_line_it_says_so(board):
    with pytest.raises(UsageError, match="RESET"):
        board.reset()


def test_an_unknown_role_is_named(env):
    with pytest.raises(UsageError, match="nowhere"):
        driver_of(env, "nowhere")


def test_a_file_that_is_none(board):
    with pytest.raises(ToolError, match=r"nothing\.hex"):
        board.load("nothing.hex")
