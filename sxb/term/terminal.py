# SPDX-License-Identifier: MIT
"""The terminal: keys to the board, bytes to the screen, and a menu behind the escape key."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asm816.errors import ToolError
from asm816.terminal import printable
from sxb import errors
from sxb.term.pacing import Pacing

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from sxb.client import Monitor
    from sxb.term.keyboard import Keyboard
    from sxb.term.view import View
    from sxb.transport import Line

ESCAPE = 0x1D
"""Ctrl-], the escape key of telnet, miniterm and others."""

LOOK_SECONDS = 0.02
"""One look at the line between two looks at the keyboard."""

RETRY_SECONDS = 0.25
"""Between two tries to open a port that went away."""

KEY_BYTES = 6
"""The longest sequence that a single key sends; more at once was pasted."""

CTRL_C = b"\x03"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the menu."""

    key: str
    label: str
    action: str


MENU = (
    Entry("u", "upload a file", "upload"),
    Entry("d", "dump memory", "dump"),
    Entry("r", "registers", "registers"),
    Entry("l", "log on or off", "log"),
    Entry("x", "bytes or text", "hex"),
    Entry("t", "times on or off", "stamps"),
    Entry("q", "quit", "quit"),
)


@dataclass(frozen=True, slots=True)
class Services:
    """What a terminal needs from its command."""

    open_line: Callable[[], Line]
    monitor: Callable[[Line], Monitor]
    upload: Callable[[Monitor, str], str]
    dump: Callable[[Monitor, str], str]
    registers: Callable[[Monitor], str]
    log: Callable[[Callable[[str], str], Line], str]


class Terminal:
    """One sitting at a line.  `out` gets text only; what is ours stands on lines of its own."""

    def __init__(self, line: Line, view: View, out: TextIO, services: Services) -> None:
        self.line = line
        self._view, self._out, self._services = view, out, services
        self._keyboard: Keyboard | None = None
        self._pacing = Pacing()
        self._in_menu = False
        self._ended = False

    def run(self, keyboard: Keyboard, seconds: float | None = None) -> None:
        """Until the user quits, or so many seconds behind the end of a keyboard that is a pipe."""
        self._keyboard = keyboard
        end: float | None = None
        while not self._ended and (end is None or self.line.now() < end):
            typed = keyboard.keys() if end is None else b""
            if typed is None and not self._pacing.waiting:
                end = self.line.now() + (seconds or 0.0)
                continue
            try:
                self._type(typed or b"")
                self._pass_on()
                self._listen()
            except errors.LineLostError as error:
                if not keyboard.typed_at:
                    raise
                self._wait_for_line(keyboard, error)

    def show(self, data: bytes) -> None:
        """Show what came; nothing means that it is quiet."""
        self._write(self._view.feed(data) if data else self._view.pause())

    def say(self, text: str) -> None:
        """A line of our own."""
        self._write(self._view.fresh_line() + "".join(f"-- {printable(row)}\n" for row in text.splitlines()))

    def finish(self) -> None:
        """Leave the screen on a line of its own."""
        self._write(self._view.fresh_line())

    def _write(self, text: str) -> None:
        if text:
            self._out.write(text)
            self._out.flush()

    def _listen(self) -> None:
        data = self.line.read(LOOK_SECONDS)
        self._pacing.heard(data, self.line.now())
        self.show(data)

    def _type(self, typed: bytes) -> None:
        plain = bytearray()
        for key in typed:
            if self._in_menu:
                self._in_menu = False
                if key == ESCAPE:
                    plain.append(key)
                else:
                    self._choose(chr(key).lower())
            elif key == ESCAPE:
                self._take(bytes(plain))
                plain.clear()
                self._in_menu = True
                self.say("  ".join(f"{entry.key} {entry.label}" for entry in MENU) + "  ^] send ^]")
            else:
                plain.append(key)
        self._take(bytes(plain))

    def _take(self, plain: bytes) -> None:
        """A key goes to the board at once, whatever it is doing; a text waits for its turn, and what is typed behind it."""
        assert self._keyboard is not None
        by_hand = self._keyboard.typed_at
        if by_hand and plain == CTRL_C:
            self.say(self._dropped())
        if by_hand and len(plain) <= KEY_BYTES and not self._pacing.waiting:
            self._send(plain)
        else:
            self._pacing.give(plain)

    def _pass_on(self) -> None:
        self._send(self._pacing.due(self.line.now()))

    def _send(self, data: bytes) -> None:
        if data:
            self.line.write(data)
            self._pacing.sent(data, self.line.now() + self.line.write_time(len(data)))

    def _dropped(self) -> str:
        """Forget the rest of a text; says so if there is any."""
        count = self._pacing.drop()
        return f"{count} characters were not sent" if count else ""

    def _choose(self, key: str) -> None:
        action = next((entry.action for entry in MENU if entry.key == key), None)
        if action is None:
            self.say("back")
            return
        assert self._keyboard is not None
        while self._pacing.waiting and not self._keyboard.typed_at:  # a pipe has said what goes before
            self._pass_on()
            self._listen()
        try:
            self.say(self._act(action))
        except errors.LineLostError:
            raise
        except ToolError as error:  # the sitting goes on
            self.say(f"{error.sentence}; {error.hint} [{error.code}]")

    def _act(self, action: str) -> str:
        services, view = self._services, self._view
        match action:
            case "quit":
                self._ended = True
                return f"ended\n{self._dropped()}"
            case "stamps":
                view.stamps = not view.stamps
                return f"times {'on' if view.stamps else 'off'}"
            case "hex":
                self._write(view.fresh_line())
                view.as_hex = not view.as_hex
                return "bytes" if view.as_hex else "text"
            case "log":
                return services.log(self._ask, self.line)
        self.say(self._dropped())  # what waits was not meant for what comes now
        if action == "registers":
            return services.registers(services.monitor(self.line))
        asked = self._ask("-- file: " if action == "upload" else "-- address and length: ")
        if not asked:
            return "nothing done"
        act = services.upload if action == "upload" else services.dump
        return act(services.monitor(self.line), asked)

    def _ask(self, question: str) -> str:
        self._write(self._view.fresh_line())
        assert self._keyboard is not None
        return self._keyboard.ask(question)

    def _wait_for_line(self, keyboard: Keyboard, error: errors.LineLostError) -> None:
        """Until the port is there again; only quitting ends it."""
        self.say(f"{error.sentence}; waiting for it to come back (^] q ends)\n{self._dropped()}")
        self.line.close()
        escaped = False
        while True:
            typed = keyboard.keys()
            if typed is None:
                raise error
            for key in typed:
                if escaped and chr(key) in "qQ":
                    self._ended = True
                    return
                escaped = key == ESCAPE
            try:
                self.line = self._services.open_line()
            except errors.NoPortError:
                time.sleep(RETRY_SECONDS)
                continue
            self.say(f"{self.line.name} is back")
            return
