# SPDX-License-Identifier: MIT
"""One line asked of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from typing import ClassVar

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


class Ask(ModalScreen[str | None]):
    """A question with an example; the answer is the text, or None if the user left it by escape.

    `earlier` are texts that were typed before, the newest last: up and down walk through them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Cancel")]

    def __init__(self, question: str, example: str, text: str = "", earlier: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._earlier = earlier
        self._back = 0
        self._question = question
        self._example = example
        self._text = text
        self._answered = False

    def compose(self) -> ComposeResult:
        """The question, the field, what can be done."""
        with Vertical(id="ask"):
            yield Static(self._question, id="question")
            yield Input(self._text, placeholder=self._example, select_on_focus=False)
            walk = "   ↑ ↓ Earlier ones" if self._earlier else ""
            yield Static(f"⏎ OK   esc Cancel{walk}", id="choices")

    def on_key(self, event: events.Key) -> None:
        """Up and down: what was typed before."""
        if not self._earlier or event.key not in ("up", "down"):
            return
        event.stop()
        self._back = max(1, min(len(self._earlier), self._back + (1 if event.key == "up" else -1)))
        field = self.query_one(Input)
        field.value = self._earlier[-self._back]
        field.cursor_position = len(field.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter is the answer."""
        self._answer(event.value if event.value.strip() else None)

    def action_leave(self) -> None:
        """Escape: no answer."""
        self._answer(None)

    def _answer(self, answer: str | None) -> None:
        """Once: of two keys in a hurry the first counts."""
        if self.is_current and not self._answered:
            self._answered = True
            self.dismiss(answer)
