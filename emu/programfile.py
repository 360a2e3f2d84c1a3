# SPDX-License-Identifier: MIT
"""A program named on emu816's command line: its image, and what is known of its symbols and lines."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from asm816.addresses import file_and_address, parse_address
from asm816.debuginfo import DebugInfo, read_debug_info
from asm816.exitcodes import ExitCode
from asm816.imagefile import read_image
from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Callable

    from asm816.assembler import Assembly
    from asm816.image import Image

SOURCE_SUFFIXES = (".asm", ".s", ".a65", ".src")


@dataclass(frozen=True, slots=True)
class Program:
    """An image, and the debug info of its source; empty if it came without one."""

    name: str
    image: Image
    info: DebugInfo

    @property
    def title(self) -> str:
        """The name of its file, for headings."""
        return Path(self.name).name

    def address(self, text: str, what: str) -> int:
        """The address that `text` is or names; `what` is what it was given for.

        Raises EmuError (E2052) if it is none.
        """
        try:
            return parse_address(text, self.info.addresses)
        except ValueError as error:
            near = get_close_matches(text, self.info.addresses, 3)
            hint = (
                f"did you mean {' or '.join(near)}?" if near else "give an address such as 0x2000, or a label"
            )
            raise EmuError("E2052", f"{what}: {error}", hint) from None

    def start(self, asked: str | None) -> int:
        """Where to begin: as asked for, else at its entry, else at its lowest address.  Raises EmuError (E2052)."""
        return self.image.start if asked is None else self.address(asked, "--start")


def read_program(text: str, board: str, say: Callable[[str], None]) -> Program:
    """The program in FILE: a source, HEX, S-records, or a binary with its address (``prog.bin@0x2000``).

    `say` gets the diagnostics of a source.  Raises EmuError (E2053, E2054; exit 1) for one with errors or an
    empty image, and the errors of reading files.
    """
    name, place = file_and_address(text)
    if Path(name).suffix.lower() in SOURCE_SUFFIXES:
        assembly = _assembled(name, board, say)
        program = Program(name, assembly.image, assembly.debug_info())
    else:
        program = Program(name, read_image(Path(name), place), DebugInfo())
    if not program.image.segments:
        hint = "a program needs .org and code"
        raise EmuError("E2054", f"there is nothing in '{name}' to run", hint, ExitCode.SOURCE_ERRORS)
    return program


def read_symbols(name: str, board: str, say: Callable[[str], None]) -> DebugInfo:
    """Symbols and lines from debug info (.json), a source, or the lines of ``asm816 --symbols``."""
    if Path(name).suffix.lower() == ".json":
        return read_debug_info(name)
    return _assembled(name, board, say).debug_info()


def _assembled(name: str, board: str, say: Callable[[str], None]) -> Assembly:
    from asm816 import assemble

    assembly = assemble(name, board=board)
    for diagnostic in assembly.diagnostics:
        say(str(diagnostic))
    count = sum(diagnostic.is_error for diagnostic in assembly.diagnostics)
    if count:
        many = f"{count} errors" if count > 1 else "an error"
        raise EmuError("E2053", f"'{name}' has {many}", "mend the source", ExitCode.SOURCE_ERRORS)
    return assembly
