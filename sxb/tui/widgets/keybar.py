# SPDX-License-Identifier: MIT
"""The footer in two rows: the keys of this screen, and the keys that work everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text
from textual.containers import Vertical

from sxb.tui.keys import EVERYWHERE, IDENTITIES
from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from textual import events
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


class Key(NamedTuple):
    """One key with its label; `does` is the action, `tip` says what it is for; columns `begin` to `end` of its row."""

    key: str
    label: str
    does: str
    tip: str
    begin: int
    end: int


class KeyRow(Drawn):
    """Keys in a row; a click on one does what the key does.

    One text, not a widget per key: to take twenty widgets away and put twenty others there took as long as all else
    of a change of screens.
    """

    keys: tuple[Key, ...] = ()
    _pointed: Key | None = None

    def show(self, keys: tuple[Key, ...]) -> None:
        """Show these."""
        self.keys = keys
        self._point(None)

    def key_at(self, column: int) -> Key | None:
        """The key in this column of the row."""
        return next((key for key in self.keys if key.begin <= column < key.end), None)

    async def on_click(self, event: events.Click) -> None:
        """As if the key had been pressed."""
        key = self.key_at(event.x)
        if key is not None:
            await self.app.run_action(key.does, self.screen)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The key under the pointer is marked, and explained."""
        self._point(self.key_at(event.x))

    def on_leave(self) -> None:
        """None is."""
        self._point(None)

    def _point(self, pointed: Key | None) -> None:
        if pointed != self._pointed:
            self.tooltip = pointed.tip if pointed else None
        self._pointed = pointed
        text = Text(no_wrap=True)
        for key in self.keys:
            marked = " underline" if key == pointed else ""
            text.append(key_text(key.key), f"bold reverse{marked}")
            text.append(f" {key.label}", marked)
            text.append(" ")
        self.draw(text)


class KeyBar(Vertical):
    """Both rows; drawn anew when other keys apply."""

    def __init__(self, *, everywhere: bool = True) -> None:
        super().__init__()
        self._rows = (KeyRow(), KeyRow()) if everywhere else (KeyRow(),)
        self._running = False

    def compose(self) -> ComposeResult:
        """The rows."""
        yield from self._rows

    def on_mount(self) -> None:
        """Follow the focus and the key map."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._draw()

    def show(self, *, running: bool) -> None:
        """One key runs and stops: it says what it does now."""
        if running != self._running and self._in_front:
            self._running = running
            self._draw()

    @property
    def _in_front(self) -> bool:
        return self.is_attached and self.app.screen is self.screen

    def _changed(self, _: object) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        """A key per binding that is to be shown.  Below a question other keys apply: the row waits until it is gone."""
        if not self._in_front:
            return
        rows: tuple[list[Key], list[Key]] = ([], [])
        for node, binding, enabled, _ in sorted(self.screen.active_bindings.values(), key=_place):
            if binding.show and enabled and binding.description and not binding.system:
                row = rows[binding.id in EVERYWHERE_IDS]
                does = f"app.{binding.action}" if node is self.app else binding.action
                label, begin = self._label(binding), row[-1].end + 1 if row else 0
                end = begin + len(key_text(binding.key)) + 1 + len(label)
                row.append(Key(binding.key, label, does, binding.tooltip, begin, end))
        for shown, keys in zip(self._rows, rows, strict=False):
            shown.show(tuple(keys))

    def _label(self, binding: Binding) -> str:
        first, both, second = binding.description.partition("/")
        return (second if self._running else first) if both else binding.description


def _place(active: ActiveBinding) -> int:
    """The row of the table of actions; what is none of ours comes behind."""
    return ORDER.get(active.binding.id or "", len(ORDER))
