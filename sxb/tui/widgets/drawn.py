# SPDX-License-Identifier: MIT
"""A text that is drawn twenty-five times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

if TYPE_CHECKING:
    from rich.text import Text


class Drawn(Static):
    """Shows a text; the same again costs nothing, and another one never moves what stands around it."""

    _drawn: Text | None = None

    def draw(self, text: Text) -> None:
        """Show this.  Static's own `update` lays the whole screen out anew: with it a screen had four pictures a second."""
        if text != self._drawn:
            self._drawn = text
            self.update(text, layout=False)
