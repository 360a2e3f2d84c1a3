# SPDX-License-Identifier: MIT
"""One subroutine run by itself: registers in, registers, cycles and writes out, and what is expected of them.

The routine is entered as JSR or JSL would, with interrupts masked, on a machine of its own that holds the
memory and the devices of the judged board; the board itself does not notice.  It returns to an address where the core is
stopped.  Cycles are those from its first instruction to its RTS or RTL, the caller's JSR not counted.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.target.isa import OPCODES
from emu.cpu.bus import BY_RING, ON_EXECUTE, OPCODE, RING_DATA, RING_KIND, RING_NO_DATA, WRITE
from emu.cpu.stops import stop_at
from emu.cpu.trace import recorded
from emu.registers import LARGEST, registers_of
from sxb.judge.unlike import Unlike, hide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from emu.machine import Machine
    from emu.registers import Registers

__tracebackhide__ = hide

RETURN_TO = 0xFFF0
"""Where the routine returns to, in its own bank: among the vectors, where no program is."""

MOST_CYCLES = 1_000_000
"""A routine that takes more than a quarter of a second has gone astray, unless the call allows it."""

_SLICE = 16_384
"""Cycles between two looks at what was written; the ring holds twice as many."""

_LAST = 6
"""Instructions that are shown of a routine that does not return."""

_PUSHES = frozenset(
    op.code
    for op in OPCODES
    if op.mnemonic[:2] in ("PH", "PE") or op.mnemonic in ("JSR", "JSL", "BRK", "COP")
)
"""Opcodes that write to the stack and nowhere else."""

CARRY, IRQ_MASKED, DECIMAL, INDEX_8, MEMORY_8 = 0x01, 0x04, 0x08, 0x10, 0x20


@dataclass(frozen=True, slots=True)
class Entry:
    """How a routine is entered."""

    address: int
    registers: Mapping[str, int]
    far: bool
    most_cycles: int


@dataclass(frozen=True, slots=True)
class Write:
    """A byte written by a routine: the 24-bit address, the value, and the instruction that did it."""

    address: int
    value: int
    pc: int


@dataclass(frozen=True)
class Return:
    """A routine has returned.

    ``before`` and ``after`` are all registers at its first instruction and behind its return; ``writes``
    every byte written but those of pushes, in order; ``cycles`` are PHI2 cycles.
    """

    name: str
    before: Registers
    after: Registers
    cycles: int
    writes: tuple[Write, ...]
    _where: Callable[[int], str] = field(repr=False, compare=False, default="{:06X}".format)

    @property
    def a(self) -> int:
        """A as wide as it was when the routine returned: 8 or 16 bits."""
        return self.after.a & (0xFF if self.after.p & MEMORY_8 else 0xFFFF)

    @property
    def c(self) -> int:
        """All 16 bits of the accumulator, B in the high byte."""
        return self.after.a

    @property
    def x(self) -> int:
        """X."""
        return self.after.x

    @property
    def y(self) -> int:
        """Y."""
        return self.after.y

    @property
    def carry(self) -> bool:
        """The carry flag."""
        return bool(self.after.p & CARRY)

    @property
    def written(self) -> Mapping[int, int]:
        """Address -> the value written there last."""
        return MappingProxyType({write.address: write.value for write in self.writes})

    def must_return(self, **registers: int) -> Return:
        """These registers hold these values: ``a=25``, ``x=``, ``y=``, ``c=``, ``carry=``, or one of `Registers`."""
        for name, wanted in registers.items():
            actual = getattr(self, name) if name in _AS_SEEN else getattr(self.after, name)
            if actual != wanted:
                raise Unlike(
                    f"{self.name} must return {name.upper()} = {_hex(wanted)}, but it returned {_hex(actual)}\n"
                    f"{self._registers()}"
                )
        return self

    def must_preserve(self, *registers: str) -> Return:
        """These registers are as they were on entry; ``"a"`` means the part that M lets be seen."""
        for name in registers:
            before, after = getattr(self.before, name), getattr(self.after, name)
            if name == "a":
                seen = 0xFF if self.before.p & MEMORY_8 else 0xFFFF
                before, after = before & seen, after & seen
            if before != after:
                raise Unlike(
                    f"{self.name} must preserve {name.upper()}, but it was {_hex(before)} and is {_hex(after)}\n"
                    f"{self._registers()}"
                )
        return self

    def must_take_at_most(self, cycles: int) -> Return:
        """It takes no more cycles than these."""
        if self.cycles > cycles:
            raise Unlike(
                f"{self.name} must take at most {cycles:,} cycles, but it took {self.cycles:,}, "
                f"{self.cycles - cycles:,} too many"
            )
        return self

    def must_leave_the_stack(self) -> Return:
        """The stack pointer is where it was before the call."""
        if self.after.s != self.before.s:
            raise Unlike(
                f"{self.name} must leave the stack level, but S was {self.before.s:04X} and is {self.after.s:04X}: "
                f"{abs(self.after.s - self.before.s)} bytes {'too few' if self.after.s > self.before.s else 'left'}"
            )
        return self

    def must_write_only(self, *places: int | range) -> Return:
        """Nothing but these addresses is written; pushes do not count."""
        for write in self.writes:
            if not any(_lies_in(write.address, place) for place in places):
                allowed = ", ".join(_place_text(place) for place in places) or "nothing"
                raise Unlike(
                    f"{self.name} must write only {allowed}, but it wrote {write.value:02X} to {write.address:06X}, "
                    f"at {self._where(write.pc)}"
                )
        return self

    def _registers(self) -> str:
        return f"  on entry   {register_line(self.before)}\n  on return  {register_line(self.after)}"


_AS_SEEN = ("a", "c", "x", "y", "carry")


def register_line(registers: Registers) -> str:
    """All registers in a line."""
    named = (
        f"{name.upper()}={getattr(registers, name):0{4 if LARGEST[name] > 0xFF else 2}X}"
        for name in ("a", "x", "y", "s", "d", "dbr")
    )
    flags = "".join(
        letter if registers.p & bit else letter.lower()
        for letter, bit in zip("NVMXDIZC", (128, 64, 32, 16, 8, 4, 2, 1), strict=True)
    )
    return f"PC={registers.pbr:02X}:{registers.pc:04X} {' '.join(named)} P={flags} E={registers.e}"


def run_routine(
    machine: Machine,
    entry: Entry,
    name: str,
    where: Callable[[int], str],
) -> Return:
    """Run a routine on a machine that nobody else uses, and say what came of it.

    Raises Unlike if it does not return within the cycles, or meets STP.
    """
    core = machine.chip.core
    back = entry.address & 0xFF0000 | RETURN_TO
    machine.set_registers(
        *entry.registers.items(), ("pc", entry.address & 0xFFFF), ("pbr", entry.address >> 16)
    )
    before = registers_of(core)
    _push_return(machine, back, far=entry.far)
    stop_at(core, back, ON_EXECUTE)
    core.hit_clock = -1  # the call before may have ended here at the same clock value
    if not core.watched & BY_RING:
        core.keep_cycles(2 * _SLICE)
    begun, writes = core.clock, _Writes()
    while core.pbr << 16 | core.pc != back:
        first = core.ring_count
        machine.run_to(min(core.clock + _SLICE, begun + entry.most_cycles))
        writes.take(recorded(core, first))
        if core.stopped or core.clock - begun >= entry.most_cycles:
            break
    after = registers_of(core)
    if after.pbr << 16 | after.pc != back:
        _complain(name, after, where, core.clock - begun, stopped=bool(core.stopped), last=writes.last(where))
    return Return(name, before, after, core.clock - begun, tuple(writes.found), where)


def _complain(
    name: str, at: Registers, where: Callable[[int], str], cycles: int, *, stopped: bool, last: Sequence[str]
) -> None:
    what = "stopped by STP" if stopped else f"did not return within {cycles:,} cycles"
    raise Unlike(
        f"{name} {what}; it is at {where(at.pbr << 16 | at.pc)}\n  {register_line(at)}\n"
        + "\n".join(("  the last instructions:", *last))
    )


class _Writes:
    """Collects from ring words what instructions other than pushes wrote."""

    def __init__(self) -> None:
        self.found: list[Write] = []
        self._pc = self._opcode = 0
        self._path: deque[int] = deque(maxlen=_LAST)

    def take(self, words: Iterable[int]) -> None:
        for word in words:
            kind = word >> RING_KIND & 0x1F
            if kind == OPCODE:
                self._pc, self._opcode = word & 0xFFFFFF, word >> RING_DATA & 0xFF
                self._path.append(self._pc)
            elif (
                kind & WRITE and not word >> RING_NO_DATA & 1 and self._opcode not in _PUSHES and kind != 0x1F
            ):
                self.found.append(Write(word & 0xFFFFFF, word >> RING_DATA & 0xFF, self._pc))

    def last(self, where: Callable[[int], str]) -> list[str]:
        """The last instructions, the oldest first."""
        return [f"    {where(address)}" for address in self._path]


def _push_return(machine: Machine, back: int, *, far: bool) -> None:
    """What JSR or JSL leaves on the stack: the address before the one to return to, high byte first."""
    core = machine.chip.core
    place = (back & 0xFF0000 | (back - 1) & 0xFFFF).to_bytes(3, "big")
    for byte in place if far else place[1:]:
        core.memory[core.s] = byte
        core.s = core.s - 1 & 0xFFFF


def _lies_in(address: int, place: int | range) -> bool:
    return address in place if isinstance(place, range) else address == place


def _place_text(place: int | range) -> str:
    return f"{place.start:06X}-{place.stop - 1:06X}" if isinstance(place, range) else f"{place:06X}"


def _hex(value: int) -> str:
    return str(value) if value < 10 else f"{value} (0x{value:X})"
