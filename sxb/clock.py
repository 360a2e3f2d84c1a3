# SPDX-License-Identifier: MIT
"""The monitor's clock: the commands T and N as pure dialogues.

The monitor stores the fields before the first bad one and reports nothing (executed), so what is set is
checked here, before it is sent, and read back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sxb import errors
from sxb.answers import AT_PROMPT
from sxb.dialogue import ATTEMPTS, CR, GarbledError, ask, insist
from sxb.exchange import Dialogue, Exchange, Reply

ENTER_NEW = re.compile(rb"(?:TIME|DATE)  \r\Z")

DAY_SECONDS = 24 * 60 * 60

SET_SECONDS = 5
"""A clock that was just set may be so much further when it is read back."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Date and time as the monitor keeps them: `year` 0-99, any day 1-31 in any month."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int

    @property
    def seconds(self) -> int:
        """Seconds since midnight."""
        return (self.hour * 60 + self.minute) * 60 + self.second


LIMITS = {
    "year": (0, 99),
    "month": (1, 12),
    "day": (1, 31),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 59),
}
"""What the monitor takes, both included (executed)."""


def check_clock(clock: Clock) -> None:
    """Raise UsageError for what the monitor would not take."""
    for name, (low, high) in LIMITS.items():
        value = getattr(clock, name)
        if not low <= value <= high:
            raise errors.UsageError("S0204", f"{value} is no {name}", f"{low} to {high}")


def read_clock() -> Dialogue[Clock]:
    """Date and time; asked again if midnight passed in between."""
    for _ in range(ATTEMPTS):
        date = yield from insist("N", lambda: _show("N", "date"))
        time = yield from insist("T", lambda: _show("T", "time"))
        if (yield from insist("N", lambda: _show("N", "date"))) == date:
            month, day, year = date
            return Clock(year, month, day, *time)
    raise errors.disturbed("N", b"")


def set_clock(clock: Clock) -> Dialogue[Clock]:
    """Set date and time; returns them as read back."""

    def set_both() -> Dialogue[Clock]:
        date = f"{clock.month:02}-{clock.day:02}-{clock.year:02}"
        yield from _set("N", "date", date.encode())
        time = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
        yield from _set("T", "time", time.encode())
        now = yield from read_clock()
        if (now.seconds - clock.seconds) % DAY_SECONDS > SET_SECONDS:
            raise GarbledError(Reply(repr(now).encode(), complete=True))
        return now

    return (yield from insist("T", set_both))


def _show(key: str, shape: str) -> Dialogue[tuple[int, int, int]]:
    match = yield from ask(Exchange(key.encode(), ENTER_NEW), shape)
    yield from ask(Exchange(CR, AT_PROMPT), "kept")
    first, second, third = (int(group) for group in match.groups())
    return first, second, third


def _set(key: str, shape: str, text: bytes) -> Dialogue[None]:
    yield from ask(Exchange(key.encode(), ENTER_NEW), shape)
    reply = yield Exchange(text, re.compile(re.escape(text) + rb"\Z"))
    if reply.data != text:
        raise GarbledError(reply)
    yield from ask(Exchange(CR, AT_PROMPT), "kept")
