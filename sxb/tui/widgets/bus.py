# SPDX-License-Identifier: MIT
"""The bus, cycle by cycle, of the instruction that is stepped through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from asm816.addresses import address_text
from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from emu.cpu.trace import Cycle

PINS = (
    ("VDA", "the address is that of data"),
    ("VPA", "the address is that of program"),
    ("VPB", "a vector is fetched"),
    ("RWB", "the processor writes"),
    ("E", "emulation mode"),
    ("M", "A is 8 bits wide"),
    ("X", "X and Y are 8 bits wide"),
    ("ML", "memory is locked: read, modify, write"),
)
"""The eight pins in the order of `Cycle.flags`, and what they say where they show a letter (RWB: a w)."""


def bus_text(cycles: tuple[Cycle, ...], rows: int) -> Text:
    """The last `rows` cycles: address, data, pins; the newest is reversed."""
    text = Text(no_wrap=True)
    shown = cycles[-rows:] if rows > 0 else ()
    for cycle in shown:
        data = "--" if cycle.data is None else f"{cycle.data:02X}"
        style = "reverse" if cycle is shown[-1] else ""
        text.append(f"{address_text(cycle.address)} {data} {cycle.flags}\n", style)
    return text


def pins_in_words(cycle: Cycle) -> str:
    """Which pins of a cycle say what."""
    return "\n".join(
        f"{name}: {said}"
        for letter, (name, said) in zip(cycle.flags, PINS, strict=True)
        if letter not in "-r"
    )


class BusPane(Drawn):
    """The cycles that were stepped through."""

    can_focus = True
    HELP = (
        "# Bus\n\n**F9** steps by one bus cycle: address, data, and the pins VDA `d`, VPA `p`, VPB `v`, RWB `r` or "
        "`w`, E, M, X, ML `l`. Until its last cycle the board stands before the instruction; **F8** does all of "
        "it, **F7** undoes the one before, and anything else begins it anew."
    )

    def __init__(self) -> None:
        super().__init__(id="bus")
        self.border_title = "Bus"

    def show(self, cycles: tuple[Cycle, ...], *, within: bool) -> None:
        """Show these."""
        self.border_subtitle = f"cycle {len(cycles)}{'…' if within else ''}" if cycles else "F9 steps"
        self.draw(bus_text(cycles, self.size.height))
        self.tooltip = pins_in_words(cycles[-1]) if cycles else None
