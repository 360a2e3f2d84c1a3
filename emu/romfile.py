# SPDX-License-Identifier: MIT
"""Where a board's ROM comes from: our own monitor by name, or a file of the user's."""

from __future__ import annotations

from pathlib import Path

from asm816.target.boards import MASK_ROM
from emu.errors import EmuError, EmuFileError

ROM_BYTES = MASK_ROM.last + 1 - MASK_ROM.first
"""8192: E000-FFFF."""

SHIPPED = ("quirks",)
"""Names of the ROMs that come with this package."""


def load_rom(source: str | Path) -> bytes:
    """The 8192 bytes of a ROM: a shipped name, or the path of a HEX, S28 or binary file.

    Raises EmuFileError if the file cannot be read, EmuError if it is not a ROM image.
    """
    if source in SHIPPED:
        from emu.rom import rom_image

        return rom_image(str(source))
    path = Path(source)
    if not path.is_file():
        raise EmuFileError(
            "E2010", f"there is no ROM file '{source}'", f"give a file, or one of: {', '.join(SHIPPED)}"
        )
    from asm816.imagefile import read_image

    image = read_image(path, MASK_ROM.first)
    if not image.segments or image.first < MASK_ROM.first or image.last > MASK_ROM.last:
        raise EmuError("E2011", f"'{source}' is not a ROM image", "it must lie in 00E000-00FFFF, 8192 bytes")
    return image.window(MASK_ROM.first, ROM_BYTES)
