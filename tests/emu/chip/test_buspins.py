# SPDX-License-Identifier: MIT
"""The bus on the pins."""

from __future__ import annotations

from itertools import pairwise


def levels(idle, port):
    return sum(pin.level << bit for bit, pin in enumerate(idle.pins_of(port)))


def test_nothing_moves_unless_somebody_looks(idle_sxb):
    idle_sxb.write("BCR", 0x01)
    idle_sxb.write("PCS7", 0xFB)
    count = sum(len(pin.edges) for pin in idle_sxb.chip.pins.values())
    for address in (0x2000, 0x8000, 0x010000, 0x400000, 0xC00000):
        idle_sxb.look(address)
        idle_sxb.put(address, 0)
    assert sum(len(pin.edges) for pin in idle_sxb.chip.pins.values()) == count


def test_an_access_shows_address_and_data(idle_sxb):
    idle_sxb.write("BCR", 0x01)
    idle_sxb.write("PCS7", 0xFB)
    idle_sxb.chip.show_bus(True)
    idle_sxb.put(0x2345, 0xA5)
    assert [levels(idle_sxb, port) for port in range(4)] == [0x45, 0x23, 0xA5, 0x00]
    idle_sxb.look(0x2345)
    assert levels(idle_sxb, 2) == 0xA5
    idle_sxb.look(0xC1FE02)
    assert [levels(idle_sxb, port) for port in (0, 1, 3)] == [0x02, 0xFE, 0xC1]


def test_cycles_in_a_row_keep_their_select_low(idle_sxb):
    idle_sxb.write("BCR", 0x01)
    idle_sxb.write("PCS7", 0xFB)
    idle_sxb.chip.show_bus(True)
    start = idle_sxb.core.clock
    idle_sxb.look(0x2000)
    idle_sxb.look(0x2001)
    idle_sxb.look(0x8000)
    idle_sxb.pass_cycles(4)
    assert idle_sxb.pin("P73").edges[-2:] == [(start, 0), (start + 2, 1)]
    assert idle_sxb.pin("P74").edges[-2:] == [(start + 2, 0), (start + 3, 1)]


def test_a_slow_access_is_four_periods_low(idle_sxb):
    idle_sxb.write("BCR", 0x01)
    idle_sxb.write("PCS7", 0xFB)
    idle_sxb.write("SSCR", 0xEB)  # select 4 slow
    idle_sxb.chip.show_bus(True)
    start = idle_sxb.core.clock
    idle_sxb.look(0x8000)
    idle_sxb.pass_cycles(4)
    assert idle_sxb.pin("P74").edges[-2:] == [(start, 0), (start + 4, 1)]


def test_looking_ends(idle_sxb):
    idle_sxb.write("BCR", 0x01)
    idle_sxb.write("PCS7", 0xFB)
    idle_sxb.chip.show_bus(True)
    assert idle_sxb.core.slow_read[0x20]
    idle_sxb.chip.show_bus(False)
    assert not idle_sxb.core.slow_read[0x20]
    idle_sxb.pin("P73").forget()
    idle_sxb.look(0x2000)
    assert idle_sxb.pin("P73").edges == []


def test_a_program_in_external_ram_fetches_under_select_3(small_board):
    # lda #01; sta BCR; lda #08; sta PCS7; lda #80 (bra); sta 2000; lda #fe; sta 2001; jmp 2000
    board = small_board("A901 8D40DF A908 8D27DF A980 8D0020 A9FE 8D0120 4C0020", "sxb")
    board.run(seconds=0.01)
    board.chip.show_bus(True)
    board.pin("P73").forget()
    board.run(cycles=300)
    edges = board.pin("P73").edges
    # bra -2: opcode, operand, one internal cycle
    lows = [b - a for (a, level), (b, _) in pairwise(edges) if not level]
    highs = [b - a for (a, level), (b, _) in pairwise(edges) if level]
    assert set(lows) == {2}
    assert set(highs) == {1}
