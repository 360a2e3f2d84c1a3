# SPDX-License-Identifier: MIT
"""Going back: exact to the bit on the line, with what was done from outside."""

from __future__ import annotations

import pytest

from emu import Board, EmuError
from emu import history as history_module
from emu.cpu.trace import last_cycles
from emu.history import Write


def whole(board: Board) -> bytes:
    """All that a board is, records included."""
    return board.snapshot()


@pytest.fixture(autouse=True)
def close_checkpoints(monkeypatch):
    """Checkpoints so close together that short runs cross several."""
    monkeypatch.setattr(history_module, "EVERY", 3000)


def test_a_step_back_undoes_a_step(small_board):
    board = small_board("toggle")
    board.run(cycles=10_000)
    seen = []
    for _ in range(30):
        seen.append(whole(board))
        board.step()
    for earlier in reversed(seen):
        board.step_back()
        assert whole(board) == earlier


def test_what_was_done_from_outside_comes_again_or_is_undone(small_board):
    board = small_board("echo")
    board.run(cycles=20_000)
    board.serial(3).send(b"ab")
    board.run(cycles=1_000)
    board.drive("P40", 0)
    board.memory[0x40] = 0x77
    board.run(cycles=9_000)
    before = whole(board)
    board.step()
    board.memory[0x40] = 0x78
    board.drive("P40", 1)
    board.serial(3).send(b"c")
    board.step_back()
    assert whole(board) == before
    assert board.memory[0x40] == 0x77
    board.run(cycles=10_000)
    assert board.serial(3).received == b"ab"
    while board.memory[0x40]:
        board.step_back()
    assert board.pin("P40").level == 1 or board.pin("P40").edges


def test_back_to_an_address_is_the_moment_before_its_instruction(small_board):
    board = small_board("toggle")
    board.run(cycles=10_000)
    board.run(until=0xE018)
    at_store = whole(board)
    board.step()
    board.run(cycles=7)
    board.back_to(0xE018, 0x1234)
    assert whole(board) == at_store
    board.back_to(0xE018)  # where it stands does not count
    assert (board.registers.pc, whole(board) != at_store) == (0xE018, True)
    with pytest.raises(EmuError, match="no earlier moment"):
        board.back_to(0x1234)


def test_a_boot_begins_the_past_anew():
    board = Board("qbx", crystal_hz=3_600_000)  # not booted before: it boots for real
    board.boot()
    board.run(cycles=100)
    with pytest.raises(EmuError, match="no earlier moment"):
        board.back_to(0xE000)


def test_after_a_step_back_the_board_goes_on_as_before(small_board):
    board, other = small_board("echo"), small_board("echo")
    for one in (board, other):
        one.run(cycles=20_000)
        one.serial(3).send(b"xyz")
        one.run(cycles=5_001)
    for _ in range(5):
        board.step()
    for _ in range(5):
        board.step_back()
    for one in (board, other):
        one.run(cycles=30_000)
    assert whole(board) == whole(other)


def test_the_record_begins_with_the_first_run(small_board):
    board = small_board("toggle")
    with pytest.raises(EmuError) as caught:
        board.step_back()
    assert caught.value.code == "E2079"
    start = whole(board)
    board.step()
    board.step_back()
    assert whole(board) == start
    with pytest.raises(EmuError):
        board.step_back()
    board.run(cycles=100)
    board.forget()
    with pytest.raises(EmuError):
        board.step_back()


def test_a_step_back_over_reset(small_board):
    board = small_board("toggle")
    board.run(cycles=5_000)
    before = whole(board)
    board.step()
    board.reset()
    board.step()
    for _ in range(3):  # RESET is a step of its own
        board.step_back()
    assert whole(board) == before


def test_the_instruction_that_wrote_last_is_found(small_board):
    # stz PCS7; lda #0; loop: sta 40; inc; sta PD7; bra loop
    board = small_board("9C27DF A900 8540 1A 8D23DF 80F8")
    board.run(cycles=20_000)
    found = board.last_writer(0x40)
    assert found is not None
    assert (found.pc, found.value) == (0xE013, board.memory[0x40])
    assert board.cycle - 12 <= found.cycle <= board.cycle
    led = board.last_writer(0xDF23)
    assert led is not None
    assert led.pc == 0xE016
    assert board.pin("P70").edges[-1][0] <= led.cycle
    once = board.last_writer(0xDF27)
    assert once is not None
    assert (once.pc, once.value) == (0xE00E, 0)
    assert board.last_writer(0x0123) is None


