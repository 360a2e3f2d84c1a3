# SPDX-License-Identifier: MIT
"""The screen Board: registers, code, memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from asm816.addresses import address_text
from asm816.spelling import byte, hex_bytes, number
from sxb.tui.keys import bindings
from sxb.tui.screens.base import SessionScreen
from sxb.tui.widgets.bus import BusPane
from sxb.tui.widgets.code import CodePane
from sxb.tui.widgets.memory import COLUMNS, MemoryPane
from sxb.tui.widgets.registers import RegistersPane

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sxb.tui.picture import Picture
    from sxb.tui.sitting import Sitting


class BoardScreen(SessionScreen):
    """What the processor is at."""

    BINDINGS = bindings("board")

    def middle(self) -> ComposeResult:
        """Registers and code above, memory below."""
        with Vertical(id="middle"):
            with Horizontal(id="upper"):
                with Vertical(id="processor"):
                    yield RegistersPane()
                    yield BusPane()
                yield CodePane()
            yield MemoryPane()

    def on_mount(self) -> None:
        """Memory has the arrows."""
        self._memory.focus()

    @property
    def _memory(self) -> MemoryPane:
        return self.query_one(MemoryPane)

    def show(self, picture: Picture) -> None:
        """All three."""
        self.query_one(RegistersPane).show(picture.registers)
        self.query_one(BusPane).show(picture.cycles, within=picture.within)
        self.query_one(CodePane).show(picture.code, picture.place)
        self._memory.show(picture.memory)

    def look(self) -> None:
        """As many rows as there is room for."""
        self.session.look(
            lambda view: replace(
                view,
                memory_rows=max(1, self._memory.size.height),
                code_rows=max(1, self.query_one(CodePane).size.height),
                board=True,
                chip=False,
                wave_seconds=0.0,
            )
        )

    def on_memory_pane_moved(self, event: MemoryPane.Moved) -> None:
        """Another part of memory."""
        self.session.look(lambda view: replace(view, memory=event.address))

    def on_memory_pane_poke(self) -> None:
        """Enter in memory."""
        self.action_poke()

    def on_registers_pane_edit(self) -> None:
        """Enter or click in the registers."""
        self.action_registers()

    def on_code_pane_breakpoint(self, event: CodePane.Breakpoint) -> None:
        """Enter in the code."""
        self.ask(lambda sitting: sitting.toggle_breakpoint(address_text(event.address)))

    def action_registers(self) -> None:
        """Change a register."""
        self.question("Register:", "a=80, pc=$00b6", lambda text: self.ask(lambda s: s.edit_register(text)))

    def action_go_to(self) -> None:
        """Memory and code somewhere else; nothing there: back to PC."""

        def go(sitting: Sitting, text: str) -> None:
            address = None if text == "pc" else sitting.address(text)
            self.app.call_from_thread(self._go, address)

        self.question(
            "Go to address or symbol (pc: code follows the processor again):",
            "$00b6, show, PD7, pc",
            lambda text: self.ask(lambda sitting: go(sitting, text)),
        )

    def _go(self, address: int | None) -> None:
        if address is not None:
            self._memory.cursor = address
        self.session.look(
            lambda view: replace(
                view,
                code=address,
                memory=view.memory if address is None else address // COLUMNS * COLUMNS,
            )
        )

    def action_poke(self) -> None:
        """Write at the cursor."""
        place, now = self._memory.cursor, self._memory.byte()
        self.question(
            f"Bytes to write at {address_text(place)}, in hex:",
            "a9 01",
            lambda text: self._poke(place, text),
            "" if now is None else f"{now:02X}",
        )

    def _poke(self, place: int, text: str) -> None:
        try:
            data = hex_bytes(tuple(text.split()))
        except ValueError as error:
            self.notify(str(error), severity="error")
            return
        self.ask(lambda sitting: sitting.poke(place, data))

    def action_fill(self) -> None:
        """Fill from the cursor on."""
        place = self._memory.cursor
        self.question(
            f"Fill from {address_text(place)}: length and byte", "16 $ff", lambda s: self._fill(place, s)
        )

    def _fill(self, place: int, text: str) -> None:
        try:
            length, value = text.split()
            size, filler = number(length), byte(value)
        except ValueError:
            self.notify(f"{text!r} is no length and byte: like 16 $ff", severity="error")
            return
        self.ask(lambda sitting: sitting.fill(place, size, filler))

    def action_undo(self) -> None:
        """Put back."""
        self.ask(lambda sitting: sitting.undo())

    def action_compare(self) -> None:
        """Mark changes."""
        self.ask(lambda sitting: sitting.compare())

    def action_breakpoint(self) -> None:
        """Set or clear."""
        here = self.query_one(CodePane).cursor
        self.question(
            "Breakpoint at (again: clears it):",
            "show, $00c2, show if a = $80",
            lambda text: self.ask(lambda sitting: sitting.toggle_breakpoint(text)),
            "" if here is None else address_text(here),
        )

    def action_source(self) -> None:
        """Of the code's cursor where that has the focus, else of the byte under memory's."""
        pane = self.query_one(CodePane)
        place = pane.cursor if pane.has_focus and pane.cursor is not None else self._memory.cursor

        def find(sitting: Sitting) -> None:
            self.app.call_from_thread(self.session.show_source, *sitting.line_of(place))

        self.ask(find)

    def action_step_over(self) -> None:
        """Over a call."""
        self.ask(lambda sitting: sitting.step_over())

    def action_run_to(self) -> None:
        """To the code's cursor, or where the user says."""
        here = self.query_one(CodePane).cursor
        if here is not None and self.query_one(CodePane).has_focus:
            self.ask(lambda sitting: sitting.run_to(here))
            return
        self.question(
            "Run until:",
            "show, $00c2",
            lambda text: self.ask(lambda sitting: sitting.run_to(sitting.address(text))),
        )

    def action_writer(self) -> None:
        """Back to the last writer of the byte under the cursor."""
        place = self._memory.cursor
        self.ask(lambda sitting: sitting.back_to_write(place))
