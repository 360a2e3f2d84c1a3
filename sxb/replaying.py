# SPDX-License-Identifier: MIT
"""The board's side of a recording: what it says and when, and whether it hears what it should.  Pure.

An answer comes as long behind the bytes before it as it did in the recording.  So whoever sends the same
hears the same, at the same time; the first other byte is the departure, and ends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sxb import errors
from sxb.exchange import wire_seconds

if TYPE_CHECKING:
    from sxb.journal import Recording

SHOWN = 16
"""Bytes of both sides that are shown where they depart."""


class Replay:
    """One recording on its way.  Times are seconds of whatever clock the caller has."""

    def __init__(self, recording: Recording, now: float) -> None:
        self._wanted = recording.bytes_of(">")
        self._times: list[float] = []  # of each wanted byte in the recording
        self._answers: list[tuple[int, float, int]] = []  # bytes sent before, delay behind them, byte
        self._reached = {0: now}  # bytes sent -> when
        self._sent = self._said = 0
        last = 0.0
        for piece in recording.pieces:
            if piece.direction == ">":
                last = piece.seconds
                self._times += [last] * len(piece.data)
                continue
            for place, byte in enumerate(piece.data):
                delay = piece.seconds - last + wire_seconds(place, piece.baud)
                self._answers.append((len(self._times), delay, byte))

    @property
    def finished(self) -> bool:
        """All was sent and said."""
        return self._sent == len(self._wanted) and self._said == len(self._answers)

    @property
    def progress(self) -> tuple[int, int, int, int]:
        """Bytes heard from the other side, of how many; bytes said to it, of how many."""
        return self._sent, len(self._wanted), self._said, len(self._answers)

    def hear(self, data: bytes, now: float) -> None:
        """Take what the other side sent.  Raises VerifyDiffersError where it departs from the recording."""
        for offset, byte in enumerate(data):
            if self._sent >= len(self._wanted):
                raise errors.departs_behind_the_end(data[offset : offset + SHOWN])
            if byte != self._wanted[self._sent]:
                recorded = self._wanted[self._sent : self._sent + SHOWN]
                raise errors.departs(self._sent, self._times[self._sent], recorded, data[offset:][:SHOWN])
            self._sent += 1
            self._reached[self._sent] = now

    def due(self) -> float | None:
        """When the next byte is to be said; None if the other side has to send something first."""
        if self._said >= len(self._answers):
            return None
        before, delay, _ = self._answers[self._said]
        return None if before > self._sent else self._reached[before] + delay

    def say(self, now: float) -> bytes:
        """All bytes that are due."""
        said = bytearray()
        while (due := self.due()) is not None and due <= now:
            said.append(self._answers[self._said][2])
            self._said += 1
        return bytes(said)
