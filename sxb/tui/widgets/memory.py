# SPDX-License-Identifier: MIT
"""Memory in hexadecimal and as text, with a cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message

from asm816.addresses import address_text
from sxb.tui.picture import NO_BLOCK
from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from textual import events

    from sxb.tui.picture import Block

COLUMNS = 16

MOVES = {"left": -1, "right": 1, "up": -COLUMNS, "down": COLUMNS}

LAST = 0xFFFFFF


def memory_text(block: Block, cursor: int | None) -> Text:
    """A line per 16 bytes; changed bytes are bold with a mark behind them, the cursor is reversed."""
    text = Text(no_wrap=True)
    for start in range(0, len(block.data), COLUMNS):
        row = block.data[start : start + COLUMNS]
        text.append(f"{address_text(block.address + start)}  ", "dim")
        for n, byte in enumerate(row):
            place = block.address + start + n
            changed = place in block.changed
            style = "reverse" if place == cursor else "bold" if changed else ""
            text.append(f"{byte:02X}", style)
            text.append("*" if changed else " ")
        text.append(" ")
        text.append("".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in row) + "\n", "dim")
    return text


class MemoryPane(Drawn):
    """The bytes."""

    can_focus = True
    HELP = (
        "# Memory\n\nThe arrows move the cursor, **page up** and **page down** the window, **g** goes to an address "
        "or symbol. **Enter** or **p** writes bytes at the cursor, **u** puts them back, **w** goes back to the "
        "instruction that wrote the byte. `*` marks what changed since **d** was pressed."
    )

    class Moved(Message):
        """The window is to begin at another address."""

        def __init__(self, address: int) -> None:
            super().__init__()
            self.address = address

    class Poke(Message):
        """The user wants to write at the cursor."""

    def __init__(self) -> None:
        super().__init__(id="memory")
        self.border_title = "Memory"
        self._block = NO_BLOCK
        self.cursor = 0x0000B6

    def byte(self) -> int | None:
        """The byte under the cursor, if it is shown."""
        offset = self.cursor - self._block.address
        return self._block.data[offset] if 0 <= offset < len(self._block.data) else None

    def show(self, block: Block) -> None:
        """Show this."""
        self._block = block
        self.border_subtitle = address_text(self.cursor)
        self.draw(memory_text(block, self.cursor))

    def go(self, address: int) -> None:
        """Put the cursor there, and the window where it shows it."""
        self.cursor = max(0, min(LAST, address))
        first, size = self._block.address, len(self._block.data)
        if not first <= self.cursor < first + size:
            rows_up = -1 if self.cursor >= first + size else 0
            top = self.cursor // COLUMNS * COLUMNS + rows_up * max(0, size - COLUMNS)
            self.post_message(self.Moved(max(0, top)))
        self.show(self._block)

    def on_key(self, event: events.Key) -> None:
        """Arrows, pages, enter."""
        page = max(COLUMNS, len(self._block.data))
        moves = {**MOVES, "pageup": -page, "pagedown": page}
        if event.key in moves:
            event.stop()
            self.go(self.cursor + moves[event.key])
        elif event.key == "enter":
            event.stop()
            self.post_message(self.Poke())
