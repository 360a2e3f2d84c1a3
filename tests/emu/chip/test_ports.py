# SPDX-License-Identifier: MIT
"""Ports and pins."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("port", range(7))
def test_an_output_shows_the_latch_and_an_input_the_world(idle, port):
    idle.write("BCR", 0x00)
    idle.write(f"PDD{port}", 0x0F)
    idle.write(f"PD{port}", 0x5A)
    idle.chip.ports.drive_input(port, 7, 0, idle.core.clock)
    assert idle.read(f"PD{port}") == 0x7A  # inputs read 1 unless driven
    assert idle.read(f"PDD{port}") == 0x0F
    assert [idle.pin(f"P{port}{bit}").level for bit in range(8)] == [0, 1, 0, 1, 1, 1, 1, 0]


def test_port_7_shows_pd7_where_pcs7_is_zero(idle):
    idle.write("PCS7", 0x00)
    idle.write("PD7", 0xA5)
    assert [idle.pin(f"P7{bit}").level for bit in range(8)] == [1, 0, 1, 0, 0, 1, 0, 1]
    assert idle.read("PD7") == 0xA5


def test_chip_selects_idle_high_and_read_back_zero(idle):
    idle.write("PD7", 0xFF)
    idle.write("PCS7", 0xFB)
    assert idle.read("PD7") == 0x04  # PD7 AND NOT PCS7, as public sources saw it
    idle.write("PD7", 0x00)
    assert [idle.pin(f"P7{bit}").level for bit in range(8)] == [1, 1, 0, 1, 1, 1, 1, 1]


def test_reset_values_of_port_7(idle):
    idle.write("PCS7", 0xFF)
    idle.write("PD7", 0x00)
    idle.chip.reset()
    assert (idle.read("PD7"), idle.read("PCS7")) == (0xFF, 0x00)


def test_edges_carry_the_cycle_behind_the_write(idle):
    idle.write("PCS7", 0x00)
    idle.write("PD7", 0xFE)
    assert idle.pin("P70").edges[-1] == (idle.core.clock, 0)
    count = len(idle.pin("P70").edges)
    idle.write("PD7", 0xFE)
    assert len(idle.pin("P70").edges) == count


def test_ports_0_to_3_are_the_bus_while_bcr_bit_0_is_one(idle):
    idle.write("PDD0", 0xFF)
    idle.write("PD0", 0x00)
    assert idle.pin("P00").level == 0
    idle.write("BCR", 0x01)
    assert idle.pin("P00").level == 1
    idle.write("BCR", 0x00)
    assert idle.pin("P00").level == 0
