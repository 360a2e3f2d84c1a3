# SPDX-License-Identifier: MIT
"""The registers as the table says, and the wiring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.target.registers import ADDRESS, REGISTERS

INPUTS = {f"PD{n}" for n in range(7)}  # inputs read the world
TIMER_BYTES = {f"T{n}{kind}{half}" for n in range(8) for kind in "LC" for half in "LH"}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda r: r.name)
def test_reset_value(idle, register):
    for name in ("BCR", "PCS7", "TIER", "UIER", "EIER", "TCR", "PDD4"):
        idle.write(name, 0xFF)
    idle.chip.reset()
    expected = 0xFF if register.name in INPUTS else register.reset
    assert idle.read(register.name) == expected


@given(st.lists(st.tuples(st.sampled_from([r.name for r in REGISTERS]), st.integers(0, 255)), max_size=30))
def test_any_traffic_leaves_the_host_alone(idle_chip, traffic):
    idle = idle_chip()
    for name, value in traffic:
        idle.write(name, value)
        idle.read(name)
        idle.core.waiting = 1
        idle.core.run(idle.core.clock + 50)


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
