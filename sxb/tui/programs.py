# SPDX-License-Identifier: MIT
"""Which files in a folder can be loaded."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from asm816.programfile import SOURCE_SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path

LOADABLE = frozenset((*SOURCE_SUFFIXES, ".hex", ".ihx", ".s28", ".s37", ".srec", ".mot")) - {".inc"}

MOST = 400
"""Files that are listed; a folder with more wants a filter or a folder further in."""

DEEPEST = 4

PASSED_OVER = frozenset(("node_modules", "build", "dist", "__pycache__"))

FIRST = "examples"
"""A folder of this name comes first."""


def programs_under(folder: Path, text: str = "") -> tuple[str, ...]:
    """Paths below `folder` that can be loaded and have `text` in them: examples first, then by depth and name."""
    found: list[tuple[bool, int, str]] = []
    level = [(folder, "")]
    for depth in range(DEEPEST):
        deeper: list[tuple[Path, str]] = []
        for place, prefix in level:
            for entry in _entries(place):
                name = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith(".") and entry.name not in PASSED_OVER:
                        deeper.append((place / entry.name, f"{name}/"))
                elif PurePath(entry.name).suffix.lower() in LOADABLE and text.lower() in name.lower():
                    found.append((not name.startswith(f"{FIRST}/"), depth, name))
        level = deeper
    return tuple(name for _, _, name in sorted(found)[:MOST])


def _entries(place: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return list(entries)
    except OSError:
        return []
