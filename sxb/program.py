# SPDX-License-Identifier: MIT
"""From a file named on the command line to an image: sources are assembled, images are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from asm816.addresses import file_and_address
from asm816.commandline import printable
from sxb.errors import address_text

if TYPE_CHECKING:
    from asm816.image import Image

SOURCE_SUFFIXES = (".asm", ".s", ".inc", ".a65", ".src")


def is_source(name: str) -> bool:
    """Whether the name is that of an assembly source."""
    return Path(name).suffix.lower() in SOURCE_SUFFIXES


def read_program(text: str, board: str) -> Image | None:
    """The image of FILE, or None after its diagnostics were shown on standard error.

    Raises ToolError (exit 1 or 3) if the file cannot be read or is no image.
    """
    name, place = file_and_address(text)
    if not is_source(name):
        from asm816.imagefile import read_image

        return read_image(Path(name), place)
    from asm816 import assemble

    assembly = assemble(name, board=board)
    for diagnostic in assembly.diagnostics:
        click.echo(printable(str(diagnostic)), err=True)
    return assembly.image if assembly.ok else None


def extent(image: Image) -> str:
    """``64 bytes, 00:00B6-00:00F5``, for people."""
    if not image.segments:
        return "0 bytes"
    pieces = f" in {len(image.segments)} pieces" if len(image.segments) > 1 else ""
    return f"{image.size} bytes{pieces}, {address_text(image.first)}-{address_text(image.last)}"
