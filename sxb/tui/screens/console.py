# SPDX-License-Identifier: MIT
"""The screen Console: the conversation with the board."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asm816.errors import ToolError
from asm816.outputs import write_atomically
from sxb.tui.conversation import Conversation
from sxb.tui.keys import bindings
from sxb.tui.screens.ask import Ask
from sxb.tui.screens.base import SessionScreen
from sxb.tui.widgets.conversation import ConversationPane

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sxb.tui.picture import Heard

HARMLESS_PASTE = 8
"""Characters that are pasted unasked: the board's input ring takes nine."""

ENTER = "⏎"
"""How the enter key looks among the characters that were typed."""


class ConsoleScreen(SessionScreen):
    """What is typed goes to the board."""

    BINDINGS = bindings("console")

    def __init__(self) -> None:
        super().__init__()
        self._conversation = Conversation()
        self._wanted = ""

    def middle(self) -> ComposeResult:
        """The terminal."""
        yield ConversationPane()

    def on_mount(self) -> None:
        """The terminal has the keys; what was said before it was there is shown."""
        self._pane.focus()
        self._show_all()

    @property
    def _pane(self) -> ConversationPane:
        return self.query_one(ConversationPane)

    def hear(self, heard: Heard) -> None:
        """Something was said on the line."""
        text = self._conversation.feed(heard)
        if text and self.is_mounted:
            self._pane.write(text)

    def on_conversation_pane_typed(self, event: ConversationPane.Typed) -> None:
        """To the board."""
        self._pane.auto_scroll = True
        self.ask(lambda sitting: sitting.type(event.data))

    def on_conversation_pane_pasted(self, event: ConversationPane.Pasted) -> None:
        """A long paste is asked about: at the prompt every letter is a command."""
        data = event.text.replace("\r\n", "\r").replace("\n", "\r").encode("ascii", "replace")
        if len(data) <= HARMLESS_PASTE:
            self.ask(lambda sitting: sitting.paste(data))
            return
        self.question(
            f"Paste {len(data)} characters? At the prompt every letter is a command. Type yes:",
            "yes",
            lambda answer: self.ask(lambda sitting: sitting.paste(data)) if answer == "yes" else None,
        )

    def action_hex(self) -> None:
        """Text or bytes."""
        self._conversation.hex = not self._conversation.hex
        self._show_all()

    def action_stamps(self) -> None:
        """With times or without."""
        self._conversation.stamps = not self._conversation.stamps
        self._show_all()

    def action_clear(self) -> None:
        """Empty."""
        self._conversation.clear()
        self._show_all()

    def action_again(self) -> None:
        """What was typed before, to be changed perhaps, and sent."""
        typed = tuple(text.replace("\r", ENTER) for text in self._conversation.typed())
        if not typed:
            self.notify("nothing was typed yet", severity="warning")
            return
        question = f"Send again ({ENTER} is the enter key):"
        self.app.push_screen(Ask(question, "", earlier=typed), self._send)

    def _send(self, text: str | None) -> None:
        if text is not None:
            data = text.replace(ENTER, "\r").encode("ascii", "replace")
            self.ask(lambda sitting: sitting.paste(data))

    def action_search(self) -> None:
        """Find a text; the same again finds the next."""
        self.question("Find in the conversation:", "READY", self._find, self._wanted)

    def _find(self, text: str) -> None:
        self._wanted = text
        found = self._pane.find(text)
        if found is None:
            self.notify(f"{text!r} was not said", severity="warning")
        else:
            self.notify(f"line {found + 1} of {self._pane.line_count}")

    def action_save(self) -> None:
        """To a file, as it is shown."""
        self.question("Save the conversation as:", "session.txt", self._save)

    def _save(self, name: str) -> None:
        try:
            write_atomically(Path(name), self._conversation.shown().encode("utf-8"))
        except ToolError as error:
            self.notify(f"{name} was not written: {error}", severity="error")
        else:
            self.notify(f"saved as {name}")

    def _show_all(self) -> None:
        self._pane.clear()
        self._pane.write(self._conversation.shown())
