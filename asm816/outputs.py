# SPDX-License-Identifier: MIT
"""Writing results: a file is written whole or not at all, and so are several that belong together."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from asm816.errors import FileAccessError
from asm816.messages import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write `data` to `path`: to a file beside it first, which then takes its place.

    A device or FIFO is written to as it is.  Raises FileAccessError; the old file is then untouched.
    """
    write_together({path: data})


def write_together(files: Mapping[str | Path, bytes]) -> None:
    """Write every file of `files` (path -> content), or none of them: as `write_atomically`."""
    staged: list[_Staged] = []
    try:
        for path, data in files.items():
            with _blaming(path):
                staged.append(_Staged(path, data))
        for file in staged:
            with _blaming(file.path):
                file.put_in_place(way_back=len(staged) > 1)
    except BaseException:
        for file in reversed(staged):
            file.undo()
        raise
    for file in staged:
        file.forget_old()


@contextmanager
def _blaming(path: str | Path) -> Iterator[None]:
    """Turn what the system says into our error about `path`."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        row = MESSAGES["E0715"]
        raise FileAccessError("E0715", row.message.format(name=path, reason=reason), row.hint) from None


class WholeFile:
    """A file that is written in pieces, and is at its place whole or not at all.

    It is opened at once, so that a path that cannot be written is known before there is anything to
    write; until `keep` it lies beside its place.  Left as a context without `keep` it is dropped.  Every
    step raises FileAccessError.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        with _blaming(path):
            self._target = Path(os.path.realpath(path))  # of a link, the file it means is replaced
            if self._target.is_dir():
                raise IsADirectoryError(None, "it is a folder")
            self._new = None if _is_device(self._target) else _beside(self._target, "tmp")
            handle = os.open(self._new or self._target, _CREATE if self._new else _TO_DEVICE, 0o666)
            self._file = os.fdopen(handle, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.drop()

    def write(self, data: bytes) -> None:
        """Add these bytes."""
        with _blaming(self.path):
            self._file.write(data)

    def keep(self) -> None:
        """Put the file in its place."""
        with _blaming(self.path):
            self._file.flush()
            if self._new is not None:
                os.fsync(self._file.fileno())
            self._file.close()
            if self._new is not None:
                if self._target.is_file():
                    self._new.chmod(stat.S_IMODE(self._target.stat().st_mode))
                self._new.replace(self._target)
                self._new = None

    def drop(self) -> None:
        """Take away what was not kept."""
        with suppress(OSError):
            self._file.close()
        if self._new is not None:
            with suppress(OSError):
                self._new.unlink()
            self._new = None


# Created with the rights a new file gets; O_EXCL: nobody else's file is written to.
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_TO_DEVICE = os.O_WRONLY | getattr(os, "O_BINARY", 0)


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name[:200]}.{os.getpid()}.{suffix}")


class _Staged:
    """A file that is written beside its place, to be moved there; a device waits for its data."""

    def __init__(self, path: str | Path, data: bytes) -> None:
        self.path = path
        self._target = Path(os.path.realpath(path))  # of a link, the file it means is replaced
        self._device = data if _is_device(self._target) else None
        self._new: Path | None = None
        self._old: Path | None = None
        self._appeared = False
        if self._device is None:
            if self._target.is_dir():
                raise IsADirectoryError(None, "it is a folder")
            self._write(data)

    def _write(self, data: bytes) -> None:
        new = _beside(self._target, "tmp")
        handle = os.open(new, _CREATE, 0o666)
        self._new = new
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if self._target.is_file():
                new.chmod(stat.S_IMODE(self._target.stat().st_mode))
        except BaseException:
            self.undo()
            raise

    def put_in_place(self, *, way_back: bool) -> None:
        """Let the new file take its place; for a `way_back` the old one is kept aside."""
        if self._device is not None:
            with self._target.open("wb") as device:
                device.write(self._device)
            return
        assert self._new is not None
        existed = self._target.exists()
        if existed and way_back:
            old = _beside(self._target, "old")
            with suppress(OSError):  # a file system without links: then there is no way back
                old.unlink(missing_ok=True)
                os.link(self._target, old)
                self._old = old
        self._new.replace(self._target)
        self._new = None
        self._appeared = not existed

    def undo(self) -> None:
        """Make it as it was before."""
        with suppress(OSError):
            if self._new is not None:
                self._new.unlink()
            if self._old is not None:
                self._old.replace(self._target)
                self._old.unlink(missing_ok=True)  # where both were the same file, POSIX moves nothing
            elif self._appeared:
                self._target.unlink()

    def forget_old(self) -> None:
        """All went well."""
        if self._old is not None:
            with suppress(OSError):
                self._old.unlink()


def _is_device(target: Path) -> bool:
    return target.exists() and not target.is_file() and not target.is_dir()
