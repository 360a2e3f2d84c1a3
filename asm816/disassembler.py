# SPDX-License-Identifier: MIT
"""From bytes to source: pure, and such that the text assembles to the same bytes again.

Every size is written out (`lda.b #0x12`, `lda.w 0x0012`), branches that leave their bank or point beyond
it become raw displacements, and bytes that end in the middle of an instruction become `db`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from asm816.codemap import DATA, INSIDE, LED_TO, M8, NOTHING_KNOWN, START, X8, CodeMap, Known
from asm816.target.isa import OPCODES, Mode, Op, Width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from asm816.image import Image, Segment

_NO_SYMBOLS: Mapping[int, str] = MappingProxyType({})

_ADDRESS_FORMS = MappingProxyType(
    {
        Mode.DIRECT: ".b {}",
        Mode.DIRECT_X: ".b {},x",
        Mode.DIRECT_Y: ".b {},y",
        Mode.DIRECT_INDIRECT: " ({})",
        Mode.DIRECT_INDEXED_INDIRECT: " ({},x)",
        Mode.DIRECT_INDIRECT_INDEXED: " ({}),y",
        Mode.DIRECT_INDIRECT_LONG: " [{}]",
        Mode.DIRECT_INDIRECT_LONG_INDEXED: " [{}],y",
        Mode.ABSOLUTE: ".w {}",
        Mode.ABSOLUTE_X: ".w {},x",
        Mode.ABSOLUTE_Y: ".w {},y",
        Mode.ABSOLUTE_LONG: ".l {}",
        Mode.ABSOLUTE_LONG_X: ".l {},x",
        Mode.ABSOLUTE_INDIRECT: " ({})",
        Mode.ABSOLUTE_INDEXED_INDIRECT: " ({},x)",
        Mode.ABSOLUTE_INDIRECT_LONG: " [{}]",
        Mode.STACK_RELATIVE: " {},s",
        Mode.STACK_RELATIVE_INDIRECT_INDEXED: " ({},s),y",
    }
)
"""How an address operand is written; the size suffix belongs to it where a form has more than one size."""

_ONE_SIZE = frozenset(("JML", "JSL", "JMP", "JSR", "PEA"))
"""Mnemonics whose addresses have one size: no suffix is needed."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A piece of code: address (24 bits), bytes, source text; the opcode's row, or None for data.

    ``target`` is where a jump, call or branch goes, if that can be seen; ``m8`` and ``x8`` are the
    widths with which it was read.
    """

    address: int
    data: bytes
    text: str
    op: Op | None
    target: int | None
    m8: bool
    x8: bool


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths at the start: 8 or 16 bits; with ``follow``, `rep` and `sep` change them."""

    m8: bool = True
    x8: bool = True
    follow: bool = True


_EIGHT_BITS = Widths()

LONGEST = 4
"""Bytes of the longest instruction."""

CALLS = ("JSR", "JSL")
"""Instructions that control comes back behind: they are stepped over, or into."""

_M_FLAG, _X_FLAG = 0x20, 0x10


def widths_of(flags: int, *, emulation: bool = False) -> Widths:
    """The widths that the processor's P register stands for."""
    return Widths(m8=bool(flags & _M_FLAG or emulation), x8=bool(flags & _X_FLAG or emulation))


def disassemble(
    data: bytes, address: int, widths: Widths = _EIGHT_BITS, symbols: Mapping[int, str] = _NO_SYMBOLS
) -> Iterator[Decoded]:
    """The instructions in `data`, which lies at `address`.

    `symbols` gives names to addresses.
    """
    m8, x8 = widths.m8, widths.x8
    offset = 0
    while offset < len(data):
        place = address + offset
        op = OPCODES[data[offset]]
        piece = data[offset : offset + op.size(m8, x8)]
        if len(piece) < op.size(m8, x8) or _wraps(place, len(piece)):
            piece = data[offset : offset + 1]
            yield Decoded(place, piece, f"db 0x{piece[0]:02x}", None, None, m8, x8)
        else:
            text, target = _text(op, piece, place, symbols)
            yield Decoded(place, piece, text, op, target, m8, x8)
            if widths.follow and op.mnemonic in ("REP", "SEP"):
                m8, x8 = _widths_after(op, piece[1], m8, x8)
        offset += len(piece)


_DATA_ROW = 8  # bytes of data on a line


def source_lines(image: Image, widths: Widths, known: Known = NOTHING_KNOWN) -> Iterator[str]:
    """A source of `image`: names for the targets of jumps, address and bytes as comments.

    `widths` are those at the entry and at the start of each segment; with ``follow`` they are followed
    along the flow of control.  `known` is what is known besides.
    """
    code = CodeMap(image, known, widths.m8, widths.x8, follow=widths.follow)
    names = _Names(code, known.symbols)
    yield ".65816"
    yield from names.definitions()
    if image.entry is not None:
        yield f".entry_point {_hexadecimal(image.entry, 3)}"
    for segment, notes in zip(code.segments, code.notes, strict=True):
        yield f".org 0x{segment.address:04x}"
        offset = 0
        while offset < len(notes):
            place = segment.address + offset
            name = names.get(place)
            if name is not None:
                yield f"{name}:"
            size, text = _line(segment, notes, offset, names)
            yield f"  {text:24} ; {place:06x}  {segment.data[offset : offset + size].hex(' ')}"
            offset += size


