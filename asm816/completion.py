# SPDX-License-Identifier: MIT
"""What we add to the second pass: long branches, addresses seen from D and DBR, assertions, checksums."""

from __future__ import annotations

from binascii import crc32, crc_hqx
from typing import TYPE_CHECKING, NamedTuple

from asm816.encode import Encoder, Problem, displacement
from asm816.expressions import hexadecimal
from asm816.image import Image, Segment
from asm816.placement import CHECKSUMS, LONG_BRANCH_BYTES, is_data
from asm816.target.isa import BY_NAME, Mode
from asm816.tokens import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from asm816.addressing import Choice
    from asm816.diagnostics import Report
    from asm816.layout import Placed
    from asm816.limits import Limits
    from asm816.parser import Operand
    from asm816.statements import Directive, Instruction, Value
    from asm816.symbols import Symbols

_JMP = BY_NAME["JMP", Mode.ABSOLUTE].code
_JMP_BYTES = 3


class _Checksum(NamedTuple):
    """A checksum to be computed when all bytes are known: of `first` up to `end`, which is excluded."""

    statement: Directive
    address: int
    kind: str
    first: int
    end: int


class Completion(Encoder):
    """An encoder that knows our additions."""

    def __init__(self, symbols: Symbols, report: Report, limits: Limits) -> None:
        super().__init__(symbols, report, limits)
        self._page: int | None = 0
        self._bank: int | None = 0
        self._lengthens = False
        self._checksums: list[_Checksum] = []

    def image(self, placed: Sequence[Placed]) -> Image:
        """The image of `placed`, as of `Encoder`, with its checksums.  Raises Stop."""
        image = super().image(placed)
        for checksum in self._checksums if not self._report.errors else ():
            image = self._summed(image, checksum)
        return image

    def _operand_bytes(self, statement: Instruction, operand: Operand, place: Placed, value: int) -> bytes:
        choice: Choice = place.detail
        if choice.operand_bytes == LONG_BRANCH_BYTES:
            displacement(Mode.RELATIVE_LONG, place.address, value, raw=False)  # for its reports
            return bytes((_JMP_BYTES, _JMP)) + (value & 0xFFFF).to_bytes(2, "little")
        if (self._page or self._bank) != 0 or None in (self._page, self._bank):
            value = self._seen(statement, operand, choice, value)
        try:
            return super()._operand_bytes(statement, operand, place, value)
        except Problem as problem:
            if self._lengthens and problem.code == "E0506":
                return bytes(choice.operand_bytes)  # it gets longer in the next pass
            raise

    def _seen(self, statement: Instruction, operand: Operand, choice: Choice, value: int) -> int:
        """An address as the operand has it: from D in the direct page, without its bank in that of DBR."""
        if operand.form == "immediate" or operand.select or not is_data(statement.mnemonic, operand.form):
            return value
        shown = hexadecimal(value)
        if choice.operand_bytes == 1 and self._page != 0:
            if self._page is None:
                raise Problem("E0551", value=shown, page="no page that is known")
            if not 0 <= value - self._page <= 0xFF:
                page = f"{hexadecimal(self._page)} to {hexadecimal(self._page + 0xFF)}"
                raise Problem("E0551", value=shown, page=page)
            return value - self._page
        if choice.operand_bytes == 2 and self._bank != 0:
            if self._bank is None or value >> 16 != self._bank:
                bank = "no bank that is known" if self._bank is None else f"bank {hexadecimal(self._bank)}"
                raise Problem("E0552", value=shown, bank=bank)
            return value & 0xFFFF
        return value

    # -- directives

    def _directive(self, statement: Directive, place: Placed) -> bytes:
        name = statement.name
        if name == "dp":
            self._page = place.detail
        elif name == "dbr":
            self._bank = place.detail
        elif name == "longbranch":
            self._lengthens = statement.arguments
        elif name == "assert":
            self._assert(statement, place)
        elif name == "checksum":
            return self._checksum(statement, place)
        else:
            return super()._directive(statement, place)
        return b""

    def _assert(self, statement: Directive, place: Placed) -> None:
        self._here = place.address
        condition: Value = statement.arguments[0]
        value = self._value(statement.line, condition.code, condition.tokens)
        if value == 0:
            text = statement.arguments[1].tokens[0] if statement.arguments[1:] else None
            said = "the assertion does not hold" if text is None or text.kind != TEXT else str(text.value)
            first, last = condition.tokens[0], condition.tokens[-1]
            width = last.column + last.width - first.column
            self._report.at("E0553", statement.line, first.column, width, text=said)

    def _checksum(self, statement: Directive, place: Placed) -> bytes:
        self._here = place.address
        kind: Value
        kind, *ends = statement.arguments
        first, end = (self._value(statement.line, value.code, value.tokens) for value in ends)
        if first is not None and end is not None:
            self._checksums.append(_Checksum(statement, place.address, kind.name.lower(), first, end))
        return bytes(CHECKSUMS[kind.name.lower()])

    def _summed(self, image: Image, checksum: _Checksum) -> Image:
        """`image` with a checksum in its place."""
        whole = next((s for s in image.segments if s.address <= checksum.first < s.end), None)
        if whole is None or not checksum.first < checksum.end <= whole.end:
            missing = checksum.first if whole is None or checksum.end <= checksum.first else whole.end
            head = checksum.statement.head
            self._report.on("E0652", checksum.statement.line, head, address=hexadecimal(missing))
            return image
        data = whole.data[checksum.first - whole.address : checksum.end - whole.address]
        result = _SUMS[checksum.kind](data).to_bytes(CHECKSUMS[checksum.kind], "little")
        return image._replace(segments=tuple(_patched(s, checksum.address, result) for s in image.segments))


def _patched(segment: Segment, address: int, data: bytes) -> Segment:
    if not segment.address <= address < segment.end:
        return segment
    start = address - segment.address
    return Segment(segment.address, segment.data[:start] + data + segment.data[start + len(data) :])


def _xor(data: bytes) -> int:
    result = 0
    for byte in data:
        result ^= byte
    return result


_SUMS: dict[str, Callable[[bytes], int]] = {
    "sum8": lambda data: sum(data) & 0xFF,
    "xor8": _xor,
    "sum16": lambda data: sum(data) & 0xFFFF,
    "crc16": lambda data: crc_hqx(data, 0xFFFF),  # CCITT: polynomial 0x1021, not reflected
    "crc32": crc32,
}
"""Kind -> how it is computed."""
