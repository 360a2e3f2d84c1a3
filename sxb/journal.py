# SPDX-License-Identifier: MIT
"""Journals: what went over a line, both directions, byte by byte, as JSON lines that can be replayed.

A file holds sessions, one behind the other; each begins with a line that says where it comes from, and
ends with one that counts its bytes:

    {"journal": 1, "tool": "mensch816 0.1.0", "command": "regs", "port": "/dev/ttyUSB0", "baud": 9600, "begun": ...}
    {"t": 0.0004, "dir": ">", "hex": "0d"}
    {"t": 0.0021, "dir": "<", "hex": "0d3f0d52454144590d3e"}
    {"t": 0.0300, "baud": 115200}
    {"t": 0.0400, "end": true, "sent": 1, "heard": 10}

`t` is in seconds since the line was opened, on the line's own clock (emulated time on a virtual board), and
is the first byte's; `>` is to the board.  Bytes that arrive within `GAP_SECONDS` share a line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asm816.target.monitor import BAUD
from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sxb.transport import Line

VERSION = 1

DIRECTIONS = (">", "<")

GAP_SECONDS = 0.02
"""A longer silence begins a new line of the file."""

PIECE_BYTES = 256
"""Bytes of one line of the file at most, so that little is lost if the power fails."""

_HEX = re.compile(r"(?:[0-9a-f]{2})+")


# Values ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes in one `direction` (``>`` is to the board); the first at `seconds`, the others at `baud`."""

    seconds: float
    direction: str
    data: bytes
    baud: int = BAUD


@dataclass(frozen=True, slots=True)
class Recording:
    """One session of a journal; not `whole` if its end is missing."""

    tool: str
    command: str
    port: str
    begun: str
    pieces: tuple[Piece, ...]
    whole: bool

    def bytes_of(self, direction: str) -> bytes:
        """All that went in one direction."""
        return b"".join(piece.data for piece in self.pieces if piece.direction == direction)


# Writing -----------------------------------------------------------------------------------------


class Recorder:
    """Follows lines, one after the other, and writes what goes over them; each line is a session.

    `write` takes a line of the file with its end.  `begun` says what time it is, for the head.
    """

    def __init__(
        self, write: Callable[[str], object], command: str, tool: str, begun: Callable[[], str]
    ) -> None:
        self._write = write
        self._command, self._tool, self._begun = command, tool, begun
        self._clock: Callable[[], float] | None = None
        self._held = Piece(0.0, ">", b"")
        self._last = self._opened = 0.0
        self._count = {">": 0, "<": 0}

    def follow(self, line: Line) -> None:
        """Begin a session: what goes over `line` from now on."""
        self.end()
        self._clock, self._opened = line.now, line.now()
        self._count = {">": 0, "<": 0}
        head = {"journal": VERSION, "tool": self._tool, "command": self._command, "port": line.name}
        self._put(head | {"baud": line.baud, "begun": self._begun()})
        line.tap = self

    def __call__(self, direction: str, data: bytes) -> None:
        """Take what just went over the line."""
        now = self._now()
        held = self._held
        full = len(held.data) + len(data) > PIECE_BYTES
        if not held.data or direction != held.direction or full or now - self._last > GAP_SECONDS:
            self._flush()
            self._held = Piece(now, direction, data)
        else:
            self._held = Piece(held.seconds, direction, held.data + data)
        self._last = now
        self._count[direction] += len(data)

    def speed(self, baud: int) -> None:
        """The line has another speed from now on."""
        self._flush()
        self._put({"t": self._now(), "baud": baud})

    def end(self) -> None:
        """End the session, if one is open."""
        if self._clock is None:
            return
        self._flush()
        self._put({"t": self._now(), "end": True, "sent": self._count[">"], "heard": self._count["<"]})
        self._clock = None

    def _now(self) -> float:
        return 0.0 if self._clock is None else round(self._clock() - self._opened, 6)

    def _flush(self) -> None:
        held, self._held = self._held, Piece(0.0, ">", b"")
        if held.data:
            self._put({"t": held.seconds, "dir": held.direction, "hex": held.data.hex()})

    def _put(self, values: dict[str, object]) -> None:
        self._write(json.dumps(values) + "\n")


