# SPDX-License-Identifier: MIT
"""A script for a board, in TOML: at a time send, press, drive or expect something.

    [[step]]
    at = "100ms"            # emulated time since the start; without it: when the step before is done
    send = "hello"

    [[step]]
    expect = "hello"
    within = "2s"

Steps are done in order.  `docs/instruments.md` describes all keys; `ACTIONS` is the table of them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from asm816.exitcodes import ExitCode
from asm816.times import parse_time
from emu.errors import EmuError, EmuFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.board import Board

BUTTONS = ("RESET", "NMI")
"""What can be pressed besides pins."""

WITHIN = 5.0
"""Seconds that an expectation waits, unless it says otherwise."""

HELD = 0.05
"""Seconds for which a pin is pressed, unless the step says otherwise: a quick finger."""

LOOK_SECONDS = 0.001
"""So often an expectation is looked at: about a character at 9600 baud."""

CONSOLE = 3

ACTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "send": ("uart",),
        "expect": ("uart", "within"),
        "press": ("for", "level"),
        "drive": ("level",),
        "expect_pin": ("level", "within"),
    }
)
"""What a step does -> the keys that it may have besides `at`."""

_INPUT = re.compile(r"P[0-6][0-7]")
_PIN = re.compile(r"P[0-7][0-7]|TG[01]")


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``at`` is None for "when the one before is done".  Times in seconds."""

    line: int
    action: str
    what: str
    at: float | None = None
    uart: int = CONSOLE
    level: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.action} {self.what!r}"


class _StepError(Exception):
    """A mistake in a step: the key, and what is wrong with it."""

    def __init__(self, key: str, said: str) -> None:
        super().__init__(said)
        self.key = key


def read_script(path: str | Path) -> tuple[Step, ...]:
    """The steps of a script.  Raises EmuFileError (E2093), or EmuError (E2092, exit 1) with file and line."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is not UTF-8 text"
        raise EmuFileError("E2093", f"cannot read the script '{path}': {reason}") from error
    return parse_script(text, str(path))


def parse_script(text: str, name: str) -> tuple[Step, ...]:
    """The steps in the text of a script called `name`.  Raises EmuError (E2092, exit 1) with file and line."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = re.search(r" \(at line (\d+), column \d+\)", said)
        line = int(found[1]) if found else text.count("\n") + 1
        raise _mistake(name, line, said.partition(" (at ")[0]) from None
    steps = content.get("step", [])
    for key in content:
        if key != "step":
            raise _mistake(
                name, _line_of(text, key, 0), f"{key!r} is not known here: steps begin with [[step]]"
            )
    if not isinstance(steps, list) or not steps or not all(isinstance(step, dict) for step in steps):
        raise _mistake(name, 1, "there is no step: each begins with [[step]]")
    return tuple(_step(text, name, number, step) for number, step in enumerate(steps))


def _step(text: str, name: str, number: int, values: dict[str, Any]) -> Step:
    headers = [match.start() for match in re.finditer(r"^[ \t]*\[\[\s*step\s*\]\]", text, re.MULTILINE)]
    start = headers[number] if number < len(headers) else 0
    line = text.count("\n", 0, start) + 1
    try:
        return _checked(line, values)
    except _StepError as wrong:
        raise _mistake(name, _line_of(text, wrong.key, start), str(wrong)) from None


def _line_of(text: str, key: str, start: int) -> int:
    """The line of a key behind `start`, or that of `start` itself."""
    found = re.compile(rf"^[ \t]*\[*\"?{re.escape(key)}\b", re.MULTILINE).search(text, start) if key else None
    return text.count("\n", 0, found.start() if found else start) + 1


def _mistake(name: str, line: int, said: str) -> EmuError:
    hint = "docs/instruments.md describes scripts"
    return EmuError("E2092", f"{name}:{line}: {said}", hint, ExitCode.SOURCE_ERRORS)


def _checked(line: int, values: dict[str, Any]) -> Step:
    actions = [key for key in values if key in ACTIONS]
    if len(actions) != 1:
        raise _StepError(actions[1] if actions else "", f"a step does one of: {', '.join(ACTIONS)}")
    (action,) = actions
    for key in values:
        if key not in (action, "at", *ACTIONS[action]):
            known = ", ".join(("at", *ACTIONS[action]))
            raise _StepError(key, f"{key!r} is not known in a step that does {action!r} (known: {known})")
    what = values[action]
    if not isinstance(what, str) or not what:
        raise _StepError(action, f"{action} is a text that is not empty")
    return Step(
        line,
        action,
        _target(action, what),
        None if "at" not in values else _time(values, "at", 0.0),
        _whole(values, "uart", CONSOLE, 3),
        _whole(values, "level", 1 if action == "expect_pin" else 0, 1),
        _time(values, "for", HELD) if action == "press" else _time(values, "within", WITHIN),
    )


