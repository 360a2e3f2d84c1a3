# SPDX-License-Identifier: MIT
"""``python -m emu.rom``: assemble the monitor and rewrite the shipped images."""

from __future__ import annotations

from asm816.hexfile import write_hex
from asm816.image import image_of
from asm816.outputs import write_atomically
from asm816.target.boards import MASK_ROM
from emu.rom import ROMS, UNUSED, build, shipped_path


def main() -> None:
    """Rewrite the shipped images and say how full each is."""
    for name in ROMS:
        rom = build(name)
        path = shipped_path(name)
        write_atomically(path, write_hex(image_of([(MASK_ROM.first, rom)])).encode("ascii"))
        used = len(rom) - rom.count(UNUSED)
        print(f"{path.name}: {used} of {len(rom)} bytes used, {len(rom) - used} free")


if __name__ == "__main__":
    main()