# Reading -----------------------------------------------------------------------------------------


def read_journal(text: str, name: str) -> tuple[Recording, ...]:
    """The sessions in the text of the file `name`, at least one.

    Raises BadInputError if it is no journal, one of another version, or damaged other than at an end.
    """
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith('{"journal"')]
    if not starts or any(lines[: starts[0]]):
        raise errors.no_journal(name)
    ends = [*starts[1:], len(lines)]
    return tuple(_recording(lines, start, end, name) for start, end in zip(starts, ends, strict=True))


def looks_like_journal(first_line: str) -> bool:
    """Whether a file that begins so may be appended to."""
    return first_line.startswith('{"journal"')


def _recording(lines: list[str], start: int, end: int, name: str) -> Recording:
    head = _object(lines[start])
    if head is None:
        raise errors.journal_damaged(name, start + 1)
    if head["journal"] != VERSION:
        raise errors.journal_version(name, head["journal"], VERSION)
    body = [(number, lines[number]) for number in range(start + 1, end) if lines[number]]
    pieces: list[Piece] = []
    baud = _baud(head) or BAUD
    whole = False
    for place, (number, line) in enumerate(body):
        values = _object(line)
        if values is None or whole:
            if place == len(body) - 1 and not whole:
                break  # its writer was stopped in the middle
            raise errors.journal_damaged(name, number + 1)
        if values.get("end") is True:
            whole = _counts(values) == tuple(_total(pieces, way) for way in DIRECTIONS)
            if not whole:
                raise errors.journal_damaged(name, number + 1)
        elif "baud" in values:
            baud = _baud(values) or baud
        else:
            pieces.append(_piece(values, baud, name, number + 1))
    said = {key: str(head.get(key, "")) for key in ("tool", "command", "port", "begun")}
    return Recording(**said, pieces=tuple(pieces), whole=whole)


def _object(line: str) -> dict[str, Any] | None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _baud(values: dict[str, Any]) -> int | None:
    baud = values.get("baud")
    return baud if isinstance(baud, int) and baud > 0 else None


def _counts(values: dict[str, Any]) -> tuple[Any, Any]:
    return values.get("sent"), values.get("heard")


def _total(pieces: list[Piece], direction: str) -> int:
    return sum(len(piece.data) for piece in pieces if piece.direction == direction)


def _piece(values: dict[str, Any], baud: int, name: str, number: int) -> Piece:
    seconds, direction, digits = values.get("t"), values.get("dir"), values.get("hex")
    if not (isinstance(seconds, int | float) and isinstance(direction, str) and isinstance(digits, str)):
        raise errors.journal_damaged(name, number)
    if direction not in DIRECTIONS or not _HEX.fullmatch(digits):
        raise errors.journal_damaged(name, number)
    return Piece(float(seconds), direction, bytes.fromhex(digits), baud)


def chosen(recordings: tuple[Recording, ...], number: int | None, *, partial: bool, name: str) -> Recording:
    """Session `number` (from 1), the last one if None.

    Raises UsageError if there is no such session, BadInputError if its end is missing and that is not
    agreed to by `partial`.
    """
    if number is not None and not 1 <= number <= len(recordings):
        raise errors.no_session(name, number, len(recordings))
    recording = recordings[-1 if number is None else number - 1]
    if not recording.whole and not partial:
        raise errors.journal_cut_short(name)
    return recording


def describe(recordings: tuple[Recording, ...]) -> Iterator[str]:
    """Journals for people: a line per session, and rows of 16 bytes."""
    from sxb.wiredump import rows

    for number, recording in enumerate(recordings, 1):
        cut = "" if recording.whole else ", cut short"
        yield f"session {number}: sxb {recording.command}, port {recording.port}, {recording.begun}{cut}"
        for piece in recording.pieces:
            yield from rows(piece.seconds, piece.direction, piece.data)
