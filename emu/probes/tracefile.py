# SPDX-License-Identifier: MIT
"""Recorded bus cycles as lines of text: every cycle, or an instruction a line, with names and source lines.

    clock           cycles  address  bytes        instruction          where
    1234567              3  00:00B8  D0 FD        bne again            again  blink.asm:12

The clock counts PHI2 cycles to the beginning of the cycle or instruction.  Registers are
not on the bus and so not in a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from asm816.addresses import address_text
from asm816.disassembler import Widths, disassemble
from asm816.target.isa import OPCODES
from emu.cpu.bus import (
    OPCODE,
    PROGRAM,
    RING_CLOCK,
    RING_DATA,
    RING_KIND,
    RING_MODES,
    RING_NO_DATA,
    VPB,
)
from emu.cpu.trace import Cycle, WordClock
from emu.probes.names import INTERRUPTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from emu.probes.names import Names

ALL = ((0, 0xFFFFFF),)
"""Every address."""

Ranges = tuple[tuple[int, int], ...]
"""(first, last) of 24-bit addresses."""

CYCLE_HEAD = "       clock  address  data  pins      where\n"
INSTRUCTION_HEAD = "       clock  cycles  address  bytes        instruction           where\n"

_ADDRESS = 0xFFFFFF
_BUS = (1 << RING_CLOCK) - 1


class CycleLines:
    """A line per bus cycle whose address lies in one of `ranges`."""

    head = CYCLE_HEAD

    def __init__(self, names: Names, clock: int, ranges: Ranges = ALL, origin: int = 0) -> None:
        """`clock` is the core's before the first cycle, `origin` what the lines count from."""
        self._names = names
        self._clock = WordClock(clock)
        self._origin = origin
        self._ranges = None if ranges == ALL else ranges
        self._starts: dict[int, str] = {}  # by word without its clock: what repeats is made once
        self._places: dict[int, str] = {}

    def feed(self, words: Iterable[int]) -> str:
        """The lines of the next words."""
        lines = []
        texts, ranges, origin = self._starts, self._ranges, self._origin + 1
        for clock, word in self._clock.cycles(words):
            bus = word & _BUS
            if ranges is None or _within(word & _ADDRESS, ranges):
                lines.append(f"{clock - origin:12}  {texts.get(bus) or self._text(bus)}")
        return "".join(lines)

    def finish(self) -> str:
        """Nothing is left."""
        return ""

    def _text(self, bus: int) -> str:
        address = bus & _ADDRESS
        data = None if bus >> RING_NO_DATA & 1 else bus >> RING_DATA & 0xFF
        kind = bus >> RING_KIND & 0x1F
        cycle = Cycle(0, address, data, kind, bus >> RING_MODES & 7)
        where = self._where(address, kind)
        shown = "--" if data is None else f"{data:02X}"
        text = f"{address_text(address)}  {shown}    {cycle.flags}  {where}".rstrip() + "\n"
        if len(self._starts) < _MOST_KEPT:
            self._starts[bus] = text
        return text

    def _where(self, address: int, kind: int) -> str:
        if not kind:
            return ""
        key = address << 1 | (kind == OPCODE)
        where = self._places.get(key)
        if where is None:
            code = kind == OPCODE
            name = self._names.of_code(address) if code else self._names.of_data(address)
            if kind & VPB:
                name = f"vector {INTERRUPTS.get(address & 0xFFFE, '')}".rstrip()
            where = self._places[key] = f"{name}  {self._names.line(address)}".strip() if code else name
        return where


_MOST_KEPT = 1 << 17
"""So many different lines are kept; a program seldom has more that repeat."""


class _Begun(NamedTuple):
    """An instruction of which the next one has not begun: clock before it, PC, modes."""

    clock: int
    pc: int
    modes: int
    opcode: int


class InstructionLines:
    """A line per instruction that begins in one of `ranges`, and one per interrupt that strikes there."""

    head = INSTRUCTION_HEAD

    def __init__(self, names: Names, clock: int, ranges: Ranges = ALL, origin: int = 0) -> None:
        """`clock` is the core's before the first cycle, `origin` what the lines count from."""
        self._names = names
        self._clock = WordClock(clock)
        self._origin = origin
        self._ranges = None if ranges == ALL else ranges
        self._begun: _Begun | None = None
        self._operand = bytearray()
        self._vector = 0
        self._texts: dict[tuple[int, int, bytes], str] = {}

    def feed(self, words: Iterable[int]) -> str:
        """The lines of the instructions that ended."""
        lines: list[str] = []
        for clock, word in self._clock.cycles(words):
            kind = word >> RING_KIND & 0x1F
            if kind == OPCODE:
                self._end(clock - 1, lines.append)
                self._begun = _Begun(
                    clock - 1, word & _ADDRESS, word >> RING_MODES & 7, word >> RING_DATA & 0xFF
                )
            elif kind == PROGRAM:
                self._operand.append(word >> RING_DATA & 0xFF)
            elif kind & VPB and not self._vector:
                self._vector = word & 0xFFFF
        return "".join(lines)

    def finish(self) -> str:
        """The last instruction."""
        lines: list[str] = []
        self._end(self._clock.clock, lines.append)
        return "".join(lines)

    def _end(self, clock: int, write: Callable[[str], None]) -> None:
        begun, operand, vector = self._begun, bytes(self._operand), self._vector
        self._begun, self._vector = None, 0
        self._operand.clear()
        if begun is None or (self._ranges is not None and not _within(begun.pc, self._ranges)):
            return
        struck = vector and OPCODES[begun.opcode].mnemonic not in ("BRK", "COP")
        text = self._interrupt(begun.pc, vector) if struck else self._text(begun, operand)
        write(f"{begun.clock - self._origin:12}  {clock - begun.clock:6}  {text}")

    def _interrupt(self, pc: int, vector: int) -> str:
        name = INTERRUPTS.get(vector, "")
        return f"{address_text(pc)}  {'':11}  {'interrupt ' + name:20}  vector {address_text(vector)}\n"

    def _text(self, begun: _Begun, operand: bytes) -> str:
        key = begun.pc, begun.modes << 8 | begun.opcode, operand
        text = self._texts.get(key)
        if text is None:
            text = self._new_text(begun, operand)
            if len(self._texts) < _MOST_KEPT:
                self._texts[key] = text
        return text

    def _new_text(self, begun: _Begun, operand: bytes) -> str:
        m8, x8 = bool(begun.modes & 2), bool(begun.modes & 1)
        size = OPCODES[begun.opcode].size(m8, x8)
        data = bytes((begun.opcode, *operand))[:size]
        (piece, *_) = disassemble(data, begun.pc, Widths(m8, x8), self._names.labels)
        where = f"{self._names.of_code(begun.pc)}  {self._names.line(begun.pc)}".strip()
        code = data.hex(" ").upper()
        return f"{address_text(begun.pc)}  {code:11}  {piece.text:20}  {where}".rstrip() + "\n"


Lines = CycleLines | InstructionLines


def _within(address: int, ranges: Ranges) -> bool:
    return any(first <= address <= last for first, last in ranges)
