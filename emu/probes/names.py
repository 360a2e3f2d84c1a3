# SPDX-License-Identifier: MIT
"""What an address is called: by the program's labels, the chip's registers, the monitor's library."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.target.boards import MASK_ROM
from asm816.target.interrupts import (
    ABORT,
    BRK_EMULATION,
    BRK_NATIVE,
    COP,
    MASKABLE,
    NMI,
    RESET,
)
from asm816.target.monitor import LIBRARY
from asm816.target.registers import BY_ADDRESS

if TYPE_CHECKING:
    from asm816.debuginfo import DebugInfo

INTERRUPTS = MappingProxyType(
    {
        vector: source.name
        for source in (*MASKABLE, COP, BRK_NATIVE, BRK_EMULATION, ABORT, NMI, RESET)
        for vector in (source.native_vector, source.emulation_vector)
    }
)
"""The address of a vector -> whose it is."""

_ENTRIES = MappingProxyType(
    {address: entry.name for entry in LIBRARY for address in (entry.target, entry.address)}
)


class Names:
    """The names of a program's addresses; `info` may be empty."""

    def __init__(self, info: DebugInfo) -> None:
        self._info = info
        labels = {symbol.value: symbol.name for symbol in reversed(info.symbols) if symbol.kind == "label"}
        registers = {address: register.name for address, register in BY_ADDRESS.items()}
        self.labels = MappingProxyType({**_ENTRIES, **registers, **labels})
        """Address -> name, for the disassembler; of two labels the first that was defined."""

    def of_data(self, address: int) -> str:
        """A label of the program with the distance from it, a register of the chip; empty for neither."""
        register = BY_ADDRESS.get(address)
        return register.name if register else self._label(address)

    def of_code(self, address: int) -> str:
        """``loop+3``, in the ROM ``monitor SEND_BYTE`` (or only ``monitor``); empty for neither."""
        return self._label(address) or _of_monitor(address)

    def routine(self, address: int) -> str:
        """To whom an instruction belongs: the label at or before it, the monitor, or its page."""
        found = self._info.nearest(address) if self._info.row_at(address) else None
        if found:
            return found[0].name
        return "monitor" if address in MASK_ROM else f"{address >> 16:02X}:{address >> 8 & 0xFF:02X}xx"

    def line(self, address: int) -> str:
        """``blink.asm:12``; empty where no line made what is there."""
        place = self._info.line_at(address)
        return f"{place[0]}:{place[1]}" if place else ""

    def _label(self, address: int) -> str:
        found = self._info.nearest(address) if self._info.row_at(address) else None
        if not found:
            return ""
        symbol, distance = found
        return f"{symbol.name}+{distance}" if distance else symbol.name


def _of_monitor(address: int) -> str:
    if address not in MASK_ROM:
        return ""
    name = _ENTRIES.get(address)
    return f"monitor {name}" if name else "monitor"
