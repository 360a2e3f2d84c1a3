# SPDX-License-Identifier: MIT
"""A program named on emu816's command line: its image, and what is known of its symbols and lines."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from asm816 import programfile
from asm816.addresses import parse_address
from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from asm816.debuginfo import DebugInfo
    from asm816.diagnostics import Diagnostic
    from asm816.image import Image


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
    """As `asm816.programfile.read_program`; `say` gets the diagnostics of a source."""
    program = programfile.read_program(text, board, _saying(say))
    return Program(program.name, program.image, program.debug_info())


def read_symbols(name: str, board: str, say: Callable[[str], None]) -> DebugInfo:
    """As `asm816.programfile.read_symbols`; `say` gets the diagnostics of a source."""
    return programfile.read_symbols(name, board, _saying(say))


def _saying(say: Callable[[str], None]) -> Callable[[Sequence[Diagnostic]], None]:
    def show(diagnostics: Sequence[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            say(str(diagnostic))

    return show
