# SPDX-License-Identifier: MIT
"""The monitor session as a textual application: wiring only.

Screens show pictures and ask the worker (`sxb.tui.post`) for what the user wants; the worker reports
back through `Reported` messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, SystemCommand
from textual.message import Message
from textual.widgets import OptionList

from sxb.transport import PLAIN
from sxb.tui.keys import ACTIONS, EVERYWHERE, PALETTE, bindings
from sxb.tui.picture import Diagnosed, Heard, Loading, Picture, Told, View
from sxb.tui.post import Post, open_sitting
from sxb.tui.screens.base import SessionScreen
from sxb.tui.screens.board import BoardScreen
from sxb.tui.screens.connect import ConnectScreen
from sxb.tui.screens.console import ConsoleScreen
from sxb.tui.screens.files import FilesScreen
from sxb.tui.screens.palette import Palette
from sxb.tui.screens.pins import PinsScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.screen import Screen

    from sxb.journal import Recorder
    from sxb.transport import LineSettings
    from sxb.tui.picture import Report
    from sxb.tui.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the session was started with; `port` None shows the connection screen."""

    port: str | None = None
    board: str = "qbx"
    timeout: float = 1.0
    asked: LineSettings = PLAIN
    folder: Path = field(default_factory=Path)
    keys: Mapping[str, str] = field(default_factory=dict)
    journal: Recorder | None = None


class Reported(Message):
    """The worker has something to show; it comes from its thread."""

    def __init__(self, report: Report, post: Post | None) -> None:
        super().__init__()
        self.report = report
        self.post = post


