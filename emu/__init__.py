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
    from emu.board import Registers as Registers
    from emu.board import Stop as Stop
    from emu.errors import EmuError as EmuError

_HOMES = {
    "Board": "emu.board",
    "Registers": "emu.board",
    "Stop": "emu.board",
    "EmuError": "emu.errors",
}

__all__ = ["Board", "EmuError", "Registers", "Stop"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
