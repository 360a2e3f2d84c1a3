# SPDX-License-Identifier: MIT
"""UARTs: frames on the pins, flags, baud rates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emu.cable import Cable
from emu.chip.clocks import Clocks, Schedule
from emu.chip.frames import BitTime, Format, FrameReceiver, FrameSender
from emu.cpu.core import NEVER, Core

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
