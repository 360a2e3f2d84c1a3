# SPDX-License-Identifier: MIT
"""What answers at which address, page by page.

On chip: RAM at 0000-01FF and DF80-DFBF, registers at DF00-DF7F, the ROM at E000-FFFF unless BCR
bit 7 switches it off.  Off chip: RAM of the board at CS3 (0200-7FFF), there while PCS7 bit 3 and
BCR bit 0 (the external bus) are 1.  Where nothing answers a read sees the byte that was last on
the data bus, and a write is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.target.boards import MASK_ROM, ON_CHIP_RAM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asm816.target.boards import Range
    from emu.cpu.core import Core

IO_PAGE = 0xDF
CS3 = 0x08


class MemoryMap:
    """Keeps the core's page attributes in step with BCR and PCS7."""

    def __init__(self, core: Core, rom: bytes, external_ram: Sequence[Range]) -> None:
        self._core = core
        self._external_ram = tuple(external_ram)
        core.memory[MASK_ROM.first : MASK_ROM.last + 1] = rom
        for pages in (core.slow_read, core.slow_write):
            pages[:] = b"\x01" * len(pages)
        low_ram = ON_CHIP_RAM[0]
        self._open(low_ram.first, low_ram.last, readable=True, writable=True)
        self.select(bus=False, selects=0, external_rom=False)

    def select(self, *, bus: bool, selects: int, external_rom: bool) -> None:
        """The board's memory answers or not, after BCR bits 0 and 7 and PCS7."""
        ram = bus and bool(selects & CS3)
        for area in self._external_ram:
            self._open(area.first, area.last, readable=ram, writable=ram)
        self._open(MASK_ROM.first, MASK_ROM.last, readable=not external_rom, writable=False)

    def _open(self, first: int, last: int, *, readable: bool, writable: bool) -> None:
        for page in range(first >> 8, (last >> 8) + 1):
            self._core.slow_read[page] = not readable
            self._core.slow_write[page] = not writable
