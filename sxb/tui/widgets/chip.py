# SPDX-License-Identifier: MIT
"""The chip's registers bit by bit, with the meaning of the bit under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message

from asm816.target.registers import BY_NAME, REGISTERS
from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from asm816.target.registers import Register

FIRST = "PD7"
"""Where the cursor starts: the LEDs' port."""

PAGE = 8


def row_text(row: Register, value: int | None, bit: int | None) -> Text:
    """``PD7   DF23  81  1······1``; `bit` is under the cursor."""
    text = Text(no_wrap=True)
    text.append(f"{row.name:<6} ", "bold" if bit is not None else "")
    text.append(f"{row.address:04X}  ", "dim")
    text.append("--  " if value is None else f"{value:02X}  ")
    for number in range(7, -1, -1):
        mark = "-" if value is None else "1" if value >> number & 1 else "·"
        text.append(mark, "reverse" if number == bit else "")
    return text


def meaning(row: Register, value: int | None, bit: int) -> str:
    """What the register is, and its bit."""
    said = f"{row.name} ({row.access}): {row.meaning}"
    if not row.bits:
        return f"{said}\nbit {bit} of a number of 8 bits"
    is_now = "" if value is None else f" = {value >> bit & 1}"
    one = row.bits[bit]
    return f"{said}\nbit {bit} {one.full_name}{is_now}: {one.meaning}"


class ChipPane(Drawn):
    """A window of rows around the cursor."""

    can_focus = True
    HELP = (
        "# The chip's registers\n\n**Up** and **down** choose a register, **left** and **right** a bit; what it means "
        "stands below. **w** goes back to the instruction that wrote the register last (virtual board)."
    )

    class Chosen(Message):
        """The cursor is on another bit."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    def __init__(self) -> None:
        super().__init__(id="chip")
        self.border_title = "Registers of the chip"
        self._values: Mapping[int, int] = {}
        self._row = REGISTERS.index(BY_NAME[FIRST])
        self._bit = 7

    @property
    def register(self) -> Register:
        """The one under the cursor."""
        return REGISTERS[self._row]

    def show(self, values: Mapping[int, int], *, exact: bool) -> None:
        """Show these; `exact`: they are those of this very cycle."""
        self._values = values
        self.border_subtitle = "exact" if exact else "as last read"
        self._draw()

    def on_mount(self) -> None:
        """Say what the first one means."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Arrows and pages."""
        rows = {"up": -1, "down": 1, "pageup": -PAGE, "pagedown": PAGE}
        bits = {"left": 1, "right": -1}
        if event.key not in rows and event.key not in bits:
            return
        event.stop()
        self._row = max(0, min(len(REGISTERS) - 1, self._row + rows.get(event.key, 0)))
        self._bit = max(0, min(7, self._bit + bits.get(event.key, 0)))
        self._draw()

    def _draw(self) -> None:
        height = max(1, self.size.height)
        top = max(0, min(len(REGISTERS) - height, self._row - height // 2))
        lines = [
            row_text(row, self._values.get(row.address), self._bit if top + n == self._row else None)
            for n, row in enumerate(REGISTERS[top : top + height])
        ]
        self.draw(Text("\n").join(lines))
        row = self.register
        self.post_message(self.Chosen(meaning(row, self._values.get(row.address), self._bit)))
