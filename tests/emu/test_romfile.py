# SPDX-License-Identifier: MIT
"""ROMs by name and from files of all kinds."""

from __future__ import annotations

import pytest

from asm816.errors import ToolError
from asm816.hexfile import write_hex
from asm816.image import image_of
from asm816.srec import write_s28
from emu.romfile import load_rom

ROM = bytes(range(256)) * 32


@pytest.mark.parametrize("suffix", ["bin", "hex", "s28"])
def test_a_file_is_told_by_its_content(tmp_path, suffix):
    image = image_of([(0xE000, ROM)])
    content = {"bin": ROM, "hex": write_hex(image).encode(), "s28": write_s28(image).encode()}[suffix]
    file = tmp_path / "rom.anything"
    file.write_bytes(content)
    assert load_rom(file) == ROM
    assert load_rom(str(file)) == ROM


def test_gaps_read_ff(tmp_path):
    file = tmp_path / "rom.hex"
    file.write_text(write_hex(image_of([(0xE000, b"\x01"), (0xFFFC, b"\x00\xe0")])))
    assert load_rom(file) == b"\x01" + b"\xff" * 8187 + b"\x00\xe0\xff\xff"


def test_our_own_by_name():
    assert len(load_rom("quirks")) == 8192


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E0717"),
        (b"\x00" * 8193, "E2011"),
        (b"\x00", "E2011"),
        (b"\x00" * 8189, "E2011"),
        (write_hex(image_of([(0x2000, b"x")])).encode(), "E2011"),
    ],
)
def test_what_is_no_rom(tmp_path, content, code):
    file = tmp_path / "odd.bin"
    file.write_bytes(content)
    with pytest.raises(ToolError) as caught:
        load_rom(file)
    assert caught.value.code == code
