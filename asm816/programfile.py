# SPDX-License-Identifier: MIT
"""A program in a file of any kind, as commands name it: sources are assembled, images are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asm816.addresses import file_and_address
from asm816.errors import AsmError
from asm816.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from asm816.assembler import Assembly
    from asm816.debuginfo import DebugInfo
    from asm816.diagnostics import Diagnostic
    from asm816.image import Image

    Show = Callable[[Sequence[Diagnostic]], None]

SOURCE_SUFFIXES = (".asm", ".s", ".inc", ".a65", ".src")

DEBUG_INFO_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Program:
    """An image, and the `assembly` that it came from; None if it was read from an image file."""

    name: str
    image: Image
    assembly: Assembly | None = None

    @property
    def symbols(self) -> Mapping[str, int]:
        """Name to value; of an image file none."""
        return {} if self.assembly is None else self.assembly.symbols

    def debug_info(self) -> DebugInfo:
        """Symbols and lines; of an image file none."""
        from asm816.debuginfo import DebugInfo

        return DebugInfo() if self.assembly is None else self.assembly.debug_info()


def is_source(name: str) -> bool:
    """Whether the name is that of an assembly source."""
    return Path(name).suffix.lower() in SOURCE_SUFFIXES


def read_program(text: str, board: str, show: Show) -> Program:
    """The program in FILE: a source, HEX, S-records, or a binary with its address (``prog.bin@0x2000``).

    The diagnostics of a source, if there are any, are given to `show`.  Raises AsmError for a source with
    errors (E0721) or an empty image (E0722), and the errors of reading files.
    """
    name, place = file_and_address(text)
    if is_source(name):
        assembly = _assembled(name, board, show)
        program = Program(name, assembly.image, assembly)
    else:
        from asm816.imagefile import read_image

        program = Program(name, read_image(Path(name), place))
    if not program.image.segments:
        raise _error("E0722", name=name)
    return program


def read_symbols(name: str, board: str, show: Show) -> DebugInfo:
    """Symbols and lines from debug info (.json), a source, or the lines of ``asm816 --symbols``.

    Raises as `read_program`, and AsmError for debug info that is none.
    """
    if Path(name).suffix.lower() == DEBUG_INFO_SUFFIX:
        from asm816.debuginfo import read_debug_info

        return read_debug_info(name)
    return _assembled(name, board, show).debug_info()


def _assembled(name: str, board: str, show: Show) -> Assembly:
    from asm816 import assemble

    assembly = assemble(name, board=board)
    show(assembly.diagnostics)
    wrong = [diagnostic for diagnostic in assembly.diagnostics if diagnostic.is_error]
    if wrong:
        many = f"{len(wrong)} errors, the first is" if len(wrong) > 1 else "an error,"
        raise _error("E0721", name=name, many=many, first=wrong[0].code)
    return assembly


def _error(code: str, **fields: str) -> AsmError:
    row = MESSAGES[code]
    return AsmError(code, row.message.format(**fields), row.hint)
