# SPDX-License-Identifier: MIT
"""The screen Pins: LEDs, the chip's registers bit by bit, waveforms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from sxb.tui.keys import bindings
from sxb.tui.screens.base import SessionScreen
from sxb.tui.widgets.chip import ChipPane
from sxb.tui.widgets.drawn import Drawn
from sxb.tui.widgets.lamps import Lamps

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sxb.tui.picture import Picture

SPANS = (0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds of the past that the waveforms show."""

USUAL = SPANS.index(2.0)

NAMES, MEASURES = 12, 30
"""Columns of a waveform's line before and behind the wave: names; period and duty, where there is room."""

ROOM_FOR_MEASURES = 70


class PinsScreen(SessionScreen):
    """What the chip shows to the world."""

    BINDINGS = bindings("pins")

    def __init__(self) -> None:
        super().__init__()
        self._span = USUAL

    def middle(self) -> ComposeResult:
        """LEDs, then registers beside waveforms, then a meaning."""
        with Vertical(id="middle"):
            yield Lamps(id="lamps")
            with Horizontal(id="signals"):
                yield ChipPane()
                yield Drawn(id="waves")
            yield Static(id="meaning")

    def on_mount(self) -> None:
        """The registers have the arrows."""
        self.query_one(ChipPane).focus()
        self.query_one("#meaning").border_title = "Meaning"

    def show(self, picture: Picture) -> None:
        """All of it."""
        self.query_one(Lamps).show(picture.leds)
        self.query_one(ChipPane).show(picture.chip, exact=picture.virtual)
        waves = self.query_one("#waves", Drawn)
        waves.border_title = f"Waveforms, last {SPANS[self._span]:g} s"
        nothing = "no pin moved" if picture.virtual else "waveforms need the virtual board"
        waves.draw(Text("\n".join(wave[: waves.size.width] for wave in picture.waves) or nothing))

    def look(self) -> None:
        """The chip, and so much of the past."""
        width = self.query_one("#waves").size.width
        columns = max(10, width - NAMES - (MEASURES if width >= ROOM_FOR_MEASURES else 0))
        self.session.look(
            lambda view: replace(
                view, board=False, chip=True, wave_seconds=SPANS[self._span], wave_columns=columns
            )
        )

    def on_chip_pane_chosen(self, event: ChipPane.Chosen) -> None:
        """What the bit means."""
        self.query_one("#meaning", Static).update(event.said, layout=False)

    def action_longer(self) -> None:
        """More of the past."""
        self._span = min(len(SPANS) - 1, self._span + 1)
        self.look()

    def action_shorter(self) -> None:
        """Less of it."""
        self._span = max(0, self._span - 1)
        self.look()

    def action_writer(self) -> None:
        """Back to the last writer of the register."""
        place = self.query_one(ChipPane).register.address
        self.ask(lambda sitting: sitting.back_to_write(place))
