# SPDX-License-Identifier: MIT
"""textual's list of all actions, left once only."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.widgets import Input


class Palette(CommandPalette):
    """Of two keys in a hurry the first counts: textual's own takes the screen below away with the second."""

    _left = False

    @on(Input.Changed)
    def _ignore_what_comes_late(self, event: Input.Changed) -> None:
        """A letter typed before it was left would search in what is gone."""
        if self._left or not self.is_current:
            event.prevent_default()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave it, if it is still there."""
        if self._left or not self.is_current:
            return AwaitComplete.nothing()  # type: ignore[no-untyped-call,no-any-return]  # textual has no type there
        self._left = True
        return super().dismiss(result)
