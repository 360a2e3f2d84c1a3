# SPDX-License-Identifier: MIT
"""`assemble`: a source in, an image, symbols and diagnostics out.  It never prints and never exits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.additions import Additions
from asm816.diagnostics import Report, Stop
from asm816.encode import Encoder
from asm816.errors import FileAccessError
from asm816.image import Image
from asm816.layout import Layout
from asm816.limits import Limits
from asm816.lints import Program, check
from asm816.messages import warning_codes
from asm816.source import SourceProblem, Sources
from asm816.symbols import Scope
from asm816.target.boards import BOARDS
from asm816.widths import NO_WIDTHS, Widths, track

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from asm816.debuginfo import DebugInfo
    from asm816.diagnostics import Diagnostic
    from asm816.layout import Placed
    from asm816.macros import Define
    from asm816.source import SourceFile

_NO_DEFINES: Mapping[str, str] = MappingProxyType({})
_DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Assembly:
    """The result.  With errors the image is empty; ``symbols`` are those outside of scopes.

    ``files`` are the files that were read, in order.  ``widths`` tells how wide A, X and Y are at each
    statement, as far as the flow of control tells (`asm816.widths`).
    """

    image: Image
    symbols: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[Path, ...] = ()
    widths: Widths = NO_WIDTHS
    _placed: tuple[Placed, ...] = field(default=(), repr=False)
    _outermost: Scope = field(default_factory=Scope, repr=False)
    _defines: Mapping[str, Define] = field(default_factory=dict, repr=False)

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(found.is_error for found in self.diagnostics)

    def listing(self, *, expand: bool = False) -> str:
        """The source with addresses, bytes and cycles, then the symbols and where they are used.

        With `expand` each line that a macro made is shown, else their sum beside the call.
        """
        from asm816.listing import listing  # few ask for it

        return listing(self._placed, self.image, self.widths, self._outermost, self._defines, expand=expand)

    def debug_info(self) -> DebugInfo:
        """Which line made the bytes at an address, and the symbols with what they are."""
        from asm816.debuginfo import debug_info_of  # few ask for it

        return debug_info_of(
            self._placed, self.widths, self._outermost.names, self._defines, self.image.entry
        )


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
    report = Report(limits, warning_codes(no_warn), werror)
    sources = Sources([Path(folder) for folder in include_dirs], limits, restrict_includes)
    layout = Layout(report, limits)
    expander = Additions(sources, report, limits, layout.symbols)
    for defined, value in (*defines.items(), (f"BOARD_{board.upper()}", "1")):
        expander.predefine(defined, value)
    try:
        main = _main(sources, path, text, name)
        layout.place_all(expander.statements(main))
        encoder = Encoder(layout.symbols, report, limits)
        image = encoder.image(layout.placed)
        placed = tuple(layout.placed)
        if not report.errors:
            tracking = track(placed, image)
            widths = tracking.widths()
            check(Program(placed, image, tracking, widths, BOARDS[board]), report)
    except SourceProblem as problem:
        report.diagnostics.append(problem.diagnostic())
    except Stop:
        pass
    report.finish()
    found = _in_order(report.diagnostics)
    if any(diagnostic.is_error for diagnostic in found):
        return Assembly(Image(), MappingProxyType(layout.symbols.values()), found, tuple(sources.files_read))
    symbols = MappingProxyType(layout.symbols.values())
    return Assembly(
        image,
        symbols,
        found,
        tuple(sources.files_read),
        widths,
        placed,
        layout.symbols.outermost,
        expander.defines,
    )


def _main(sources: Sources, path: str | Path | None, text: str | None, name: str) -> SourceFile:
    if path is None:
        assert text is not None
        return sources.text(text, name)
    try:
        return sources.file(Path(path), str(path))
    except SourceProblem as problem:
        if problem.code != "E0102":
            raise
        raise FileAccessError("E0102", problem.diagnostic().message) from None


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
