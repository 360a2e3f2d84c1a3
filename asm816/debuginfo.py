# SPDX-License-Identifier: MIT
"""Debug info: which line of which file made the bytes at an address, and what the symbols are.

It is the one description of a program that emulator, uploader, screens, editors and tests read.
`assemble(...).debug_info` is the value; `asm816 --debug-info FILE` writes it as JSON, described in
`docs/debug-info.md`; `read_debug_info` reads that, strictly: what is not as described is an error.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.errors import AsmError, FileAccessError
from asm816.messages import MESSAGES
from asm816.statements import Directive, Instruction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from asm816.layout import Placed
    from asm816.macros import Define
    from asm816.source import Frame
    from asm816.statements import Statement
    from asm816.symbols import Scope
    from asm816.widths import Widths

FORMAT = "mensch816-debug-info"
VERSION = 1

SPACE = 1 << 24
"""Addresses below this exist."""

ROW_KINDS = ("code", "data", "space")
"""What a line made: an instruction, other bytes, or room without bytes."""

SYMBOL_KINDS = ("label", "constant", "variable", "text")
"""What gave a symbol its value: a place, ``=``, ``.set`` (its last value), or ``equ`` with one number."""

_MOST_BYTES = 1 << 30
"""Larger files are refused unread; the largest program that the limits allow stays below."""

_MOST_CALLS = 1000
"""More calls than that do not lead to one line (`asm816.limits`); a chain without end eats all memory."""


class Call(NamedTuple):
    """Why a line was assembled: the line that called ``macro``, or included the file (None)."""

    file: str
    line: int
    macro: str | None


class Row(NamedTuple):
    """``size`` bytes from the 24-bit ``address`` on, and the line that made them (from 1).

    ``m8`` and ``x8`` say whether A and the index registers are 8 bits wide there, None where that is
    not known.  ``stack`` are the calls that led to the line, innermost first.
    """

    address: int
    size: int
    file: str
    line: int
    kind: str
    m8: bool | None = None
    x8: bool | None = None
    stack: tuple[Call, ...] = ()


class DebugSymbol(NamedTuple):
    """A symbol, and where it was defined; its ``kind`` is one of `SYMBOL_KINDS`."""

    name: str
    value: int
    kind: str
    file: str
    line: int


@dataclass(frozen=True)
class DebugInfo:
    """``rows`` in rising order of address, ``symbols`` in order of definition, ``entry`` where to start.

    The same address can have two rows: the copies of a `.repeat` body, for instance, are one row of
    their `.endr`, and room may be reserved twice.
    """

    symbols: tuple[DebugSymbol, ...] = ()
    rows: tuple[Row, ...] = ()
    entry: int | None = None

    @cached_property
    def addresses(self) -> Mapping[str, int]:
        """Name -> value of all symbols; the form that `parse_address` takes."""
        return MappingProxyType({symbol.name: symbol.value for symbol in self.symbols})

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files that are named, in order of first mention by address, then by symbols."""
        of_rows, of_symbols = (row.file for row in self.rows), (symbol.file for symbol in self.symbols)
        return tuple(dict.fromkeys((*of_rows, *of_symbols)))

    def row_at(self, address: int) -> Row | None:
        """What made the byte at `address`; where there are two rows, one that made bytes."""
        number = bisect_right(self._starts, address)
        found = None
        while number:
            number -= 1
            row = self.rows[number]
            if address < row.address + row.size:
                if row.kind != "space":
                    return row
                found = found or row
            if self._reaches[number] <= address:
                break
        return found

    def line_at(self, address: int) -> tuple[str, int] | None:
        """(file, line) of the byte at `address`."""
        row = self.row_at(address)
        return None if row is None else (row.file, row.line)

    def addresses_of(self, file: str, line: int) -> tuple[int, ...]:
        """Where the bytes of a line are: in several places if it belongs to a macro."""
        return tuple(row.address for row in self.rows if (row.file, row.line) == (file, line))

    def nearest(self, address: int) -> tuple[DebugSymbol, int] | None:
        """The last label at or before `address` in its bank, and the distance from it."""
        number = bisect_right(self._label_values, address)
        if not number or self._labels[number - 1].value >> 16 != address >> 16:
            return None
        label = self._labels[number - 1]
        return label, address - label.value

    @cached_property
    def _starts(self) -> list[int]:
        return [row.address for row in self.rows]

    @cached_property
    def _reaches(self) -> list[int]:
        """Per row: the highest end of it and of all rows before it."""
        reaches, highest = [], 0
        for row in self.rows:
            highest = max(highest, row.address + row.size)
            reaches.append(highest)
        return reaches

    @cached_property
    def _labels(self) -> list[DebugSymbol]:
        labels = [symbol for symbol in self.symbols if symbol.kind == "label"]
        labels.reverse()  # of two labels at one address the first that was defined speaks
        labels.sort(key=lambda label: label.value)
        return labels

    @cached_property
    def _label_values(self) -> list[int]:
        return [label.value for label in self._labels]


