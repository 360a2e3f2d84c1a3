# SPDX-License-Identifier: MIT
"""``python -m emu.rom``: assemble the monitor and rewrite the shipped image."""

from __future__ import annotations

from asm816.hexfile import write_hex
from asm816.image import image_of
from asm816.outputs import write_atomically
from asm816.target.boards import MASK_ROM
from emu.rom import UNUSED, build, shipped_path


def main() -> None:
    """Rewrite ``quirks.hex`` and say how full the ROM is."""
    rom = build()
    path = shipped_path()
    write_atomically(path, write_hex(image_of([(MASK_ROM.first, rom)])).encode("ascii"))
    print(f"{path.name}: {len(rom) - rom.count(UNUSED)} of {len(rom)} bytes used")


if __name__ == "__main__":
    main()
