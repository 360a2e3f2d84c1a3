# SPDX-License-Identifier: MIT
"""One fault on the line, anywhere, of any kind: never a false success, always an error of the right class.

The board is the double of conftest.py, so that thousands of loads take seconds.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from asm816.image import image_of
from sxb import dialogue, proven, speed
from sxb.errors import SxbError
from sxb.exchange import Listener

IMAGE = image_of([(0x00B6, bytes(range(0x11, 0x11 + 37)))])
START = 0x00B6

NEVER = 1 << 30
LONGEST = 800
"""More bytes than a load without faults takes in either direction."""

FAULTS = {
    "drop": lambda _byte: b"",
    "double": lambda byte: bytes([byte, byte]),
    "flip 0": lambda byte: bytes([byte ^ 0x01]),
    "flip 1": lambda byte: bytes([byte ^ 0x02]),
    "flip 3": lambda byte: bytes([byte ^ 0x08]),
    "flip 6": lambda byte: bytes([byte ^ 0x40]),
    "flip 7": lambda byte: bytes([byte ^ 0x80]),
    "break": lambda _byte: b"\x00",
    "framing": lambda _byte: b"\xff",
    "stray": lambda byte: bytes([byte]) + b"A",
    "xon": lambda byte: b"\x11" + bytes([byte]),
    "xoff": lambda _byte: b"\x13",
}


class Line:
    """A line that damages the n-th byte of one direction."""

    def __init__(self, board, direction, position, kind):
        self.board, self.fault = board, FAULTS[kind]
        self.left = {">": -1, "<": -1} | {direction: position}
        self.count = {">": 0, "<": 0}
        self.more = {}  # position of both directions together -> kind

    def damage(self, direction, data):
        out = b""
        for byte in data:
            kind = self.more.get(sum(self.count.values()))
            self.count[direction] += 1
            self.left[direction] -= 1
            damaged = self.fault(byte) if self.left[direction] == -1 else bytes([byte])
            out += b"".join(FAULTS[kind](c) for c in damaged) if kind else damaged
        return out

    def drive(self, conversation):
        waiting = b""
        try:
            exchange = next(conversation)
            while True:
                sent = self.damage(">", exchange.send)
                waiting += self.damage("<", self.board.hear(sent))
                listener = Listener(exchange)
                while waiting and not (listener.complete and not exchange.quiet):
                    listener.feed(waiting[:1])
                    waiting = waiting[1:]
                exchange = conversation.send(listener.reply())
        except StopIteration as end:
            return end.value


def load(line):
    line.drive(speed.find())
    return line.drive(proven.load_verified(IMAGE))


def go(line):
    while line.drive(dialogue.jump(line.drive(dialogue.aim_jump(START)))) is None:
        pass


def holds(board):
    return bytes(board.memory[START : START + IMAGE.size]) == IMAGE.segments[0].data


def error_of(action, line):
    try:
        action(line)
    except SxbError as error:
        return error
    return None


def test_without_faults(double):
    line = Line(double(), ">", NEVER, "drop")
    assert load(line).resent == 0
    assert holds(line.board)
    go(line)
    assert line.board.started == START
    assert line.count[">"] < LONGEST
    assert line.count["<"] < LONGEST


@given(st.sampled_from("<>"), st.integers(0, LONGEST), st.sampled_from(sorted(FAULTS)))
def test_a_single_fault_in_a_load_is_cured(double, direction, position, kind):
    line = Line(double(), direction, position, kind)
    load(line)
    assert holds(line.board)


@given(st.lists(st.tuples(st.integers(0, LONGEST), st.sampled_from(sorted(FAULTS))), min_size=2, max_size=6))
def test_many_faults_in_a_load_are_cured_or_told(double, faults):
    line = Line(double(), ">", NEVER, "drop")
    line.more = dict(faults)
    error = error_of(load, line)
    assert error.exit_code in (11, 12, 13, 14) if error else holds(line.board)


@given(st.sampled_from("<>"), st.integers(0, 60), st.sampled_from(sorted(FAULTS)))
def test_a_fault_at_the_start_is_cured_and_never_starts_anything_else(double, direction, position, kind):
    line = Line(double(), ">", NEVER, "drop")
    load(line)
    line.left[direction] = position
    assert error_of(go, line) is None
    assert line.board.started == START
