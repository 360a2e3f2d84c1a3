# SPDX-License-Identifier: MIT
"""Pins that ask for attention: six edges and IRQ, flagged in EIFR, and P40 as NMI or ABORT.

An edge counts as it is seen on the pin, whoever drives it, and sets its flag whether it is enabled
or not (as the timers do).  P40 is NMI while BCR bit 6 is 1, ABORT while bit 5 is 1 (both: NMI).

Assumed: ABORT is looked at between two instructions; it saves the address of the one that comes
next, as if it had come in that one's first cycle.  The chip would also undo an instruction under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.interrupts import SOURCE
from asm816.target.registers import MASK
from emu.chip.interrupts import EDGE
from emu.cpu.bus import NEVER

if TYPE_CHECKING:
    from emu.chip.interrupts import Interrupts
    from emu.chip.ports import Ports
    from emu.chip.settings import ChipSettings
    from emu.cpu.core import Core

RISING, FALLING = 1, 0
EDGES = (
    ("P56", RISING, SOURCE["PE56"]),
    ("P57", FALLING, SOURCE["NE57"]),
    ("P60", RISING, SOURCE["PE60"]),
    ("P64", FALLING, SOURCE["NE64"]),
    ("P66", FALLING, SOURCE["NE66"]),
)
"""(pin, which edge, whose flag it sets); PWM is in `emu.chip.pulses`, PIB in `emu.chip.parallel`."""

IRQ_PIN, NMI_PIN = "P41", "P40"
IRQ_BIT = SOURCE["IRQ"].bit
ABORT_ON = MASK["BCR_ABORT"]
NMI_ON = MASK["BCR_NMI"]


class _EdgeFlag:
    """One edge on one pin."""

    def __init__(self, edge: int, bit: int, interrupts: Interrupts) -> None:
        self._edge = edge
        self._bit = EDGE + bit
        self._interrupts = interrupts

    def __call__(self, level: int, clock: int) -> None:
        """The pin has changed."""
        if level == self._edge:
            self._interrupts.raise_flag(self._bit, clock)


class Requests:
    """The pins, listened to."""

    def __init__(self, core: Core, ports: Ports, interrupts: Interrupts, settings: ChipSettings) -> None:
        self._core = core
        self._interrupts = interrupts
        self._settings = settings
        self._control = 0  # BCR
        self._asserted = False  # P40 is low and used
        for pin, edge, source in EDGES:
            ports.pins[pin].listen(_EdgeFlag(edge, source.bit, interrupts))
        self._irq_pin = ports.pins[IRQ_PIN]
        self._nmi_pin = ports.pins[NMI_PIN]
        self._irq_pin.listen(self._irq_changed)
        self._nmi_pin.listen(self._nmi_changed)

    def reset(self, clock: int) -> None:
        """The flags have been cleared; a level that is there is there again."""
        self._control = 0
        self._asserted = False
        self._irq_changed(self._irq_pin.level, clock)

    def write_control(self, value: int, clock: int) -> None:
        """Write BCR bits 5 and 6."""
        self._control = value & (NMI_ON | ABORT_ON)
        self._nmi_changed(self._nmi_pin.level, clock)

    def acknowledge(self, mask: int, clock: int) -> None:
        """Ones written to EIFR: the flags go, but not IRQ while its pin is low."""
        if not self._irq_pin.level:
            mask &= ~(1 << IRQ_BIT)
        self._interrupts.clear_flags(mask << EDGE, clock)

    @property
    def aborts(self) -> bool:
        """What P40 asks for is an ABORT."""
        return self._control == ABORT_ON

    def repeat(self) -> None:
        """Between two instructions: a level that is still there asks again, if it is a level."""
        if self._asserted and not self._settings.nmi_on_edge and self._core.nmi_since == NEVER:
            self._core.nmi_since = self._core.clock - 1

    def _irq_changed(self, level: int, clock: int) -> None:
        if not level:
            self._interrupts.raise_flag(EDGE + IRQ_BIT, clock)
        elif self._settings.irq_flag_follows_pin:
            self._interrupts.clear_flags(1 << EDGE + IRQ_BIT, clock)

    def _nmi_changed(self, level: int, clock: int) -> None:
        asserted = not level and bool(self._control)
        if asserted and not self._asserted:
            self._core.nmi_since = clock
            self._core.event = 0
        self._asserted = asserted

    def state(self) -> list[Any]:
        """[BCR bits 5 and 6, P40 asserted], plain JSON values."""
        return [self._control, self._asserted]

    def set_state(self, state: list[Any]) -> None:
        """Go back to what `state` gave."""
        self._control, self._asserted = state
