# SPDX-License-Identifier: MIT
from __future__ import annotations

from sxb.wiredump import WireDump, rows


def test_a_row_has_time_direction_bytes_and_characters():
    assert list(rows(1.5, ">", b"S206\r")) == [f"   1.500 > {'53 32 30 36 0d':47}  S206."]


def test_rows_hold_16_bytes_and_fit_into_80_columns():
    found = list(rows(1234.5, "<", bytes(range(40))))
    assert len(found) == 3
    assert max(map(len, found)) <= 80
    assert found[2].split()[2:10] == ["20", "21", "22", "23", "24", "25", "26", "27"]


def test_times_count_from_the_start_and_all_writers_get_all_rows():
    first, second, times = [], [], iter((100.0, 100.25, 101.0))
    dump = WireDump((first.append, second.append), lambda: next(times))
    dump(">", b"Z")
    dump("<", b"?")
    assert [row[:12] for row in first] == ["   0.250 > 5", "   1.000 < 3"]
    assert first == second
