# SPDX-License-Identifier: MIT
"""One instruction at a time with a monitor that has nothing but breakpoints: where an instruction leads to.

The monitor can put a BRK (00) anywhere in RAM and shows the registers when the program comes to it.  A step is
a BRK at each place that the next instruction can lead to; which they are is said here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.disassembler import CALLS, Decoded, disassemble, widths_of
from asm816.flow import KINDS, Kind
from asm816.target.isa import Mode
from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from sxb.dialogue import Registers

CARRY = 0x01
BANK = 0xFFFF

LONG = 3
"""Bytes of an address with its bank."""

POINTERS = {
    Mode.ABSOLUTE_INDIRECT: (2, False, False),
    Mode.ABSOLUTE_INDIRECT_LONG: (3, False, False),
    Mode.ABSOLUTE_INDEXED_INDIRECT: (2, True, True),
}
"""Mode of a jump through memory -> bytes of the pointer; whether it lies in the program's bank, and X is added (data sheet)."""

STACKED = {"RTS": (1, 2, 1), "RTL": (1, 3, 1), "RTI": (2, 3, 0)}
"""Return -> where its address lies above S, its bytes, and what is added to it (data sheet, native mode)."""


def instruction_at(code: bytes, registers: Registers) -> Decoded:
    """The instruction that comes next; `code` are the `LONGEST` bytes there, or less at the end of the bank."""
    return next(disassemble(code, registers.address, widths_of(registers.p)))


def places_behind(
    at: Decoded, registers: Registers, read: Callable[[int, int], bytes], *, over: bool
) -> tuple[int, ...]:
    """The 24-bit addresses that control can come to; none for BRK, which leads to the monitor by itself.

    `read` reads memory, where a pointer or the stack has the address.  `over`: behind a call, not into it.
    Raises UsageError where a BRK cannot bring the program back to the monitor.
    """
    if at.op is None:
        raise errors.no_step(at.address, "an instruction does not end in its bank")
    _check_way_back(at, registers, read)
    name, bank = at.op.mnemonic, at.address & ~BANK
    behind = bank | (at.address + len(at.data)) & BANK
    if name == "BRK":
        return ()
    if name == "STP":
        raise errors.no_step(at.address, "STP stops the processor for good")
    if name in STACKED:
        places = {_returns_to(name, registers, read)}
    elif name in CALLS and over:
        places = {behind}
    elif at.op.mode in POINTERS:
        places = {_points_to(at, registers, read)}
    elif at.target is not None and KINDS[at.data[0]] in (Kind.JUMP, Kind.CALL):
        places = {at.target}
    elif at.target is not None and KINDS[at.data[0]] is Kind.BRANCH:
        places = {behind, at.target}
    else:
        places = {behind}
    return _outside(at, places)


def _outside(at: Decoded, places: set[int]) -> tuple[int, ...]:
    """Those that a BRK can be put to without changing the instruction itself."""
    places.discard(at.address)  # a branch to itself: it is left by the other way, or never
    inside = range(at.address + 1, at.address + len(at.data))
    if not places or any(place in inside for place in places):
        raise errors.no_step(at.address, "it leads only to itself")
    return tuple(sorted(places))


def _points_to(at: Decoded, registers: Registers, read: Callable[[int, int], bytes]) -> int:
    assert at.op is not None
    size, in_bank, indexed = POINTERS[at.op.mode]
    pointer = int.from_bytes(at.data[1:3], "little") + (registers.x if indexed else 0)
    data = _within_bank(at.address & ~BANK if in_bank else 0, pointer, size, read)
    return data if size == LONG else at.address & ~BANK | data


def _returns_to(name: str, registers: Registers, read: Callable[[int, int], bytes]) -> int:
    first, size, more = STACKED[name]
    found = _within_bank(0, registers.s + first, size, read)
    bank = found & ~BANK if size == LONG else registers.pbr << 16
    return bank | (found + more) & BANK


def _within_bank(bank: int, address: int, size: int, read: Callable[[int, int], bytes]) -> int:
    """A number in memory; its bytes do not leave their bank."""
    return sum(read(bank | (address + n) & BANK, 1)[0] << 8 * n for n in range(size))


def _check_way_back(at: Decoded, registers: Registers, read: Callable[[int, int], bytes]) -> None:
    """The monitor comes back from a BRK in native mode with D and DBR 0 only (executed): else nothing but RESET helps."""
    assert at.op is not None
    name, direct, data_bank = at.op.mnemonic, registers.d, registers.dbr
    if name == "XCE" and registers.p & CARRY:
        raise errors.no_step(at.address, "in emulation mode a BRK restarts the monitor")
    if name == "PLD":
        direct = _within_bank(0, registers.s + 1, 2, read)
    elif name == "TCD":
        direct = registers.a
    elif name == "PLB":
        data_bank = _within_bank(0, registers.s + 1, 1, read)
    elif name in ("MVN", "MVP"):
        data_bank = at.data[1]
    if direct or data_bank:
        raise errors.no_step(at.address, "the monitor comes back only if D and DBR are 0")
