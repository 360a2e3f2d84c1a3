# SPDX-License-Identifier: MIT
"""Breakpoints and watchpoints on all backends."""

from __future__ import annotations

import pytest

from emu.cpu.bus import ON_EXECUTE, ON_READ, ON_WRITE, REACHED, STOP_HIT, STOPS
from emu.cpu.stops import forget_stop, stop_at
from emu.errors import EmuError


@pytest.fixture
def loop(Core):
    """inc 3000; lda 3001; jmp 2000, with 8-bit A, at 2000."""
    core = Core()
    core.memory[0x2000:0x2009] = bytes.fromhex("EE0030 AD0130 4C0020")
    core.e = 0
    core.p = 0x30
    core.pc = 0x2000
    return core


def test_a_breakpoint_ends_the_run_before_its_instruction(loop):
    stop_at(loop, 0x2003)
    assert loop.run(10_000) == STOP_HIT
    assert (loop.pc, loop.hit, loop.hit_kind, loop.memory[0x3000]) == (0x2003, 0x2003, ON_EXECUTE, 1)
    assert loop.clock == 6


def test_a_run_goes_on_past_the_breakpoint_it_begins_at(loop):
    stop_at(loop, 0x2003)
    for count in range(1, 5):
        assert loop.run(10_000) == STOP_HIT
        assert (loop.pc, loop.memory[0x3000]) == (0x2003, count)


def test_slices_of_a_run_do_not_lose_a_breakpoint(loop):
    stop_at(loop, 0x2003)
    loop.run(6)  # ends exactly where the breakpoint stands, by its time
    assert loop.pc == 0x2003
    assert loop.run(10_000) == STOP_HIT
    assert loop.clock == 6


@pytest.mark.parametrize(
    ("address", "kind", "pc"),
    [(0x3000, ON_WRITE, 0x2003), (0x3001, ON_READ, 0x2006), (0x3000, ON_READ, 0x2003)],
)
def test_a_watchpoint_ends_the_run_behind_the_access(loop, address, kind, pc):
    stop_at(loop, address, kind)
    assert loop.run(10_000) == STOP_HIT
    assert (loop.pc, loop.hit, loop.hit_kind) == (pc, address, kind)


def test_fetching_an_instruction_is_no_read(loop):
    stop_at(loop, 0x2003, ON_READ)
    assert loop.run(200) == REACHED


def test_another_byte_of_the_page_does_not_stop(loop):
    stop_at(loop, 0x3002, ON_READ | ON_WRITE)
    stop_at(loop, 0x2001)
    assert loop.run(200) == REACHED


def test_a_forgotten_stop_leaves_the_page_plain(loop):
    stop_at(loop, 0x2003)
    stop_at(loop, 0x2006)
    forget_stop(loop, 0x2003)
    assert loop.run(10_000) == STOP_HIT
    assert loop.pc == 0x2006
    forget_stop(loop, 0x2006)
    forget_stop(loop, 0x2006)
    assert loop.run(10_000) == REACHED
    assert not any(loop.slow_read)
    assert not any(loop.slow_write)


def test_kinds_are_forgotten_one_by_one(loop):
    stop_at(loop, 0x3000, ON_READ | ON_WRITE)
    forget_stop(loop, 0x3000, ON_READ)
    assert loop.run(100) == STOP_HIT
    assert loop.hit_kind == ON_WRITE


def test_stops_survive_a_new_map(loop):
    stop_at(loop, 0x2003)
    loop.map_pages(0x20, 0x20, readable=True, writable=False)
    assert loop.slow_read[0x20] == STOPS
    assert loop.run(10_000) == STOP_HIT


@pytest.mark.parametrize("address", [-1, 1 << 24])
def test_an_address_beyond_24_bits_is_refused(loop, address):
    with pytest.raises(EmuError) as caught:
        stop_at(loop, address)
    assert caught.value.code == "E2043"


@pytest.mark.parametrize("kinds", [0, 8])
def test_an_unknown_kind_is_refused(loop, kinds):
    with pytest.raises(EmuError):
        stop_at(loop, 0, kinds)
