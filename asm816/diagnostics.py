# SPDX-License-Identifier: MIT
"""What the assembler says about a source: the values, their text form and their JSON form.

The messages themselves are rows of `asm816.messages`.  A diagnostic is plain data: it carries its place
and the line of source it is about, so that it can be shown long after the files are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.messages import MESSAGES, Severity
from asm816.terminal import display_width, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from asm816.limits import Limits
    from asm816.source import Line
    from asm816.tokens import Token

_EXCERPT = 110  # characters of a source line that are shown; longer lines are cut around the caret
_SHOWN_VALUE = 60  # longer values in a message are cut: a name may be 64 KiB long
_SHOWN_TEXT = 240  # the same for hints and notes
_SHOWN_NOTES = 12  # of a long chain of calls the innermost are shown, and the outermost


class Span(NamedTuple):
    """A place in a source: line and column count from 1, ``text`` is the line as the file has it."""

    file: str
    line: int
    column: int
    length: int
    text: str


class Note(NamedTuple):
    """A further place that belongs to a diagnostic, or a remark without a place."""

    message: str
    span: Span | None = None


class Diagnostic(NamedTuple):
    """One error or warning.  ``span`` is None where no line is to blame.

    ``fix`` is the text that would stand in the place of the span if the hint is right, None where
    nothing so definite can be said.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    span: Span | None
    notes: tuple[Note, ...] = ()
    fix: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether nothing may be written because of it."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return render(self)


class Stop(Exception):  # noqa: N818 - no error of the program's: the way out of a run
    """The run cannot go on; the reason is in the report."""


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "..."


def diagnostic(
    code: str,
    span: Span | None = None,
    notes: Iterable[Note] = (),
    hint: str | None = None,
    fix: str | None = None,
    **fields: Any,
) -> Diagnostic:
    """The diagnostic `code` with the fields of its message filled in; `hint` replaces the row's own."""
    row = MESSAGES[code]
    shown = {
        name: _cut(value, _SHOWN_VALUE) if isinstance(value, str) else value for name, value in fields.items()
    }
    message = row.message.format(**shown)
    advice = row.hint.format(**shown) if hint is None else _cut(hint, _SHOWN_TEXT)
    cut_notes = tuple(Note(_cut(note.message, _SHOWN_TEXT), note.span) for note in notes)
    return Diagnostic(code, row.severity, message, advice, span, cut_notes, fix)


def span_of(line: Line, column: int = 0, width: int | None = None) -> Span:
    """The span of `width` characters from `column` (from 0); the whole statement if no width is given."""
    raw = line.raw
    if width is None:
        column = len(raw) - len(raw.lstrip())
        width = len(raw.rstrip()) - column
    return Span(line.file.name, line.number, column + 1, max(1, width), raw)


def backtrace(line: Line) -> tuple[Note, ...]:
    """How the assembler came to `line`: the macro calls and includes, innermost first."""
    notes, frame = [], line.frame
    while frame is not None:
        notes.append(Note(frame.why, span_of(frame.line)))
        frame = frame.line.frame
    if len(notes) > _SHOWN_NOTES:
        between = len(notes) - _SHOWN_NOTES
        notes[_SHOWN_NOTES - 1 : -1] = [Note(f"and {between} more calls between these")]
    return tuple(notes)


