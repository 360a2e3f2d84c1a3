# SPDX-License-Identifier: MIT
"""One line asked of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Ask(ModalScreen[str | None]):
    """A question with an example; the answer is the text, or None if the user left it by escape."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Cancel")]

    def __init__(self, question: str, example: str, text: str = "") -> None:
        super().__init__()
        self._question = question
        self._example = example
        self._text = text
        self._answered = False

    def compose(self) -> ComposeResult:
        """The question, the field, what can be done."""
        with Vertical(id="ask"):
            yield Static(self._question, id="question")
            yield Input(self._text, placeholder=self._example, select_on_focus=False)
            yield Static("⏎ OK   esc Cancel", id="choices")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter is the answer."""
        self._answer(event.value.strip() or None)

    def action_leave(self) -> None:
        """Escape: no answer."""
        self._answer(None)

    def _answer(self, answer: str | None) -> None:
        """Once: of two keys in a hurry the first counts."""
        if self.is_current and not self._answered:
            self._answered = True
            self.dismiss(answer)
