# SPDX-License-Identifier: MIT
"""Snapshots of boards: what they hold, and what they refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emu import Board, EmuError
from emu.chip.settings import ChipSettings
from emu.moment import unpacked
from emu.snapshot import pack, unpack


@pytest.fixture(scope="module")
def busy(small_board):
    """A board in the middle of things: characters on the line, planned levels, records."""
    board = small_board("echo")
    board.run(seconds=0.01)
    board.serial(3).send(b"abc")
    board.serial(0)
    board.drive("P50", 0, at_seconds=board.seconds + 1)
    board.run(seconds=0.0016)
    return board


def test_bytes_hold_the_moment(busy):
    moment = busy._moment()
    assert unpacked(moment.packed()).packed() == moment.packed() == busy.snapshot()


def test_a_snapshot_brings_back_all_of_it(busy, small_board):
    other = small_board("echo")
    other.run(seconds=0.003)
    other.serial(1).send(b"gone afterwards")
    other.restore(busy.snapshot())
    assert other.serial(1).pending == 0
    twin = busy.copy()
    for board in (twin, other):
        board.run(seconds=0.01)
        assert board.serial(3).take() == b"abc"
    assert other.pin("P67").edges == twin.pin("P67").edges
    assert other.registers == twin.registers


@pytest.mark.parametrize(
    "make",
    [
        lambda rom: Board("sxb", rom=rom),
        lambda rom: Board("qbx", rom=rom, crystal_hz=4_915_200),
        lambda rom: Board("qbx", rom=rom[:-1] + b"\x12"),
        lambda rom: Board("qbx", rom=rom, settings=ChipSettings(nmi_on_edge=False)),
    ],
    ids=["board", "crystal", "rom", "settings"],
)
def test_another_board_is_refused(busy, make):
    other = make(busy._rom)
    before = other.snapshot()
    with pytest.raises(EmuError) as caught:
        other.restore(busy.snapshot())
    assert (caught.value.code, other.snapshot()) == ("E2080", before)


def test_an_sxb_without_a_flash_is_another_board(small_board):
    with pytest.raises(EmuError, match="socket"):
        small_board("echo", "sxb").restore(small_board("echo", "sxb", flash="empty").snapshot())


@given(data=st.data())
def test_damaged_bytes_are_refused_and_nothing_changes(busy, data):
    snapshot = busy.snapshot()
    place = data.draw(st.integers(0, len(snapshot) - 1))
    bad = bytearray(snapshot)
    bad[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(EmuError):
        busy.restore(bytes(bad))
    with pytest.raises(EmuError):
        busy.restore(snapshot[:place])
    assert busy.snapshot() == snapshot


@pytest.mark.parametrize(
    ("part", "value"),
    [
        *((part, value) for part in ("identity", "machine") for value in ({}, [], 7, None, {"x": 1})),
        *((part, value) for part in ("edges", "logs") for value in ([], 7, None, {"x": 1})),
    ],
)
def test_whole_bytes_with_another_content_are_refused(busy, part, value):
    snapshot = busy.snapshot()
    state, pages = unpack("board", snapshot)
    state[part] = value
    with pytest.raises(EmuError) as caught:
        busy.restore(pack("board", state, pages))
    assert caught.value.code == "E2080"
    assert busy.snapshot() == snapshot


@pytest.mark.parametrize("part", ["core", "chip", "cables", "stimuli"])
def test_a_machine_that_lacks_something_is_refused(busy, part):
    snapshot = busy.snapshot()
    moment = unpacked(snapshot)
    machine = {name: value for name, value in moment.machine.items() if name != part}
    with pytest.raises(EmuError):
        busy.restore(replace(moment, machine=machine).packed())
    assert busy.snapshot() == snapshot