def _line(segment: Segment, notes: bytearray, offset: int, names: _Names) -> tuple[int, str]:
    """The size and the text of the instruction or data at an offset."""
    note = notes[offset]
    if note & START:
        op = OPCODES[segment.data[offset]]
        size = op.size(bool(note & M8), bool(note & X8))
        place = segment.address + offset
        return size, _text(op, segment.data[offset : offset + size], place, names)[0]
    size = 1
    while (
        size < _DATA_ROW
        and offset + size < len(notes)
        and notes[offset + size] & DATA
        and names.get(segment.address + offset + size) is None
    ):
        size += 1
    return size, "db " + ", ".join(f"0x{byte:02x}" for byte in segment.data[offset : offset + size])


_NAMED = START | LED_TO  # an instruction that code leads to


class _Names:
    """The names of addresses: known ones, and our own for instructions that code leads to."""

    def __init__(self, code: CodeMap, symbols: Mapping[str, int]) -> None:
        self._code = code
        self._symbols = symbols
        self._known: dict[int, str] = {}
        for name, value in symbols.items():
            if _PLAIN_NAME.fullmatch(name) and -(1 << 31) <= value < 1 << 32:
                self._known.setdefault(value, name)

    def get(self, address: int) -> str | None:
        """The name of `address`."""
        known = self._known.get(address)
        if known is not None or (self._code.note(address) or 0) & _NAMED != _NAMED:
            return known
        name = f"L{address:04x}"
        while name in self._symbols:
            name += "_"
        return name

    def definitions(self) -> Iterator[str]:
        """`name = value` for the names that stand at no line."""
        for value, name in sorted(self._known.items()):
            note = self._code.note(value)
            if note is None or note & INSIDE:
                yield f"{name} = {value if value < 0 else hex(value)}"


_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
"""Names in scopes, for instance, cannot be written in front of a line."""


def _wraps(address: int, size: int) -> bool:
    """Whether an instruction crosses into the next bank: the processor would fetch its rest elsewhere."""
    return address >> 16 != (address + size - 1) >> 16


def _widths_after(op: Op, bits: int, m8: bool, x8: bool) -> tuple[bool, bool]:
    eight = op.mnemonic == "SEP"
    return (eight if bits & 0x20 else m8), (eight if bits & 0x10 else x8)


class _NameOf(Protocol):
    """What gives an address its name: a mapping, or our names."""

    def get(self, address: int, /) -> str | None:
        """The name of `address`, None if it has none."""


def _text(op: Op, data: bytes, address: int, symbols: _NameOf) -> tuple[str, int | None]:
    """The source text, and the target of a jump."""
    name = op.mnemonic.lower()
    operand = int.from_bytes(data[1:], "little")
    mode = op.mode
    if mode in (Mode.IMPLIED, Mode.ACCUMULATOR):
        return name, None
    if mode is Mode.BLOCK_MOVE:
        return f"{name} 0x{data[1]:02x}, 0x{data[2]:02x}", None
    if mode in (Mode.IMMEDIATE, Mode.SIGNATURE):
        suffix = "" if op.width is Width.BYTE else ".b" if len(data) == 2 else ".w"
        return f"{name}{suffix} #{_hexadecimal(operand, len(data) - 1)}", None
    if mode in (Mode.RELATIVE, Mode.RELATIVE_LONG):
        return _relative(name, data, address, operand, symbols)
    target = _target(op, address, operand)
    known = symbols.get(operand if target is None else target)
    shown = known or _hexadecimal(operand, len(data) - 1)
    form = _ADDRESS_FORMS[mode]
    if form[0] == "." and op.mnemonic in _ONE_SIZE and not (known and address >> 16):
        form = form[2:]  # in other banks than 0 a name is longer than the operand of jmp
    return name + form.format(shown), target


def _relative(name: str, data: bytes, address: int, operand: int, symbols: _NameOf) -> tuple[str, int | None]:
    bits = 8 * (len(data) - 1)
    distance = operand - (1 << bits) if operand >> bits - 1 else operand
    behind = address + len(data)
    target = behind + distance
    if target >> 16 != address >> 16 or behind >> 16 != address >> 16:
        return f"{name} #{_hexadecimal(operand, len(data) - 1)}", behind & 0xFF0000 | target & 0xFFFF
    return f"{name} {symbols.get(target) or f'0x{target:04x}'}", target


def _target(op: Op, address: int, operand: int) -> int | None:
    if op.mnemonic in ("JML", "JSL") and op.mode is Mode.ABSOLUTE_LONG:
        return operand
    if op.mnemonic in ("JMP", "JSR") and op.mode is Mode.ABSOLUTE:
        return address & 0xFF0000 | operand
    return None


def _hexadecimal(value: int, width: int) -> str:
    return f"0x{value:0{2 * width}x}"
