# SPDX-License-Identifier: MIT
"""What answers at which address, page by page.

On chip: RAM at 0000-01FF and DF80-DFBF, registers at DF00-DF7F, the ROM at E000-FFFF unless BCR
bit 7 switches it off.  Off chip, while BCR bit 0 (the external bus) is 1: RAM of the board at CS3
(0200-7FFF) with PCS7 bit 3, flash at CS4 with PCS7 bit 4 (8000-DEFF, and E000-FFFF while the ROM is
off).  Where nothing answers a read sees the byte that was last on the data bus, and a write is lost.

The flash has four banks of 32 KiB; pins P43 and P44, pulled up, are its upper address lines, so
that bank 3 is there after RESET.  (One public source uses P46 and P47 for them in one place.)

What the core can read at once lies in its `memory`; so the bank that is shown is copied there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.target.boards import FLASH_WINDOW, MASK_ROM, ON_CHIP_RAM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from asm816.target.boards import Range
    from emu.chip.flash import Flash
    from emu.cpu.core import Core
    from emu.wires import Wire

IO_PAGE = 0xDF
CS3 = 0x08
CS4 = 0x10
BANK = FLASH_WINDOW.last + 1 - FLASH_WINDOW.first


class MemoryMap:
    """Keeps the core's page attributes in step with BCR, PCS7 and the bank of the flash."""

    def __init__(
        self,
        core: Core,
        rom: bytes,
        external_ram: Sequence[Range],
        flash: Flash | None,
        now: Callable[[], int],
    ) -> None:
        """`now` gives the present tick."""
        self.flash = flash
        self.bank = 3
        self._core = core
        self._rom = rom
        self._external_ram = tuple(external_ram)
        self._now = now
        self._bus = False
        self._selects = 0
        self._external_rom = False
        self._flash_hidden = False  # reads of the flash go through `read`: it is busy or shows its identity
        core.slow_read[:] = core.slow_write[:] = b"\x01" * len(core.slow_read)
        low_ram = ON_CHIP_RAM[0]
        self._open(low_ram.first, low_ram.last, readable=True, writable=True)
        self._show()

    def connect_bank_lines(self, low: Wire, high: Wire) -> None:
        """The pins that are the upper address lines of the flash."""
        if self.flash is None:
            return

        def changed(level: int, clock: int) -> None:
            del level, clock
            self.bank = high.level << 1 | low.level
            self._show()

        for line in (low, high):
            line.listen(changed)

    def select(self, *, bus: bool, selects: int, external_rom: bool) -> None:
        """The board's memory answers or not, after BCR bits 0 and 7 and PCS7."""
        self._bus, self._selects, self._external_rom = bus, selects, external_rom
        self._show()

    def read(self, address: int) -> int:
        """A read cycle outside plain memory and the chip's own page."""
        flash = self.flash
        if flash is None or not self._flash_answers(address):
            return self._core.bus
        tick = self._now()
        if self._flash_hidden and flash.plain(tick):
            self._show()
        return flash.read(self.bank * BANK | address & BANK - 1, tick)

    def write(self, address: int, value: int) -> None:
        """A write cycle outside plain memory and the chip's own page."""
        flash = self.flash
        if flash is None or not self._flash_answers(address):
            return
        tick = self._now()
        flash.write(self.bank * BANK | address & BANK - 1, value, tick)
        if not flash.plain(tick) or self._flash_hidden:
            self._show()

    def peek(self, address: int) -> int:
        """What `read` would give, without changing anything."""
        flash = self.flash
        if flash is None or not self._flash_answers(address):
            return self._core.bus
        state = flash.state()
        value = flash.read(self.bank * BANK | address & BANK - 1, self._now())
        flash.set_state(state)
        return value

    def restore(self, bank: int) -> None:
        """The flash and its bank lines were put into another state."""
        self.bank = bank
        self._show()

    def _flash_answers(self, address: int) -> bool:
        if address not in FLASH_WINDOW or not self._bus or not self._selects & CS4:
            return False
        return self._external_rom or address < MASK_ROM.first

    def _show(self) -> None:
        ram = self._bus and bool(self._selects & CS3)
        for area in self._external_ram:
            self._open(area.first, area.last, readable=ram, writable=ram)
        memory = self._core.memory
        if not self._external_rom:
            memory[MASK_ROM.first : MASK_ROM.last + 1] = self._rom
        self._open(MASK_ROM.first, MASK_ROM.last, readable=not self._external_rom, writable=False)
        if self.flash is not None:
            self._show_flash(self.flash)

    def _show_flash(self, flash: Flash) -> None:
        memory = self._core.memory
        plain = flash.plain(self._now())
        self._flash_hidden = not plain
        start = self.bank * BANK - FLASH_WINDOW.first
        areas = [(FLASH_WINDOW.first, (IO_PAGE << 8) - 1)]
        if self._external_rom:
            areas.append((MASK_ROM.first, MASK_ROM.last))
        for first, last in areas:
            answers = self._flash_answers(first)
            if answers and plain:
                memory[first : last + 1] = flash.content[start + first : start + last + 1]
            self._open(first, last, readable=answers and plain, writable=False)

    def _open(self, first: int, last: int, *, readable: bool, writable: bool) -> None:
        pages = (last >> 8) + 1 - (first >> 8)
        span = slice(first >> 8, (last >> 8) + 1)
        self._core.slow_read[span] = bytes([not readable]) * pages
        self._core.slow_write[span] = bytes([not writable]) * pages
