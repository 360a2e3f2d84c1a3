# SPDX-License-Identifier: MIT
"""How many cycles an instruction takes, as far as that can be said before it runs.

The instruction table has a least count and the footnotes that may add to it.  What is known of the
widths settles some of them: an immediate of one byte is only read as one while its register is 8 bits
wide, and 16-bit registers exist in native mode only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asm816.target.isa import EXTRA_CYCLES, Mode, Width

if TYPE_CHECKING:
    from asm816.target.isa import Op


@dataclass(frozen=True, slots=True)
class Cycles:
    """At least ``least`` PHI2 cycles; ``extras`` are the letters of `EXTRA_CYCLES` that may add to them.

    For block moves the count is per byte moved.
    """

    least: int
    extras: str = ""

    @property
    def most(self) -> int:
        """The cycles when all extras are added."""
        return self.least + sum(EXTRA_CYCLES[letter][1] for letter in self.extras)

    def __str__(self) -> str:
        return f"{self.least} +{'+'.join(self.extras)}" if self.extras else str(self.least)


def cycles_of(
    op: Op,
    operand_bytes: int,
    m8: bool | None = None,
    x8: bool | None = None,
    *,
    emulation: bool | None = None,
    crosses: bool | None = None,
) -> Cycles:
    """The cycles of `op` with so many operand bytes.

    `m8` and `x8` are the widths, `emulation` is the mode, `crosses` says whether a branch goes to another
    page; None if that is not known.
    """
    if op.mode is Mode.IMMEDIATE and op.width is Width.M:
        m8 = operand_bytes == 1
    if op.mode is Mode.IMMEDIATE and op.width is Width.X:
        x8 = operand_bytes == 1
    native = True if m8 is False or x8 is False else _not(emulation)
    holds = {
        "m": _not(m8),
        "r": _not(m8),
        "x": _not(x8),
        "p": True if x8 is False else None,
        "n": native,
        "b": False if crosses is False or native else emulation and crosses,
    }
    sure = [letter for letter in op.extras if holds.get(letter) is True]
    open_ = "".join(letter for letter in op.extras if holds.get(letter) is None)
    return Cycles(op.cycles + sum(EXTRA_CYCLES[letter][1] for letter in sure), open_)


def _not(known: bool | None) -> bool | None:
    return None if known is None else not known


def legend(letters: set[str]) -> list[str]:
    """What the letters of the cycle column mean."""
    return [
        f"+{letter}  {count} more if {condition}"
        for letter, (condition, count) in EXTRA_CYCLES.items()
        if letter in letters
    ]
