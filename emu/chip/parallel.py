# SPDX-License-Identifier: MIT
"""The parallel interface bus: eight registers that another processor, the host, sees too.

PIBFR (DF78) tells each side what the other did, PIBER (DF79) switches that on, PIR2-PIR7 hold the
data.  Bits after public equates for the chip, which follow the data sheet; timing and pins of the
bus are not established, so the host is a pair of methods here: `host_read` and `host_write`.

Assumed: a PIR register is one cell, and whoever writes last is read; a flag whose enable is 0 is not
set; a manual flag is set by writing 1 to it from its own side and cleared by writing 1 from the other;
bits 1 and 0 of PIBFR repeat those of PIBER; without both of these the host reads FF and writes nothing;
EIFR bit 6 is set whenever the host sets a flag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.interrupts import SOURCE
from asm816.target.registers import MASK
from emu.chip.interrupts import EDGE

if TYPE_CHECKING:
    from emu.chip.interrupts import Interrupts
    from emu.cpu.core import Core

FLAGS, ENABLES = 0, 1
"""Numbers of PIBFR and PIBER; PIRn has the number n."""

HOST_WROTE = {7: MASK["PIBFR_IN7"], 3: MASK["PIBFR_IN3"]}
PROCESSOR_WROTE = {7: MASK["PIBFR_OUT7"], 3: MASK["PIBFR_OUT3"]}
HOST_MANUAL = MASK["PIBFR_IN"]
PROCESSOR_MANUAL = MASK["PIBFR_OUT"]
STROBES_ON = MASK["PIBER_STROBES"]
BUS_ON = MASK["PIBER_OPEN"]
FROM_HOST = HOST_WROTE[7] | HOST_WROTE[3] | HOST_MANUAL
FROM_PROCESSOR = PROCESSOR_WROTE[7] | PROCESSOR_WROTE[3] | PROCESSOR_MANUAL

PIB_FLAG = EDGE + SOURCE["PIB"].bit


class ParallelBus:
    """Both sides."""

    def __init__(self, core: Core, interrupts: Interrupts) -> None:
        self._core = core
        self._interrupts = interrupts
        self._flags = 0
        self._enables = 0
        self._cells = [0] * 8

    def reset(self) -> None:
        """All registers 00."""
        self._flags = self._enables = 0
        self._cells = [0] * 8

    # ------------------------------------------------------------------ the processor's side

    def peek(self, number: int) -> int:
        """A register 0-7 without side effects."""
        if number == FLAGS:
            return self._flags | self._enables & (STROBES_ON | BUS_ON)
        return self._enables if number == ENABLES else self._cells[number]

    def read(self, number: int) -> int:
        """The program reads a register 0-7."""
        value = self.peek(number)
        self._flags &= ~HOST_WROTE.get(number, 0)
        return value

    def write(self, number: int, value: int) -> None:
        """The program writes a register 0-7."""
        if number == FLAGS:
            self._flags &= ~(value & HOST_MANUAL)
            self._flags |= value & PROCESSOR_MANUAL & self._enables
        elif number == ENABLES:
            self._enables = value
            self._flags &= value
        else:
            self._cells[number] = value
            self._flags |= PROCESSOR_WROTE.get(number, 0) & self._enables

    # ------------------------------------------------------------------ the host's side

    @property
    def open(self) -> bool:
        """The host has access: PIBER bits 0 and 1."""
        return self._enables & (STROBES_ON | BUS_ON) == STROBES_ON | BUS_ON

    @property
    def host_interrupt(self) -> bool:
        """The program has set a flag that the host has not answered yet."""
        return bool(self._flags & FROM_PROCESSOR)

    def host_read(self, number: int) -> int:
        """The host reads a register: 0 = PIBFR, 1 = PIBER, 2-7 = PIR2-PIR7; FF while it has no access."""
        if not self.open:
            return 0xFF
        value = self.peek(number & 7)
        self._flags &= ~PROCESSOR_WROTE.get(number & 7, 0)
        return value

    def host_write(self, number: int, value: int) -> None:
        """The host writes a register, as in `host_read`; PIBER is the program's alone (assumed)."""
        number &= 7
        value &= 0xFF
        if not self.open or number == ENABLES:
            return
        if number == FLAGS:
            self._flags &= ~(value & PROCESSOR_MANUAL)
            self._raise(value & HOST_MANUAL & self._enables)
        else:
            self._cells[number] = value
            self._raise(HOST_WROTE.get(number, 0) & self._enables)

    def _raise(self, flags: int) -> None:
        self._flags |= flags
        if flags:
            self._interrupts.raise_flag(PIB_FLAG, self._core.clock)

    def state(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"flags": self._flags, "enables": self._enables, "cells": list(self._cells)}

    def set_state(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        self._flags = state["flags"]
        self._enables = state["enables"]
        self._cells = list(state["cells"])
