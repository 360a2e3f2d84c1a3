# SPDX-License-Identifier: MIT
"""`dis816`: the disassembler's command line.  Its output assembles to the same bytes again."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asm816.addresses import file_and_address, parse_address
from asm816.clickline import run_click
from asm816.errors import AsmError
from asm816.exitcodes import ExitCode
from asm816.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from asm816.codemap import Known
    from asm816.image import Image

_BLOCK = 1000  # lines that are written at a time


@click.command(context_settings={"help_option_names": ["--help"]})
@click.argument("file")
@click.option("--start", metavar="ADDR", help="First address.  [the lowest of the file]")
@click.option("--end", metavar="ADDR", help="Last address.  [the highest of the file]")
@click.option("--m8/--m16", "m8", default=True, help="Width of the accumulator at the start.  [--m8]")
@click.option("--x8/--x16", "x8", default=True, help="Width of the index registers at the start.  [--x8]")
@click.option(
    "--follow/--no-follow", default=True, help="Follow the widths along the flow of control.  [--follow]"
)
@click.option(
    "--symbols",
    metavar="FILE",
    help="Names for addresses: NAME = VALUE lines, or debug info, which knows widths and data too.",
)
def command(
    *, file: str, start: str | None, end: str | None, m8: bool, x8: bool, follow: bool, symbols: str | None
) -> int:
    """Disassemble FILE: Intel HEX, S-records, or a binary as FILE@ADDRESS."""
    from asm816.codemap import NOTHING_KNOWN  # not for --help
    from asm816.disassembler import Widths, source_lines

    whole = _image(file)
    known = NOTHING_KNOWN if symbols is None else _known(symbols, whole)
    first, last = (
        _address(text, option, known.symbols) for text, option in ((start, "--start"), (end, "--end"))
    )
    lines = source_lines(_between(whole, first, last), Widths(m8, x8, follow), known)
    while block := [*islice(lines, _BLOCK)]:
        click.echo(printable("\n".join(block)))
    return ExitCode.DONE


def _image(file: str) -> Image:
    from asm816.imagefile import read_image

    return read_image(*file_and_address(file))


def _address(text: str | None, option: str, names: Mapping[str, int]) -> int | None:
    try:
        return None if text is None else parse_address(text, names)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def _known(path: str, image: Image) -> Known:
    """What the file of symbols knows: debug info, told by its first character, or a source of symbols."""
    from asm816.codemap import Known, known_from  # only on request

    try:
        with Path(path).open("rb") as file:
            is_json = file.read(64).lstrip().startswith(b"{")
    except (OSError, ValueError):
        is_json = False  # the assembler says what is wrong with it
    if is_json:
        from asm816.debuginfo import read_debug_info

        return known_from(read_debug_info(path), image)
    return Known(_symbols(path))


def _symbols(path: str) -> Mapping[str, int]:
    from asm816.assembler import assemble  # only on request
    from asm816.diagnostics import render

    result = assemble(path)
    if not result.ok:
        found = result.diagnostics[0]
        click.echo(printable(render(found)), err=True)
        raise AsmError(found.code, f"{path} is no file of symbols", "asm816 --symbols writes one")
    return result.symbols


def _between(image: Image, start: int | None, end: int | None) -> Image:
    """The part of `image` from `start` to `end`, both included."""
    from asm816.image import image_of

    first, last = start or 0, 0xFFFFFF if end is None else end
    pieces = []
    for segment in image.segments:
        low, high = max(first, segment.address), min(last + 1, segment.end)
        if low < high:
            pieces.append((low, segment.data[low - segment.address : high - segment.address]))
    entry = image.entry if image.entry is not None and first <= image.entry <= last else None
    return image_of(pieces, entry)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    return run_click("dis816", command, arguments)
