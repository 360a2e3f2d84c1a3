# SPDX-License-Identifier: MIT
"""Where a board's ROM comes from: our own monitor by name, or a file of the user's."""

from __future__ import annotations

from pathlib import Path

from asm816.target.boards import MASK_ROM
from asm816.target.interrupts import RESET
from emu.errors import EmuError, EmuFileError
from emu.rom import ROM_BYTES, ROMS, UNUSED, rom_image

RESET_VECTOR = RESET.emulation_vector


def load_rom(source: str | Path) -> bytes:
    """The 8192 bytes of a ROM: a shipped name, or the path of a HEX, S28 or binary file.

    Raises EmuFileError if there is no such file, EmuError or AsmError if it is not a ROM image.
    """
    if str(source) in ROMS:
        return rom_image(str(source))
    path = Path(source)
    if not path.is_file():
        raise EmuFileError(
            "E2010", f"there is no ROM file '{source}'", f"give a file, or one of: {', '.join(ROMS)}"
        )
    from asm816.imagefile import read_image  # loads only when a file is read

    image = read_image(path, default=MASK_ROM.first)
    inside = image.segments and image.first >= MASK_ROM.first and image.last <= MASK_ROM.last
    if not inside or not any(s.address <= RESET_VECTOR < s.end - 1 for s in image.segments):
        hint = "it must lie in 00E000-00FFFF and hold the reset vector; a binary has 8192 bytes"
        raise EmuError("E2011", f"'{path}' is not a ROM image", hint)
    return image.window(MASK_ROM.first, ROM_BYTES, UNUSED)
