# SPDX-License-Identifier: MIT
"""T0 as a watchdog, in a program's life."""

from __future__ import annotations

# lda #10; sta BCR; lda #ff; sta T0CL; lda #03; sta T0CH; lda #01; sta TER; then the body
START = "A910 8D40DF A9FF 8D60DF A903 8D61DF A901 8D43DF"


def test_a_program_that_keeps_it_alive_runs_on(small_board):
    board = small_board(START + "A903 8D61DF 80F9")  # loop: lda #03; sta T0CH; bra loop
    board.run(seconds=0.1)
    assert board.phi2_hz == 3_686_400
    assert board.registers.pc >= 0xE020


def test_a_program_that_hangs_is_started_afresh(small_board):
    # inc 10; then start; then hang
    board = small_board("E610" + START + "80FE")
    board.run(seconds=0.05)
    once = 10 / 32_768 * 1.5 + 1024 / 3_686_400
    assert board.memory[0x10] in range(int(0.05 / once / 4), int(0.05 / once * 4))
    assert board.memory[0x10] > 10


def test_without_the_reset_there_is_the_flag(idle_chip):
    idle = idle_chip(watchdog_resets=False)
    idle.write("BCR", 0x10)
    idle.timer(0, 100)
    idle.write("TER", 0x01)
    idle.pass_cycles(1000)
    assert (idle.read("TIFR"), idle.read("TER")) == (0x01, 0x01)


def test_reset_takes_it_off(idle):
    idle.write("BCR", 0x10)
    idle.chip.reset()
    idle.timer(0, 10)
    idle.write("TER", 0x01)
    idle.pass_cycles(1000)
    assert idle.read("TER") == 0x01
