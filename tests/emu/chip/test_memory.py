# SPDX-License-Identifier: MIT
"""What answers at which address."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("address", [0x0000, 0x00B6, 0x01FF, 0xDF80, 0xDFBF])
def test_on_chip_ram(idle, address):
    idle.put(address, 0x5A)
    idle.put(0x0010, 0x00)
    assert idle.look(address) == 0x5A
    assert idle.chip.peek(address) == 0x5A


@pytest.mark.parametrize(
    "address", [0x0200, 0x7FFF, 0x8000, 0xDEFF, 0xDF08, 0xDF28, 0xDFC0, 0x010000, 0xFFFFFF]
)
def test_absent_memory_reads_the_last_byte_on_the_bus(idle, address):
    idle.put(address, 0x5A)
    idle.look(0x0000)
    idle.put(0x0001, 0x77)
    assert idle.look(address) == 0x77
    assert idle.look(address) == 0x77


def test_rom_cannot_be_written_and_bcr_bit_7_takes_it_away(idle):
    idle.put(0xE000, 0x00)
    assert idle.look(0xE000) == 0xCB
    idle.write("BCR", 0x80)
    idle.put(0x0001, 0x12)
    assert idle.look(0xE000) == 0x12


def test_external_ram_needs_the_bus_and_its_select(idle_sxb):
    look, put = idle_sxb.look, idle_sxb.put

    def answers() -> bool:
        put(0x2000, 0x66)
        put(0x0001, 0x11)
        return look(0x2000) == 0x66

    assert not answers()
    idle_sxb.write("PCS7", 0x08)
    assert not answers()
    idle_sxb.write("BCR", 0x01)
    assert answers()
    idle_sxb.write("PCS7", 0xF7)
    assert not answers()
    idle_sxb.write("PCS7", 0xFB)
    put(0x0001, 0x11)
    assert look(0x2000) == 0x66  # it kept its content
