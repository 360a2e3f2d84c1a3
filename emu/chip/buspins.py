# SPDX-License-Identifier: MIT
"""The bus on the pins, for those who want to see it: chip selects, addresses and data.

A select (PCS7 bit n, pin P7n) is low for as long as an access to its range lasts; ports 0-3 show address
and data of the accesses outside the chip, and with BCR bit 3 (ICE) of those inside too.  Between
accesses the selects are high and the bus pins keep what they showed (assumed).  Select 2, "on-chip
area" in the sources, is taken to be low for everything on the chip.

An edge has the clock value at which its cycle begins or ends.  The chip's RUN and BA signals, which ICE
also concerns, are on none of its ports and are not modelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.selects import ON_CHIP_SELECT, SELECTS
from emu.chip.memory import ON_CHIP

if TYPE_CHECKING:
    from emu.chip.clocks import Clocks, Schedule
    from emu.chip.ports import Ports

_PORTS_0_TO_3 = SELECTS[0]


class BusPins:
    """What the last access left on the pins."""

    def __init__(self, clocks: Clocks, schedule: Schedule, ports: Ports) -> None:
        self._clocks = clocks
        self._ports = ports
        self._end = 0  # the clock value at which the last access ended
        self._release = schedule.alarm("selects", self._released)
        self.ice = False

    def access(self, owner: int, address: int, value: int, start: int, end: int) -> None:
        """A bus cycle from one clock value to another; `owner` as in `emu.chip.memory`."""
        ports = self._ports
        if ports.active and start > self._end:
            ports.show_selects(0, self._end)
        ports.show_selects(self._active(owner, address), start)
        if owner != ON_CHIP or self.ice:
            ports.show_bus([address & 0xFF, address >> 8 & 0xFF, value, address >> 16], start)
        self._end = end
        if ports.active:
            self._release.set(self._clocks.tick_of(end))

    def _active(self, owner: int, address: int) -> int:
        number, area = _PORTS_0_TO_3
        active = 1 << number if address in area else 0
        active |= 1 << (ON_CHIP_SELECT if owner == ON_CHIP else owner)
        return active & self._ports.selects

    def _released(self, tick: int) -> None:
        del tick
        self._ports.show_selects(0, self._end)

    def state(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"end": self._end, "ice": self.ice}

    def set_state(self, state: dict[str, Any]) -> None:
        """Go back to what `state` gave."""
        self._end = state["end"]
        self.ice = state["ice"]
