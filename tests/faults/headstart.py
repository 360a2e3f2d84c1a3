# SPDX-License-Identifier: MIT
"""Runs that are equal up to a fault need not be run up to there: a port that begins in the middle.

A conversation with a board is recorded once, with copies of the board on the way.  Until the fault the same
questions come in the same order (all is in virtual time), so a `HeadStart` gives the recorded answers, and goes
on with the copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from sxb.faults import DIRECTIONS
from sxb.urls.protocol_emu import Serial

STEP = 40
"""Bytes between two copies."""


@dataclass(frozen=True)
class Moment:
    """Just before a write: so many bytes had gone each way, so many questions were asked, and the port then."""

    counts: dict
    asked: int
    board: object
    baud: int
    arrived: bytes

    def port(self):
        """A port onto a copy of the board."""
        port = Serial.onto(self.board.copy())
        port.baudrate = self.baud
        port._arrived += self.arrived
        return port


class _Port:
    """What a `FaultyPort` asks of a port, as questions with answers."""

    @property
    def seconds(self):
        return self.answer(lambda port: port.seconds)

    @property
    def in_waiting(self):
        return self.answer(lambda port: port.in_waiting)

    @property
    def baudrate(self):
        return self.answer(lambda port: port.baudrate)

    @baudrate.setter
    def baudrate(self, baud):
        if self.port:
            self.port.baudrate = baud

    @property
    def timeout(self):
        return self._timeout

    @timeout.setter
    def timeout(self, seconds):
        self._timeout = seconds
        if self.port:
            self.port.timeout = seconds

    def read(self, size):
        return self.answer(lambda port: port.read(size))

    def write(self, data):
        return self.answer(lambda port: port.write(data))


class Recording(_Port):
    """A port that keeps what it answers, and copies of its board on the way."""

    def __init__(self, port):
        self.port = port
        self.answers = []
        self.moments = []
        self._counts = dict.fromkeys(DIRECTIONS, -1)
        self._next = 0
        self._keep()
        self._counts = dict.fromkeys(DIRECTIONS, 0)

    @property
    def board(self):
        return self  # whose clock is asked, too

    def answer(self, ask):
        self.answers.append(ask(self.port))
        return self.answers[-1]

    def read(self, size):
        data = super().read(size)
        self._counts["<"] += len(data)
        return data

    def write(self, data):
        if sum(self._counts.values()) >= self._next:
            self._keep()
            self._next = sum(self._counts.values()) + STEP
        self._counts[">"] += len(data)
        return super().write(data)

    def _keep(self):
        port = self.port
        arrived = bytes(port._collect())
        counts, asked = dict(self._counts), len(self.answers)
        self.moments.append(Moment(counts, asked, port.board.copy(), port.baudrate, arrived))

    def shortly_before(self, fault):
        """A port that has not come to the fault yet: a byte is asked about before it is written."""
        *_, last = (moment for moment in self.moments if moment.counts[fault.direction] < fault.position)
        return HeadStart(self, last)


class HeadStart(_Port):
    """A port that is a recording up to a moment, and a board from there on."""

    def __init__(self, recording, moment):
        self.port = None
        self._timeout = 0.0
        self._moment = moment
        self._left = moment.asked
        self._answers = islice(recording.answers, moment.asked)
        self._go_on()

    @property
    def board(self):
        return self.port.board if self.port else self

    def answer(self, ask):
        if self.port:
            return ask(self.port)
        answer = next(self._answers)
        self._left -= 1
        self._go_on()
        return answer

    def _go_on(self):
        if not self._left:
            self.port = self._moment.port()
            self.port.timeout = self._timeout
