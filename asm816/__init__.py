# SPDX-License-Identifier: MIT
"""A 65816 assembler for the W65C265S boards, in the naken_asm dialect.

    from asm816 import assemble
    result = assemble("blink.asm")
    result.image, result.symbols, result.diagnostics, result.listing()

Names load on first use, so that importing a table (`asm816.target`) loads no parser.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asm816.assembler import Assembly as Assembly
    from asm816.assembler import assemble as assemble
    from asm816.errors import AsmError as AsmError
    from asm816.image import Image as Image

_HOMES = {
    "assemble": "asm816.assembler",
    "Assembly": "asm816.assembler",
    "AsmError": "asm816.errors",
    "Image": "asm816.image",
}

__all__ = ["AsmError", "Assembly", "Image", "assemble"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
