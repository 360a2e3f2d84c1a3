# SPDX-License-Identifier: MIT
"""What the monitor hands over to a program at `G`: registers and cells.

`G` with six digits stores the address in the cells of the saved PC and of the address typed last, takes
the mark of a served BRK away, and starts the program with the saved registers by RTI, in native mode (monitor
sources; executed).  After a boot these are A = 0, X = E0B7, Y = 0, D = 0, DBR = 0, P = 22 (M = 1, X = 0,
I = 0), S = 01FF.  What typing leaves behind besides, in the rings of UART 3, its flags and below the
stack, is not there: nothing was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.target.monitor import CELLS
from emu.registers import Registers

if TYPE_CHECKING:
    from collections.abc import Callable

AFTER_BOOT = Registers(pc=0, s=0x01FF, p=0x22, a=0, x=0xE0B7, y=0, dbr=0, d=0, pbr=0, e=0)
"""The saved registers after a boot, without PC."""

_SAVED = {"a": "ACC", "x": "XREG", "y": "YREG", "s": "STK_PTR", "d": "DIRREG"}
_SAVED_BYTES = {"dbr": "DBREG", "p": "FLGS"}

BREAK_SERVED = 0x03
"""Bits of the cell SB_SENTL: the monitor came by BRK or NMI, and is at its prompt."""


def at_prompt(peek: Callable[[int], int]) -> bool:
    """The monitor holds saved registers: it has come to its prompt by BRK or NMI, as behind a boot."""
    return bool(peek(CELLS["SB_SENTL"]) & BREAK_SERVED)


def saved_registers(peek: Callable[[int], int]) -> dict[str, int]:
    """The registers in the monitor's cells, PC apart."""
    words = {name: peek(CELLS[cell]) | peek(CELLS[cell] + 1) << 8 for name, cell in _SAVED.items()}
    return {**words, **{name: peek(CELLS[cell]) for name, cell in _SAVED_BYTES.items()}, "e": 0}


def cells(address: int) -> list[tuple[int, bytes]]:
    """What `G` writes for a program at this address: (address, bytes) each."""
    place = address.to_bytes(3, "little")
    return [(CELLS["PCL"], place), (CELLS["TMP2"], place), (CELLS["SB_SENTL"], b"\0")]
