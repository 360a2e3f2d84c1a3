# SPDX-License-Identifier: MIT
"""A board behind a pseudo-terminal, asked by an ordinary pyserial client."""

from __future__ import annotations

import os
import sys
import threading

import pytest
import serial

from emu.errors import EmuFileError

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from emu.serve.pty import PtyLine, serve


@pytest.fixture
def served(small_board, tmp_path):
    board = small_board("echo")
    board.run(seconds=0.01)  # past its start at 32 kHz
    link = tmp_path / "mensch"
    stop = threading.Event()
    with PtyLine(link) as line:
        thread = threading.Thread(
            target=serve, args=(board, line), kwargs={"real_time": False, "stop": stop.is_set}
        )
        thread.start()
        yield link
        stop.set()
        thread.join(10)
    assert not link.is_symlink()


def test_bytes_go_both_ways_unchanged(served):
    data = bytes(range(256))
    with serial.Serial(str(served), 9600, timeout=10) as port:
        port.write(data)
        assert port.read(256) == data


def test_a_client_may_leave_and_come_back(served):
    for _ in range(3):
        with serial.Serial(str(served), 9600, timeout=10) as port:
            port.write(b"again")
            assert port.read(5) == b"again"


def test_a_path_that_is_somebody_elses_is_refused(tmp_path):
    mine = tmp_path / "letter.txt"
    mine.write_text("dear")
    with pytest.raises(EmuFileError) as caught:
        PtyLine(mine)
    assert caught.value.code == "E2030"
    assert mine.read_text() == "dear"
    with pytest.raises(EmuFileError):
        PtyLine(tmp_path / "no" / "such" / "folder")


def test_a_link_left_by_a_killed_server_is_replaced(tmp_path):
    link = tmp_path / "mensch"
    link.symlink_to("/dev/pts/no-such-line")
    with PtyLine(link) as line:
        assert str(link.readlink()) == line.device
    assert not link.is_symlink()


def test_a_client_that_never_reads_costs_no_memory(tmp_path):
    with PtyLine(None) as line, serial.Serial(line.device):
        for _ in range(100):
            line.write(b"x" * 4096)
        assert 0 < len(line._unread) <= 65_536


def test_what_comes_while_nobody_is_there_is_lost(tmp_path):
    with PtyLine(None) as line:
        line.write(b"nobody hears this")
        client = os.open(line.device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        line.write(b"this is heard")
        assert os.read(client, 100) == b"this is heard"
        os.write(client, b"a last word")
        os.close(client)
        line.write(b"nor this")
        assert line.read() == b"a last word"
        client = os.open(line.device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        with pytest.raises(BlockingIOError):
            os.read(client, 100)
        os.close(client)


def test_what_is_sent_to_a_stopped_board_is_not_heard_after_reset(small_board):
    board = small_board("DB")
    turns = iter([b"", b"B002000", b""])
    slices = []

    class Line:
        def read(self):
            return next(turns)

        def write(self, data):
            assert data == b""

    serve(board, Line(), real_time=False, stop=lambda: len(slices) == 3, watch=lambda: slices.append(1))
    assert board.serial(3).pending == 0
