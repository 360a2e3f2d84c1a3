# SPDX-License-Identifier: MIT
"""The chip's state as plain values, to the bit on the line."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from asm816.target.registers import REGISTERS

NAMES = [register.name for register in REGISTERS]
TRAFFIC = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 255), st.integers(0, 3000)), min_size=1, max_size=30
)
INPUTS = ("P40", "P41", "P56", "P57", "P60", "P62", "P64", "P66")


def move(source, target) -> None:
    """Put `target` where `source` is: the chip by its state, core and memory by hand."""
    core, other = source.core, target.core
    other.set_state(core.state())
    other.memory[:] = core.memory
    target.chip.set_state(json.loads(json.dumps(source.chip.state())))


def play(idle, traffic) -> list:
    """Write, wait, read: what was read, and the edges of all pins."""
    for wire in idle.chip.ports.pins.values():
        wire.forget()
    seen = []
    for number, (name, value, pause) in enumerate(traffic):
        idle.write(name, value)
        pin = INPUTS[number % len(INPUTS)]
        idle.chip.ports.drive_input(int(pin[1]), int(pin[2]), value & 1, idle.core.clock)
        idle.pass_cycles(pause)
        seen.append((idle.core.clock, idle.read(NAMES[value % len(NAMES)]), idle.core.irq_since))
    return [seen, {name: wire.edges for name, wire in idle.chip.ports.pins.items() if wire.edges}]


@given(TRAFFIC, TRAFFIC)
def test_a_chip_in_the_state_of_another_goes_on_like_it(idle_chip, before, after):
    first, second = idle_chip(), idle_chip()
    play(first, before)
    move(first, second)
    assert second.chip.state() == first.chip.state()
    assert bytes(second.core.slow_read) == bytes(first.core.slow_read)
    assert bytes(second.core.slow_write) == bytes(first.core.slow_write)
    assert play(second, after) == play(first, after)


def test_a_character_under_way_goes_on_in_the_other_chip(idle, idle_chip):
    other = idle_chip()
    idle.write("T3CL", 5)
    idle.write("T3CH", 0)
    idle.write("TER", 0x08)
    idle.write("ACSR0", 0x2D)
    idle.write("ARTD0", 0x5A)
    idle.write("ARTD0", 0xA5)
    idle.pass_cycles(333)
    move(idle, other)
    idle.pass_cycles(3000)
    other.pass_cycles(3000)
    edges = idle.pin("P61").edges
    assert other.pin("P61").edges == edges[-len(other.pin("P61").edges) :]
    assert len(other.pin("P61").edges) > 5


def test_ram_behind_the_chips_own_is_part_of_the_state(idle_sxb, idle_chip):
    idle_sxb.write("BCR", 0x01)
    idle_sxb.write("PCS7", 0x08)
    idle_sxb.put(0x0010, 0x11)
    idle_sxb.write("SSCR", 0xFF)
    idle_sxb.put(0x0010, 0x22)
    assert idle_sxb.look(0x0010) == 0x22
    saved = idle_sxb.chip.state()
    idle_sxb.chip.reset()
    assert idle_sxb.look(0x0010) == 0x11
    assert idle_sxb.chip.state()["memory_map"] != saved["memory_map"]
