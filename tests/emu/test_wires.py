# SPDX-License-Identifier: MIT
"""Wires."""

from __future__ import annotations

from emu.wires import Wire


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
