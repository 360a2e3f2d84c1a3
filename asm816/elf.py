# SPDX-License-Identifier: MIT
"""ELF: the image and its symbols for debuggers and object file tools.

A 32-bit little-endian executable for machine 257 (EM_65816 in the registry of the generic ABI): one
section and one loadable segment per run of bytes, a symbol table, no relocations.  Layout: System V
ABI, chapters "Object Files" and "Program Loading".
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from typing import TYPE_CHECKING

from asm816.errors import AsmError
from asm816.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asm816.debuginfo import DebugSymbol
    from asm816.image import Image

EM_65816 = 257

_HEADER = struct.Struct("<16sHHIIIIIHHHHHH")
_PROGRAM_HEADER = struct.Struct("<IIIIIIII")
_SECTION_HEADER = struct.Struct("<IIIIIIIIII")
_SYMBOL = struct.Struct("<IIIBBH")

_IDENT = b"\x7fELF\x01\x01\x01" + bytes(9)  # 32 bits, little-endian, version 1
_ET_EXEC, _EV_CURRENT, _PT_LOAD, _PF_RWX = 2, 1, 1, 7
_SHT_PROGBITS, _SHT_SYMTAB, _SHT_STRTAB = 1, 2, 3
_SHF_WRITE_ALLOC_EXEC = 7
_STB_GLOBAL_NOTYPE = 1 << 4
_SHN_ABS = 0xFFF1

_MOST_SEGMENTS = 0xFEFB
"""Section numbers from FF00 on are reserved, and four sections are not segments."""


def elf(image: Image, symbols: Sequence[DebugSymbol]) -> bytes:
    """`image` as an ELF file with those of `symbols` whose values have 32 bits.

    A label inside the image belongs to its section, every other symbol is absolute.  Raises AsmError if
    the image has more pieces than ELF has sections.
    """
    if len(image.segments) > _MOST_SEGMENTS:
        row = MESSAGES["E0720"]
        raise AsmError("E0720", row.message.format(limit=_MOST_SEGMENTS), row.hint)
    count = len(image.segments)
    section_names, strings = _Strings(), _Strings()
    names = [section_names.add(f".text.{segment.address:06x}") for segment in image.segments]
    table_names = [section_names.add(name) for name in (".symtab", ".strtab", ".shstrtab")]
    symbol_table = _symbol_table(image, symbols, strings)
    offset = _HEADER.size + count * _PROGRAM_HEADER.size
    body, programs, sections = bytearray(), bytearray(), bytearray(_SECTION_HEADER.size)
    for name, segment in zip(names, image.segments, strict=True):
        place, size = offset + len(body), len(segment.data)
        programs += _PROGRAM_HEADER.pack(
            _PT_LOAD, place, segment.address, segment.address, size, size, _PF_RWX, 1
        )
        sections += _SECTION_HEADER.pack(
            name, _SHT_PROGBITS, _SHF_WRITE_ALLOC_EXEC, segment.address, place, size, 0, 0, 1, 0
        )
        body += segment.data
    body += bytes(-(offset + len(body)) % 4)
    tables = (
        (_SHT_SYMTAB, symbol_table, count + 2, 1, 4, _SYMBOL.size),  # linked to .strtab; local: the empty one
        (_SHT_STRTAB, bytes(strings.data), 0, 0, 1, 0),
        (_SHT_STRTAB, bytes(section_names.data), 0, 0, 1, 0),
    )
    for name, (kind, data, link, info, alignment, entry_size) in zip(table_names, tables, strict=True):
        place = offset + len(body)
        sections += _SECTION_HEADER.pack(
            name, kind, 0, 0, place, len(data), link, info, alignment, entry_size
        )
        body += data
    body += bytes(-(offset + len(body)) % 4)
    header = _header(image, programs=count, sections=count + 4, sections_at=offset + len(body))
    return header + bytes(programs) + bytes(body) + bytes(sections)


class _Strings:
    """A string table: names, each ended by a NUL, the empty one first."""

    def __init__(self) -> None:
        self.data = bytearray(1)

    def add(self, name: str) -> int:
        place = len(self.data)
        self.data += name.encode() + b"\0"
        return place


def _header(image: Image, *, programs: int, sections: int, sections_at: int) -> bytes:
    return _HEADER.pack(
        _IDENT,
        _ET_EXEC,
        EM_65816,
        _EV_CURRENT,
        image.entry or 0,
        _HEADER.size if programs else 0,
        sections_at,
        0,
        _HEADER.size,
        _PROGRAM_HEADER.size,
        programs,
        _SECTION_HEADER.size,
        sections,
        sections - 1,
    )


def _symbol_table(image: Image, symbols: Sequence[DebugSymbol], strings: _Strings) -> bytes:
    starts = [segment.address for segment in image.segments]
    table = bytearray(_SYMBOL.size)
    for symbol in symbols:
        if not -(1 << 31) <= symbol.value < 1 << 32:
            continue
        number = bisect_right(starts, symbol.value)
        inside = number and symbol.value < image.segments[number - 1].end and symbol.kind == "label"
        section = number if inside else _SHN_ABS
        table += _SYMBOL.pack(
            strings.add(symbol.name), symbol.value & 0xFFFFFFFF, 0, _STB_GLOBAL_NOTYPE, 0, section
        )
    return bytes(table)
