# SPDX-License-Identifier: MIT
"""The interrupt sources of the W65C265S and their vectors: one row per source.

Each source has a vector of its own.  The native table starts at 00:FF80, the emulation table at
00:FFC0, both in the order of these rows (WDC's published ROM sources, IRQVTRS.ASM).

Priority is "priority encoded" in the sources, the direction unstated; assumed: the highest offset
is served first.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

NATIVE_TABLE = 0xFF80
EMULATION_TABLE = 0xFFC0


@dataclass(frozen=True, slots=True)
class Source:
    """An interrupt source: its offset in both tables and the register bit that flags it.

    ``flag`` and ``enable`` name the registers, ``bit`` the bit in both; empty for the sources
    that no flag register shows (COP, BRK, ABORT, NMI, RESET).
    """

    name: str
    offset: int
    flag: str = ""
    enable: str = ""
    bit: int = 0

    @property
    def native_vector(self) -> int:
        """Where its handler's address is found in native mode (bank 0)."""
        return NATIVE_TABLE + self.offset

    @property
    def emulation_vector(self) -> int:
        """Where its handler's address is found in emulation mode (bank 0)."""
        return EMULATION_TABLE + self.offset


TIMERS = tuple(Source(f"T{n}", 2 * n, "TIFR", "TIER", n) for n in range(8))
EDGES = tuple(
    Source(name, 0x10 + 2 * bit, "EIFR", "EIER", bit)
    for bit, name in enumerate(("PE56", "NE57", "PE60", "PWM", "NE64", "NE66", "PIB", "IRQ"))
)
UARTS = tuple(Source(f"U{bit // 2}{'RT'[bit % 2]}X", 0x20 + 2 * bit, "UIFR", "UIER", bit) for bit in range(8))

MASKABLE = (*TIMERS, *EDGES, *UARTS)
"""The 24 sources that the I flag masks."""

SOURCE = MappingProxyType({source.name: source for source in MASKABLE})
"""name -> source"""

COP = Source("COP", 0x34)
BRK_NATIVE = Source("BRK", 0x36)  # 00:FFB6; the emulation table's slot is reserved
ABORT = Source("ABORT", 0x38)
NMI = Source("NMI", 0x3A)
RESET = Source("RESET", 0x3C)  # 00:FFFC, emulation table only
BRK_EMULATION = Source("BRK", 0x3E)  # 00:FFFE
