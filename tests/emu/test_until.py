# SPDX-License-Identifier: MIT
"""What a run can wait for."""

from __future__ import annotations

import pytest

from emu import EmuError, PinEdge, PinLevel, Stop

# toggle: E00E stz PCS7; E011 lda #55; E013 sta PD7; E016 lda #aa; E018 sta PD7; E01B bra E011
LOOP, FIRST_STORE, SECOND_STORE = 0xE011, 0xE013, 0xE018


def test_an_address_ends_the_run_before_its_instruction(small_board):
    board = small_board("toggle")
    assert board.run(until=FIRST_STORE) is Stop.UNTIL
    assert (board.registers.pc, board.registers.a & 0xFF, board.pin("P71").level) == (FIRST_STORE, 0x55, 1)


def test_the_address_it_stands_at_does_not_count(small_board):
    board = small_board("toggle")
    board.run(until=LOOP)
    before = board.cycle
    assert board.run(until=LOOP) is Stop.UNTIL
    assert (board.registers.pc, board.cycle - before) == (LOOP, 15)


def test_an_address_that_is_not_reached_leaves_the_budget(small_board):
    board = small_board("toggle")
    assert board.run(cycles=500, until=0x1234) is Stop.CYCLES
    assert board.run(seconds=0.0001, until=0x123456) is Stop.TIME


def test_any_of_several_addresses_ends_the_run_and_no_stop_is_left_behind(small_board):
    board = small_board("toggle")
    board.run(until=LOOP)
    places = frozenset((FIRST_STORE, SECOND_STORE))
    met = [board.registers.pc for _ in range(3) if board.run(until=places) is Stop.UNTIL]
    assert met == [FIRST_STORE, SECOND_STORE, FIRST_STORE]
    assert not board.chip.core.stops


def test_an_edge_ends_the_run_behind_its_instruction(small_board):
    board = small_board("toggle")
    board.run(cycles=200)
    for level in (1, 0, 1, 0):
        assert board.run(until=PinEdge("P71", level)) is Stop.UNTIL
        assert board.pin("P71").edges[-1] == (board.cycle, level)
        assert board.registers.pc == (SECOND_STORE + 3 if level else FIRST_STORE + 3)
    assert board.run(until=PinEdge("P71")) is Stop.UNTIL
    assert board.pin("P71").level == 1


def test_a_level_that_is_there_ends_the_run_at_once(small_board):
    board = small_board("toggle")
    board.run(until=PinEdge("P71", 1))
    before = board.cycle
    assert board.run(until=PinLevel("P71", 1)) is Stop.UNTIL
    assert board.cycle == before
    assert board.run(until=PinLevel("P71", 0)) is Stop.UNTIL
    assert board.cycle > before


def test_a_run_with_nothing_but_a_condition_has_an_end(small_board, monkeypatch):
    monkeypatch.setattr("emu.board.DEFAULT_BUDGET", 0.01)
    board = small_board("toggle")
    start = board.seconds
    assert board.run(until=lambda: False) is Stop.TIME
    assert board.seconds - start == pytest.approx(0.01, abs=0.001)


def test_nobody_listens_behind_the_run(small_board):
    board = small_board("toggle")
    heard = len(board.pin("P71")._listeners)
    board.run(until=PinEdge("P71"))
    assert len(board.pin("P71")._listeners) == heard
    with pytest.raises(ZeroDivisionError):
        board.run(until=lambda: bool(1 / 0))
    assert board.run(cycles=100) is Stop.CYCLES


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (-1, "E2071"),
        (1 << 24, "E2071"),
        ("P71", "E2081"),
        (1.5, "E2081"),
        (True, "E2081"),
        (PinEdge("P99"), "E2005"),
        (PinLevel("X", 1), "E2005"),
    ],
)
def test_what_cannot_be_waited_for(small_board, until, code):
    board = small_board("toggle")
    before = board.cycle
    with pytest.raises(EmuError) as caught:
        board.run(seconds=1, until=until)
    assert (caught.value.code, board.cycle) == (code, before)
    assert board.run(cycles=10) is Stop.CYCLES
