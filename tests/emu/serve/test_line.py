# SPDX-License-Identifier: MIT
"""The loop that serves a board, with lines of the test's own."""

from __future__ import annotations

from emu.chip.frames import Format
from emu.serve.line import MAX_PENDING, PORTION, Settings, serve


class Line:
    """A client that says what it is told to, a piece per look."""

    attended = True

    def __init__(self, *said):
        self.settings = Settings()
        self.said = list(said)
        self.got = bytearray()

    def read(self):
        return self.said.pop(0) if self.said else b""

    def write(self, data):
        self.got += data

    def wait(self, seconds):
        raise AssertionError("max speed does not wait")

    def hold(self, seconds):
        self.held = True


def test_what_is_sent_to_a_stopped_board_is_not_heard_after_reset(small_board):
    board = small_board("DB")
    line, slices = Line(b"", b"B002000", b""), []
    serve(board, line, real_time=False, stop=lambda: len(slices) == 3, watch=slices.append)
    assert board.serial(3).pending == 0
    assert not line.said


def test_the_cable_is_set_as_the_client_has_set_it(small_board):
    board = small_board("echo")
    line = Line()
    line.settings = Settings(19200, Format(7, True, True))
    turns = []
    serve(board, line, real_time=False, stop=lambda: len(turns) == 2, watch=turns.append)
    cable = board.serial(3)
    assert (cable.baud, cable.framing) == (19200, Format(7, True, True))
    assert str(line.settings) == "19200 7E1"
    line.settings = Settings(0)
    serve(board, line, real_time=False, stop=lambda: len(turns) == 4, watch=turns.append)
    assert cable.baud == 19200


def test_a_file_at_once_arrives_whole_and_traffic_is_counted(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    data = bytes(range(256)) * 8
    line, seen = Line(data), []
    serve(board, line, real_time=False, stop=lambda: len(line.got) >= len(data), watch=seen.append)
    assert bytes(line.got) == data
    assert (seen[-1].to_board, seen[-1].from_board) == (2048, 2048)


def test_a_client_that_writes_without_end_has_to_wait(small_board):
    board = small_board("80FE")
    line = Line(*[b"x" * PORTION] * 40)
    turns = []
    serve(board, line, real_time=False, stop=lambda: len(turns) == 30, watch=turns.append)
    assert MAX_PENDING <= board.serial(3).pending + 30 <= MAX_PENDING + PORTION + 30
    assert line.said
    assert line.held
