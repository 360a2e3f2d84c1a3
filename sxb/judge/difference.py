# SPDX-License-Identifier: MIT
"""The first bus cycle in which two boards differ, or the first byte in which a board differs from a journal.

found = first_difference(old, new, cycles=1_000_000)
assert found is None, found
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asm816.addresses import address_text
from emu.cpu.bus import OPCODE, WRITE
from emu.cpu.trace import decode, recorded
from sxb.exchange import wire_seconds
from sxb.judge.target import CONSOLE_UART

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emu.cpu.trace import Cycle
    from sxb.journal import Recording
    from sxb.judge.target import Target

CONTEXT = 6
"""Cycles that are shown before the difference, and the instructions that led there."""

BYTES = 32
"""Bytes of a journal that are shown before a difference and from it on."""

PATIENCE_SECONDS = 1.0
"""Emulated time that an answer may come later than in a journal."""

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


def first_difference_from_journal(recording: Recording, target: Target) -> Difference | None:
    """Do to a board what a journal says, and find the first byte that it answers otherwise; None if there is none.

    What the journal sent is sent when its time has come and all before it was heard; what it heard is waited for,
    `PATIENCE_SECONDS` longer than it took there.  What the board sends beyond the journal is not compared.
    """
    line = target.serial(CONSOLE_UART)
    begin, log, known = target.seconds, line.log, len(line.log)
    heard: list[tuple[float, int]] = []  # what the journal heard, and when
    for piece in recording.pieces:
        if line.baud != piece.baud:
            line.baud = piece.baud
        left = begin + piece.seconds - target.seconds
        if piece.direction == ">":
            if left > 0:
                target.run(seconds=left)
            line.send(piece.data)
            continue
        wanted = known + len(heard) + len(piece.data)
        if len(log) < wanted:
            target.run(
                seconds=max(left, 0.0) + wire_seconds(len(piece.data), piece.baud) + PATIENCE_SECONDS,
                until=lambda wanted=wanted: len(log) >= wanted,
            )
        heard += [(piece.seconds, byte) for byte in piece.data]
        first, came = wanted - len(piece.data) - known, bytes(byte for _, byte in log[known:wanted])
        if came[first:] != piece.data:
            return _unlike_journal(heard, came, target, begin)
    return None


def _unlike_journal(
    heard: Sequence[tuple[float, int]], came: bytes, target: Target, begin: float
) -> Difference:
    said = bytes(byte for _, byte in heard)
    at = next((n for n, pair in enumerate(zip(said, came, strict=False)) if pair[0] != pair[1]), len(came))
    emulated = repr(came[at : at + BYTES]) if at < len(came) else "nothing"
    lines = [
        f"the first difference is in byte {at + 1:,} that was heard, in the journal's {heard[at][0]:.3f} s:",
        f"before    {said[max(0, at - BYTES) : at]!r}",
        f"journal   {said[at : at + BYTES]!r}",
        f"emulator  {emulated}, and is at {target.where(target.registers.pbr << 16 | target.registers.pc)}",
    ]
    return Difference(round((target.seconds - begin) * target.phi2_hz), "\n".join(lines))


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
        place = self.target.where(cycle.address) if cycle.kind == OPCODE else address_text(cycle.address)
        return f"{cycle.clock - self.begin:>12,}  {what:8} {data}  {place}"


def _difference(sides: Sequence[_Side], before: list[Cycle], left: Cycle, right: Cycle) -> Difference:
    at = left.clock - sides[0].begin
    lines = [f"the first difference is in cycle {at:,} from the beginning:"]
    lines += [f"     {sides[0].line(cycle)}" for cycle in before[-CONTEXT:]]
    lines += [f"one  {sides[0].line(left)}", f"two  {sides[1].line(right)}"]
    return Difference(at, "\n".join(lines))
