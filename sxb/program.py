# SPDX-License-Identifier: MIT
"""From a file named on the command line to an image: sources are assembled, images are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asm816.addresses import file_and_address, parse_address
from asm816.terminal import printable
from sxb import errors
from sxb.errors import address_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from asm816.assembler import Assembly
    from asm816.debuginfo import DebugInfo
    from asm816.diagnostics import Diagnostic
    from asm816.image import Image

SOURCE_SUFFIXES = (".asm", ".s", ".inc", ".a65", ".src")

DEBUG_INFO_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Program:
    """What is to be loaded; `symbols` (name to address) and `assembly` are those of a source, else none."""

    image: Image
    symbols: Mapping[str, int] = field(default_factory=dict)
    assembly: Assembly | None = None


def is_source(name: str) -> bool:
    """Whether the name is that of an assembly source."""
    return Path(name).suffix.lower() in SOURCE_SUFFIXES


def show_on_stderr(diagnostics: Sequence[Diagnostic]) -> None:
    """The diagnostics of a source for people."""
    for diagnostic in diagnostics:
        click.echo(printable(str(diagnostic)), err=True)


def read_program(
    text: str, board: str, show: Callable[[Sequence[Diagnostic]], None] = show_on_stderr
) -> Program:
    """The program in FILE; the diagnostics of a source, if there are any, are given to `show`.

    Raises ToolError (exit 1 or 3) if the file cannot be read, has errors or is no image.
    """
    name, place = file_and_address(text)
    if is_source(name):
        assembly = _assembled(name, board, show)
        program = Program(assembly.image, assembly.symbols, assembly)
    else:
        from asm816.imagefile import read_image

        program = Program(read_image(Path(name), place))
    if not program.image.segments:
        raise errors.nothing_to_load(name)
    return program


def read_symbols(name: str, board: str) -> DebugInfo:
    """The symbols in FILE: debug info (.json), a source, or ``NAME = VALUE`` lines of asm816 --symbols.

    Raises ToolError (exit 1 or 3) if the file cannot be read or has errors.
    """
    if Path(name).suffix.lower() == DEBUG_INFO_SUFFIX:
        from asm816.debuginfo import read_debug_info

        return read_debug_info(name)
    return _assembled(name, board).debug_info()


def _assembled(
    name: str, board: str, show: Callable[[Sequence[Diagnostic]], None] = show_on_stderr
) -> Assembly:
    from asm816 import assemble

    assembly = assemble(name, board=board)
    show(assembly.diagnostics)
    wrong = [diagnostic for diagnostic in assembly.diagnostics if diagnostic.is_error]
    if wrong:
        raise errors.source_errors(name, len(wrong), wrong[0].code)
    return assembly


def resolve(place: int | str, symbols: Mapping[str, int]) -> int:
    """The address that `place` is or names.  Raises UsageError if no symbol has that name."""
    if isinstance(place, int):
        return place
    try:
        return parse_address(place, symbols)
    except ValueError:
        from difflib import get_close_matches

        near = get_close_matches(place, symbols, 3)
        raise errors.no_symbol(place, near, any_known=bool(symbols)) from None


def names_of(info: DebugInfo) -> dict[int, str]:
    """Address to label, of several the first; where nothing says what is a label, all symbols are."""
    labels = [symbol for symbol in info.symbols if symbol.kind == "label"]
    names: dict[int, str] = {}
    for symbol in labels or info.symbols:
        names.setdefault(symbol.value, symbol.name)
    return names


def extent(image: Image) -> str:
    """``64 bytes, 00:00B6-00:00F5``, for people."""
    if not image.segments:
        return "0 bytes"
    pieces = f" in {len(image.segments)} pieces" if len(image.segments) > 1 else ""
    return f"{image.size} bytes{pieces}, {address_text(image.first)}-{address_text(image.last)}"
