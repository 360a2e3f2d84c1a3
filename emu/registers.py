# SPDX-License-Identifier: MIT
"""The core's registers as a value: read between two instructions, checked, put back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.cpu.core import Core

EIGHT_BIT_INDEX = 0x10
"""The X flag in P."""


@dataclass(frozen=True, slots=True)
class Registers:
    """The core's registers.  ``a`` is 16 bits (B in the high byte), ``e`` is 0 or 1."""

    pc: int
    s: int
    p: int
    a: int
    x: int
    y: int
    dbr: int
    d: int
    pbr: int
    e: int


LARGEST = MappingProxyType(
    {
        "pc": 0xFFFF,
        "s": 0xFFFF,
        "p": 0xFF,
        "a": 0xFFFF,
        "x": 0xFFFF,
        "y": 0xFFFF,
        "dbr": 0xFF,
        "d": 0xFFFF,
        "pbr": 0xFF,
        "e": 1,
    }
)
"""The largest value of each register."""


def registers_of(core: Core) -> Registers:
    """What the core holds now."""
    return Registers(**{name: getattr(core, name) for name in LARGEST})


def changed(registers: Registers, changes: Mapping[str, int]) -> Registers:
    """The registers with some of them changed, as the chip would hold them.

    With E = 1 the M and X flags are 1 and S lies in page 1; with X = 1 the high halves of X and Y
    are 0.  Raises EmuError for an unknown name or a value that does not fit.
    """
    for name, value in changes.items():
        if name not in LARGEST:
            raise EmuError(
                "E2073", f"there is no register '{name}'", f"the registers are {' '.join(LARGEST)}"
            )
        if not isinstance(value, int) or not 0 <= value <= LARGEST[name]:
            raise EmuError("E2074", f"{name} cannot hold {value!r}", f"it takes 0 to {LARGEST[name]:#x}")
    new = replace(registers, **changes)
    if new.e:
        new = replace(new, p=new.p | 0x30, s=0x0100 | new.s & 0xFF)
    if new.p & EIGHT_BIT_INDEX:
        new = replace(new, x=new.x & 0xFF, y=new.y & 0xFF)
    return new


def put(core: Core, registers: Registers) -> None:
    """Make these the core's registers.  A core that has halted (WAI, STP) goes on where PC is set anew."""
    moved = (core.pbr, core.pc) != (registers.pbr, registers.pc)
    core.e = registers.e
    core.p = registers.p
    for name in ("s", "a", "x", "y", "d", "dbr"):
        setattr(core, name, getattr(registers, name))
    if moved:
        core.waiting = core.stopped = 0
        core.jump_long(registers.pbr << 16 | registers.pc)


def as_changes(registers: Registers) -> dict[str, int]:
    """All registers by name."""
    return asdict(registers)
