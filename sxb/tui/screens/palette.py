# SPDX-License-Identifier: MIT
"""textual's list of all actions, left once only."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual import on, work
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.widgets import Input


class Palette(CommandPalette):
    """Of two keys in a hurry the first counts: textual's own takes the screen below away with the second."""

    _left = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that walks through the list does nothing before the list is there."""
        walks = action in {"command_list", "cursor_down"}
        return bool(self.query(CommandList)) if walks else super().check_action(action, parameters)

    def _action_command_list(self, action: str) -> None:
        """A page of rows that were found but not laid out yet is none: textual's list fails there."""
        with suppress(KeyError):
            super()._action_command_list(action)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)  # noqa: SLF001 - its own class
    async def _gather_commands(self, search_value: str) -> None:
        """Textual's own begins when the list may be gone, or not there yet: then nothing is gathered."""
        with suppress(NoMatches):
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]  # noqa: SLF001

    @on(Input.Changed)
    def _ignore_what_comes_late(self, event: Input.Changed) -> None:
        """A letter typed before it was left would search in what is gone."""
        if self._left or not self.is_current:
            event.prevent_default()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave it, if it is still there."""
        if self._left or not self.is_current:
            return AwaitComplete.nothing()  # type: ignore[no-untyped-call,no-any-return]  # textual has no type there
        self._left = True
        return super().dismiss(result)
