# SPDX-License-Identifier: MIT
"""Boots that were done already."""

from __future__ import annotations

import subprocess
import sys

import pytest

from asm816.image import image_of
from asm816.target.boards import CRYSTALS
from emu import Board, EmuError, booted
from emu.chip.settings import ChipSettings


@pytest.fixture
def nothing_kept(monkeypatch):
    """No boot was done yet."""
    monkeypatch.setattr(booted, "_kept", type(booted._kept)())


def test_a_board_that_takes_a_boot_over_is_one_that_booted(nothing_kept):
    real = Board("qbx")
    real.boot()
    taken = Board.booted("qbx")
    assert taken.snapshot() == real.snapshot()
    assert taken.serial(3).take() == real.serial(3).take() != b""
    for board in (real, taken):
        board.serial(3).send(b"R")
        board.run(seconds=0.3)
    assert taken.snapshot() == real.snapshot()


def test_one_board_does_not_disturb_the_next():
    first = Board.booted("qbx").snapshot()
    board = Board.booted("qbx")
    board.memory[0x40] = 0x55
    board.serial(3).send(b"?")
    board.run(seconds=0.1)
    board.reset()
    assert Board.booted("qbx").snapshot() == first


def test_what_a_boot_depends_on_is_told_apart():
    boards = [
        Board("qbx"),
        Board("qbx", crystal_hz=3_579_545),
        Board("qbx", settings=ChipSettings(highest_offset_first=False)),
        Board("sxb"),
        Board("sxb", flash="empty"),
        Board("sxb", flash=bytes(0x20000)),
        Board("sxb", flash=bytes([1]) * 0x20000),
        Board("qbx", rom=b"\xea" * 8192),
    ]
    assert len({board._key() for board in boards}) == len(boards)
    assert Board("qbx")._key() == Board("qbx", leds_active_high=False)._key()


def test_a_board_to_which_something_was_done_boots_for_real():
    board = Board("qbx")
    board.drive("P50", 0)
    board.boot()
    assert board.pin("P50").level == 0


def test_jml_keeps_what_was_loaded_before():
    board = Board("sxb")
    board.load(image_of([(0x00B6, b"\x80\xfe"), (0x0800, b"WDC\x80\xfe")]))  # would start itself at boot
    board.jml(0x00B6)
    assert board.memory[0x0800:0x0803] == b"WDC"
    other = Board.booted("sxb")
    other.load(image_of([(0x00B6, b"\x80\xfe"), (0x0800, b"WDC\x80\xfe")]))
    other.jml(0x00B6)
    assert board.snapshot() == other.snapshot()


def test_only_so_many_are_kept(nothing_kept, monkeypatch):
    monkeypatch.setattr(booted, "MOST", 2)
    for key in "abc":
        booted.keep(key, key)
        booted.kept("a")
    assert (booted.kept("a"), booted.kept("b"), booted.kept("c")) == ("a", None, "c")


@pytest.mark.parametrize("hz", CRYSTALS)
def test_the_prompt_is_seen_at_whatever_speed_the_rom_takes_the_crystal_for(hz):
    board = Board.booted("qbx", crystal_hz=hz)
    assert board.seconds == pytest.approx(1.25, abs=0.2)
    readable = hz in (3_686_400, 3_579_545, 4_915_200)
    assert board.serial(3).received.endswith(b"\r>") is readable


def test_a_rom_without_a_prompt():
    with pytest.raises(EmuError) as caught:
        Board.booted("qbx", rom=b"\xdb" * 8192)
    assert caught.value.code == "E2002"


MEASURE = """
import gc
from emu import Board
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
Board.booted("sxb")
before = resident()
boards = [Board.booted("sxb") for _ in range(100)]
for board in boards:
    board.run(cycles=500)
print((resident() - before) // 100)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc/self/statm")
def test_a_hundred_boards_touch_less_than_two_megabytes_each():
    ran = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert 0 < int(ran.stdout) < 2_000_000
