# SPDX-License-Identifier: MIT
"""Ports 0-7 and their pins.

Ports 0-6 have a data latch and a direction per bit (1 = output); reading gives the latch of an
output and the level of an input.  Port 7 is output only: a pin shows the PD7 latch where its PCS7
bit is 0 and is a chip select, high when idle, where it is 1; reading PD7 gives PD7 AND NOT PCS7
(inferred: it explains what two public sources saw).

Assumed: an input that nothing drives reads 1, and so do the pins of ports 0-3 while they are the
bus (BCR bit 0).  Chip selects as activity on the pins are not modelled yet: they stay high.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emu.wires import Timebase, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

BUS_PORTS = range(4)
"""Ports that are the address and data bus while BCR bit 0 is 1."""


class Ports:
    """The eight ports.  ``pins`` maps pin names, P00 to P77, to their wires."""

    def __init__(self, timebase: Timebase | None = None) -> None:
        self.data = [0] * 8
        self.direction = [0] * 8
        self.selects = 0  # PCS7
        self.bus = False  # BCR bit 0
        self.inputs = [0xFF] * 8  # what the world outside drives
        self.taken = 0  # bits of port 6 that transmitters have taken over
        self.pins = {
            name: Wire(name, timebase=timebase)
            for name in (f"P{port}{bit}" for port in range(8) for bit in range(8))
        }
        self._wires = tuple(tuple(self.pins[f"P{port}{bit}"] for bit in range(8)) for port in range(8))

    def reset(self, clock: int) -> None:
        """All pins inputs; port 7 drives ones; data latches of ports 0-6 clear (assumed)."""
        self.data = [0] * 7 + [0xFF]
        self.direction = [0] * 7 + [0xFF]
        self.selects = 0
        self.bus = False
        self.taken = 0
        self.show(clock)

    def read(self, port: int) -> int:
        """The data register as the program sees it."""
        if port == 7:
            return self.data[7] & ~self.selects
        output = self.direction[port]
        return self.data[port] & output | self.inputs[port] & ~output & 0xFF

    def write_data(self, port: int, value: int, clock: int) -> None:
        """Write a data latch."""
        self.data[port] = value
        self._show_port(port, clock)

    def write_direction(self, port: int, value: int, clock: int) -> None:
        """Write a direction register."""
        self.direction[port] = value
        self._show_port(port, clock)

    def write_selects(self, value: int, clock: int) -> None:
        """Write PCS7."""
        self.selects = value
        self._show_port(7, clock)

    def select_bus(self, on: bool, clock: int) -> None:
        """Ports 0-3 become the bus, or ports again (BCR bit 0)."""
        self.bus = on
        for port in BUS_PORTS:
            self._show_port(port, clock)

    def take_over(self, mask: int, clock: int) -> None:
        """The bits of port 6 in `mask` belong to transmitters, which drive the pins themselves."""
        self.taken = mask
        self._show_port(6, clock)

    def drive_input(self, port: int, bit: int, level: int, clock: int) -> None:
        """The world outside puts a pin on a level; an output pin does not follow."""
        self.inputs[port] = self.inputs[port] & ~(1 << bit) | level << bit
        self._show_port(port, clock)

    def show(self, clock: int) -> None:
        """Put all pins where the registers say."""
        for port in range(8):
            self._show_port(port, clock)

    def _levels(self, port: int) -> int:
        if port == 7:
            return self.data[7] | self.selects
        if self.bus and port in BUS_PORTS:
            return 0xFF
        output = self.direction[port]
        return self.data[port] & output | self.inputs[port] & ~output & 0xFF

    def _show_port(self, port: int, clock: int) -> None:
        levels = self._levels(port)
        taken = self.taken if port == 6 else 0
        for bit, wire in enumerate(self._wires[port]):
            if not taken >> bit & 1:
                wire.drive(levels >> bit & 1, clock)

    def state(self) -> dict[str, Any]:
        """Registers, what the world drives, and the levels of all pins (a byte per port): JSON values."""
        return {
            "data": list(self.data),
            "direction": list(self.direction),
            "selects": self.selects,
            "bus": self.bus,
            "inputs": list(self.inputs),
            "taken": self.taken,
            "levels": [sum(wire.level << bit for bit, wire in enumerate(wires)) for wires in self._wires],
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave; the pins change their level without an edge."""
        self.data = list(state["data"])
        self.direction = list(state["direction"])
        self.selects = state["selects"]
        self.bus = state["bus"]
        self.inputs = list(state["inputs"])
        self.taken = state["taken"]
        for wires, levels in zip(self._wires, state["levels"], strict=True):
            for bit, wire in enumerate(wires):
                wire.level = levels >> bit & 1
