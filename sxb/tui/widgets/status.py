# SPDX-License-Identifier: MIT
"""The first line: which port, what the board does, its LEDs and its time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from sxb.tui.picture import State
from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from sxb.tui.picture import Loading, Picture

SIGNS = {
    State.CONNECTING: "…",
    State.PROMPT: ">",
    State.RUNNING: "▶",
    State.STOPPED: "■",
    State.TALKING: "…",
    State.SILENT: "?",
    State.LOST: "✗",
}
"""Beside the word, so that no colour has to tell it."""

BAR = 20


def status_text(picture: Picture, loading: Loading | None) -> Text:
    """The line itself."""
    text = Text(no_wrap=True)
    text.append(f" {picture.port or 'no port'} ", "bold")
    if loading is not None and loading.total:
        done = BAR * loading.done // loading.total
        text.append(f"{loading.phase} {'█' * done}{'░' * (BAR - done)} {loading.done}/{loading.total} bytes")
        return text
    text.append(f" {SIGNS[picture.state]} {picture.state.value} ", "reverse")
    if picture.leds is not None:
        text.append(f"  LED {lamps(picture.leds)}")
    if picture.phi2_hz:
        text.append(f"  {picture.seconds:.3f} s  {picture.phi2_hz / 1e6:.3g} MHz {picture.speed}")
    if picture.program:
        text.append(f"  {Path(picture.program).name}")
    return text


def lamps(leds: tuple[bool, ...]) -> str:
    """LEDs in a row, the highest number first, as the bits of a port are written."""
    return "".join("●" if lit else "○" for lit in reversed(leds))


class Status(Drawn):
    """The line on the screen."""

    def show(self, picture: Picture, loading: Loading | None) -> None:
        """Show this."""
        self.draw(status_text(picture, loading))
