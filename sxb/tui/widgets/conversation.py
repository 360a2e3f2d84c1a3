# SPDX-License-Identifier: MIT
"""The terminal: what the board says; what is typed here goes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.widgets import Log

if TYPE_CHECKING:
    from typing import Self

    from textual import events

KEYS = {"enter": b"\r", "backspace": b"\x08", "escape": b"\x1b", "tab": b"\t", "delete": b"\x7f"}
"""Keys without a character of their own."""

LINES = 5000


class ConversationPane(Log):
    """Every character typed here is sent to the board; pastes are asked about first."""

    HELP = (
        "# Console\n\nWhat you type goes to the board, what it answers is shown. At the monitor's prompt `H` shows its "
        "commands. **Page up** and **page down** scroll, **^f** finds a text, **^r** sends again what was typed "
        "before, **^x** shows bytes, **^t** times, **^s** saves all of it."
    )

    class Typed(Message):
        """These bytes are for the board."""

        def __init__(self, data: bytes) -> None:
            super().__init__()
            self.data = data

    class Pasted(Message):
        """So is this, if the user means it."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(max_lines=LINES, id="conversation")
        self.border_title = "Console"
        self._found: int = -1

    def on_key(self, event: events.Key) -> None:
        """A character is for the board, keys of the screen are not."""
        data = KEYS.get(event.key)
        if data is None and event.character is not None and event.is_printable and event.character.isascii():
            data = event.character.encode("ascii")
        if data is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(data))

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text."""
        event.stop()
        self.post_message(self.Pasted(event.text))

    def find(self, text: str) -> int | None:
        """Scroll to the next line that has the text in it, and mark it there; its number from 0, None if there is none.

        The next one is behind the last that was found, else the first.
        """
        lines = [line.lower() for line in self.lines]
        wanted, first = text.lower(), self._found + 1
        order: list[int] = [*range(first, len(lines)), *range(min(first, len(lines)))]
        for number in order:
            if wanted in lines[number]:
                self._found = number
                self.auto_scroll = False
                self.scroll_to(y=number, animate=False, force=True)
                begin = lines[number].index(wanted)
                marked = Selection(Offset(begin, number), Offset(begin + len(wanted), number))
                self.screen.selections = {self: marked}
                return number
        return None

    def clear(self) -> Self:
        """Nothing is shown, nothing was found."""
        self._found = -1
        return super().clear()
