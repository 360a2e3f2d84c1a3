# SPDX-License-Identifier: MIT
"""Waveform files, read back by vcdvcd, a reader of others."""

from __future__ import annotations

from emu.probes.vcd import vcd_text, write_vcd
from emu.probes.waves import Recording, Wave, all_pins, now, record


def changes(vcd, name):
    """[(time, value)] of a signal."""
    return [(time, int(value, 2)) for time, value in vcd[name].tv]


def test_every_pin_is_read_back_with_its_edges(small_board, tmp_path, vcd_reader):
    board = small_board("toggle")
    board.run(seconds=0.01)
    begin = now(board)
    board.run(cycles=1000)
    recording = record(board, begin, all_pins(board))
    write_vcd(tmp_path / "waves.vcd", recording)
    vcd = vcd_reader(str(tmp_path / "waves.vcd"))
    assert (vcd.timescale["magnitude"], vcd.timescale["unit"]) == (1, "ns")
    assert vcd.endtime == recording.duration
    for wave in recording.waves:
        assert changes(vcd, f"board.{wave.name}") == [(0, wave.level), *wave.edges]
    assert len(recording.wave("P70").edges) > 100


def test_a_whole_port_is_a_bus(small_board, vcd_reader):
    board = small_board("toggle")
    board.run(seconds=0.01)
    begin = now(board)
    board.run(cycles=60)
    text = vcd_text(record(board, begin, all_pins(board)))
    bus = changes(vcd_reader(vcd_string=text), "board.P7[7:0]")
    assert [value for _, value in bus[1:]][:4] in ([0x55, 0xAA] * 2, [0xAA, 0x55] * 2)
    assert "P7[7:0]" not in vcd_text(record(board, begin, ["P70", "P71"]))


def test_leds_are_1_where_they_are_lit(vcd_reader):
    recording = Recording(100, (Wave("P70", 1, ((40, 0),), "LED0", 0),))
    vcd = vcd_reader(vcd_string=vcd_text(recording))
    assert changes(vcd, "board.P70") == [(0, 1), (40, 0)]
    assert changes(vcd, "board.leds.LED0") == [(0, 0), (40, 1)]


def test_the_same_recording_gives_the_same_text():
    recording = Recording(100, (Wave("P70", 0, ((0, 1), (40, 0))), Wave("TG0", 0, ())))
    assert vcd_text(recording) == vcd_text(recording)


def test_an_empty_recording_is_a_file_all_the_same():
    assert "$enddefinitions" in vcd_text(Recording(10, ()))
