# SPDX-License-Identifier: MIT
"""The first bus cycle in which two boards differ: two revisions of a program, two cores, two boards.

found = first_difference(old, new, cycles=1_000_000)
assert found is None, found
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emu.cpu.bus import OPCODE, WRITE
from emu.cpu.trace import decode, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emu.cpu.trace import Cycle
    from sxb.judge.target import Target

CONTEXT = 6
"""Cycles that are shown before the difference, and the instructions that led there."""

_SLICE = 1 << 14
_RING = 1 << 16


@dataclass(frozen=True)
class Difference:
    """``cycle`` counts from where both began; ``text`` is for people, context and all."""

    cycle: int
    text: str

    def __str__(self) -> str:
        """The text."""
        return self.text


def first_difference(one: Target, other: Target, *, cycles: int) -> Difference | None:
    """Run two boards side by side and find the first bus cycle in which they differ; None if there is none.

    Both go on from where they are, by about `cycles` PHI2 cycles; a cycle is what lies on the bus, and when.
    """
    sides = (_Side(one), _Side(other))
    before: list[Cycle] = []
    done = 0
    while done < cycles:
        for side in sides:
            side.run(min(_SLICE, cycles - done))
        pairs = list(zip(sides[0].waiting, sides[1].waiting, strict=False))
        for number, (left, right) in enumerate(pairs):
            if sides[0].plain(left) != sides[1].plain(right):
                before += sides[0].waiting[:number]
                return _difference(sides, before, left, right)
        if not pairs:
            return None  # both stand still
        before = (before + sides[0].waiting[: len(pairs)])[-64:]
        for side in sides:
            del side.waiting[: len(pairs)]
        done += _SLICE
    return None


class _Side:
    """One of the two: runs, and keeps the cycles that were not compared yet."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.begin = target.cycle
        self.waiting: list[Cycle] = []
        target.chip.core.keep_cycles(_RING)

    def run(self, cycles: int) -> None:
        core = self.target.chip.core
        first, clock = core.ring_count, core.clock
        self.target.run(cycles=cycles)
        self.waiting += decode(recorded(core, first), clock)

    def plain(self, cycle: Cycle) -> tuple[int, int, int | None, int, int]:
        return cycle.clock - self.begin, cycle.address, cycle.data, cycle.kind, cycle.modes

    def line(self, cycle: Cycle) -> str:
        data = "--" if cycle.data is None else f"{cycle.data:02X}"
        what = (
            "writes"
            if cycle.kind & WRITE
            else "opcode"
            if cycle.kind == OPCODE
            else "reads"
            if cycle.kind
            else "internal"
        )
        place = (
            self.target.where(cycle.address)
            if cycle.kind == OPCODE
            else f"{cycle.address >> 16:02X}:{cycle.address & 0xFFFF:04X}"
        )
        return f"{cycle.clock - self.begin:>12,}  {what:8} {data}  {place}"


def _difference(sides: Sequence[_Side], before: list[Cycle], left: Cycle, right: Cycle) -> Difference:
    at = left.clock - sides[0].begin
    lines = [f"the first difference is in cycle {at:,} from the beginning:"]
    lines += [f"     {sides[0].line(cycle)}" for cycle in before[-CONTEXT:]]
    lines += [f"one  {sides[0].line(left)}", f"two  {sides[1].line(right)}"]
    return Difference(at, "\n".join(lines))
