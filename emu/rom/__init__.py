# SPDX-License-Identifier: MIT
"""The monitor ROM that the virtual boards run: its image, and how it is built from the sources here.

The images are shipped as ``quirks.hex`` and ``fixed.hex`` so that a board starts without an assembler
run; a test compares them with the sources.  ``python -m emu.rom`` rewrites them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType

from asm816.errors import AsmError
from asm816.target.boards import MASK_ROM
from emu.errors import EmuError

ROM_BYTES = MASK_ROM.last + 1 - MASK_ROM.first
"""Size of the ROM: 8192."""

UNUSED = 0xFF
"""What a byte that no source line fills reads as."""

ROMS = MappingProxyType({"quirks": "1", "fixed": "0"})
"""Names of the shipped images, with what ROM_QUIRKS is while they are assembled.

``quirks``: the monitor with the faults of the chip's ROM that a host or a program meets; ``fixed``:
without them (`asm816.target.quirks`).
"""

SOURCE = Path(__file__).with_name("monitor.asm")
"""The main source file; it includes the others of this folder."""


def shipped_path(name: str = "quirks") -> Path:
    """The file of a shipped image.  Raises EmuError if there is none of that name."""
    if name not in ROMS:
        raise EmuError("E2012", f"there is no ROM '{name}'", f"one of: {', '.join(ROMS)}")
    return Path(__file__).with_name(f"{name}.hex")


@cache
def rom_image(name: str = "quirks") -> bytes:
    """The 8192 bytes at 00:E000-FFFF of a shipped image.  Raises EmuError if there is no such image."""
    from asm816.hexfile import read_hex

    path = shipped_path(name)
    image = read_hex(path.read_text(encoding="ascii"), str(path))
    return image.window(MASK_ROM.first, ROM_BYTES, UNUSED)


def build(name: str = "quirks") -> bytes:
    """The same 8192 bytes assembled from the sources.  Raises AsmError if they do not assemble."""
    from asm816.assembler import assemble

    result = assemble(SOURCE, defines={"ROM_QUIRKS": ROMS[name]})
    if not result.ok:
        raise AsmError("E2013", "\n".join(str(diagnostic) for diagnostic in result.diagnostics))
    return result.image.window(MASK_ROM.first, ROM_BYTES, UNUSED)
