# SPDX-License-Identifier: MIT
"""Ports 0-7 and their pins.

Ports 0-6 have a data latch and a direction per bit (1 = output); reading gives the latch of an
output and the level of an input.  Pins of port 6 can be taken over by transmitters (TXD) and by T4
(P61); they keep their direction bit for the day they are given back.  Port 7 is output only: a pin
shows the PD7 latch where its PCS7 bit is 0 and is a chip select, high when idle, where it is 1.

While BCR bit 0 is 1 ports 0-3 are the bus: A0-A7, A8-A15, D0-D7, A16-A23.  Their pins and the selects
move only while somebody wants to see the bus (`emu.chip.buspins`), else they rest high.

Assumed: an input that nothing drives reads 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emu.wires import Timebase, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BUS_PORTS = range(4)
"""Ports that are the address and data bus while BCR bit 0 is 1."""

T4_OUTPUT, TRANSMITTERS = 0, 1
"""Who takes pins of port 6 over; the higher number wins."""


class Ports:
    """The eight ports.  ``pins`` maps pin names, P00 to P77, to their wires."""

    def __init__(self, timebase: Timebase | None = None, *, reads_pd7_under_selects: bool = False) -> None:
        self.data = [0] * 8
        self.direction = [0] * 8
        self.selects = 0  # PCS7
        self.active = 0  # selects that are low now
        self.bus = False  # BCR bit 0
        self.bus_levels = [0xFF] * len(BUS_PORTS)
        self.inputs = [0xFF] * 8  # what the world outside drives
        self.levels = [0xFF] * 8  # what the pins show
        self._all_of_pd7 = reads_pd7_under_selects
        self._taken = [[0, 0], [0, 0]]  # [bits of port 6, their levels] of T4 and of the transmitters
        self.pins = {
            name: Wire(name, timebase=timebase)
            for name in (f"P{port}{bit}" for port in range(8) for bit in range(8))
        }
        self._wires = tuple(tuple(self.pins[f"P{port}{bit}"] for bit in range(8)) for port in range(8))

    def reset(self, clock: int) -> None:
        """All pins inputs; port 7 drives ones; data latches of ports 0-6 clear (assumed)."""
        self.data = [0] * 7 + [0xFF]
        self.direction = [0] * 7 + [0xFF]
        self.selects = self.active = 0
        self.bus = False
        self._taken = [[0, 0], [0, 0]]
        for port in range(8):
            self._show(port, clock)

    def read(self, port: int) -> int:
        """The data register as the program sees it."""
        if port == 7:
            return self.data[7] if self._all_of_pd7 else self.data[7] & ~self.selects
        output = self.direction[port]
        seen = self.inputs[port] if self.bus and port in BUS_PORTS else self.levels[port]
        return self.data[port] & output | seen & ~output & 0xFF

    def write_data(self, port: int, value: int, clock: int) -> None:
        """Write a data latch."""
        self.data[port] = value
        self._show(port, clock)

    def write_direction(self, port: int, value: int, clock: int) -> None:
        """Write a direction register."""
        self.direction[port] = value
        self._show(port, clock)

    def write_selects(self, value: int, clock: int) -> None:
        """Write PCS7."""
        self.selects = value
        self._show(7, clock)

    def select_bus(self, on: bool, clock: int) -> None:
        """Ports 0-3 become the bus, or ports again (BCR bit 0)."""
        self.bus = on
        for port in BUS_PORTS:
            self._show(port, clock)

    def take_over(self, owner: int, mask: int, levels: int, clock: int, tick: int | None = None) -> None:
        """The bits of port 6 in `mask` belong to T4_OUTPUT or TRANSMITTERS, and have these levels.

        `tick` is the crystal time, where it is known better than by the cycle.
        """
        self._taken[owner] = [mask, levels]
        self._show(6, clock, tick)

    def drive_input(self, port: int, bit: int, level: int, clock: int) -> None:
        """The world outside puts a pin on a level; an output pin does not follow."""
        self.inputs[port] = self.inputs[port] & ~(1 << bit) | level << bit
        self._show(port, clock)

    def show_selects(self, active: int, clock: int) -> None:
        """These chip selects are low, the others high."""
        self.active = active
        self._show(7, clock)

    def show_bus(self, levels: Sequence[int], clock: int) -> None:
        """What the pins of ports 0-3 show while they are the bus."""
        self.bus_levels = list(levels)
        for port in BUS_PORTS:
            self._show(port, clock)

    def _levels(self, port: int) -> int:
        if port == 7:
            return self.data[7] & ~self.selects | self.selects & ~self.active
        if self.bus and port in BUS_PORTS:
            return self.bus_levels[port]
        output = self.direction[port]
        levels = self.data[port] & output | self.inputs[port] & ~output & 0xFF
        if port == 6:
            for mask, own in self._taken:
                levels = levels & ~mask | own & mask
        return levels

    def _show(self, port: int, clock: int, tick: int | None = None) -> None:
        levels = self._levels(port)
        changed = levels ^ self.levels[port]
        self.levels[port] = levels
        bit = 0
        while changed:
            if changed & 1:
                # Whoever listens to one pin may have moved another meanwhile.
                self._wires[port][bit].drive(self.levels[port] >> bit & 1, clock, tick)
            changed >>= 1
            bit += 1

    def state(self) -> dict[str, Any]:
        """Registers, what the world drives, and the levels of all pins (a byte per port): JSON values."""
        return {
            "data": list(self.data),
            "direction": list(self.direction),
            "selects": self.selects,
            "active": self.active,
            "bus": self.bus,
            "bus_levels": list(self.bus_levels),
            "inputs": list(self.inputs),
            "taken": [list(pair) for pair in self._taken],
            "levels": list(self.levels),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave; the pins change their level without an edge."""
        self.data = list(state["data"])
        self.direction = list(state["direction"])
        self.selects = state["selects"]
        self.active = state["active"]
        self.bus = state["bus"]
        self.bus_levels = list(state["bus_levels"])
        self.inputs = list(state["inputs"])
        self._taken = [list(pair) for pair in state["taken"]]
        self.levels = list(state["levels"])
        for wires, levels in zip(self._wires, self.levels, strict=True):
            for bit, wire in enumerate(wires):
                wire.level = levels >> bit & 1
