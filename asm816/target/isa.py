# SPDX-License-Identifier: MIT
"""The instruction set of the W65C816S core: 256 rows, one per opcode.

This table is the one place where it is written which opcode stands for which mnemonic and
addressing mode, how long the instruction is and how many cycles it takes.  The assembler, the
disassembler, the emulator's dispatch, the cycle column of listings and the tests walk it.

Sources: W65C816S data sheet, tables "Opcode matrix" and "Instruction operation" (cycle counts
and their footnotes).  The counts are confirmed by the SingleStepTests/65816 vectors.

Notation.  The syntax of an operand is the field's: ``d`` direct page, ``a`` absolute, ``al``
absolute long, ``r`` relative, ``rl`` relative long, ``s`` stack relative.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Width(Enum):
    """How wide the data of an instruction is."""

    NONE = "none"  # no data: jumps, flags, transfers
    BYTE = "byte"  # always 8 bits
    WORD = "word"  # always 16 bits
    M = "m"  # the accumulator's width: 8 bits when M = 1
    X = "x"  # the index registers' width: 8 bits when X = 1


class Mode(Enum):
    """An addressing mode: (name, source syntax, operand bytes; -1 = as wide as the data)."""

    IMPLIED = ("implied", "", 0)
    ACCUMULATOR = ("accumulator", "", 0)
    IMMEDIATE = ("immediate", "#n", -1)
    SIGNATURE = ("signature", "#n", 1)
    DIRECT = ("direct", "d", 1)
    DIRECT_X = ("direct_x", "d,x", 1)
    DIRECT_Y = ("direct_y", "d,y", 1)
    DIRECT_INDIRECT = ("direct_indirect", "(d)", 1)
    DIRECT_INDEXED_INDIRECT = ("direct_indexed_indirect", "(d,x)", 1)
    DIRECT_INDIRECT_INDEXED = ("direct_indirect_indexed", "(d),y", 1)
    DIRECT_INDIRECT_LONG = ("direct_indirect_long", "[d]", 1)
    DIRECT_INDIRECT_LONG_INDEXED = ("direct_indirect_long_indexed", "[d],y", 1)
    ABSOLUTE = ("absolute", "a", 2)
    ABSOLUTE_X = ("absolute_x", "a,x", 2)
    ABSOLUTE_Y = ("absolute_y", "a,y", 2)
    ABSOLUTE_LONG = ("absolute_long", "al", 3)
    ABSOLUTE_LONG_X = ("absolute_long_x", "al,x", 3)
    ABSOLUTE_INDIRECT = ("absolute_indirect", "(a)", 2)
    ABSOLUTE_INDEXED_INDIRECT = ("absolute_indexed_indirect", "(a,x)", 2)
    ABSOLUTE_INDIRECT_LONG = ("absolute_indirect_long", "[a]", 2)
    STACK_RELATIVE = ("stack_relative", "n,s", 1)
    STACK_RELATIVE_INDIRECT_INDEXED = ("stack_relative_indirect_indexed", "(n,s),y", 1)
    RELATIVE = ("relative", "r", 1)
    RELATIVE_LONG = ("relative_long", "rl", 2)
    BLOCK_MOVE = ("block_move", "dst,src", 2)

    def __init__(self, label: str, syntax: str, operand_bytes: int) -> None:
        self.label = label
        self.syntax = syntax
        self.operand_bytes = operand_bytes


EXTRA_CYCLES = MappingProxyType(
    {
        "m": ("M = 0", 1),
        "r": ("M = 0 (the data is read, changed and written back)", 2),
        "x": ("X = 0", 1),
        "w": ("the low byte of D is not 0", 1),
        "p": ("X = 0, or the indexed address is in another page", 1),
        "t": ("the branch is taken", 1),
        "b": ("emulation mode and the branch goes to another page", 1),
        "n": ("native mode", 1),
    }
)
"""The footnotes of the cycle column: letter -> (condition, cycles added when it holds)."""


class Op(NamedTuple):
    """One opcode.

    ``cycles`` is the least number of PHI2 cycles, ``extras`` the letters of `EXTRA_CYCLES` that
    may add to it.  For block moves the count is per byte moved.
    """

    code: int
    mnemonic: str
    mode: Mode
    width: Width
    cycles: int
    extras: str

    def data_bytes(self, m8: bool, x8: bool) -> int:
        """Bytes of data the instruction handles (0, 1 or 2) with these M and X flags."""
        if self.width is Width.M:
            return 1 if m8 else 2
        if self.width is Width.X:
            return 1 if x8 else 2
        return {Width.NONE: 0, Width.BYTE: 1, Width.WORD: 2}[self.width]

    def size(self, m8: bool, x8: bool) -> int:
        """Length in bytes, opcode included, with these M and X flags."""
        operand = self.mode.operand_bytes
        return 1 + (self.data_bytes(m8, x8) if operand < 0 else operand)

    def cycle_count(self, conditions: str) -> int:
        """Cycles when exactly the footnotes whose letters are in `conditions` hold."""
        return self.cycles + sum(EXTRA_CYCLES[e][1] for e in self.extras if e in conditions)

    @property
    def cycles_text(self) -> str:
        """The cycle column as listings print it: ``4 +m+p``."""
        return f"{self.cycles} +{'+'.join(self.extras)}" if self.extras else str(self.cycles)

    @property
    def handler(self) -> str:
        """Name of what executes it: ``adc_absolute_x``, ``rts``."""
        name = self.mnemonic.lower()
        return name if self.mode in (Mode.IMPLIED, Mode.SIGNATURE) else f"{name}_{self.mode.label}"


OPCODES: tuple[Op, ...] = (
    Op(0x00, "BRK", Mode.SIGNATURE, Width.BYTE, 7, "n"),
    Op(0x01, "ORA", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0x02, "COP", Mode.SIGNATURE, Width.BYTE, 7, "n"),
    Op(0x03, "ORA", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0x04, "TSB", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0x05, "ORA", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x06, "ASL", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0x07, "ORA", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0x08, "PHP", Mode.IMPLIED, Width.BYTE, 3, ""),
    Op(0x09, "ORA", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0x0A, "ASL", Mode.ACCUMULATOR, Width.M, 2, ""),
    Op(0x0B, "PHD", Mode.IMPLIED, Width.WORD, 4, ""),
    Op(0x0C, "TSB", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0x0D, "ORA", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x0E, "ASL", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0x0F, "ORA", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0x10, "BPL", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0x11, "ORA", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0x12, "ORA", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0x13, "ORA", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0x14, "TRB", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0x15, "ORA", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x16, "ASL", Mode.DIRECT_X, Width.M, 6, "rw"),
    Op(0x17, "ORA", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0x18, "CLC", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x19, "ORA", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0x1A, "INC", Mode.ACCUMULATOR, Width.M, 2, ""),
    Op(0x1B, "TCS", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x1C, "TRB", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0x1D, "ORA", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0x1E, "ASL", Mode.ABSOLUTE_X, Width.M, 7, "r"),
    Op(0x1F, "ORA", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0x20, "JSR", Mode.ABSOLUTE, Width.NONE, 6, ""),
    Op(0x21, "AND", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0x22, "JSL", Mode.ABSOLUTE_LONG, Width.NONE, 8, ""),
    Op(0x23, "AND", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0x24, "BIT", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x25, "AND", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x26, "ROL", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0x27, "AND", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0x28, "PLP", Mode.IMPLIED, Width.BYTE, 4, ""),
    Op(0x29, "AND", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0x2A, "ROL", Mode.ACCUMULATOR, Width.M, 2, ""),
    Op(0x2B, "PLD", Mode.IMPLIED, Width.WORD, 5, ""),
    Op(0x2C, "BIT", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x2D, "AND", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x2E, "ROL", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0x2F, "AND", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0x30, "BMI", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0x31, "AND", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0x32, "AND", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0x33, "AND", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0x34, "BIT", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x35, "AND", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x36, "ROL", Mode.DIRECT_X, Width.M, 6, "rw"),
    Op(0x37, "AND", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0x38, "SEC", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x39, "AND", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0x3A, "DEC", Mode.ACCUMULATOR, Width.M, 2, ""),
    Op(0x3B, "TSC", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x3C, "BIT", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0x3D, "AND", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0x3E, "ROL", Mode.ABSOLUTE_X, Width.M, 7, "r"),
    Op(0x3F, "AND", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0x40, "RTI", Mode.IMPLIED, Width.NONE, 6, "n"),
    Op(0x41, "EOR", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0x42, "WDM", Mode.SIGNATURE, Width.BYTE, 2, ""),
    Op(0x43, "EOR", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0x44, "MVP", Mode.BLOCK_MOVE, Width.BYTE, 7, ""),
    Op(0x45, "EOR", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x46, "LSR", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0x47, "EOR", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0x48, "PHA", Mode.IMPLIED, Width.M, 3, "m"),
    Op(0x49, "EOR", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0x4A, "LSR", Mode.ACCUMULATOR, Width.M, 2, ""),
    Op(0x4B, "PHK", Mode.IMPLIED, Width.BYTE, 3, ""),
    Op(0x4C, "JMP", Mode.ABSOLUTE, Width.NONE, 3, ""),
    Op(0x4D, "EOR", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x4E, "LSR", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0x4F, "EOR", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0x50, "BVC", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0x51, "EOR", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0x52, "EOR", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0x53, "EOR", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0x54, "MVN", Mode.BLOCK_MOVE, Width.BYTE, 7, ""),
    Op(0x55, "EOR", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x56, "LSR", Mode.DIRECT_X, Width.M, 6, "rw"),
    Op(0x57, "EOR", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0x58, "CLI", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x59, "EOR", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0x5A, "PHY", Mode.IMPLIED, Width.X, 3, "x"),
    Op(0x5B, "TCD", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x5C, "JML", Mode.ABSOLUTE_LONG, Width.NONE, 4, ""),
    Op(0x5D, "EOR", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0x5E, "LSR", Mode.ABSOLUTE_X, Width.M, 7, "r"),
    Op(0x5F, "EOR", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0x60, "RTS", Mode.IMPLIED, Width.NONE, 6, ""),
    Op(0x61, "ADC", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0x62, "PER", Mode.RELATIVE_LONG, Width.WORD, 6, ""),
    Op(0x63, "ADC", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0x64, "STZ", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x65, "ADC", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x66, "ROR", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0x67, "ADC", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0x68, "PLA", Mode.IMPLIED, Width.M, 4, "m"),
    Op(0x69, "ADC", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0x6A, "ROR", Mode.ACCUMULATOR, Width.M, 2, ""),
    Op(0x6B, "RTL", Mode.IMPLIED, Width.NONE, 6, ""),
    Op(0x6C, "JMP", Mode.ABSOLUTE_INDIRECT, Width.NONE, 5, ""),
    Op(0x6D, "ADC", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x6E, "ROR", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0x6F, "ADC", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0x70, "BVS", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0x71, "ADC", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0x72, "ADC", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0x73, "ADC", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0x74, "STZ", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x75, "ADC", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x76, "ROR", Mode.DIRECT_X, Width.M, 6, "rw"),
    Op(0x77, "ADC", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0x78, "SEI", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x79, "ADC", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0x7A, "PLY", Mode.IMPLIED, Width.X, 4, "x"),
    Op(0x7B, "TDC", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x7C, "JMP", Mode.ABSOLUTE_INDEXED_INDIRECT, Width.NONE, 6, ""),
    Op(0x7D, "ADC", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0x7E, "ROR", Mode.ABSOLUTE_X, Width.M, 7, "r"),
    Op(0x7F, "ADC", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0x80, "BRA", Mode.RELATIVE, Width.NONE, 3, "b"),
    Op(0x81, "STA", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0x82, "BRL", Mode.RELATIVE_LONG, Width.NONE, 4, ""),
    Op(0x83, "STA", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0x84, "STY", Mode.DIRECT, Width.X, 3, "xw"),
    Op(0x85, "STA", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0x86, "STX", Mode.DIRECT, Width.X, 3, "xw"),
    Op(0x87, "STA", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0x88, "DEY", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x89, "BIT", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0x8A, "TXA", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x8B, "PHB", Mode.IMPLIED, Width.BYTE, 3, ""),
    Op(0x8C, "STY", Mode.ABSOLUTE, Width.X, 4, "x"),
    Op(0x8D, "STA", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x8E, "STX", Mode.ABSOLUTE, Width.X, 4, "x"),
    Op(0x8F, "STA", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0x90, "BCC", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0x91, "STA", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 6, "mw"),
    Op(0x92, "STA", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0x93, "STA", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0x94, "STY", Mode.DIRECT_X, Width.X, 4, "xw"),
    Op(0x95, "STA", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0x96, "STX", Mode.DIRECT_Y, Width.X, 4, "xw"),
    Op(0x97, "STA", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0x98, "TYA", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x99, "STA", Mode.ABSOLUTE_Y, Width.M, 5, "m"),
    Op(0x9A, "TXS", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x9B, "TXY", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0x9C, "STZ", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0x9D, "STA", Mode.ABSOLUTE_X, Width.M, 5, "m"),
    Op(0x9E, "STZ", Mode.ABSOLUTE_X, Width.M, 5, "m"),
    Op(0x9F, "STA", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0xA0, "LDY", Mode.IMMEDIATE, Width.X, 2, "x"),
    Op(0xA1, "LDA", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0xA2, "LDX", Mode.IMMEDIATE, Width.X, 2, "x"),
    Op(0xA3, "LDA", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0xA4, "LDY", Mode.DIRECT, Width.X, 3, "xw"),
    Op(0xA5, "LDA", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0xA6, "LDX", Mode.DIRECT, Width.X, 3, "xw"),
    Op(0xA7, "LDA", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0xA8, "TAY", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xA9, "LDA", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0xAA, "TAX", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xAB, "PLB", Mode.IMPLIED, Width.BYTE, 4, ""),
    Op(0xAC, "LDY", Mode.ABSOLUTE, Width.X, 4, "x"),
    Op(0xAD, "LDA", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0xAE, "LDX", Mode.ABSOLUTE, Width.X, 4, "x"),
    Op(0xAF, "LDA", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0xB0, "BCS", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0xB1, "LDA", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0xB2, "LDA", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0xB3, "LDA", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0xB4, "LDY", Mode.DIRECT_X, Width.X, 4, "xw"),
    Op(0xB5, "LDA", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0xB6, "LDX", Mode.DIRECT_Y, Width.X, 4, "xw"),
    Op(0xB7, "LDA", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0xB8, "CLV", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xB9, "LDA", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0xBA, "TSX", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xBB, "TYX", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xBC, "LDY", Mode.ABSOLUTE_X, Width.X, 4, "xp"),
    Op(0xBD, "LDA", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0xBE, "LDX", Mode.ABSOLUTE_Y, Width.X, 4, "xp"),
    Op(0xBF, "LDA", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0xC0, "CPY", Mode.IMMEDIATE, Width.X, 2, "x"),
    Op(0xC1, "CMP", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0xC2, "REP", Mode.IMMEDIATE, Width.BYTE, 3, ""),
    Op(0xC3, "CMP", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0xC4, "CPY", Mode.DIRECT, Width.X, 3, "xw"),
    Op(0xC5, "CMP", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0xC6, "DEC", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0xC7, "CMP", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0xC8, "INY", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xC9, "CMP", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0xCA, "DEX", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xCB, "WAI", Mode.IMPLIED, Width.NONE, 3, ""),
    Op(0xCC, "CPY", Mode.ABSOLUTE, Width.X, 4, "x"),
    Op(0xCD, "CMP", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0xCE, "DEC", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0xCF, "CMP", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0xD0, "BNE", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0xD1, "CMP", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0xD2, "CMP", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0xD3, "CMP", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0xD4, "PEI", Mode.DIRECT_INDIRECT, Width.WORD, 6, "w"),
    Op(0xD5, "CMP", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0xD6, "DEC", Mode.DIRECT_X, Width.M, 6, "rw"),
    Op(0xD7, "CMP", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0xD8, "CLD", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xD9, "CMP", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0xDA, "PHX", Mode.IMPLIED, Width.X, 3, "x"),
    Op(0xDB, "STP", Mode.IMPLIED, Width.NONE, 3, ""),
    Op(0xDC, "JML", Mode.ABSOLUTE_INDIRECT_LONG, Width.NONE, 6, ""),
    Op(0xDD, "CMP", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0xDE, "DEC", Mode.ABSOLUTE_X, Width.M, 7, "r"),
    Op(0xDF, "CMP", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
    Op(0xE0, "CPX", Mode.IMMEDIATE, Width.X, 2, "x"),
    Op(0xE1, "SBC", Mode.DIRECT_INDEXED_INDIRECT, Width.M, 6, "mw"),
    Op(0xE2, "SEP", Mode.IMMEDIATE, Width.BYTE, 3, ""),
    Op(0xE3, "SBC", Mode.STACK_RELATIVE, Width.M, 4, "m"),
    Op(0xE4, "CPX", Mode.DIRECT, Width.X, 3, "xw"),
    Op(0xE5, "SBC", Mode.DIRECT, Width.M, 3, "mw"),
    Op(0xE6, "INC", Mode.DIRECT, Width.M, 5, "rw"),
    Op(0xE7, "SBC", Mode.DIRECT_INDIRECT_LONG, Width.M, 6, "mw"),
    Op(0xE8, "INX", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xE9, "SBC", Mode.IMMEDIATE, Width.M, 2, "m"),
    Op(0xEA, "NOP", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xEB, "XBA", Mode.IMPLIED, Width.NONE, 3, ""),
    Op(0xEC, "CPX", Mode.ABSOLUTE, Width.X, 4, "x"),
    Op(0xED, "SBC", Mode.ABSOLUTE, Width.M, 4, "m"),
    Op(0xEE, "INC", Mode.ABSOLUTE, Width.M, 6, "r"),
    Op(0xEF, "SBC", Mode.ABSOLUTE_LONG, Width.M, 5, "m"),
    Op(0xF0, "BEQ", Mode.RELATIVE, Width.NONE, 2, "tb"),
    Op(0xF1, "SBC", Mode.DIRECT_INDIRECT_INDEXED, Width.M, 5, "mwp"),
    Op(0xF2, "SBC", Mode.DIRECT_INDIRECT, Width.M, 5, "mw"),
    Op(0xF3, "SBC", Mode.STACK_RELATIVE_INDIRECT_INDEXED, Width.M, 7, "m"),
    Op(0xF4, "PEA", Mode.ABSOLUTE, Width.WORD, 5, ""),
    Op(0xF5, "SBC", Mode.DIRECT_X, Width.M, 4, "mw"),
    Op(0xF6, "INC", Mode.DIRECT_X, Width.M, 6, "rw"),
    Op(0xF7, "SBC", Mode.DIRECT_INDIRECT_LONG_INDEXED, Width.M, 6, "mw"),
    Op(0xF8, "SED", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xF9, "SBC", Mode.ABSOLUTE_Y, Width.M, 4, "mp"),
    Op(0xFA, "PLX", Mode.IMPLIED, Width.X, 4, "x"),
    Op(0xFB, "XCE", Mode.IMPLIED, Width.NONE, 2, ""),
    Op(0xFC, "JSR", Mode.ABSOLUTE_INDEXED_INDIRECT, Width.NONE, 8, ""),
    Op(0xFD, "SBC", Mode.ABSOLUTE_X, Width.M, 4, "mp"),
    Op(0xFE, "INC", Mode.ABSOLUTE_X, Width.M, 7, "r"),
    Op(0xFF, "SBC", Mode.ABSOLUTE_LONG_X, Width.M, 5, "m"),
)
"""All 256 rows; the index is the opcode."""

BY_NAME = MappingProxyType({(op.mnemonic, op.mode): op for op in OPCODES})
"""(mnemonic, mode) -> row; the pair is unique."""

MNEMONICS = frozenset(op.mnemonic for op in OPCODES)
"""The 92 mnemonics, upper case."""

ALIASES = MappingProxyType(
    {
        "BGE": "BCS",
        "BLT": "BCC",
        "TAS": "TCS",
        "TSA": "TSC",
        "SWA": "XBA",
        "TAD": "TCD",
        "TDA": "TDC",
        "INA": "INC",
        "DEA": "DEC",
        "CPA": "CMP",
    }
)
"""Other names of mnemonics, as WDC's own documents have them."""

CANONICAL = MappingProxyType({**{name: name for name in sorted(MNEMONICS)}, **ALIASES})
"""Every name of a mnemonic -> the mnemonic."""