def test_a_byte_put_there_from_outside_has_no_instruction(small_board):
    board = small_board("toggle")
    board.run(cycles=5_000)
    board.memory[0x40:0x42] = b"\x01\x02"
    at = board.cycle
    board.run(cycles=5_000)
    assert board.last_writer(0x41) == Write(at, 2, None)


def test_looking_for_a_writer_changes_nothing(small_board):
    board, other = small_board("echo"), small_board("echo")
    for one in (board, other):
        one.run(cycles=20_000)
        one.serial(3).send(b"xyz")
        one.run(cycles=5_000)
    board.last_writer(0x1FF)
    for one in (board, other):
        one.run(cycles=20_000)
    assert whole(board) == whole(other)


def test_old_checkpoints_grow_sparse_but_the_first_stays(small_board, monkeypatch):
    monkeypatch.setattr(history_module, "MOST", 8)
    board = small_board("toggle")
    board.run(cycles=20_000)
    pin = board.pin("P70").edges[0]
    assert board.last_writer(0xDF27).cycle <= pin[0]
    for _ in range(3):
        board.run(cycles=20_000)
    found = board.last_writer(0xDF27)
    assert found.pc == 0xE00E


def test_the_last_cycles_are_those_that_a_ring_records(small_board):
    board, other = small_board("echo"), small_board("echo")
    other.chip.core.keep_cycles(1 << 16)
    for one in (board, other):
        one.run(cycles=20_000)
        one.serial(3).send(b"xyz")
        one.run(cycles=5_003)
    assert board.last_cycles(6_000) == last_cycles(other.chip.core, 6_000)
    assert board.last_cycles(3) == last_cycles(other.chip.core, 3)


def test_without_a_past_there_are_no_last_cycles(small_board):
    assert small_board("toggle").last_cycles(10) == []


def test_single_cycles_are_those_of_a_run(small_board):
    board, other = small_board("echo"), small_board("echo")
    other.chip.core.keep_cycles(1 << 12)
    for one in (board, other):
        one.run(cycles=20_000)
        one.serial(3).send(b"x")
    seen = [board.step_cycle() for _ in range(3_000)]
    while board.within:
        seen.append(board.step_cycle())
    other.run(cycles=board.cycle - other.cycle)
    assert seen == last_cycles(other.chip.core, len(seen))
    assert seen[-1].clock == board.cycle
    other.chip.core.keep_cycles(0)
    assert whole(board) == whole(other)


def test_within_an_instruction_the_board_stands_before_it(small_board):
    board = small_board("toggle")
    board.run(cycles=10_000)
    before = whole(board)
    first = board.step_cycle()
    assert board.within
    assert whole(board) == before
    board.run(cycles=1)  # goes on from there as if no cycle had been looked at
    twin = board.copy()
    board.step_back()
    assert whole(board) == before
    assert board.step_cycle() == first
    board.step()
    assert not board.within
    assert (board.cycle, board.registers) == (twin.cycle, twin.registers)


def test_what_is_done_from_outside_begins_the_instruction_anew(small_board):
    board = small_board("toggle")
    board.run(cycles=10_000)
    first = board.step_cycle()
    board.set_registers(a=0x55)
    assert not board.within
    assert board.step_cycle().address == first.address


def test_a_core_that_waits_or_has_halted_shows_no_cycle(small_board):
    waiting, halted = small_board("CB EA 80 FC"), small_board("DB")
    for board in (waiting, halted):
        board.run(cycles=20)
    clocks = waiting.cycle, halted.cycle
    assert (waiting.step_cycle(), halted.step_cycle()) == (None, None)
    assert (waiting.cycle, halted.cycle) == (clocks[0] + 1, clocks[1])


LOOP_OF_STORES = "18 FB E2 30 A2 05 8A 9D 40 00 CA 10 F9 80 FE"
"""native, 8 bits; ldx #5; loop: txa; sta 0x40,x; dex; bpl loop; bra *: one instruction writes six bytes."""


def test_the_way_back_leads_to_the_write_and_not_to_the_same_instruction_later(small_board):
    board = small_board(LOOP_OF_STORES)
    board.run(cycles=400)
    found = board.last_writer(0x43)
    board.back_before(found.cycle)
    assert (board.registers.x, board.peek(0x43), board.peek(0x44)) == (3, 0, 4)
    board.step()
    assert board.peek(0x43) == 3
    with pytest.raises(EmuError):
        board.back_before(board.cycle + 1)