class Report:
    """Collects the diagnostics of one run and ends it when there are too many errors.

    Warnings whose codes are in `silent` are dropped; with `warnings_are_errors` the others are errors.
    ``errors`` counts real errors only: after one of those, values may be wrong.
    """

    def __init__(
        self, limits: Limits, silent: frozenset[str] = frozenset(), warnings_are_errors: bool = False
    ) -> None:
        self._silent = silent
        self._warnings_are_errors = warnings_are_errors
        self.diagnostics: list[Diagnostic] = []
        self.errors = 0
        self.warnings = 0
        self._said: set[object] = set()
        self._limit = limits.errors
        self._once: set[tuple[str, str]] = set()

    def at(
        self,
        code: str,
        line: Line,
        column: int = 0,
        width: int | None = None,
        *,
        notes: tuple[Note, ...] = (),
        hint: str | None = None,
        fix: str | None = None,
        **fields: Any,
    ) -> None:
        """Report `code` at a place of `line`."""
        span = span_of(line, column, width)
        self.add(diagnostic(code, span, (*notes, *backtrace(line)), hint, fix, **fields))

    def on(
        self,
        code: str,
        line: Line,
        token: Token,
        *,
        notes: tuple[Note, ...] = (),
        hint: str | None = None,
        fix: str | None = None,
        **fields: Any,
    ) -> None:
        """Report `code` at `token` of `line`; `fix` is what would stand there."""
        self.at(code, line, token.column, token.width, notes=notes, hint=hint, fix=fix, **fields)

    def once(self, code: str, line: Line, token: Token, name: str) -> None:
        """Report the warning `code` about `name` the first time only."""
        if (code, name) not in self._once:
            self._once.add((code, name))
            self.on(code, line, token, name=name)

    def add(self, found: Diagnostic) -> None:
        """Take a diagnostic, the first time it is met.  Raises `Stop` when it is one error too many.

        A macro that is called many times has the mistakes of its text once.
        """
        said = (
            found.code,
            found.message,
            found.span and (found.span.file, found.span.line, found.span.column),
        )
        if found.code in self._silent or said in self._said:
            return
        if found.is_error:
            self.errors += 1
        else:
            self.warnings += 1
            if self._warnings_are_errors:
                found = found._replace(severity=Severity.ERROR)
            elif self.warnings > self._limit:
                return
        self._said.add(said)
        self.diagnostics.append(found)
        if found.is_error and self.errors + self._promoted >= self._limit:
            self.diagnostics.append(diagnostic("E0901", count=self._limit))
            raise Stop

    @property
    def _promoted(self) -> int:
        return self.warnings if self._warnings_are_errors else 0

    def finish(self) -> None:
        """The run is over: say how many warnings were too many."""
        if self.warnings > self._limit and not self._warnings_are_errors:
            self.diagnostics.append(diagnostic("W0901", count=self.warnings - self._limit))

    def fatal(self, found: Diagnostic) -> Stop:
        """Take a diagnostic after which the run cannot go on: raise what this returns."""
        self.add(found)
        return Stop()


_COLOURS = {"error": "1;31", "warning": "1;33", "place": "1", "caret": "1;32", "hint": "36", "note": "36"}
"""What is coloured -> the terminal's own numbers for it (ECMA-48, Select Graphic Rendition)."""


def render(found: Diagnostic, *, colour: bool = False) -> str:
    """The text form: place, message, the line with a caret, hint, and how it came there.

    Control characters of the source are replaced, so that no source drives a terminal.
    """

    def painted(text: str, what: str) -> str:
        return f"\x1b[{_COLOURS[what]}m{printable(text)}\x1b[0m" if colour and text else printable(text)

    severity, name = found.severity.value, MESSAGES[found.code].name
    lines = [
        painted(_place(found.span), "place")
        + painted(f"{severity} {found.code}", severity)
        + printable(f": {found.message}{f' [{name}]' if name else ''}")
    ]
    lines += [
        margin + (painted(text, what) if what else printable(text))
        for margin, text, what in _excerpt(found.span)
    ]
    if found.hint:
        lines.append(f"  {painted('hint', 'hint')}: {printable(found.hint)}")
    lines += [
        f"  {painted('note', 'note')}: {printable(_place(note.span) + note.message)}" for note in found.notes
    ]
    return "\n".join(lines)


def _place(span: Span | None) -> str:
    return f"{span.file}:{span.line}:{span.column}: " if span else ""


def _excerpt(span: Span | None) -> list[tuple[str, str, str]]:
    """The line with a caret below it: margin, text and colour of each."""
    if span is None or not span.text:
        return []
    column = span.column - 1
    start = 0 if len(span.text) <= _EXCERPT else max(0, column - _EXCERPT // 2)
    shown = span.text[start : start + _EXCERPT]
    before, marked = shown[: column - start], shown[column - start : column - start + span.length]
    indent = "".join("\t" if c == "\t" else " " * display_width(c) for c in before)
    caret = "^" * max(1, sum(map(display_width, marked)))
    return [(f"{span.line:6d} | ", shown, ""), (f"       | {indent}", caret, "caret")]


def as_json(found: Diagnostic) -> dict[str, object]:
    """The JSON form; numbers are plain integers, places count from 1."""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        "hint": found.hint,
        **_json_place(found.span),
        "fix": found.fix,
        "notes": [{"message": note.message, **_json_place(note.span)} for note in found.notes],
    }


def _json_place(span: Span | None) -> dict[str, object]:
    if span is None:
        return {"file": None, "line": None, "column": None, "length": None}
    return {"file": span.file, "line": span.line, "column": span.column, "length": span.length}


def explain(code: str) -> str | None:
    """What a code means, in general; None if there is no such code."""
    row = MESSAGES.get(code.upper())
    if row is None:
        return None
    text = f"{code.upper()} ({row.severity.value}): {row.message}"
    text += f"\n  hint: {row.hint}" if row.hint else ""
    return text + (f"\n  --no-warn {row.name} keeps it silent" if row.name else "")