class MonitorApp(App[None]):
    """The session."""

    TITLE = "sxb monitor"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    BINDINGS = bindings(EVERYWHERE)
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, wishes: Wishes | None = None) -> None:
        super().__init__()
        self.wishes = wishes or Wishes()
        self.picture = Picture()
        self.loading: Loading | None = None
        self._view = View()
        self._post: Post | None = None
        self._console = ConsoleScreen()
        self._files = FilesScreen(self.wishes.folder.resolve())
        self.set_keymap(dict(self.wishes.keys))
        for name, screen in (
            ("console", lambda: self._console),
            ("board", BoardScreen),
            ("pins", PinsScreen),
            ("files", lambda: self._files),
        ):
            self.add_mode(name, screen)

    def on_mount(self) -> None:
        """To the port, or to the list of ports."""
        self.switch_mode("console")
        if self.wishes.port is None:
            self.action_connect()
        else:
            self._connect(self.wishes.port)

    # ------------------------------------------------------------------ the worker

    def _connect(self, port: str) -> None:
        self._disconnect()
        wishes = self.wishes
        self.picture = Picture(port)
        post = Post(
            lambda report: open_sitting(
                port, wishes.board, wishes.timeout, wishes.asked, report, journal=wishes.journal
            ),
            lambda report: self._from_worker(report, post),
        )
        self._post = post
        post.start()
        self.look(lambda view: view)

    def _from_worker(self, report: Report, post: Post) -> None:
        if self.is_running:
            self.post_message(Reported(report, post))

    def do(self, job: Callable[[Sitting], None]) -> None:
        """Have the worker do something."""
        if self._post is not None:
            self._post.ask(job)

    def look(self, change: Callable[[View], View]) -> None:
        """Ask for another view of the board."""
        view = self._view = change(self._view)
        self.do(lambda sitting: sitting.look(view))

    def on_reported(self, message: Reported) -> None:
        """To the screen that shows it."""
        if message.post is not self._post:
            return  # of a board that was left
        match message.report:
            case Picture() as picture:
                self.picture = picture
                self._show()
            case Heard() as heard:
                self._console.hear(heard)
            case Loading() as loading:
                self.loading = loading if loading.total else None
                self._show()
            case Diagnosed() as said:
                if self._files.is_mounted:
                    self._files.diagnosed(said)
            case Told() as told:
                self._tell(told)

    def _tell(self, told: Told) -> None:
        self.clear_notifications()  # the last one counts, and they cover the screen
        severities = {"error": "error", "warning": "warning"}
        self.notify(
            f"{told.sentence}\n{told.hint}" if told.hint else told.sentence,
            severity=severities.get(told.severity, "information"),  # type: ignore[arg-type]
            timeout=8 if told.severity == "error" else 4,
            markup=False,
        )

    def _show(self) -> None:
        if isinstance(self.screen, SessionScreen) and self.screen.stands:
            self.screen.refresh_picture(self.picture)

    # ------------------------------------------------------------------ what works everywhere

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of ours that applies here, then textual's own."""
        for action in (*ACTIONS, *PALETTE):
            owner = self if action.scope == EVERYWHERE else screen
            if action.scope in (EVERYWHERE, self.current_mode):
                does = f"app.{action.name}" if owner is self else f"screen.{action.name}"
                yield SystemCommand(
                    f"{action.label}: {action.tip}",
                    f"without screens: {action.headless}" if action.headless else action.tip,
                    lambda does=does: self.call_later(self.run_action, does),
                )
        for command in super().get_system_commands(screen):
            if command.title != "Quit":
                yield command

    async def on_event(self, event: events.Event) -> None:
        """What comes before its screen is ready for it, or when that is gone already, does not count."""
        if not isinstance(event, (events.Key, events.MouseEvent)) or (
            self.screen_stack and not self._too_early(event)
        ):
            await super().on_event(event)

    def _too_early(self, event: events.Key | events.MouseEvent) -> bool:
        """Textual 8.2 fails where a row is clicked that is composed anew, or a list paged that was not laid out."""
        if isinstance(event, events.MouseEvent):
            clicked, _ = self.screen.get_widget_and_offset_at(event.x, event.y)
            return clicked is not None and not clicked.is_attached
        return event.key in ("pageup", "pagedown") and any(
            one.display and not one.size.height for one in self.screen.query(OptionList)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key counts before its screen stands."""
        del action, parameters
        return bool(self.screen_stack) and self.screen.is_mounted

    def action_help(self) -> None:
        """The help panel, or away with it."""
        if self.screen.query("HelpPanel"):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def action_mode(self, name: str) -> None:
        """Another screen."""
        if isinstance(self.screen, SessionScreen):
            self.switch_mode(name)

    def action_toggle_run(self) -> None:
        """Run or stop."""
        self.do(lambda sitting: sitting.toggle_run())

    def action_step(self) -> None:
        """One instruction."""
        self.do(lambda sitting: sitting.step())

    def action_step_back(self) -> None:
        """One instruction back."""
        self.do(lambda sitting: sitting.step_back())

    def action_step_cycle(self) -> None:
        """One bus cycle."""
        self.do(lambda sitting: sitting.step_cycle())

    def action_change_speed(self) -> None:
        """The next speed."""
        self.do(lambda sitting: sitting.change_speed())

    def action_reset_board(self) -> None:
        """RESET."""
        self.do(lambda sitting: sitting.reset())

    def show_source(self, file: str, line: int) -> None:
        """To the screen Files, at a line."""
        self.switch_mode("files")
        self.call_after_refresh(self._files.show_line, file, line)

    def action_connect(self) -> None:
        """The list of ports."""

        def chosen(port: str | None) -> None:
            if port is not None:
                self._connect(port)

        self.push_screen(ConnectScreen(), chosen)

    def action_command_palette(self) -> None:
        """Every action by its name."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    async def action_leave(self) -> None:
        """Give the port back and go."""
        self._disconnect()
        self.exit()

    def on_unmount(self) -> None:
        """Whatever ended the session, the port is given back."""
        self._disconnect()

    def _disconnect(self) -> None:
        post, self._post = self._post, None
        if post is not None:
            post.end()
