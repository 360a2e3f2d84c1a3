# SPDX-License-Identifier: MIT
"""Recordings: what pins did, in ns."""

from __future__ import annotations

import pytest

from emu import EmuError
from emu.probes.waves import POWER_ON, Wave, all_pins, now, record

FCLK = 3_686_400


def test_edges_come_in_ns_since_the_beginning(small_board):
    board = small_board("toggle")
    board.run(seconds=0.01)
    begin = now(board)
    board.run(cycles=150)
    recording = record(board, begin)
    assert recording.duration == pytest.approx((board.cycle - begin.cycle) / FCLK * 1e9, abs=1)
    assert [wave.title for wave in recording.waves] == [f"LED{n} P7{n}" for n in range(8)]
    wave = recording.wave("P70")
    since = [(cycle, level) for cycle, level in board.pin("P70").edges if cycle > begin.cycle]
    assert len(since) == 20
    assert wave.level == 1 - since[0][1]
    for (time, level), (cycle, expected) in zip(wave.edges, since, strict=True):
        assert time == pytest.approx((cycle - begin.cycle) / FCLK * 1e9, abs=1)
        assert level == expected
    assert wave.period == pytest.approx(15 / FCLK, rel=1e-4)


def test_a_recording_that_begins_before_phi2_changed_is_right_behind_it(small_board):
    board = small_board("toggle")
    started = board.seconds  # RESET took a few cycles of 32 kHz
    board.run(seconds=0.01)
    recording = record(board, POWER_ON)
    assert recording.duration == pytest.approx((0.01 + started) * 1e9, abs=5_000)
    assert recording.wave("P71").edges[-1][0] == pytest.approx(recording.duration, abs=5_000)


def test_only_what_moved_is_recorded_unless_asked_for(small_board):
    board = small_board("9C27DF DB")
    board.run(seconds=0.1)
    begin = now(board)
    board.drive("P40", 0)
    assert [wave.name for wave in record(board, begin, ["P40", "TG1"]).waves] == ["P40", "TG1"]
    assert len(record(board, begin, all_pins(board)).waves) == 66
    with pytest.raises(EmuError, match="no pin 'P99'"):
        record(board, begin, ["P99"])
    with pytest.raises(KeyError):
        record(board, begin).wave("P55")


def test_without_led_edges_the_leds_stand_for_a_board_that_did_nothing(small_board):
    board = small_board("9C27DF DB")
    board.run(seconds=0.1)
    assert [wave.label for wave in record(board, now(board)).waves] == [f"LED{n}" for n in range(8)]


def test_a_wave_with_one_rise_has_no_period():
    assert Wave("P00", 0, ((5, 1), (9, 0))).period is None


def test_a_wave_that_talks_is_not_steady():
    beats = Wave("TG0", 0, tuple((n * 100, 1 - n % 2) for n in range(10)))
    talks = Wave("P67", 0, ((0, 1), (10, 0), (20, 1), (90, 0), (200, 1)))
    assert beats.steady
    assert not talks.steady
