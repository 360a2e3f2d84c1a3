# SPDX-License-Identifier: MIT
"""What lies around the core: what its pins say of a cycle, its vectors, its devices, its doubts.

All backends share this module; it holds no behaviour of an instruction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from emu.cpu.core import Core

    Watcher = Callable[[int, int, int], None]
    """Sees a bus cycle: address, data (NO_VALUE in an internal cycle), kind."""

# What the pins say of a cycle; a cycle without VDA and VPA is internal.
VDA = 1  # valid data address
VPA = 2  # valid program address
VPB = 4  # vector pull
LOCK = 8  # memory lock: the cycle belongs to a read-modify-write
WRITE = 16  # RWB is low

INTERNAL = 0
DATA = VDA
PROGRAM = VPA
OPCODE = VDA | VPA
VECTOR = VDA | VPB

NO_VALUE = -1
"""The data of an internal cycle, as a watcher receives it."""

CHANGING = -1
"""In `Core.steady`: the devices are to be asked."""

NEVER = 1 << 62
"""A clock value that is not reached: 4e18 cycles are 40,000 years at 3.6864 MHz."""

# Why a run ended.
REACHED = 0  # the clock is where it was to be
STOPPED = 1  # STP: only RESET goes on
STOP_HIT = 2  # a breakpoint or watchpoint; `Core.hit` and `Core.hit_kind` say which

# Attributes of a page; 0 = plain memory.
DEVICE = 1  # the access goes to the devices
STOPS = 2  # a breakpoint or watchpoint lies in the page

# Kinds of stops at an address; they can be combined.
ON_EXECUTE = 1  # before the instruction that begins there
ON_READ = 2  # behind the instruction that read it
ON_WRITE = 4  # behind the instruction that wrote it

HELD = 256
"""What the core gets instead of an opcode when a breakpoint holds it."""

# Who sees the bus cycles: bits of `Core.watched`.
BY_WATCHER = 1
BY_RING = 2

# A cycle in the ring, a 64-bit word: address 0-23, data 24-31, kind 32-36, no data 37, X 38, M 39,
# E 40, the low 23 bits of the clock behind the cycle 41-63.
RING_DATA = 24
RING_KIND = 32
RING_NO_DATA = 37
RING_MODES = 38
RING_CLOCK = 41

GAP = 31
"""The kind of a ring word that says where the clock went while the core waited: bits 0-31 hold it from bit 23 up."""

GENERAL_METHODS = 1  # bits of `Core.general`: use the general methods (benchmarks)
ABORT_ARMED = 2  # keep the registers of each instruction: ABORT may come
MARKING = 4  # note in `Core.marks` what is executed

# What `Core.marks` says of an address: the next instruction was two bytes on, as behind a branch that was
# not taken, or elsewhere.  It counts before an interrupt; an instruction that ran has one of them.
WENT_ON = 1
WENT_ELSEWHERE = 2


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Where the core finds the handlers, bank 0: (native, emulation) addresses, and RESET."""

    cop: tuple[int, int]
    brk: tuple[int, int]
    abort: tuple[int, int]
    nmi: tuple[int, int]
    irq: tuple[int, int]
    reset: int


W65C816S_VECTORS = VectorTable(
    cop=(0xFFE4, 0xFFF4),
    brk=(0xFFE6, 0xFFFE),
    abort=(0xFFE8, 0xFFF8),
    nmi=(0xFFEA, 0xFFFA),
    irq=(0xFFEE, 0xFFFE),
    reset=0xFFFC,
)
"""The table of the plain W65C816S (data sheet, "Vector locations"); the W65C265S has its own."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """Points on which public sources are silent or disagree; the defaults are the likelier.

    ``mask_late``: CLI, SEI, PLP, REP and SEP change I behind the moment at which the instruction
    samples interrupts, so that the change counts one instruction later, as on the 6502 (and in
    ares); RTI takes P early enough.  False: the change counts at once.

    ``interrupt_fetches``: the first cycle of an interrupt sequence is an opcode fetch at PC that is
    thrown away (W65C816S data sheet, row 22a).  False: it is internal.

    ``nmi_takes_brk``: an NMI that comes before the vector of BRK or COP is fetched takes their
    sequence over, as on the NMOS 6502.  False: it follows behind, as the W65C02S data sheet says
    of the CMOS parts.

    ``masked_irq_wakes``: IRQ ends WAI also while I = 1, and the next instruction follows (data
    sheet).  False: it does not.
    """

    mask_late: bool = True
    interrupt_fetches: bool = True
    nmi_takes_brk: bool = False
    masked_irq_wakes: bool = True


LIKELIEST = Doubts()


class Devices(Protocol):
    """What lies behind the slow pages, and what happens at a clock value.

    A device that needs more time (RDY low, a stretched PHI2) adds cycles to the core's clock in
    `read` or `write`.  What it raises is raised by `Core.run` behind the instruction.
    """

    def read(self, address: int) -> int:
        """The byte that a read cycle at this 24-bit address gets."""

    def write(self, address: int, value: int) -> None:
        """A write cycle."""

    def service(self) -> int:
        """Do what is due at the core's clock; returns the clock value of the next event."""


class OpenBus:
    """Devices of a core that has none: reads see what was last on the bus, nothing ever happens."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def read(self, address: int) -> int:
        """Nothing drives the bus: it keeps its last byte."""
        del address
        return self._core.bus

    def write(self, address: int, value: int) -> None:
        """Nothing listens."""

    def service(self) -> int:
        """Nothing is ever due."""
        return NEVER
