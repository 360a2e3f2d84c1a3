# SPDX-License-Identifier: MIT
"""What a conversation with the monitor is made of: values only, no port and no clock.

A dialogue is a generator.  It yields an `Exchange` (what to send, when the answer is complete, how
long to wait) and is sent the `Reply`; its return value is the result.  Whoever owns a line drives it
(`sxb.client`), a test drives it with strings.  `Listener` collects an answer byte by byte and is the
same for both.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from asm816.target.monitor import BAUD, XOFF, XON

if TYPE_CHECKING:
    import re

    from sxb.notices import Notice

T = TypeVar("T")

ANSWER_SECONDS = 1.0
"""The monitor answers within a few milliseconds; a USB adapter adds 16 ms, a network more."""

WINDOW = 512
"""A pattern that ends an answer is looked for in this many last bytes: longer than any of them."""

BITS_PER_BYTE = 10
"""Start bit, eight data bits, stop bit."""

_FLOW = bytes((XON, XOFF))


def without_flow(data: bytes) -> bytes:
    """`data` without XON and XOFF: the monitor sends an XON before its first answer after a reset."""
    return data.translate(None, _FLOW)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long dialogue is: `done` of `total` bytes of `phase` ("load", "verify", "read")."""

    phase: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn: send, then listen.

    `until` is searched in what came so far (flow control bytes removed); the answer is complete when
    it matches and the line then stays quiet for `quiet` seconds.  `timeout` counts from the moment the
    last byte was sent.  `progress` and `notice` are what to tell the user before this turn.  All is said at
    `baud`; where the port cannot do that, nothing is sent and nothing comes.
    """

    send: bytes
    until: re.Pattern[bytes]
    timeout: float = ANSWER_SECONDS
    quiet: float = 0.0
    progress: Progress | None = None
    notice: Notice | None = None
    baud: int = BAUD


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, flow control bytes removed; `complete` is False if the time ran out."""

    data: bytes
    complete: bool


Dialogue = Generator[Exchange, Reply, T]
"""A conversation that ends with a T."""


class Listener:
    """Collects the answer to one exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self._until = exchange.until
        self._heard = bytearray()
        self.complete = False

    def feed(self, data: bytes) -> bool:
        """Take bytes from the line; True when the answer ends here."""
        fresh = without_flow(data)
        if fresh:
            start = max(0, len(self._heard) - WINDOW)
            self._heard += fresh
            self.complete = self._until.search(self._heard, start) is not None
        return self.complete

    def reply(self) -> Reply:
        """The answer as far as it came."""
        return Reply(bytes(self._heard), self.complete)


def wire_seconds(count: int, baud: int) -> float:
    """How long `count` bytes take on the line."""
    return count * BITS_PER_BYTE / baud
