# SPDX-License-Identifier: MIT
"""The interrupt controller: 24 maskable sources, each with a vector of its own.

A flag register bit and its enable bit together request an interrupt for as long as both are 1.
Of several the one with the highest vector offset is served first (assumed, see
`asm816.target.interrupts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.target.interrupts import MASKABLE
from emu.cpu.core import NEVER

if TYPE_CHECKING:
    from emu.cpu.core import Core

_BY_PRIORITY = tuple(sorted(MASKABLE, key=lambda source: source.offset, reverse=True))


class Interrupts:
    """The three flag registers with their enables, and the request line to the core."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.flags = {"TIFR": 0, "EIFR": 0, "UIFR": 0}
        self.enables = {"TIER": 0, "EIER": 0, "UIER": 0}

    def reset(self) -> None:
        """All flags and enables off."""
        for registers in (self.flags, self.enables):
            for name in registers:
                registers[name] = 0
        self._core.irq_since = NEVER

    def raise_flag(self, register: str, bit: int, clock: int) -> None:
        """A source asks for attention at this clock value."""
        self.flags[register] |= 1 << bit
        self.update(clock)

    def clear_flags(self, register: str, mask: int, clock: int) -> None:
        """The flags in `mask` go off."""
        self.flags[register] &= ~mask
        self.update(clock)

    def set_enables(self, register: str, value: int, clock: int) -> None:
        """Write an enable register."""
        self.enables[register] = value
        self.update(clock)

    def update(self, clock: int) -> None:
        """Put the request line to the core where flags and enables say."""
        core = self._core
        for source in _BY_PRIORITY:
            if self.flags[source.flag] & self.enables[source.enable] & 1 << source.bit:
                core.irq_native, core.irq_emulation = source.native_vector, source.emulation_vector
                if core.irq_since == NEVER:
                    core.irq_since = clock
                    core.event = 0
                return
        core.irq_since = NEVER
