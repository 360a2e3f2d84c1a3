# SPDX-License-Identifier: MIT
"""The parallel interface bus: the program on one side, Python on the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from emu.cpu.bus import NEVER


def test_bytes_go_both_ways_with_handshake_and_interrupt(idle):
    host = idle.chip.parallel
    idle.write("PIBER", 0xC3)
    idle.write("EIER", 0x40)
    for value in (0x11, 0x22):
        host.host_write(7, value)
        assert idle.core.irq_native == 0xFF9C
        assert idle.read("PIBFR") & 0x80
        assert idle.read("PIR7") == value
        idle.write("EIFR", 0x40)
        assert idle.core.irq_since == NEVER
        idle.write("PIR7", value ^ 0xFF)
        assert host.host_interrupt
        assert host.host_read(7) == value ^ 0xFF
        assert not host.host_interrupt
        assert idle.read("PIBFR") & 0xC0 == 0


def test_a_host_without_access_reads_ff_and_writes_nothing(idle):
    host = idle.chip.parallel
    idle.write("PIR4", 0x12)
    assert not host.open
    assert host.host_read(4) == 0xFF
    host.host_write(4, 0x34)
    assert idle.read("PIR4") == 0x12


def test_piber_is_the_programs_alone(idle):
    idle.write("PIBER", 0x03)
    idle.chip.parallel.host_write(1, 0xFF)
    assert idle.read("PIBER") == 0x03


def test_reset_closes_it(idle):
    idle.write("PIBER", 0xFF)
    idle.write("PIR2", 0x55)
    idle.chip.reset()
    assert (idle.read("PIBER"), idle.read("PIR2")) == (0, 0)
    assert not idle.chip.parallel.open


def test_a_look_from_outside_clears_no_flag(idle):
    idle.write("PIBER", 0xFF)
    idle.chip.parallel.host_write(7, 0x42)
    assert idle.chip.peek(0xDF7F) == 0x42
    assert idle.read("PIBFR") & 0x80


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 255)), max_size=40))
def test_flags_are_never_there_without_their_enable(idle_chip, moves):
    idle = idle_chip()
    host = idle.chip.parallel
    names = ("PIBFR", "PIBER", *(f"PIR{n}" for n in range(2, 8)))
    for by_host, number, value in moves:
        if by_host:
            host.host_write(number, value)
            assert host.host_read(number) in range(256)
        else:
            idle.write(names[number], value)
        assert host.peek(0) & ~host.peek(1) == 0
        assert host.host_interrupt == bool(host.peek(0) & 0x54)
