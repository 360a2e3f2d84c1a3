# SPDX-License-Identifier: MIT
"""The ROM image: built from its sources, its layout, what is left of it."""

from __future__ import annotations

import re

import pytest

from asm816 import assemble
from asm816.target.interrupts import EMULATION_TABLE, NATIVE_TABLE
from asm816.target.monitor import CELLS, LIBRARY, VECTORS
from emu.errors import EmuError
from emu.rom import ROM_BYTES, SOURCE, build, rom_image

START = 0xE000
RESET = 0xE0B0
JMP, JSR, JML, RTL = 0x4C, 0x20, 0x5C, 0x6B

FREE_AT_LEAST = 2000
"""Bytes that are to stay free for the commands and repairs to come; lower it knowingly."""


@pytest.fixture(scope="module")
def assembly():
    return assemble(SOURCE)


def word(rom: bytes, address: int) -> int:
    return int.from_bytes(rom[address - START : address - START + 2], "little")


def test_the_shipped_image_is_what_the_sources_make():
    assert build() == rom_image(), "run: python -m emu.rom"


def test_the_sources_assemble_without_a_word(assembly):
    assert assembly.ok
    assert assembly.diagnostics == ()


def test_size_and_free_space(assembly):
    assert len(rom_image()) == ROM_BYTES == 8192
    free = ROM_BYTES - assembly.image.size
    assert free >= FREE_AT_LEAST, f"{free} bytes are free"


def test_an_unknown_name_is_refused():
    with pytest.raises(EmuError, match="no ROM 'fixed'"):
        rom_image("fixed")


def test_emulation_mode_restarts_on_every_interrupt():
    assert {word(rom_image(), EMULATION_TABLE + 2 * n) for n in range(32)} == {RESET}


def test_native_vectors_lead_to_the_cells_in_ram():
    rom = rom_image()
    offsets = {"T0": 0x00, "T1": 0x02, "T2": 0x04, "T7": 0x0E, "PIB": 0x1C, "IRQ": 0x1E}
    offsets |= {"COP": 0x34, "BRK": 0x36, "ABORT": 0x38, "NMI": 0x3A}
    for name, offset in offsets.items():
        assert word(rom, NATIVE_TABLE + offset) == VECTORS[name], name
    for edge in range(0x10, 0x1C, 2):
        assert word(rom, NATIVE_TABLE + edge) == VECTORS["EDGES"]


def test_the_table_leads_where_descriptions_of_the_chip_say():
    rom = rom_image()
    for entry in LIBRARY:
        at = entry.address - START
        if entry.address < 0xE087:
            assert (rom[at], word(rom, entry.address + 1)) == (JMP, entry.target), entry.name
        else:
            assert (rom[at], rom[at + 3]) == (JSR, RTL), entry.name
            assert word(rom, entry.address + 1) == entry.target, entry.name


def test_the_broken_low_power_jump_ends_in_a_dead_loop():
    assert rom_image()[0xFFA2 - START : 0xFFA4 - START] == bytes.fromhex("80FE")  # bra to itself


def test_the_cells_of_the_sources_are_those_of_the_table():
    text = SOURCE.with_name("cells.inc").read_text(encoding="utf-8")
    named = {
        name: int(value, 16) for name, value in re.findall(r"^(\w+)\s+equ 0x([0-9a-f]+)", text, re.MULTILINE)
    }
    assert set(CELLS) <= set(named)
    assert {name: named[name] for name in CELLS} == dict(CELLS)
