# SPDX-License-Identifier: MIT
"""Disassembly around PC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message

from asm816.addresses import address_text
from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from textual import events

    from sxb.tui.picture import CodeRow

FURNITURE = 35
"""Columns of a row beside the instruction's text."""


def code_text(rows: tuple[CodeRow, ...], width: int, cursor: int | None) -> Text:
    """A line per instruction: marks, address, label, bytes, text, cycles."""
    text = Text(no_wrap=True)
    room = max(14, width - FURNITURE)
    for row in rows:
        marks = f"{'●' if row.breakpoint else ' '}{'▶' if row.here else ' '}"
        label = row.label[:9]
        line = f"{marks}{address_text(row.address)} {label:<9} {row.data.hex().upper():<8} {row.text:<{room}.{room}}{row.cycles}"
        style = "bold reverse" if row.here else "underline" if row.address == cursor else ""
        text.append(f"{line}\n", style)
    return text


class CodePane(Drawn):
    """The rows, with a cursor."""

    can_focus = True
    HELP = (
        "# Code\n\n`▶` is where the processor stands, `●` a breakpoint; the last column counts cycles (`+t`: one "
        "more if the branch is taken). **Up** and **down** move the cursor, **enter** sets or clears a breakpoint "
        "there, **t** runs up to it."
    )

    class Breakpoint(Message):
        """The user wants a breakpoint here, or none."""

        def __init__(self, address: int) -> None:
            super().__init__()
            self.address = address

    def __init__(self) -> None:
        super().__init__(id="code")
        self.border_title = "Code"
        self._rows: tuple[CodeRow, ...] = ()
        self.cursor: int | None = None

    def show(self, rows: tuple[CodeRow, ...], place: str) -> None:
        """Show these; `place` says where PC is, with its line of source."""
        self._rows = rows
        self.border_subtitle = Text(place)
        self.draw(code_text(rows, self.size.width, self.cursor if self.has_focus else None))

    def on_key(self, event: events.Key) -> None:
        """Up, down, enter."""
        if not self._rows or event.key not in ("up", "down", "enter"):
            return
        event.stop()
        places = [row.address for row in self._rows]
        here = next((row.address for row in self._rows if row.here), places[0])
        cursor = self.cursor if self.cursor in places else here
        if event.key == "enter":
            self.post_message(self.Breakpoint(cursor))
            return
        number = places.index(cursor) + (1 if event.key == "down" else -1)
        self.cursor = places[max(0, min(len(places) - 1, number))]
        self.draw(code_text(self._rows, self.size.width, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """The cursor goes where the pointer is."""
        row = event.get_content_offset(self)
        if row is not None and row.y < len(self._rows):
            self.cursor = self._rows[row.y].address
            self.draw(code_text(self._rows, self.size.width, self.cursor))