def _target(action: str, what: str) -> str:
    if action in ("send", "expect"):
        if not all(ord(character) < 256 for character in what):
            raise _StepError(action, "a serial line carries bytes: characters up to U+00FF")
        return what
    known = what in BUTTONS if action == "press" else False
    fits = _PIN if action == "expect_pin" else _INPUT
    if not known and not fits.fullmatch(what):
        names = "P00 to P77, TG0 and TG1" if action == "expect_pin" else "P00 to P67"
        more = f", {' and '.join(BUTTONS)}" if action == "press" else ""
        raise _StepError(action, f"{what!r} is no pin for {action}: there are {names}{more}")
    return what


def _time(values: dict[str, Any], key: str, default: float) -> float:
    value = values.get(key, default)
    try:
        seconds = parse_time(value) if isinstance(value, str) else float(value)
    except (ValueError, TypeError) as error:
        raise _StepError(key, f"{key}: {error}") from None
    if isinstance(value, bool) or not 0 <= seconds < 1e9:
        raise _StepError(key, f"{key} = {value!r} is no time (like '250ms')")
    return seconds


def _whole(values: dict[str, Any], key: str, default: int, most: int) -> int:
    value = values.get(key, default)
    if type(value) is not int or not 0 <= value <= most:
        raise _StepError(key, f"{key} is a whole number, 0 to {most}")
    return value


class Player:
    """Does the steps of a script to a board, whose present is the script's time 0.

    Whoever runs the board calls `advance` when `due` (a crystal tick) has come.  ``failure`` says which
    expectation was not met, and where.
    """

    def __init__(self, board: Board, steps: tuple[Step, ...], name: str) -> None:
        self._board = board
        self._steps = steps
        self._name = name
        self._begin = board.chip.schedule.now()
        self._next = 0
        self._since: int | None = None  # when the step that waits began to
        self._read = {step.uart: len(board.serial(step.uart).log) for step in steps}
        self.failure = ""

    @property
    def done(self) -> bool:
        """Nothing is left to do, or an expectation failed."""
        return self._next == len(self._steps) or bool(self.failure)

    @property
    def due(self) -> int | None:
        """The tick at which `advance` wants to be called; None when it is done."""
        if self.done:
            return None
        if self._since is not None:
            return self._board.chip.schedule.now() + self._ticks(LOOK_SECONDS)
        return self._begin_of(self._steps[self._next])

    def advance(self) -> None:
        """Do what is due now."""
        while not self.done:
            step = self._steps[self._next]
            if self._board.chip.schedule.now() < self._begin_of(step):
                return
            if step.action.startswith("expect"):
                if not self._met(step):
                    return
            else:
                self._do(step)
            self._since = None
            self._next += 1

    def _begin_of(self, step: Step) -> int:
        return 0 if step.at is None else self._begin + self._ticks(step.at)

    def _ticks(self, seconds: float) -> int:
        return self._board.chip.clocks.ticks_in(seconds)

    def _do(self, step: Step) -> None:
        board = self._board
        if step.action == "send":
            board.serial(step.uart).send(step.what.encode("latin-1"))
        elif step.what == "RESET":
            board.reset()
        elif step.what == "NMI":
            board.nmi()
        else:
            board.drive(step.what, step.level)
            if step.action == "press":
                board.drive(step.what, 1 - step.level, at_seconds=board.seconds + step.seconds)

    def _met(self, step: Step) -> bool:
        """Whether it has come; if not, wait, or fail when its time is over."""
        if self._has_come(step):
            return True
        now = self._board.chip.schedule.now()
        if self._since is None:
            self._since = now
        if now - self._since >= self._ticks(step.seconds):
            self.failure = f"{self._name}:{step.line}: {step} did not come within {step.seconds:g} s"
            if step.action == "expect":
                self.failure += f"; what came: {self._unread(step)[-60:]!r}"
        return False

    def _has_come(self, step: Step) -> bool:
        if step.action == "expect_pin":
            return self._board.pin(step.what).level == step.level
        found = self._unread(step).find(step.what)
        if found >= 0:
            self._read[step.uart] += found + len(step.what)
        return found >= 0

    def _unread(self, step: Step) -> str:
        log = self._board.serial(step.uart).log
        return bytes(byte for _, byte in log[self._read[step.uart] :]).decode("latin-1")
