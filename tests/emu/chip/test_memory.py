# SPDX-License-Identifier: MIT
"""What answers at which address."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("address", [0x0000, 0x00B6, 0x01FF, 0xDF80, 0xDFBF])
def test_on_chip_ram(idle, address):
    idle.core.write(address, 0x5A, 1)
    idle.core.write(0x0010, 0x00, 1)
    assert idle.core.read(address, 1) == 0x5A
    assert idle.chip.peek(address) == 0x5A


@pytest.mark.parametrize(
    "address", [0x0200, 0x7FFF, 0x8000, 0xDEFF, 0xDF08, 0xDF28, 0xDFC0, 0x010000, 0xFFFFFF]
)
def test_absent_memory_reads_the_last_byte_on_the_bus(idle, address):
    idle.core.write(address, 0x5A, 1)
    idle.core.read(0x0000, 1)
    idle.core.write(0x0001, 0x77, 1)
    assert idle.core.read(address, 1) == 0x77
    assert idle.core.read(address, 1) == 0x77


def test_rom_cannot_be_written_and_bcr_bit_7_takes_it_away(idle):
    idle.core.write(0xE000, 0x00, 1)
    assert idle.core.read(0xE000, 1) == 0xCB
    idle.write("BCR", 0x80)
    idle.core.write(0x0001, 0x12, 1)
    assert idle.core.read(0xE000, 1) == 0x12


def test_external_ram_needs_the_bus_and_its_select(idle_sxb):
    core = idle_sxb.core

    def answers() -> bool:
        core.write(0x2000, 0x66, 1)
        core.write(0x0001, 0x11, 1)
        return core.read(0x2000, 1) == 0x66

    assert not answers()
    idle_sxb.write("PCS7", 0x08)
    assert not answers()
    idle_sxb.write("BCR", 0x01)
    assert answers()
    idle_sxb.write("PCS7", 0xF7)
    assert not answers()
    idle_sxb.write("PCS7", 0xFB)
    core.write(0x0001, 0x11, 1)
    assert core.read(0x2000, 1) == 0x66  # it kept its content
