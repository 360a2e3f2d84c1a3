# SPDX-License-Identifier: MIT
"""Where the time goes: PHI2 cycles per instruction address, summed by routine and by source line.

The cycles of an instruction are those until the next one begins, waiting (WAI) included; what an
interrupt takes until its handler begins counts as `INTERRUPT`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emu.cpu.bus import OPCODE, RING_DATA, RING_KIND, VPB
from emu.cpu.trace import WordClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from emu.probes.names import Names

INTERRUPT = "(interrupt)"

_SOFTWARE_INTERRUPTS = (0x00, 0x02)
"""BRK and COP pull vectors, too."""

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Share:
    """What fell to a routine or line: PHI2 cycles, instructions, and its part of all cycles (0 to 1)."""

    name: str
    cycles: int
    instructions: int
    part: float


class Profile:
    """Counts while it is fed with recorded bus cycles."""

    def __init__(self, clock: int) -> None:
        """`clock` is the core's before the first cycle."""
        self.cycles: Counter[int] = Counter()
        """By address of the instruction; -1 stands for interrupts."""
        self.instructions: Counter[int] = Counter()
        self._clock = WordClock(clock)
        self._begun = clock
        self._pc = _NOWHERE
        self._software = False

    def feed(self, words: Iterable[int]) -> None:
        """The next words of the ring."""
        for clock, word in self._clock.cycles(words):
            kind = word >> RING_KIND & 0x1F
            if kind == OPCODE:
                self._next(clock - 1, word)
            elif kind & VPB and self._pc != _NOWHERE and not self._software:
                self.instructions[self._pc] -= 1  # it had not begun
                self._pc = _NOWHERE

    def finish(self) -> None:
        """Count the last instruction."""
        self._count(self._clock.clock)

    def by_routine(self, names: Names) -> list[Share]:
        """The routines, the longest time first."""
        return self._shares(names.routine)

    def by_line(self, names: Names) -> list[Share]:
        """The source lines, the longest time first; what no line made is left out."""
        return [share for share in self._shares(names.line) if share.name]

    def _next(self, clock: int, word: int) -> None:
        self._count(clock)
        self._pc = word & 0xFFFFFF
        self._software = (word >> RING_DATA & 0xFF) in _SOFTWARE_INTERRUPTS
        self.instructions[self._pc] += 1

    def _count(self, clock: int) -> None:
        if clock > self._begun:
            self.cycles[self._pc] += clock - self._begun
        self._begun = clock

    def _shares(self, name_of: Callable[[int], str]) -> list[Share]:
        cycles: Counter[str] = Counter()
        instructions: Counter[str] = Counter()
        for address, count in self.cycles.items():
            name = INTERRUPT if address == _NOWHERE else name_of(address)
            cycles[name] += count
            instructions[name] += self.instructions[address]
        whole = cycles.total() or 1
        return [
            Share(name, count, instructions[name], count / whole)
            for name, count in sorted(cycles.items(), key=lambda item: (-item[1], item[0]))
        ]
