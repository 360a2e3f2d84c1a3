# SPDX-License-Identifier: MIT
"""The flash socket of the W65C265SXB: a flash behind chip select 4, a bank of 32 KiB at a time.

The bank that is shown answers at 8000-DEFF, and at E000-FFFF while the chip's ROM is off.  Pins P43
and P44, pulled up, are the upper address lines of the flash, so that bank 3 is there after RESET.
(One public source uses P46 and P47 for them in one place.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.boards import FLASH_WINDOW, MASK_ROM, Range
from asm816.target.selects import ROM_SELECT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emu.chip.flash import Flash
    from emu.chip.memory import MemoryMap
    from emu.wires import Wire

BANK = FLASH_WINDOW.last + 1 - FLASH_WINDOW.first
AREAS = (Range(FLASH_WINDOW.first, 0x00DEFF, FLASH_WINDOW.what), MASK_ROM)


class FlashSocket:
    """A flash on the bus.  `now` gives the present tick; `low` and `high` are the bank lines."""

    select = ROM_SELECT
    areas = AREAS

    def __init__(
        self, flash: Flash, memory_map: MemoryMap, now: Callable[[], int], low: Wire, high: Wire
    ) -> None:
        self.flash = flash
        self.bank = 3
        self._memory_map = memory_map
        self._now = now
        self._low, self._high = low, high
        for line in (low, high):
            line.listen(self._bank_changed)
        memory_map.attach(self)

    def image(self, area: Range) -> bytes | None:
        """The bytes of the bank that is shown; None while the flash is busy or shows its identity."""
        if not self.flash.plain(self._now()):
            return None
        start = self._inside(area.first)
        return bytes(self.flash.content[start : start + area.last + 1 - area.first])

    def read(self, address: int) -> int:
        """A read cycle while the flash is not plain, or was not when it was looked at last."""
        tick = self._now()
        if self.flash.plain(tick):
            self._memory_map.refresh(self)
        return self.flash.read(self._inside(address), tick)

    def write(self, address: int, value: int) -> None:
        """A write cycle."""
        tick = self._now()
        was_plain = self.flash.plain(tick)
        self.flash.write(self._inside(address), value, tick)
        if self.flash.plain(tick) != was_plain:
            self._memory_map.refresh(self)

    def peek(self, address: int) -> int:
        """What `read` would give, without changing anything."""
        state = self.flash.state()
        value = self.flash.read(self._inside(address), self._now())
        self.flash.set_state(state)
        return value

    def state(self) -> dict[str, Any]:
        """All but the content of the flash, plain JSON values."""
        return {"bank": self.bank, "flash": self.flash.state()}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave (restore the content before, the memory map after)."""
        self.bank = state["bank"]
        self.flash.set_state(state["flash"])

    def _inside(self, address: int) -> int:
        """The flash's own address."""
        return self.bank * BANK | address & BANK - 1

    def _bank_changed(self, level: int, clock: int) -> None:
        del level, clock
        self.bank = self._high.level << 1 | self._low.level
        self._memory_map.refresh(self)
