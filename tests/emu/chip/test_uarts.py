# SPDX-License-Identifier: MIT
"""UARTs: frames on the pins, flags, baud rates."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emu.cable import Cable
from emu.chip.clocks import Clocks, Schedule
from emu.chip.frames import BitTime, Format, FrameReceiver, FrameSender
from emu.cpu.bus import NEVER
from emu.cpu.core import Core

BIT = 384  # FCLK cycles at 9600 baud: 16 x (0x17 + 1)


def ready(idle, n=3, acsr=0x25, latch=0x17, timer=4):
    """UART n on 9600 baud, both directions on, with a cable."""
    idle.write(f"T{timer}CL", latch)
    idle.write(f"T{timer}CH", 0)
    idle.write("TCR", 0xF0 if timer == 4 else 0x00)
    idle.write("TER", 1 << timer)
    line = Cable(idle.chip, n)
    idle.write(f"ACSR{n}", acsr)
    return line


def test_a_frame_on_the_pin_bit_by_bit(idle):
    ready(idle)
    idle.write("ARTD3", 0x4B)
    start = idle.core.clock
    idle.pass_cycles(11 * BIT)
    levels = [1, *Format().bits_of(0x4B)]
    expected = [(start + n * BIT, level) for n, level in enumerate(levels[1:]) if level != levels[n]]
    assert [edge for edge in idle.pin("P67").edges if edge[0] >= start] == expected


@pytest.mark.parametrize("n", range(4))
@pytest.mark.parametrize("timer", [3, 4])
def test_both_ways_on_each_uart_and_timer(idle, n, timer):
    line = ready(idle, n, timer=timer)
    line.send(b"\x00\xa5\xff")
    got = []
    for _ in range(60):
        idle.pass_cycles(BIT)
        if idle.read("UIFR") >> 2 * n & 1:
            got.append(idle.read(f"ARTD{n}"))
            idle.write(f"ARTD{n}", got[-1])
    assert bytes(got) == b"\x00\xa5\xff"
    assert line.received == b"\x00\xa5\xff"
    assert line.bad_frames == 0


def test_the_transmit_flag_is_a_level(idle):
    ready(idle)
    assert idle.read("UIFR") & 0x80  # at once after switching on
    idle.write("UIFR", 0x80)
    assert idle.read("UIFR") & 0x80  # writing 1 does not take it away
    idle.write("ARTD3", 0x55)
    assert idle.read("UIFR") & 0x80  # moved on to the shift register at once
    idle.write("ARTD3", 0xAA)
    assert not idle.read("UIFR") & 0x80
    idle.pass_cycles(10 * BIT)
    assert idle.read("UIFR") & 0x80


def test_with_acsr_bit_1_the_flag_waits_for_the_shift_register(idle):
    ready(idle, acsr=0x27)
    idle.write("ARTD3", 0x55)
    assert not idle.read("UIFR") & 0x80
    idle.pass_cycles(9 * BIT)
    assert not idle.read("UIFR") & 0x80
    idle.pass_cycles(BIT)
    assert idle.read("UIFR") & 0x80


def test_the_receive_flag_comes_with_the_end_of_the_stop_bit(idle):
    line = ready(idle)
    idle.write("UIER", 0x40)
    start = idle.core.clock
    line.send(b"x")
    idle.pass_cycles(10 * BIT - 2)
    assert idle.core.irq_since == NEVER
    idle.pass_cycles(2)
    assert idle.core.irq_since - start == 10 * BIT
    assert idle.core.irq_native == 0xFFAC
    assert idle.read("ARTD3") == ord("x")
    assert idle.core.irq_since == NEVER


def test_an_overrun_keeps_the_newer_character_and_sets_the_error(idle):
    line = ready(idle)
    line.send(b"ab")
    idle.pass_cycles(21 * BIT)
    assert idle.read("ACSR3") & 0x80
    assert idle.read("ARTD3") == ord("b")
    idle.write("ACSR3", 0xA5)
    assert not idle.read("ACSR3") & 0x80


def test_another_baud_rate_is_noticed(idle):
    line = ready(idle)
    line.baud = 19200
    line.send(b"U" * 4)
    idle.pass_cycles(40 * BIT)
    assert idle.read("ARTD3") != ord("U") or idle.read("ACSR3") & 0x80


def test_a_character_waits_for_its_baud_timer(idle):
    line = ready(idle)
    idle.write("TER", 0x00)
    idle.write("ARTD3", 0x42)
    idle.pass_cycles(20 * BIT)
    assert line.received == b""
    idle.write("TER", 0x10)
    idle.pass_cycles(11 * BIT)
    assert line.received == b"B"


def test_switching_the_transmitter_off_gives_the_pin_back(idle):
    idle.write("PDD6", 0xAA)
    idle.write("PD6", 0x00)
    assert idle.pin("P67").level == 0
    ready(idle)
    assert idle.pin("P67").level == 1
    idle.write("ACSR3", 0x24)
    assert idle.pin("P67").level == 0


@given(
    st.lists(st.integers(0, 255), min_size=1, max_size=4),
    st.builds(Format, st.sampled_from([7, 8]), st.booleans(), st.booleans()),
    st.integers(7, 400),
    st.integers(1, 3),
)
def test_frames_decoded_from_the_wire_equal_what_was_sent(values, frame, ticks, divisor):
    core = Core()
    clocks = Clocks(3_686_400, 32_768)
    clocks.select_phi2(1, 0)
    schedule = Schedule(clocks, core)
    wire = [1]
    bit_time = BitTime(ticks, divisor)
    got = []
    receiver = FrameReceiver(
        schedule, "receive", lambda: wire[0], lambda: bit_time, lambda v, ok, t: got.append((v, ok))
    )
    receiver.format = frame

    def drive(level, tick):
        fell = wire[0] and not level
        wire[0] = level
        if fell:
            receiver.falling_edge(tick)

    queue = list(values)

    def next_one(tick):
        if queue:
            sender.send(tick, frame.bits_of(queue.pop(0)), bit_time)

    sender = FrameSender(schedule, "send", drive, next_one)
    next_one(0)
    while schedule.next_clock() != NEVER:
        core.clock = schedule.next_clock()
        schedule.catch_up()
    mask = (1 << frame.data_bits) - 1
    assert got == [(value & mask, True) for value in values]


def test_a_receiver_switched_off_in_the_stop_bit_receives_nothing(idle):
    line = ready(idle)
    line.send(b"x")
    idle.pass_cycles(9 * BIT + BIT * 3 // 4)
    idle.write("ACSR3", 0x05)
    idle.write("ACSR3", 0x25)  # and on again before it is over
    idle.pass_cycles(2 * BIT)
    assert idle.read("UIFR") & 0x40 == 0


FORMATS = [Format(bits, parity, even) for bits in (7, 8) for parity, even in ((0, 0), (1, 0), (1, 1))]


def acsr_of(frame: Format) -> int:
    return 0x21 | (frame.data_bits == 8) << 2 | bool(frame.parity) << 3 | bool(frame.even) << 4


def decode(wire, bit_ticks: int, frame: Format) -> list[tuple[int, ...]]:
    """The frames on a wire, from its edges alone, sampled in the middle of each bit."""

    def level_at(tick):
        level = 1 - wire.edges[0][1] if wire.edges else wire.level
        for when, (_, after) in zip(wire.ticks, wire.edges, strict=True):
            if when > tick:
                break
            level = after
        return level

    frames, tick = [], 0
    for when, (_, level) in zip(wire.ticks, wire.edges, strict=True):
        if level or when < tick:
            continue
        bits = [level_at(when + bit_ticks * (2 * n + 1) // 2) for n in range(frame.length)]
        frames.append(tuple(bits))
        tick = when + bit_ticks * (2 * frame.length - 1) // 2
    return frames


@pytest.mark.parametrize("frame", FORMATS, ids=str)
@pytest.mark.parametrize("timer", [3, 4])
@given(
    values=st.lists(st.integers(0, 255), min_size=1, max_size=4),
    latch=st.integers(0, 30) | st.just(0x17F),
    n=st.integers(0, 3),
    phi2=st.sampled_from([0xFB, 0x03]),
)
@settings(max_examples=12)
def test_what_is_on_the_pin_is_what_was_written(*, idle_chip, frame, timer, values, latch, n, phi2):
    idle = idle_chip()
    idle.write("SSCR", phi2)
    idle.timer(timer, latch)
    idle.write("TCR", 0xF0 if timer == 4 else 0x00)
    idle.write("TER", 1 << timer)
    other = (n + 1) % 4
    idle.join(f"P6{2 * n + 1}", f"P6{2 * other}")
    idle.write(f"ACSR{other}", acsr_of(frame) & ~1)
    idle.write(f"ACSR{n}", acsr_of(frame))
    mask = (1 << frame.data_bits) - 1
    bit_ticks = 16 * (latch + 1) * 2
    cycles = bit_ticks * frame.length // idle.chip.clocks.phi2_ticks + 40
    for value in values:
        idle.write(f"ARTD{n}", value)
        idle.pass_cycles(cycles)
        assert idle.read(f"ARTD{other}") == value & mask
    assert decode(idle.pin(f"P6{2 * n + 1}"), bit_ticks, frame) == [frame.bits_of(v) for v in values]
    assert not idle.read(f"ACSR{other}") & 0x80


def test_two_characters_follow_each_other_without_a_gap(idle):
    ready(idle)
    idle.write("ARTD3", 0x00)
    start = idle.core.clock
    idle.write("ARTD3", 0x00)
    idle.pass_cycles(25 * BIT)
    falls = [clock for clock, level in idle.pin("P67").edges if not level and clock >= start]
    assert falls == [start, start + 10 * BIT]


def test_wrong_parity_is_an_error(idle):
    ready(idle, n=3, acsr=0x2D)  # odd
    ready(idle, n=2, acsr=0x3D)  # even
    idle.join("P67", "P64")
    idle.write("ARTD3", 0x41)
    idle.pass_cycles(12 * BIT)
    assert idle.read("ACSR2") & 0x80
    assert idle.read("ARTD2") == 0x41


def test_a_break_is_one_character_of_zeros_with_an_error(idle):
    ready(idle)
    idle.drive("P66", 0)
    idle.pass_cycles(50 * BIT)
    assert idle.read("UIFR") & 0x40
    assert idle.read("ACSR3") & 0x80
    assert idle.read("ARTD3") == 0
    idle.pass_cycles(50 * BIT)
    assert not idle.read("UIFR") & 0x40  # no start bit without an edge
    idle.drive("P66", 1)
    idle.pass_cycles(20 * BIT)
    assert not idle.read("UIFR") & 0x40


def test_a_break_is_sent_by_hand(idle):
    line = ready(idle)
    idle.write("PD6", 0x00)
    idle.write("PDD6", 0x80)
    idle.write("ACSR3", 0x24)
    assert idle.pin("P67").level == 0
    idle.pass_cycles(20 * BIT)
    idle.write("ACSR3", 0x25)
    idle.pass_cycles(20 * BIT)
    assert (line.received, line.bad_frames) == (b"", 1)


def test_a_frame_waits_while_its_baud_timer_stands(idle):
    ready(idle)
    idle.write("ARTD3", 0x55)
    start = idle.core.clock
    idle.pass_cycles(2 * BIT + 100)
    idle.write("TER", 0x00)
    stop = idle.core.clock
    idle.pass_cycles(5000)
    idle.write("TER", 0x10)
    pause = idle.core.clock - stop
    idle.pass_cycles(20 * BIT)
    expected = [start + n * BIT + (pause if n > 2 else 0) for n in range(10)]
    assert [clock for clock, _ in idle.pin("P67").edges if clock >= start] == expected


def test_the_baud_rate_may_change_within_a_frame(idle):
    ready(idle)
    idle.write("ARTD3", 0x55)
    start = idle.core.clock
    idle.pass_cycles(3 * BIT - 1)
    idle.write("T4LL", 0x0B)  # twice as fast
    idle.pass_cycles(20 * BIT)
    clocks = [clock - start for clock, _ in idle.pin("P67").edges if clock >= start]
    assert clocks == [0, BIT, 2 * BIT, 3 * BIT, *(3 * BIT + n * BIT // 2 for n in range(1, 7))]


def test_a_transmitters_pin_is_read_as_it_is(idle):
    ready(idle)
    idle.write("PD6", 0x80)
    idle.write("ARTD3", 0x00)
    idle.pass_cycles(BIT)
    assert idle.read("PD6") & 0x80 == 0  # an input by its direction bit: the pin
    idle.write("PDD6", 0x80)
    assert idle.read("PD6") & 0x80  # an output: the latch


def test_pulses_on_p60_clock_a_uart_on_t4(idle):
    ready(idle, latch=0x02)
    idle.write("TCR", 0xF1)
    idle.join("P67", "P64")
    idle.write("ACSR2", 0x24)
    idle.write("ARTD3", 0x4B)
    idle.pass_cycles(30 * BIT)
    assert idle.pin("P67").level == 0  # the start bit waits for its clock
    for _ in range(16 * 3 * 11):  # sixteen underflows of three pulses are a bit
        idle.drive("P60", 0)
        idle.pass_cycles(10)
        idle.drive("P60", 1)
    assert idle.read("ARTD2") == 0x4B
    clocks = [clock for clock, _ in idle.pin("P67").edges][-6:]
    assert [round((b - a) / (16 * 3 * 10)) for a, b in pairwise(clocks)] == [1, 1, 2, 1, 1]
    idle.write("ARTD3", 0x41)
    idle.write("TCR", 0xF0)  # and back to FCLK within the start bit
    idle.pass_cycles(11 * 16 * 3)
    assert idle.read("ARTD2") == 0x41


# lda #latch; sta T3CL; stz T3CH; lda #08; sta TER; lda #25; sta ACSR0
# loop: lda UIFR; and #1; beq loop; lda ARTD0; eor #20; pha; wait: lda UIFR; and #2; beq wait; pla; sta ARTD0; bra loop
SWAP_CASE = (
    "A9{latch:02X} 8D66DF 9C67DF A908 8D43DF A925 8D70DF"
    "AD48DF 2901 F0F9 AD71DF 4920 48 AD48DF 2902 F0F9 68 8D71DF 80E6"
)
TEXT = b"The quick brown fox jumps over the lazy dog, 0123456789 times or more."


@pytest.mark.parametrize(("baud", "latch"), [(19_200, 0x0B), (38_400, 0x05)])
def test_a_program_talks_on_uart_0_from_t3(small_board, baud, latch):
    board = small_board(SWAP_CASE.format(latch=latch))
    line = board.serial(0)
    line.baud = baud
    board.run(seconds=0.01)
    line.send(TEXT)
    board.run(seconds=0.02 + len(TEXT) * 10 / baud)
    assert line.take() == bytes(byte ^ 0x20 for byte in TEXT)
    assert line.bad_frames == 0
    assert board.chip.uarts.uarts[0].control == 0x25  # no error
    # Back to back: each answer starts when its character is over, and they follow without a gap.
    start, end = line.log[0][0], line.log[-1][0]
    assert end - start == pytest.approx((len(TEXT) - 1) * 10 * 3_686_400 / baud, rel=0.001)


def test_reset_forgets_what_was_received_and_what_is_under_way(idle):
    line = ready(idle)
    line.send(b"xy")
    idle.write("ARTD3", 0x41)
    idle.pass_cycles(15 * BIT)
    idle.chip.reset()
    assert (idle.read("ARTD3"), idle.read("UIFR"), idle.pin("P67").level) == (0, 0, 1)
    idle.write("SSCR", 0xFB)
    idle.pass_cycles(20 * BIT)
    assert idle.read("UIFR") == 0
