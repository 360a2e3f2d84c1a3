# SPDX-License-Identifier: MIT
"""The connection screen: the ports, the likeliest first, and the virtual boards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static

from asm816.target.boards import BOARDS
from sxb.ports import system_ports

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sxb.ports import PortInfo


def choices(ports: tuple[PortInfo, ...]) -> tuple[tuple[str, str], ...]:
    """(port, how it is listed) each."""
    real = [(port.device, f"{port.device}  {port.description}") for port in ports]
    virtual = [(f"emu:{name}", f"emu:{name}  virtual board: {facts.title}") for name, facts in BOARDS.items()]
    return (*real, *virtual)


class ConnectScreen(Screen[str | None]):
    """Choose a port; the answer is its name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "choose", "Connect"),
        ("r", "again", "Look again"),
        ("escape", "leave", "Back"),
        ("ctrl+q", "app.leave", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        """A list."""
        with Vertical(id="connect"):
            yield Static("Which board? Choose a port with ↑ ↓ and press enter.", id="question")
            yield OptionList(id="ports", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Look which ports there are."""
        self.action_again()

    def action_again(self) -> None:
        """Look again."""
        self._choices = choices(system_ports())
        ports = self.query_one(OptionList)
        ports.clear_options()
        ports.add_options(said for _, said in self._choices)
        ports.highlighted = 0
        ports.focus()

    def action_choose(self) -> None:
        """The one that is highlighted."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That is the answer."""
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """No other port."""
        self.dismiss(None)
