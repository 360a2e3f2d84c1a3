# SPDX-License-Identifier: MIT
"""Boots from a file: what a board like this one was after its boot, kept in the user's cache folder.

A boot takes 1.34 emulated seconds, which are long in plain Python, and comes out the same every time.  The
file is named after all that it depends on: the state of the board before (board, crystal, ROM, flash,
memory) and our own code.  A file that is damaged or missing costs one boot; nothing else depends on it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from asm816.errors import ToolError
from asm816.outputs import write_atomically
from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.board import Board

SUFFIX = ".boot"

MOST_FILES = 8
"""Kept in the folder, some 40 KB each; the oldest go."""

_CODE = Path(__file__).parent


def boot(board: Board, folder: Path | None = None) -> None:
    """Bring a fresh board to its monitor's prompt, as `Board.boot` does.  Raises EmuError as that does."""
    folder = cache_folder() if folder is None else folder
    file = folder / f"{_key(board)}{SUFFIX}"
    with suppress(OSError, EmuError):  # not there, not readable, damaged: then for real
        board.restore(file.read_bytes())
        return
    board.boot()
    with suppress(OSError, ToolError):  # a full disk or a locked folder must not stop a boot
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(file, board.snapshot())
        _tidy(folder)


def cache_folder(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """Where this system keeps what can be made again."""
    if system == "win32":
        base = environment.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "mensch816" / "cache"
    if system == "darwin":
        return Path.home() / "Library" / "Caches" / "mensch816"
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "mensch816"


def _key(board: Board) -> str:
    """All that a boot depends on, in one number."""
    digest = sha256(board.snapshot())
    for file in sorted(_CODE.rglob("*.*")):
        if file.suffix in (".py", ".so", ".pyd"):
            state = file.stat()
            digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _tidy(folder: Path) -> None:
    files = sorted(folder.glob(f"*{SUFFIX}"), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-MOST_FILES]:
        file.unlink(missing_ok=True)
