# SPDX-License-Identifier: MIT
"""What a run can wait for: an address, a pin, or whatever a function says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from emu.cpu.bus import ON_EXECUTE
from emu.cpu.stops import forget_stop, stop_at
from emu.errors import EmuError
from emu.memory import check_address

if TYPE_CHECKING:
    from emu.machine import Machine

POLL_CYCLES = 2048
"""How often a function is asked: half a character at 9600 baud and 3.6864 MHz."""


@dataclass(frozen=True, slots=True)
class PinEdge:
    """The next edge of a pin: to this level, or any if None."""

    pin: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class PinLevel:
    """A pin on this level: at once if it is there already, else its next edge to it."""

    pin: str
    level: int


Until = int | frozenset[int] | PinEdge | PinLevel | Callable[[], bool]
"""An address of 24 bits stands for: before the instruction that begins there, the first one left out; a
frozenset of addresses for any of them.  They cost a run nothing but in their own 256-byte pages."""


class Condition(Protocol):
    """Something a run waits for, between `arm` and `disarm`."""

    period: int | None
    """Cycles between two looks at `met`; None: the condition ends the core's run by itself."""

    def arm(self, machine: Machine) -> None:
        """A run begins."""

    def disarm(self) -> None:
        """The run is over."""

    def met(self) -> bool:
        """It has happened."""


class Never:
    """Nothing is waited for."""

    period: int | None = None

    def arm(self, machine: Machine) -> None:
        """Nothing to do."""

    def disarm(self) -> None:
        """Nothing to do."""

    def met(self) -> bool:
        """Never."""
        return False


class Said:
    """A function says so."""

    period: int | None = POLL_CYCLES

    def __init__(self, function: Callable[[], bool]) -> None:
        self._function = function

    def arm(self, machine: Machine) -> None:
        """Nothing to do."""

    def disarm(self) -> None:
        """Nothing to do."""

    def met(self) -> bool:
        """Ask it."""
        return self._function()


class Arrived:
    """PC has come to one of some addresses."""

    period: int | None = None

    def __init__(self, addresses: frozenset[int]) -> None:
        self._addresses = addresses

    def arm(self, machine: Machine) -> None:
        """Stops are set; the instruction that PC is at now does not count."""
        core = self._core = machine.chip.core
        self._own = [place for place in self._addresses if not core.stops.get(place, 0) & ON_EXECUTE]
        for place in self._own:
            stop_at(core, place)
        core.hit, core.hit_clock, core.hit_kind = core.pbr << 16 | core.pc, core.clock, 0

    def disarm(self) -> None:
        """The stops that were set here are taken away."""
        for place in self._own:
            forget_stop(self._core, place, ON_EXECUTE)

    def met(self) -> bool:
        """The core was stopped at one of them."""
        return self._core.hit_kind == ON_EXECUTE and self._core.hit in self._addresses


class Edge:
    """A pin has changed."""

    period: int | None = None

    def __init__(self, pin: str, level: int | None, *, now: bool) -> None:
        self._pin = pin
        self._wanted = level
        self._now = now
        self._met = False

    def arm(self, machine: Machine) -> None:
        """Listen to the pin."""
        self._core = machine.chip.core
        self._wire = machine.pin(self._pin)
        self._met = self._now and self._wire.level == self._wanted
        self._wire.listen(self._hear)

    def disarm(self) -> None:
        """Listen no longer."""
        self._wire.ignore(self._hear)

    def met(self) -> bool:
        """The edge has come."""
        return self._met

    def _hear(self, level: int, clock: int) -> None:
        del clock
        if self._wanted in (None, level):
            self._met = True
            # The run ends behind the instruction under way.
            self._core.until = self._core.clock
            self._core.event = 0


def condition_of(until: Until | None) -> Condition:
    """The condition that a value stands for.  Raises EmuError if it stands for none."""
    match until:
        case None:
            return Never()
        case PinEdge():
            return Edge(until.pin, until.level, now=False)
        case PinLevel():
            return Edge(until.pin, until.level, now=True)
        case bool():
            pass  # an int to Python, but no address
        case int():
            return Arrived(frozenset((check_address(until),)))
        case frozenset():
            return Arrived(frozenset(map(check_address, until)))
        case _ if callable(until):
            return Said(until)
    raise EmuError(
        "E2081", f"a run cannot wait for {until!r}", "give an address, a function, PinEdge or PinLevel"
    )
