# SPDX-License-Identifier: MIT
"""The connection screen: the ports, the likeliest first, and the virtual boards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import OptionList, Static

from asm816.target.boards import BOARDS
from sxb.ports import system_ports
from sxb.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from typing import ClassVar

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sxb.ports import PortInfo


def choices(ports: tuple[PortInfo, ...]) -> tuple[tuple[str, str], ...]:
    """(port, how it is listed) each: cables, virtual boards, and ports that are built in."""
    usb = [(port.device, f"{port.device}  {port.description}") for port in ports if port.is_usb]
    other = [(port.device, f"{port.device}  {port.description}") for port in ports if not port.is_usb]
    virtual = [(f"emu:{name}", f"emu:{name}  virtual board: {facts.title}") for name, facts in BOARDS.items()]
    return (*usb, *virtual, *other)


class ConnectScreen(Screen[str | None]):
    """Choose a port; the answer is its name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "choose", "Connect"),
        ("r", "again", "Look again"),
        ("escape", "leave", "Back"),
        ("ctrl+q", "app.leave", "Quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._answered = False
        self._choices: tuple[tuple[str, str], ...] = ()

    def compose(self) -> ComposeResult:
        """A list."""
        with Vertical(id="connect"):
            yield Static("Which board? Choose a port with ↑ ↓ and press enter.", id="question")
            yield OptionList(id="ports", markup=False)
        yield KeyBar(everywhere=False)

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
        self._answer(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        """No other port."""
        self._answer(None)

    def _answer(self, port: str | None) -> None:
        """Once: of two keys in a hurry the first counts."""
        if self.is_current and not self._answered:
            self._answered = True
            self.dismiss(port)
