# SPDX-License-Identifier: MIT
"""The screen Files: choose a program, see it, load it, run it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, TextArea
from textual.widgets.text_area import Selection

from sxb.tui.keys import bindings
from sxb.tui.programs import programs_under
from sxb.tui.screens.base import SessionScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from asm816.diagnostics import Diagnostic
    from sxb.tui.picture import Diagnosed

TAB = 8
"""Columns from one tabulator stop to the next."""

LARGEST_SHOWN = 1 << 20
"""Bytes of a file that is shown."""


class FilesScreen(SessionScreen):
    """Programs of a folder."""

    BINDINGS = bindings("files")

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._filter = ""
        self._names: tuple[str, ...] = ()
        self._diagnostics: tuple[Diagnostic, ...] = ()

    def middle(self) -> ComposeResult:
        """Files beside the source, diagnostics below."""
        with Vertical(id="middle"):
            with Horizontal(id="upper"):
                yield OptionList(id="programs", markup=False)
                yield TextArea(read_only=True, show_line_numbers=True, id="source", soft_wrap=False)
            yield OptionList(id="diagnostics", markup=False)

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one("#source").border_title = "Source"
        self.query_one("#diagnostics").border_title = "Diagnostics"
        self.query_one("#diagnostics").display = False
        self._list()
        self.query_one("#programs").focus()

    def _list(self) -> None:
        self._names = programs_under(self._folder, self._filter)
        programs = self.query_one("#programs", OptionList)
        programs.clear_options()
        programs.add_options(self._names)
        programs.border_title = f"Programs{f' with {self._filter!r}' if self._filter else ''}"
        programs.border_subtitle = f"{len(self._names)} in {self._folder.name or self._folder}"
        if self._names:
            programs.highlighted = 0
        else:
            self.query_one("#source", TextArea).load_text("No program here: press o for another folder.")

    def _chosen(self) -> str | None:
        number = self.query_one("#programs", OptionList).highlighted
        return (
            None if number is None or number >= len(self._names) else str(self._folder / self._names[number])
        )

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the file."""
        if event.option_list.id == "programs" and (file := self._chosen()):
            self._show_file(file)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter: load a file, or go to a diagnostic's line."""
        if event.option_list.id == "programs":
            self.action_load_file()
        else:
            self._jump(self._diagnostics[event.option_index])

    def _show_file(self, file: str) -> None:
        source = self.query_one("#source", TextArea)
        try:
            text = Path(file).read_bytes()[:LARGEST_SHOWN].decode("utf-8", "replace")
        except OSError as error:
            text = f"{file} cannot be read: {error.strerror}"
        source.load_text(text.expandtabs(TAB))
        source.border_title = Path(file).name

    def diagnosed(self, said: Diagnosed) -> None:
        """What the assembler found; with errors the list gets the keys, and the first line is shown."""
        self._diagnostics = tuple(one for one in said.diagnostics if one.span is not None)
        found = self.query_one("#diagnostics", OptionList)
        found.clear_options()
        found.add_options(_line(one) for one in said.diagnostics)
        found.display = bool(said.diagnostics)
        if any(one.is_error for one in said.diagnostics):
            found.highlighted = 0
            found.focus()
            if self._diagnostics:
                self._jump(self._diagnostics[0])

    def _jump(self, diagnostic: Diagnostic) -> None:
        span = diagnostic.span
        if span is not None:
            self._show_file(span.file)
            begin, end = (
                len(span.text[: span.column - 1 + more].expandtabs(TAB)) for more in (0, span.length)
            )
            self._mark(span.line - 1, begin, end)

    @property
    def _source(self) -> TextArea:
        return self.query_one("#source", TextArea)

    def show_line(self, file: str, line: int) -> None:
        """A line of a file, with the focus, marked from end to end."""
        if not self.stands:
            self.call_after_refresh(self.show_line, file, line)
            return
        self._show_file(file)
        self._source.focus()
        end = len(self._source.document.get_line(line - 1)) if line <= self._source.document.line_count else 0
        self._mark(line - 1, 0, end)

    def _mark(self, row: int, begin: int, end: int) -> None:
        """Columns of a row from 0 on, whether it has the focus or not."""
        self._source.selection = Selection((row, end), (row, begin))
        self._source.scroll_cursor_visible(center=True)

    def action_load_file(self) -> None:
        """Assemble, load, verify."""
        if file := self._chosen():
            self.ask(lambda sitting: sitting.load(file))

    def action_run_file(self) -> None:
        """The same, and start it."""
        if file := self._chosen():
            self.ask(lambda sitting: sitting.load(file, start=True))

    def action_watch(self) -> None:
        """Again at every change of the file, or no longer."""
        if file := self._chosen():
            self.ask(lambda sitting: sitting.watch(file))

    def action_filter(self) -> None:
        """Only names with a text in them."""

        def filtered(text: str) -> None:
            self._filter = "" if text == "*" else text
            self._list()

        self.question("Show files with (* for all):", "led", filtered, self._filter)

    def action_folder(self) -> None:
        """Another folder."""

        def moved(text: str) -> None:
            folder = Path(text).expanduser()
            if not folder.is_dir():
                self.notify(f"{text} is no folder", severity="error")
                return
            self._folder = folder
            self._list()

        self.question("Folder with programs:", "~/projects", moved, str(self._folder))


def _line(one: Diagnostic) -> str:
    where = "" if one.span is None else f"{Path(one.span.file).name}:{one.span.line}:{one.span.column} "
    hint = f" ({one.hint})" if one.hint else ""
    return f"{where}{one.severity.value} {one.code}: {one.message}{hint}"
