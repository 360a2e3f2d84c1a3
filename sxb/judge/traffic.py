# SPDX-License-Identifier: MIT
"""The serial traffic of a judged board as a journal (`sxb.journal`), as `sxb --log` writes it; `sxb replay` plays it.

Behind a port it is recorded while it goes over the line.  Of a virtual board it is made of what its cable has on record,
in emulated time from the start of the program.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from sxb.journal import Recorder
from sxb.session import tool_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sxb.transport import Line, Tap


class Traffic:
    """Records what goes over a port's line; `text` is the journal so far."""

    def __init__(self, test: str) -> None:
        self._lines: list[str] = []
        self.recorder = Recorder(
            self._lines.append, test, tool_name(), lambda: datetime.now(UTC).isoformat(timespec="seconds")
        )

    def text(self) -> str:
        """The journal; the session is ended by this."""
        self.recorder.end()
        return "".join(self._lines)


class _Past:
    """A line whose traffic is over: it has a clock that is set."""

    def __init__(self, name: str, baud: int) -> None:
        self.name, self.baud = name, baud
        self.tap: Tap | None = None
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds


def journal_text(port: str, test: str, baud: int, traffic: Iterable[tuple[float, str, bytes]]) -> str:
    """The journal of (seconds from the beginning, ``>`` or ``<``, bytes); it is the same for the same traffic."""
    lines: list[str] = []
    line = _Past(port, baud)
    recorder = Recorder(lines.append, test, tool_name(), lambda: "")
    recorder.follow(cast("Line", line))
    for seconds, direction, data in sorted(traffic, key=lambda one: one[0]):
        line.seconds = seconds
        recorder(direction, data)
    recorder.end()
    return "".join(lines)
