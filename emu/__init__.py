# SPDX-License-Identifier: MIT
"""An emulator of the W65C265S boards, exact to the cycle.

    from emu import Board

Names load on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emu.board import Board as Board
    from emu.board import Stop as Stop
    from emu.errors import EmuError as EmuError
    from emu.registers import Registers as Registers
    from emu.until import PinEdge as PinEdge
    from emu.until import PinLevel as PinLevel

_HOMES = {
    "Board": "emu.board",
    "EmuError": "emu.errors",
    "PinEdge": "emu.until",
    "PinLevel": "emu.until",
    "Registers": "emu.registers",
    "Stop": "emu.board",
}

__all__ = ["Board", "EmuError", "PinEdge", "PinLevel", "Registers", "Stop"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
