# SPDX-License-Identifier: MIT
"""`assemble`: a source in, an image, symbols and diagnostics out.  It never prints and never exits."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.collection import no_collection
from asm816.diagnostics import Stop
from asm816.image import Image
from asm816.limits import Limits
from asm816.lints import Program, check
from asm816.messages import WARNINGS, warning_codes
from asm816.passes import Task, settled
from asm816.symbols import Scope
from asm816.target.boards import BOARDS
from asm816.widths import NO_WIDTHS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from asm816.debuginfo import DebugInfo
    from asm816.diagnostics import Diagnostic
    from asm816.macros import Define
    from asm816.passes import Pass
    from asm816.sections import AreaUse
    from asm816.widths import Widths

_NO_DEFINES: Mapping[str, str] = MappingProxyType({})
_DEFAULT_LIMITS = Limits()


class Assembly:
    """The result.  With errors the image is empty; ``symbols`` are those outside of scopes.

    ``files`` are the files that were read, in order.  ``areas`` tell how full the memory areas are that
    the source names.
    """

    __slots__ = (
        "_defines",
        "_outermost",
        "_placed",
        "_tracked",
        "areas",
        "diagnostics",
        "files",
        "image",
        "symbols",
    )

    def __init__(self, last: Pass, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Of the last pass over a source, and what was found in all."""
        self.diagnostics = diagnostics
        self.symbols: Mapping[str, int] = MappingProxyType(last.layout.symbols.values())
        self.files = tuple(last.sources.files_read)
        good = self.ok
        self.image = last.image if good else Image()
        self.areas: tuple[AreaUse, ...] = last.layout.sections.use() if good else ()
        self._tracked = last.tracked if good else None
        self._placed = last.placed if good else ()
        self._outermost = last.layout.symbols.outermost if good else Scope()
        self._defines: Mapping[str, Define] = last.expander.defines if good else {}

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(found.is_error for found in self.diagnostics)

    @property
    def start(self) -> int:
        """Where it begins: at its entry, else at a label ``start``, else at its lowest address."""
        entry = self.image.entry
        return entry if entry is not None else self.symbols.get("start", self.image.first)

    @property
    def widths(self) -> Widths:
        """How wide A, X and Y are at each statement, as far as the flow of control tells (`asm816.widths`)."""
        return NO_WIDTHS if self._tracked is None else self._tracked.widths

    def listing(self, *, expand: bool = False) -> str:
        """The source with addresses, bytes and cycles, then the symbols and where they are used.

        With `expand` each line that a macro made is shown, else their sum beside the call.
        """
        from asm816.listing import listing  # few ask for it

        return listing(
            self._placed,
            self.image,
            self.widths,
            self._outermost,
            self._defines,
            areas=self.areas,
            expand=expand,
        )

    def source_lines(self) -> Mapping[str, Sequence[str]]:
        """The lines of each file that made bytes, by the name that debug info gives it."""
        files = {place.statement.line.file.name: place.statement.line.file for place in self._placed}
        return {name: file.lines for name, file in files.items()}

    def debug_info(self) -> DebugInfo:
        """Which line made the bytes at an address, and the symbols with what they are."""
        from asm816.debuginfo import debug_info_of  # few ask for it

        return debug_info_of(self._placed, self.widths, self._outermost, self._defines, self.image.entry)


def assemble(
    path: str | Path | None = None,
    *,
    text: str | None = None,
    name: str = "<text>",
    include_dirs: Sequence[Path] = (),
    defines: Mapping[str, str] = _NO_DEFINES,
    board: str = "qbx",
    limits: Limits = _DEFAULT_LIMITS,
    no_warn: Collection[str] = (),
    werror: bool = False,
    restrict_includes: Path | None = None,
) -> Assembly:
    """Assemble the file at `path`, or `text` (called `name` in messages).

    `defines` are textual names as of `.define`; `board` adds ``BOARD_QBX`` or ``BOARD_SXB`` to them.
    Warnings named in `no_warn` (names, codes or "all") are not made; with `werror` the others are errors.
    Files that the source names must lie in the folder `restrict_includes`, if one is given.
    Raises FileAccessError if the main file cannot be read; everything else is in the diagnostics.
    """
    if (path is None) == (text is None):
        raise ValueError("give either a path or a text")
    if board not in BOARDS:
        raise ValueError(f"there is no board {board!r}; there are {', '.join(BOARDS)}")
    task = Task(
        None if path is None else Path(path),
        text or "",
        name,
        [Path(folder) for folder in include_dirs],
        {**defines, f"BOARD_{board.upper()}": "1"},
        limits,
        warning_codes(no_warn),
        werror,
        restrict_includes,
    )
    with no_collection():
        return _assembly(task, board)


def _assembly(task: Task, board: str) -> Assembly:
    last = settled(task)
    report = last.report
    if last.tracked is not None and not report.errors and not task.silent >= frozenset(WARNINGS.values()):
        with suppress(Stop):  # too many warnings that are errors
            check(Program(last.placed, last.image, last.tracked, BOARDS[board]), report)
    report.finish()
    return Assembly(last, _in_order(report.diagnostics))


def _in_order(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file in the order of first mention, then by line; remarks about the run at the end."""
    files: dict[str, int] = {}
    for found in diagnostics:
        if found.span is not None:
            files.setdefault(found.span.file, len(files))
    end = len(files)
    return tuple(
        sorted(
            diagnostics,
            key=lambda d: (end, 0, 0) if d.span is None else (files[d.span.file], d.span.line, d.span.column),
        )
    )
