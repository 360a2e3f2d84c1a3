# SPDX-License-Identifier: MIT
"""Source files: where they are found, how they are read, and what a place in one is.

Included files are looked for beside the including file, in the current folder, in the -I folders in
their order, and at last among the includes that come with the assembler.  Block comments are blanked
here, columns kept, so that the later stages see one line at a time.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.diagnostics import Diagnostic, Note, Span, diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from asm816.limits import Limits
    from asm816.tokens import Token

OWN_INCLUDES = Path(__file__).with_name("include")
"""The include files that come with the assembler."""

_COMMENT_OR_TEXT = r"""
      "(?:\\[^\n]|[^"\\\n])*+"?  # without its end it reaches to the end of the line
    | '(?:\\[^\n]|[^'\\\n])*+'?
    | ;[^\n]*
    | //[^\n]*
    | (?P<comment>/\*(?:.*?(?P<end>\*/)|.*\Z))
    """
_LEAST_CHARGE = 1024  # what a small file counts: opening it costs as much as reading so many bytes


class SourceProblem(Exception):  # noqa: N818 - carries a diagnostic to whoever knows the place
    """A file cannot be used; `code` and `fields` are those of the diagnostic, `span` its place if in the file."""

    def __init__(self, code: str, span: Span | None = None, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.span = span
        self.fields = fields

    def diagnostic(self, span: Span | None = None, notes: Sequence[Note] = ()) -> Diagnostic:
        """The diagnostic, placed in the file itself or, failing that, at `span`."""
        return diagnostic(self.code, self.span or span, notes, **self.fields)


class SourceFile(NamedTuple):
    """A file that was read.  ``lines`` is what is shown, ``code`` the same without block comments."""

    name: str
    path: Path | None
    lines: tuple[str, ...]
    code: tuple[str, ...]


class Frame(NamedTuple):
    """Why a line is assembled: the call of ``macro`` on ``line``, or the include there (None)."""

    line: Line
    macro: str | None = None

    @property
    def is_include(self) -> bool:
        """Whether it is an included file that was entered."""
        return self.macro is None

    @property
    def why(self) -> str:
        """What a diagnostic says of it."""
        if self.macro is None:
            return "included here"
        if self.macro[0] == ".":
            return f"in lines that this `{self.macro}` makes"
        return f"in the macro `{self.macro}` called here"


class Line(NamedTuple):
    """A line on its way through the assembler.  ``number`` counts from 1."""

    file: SourceFile
    number: int
    frame: Frame | None = None

    @property
    def raw(self) -> str:
        """The line as the file has it."""
        lines = self.file.lines
        return lines[self.number - 1] if self.number <= len(lines) else ""


_NO_ARGUMENTS: Mapping[str, tuple[Token, ...]] = MappingProxyType({})


class Text:
    """A run of lines being read: a file, or the body of a macro.

    ``next`` and ``last`` count lines from 0, ``last`` is the one behind the text; ``level`` counts texts
    inside one another; ``owner`` is that of its local labels, if they are its own; ``again`` is what to do
    behind its last line.
    """

    __slots__ = ("again", "arguments", "file", "frame", "last", "level", "macro", "next", "owner")

    def __init__(
        self,
        file: SourceFile,
        first: int,
        last: int,
        frame: Frame | None,
        level: int,
        *,
        macro: str | None = None,
        arguments: Mapping[str, tuple[Token, ...]] = _NO_ARGUMENTS,
        owner: str = "",
        again: Callable[[], None] | None = None,
    ) -> None:
        self.file = file
        self.next = first
        self.last = last
        self.frame = frame
        self.level = level
        self.macro = macro
        self.arguments = arguments
        self.owner = owner
        self.again = again


class Sources:
    """Reads the files of one assembly and remembers them."""

    def __init__(self, include_dirs: Sequence[Path], limits: Limits, root: Path | None = None) -> None:
        """`root`: included files must lie in that folder (or among our own), links followed."""
        self.files_read: list[Path] = []
        self._include_dirs = tuple(include_dirs)
        self._roots = None if root is None else (root.resolve(), OWN_INCLUDES.resolve())
        self._binaries: dict[Path, bytes] = {}
        self._limits = limits
        self.total = 0
        self.fresh = 0  # characters of sources, each counted once
        self._cache: dict[Path, SourceFile] = {}
        self._real: dict[Path, Path] = {}

    def text(self, text: str, name: str, path: Path | None = None) -> SourceFile:
        """A source that is already in memory."""
        nul = text.find("\0")
        if nul >= 0:
            raise SourceProblem(
                "E0106", _span_at(text, nul, name), name=name, offset=len(text[:nul].encode())
            )
        self._count(len(text), name)
        self.fresh += len(text)
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        code = _without_block_comments(text, name)
        lines = tuple(text.split("\n"))
        limit = self._limits.line_length
        if max(map(len, lines)) > limit:
            number, line = next(row for row in enumerate(lines, 1) if len(row[1]) > limit)
            raise SourceProblem("E0107", Span(name, number, limit + 1, 1, line[:200]), limit=limit)
        return SourceFile(name, path, lines, lines if code is text else tuple(code.split("\n")))

    def file(self, path: Path, name: str | None = None) -> SourceFile:
        """The source file at `path`."""
        name = str(path) if name is None else name
        known = self._cache.get(path)
        if known is not None:
            self._count(sum(map(len, known.lines)), name)
            return known
        data = self._read(path)
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            span = _span_at(data[: error.start].decode() + "\ufffd", len(data[: error.start].decode()), name)
            byte = data[error.start]
            raise SourceProblem("E0105", span, name=name, byte=byte, offset=error.start) from None
        found = self._cache[path] = self.text(text, name, path)
        return found

    def data(self, path: Path) -> bytes:
        """The bytes of a data file; they are read once."""
        known = self._binaries.get(path)
        if known is None:
            known = self._binaries[path] = self._read(path)
            self._count(len(known), str(path))
        return known

    def real(self, path: Path) -> Path:
        """`path` with links followed, as they were when it was first asked for."""
        known = self._real.get(path)
        if known is None:
            known = self._real[path] = path.resolve()
        return known

    def _read(self, path: Path) -> bytes:
        """The bytes of the file at `path`: of a regular file, so that nothing can wait, and not too many."""
        limit = self._limits.file_bytes
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise SourceProblem("E0102", name=str(path), reason="it is not a file")
                data = file.read(limit + 1)
        except FileNotFoundError:
            raise SourceProblem("E0102", name=str(path), reason="there is no such file") from None
        except (OSError, ValueError) as error:
            if isinstance(error, IsADirectoryError) or _is_no_file(path):
                raise SourceProblem("E0102", name=str(path), reason="it is not a file") from None
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise SourceProblem("E0102", name=str(path), reason=reason) from None
        if len(data) > limit:
            raise SourceProblem("E0108", name=str(path), limit=limit)
        self.files_read.append(path)
        return data

    def find(self, name: str, includer: SourceFile) -> Path:
        """Where the file that `includer` names is."""
        beside = [] if includer.path is None else [includer.path.parent]
        candidates = [folder / name for folder in (*beside, Path(), *self._include_dirs, OWN_INCLUDES)]
        for good in (Path.is_file, Path.exists):  # if there is no file, what is there instead gets blamed
            for candidate in candidates:
                try:
                    if good(candidate):
                        return self._allowed(candidate, name)
                except (OSError, ValueError):
                    break
        raise SourceProblem("E0101", name=name)

    def _allowed(self, path: Path, name: str) -> Path:
        if self._roots is not None and not any(path.resolve().is_relative_to(root) for root in self._roots):
            raise SourceProblem("E0110", name=name, root=str(self._roots[0]))
        return path

    def _count(self, size: int, name: str) -> None:
        self.total += max(size, _LEAST_CHARGE)
        if self.total > self._limits.total_source_bytes:
            raise SourceProblem("E0108", name=name, limit=self._limits.total_source_bytes)


def _is_no_file(path: Path) -> bool:
    try:
        return path.exists() and not path.is_file()
    except (OSError, ValueError):
        return False


def _without_block_comments(text: str, name: str) -> str:
    if "/*" not in text:
        return text
    blanked = []
    end = 0
    for match in re.finditer(_COMMENT_OR_TEXT, text, re.VERBOSE | re.DOTALL):
        if match["comment"] is None:
            continue
        if match["end"] is None:
            raise SourceProblem("E0109", _span_at(text, match.start(), name, 2))
        blanked += [text[end : match.start()], re.sub(r"[^\n]", " ", match.group())]
        end = match.end()
    return "".join(blanked) + text[end:]


def _span_at(text: str, offset: int, name: str, length: int = 1) -> Span:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : len(text) if end < 0 else end].rstrip("\r")
    return Span(name, text.count("\n", 0, offset) + 1, offset - start + 1, length, line)
