# SPDX-License-Identifier: MIT
"""Wires."""

from __future__ import annotations

import pytest

from emu.wires import Rhythm, Wire


class Slowing:
    """A timebase whose cycles take 1 tick up to cycle 100 and 10 from there on; 1000 ticks a second."""

    tick_hz = 1000

    def tick_of(self, clock: int) -> int:
        return clock if clock < 100 else 100 + 10 * (clock - 100)


def square(high: int, low: int, count: int, start: int = 0, timebase=None) -> Wire:
    wire = Wire("P70", 0, timebase)
    for n in range(count):
        wire.drive(1, start + n * (high + low))
        wire.drive(0, start + n * (high + low) + high)
    return wire


def test_only_changes_are_edges_and_listeners_hear_them():
    wire, heard = Wire("P70"), []
    wire.listen(lambda level, clock: heard.append((level, clock)))
    wire.drive(1, 5)
    wire.drive(0, 7)
    wire.drive(0, 8)
    wire.drive(1, 9)
    assert wire.edges == [(7, 0), (9, 1)]
    assert heard == [(0, 7), (1, 9)]


def test_the_level_at_an_earlier_time():
    wire = Wire("P70")
    for clock, level in ((10, 0), (20, 1), (30, 0)):
        wire.drive(level, clock)
    assert [wire.level_at(clock) for clock in (0, 9, 10, 19, 20, 29, 30, 99)] == [1, 1, 0, 0, 1, 1, 0, 0]


def test_forgetting_keeps_the_level():
    wire = Wire("P70")
    wire.drive(0, 10)
    wire.forget()
    assert (wire.edges, wire.level, wire.level_at(99)) == ([], 0, 0)


def test_a_measurement_is_the_mean_over_whole_periods():
    assert square(30, 70, 5, start=13).measure(0, 1000) == Rhythm(10, 100.0, 30.0)


@pytest.mark.parametrize(("start", "end", "edges"), [(0, 20, 1), (0, 95, 2), (500, 600, 0)])
def test_without_a_whole_period_there_is_none(start, end, edges):
    assert square(30, 70, 3).measure(start, end) == Rhythm(edges, None, None)


def test_frequency_and_duty_are_those_of_the_last_whole_period():
    wire = square(30, 70, 3)
    assert (wire.frequency, wire.duty) == (0.01, 0.3)
    wire.drive(1, 250)
    assert (wire.frequency, wire.duty) == (0.02, 0.6)
    still = Wire("P71")
    still.drive(0, 5)
    assert (still.frequency, still.duty) == (0.0, 0.0)
    still.drive(1, 9)
    assert (still.frequency, still.duty) == (0.0, 1.0)


def test_periods_are_crystal_time_and_not_cycles():
    wire = square(5, 5, 20, timebase=Slowing())
    assert wire.measure(0, 100).period == 0.01
    assert wire.measure(100, 200).period == 0.1
    assert wire.frequency == 10.0
    assert wire.edge_ticks(95, 106) == [(95, 0), (100, 1), (150, 0)]


def test_an_edge_may_bring_its_own_tick():
    wire = Wire("P70", timebase=Slowing())
    wire.drive(0, 120, tick=297)
    assert wire.ticks == [297]


def test_a_listener_can_be_let_go():
    wire, heard = Wire("P70"), []

    def listener(level: int, clock: int) -> None:
        heard.append(clock)

    wire.listen(listener)
    wire.drive(0, 1)
    wire.ignore(listener)
    wire.drive(1, 2)
    assert heard == [1]
