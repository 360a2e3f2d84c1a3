# SPDX-License-Identifier: MIT
"""What the public sources leave open about the W65C265S, as settings: the likelier is the default.

WDC's data sheet was not at hand; each row says what is known and why the default was taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class PulseCapture(Enum):
    """What a selected edge on P62 does to T7 (TCR bits 2 and 3)."""

    CAPTURE = "capture"
    """The counter goes to the latch, and starts again from FFFF: the latch is FFFF - width."""

    FLAG_ONLY = "flag only"
    """The edge sets its flag; T7 counts on, and the program compares two readings."""


@dataclass(frozen=True, slots=True)
class ChipSettings:
    """Facts in doubt."""

    highest_offset_first: bool = True
    """Interrupt priority: the sources call it "priority encoded" without a direction.  The monitor runs
    with either; the highest offset first puts the UARTs before the timers, whose flags wait."""

    irq_flag_follows_pin: bool = True
    """EIFR bit 7 is P41 low, as long as it is low.  False: the level sets the flag, and writing 1
    clears it once the pin is high.  A level input that has gone away asks for nothing."""

    nmi_on_edge: bool = True
    """NMI comes once per falling edge of (P40 low and BCR bit 6).  False: again after each instruction
    while it is low, as one source's "level sensitive" may mean; a handler could then never run."""

    watchdog_resets: bool = True
    """An underflow of T0 while BCR bit 4 is 1 resets the chip.  False: nothing but the flag.  No source
    says what the watchdog does; there is no other line it could pull."""

    pulse_capture: PulseCapture = PulseCapture.CAPTURE
    """Pulse width measurement; the sources name the pin, the timer and the edges only."""

    t4_counts_rising: bool = False
    """Which edge of P60 T4 counts (TCR bit 0).  Falling, as the pulse counters of this maker's parts do."""

    t4_output_starts_high: bool = True
    """Level of P61 when TCR bit 1 is switched on; each underflow of T4 changes it.  High, as the
    pin idles as a transmitter's."""

    tone_waits_for_enable: bool = True
    """A tone starts at the beginning of its wave when BCR bit 1 or 2 is set.  False: the wave runs on
    behind a pin that rests at 0."""

    counter_high_byte_latched: bool = False
    """Reading TnCL keeps TnCH of that moment for the next read of it.  Nothing says so."""

    timers_cleared_by_reset: bool = False
    """RES clears latches and counters of the timers.  No source says so; where it does, the monitor's clock
    never survives the reset button, since its checksum covers the latch of T4."""

    bus_hides_ports: bool = False
    """While ports 0-3 are the bus (BCR bit 0) their registers DF00-DF07 do not answer: chip select 0
    does.  The boot code writes them with the bus on, so they are taken to be there."""

    reads_pd7_under_selects: bool = False
    """PD7 reads its latch where a pin is a chip select.  False: 0 there, which explains two public
    observations (PD7 reads 04 with PCS7 = FB)."""


DEFAULTS = ChipSettings()