# -- from an assembly


def debug_info_of(
    placed: Sequence[Placed],
    widths: Widths,
    outermost: Scope,
    defines: Mapping[str, Define],
    entry: int | None = None,
) -> DebugInfo:
    """The debug info of a program without errors: its statements, its symbols and its textual names."""
    stacks: dict[int, tuple[Call, ...]] = {}
    rows = []
    for number, place in enumerate(placed):
        if place.size > 0:
            line = place.statement.line
            kind = _kind_of(place.statement)
            m8, x8 = (widths.m(number), widths.x(number)) if kind == "code" else (None, None)
            stack = _stack_of(line.frame, stacks)
            rows.append(Row(place.address, place.size, line.file.name, line.number, kind, m8, x8, stack))
    rows.sort(key=lambda row: row.address)
    return DebugInfo((*_symbols_of(outermost), *_texts_of(defines)), tuple(rows), entry)


def _kind_of(statement: Statement) -> str:
    if isinstance(statement, Instruction):
        return "code"
    return "space" if isinstance(statement, Directive) and statement.name in _RESERVING else "data"


_RESERVING = frozenset(("resb", "resw", "align", "align_bits", "align_bytes"))


def _stack_of(frame: Frame | None, known: dict[int, tuple[Call, ...]]) -> tuple[Call, ...]:
    """The calls that `frame` stands for; `known` by identity, since many lines share their frames."""
    pending = []
    while frame is not None and id(frame) not in known:
        pending.append(frame)
        frame = frame.line.frame
    stack = () if frame is None else known[id(frame)]
    for inner in reversed(pending):
        stack = (Call(inner.line.file.name, inner.line.number, inner.macro), *stack)
        known[id(inner)] = stack
    return stack


def _symbols_of(outermost: Scope) -> Iterator[DebugSymbol]:
    """The symbols outside of scopes, then those in scopes that have a name, by path: `outer.inner`."""
    scopes = [("", outermost)]
    for path, scope in scopes:  # it grows
        for name, symbol in scope.names.items():
            if symbol.value is not None:
                place = symbol.line
                yield DebugSymbol(path + name, symbol.value, symbol.kind.value, place.file.name, place.number)
        scopes += [(f"{path}{name}.", inner) for name, inner in scope.inner.items()]


def _texts_of(defines: Mapping[str, Define]) -> list[DebugSymbol]:
    """Textual names that stand for one number, such as the registers of the include file."""
    return [
        DebugSymbol(name, number, "text", define.line.file.name, define.line.number)
        for name, define in defines.items()
        if define.line is not None and (number := define.number) is not None
    ]


# -- writing


def to_json(info: DebugInfo) -> str:
    """The JSON form of `info`: the same text for the same value, one row or symbol per line."""
    files = _Numbers()
    calls = _Numbers()
    rows = [_row_object(row, files, calls) for row in info.rows]
    symbols = [
        {"name": s.name, "value": s.value, "kind": s.kind, "file": files[s.file], "line": s.line}
        for s in info.symbols
    ]
    stacks = [
        {"file": file, "line": line, "macro": macro, "outer": outer} for file, line, macro, outer in calls
    ]
    parts = [
        ("format", json.dumps(FORMAT)),
        ("version", str(VERSION)),
        ("entry", json.dumps(info.entry)),
        ("files", _array(files)),
        ("calls", _array(stacks)),
        ("rows", _array(rows)),
        ("symbols", _array(symbols)),
    ]
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in parts) + "\n}\n"


