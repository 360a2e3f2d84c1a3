# SPDX-License-Identifier: MIT
"""A board behind a pseudo-terminal, asked by an ordinary pyserial client."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest
import serial

from emu.errors import EmuFileError

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from emu.serve.line import Settings, serve
from emu.serve.pty import PtyLine


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


def test_a_link_to_somewhere_else_is_not_ours(tmp_path):
    link = tmp_path / "mine"
    link.symlink_to(tmp_path / "not there yet")
    with pytest.raises(EmuFileError):
        PtyLine(link)
    assert link.is_symlink()


def test_the_baud_rate_is_the_clients(tmp_path):
    with PtyLine(None) as line:
        line.read()
        with serial.Serial(line.device, 19200):
            line.read()
            assert line.settings == Settings(19200)
        line.read()
        assert line.settings == Settings(9600)
        # a client that sets nothing finds what the board has
        client = os.open(line.device, os.O_RDWR | os.O_NOCTTY)
        line.read()
        assert line.settings == Settings(9600)
        os.close(client)


@pytest.mark.parametrize("baud", [50, 4_000_000, 123_456])
def test_strange_baud_rates_are_survived(served, baud):
    with serial.Serial(str(served), baud, timeout=10) as port:
        port.write(b"noise")
    with serial.Serial(str(served), 9600, timeout=0.1) as port:
        got = b""
        while b"sane" not in got:  # behind what the other rate left on the line
            port.write(b"sane")
            got += port.read(8)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="handles are counted in /proc")
def test_a_thousand_clients_leave_no_handle(served):
    counts = []
    for round_ in range(1000):
        client = os.open(served, os.O_RDWR | os.O_NOCTTY)
        os.write(client, b"a")
        os.close(client)
        if round_ in (100, 999):
            counts.append(len(list(Path("/proc/self/fd").iterdir())))
    assert counts[0] == counts[1]
