# SPDX-License-Identifier: MIT
"""Programs and symbols as the uploader's commands name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from asm816 import programfile
from asm816.addresses import address_text, parse_address
from asm816.terminal import printable
from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from asm816.debuginfo import DebugInfo
    from asm816.diagnostics import Diagnostic
    from asm816.image import Image
    from asm816.programfile import Program


def show_on_stderr(diagnostics: Sequence[Diagnostic]) -> None:
    """The diagnostics of a source for people."""
    for diagnostic in diagnostics:
        click.echo(printable(str(diagnostic)), err=True)


def read_program(
    text: str, board: str, show: Callable[[Sequence[Diagnostic]], None] = show_on_stderr
) -> Program:
    """As `asm816.programfile.read_program`; diagnostics go to standard error unless somebody else wants them."""
    return programfile.read_program(text, board, show)


def read_symbols(name: str, board: str) -> DebugInfo:
    """As `asm816.programfile.read_symbols`, with the diagnostics on standard error."""
    return programfile.read_symbols(name, board, show_on_stderr)


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
