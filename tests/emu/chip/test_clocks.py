# SPDX-License-Identifier: MIT
"""Two crystals, one time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.target.registers import ADDRESS
from emu.chip.clocks import Clocks, Schedule
from emu.cpu.bus import NEVER
from emu.cpu.core import Core


def test_a_tick_makes_both_crystals_whole():
    clocks = Clocks(3_686_400, 32_768)
    assert (clocks.tick_hz, clocks.fclk_ticks, clocks.clk_ticks) == (7_372_800, 2, 225)


@given(st.sampled_from([1_843_200, 3_579_545, 3_686_400, 4_915_200, 8_000_000]), st.integers(0, 10**9))
def test_clock_of_is_the_first_clock_at_or_behind_a_tick(fclk, tick):
    clocks = Clocks(fclk, 32_768)
    clock = clocks.clock_of(tick)
    assert clocks.tick_of(clock) >= tick > clocks.tick_of(clock - 1)


def test_time_goes_on_where_phi2_changes():
    clocks = Clocks(3_686_400, 32_768)
    clocks.select_phi2(clocks.fclk_ticks, 1000)
    assert clocks.tick_of(1000) == 225_000
    assert clocks.tick_of(1010) == 225_020
    assert clocks.clock_of(225_020) == 1010


def test_a_schedule_keeps_order_and_forgets_what_is_called_off():
    core = Core()
    schedule = Schedule(Clocks(3_686_400, 32_768), core)
    done = []
    first = schedule.alarm("a", lambda tick: done.append(("a", tick)))
    last = schedule.alarm("b", lambda tick: done.append(("b", tick)))
    never = schedule.alarm("c", lambda tick: done.append(("c", tick)))
    last.set(100)
    last.set(300)  # moved
    first.set(225)
    never.set(225)
    never.cancel()
    assert schedule.state() == [["a", 225], ["b", 300]]
    assert core.event == 0
    assert schedule.next_clock() == 1
    core.clock = 2
    schedule.catch_up()
    assert done == [("a", 225), ("b", 300)]
    assert schedule.next_clock() == schedule.due == NEVER
    with pytest.raises(ValueError, match="already"):
        schedule.alarm("a", done.append)


def test_the_chip_starts_on_the_slow_crystal_and_sscr_selects_the_fast_one(idle):
    clocks = idle.chip.clocks
    assert clocks.phi2_ticks == clocks.fclk_ticks
    idle.write("SSCR", 0xF9)  # oscillator on, PHI2 on CLK
    assert clocks.phi2_ticks == clocks.clk_ticks
    before = clocks.tick_of(idle.core.clock)
    idle.pass_cycles(10)
    assert clocks.tick_of(idle.core.clock) - before == 10 * 225
    idle.write("SSCR", 0xFA)  # PHI2 from an oscillator that is off: it stays on CLK (assumed)
    assert clocks.phi2_ticks == clocks.clk_ticks


def test_reset_goes_back_to_the_slow_crystal(idle):
    idle.chip.reset()
    assert idle.chip.clocks.phi2_ticks == 225
    assert idle.chip.peek(ADDRESS["SSCR"]) == 0


# PCS7 = 0; then per speed: SSCR, and P70 toggled by sta PD7 every six cycles
TOGGLES = "9C27DF A901 A200 {switches} 80FE"
SWITCH = "A9{sscr:02X} 8D41DF A901 8D23DF 9C23DF 8D23DF 9C23DF"


def test_clocks_and_their_switching_in_phi2_cycles(small_board):
    """Each store to PD7 takes four cycles, whatever PHI2 is: the edges tell how long a cycle was."""
    speeds = [(0xFB, 2), (0xF9, 225), (0xFB, 2), (0x03, 8), (0xF9, 225), (0x03, 8), (0xFB, 2)]
    switches = "".join(SWITCH.format(sscr=sscr) for sscr, _ in speeds)
    board = small_board(TOGGLES.format(switches=switches))
    board.run(seconds=0.05)
    pin = board.pin("P70")
    first = next(n for n, (_, level) in enumerate(pin.edges) if not level) if pin.level else 0
    ticks, clocks = pin.ticks[first:], [clock for clock, _ in pin.edges[first:]]
    # P70 is 1 after reset: the first store of each round changes nothing in round one
    rounds = [ticks[3 * 0 : 3], *(ticks[3 + 4 * n : 7 + 4 * n] for n in range(len(speeds) - 1))]
    for (_, length), times in zip(speeds, rounds, strict=True):
        assert {b - a for a, b in pairwise(times)} == {4 * length}
    # Between rounds: lda #, sta SSCR in the old clock (6), lda #, sta PD7 in the new one (6).
    for n, (old, new) in enumerate(pairwise(speeds)):
        assert rounds[n + 1][0] - rounds[n][-1] == 6 * old[1] + 6 * new[1]
    assert {b - a for a, b in pairwise(clocks)} == {4, 12}  # PHI2 cycles do not care


# PCS7 = 0, BCR = 01, PCS7 = 08 (external RAM), SSCR as said, loop in on-chip RAM: lda 2000; bra loop
@pytest.mark.parametrize(
    ("sscr", "periods"),
    [
        (0xFB, 7),  # all fast: lda abs 4, bra 3
        (0xF3, 7 + 3 * 6),  # all but the internal cycle of bra slow: five fetches, one read
        (0x03, 4 * 7),  # PHI2 is FCLK/4
    ],
)
def test_slow_selects_stretch_their_accesses(small_board, sscr, periods):
    board = small_board(
        f"A901 8D40DF A908 8D27DF A9AD 8500 6401 A920 8502 A980 8503 A9FB 8504A9{sscr:02X} 8D41DF 4C0000",
        "sxb",
    )
    board.run(seconds=0.01)
    while board.registers.pc != 0:
        board.step()
    start = board.chip.schedule.now()
    for _ in range(20):
        board.step()
    assert board.registers.pc == 0
    assert board.chip.schedule.now() - start == 10 * periods * 2


def test_wai_at_32_khz_wakes_by_t1(small_board):
    # T1 = 0063, TIER = TER = 02, SSCR = F8 (FCLK off), cli not needed: wai goes on; then inc 10
    board = small_board("A963 8D52DF 9C53DF 9C63DF A902 8D46DF 8D43DF A9F9 8D41DF A9F8 8D41DF CB E610 80FE")
    board.run(seconds=0.02)
    assert board.memory[0x10] == 1
    assert board.phi2_hz == 32_768


def test_the_least_time_passes():
    """Else a loop that waits for the rest of a time would never end."""
    clocks = Clocks(3_686_400, 32_768)
    assert [clocks.ticks_in(seconds) for seconds in (0, 1e-12, 2.7e-8, 1)] == [0, 1, 1, 7_372_800]