class _Numbers(dict[Any, int]):
    """Numbers things in the order in which they are first asked for."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number


def _array(values: Iterable[object]) -> str:
    lines = ",\n".join(json.dumps(value) for value in values)
    return f"[\n{lines}\n]" if lines else "[]"


def _row_object(row: Row, files: _Numbers, calls: _Numbers) -> dict[str, object]:
    outer = None
    for call in reversed(row.stack):
        outer = calls[files[call.file], call.line, call.macro, outer]
    return {
        "address": row.address,
        "size": row.size,
        "file": files[row.file],
        "line": row.line,
        "kind": row.kind,
        "m8": row.m8,
        "x8": row.x8,
        "call": outer,
    }


# -- reading


class _Unfit(Exception):  # noqa: N818 - becomes an AsmError at once
    """The content is not as described; the text says what is wrong."""


def read_debug_info(path: str | Path) -> DebugInfo:
    """The debug info in the file at `path`.

    Raises FileAccessError if it cannot be read, AsmError if it is of another kind or version, cut off or
    otherwise not as described.
    """
    try:
        source = Path(path)
        if source.exists() and not source.is_file():
            raise _error(FileAccessError, "E0102", name=path, reason="it is not a file")
        if source.stat().st_size > _MOST_BYTES:
            raise _error(AsmError, "E0108", name=path, limit=_MOST_BYTES)
        data = source.read_bytes()
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _error(FileAccessError, "E0102", name=path, reason=reason) from None
    return debug_info_from(data, str(path))


def debug_info_from(data: bytes, name: str) -> DebugInfo:
    """The debug info in the bytes of a file called `name`.  Raises AsmError."""
    try:
        content = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise _error(AsmError, "E0718", name=name, reason="it is not JSON, or it was cut off") from None
    try:
        _check_format(content)
        version = content.get("version")
        if version == VERSION and not isinstance(version, bool):
            return _info(content)
    except _Unfit as unfit:
        raise _error(AsmError, "E0718", name=name, reason=str(unfit)) from None
    raise _error(AsmError, "E0719", name=name, found=repr(version)[:40], known=VERSION)


def _error(family: type[AsmError], code: str, **fields: Any) -> AsmError:
    row = MESSAGES[code]
    return family(code, row.message.format(**fields), row.hint)


_FIELDS = MappingProxyType(
    {
        "file": ("format", "version", "entry", "files", "calls", "rows", "symbols"),
        "call": ("file", "line", "macro", "outer"),
        "row": ("address", "size", "file", "line", "kind", "m8", "x8", "call"),
        "symbol": ("name", "value", "kind", "file", "line"),
    }
)
"""The keys of each kind of object; all must be there, and no other."""


def _check_format(content: Any) -> None:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _Unfit(f'its "format" is not "{FORMAT}"')


def _info(content: dict[str, Any]) -> DebugInfo:
    _check_keys(content, "file")
    entry = None if content["entry"] is None else _integer(content["entry"], "entry", 0, SPACE - 1)
    files = [_text(name, "a file name") for name in _list(content["files"], "files")]
    stacks: list[tuple[Call, ...]] = []
    for call in _list(content["calls"], "calls"):
        _check_keys(call, "call")
        macro = None if call["macro"] is None else _text(call["macro"], "macro")
        here = Call(_of(files, call["file"], "file"), _line(call["line"]), macro)
        stacks.append((here, *_stack(stacks, call["outer"])))
        if len(stacks[-1]) > _MOST_CALLS:
            raise _Unfit(f"more than {_MOST_CALLS} calls lead to one line")
    rows = tuple(_row(row, files, stacks) for row in _list(content["rows"], "rows"))
    if any(first.address > second.address for first, second in pairwise(rows)):
        raise _Unfit("its rows are not in order of address")
    symbols = tuple(_symbol(symbol, files) for symbol in _list(content["symbols"], "symbols"))
    return DebugInfo(symbols, rows, entry)


def _row(row: Any, files: list[str], stacks: list[tuple[Call, ...]]) -> Row:
    _check_keys(row, "row")
    address = _integer(row["address"], "address", 0, SPACE - 1)
    return Row(
        address,
        _integer(row["size"], "size", 1, SPACE - address),
        _of(files, row["file"], "file"),
        _line(row["line"]),
        _one_of(row["kind"], ROW_KINDS),
        _width(row["m8"], "m8"),
        _width(row["x8"], "x8"),
        _stack(stacks, row["call"]),
    )


def _symbol(symbol: Any, files: list[str]) -> DebugSymbol:
    _check_keys(symbol, "symbol")
    return DebugSymbol(
        _text(symbol["name"], "name"),
        _integer(symbol["value"], "value", -(1 << 63), (1 << 64) - 1),
        _one_of(symbol["kind"], SYMBOL_KINDS),
        _of(files, symbol["file"], "file"),
        _line(symbol["line"]),
    )


def _check_keys(value: Any, what: str) -> None:
    expected = _FIELDS[what]
    if not isinstance(value, dict):
        raise _Unfit(f"a {what} is not an object")
    for key in expected:
        if key not in value:
            raise _Unfit(f'a {what} has no "{key}"')
    for key in value:
        if key not in expected:
            raise _Unfit(f"a {what} has a key that is not known: {key[:40]!r}")


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Unfit(f'"{what}" is not an array')
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise _Unfit(f"{what} is not a text")
    return value


def _integer(value: Any, what: str, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise _Unfit(f'"{what}" is no integer from {low} to {high}')
    return value


def _line(value: Any) -> int:
    return _integer(value, "line", 1, 1 << 31)


def _one_of(value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise _Unfit(f'"kind" is none of {", ".join(allowed)}')
    return str(value)


def _width(value: Any, what: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise _Unfit(f'"{what}" is not true, false or null')
    return value


def _of(values: list[Any], number: Any, what: str) -> Any:  # the type depends on `values`
    return values[_integer(number, what, 0, len(values) - 1)]


def _stack(stacks: list[tuple[Call, ...]], number: Any) -> tuple[Call, ...]:
    stack: tuple[Call, ...] = () if number is None else _of(stacks, number, "call")
    return stack
