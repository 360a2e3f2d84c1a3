# SPDX-License-Identifier: MIT
"""The interrupt controller: 24 maskable sources, each with a vector of its own.

A flag register bit and its enable bit together request an interrupt for as long as both are 1.
The three flag registers are kept as one number, TIFR in bits 0-7, EIFR in 8-15, UIFR in 16-23, and
so are the enables: a source's bit is half its offset in the vector table
(`asm816.target.interrupts`).
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from asm816.target.interrupts import MASKABLE
from asm816.target.registers import ADDRESS
from emu.cpu.bus import CHANGING, NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.cpu.core import Core

TIMER, EDGE, UART = 0, 8, 16
"""Where the bits of a flag register start."""

_FLAG_REGISTERS = tuple(
    (ADDRESS[name] & 0xFF, group) for name, group in (("TIFR", TIMER), ("EIFR", EDGE), ("UIFR", UART))
)
_VECTORS = tuple((source.native_vector, source.emulation_vector) for source in MASKABLE)


class Interrupts:
    """Flags, enables, and the request line to the core."""

    def __init__(self, core: Core, *, highest_first: bool = True) -> None:
        self._core = core
        self._highest_first = highest_first
        self.flags = 0
        self.enables = 0
        core.steady = self._steady = array("h", [CHANGING]) * 256
        self._show()

    def reset(self) -> None:
        """All flags and enables off."""
        self.flags = self.enables = 0
        self._show()
        self._core.irq_since = NEVER

    def raise_flag(self, bit: int, clock: int) -> None:
        """Source `bit` (0-23) asks for attention at this clock value."""
        self.flags |= 1 << bit
        self._show()
        if self.enables >> bit & 1:
            self._update(clock)

    def clear_flags(self, mask: int, clock: int) -> None:
        """The flags in `mask` (24 bits) go off."""
        self.flags &= ~mask
        self._show()
        self._update(clock)

    def set_enables(self, group: int, value: int, clock: int) -> None:
        """Write an enable register: `group` is TIMER, EDGE or UART."""
        self.enables = self.enables & ~(0xFF << group) | value << group
        self._update(clock)

    def _show(self) -> None:
        """Programs spend their time reading flags: the core knows them without asking."""
        for register, group in _FLAG_REGISTERS:
            self._steady[register] = self.flags >> group & 0xFF

    def _update(self, clock: int) -> None:
        """Put the request line to the core where flags and enables say."""
        core = self._core
        pending = self.flags & self.enables
        if not pending:
            core.irq_since = NEVER
            return
        bit = (pending if self._highest_first else pending & -pending).bit_length() - 1
        core.irq_native, core.irq_emulation = _VECTORS[bit]
        if core.irq_since == NEVER:
            core.irq_since = clock
            core.event = 0

    def state(self) -> dict[str, Any]:
        """Plain JSON values; the request line is part of the core's state."""
        return {"flags": self.flags, "enables": self.enables}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.flags = state["flags"]
        self.enables = state["enables"]
        self._show()
