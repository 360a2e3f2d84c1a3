# SPDX-License-Identifier: MIT
"""The ROM image: built from its sources, its layout, what is left of it."""

from __future__ import annotations

import re

import pytest

import emu.rom.__main__
from asm816 import assemble
from asm816.target.interrupts import EMULATION_TABLE, NATIVE_TABLE
from asm816.target.monitor import CELLS, LIBRARY, VECTORS
from emu.errors import EmuError
from emu.rom import ROM_BYTES, ROMS, SOURCE, UNUSED, build, rom_image

START = 0xE000
RESET = 0xE0B0
JMP, JSR, JML, RTL, BRL = 0x4C, 0x20, 0x5C, 0x6B, 0x82

FREE_AT_LEAST = 1900
"""Bytes that are to stay free in each image; lower it knowingly."""


both = pytest.mark.parametrize("name", ROMS)


@pytest.fixture(scope="module")
def assemblies():
    return {name: assemble(SOURCE, defines={"ROM_QUIRKS": value}) for name, value in ROMS.items()}


def word(rom: bytes, address: int) -> int:
    return int.from_bytes(rom[address - START : address - START + 2], "little")


@both
def test_the_shipped_image_is_what_the_sources_make(name):
    assert build(name) == rom_image(name), "run: python -m emu.rom"


def test_quirks_are_what_the_sources_make_unasked():
    assert assemble(SOURCE).image.window(START, ROM_BYTES, UNUSED) == rom_image("quirks")


@both
def test_the_sources_assemble_without_a_word(assemblies, name):
    assert assemblies[name].ok
    assert assemblies[name].diagnostics == ()


@both
def test_size_and_free_space(assemblies, name):
    assert len(rom_image(name)) == ROM_BYTES == 8192
    free = ROM_BYTES - assemblies[name].image.size
    assert free >= FREE_AT_LEAST, f"{free} bytes are free"


def test_the_images_differ():
    assert rom_image("quirks") != rom_image("fixed")


def test_the_free_space_is_reported(monkeypatch, capsys):
    written = {}
    monkeypatch.setattr(
        emu.rom.__main__, "write_atomically", lambda path, data: written.update({path.name: data})
    )
    emu.rom.__main__.main()
    shown = capsys.readouterr().out
    assert re.findall(r"(\w+)\.hex: (\d+) of 8192 bytes used, (\d+) free\n", shown) == [
        (name, str(8192 - rom_image(name).count(UNUSED)), str(rom_image(name).count(UNUSED))) for name in ROMS
    ]
    assert set(written) == {"quirks.hex", "fixed.hex"}


def test_an_unknown_name_is_refused():
    with pytest.raises(EmuError, match="no ROM 'mended'"):
        rom_image("mended")


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


def test_the_jump_into_the_vector_table_leads_on_to_low_power():
    rom = rom_image()
    assert rom[0xFFA2 - START] == BRL
    assert (0xFFA5 + word(rom, 0xFFA3)) & 0xFFFF == 0xFD98
    for vector in (0xFFA2, 0xFFA4):  # as vectors of UART 0 and 1 the same bytes restart the monitor
        at = word(rom, vector) - START
        assert rom[at : at + 4] == bytes([JML]) + RESET.to_bytes(3, "little")


def test_the_cells_of_the_sources_are_those_of_the_table():
    text = SOURCE.with_name("cells.inc").read_text(encoding="utf-8")
    named = {
        name: int(value, 16) for name, value in re.findall(r"^(\w+)\s+equ 0x([0-9a-f]+)", text, re.MULTILINE)
    }
    assert set(CELLS) <= set(named)
    assert {name: named[name] for name in CELLS} == dict(CELLS)
