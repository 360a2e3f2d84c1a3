# SPDX-License-Identifier: MIT
"""What all screens of the session have: the line above, the keys below, a picture between."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from textual.screen import Screen

from sxb.tui.screens.ask import Ask
from sxb.tui.widgets.keybar import KeyBar
from sxb.tui.widgets.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from sxb.tui.app import MonitorApp
    from sxb.tui.picture import Picture
    from sxb.tui.sitting import Sitting


class SessionScreen(Screen[None]):
    """A screen that shows pictures of the board."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - textual's own way
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - as above

    @property
    def session(self) -> MonitorApp:
        """The application."""
        return cast("MonitorApp", self.app)

    @property
    def stands(self) -> bool:
        """Its parts are there: not so while it is composed, or when it goes."""
        return self.is_mounted and bool(self.query(KeyBar))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key counts before the screen stands."""
        del action, parameters
        return self.stands

    def compose(self) -> ComposeResult:
        """The frame; the middle is the screen's own."""
        yield Status()
        yield from self.middle()
        yield KeyBar()

    def middle(self) -> ComposeResult:
        """What stands between."""
        raise NotImplementedError

    def show(self, picture: Picture) -> None:
        """Show the board."""

    def refresh_picture(self, picture: Picture) -> None:
        """Show the board here and in the line above."""
        self.query_one(Status).show(picture, self.session.loading)
        self.query_one(KeyBar).show(running=picture.passing)
        self.show(picture)

    def on_screen_resume(self) -> None:
        """It is in front, perhaps before it was composed: then `on_mount` follows."""
        self.refresh_bindings()
        self.call_after_refresh(self._arrive)

    def on_mount(self) -> None:
        """Now it was composed."""
        self.call_after_refresh(self._arrive)

    def on_resize(self) -> None:
        """Another size shows more, or less."""
        self.call_after_refresh(self._arrive)

    def _arrive(self) -> None:
        """Ask for what this screen shows, and show what is known."""
        if self.is_current and self.stands:
            self.look()
            self.refresh_picture(self.session.picture)

    def look(self) -> None:
        """Tell the worker what this screen shows: by itself, nothing that had to be read."""
        self.session.look(lambda view: replace(view, board=False, chip=False, wave_seconds=0.0))

    def ask(self, job: Callable[[Sitting], None]) -> None:
        """Have the worker do something."""
        self.session.do(job)

    def question(self, question: str, example: str, then: Callable[[str], Any], text: str = "") -> None:
        """Ask for a line; `then` gets it unless the user left, or the screen is gone by then."""

        def answered(answer: str | None) -> None:
            if answer is not None and self.stands:
                then(answer.strip())

        self.app.push_screen(Ask(question, example, text), answered)
