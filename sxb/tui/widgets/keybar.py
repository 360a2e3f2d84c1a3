# SPDX-License-Identifier: MIT
"""The footer in two rows: the keys of this screen, and the keys that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Static

from sxb.tui.keys import EVERYWHERE, IDENTITIES

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import ActiveBinding, Binding

ORDER = {name: number for number, name in enumerate(IDENTITIES)}

EVERYWHERE_IDS = {name for name, action in IDENTITIES.items() if action.scope == EVERYWHERE} - {
    "command_palette"
}
"""The second row.  The palette stands behind the screen's own keys: it is where the others are found."""

SHORT = {"ctrl+": "^", "plus": "+", "minus": "-", "slash": "/", "enter": "⏎"}


def key_text(key: str) -> str:
    """A key as the footer names it: ``^q``, ``F5``, ``+``."""
    for name, short in SHORT.items():
        key = key.replace(name, short)
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


class Key(Static):
    """One key with its label; a click does what the key does."""

    def __init__(self, binding: Binding, action: str, label: str) -> None:
        super().__init__(
            Text.assemble((key_text(binding.key), "bold reverse"), f" {label}", no_wrap=True),
            classes="key",
        )
        self.key, self.label = binding.key, label
        self._does = action
        self.tooltip = binding.tooltip

    async def on_click(self) -> None:
        """As if the key had been pressed."""
        await self.app.run_action(self._does, self.screen)


class KeyBar(Vertical):
    """Both rows; composed anew when other keys apply."""

    running: reactive[bool] = reactive(False, recompose=True)

    def __init__(self, *, everywhere: bool = True) -> None:
        super().__init__()
        self._everywhere = everywhere

    def compose(self) -> ComposeResult:
        """A key per binding that is to be shown."""
        rows: tuple[list[Key], list[Key]] = ([], [])
        for node, binding, enabled, _ in sorted(self.screen.active_bindings.values(), key=_place):
            if binding.show and enabled and binding.description and not binding.system:
                everywhere = binding.id in EVERYWHERE_IDS
                of_app = node is self.app
                does = f"app.{binding.action}" if of_app else binding.action
                rows[everywhere].append(Key(binding, does, self._label(binding)))
        for row in rows if self._everywhere else rows[:1]:
            with Horizontal(classes="keys"):
                yield from row

    def _label(self, binding: Binding) -> str:
        """One key runs and stops: it says what it does now."""
        first, both, second = binding.description.partition("/")
        return (second if self.running else first) if both else binding.description

    def on_mount(self) -> None:
        """Follow the focus and the key map."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: object) -> None:
        if self.is_attached and self.screen.is_current:
            self.call_after_refresh(self.recompose)


def _place(active: ActiveBinding) -> int:
    """The row of the table of actions; what is none of ours comes behind."""
    return ORDER.get(active.binding.id or "", len(ORDER))
