# SPDX-License-Identifier: MIT
"""Which files a program is made of, as a rule for make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SPECIAL = re.compile(r"[ \t#\\:%]")


def make_rule(target: str, files: Iterable[Path]) -> str:
    """``target: files``, and an empty rule for each file but the first, so that one may disappear."""
    names = list(dict.fromkeys(file.as_posix() for file in files))
    rules = [" \\\n  ".join([f"{_quoted(target)}:", *map(_quoted, names)])]
    rules += [f"{_quoted(name)}:" for name in names[1:]]
    return "\n\n".join(rules) + "\n"


def _quoted(name: str) -> str:
    """`name` as make reads it.  A drive letter's colon stands as it is."""
    drive = re.match(r"[A-Za-z]:(?=/)", name)
    start = drive.end() if drive else 0
    return name[:start] + _SPECIAL.sub(r"\\\g<0>", name[start:].replace("$", "$$"))
