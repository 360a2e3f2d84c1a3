# SPDX-License-Identifier: MIT
"""Writing results: a file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from asm816.errors import FileAccessError
from asm816.messages import MESSAGES


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write `data` to `path`: to a file beside it first, which then takes its place.

    A device or FIFO is written to as it is.  Raises FileAccessError; the old file is then untouched.
    """
    try:
        target = Path(os.path.realpath(path))  # of a link, the file it means is replaced
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as device:
                device.write(data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        row = MESSAGES["E0715"]
        raise FileAccessError("E0715", row.message.format(name=path, reason=reason), row.hint) from None


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name[:200]}.{os.getpid()}.tmp")
    try:
        # Created with the rights a new file gets; O_EXCL: nobody else's file is written to.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.is_file():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
