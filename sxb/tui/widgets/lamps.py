# SPDX-License-Identifier: MIT
"""The board's LEDs, large."""

from __future__ import annotations

from rich.text import Text

from sxb.tui.widgets.drawn import Drawn


def lamps_text(leds: tuple[bool, ...] | None) -> Text:
    """Three lines: lamps with the highest number first, as the bits of port 7 are written; numbers below."""
    if leds is None:
        return Text("\n not read yet: a real board's LEDs can be read while the monitor is at its prompt\n")
    text = Text(no_wrap=True)
    numbers = range(len(leds) - 1, -1, -1)
    for edge in ("╭───╮", None, "╰───╯"):
        for number in numbers:
            lamp = edge or ("│███│" if leds[number] else "│   │")
            text.append(f"{lamp} ", "bold green" if leds[number] else "dim")
        text.append("\n")
    text.append("".join(f"{n:^5} " for n in numbers))
    return text


class Lamps(Drawn):
    """The lamps."""

    def show(self, leds: tuple[bool, ...] | None) -> None:
        """Show these."""
        self.draw(lamps_text(leds))
