# SPDX-License-Identifier: MIT
"""Rows of disassembly around the program counter: pure."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.cycles import cycles_of
from asm816.disassembler import LONGEST, Widths, disassemble, widths_of
from asm816.target.registers import REGISTERS
from sxb.program import names_of
from sxb.tui.picture import CodeRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from asm816.debuginfo import DebugInfo
    from asm816.disassembler import Decoded

CHIP_NAMES: Mapping[int, str] = MappingProxyType({row.address: row.name for row in REGISTERS})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the code beside its bytes."""

    info: DebugInfo
    names: Mapping[int, str]
    breakpoints: Collection[int]


def names_for(info: DebugInfo) -> dict[int, str]:
    """Address to name: the labels of a program over the chip's registers."""
    return {**CHIP_NAMES, **names_of(info)}


def known_widths(info: DebugInfo, address: int, otherwise: Widths) -> Widths:
    """The widths at an address as the assembler knew them."""
    row = info.row_at(address)
    if row is None:
        return otherwise
    return Widths(otherwise.m8 if row.m8 is None else row.m8, otherwise.x8 if row.x8 is None else row.x8)


def top_for(old: int, pc: int, rows: int, info: DebugInfo, read: Callable[[int, int], bytes]) -> int:
    """The address of the first row: the old one as long as PC is well within, else one just before PC."""
    if old <= pc < old + LONGEST * rows:
        reached = [piece.address for piece in _decode(old, rows, info, Widths(), read)]
        if pc in reached[: max(1, rows - 2)]:
            return old
    before = [row.address for row in info.rows if pc - 3 * LONGEST <= row.address < pc and row.size]
    for address in before[-3:]:
        if pc in [piece.address for piece in _decode(address, 6, info, Widths(), read)]:
            return address
    return pc


def code_rows(
    top: int,
    rows: int,
    registers: Mapping[str, int],
    known: Known,
    read: Callable[[int, int], bytes],
) -> tuple[CodeRow, ...]:
    """`rows` instructions from `top` on; from PC on they are read with the widths of the registers."""
    pc = registers.get("pbr", 0) << 16 | registers.get("pc", 0)
    now = widths_of(registers["p"], emulation=bool(registers.get("e"))) if registers else Widths()
    info, names = known.info, known.names
    pieces = _decode(top, rows, info, now, read)
    number = next((n for n, piece in enumerate(pieces) if piece.address == pc), None)
    if number is not None:
        pieces[number:] = _decode(pc, rows - number, info, now, read, start=now)
    return tuple(
        CodeRow(
            piece.address,
            piece.data,
            piece.text,
            "" if piece.op is None else str(cycles_of(piece.op, len(piece.data) - 1, piece.m8, piece.x8)),
            names.get(piece.address, ""),
            piece.address == pc,
            piece.address in known.breakpoints,
        )
        for piece in _named(pieces, names)
    )


def _decode(
    top: int,
    rows: int,
    info: DebugInfo,
    otherwise: Widths,
    read: Callable[[int, int], bytes],
    *,
    start: Widths | None = None,
) -> list[Decoded]:
    size = min(rows * LONGEST, 0x1000000 - top)
    widths = known_widths(info, top, otherwise) if start is None else start
    return list(disassemble(read(top, size), top, widths))[:rows]


def _named(pieces: list[Decoded], names: Mapping[int, str]) -> list[Decoded]:
    """The same pieces with names in their text."""
    named = []
    for piece in pieces:
        widths = Widths(piece.m8, piece.x8)
        named += list(disassemble(piece.data, piece.address, widths, names))
    return named
