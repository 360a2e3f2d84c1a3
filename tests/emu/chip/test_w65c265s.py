# SPDX-License-Identifier: MIT
"""The registers as the table says, and the wiring."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.target.boards import SXB
from asm816.target.registers import ADDRESS, REGISTERS
from emu.chip.flash import BLANK

INPUTS = {f"PD{n}" for n in range(7)}  # inputs read the world
TIMER_BYTES = {f"T{n}{kind}{half}" for n in range(8) for kind in "LC" for half in "LH"}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_reset_value(idle, register):
    for name in ("BCR", "PCS7", "TIER", "UIER", "EIER", "TCR", "PDD4"):
        idle.write(name, 0xFF)
    idle.chip.reset()
    expected = 0xFF if register.name in INPUTS else register.reset
    assert idle.read(register.name) == expected


ADDRESSES = st.integers(0xDF00, 0xDFFF) | st.sampled_from(list(ADDRESS.values()))
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), ADDRESSES, st.integers(0, 255)),
        st.tuples(st.just("read"), ADDRESSES, st.just(0)),
        st.tuples(st.just("far"), st.integers(0, 0xFFFFFF), st.integers(0, 255)),
        st.tuples(st.just("pin"), st.integers(0, 55), st.integers(0, 1)),
        st.tuples(st.just("host"), st.integers(0, 7), st.integers(0, 255)),
        st.tuples(st.just("bus"), st.just(0), st.integers(0, 1)),
        st.tuples(st.just("reset"), st.just(0), st.just(0)),
        st.tuples(st.just("run"), st.integers(0, 400), st.integers(0, 1)),
    ),
    max_size=50,
)


@given(MOVES, st.booleans())
def test_any_traffic_leaves_the_host_alone(idle_chip, moves, nmi_on_edge):
    idle = idle_chip(external_ram=SXB.external_ram, flash=BLANK, nmi_on_edge=nmi_on_edge)
    chip, core = idle.chip, idle.core
    for kind, where, value in moves:
        before = core.clock
        if kind == "write":
            idle.put(where, value)
        elif kind == "read":
            assert idle.look(where) in range(256)
        elif kind == "far":
            idle.put(where, value)
            assert idle.look(where) in range(256)
        elif kind == "pin":
            chip.ports.drive_input(where // 8, where % 8, value, core.clock)
        elif kind == "host":
            chip.parallel.host_write(where, value)
            assert chip.parallel.host_read(where) in range(256)
        elif kind == "bus":
            chip.show_bus(bool(value))
        elif kind == "reset":
            chip.reset()
        else:
            core.waiting = value
            core.run(core.clock + where)
        assert core.clock >= before
    assert json.loads(json.dumps(chip.state())) == json.loads(json.dumps(chip.state()))
    for wire in chip.pins.values():
        clocks = [clock for clock, _ in wire.edges]
        levels = [level for _, level in wire.edges]
        assert clocks == sorted(clocks)
        assert wire.ticks == sorted(wire.ticks)
        assert all(a != b for a, b in pairwise(levels))
        assert not levels or levels[-1] == wire.level


@given(st.lists(st.tuples(st.sampled_from([r.name for r in REGISTERS]), st.integers(0, 255)), max_size=20))
def test_a_look_from_outside_changes_nothing(idle_chip, traffic):
    idle = idle_chip()
    for name, value in traffic:
        idle.write(name, value)
        idle.pass_cycles(20)
    before = idle.chip.state()
    seen = [idle.chip.peek(address) for address in range(0xDE00, 0xE010)]
    assert idle.chip.state() == before
    assert [idle.chip.peek(address) for address in range(0xDE00, 0xE010)] == seen


def test_peek_has_no_side_effects(idle):
    idle.chip.uarts.uarts[3].received = 0x41
    idle.chip.interrupts.raise_flag(22, idle.core.clock)
    assert idle.chip.peek(ADDRESS["ARTD3"]) == 0x41
    assert idle.read("UIFR") & 0x40


def test_the_interrupt_with_the_highest_offset_is_served_first(idle):
    interrupts = idle.chip.interrupts
    idle.write("TIER", 0xFF)
    idle.write("UIER", 0xFF)
    interrupts.raise_flag(1, idle.core.clock)
    assert (idle.core.irq_native, idle.core.irq_emulation) == (0xFF82, 0xFFC2)
    interrupts.raise_flag(22, idle.core.clock)
    assert idle.core.irq_native == 0xFFAC


def test_nmi_counts_only_while_bcr_bit_6_is_one(idle):
    idle.chip.nmi()
    assert idle.core.nmi_since > idle.core.clock
    idle.write("BCR", 0x41)
    idle.chip.nmi()
    assert idle.core.nmi_since == idle.core.clock


def test_reset_leaves_no_flag_of_a_timer_that_ran(idle):
    idle.write("T3CL", 10)
    idle.write("T3CH", 0)
    idle.write("TER", 0x08)
    idle.pass_cycles(100)  # it went through 0, and nobody has looked
    idle.chip.reset()
    assert (idle.read("TIFR"), idle.read("TER")) == (0, 0)
