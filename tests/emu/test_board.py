# SPDX-License-Identifier: MIT
"""`Board`, without a monitor: time, pins, memory, copies."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from asm816.image import Image, image_of
from asm816.target.boards import CRYSTALS
from emu.board import Board, Stop
from emu.errors import EmuError


def test_run_ends_for_the_reason_that_comes_first(small_board):
    board = small_board("toggle")
    assert board.run(cycles=100) is Stop.CYCLES
    assert board.run(seconds=0.01) is Stop.TIME
    assert board.run(seconds=1, until=lambda: board.cycle > 40_000) is Stop.UNTIL
    assert board.cycle < 40_000 + 2_100
    with pytest.raises(EmuError):
        board.run()


def test_stp_ends_a_run(small_board):
    board = small_board("DB")
    assert board.run(seconds=1) is Stop.STP
    assert board.run(seconds=1) is Stop.STP


def test_seconds_pass_exactly_over_the_change_of_clocks(small_board):
    board = small_board("toggle")
    reset = board.seconds
    board.run(seconds=0.5)
    assert board.seconds - reset == pytest.approx(0.5, abs=10 / 3_686_400)
    assert board.phi2_hz == 3_686_400


def test_the_same_calls_give_the_same_cycles(small_board):
    runs = []
    for _ in range(2):
        board = small_board("toggle")
        board.run(seconds=0.01)
        runs.append((board.cycle, board.pin("P70").edges, board.registers))
    assert runs[0] == runs[1]


def test_one_step_is_one_instruction(small_board):
    board = small_board("toggle")
    before = board.cycle
    board.step()
    assert (board.cycle - before, board.registers.pc) == (2, 0xE001)


def test_leds_and_their_polarity(small_board):
    board = small_board("toggle")
    board.run(until=lambda: bool(board.pin("P71").edges))
    lit = [bool(board.pin(f"P7{n}").level) for n in range(8)]
    assert board.leds == lit
    inverted = small_board("toggle", leds_active_high=False)
    inverted.run(until=lambda: bool(inverted.pin("P71").edges))
    assert inverted.leds == [not on for on in lit]


def test_the_led_of_the_sxb_is_lit_when_low(small_board):
    board = small_board("toggle", "sxb")
    board.run(cycles=500)
    assert board.leds == [board.pin("P72").level == 0]


def test_a_cable_carries_text_both_ways(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    line = board.serial(3)
    line.send(b"Hello")
    assert line.pending == 5
    board.run(seconds=0.01)
    assert (line.take(), line.take(), line.received, line.pending) == (b"Hello", b"", b"Hello", 0)
    assert line.bad_frames == 0


def test_a_board_that_forgets_goes_on_alike(small_board):
    board, other = small_board("echo"), small_board("echo")
    for one in (board, other):
        one.run(seconds=0.01)
        one.serial(3).send(b"ab")
        one.run(seconds=0.0019)  # a is on its way back, b on its way
        assert one.serial(3).take() == b""
    board.forget()
    assert board.pin("P67").edges == []
    for one in (board, other):
        one.run(seconds=0.01)
    assert board.serial(3).take() == other.serial(3).take() == b"ab"
    board.forget()
    assert board.serial(3).log == []


def test_a_break_is_no_character(small_board):
    board = small_board("A9FF 8D26DF 9C22DF 80FE")  # port 6 is output and low
    board.run(seconds=0.01)
    assert board.pin("P67").level == 0
    assert (board.serial(3).received, board.serial(3).bad_frames) == (b"", 1)


def test_a_copy_goes_its_own_way_from_the_same_bit(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    board.serial(3).send(b"ab")
    board.run(seconds=0.0008)  # in the middle of the first character
    twin = board.copy()
    for one in (board, twin):
        one.run(seconds=0.01)
    assert twin.serial(3).received == board.serial(3).received == b"ab"
    assert twin.serial(3).log == board.serial(3).log
    twin.serial(3).send(b"c")
    twin.run(seconds=0.01)
    assert board.serial(3).received == b"ab"


def test_load_puts_bytes_into_ram_only(small_board):
    board = small_board("toggle", "sxb")
    board.load(image_of([(0x00B6, b"\x01\x02"), (0x2000, b"\x03")]))
    assert (board.memory[0xB6:0xB8], board.memory[0x2000]) == (b"\x01\x02", 3)
    for address in (0x7FFF, 0x8000, 0xDF00, 0xE000, 0x010000):
        with pytest.raises(EmuError) as caught:
            board.load(image_of([(0x00C0, b"\xee"), (address, b"\x00\x00")]))
        assert caught.value.code == "E2003"
        assert board.memory[0xC0] == 0
    board.load(Image())


def test_the_mensch_has_no_external_ram(small_board):
    with pytest.raises(EmuError):
        small_board("toggle").load(image_of([(0x2000, b"\x00")]))


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        (lambda: Board("atari"), "E2001"),
        (lambda: Board(rom="/nowhere/rom.bin"), "E2010"),
        (lambda: Board(rom=b"\xff" * 8192).boot(), "E2002"),
        (lambda: Board(rom=b"\xff" * 8191), "E2006"),
        (lambda: Board(rom=b"\xff" * 9000), "E2006"),
        (lambda: Board(flash="blank"), "E2014"),
        (lambda: Board("sxb", flash=b"\xff" * 32768), "E2015"),
        (lambda: Board(crystal_hz=0), "E2017"),
        (lambda: Board(crystal_hz=-3_686_400), "E2017"),
        (lambda: Board(crystal_hz=math.nan), "E2017"),
        (lambda: Board(crystal_hz=math.inf), "E2017"),
        (lambda: Board(rom=b"\xff" * 8192).serial(4), "E2004"),
        (lambda: Board(rom=b"\xff" * 8192).pin("P80"), "E2005"),
    ],
)
def test_mistakes_are_named(mistake, code):
    with pytest.raises(EmuError) as caught:
        mistake()
    assert caught.value.code == code
    assert caught.value.sentence


def test_peek_sees_what_the_core_would(small_board):
    board = small_board("toggle")
    board.run(cycles=100)
    assert board.peek(0xE000) == 0x18
    assert board.peek(0xDF41) == 0xFB
    assert board.peek(0x0010) == board.memory[0x10]


@pytest.mark.parametrize("halt", ["DB", "78 CB"], ids=["STP", "WAI"])
def test_jml_wakes_a_core_that_has_halted(small_board, halt):
    board = small_board(halt)
    board.run(seconds=0.01)
    board.load(image_of([(0x00C0, bytes.fromhex("E6 D0 80 FE"))]))  # inc D0; loop
    board.jml(0x00C0)
    board.run(cycles=50)
    assert board.memory[0xD0] == 1


def test_jml_behind_a_reset_boots_first():
    board = Board("qbx")
    board.boot()
    board.reset()
    board.jml(0x00B6)
    assert board.phi2_hz == 3_686_400


@pytest.mark.parametrize("hz", [*CRYSTALS, Fraction(315_000_000, 88), 3_579_545.5, 1_000_000.25])
def test_a_board_runs_at_the_speed_of_its_crystal(small_board, hz):
    board = small_board("toggle", crystal_hz=hz)
    board.run(seconds=0.02)
    assert board.phi2_hz == pytest.approx(float(hz), rel=1e-12)
    start, tick_hz = board.cycle, board.chip.clocks.tick_hz
    board.run(seconds=0.05)
    assert board.cycle - start == pytest.approx(float(hz) / 20, abs=10)
    assert tick_hz == int(tick_hz)


def test_what_is_in_the_flash_can_be_taken_out():
    content = bytes(range(256)) * 512
    board = Board("sxb", flash=content)
    assert board.flash == content
    assert Board("sxb", flash="empty").flash is Board("qbx").flash is None
