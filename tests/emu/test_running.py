# SPDX-License-Identifier: MIT
"""Runs in slices end where a run at once would."""

from __future__ import annotations

from emu.running import Ending, Limits, run_to_end


def test_slices_change_nothing(small_board):
    whole, sliced, recorded = (small_board("toggle") for _ in range(3))
    whole.run(seconds=0.1)
    assert run_to_end(sliced, Limits(seconds=0.1)) is Ending.TIME
    words = []
    assert run_to_end(recorded, Limits(seconds=0.1), takers=[words.extend]) is Ending.TIME
    assert whole.cycle == sliced.cycle == recorded.cycle
    assert whole.pin("P70").edges == recorded.pin("P70").edges
    assert len(words) > 300_000
    assert recorded.chip.core.watched == 0


def test_limits(small_board):
    board = small_board("toggle")
    assert run_to_end(board, Limits(seconds=1, cycles=5000)) is Ending.CYCLES
    assert board.cycle in range(5007, 5015)  # RESET took seven
    assert run_to_end(board, Limits(seconds=1, address=0xE013)) is Ending.BREAKPOINT
    assert board.registers.pc == 0xE013
    looks = []
    ending = run_to_end(board, Limits(), look=lambda: looks.append(1), interrupted=lambda: len(looks) == 3)
    assert ending is Ending.INTERRUPTED
    assert run_to_end(small_board("DB"), Limits()) is Ending.STP
