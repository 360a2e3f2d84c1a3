# SPDX-License-Identifier: MIT
"""What is in the flash socket of a board: nothing, an erased flash, or the content of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from emu.chip.flash import BLANK, SIZE
from emu.errors import EmuError, EmuFileError

if TYPE_CHECKING:
    from asm816.target.boards import BoardFacts

EMPTY, ERASED = "empty", "blank"
"""Names of what the socket holds without a file."""


def socket_content(facts: BoardFacts, source: str | Path | bytes | None) -> bytes | None:
    """The 131072 bytes in the socket of a board, bank 0 first; None for nothing.

    `source` is None (what the board has by default: an erased flash where there is a socket),
    ``"empty"``, ``"blank"``, the bytes, or the path of a file of them.  Raises EmuError if the
    board has no socket or the size is wrong, EmuFileError if the file cannot be read.
    """
    if source is None:
        return BLANK if facts.flash_socket else None
    if source == EMPTY:
        return None
    if not facts.flash_socket:
        raise EmuError("E2014", f"the {facts.title} has no flash socket", "the board with one is sxb")
    if source == ERASED:
        return BLANK
    content = source if isinstance(source, bytes) else _read(Path(source))
    if len(content) != SIZE:
        where = "the flash" if isinstance(source, bytes) else f"'{source}'"
        raise EmuError("E2015", f"{where} has {len(content)} bytes, not {SIZE}", "fill the rest with FF")
    return content


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        hint = f"give a file of {SIZE} bytes, or one of: {ERASED}, {EMPTY}"
        raise EmuFileError("E2016", f"cannot read '{path}': {error.strerror}", hint) from error
