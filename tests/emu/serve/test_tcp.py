# SPDX-License-Identifier: MIT
"""A board behind TCP and RFC 2217, asked by ordinary clients."""

from __future__ import annotations

import random
import socket
import struct
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial

from emu.errors import EmuError
from emu.serve.line import Settings, serve
from emu.serve.rfc2217 import MAX_SUBOPTION, Rfc2217Line
from emu.serve.tcp import TAKEN, TcpLine, parse_place

pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own


@contextmanager
def serving(board, line):
    stop = threading.Event()
    thread = threading.Thread(
        target=serve, args=(board, line), kwargs={"real_time": False, "stop": stop.is_set}
    )
    thread.start()
    try:
        yield line
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture(params=[TcpLine, Rfc2217Line])
def served(request, small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    with request.param("127.0.0.1", 0) as line, serving(board, line):
        yield line


def open_port(line, **settings):
    return serial.serial_for_url(line.where, 9600, timeout=10, **settings)


def test_bytes_go_both_ways_unchanged(served):
    data = bytes(range(256))
    with open_port(served) as port:
        port.write(data)
        assert port.read(256) == data


def test_a_client_may_leave_and_come_back(served):
    for _ in range(3):
        with open_port(served) as port:
            port.write(b"again")
            assert port.read(5) == b"again"


def test_a_second_client_is_told_that_the_board_is_taken(served):
    with open_port(served) as port:
        port.write(b"1")
        assert port.read(1) == b"1"
        with socket.create_connection((served.host, served.port), timeout=10) as second:
            said = second.makefile("rb").read()
        assert said == TAKEN
        port.write(b"2")
        assert port.read(1) == b"2"


def test_a_client_that_resets_the_connection_makes_room(served):
    for _ in range(3):
        rude = socket.create_connection((served.host, served.port), timeout=10)
        rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        rude.sendall(b"x" * 1000)
        rude.close()
    for _ in range(100):
        with socket.create_connection((served.host, served.port), timeout=10) as client:
            client.settimeout(10)
            client.sendall(b"!")
            if client.recv(100) != TAKEN:
                return
    raise AssertionError("the line stays taken")


def test_garbage_does_not_end_the_service(served):
    noise = random.Random(1)  # noqa: S311 - no secret
    for _ in range(5):
        # much IAC, SB and SE, and options cut off everywhere
        data = bytes(
            noise.choice([255, 250, 240, 251, 252, 253, 254, 44, 1, 2, 3, noise.randrange(256)])
            for _ in range(1500)
        )
        with socket.create_connection((served.host, served.port), timeout=10) as client:
            client.sendall(data)
    with serial.serial_for_url(served.where, 9600, timeout=0.1) as port:
        got = b""
        while b"sane" not in got:  # behind the garbage that still comes back
            port.write(b"sane")
            got += port.read(1000)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="handles are counted in /proc")
def test_a_thousand_connections_leave_no_handle(served):
    def handles():
        return len(list(Path("/proc/self/fd").iterdir()))

    counts = []
    for round_ in range(1000):
        with socket.create_connection((served.host, served.port), timeout=10) as client:
            client.sendall(b"a")
            client.recv(100)
        if round_ in (100, 999):
            counts.append(handles())
    assert abs(counts[1] - counts[0]) <= 1  # one client may be on its way out


def test_rfc2217_sets_the_line(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    with Rfc2217Line("127.0.0.1", 0) as line, serving(board, line):
        with open_port(line) as port:
            port.write(b"ok")
            assert port.read(2) == b"ok"
            port.baudrate = 4800
            port.bytesize, port.parity = 7, "E"
            assert str(line.settings) == "4800 7E1"
            port.write(b"wrong speed")
            assert port.read(9) != b"wrong spe"
            with pytest.raises(ValueError, match="remote"):
                port.bytesize = 5  # refused: no cable of ours has it
        with open_port(line) as port:
            assert str(line.settings) == "9600 8N1"  # the next client begins anew
            port.write(b"ok")
            assert port.read(100 if port.in_waiting else 2).endswith(b"ok")


def test_a_suboption_without_end_is_dropped():
    with Rfc2217Line("127.0.0.1", 0) as line:
        client = socket.create_connection((line.host, line.port), timeout=10)
        client.sendall(b"\xff\xfa" + b"x" * 20 * MAX_SUBOPTION)
        for _ in range(100):
            line.read()
            line.wait(0.01)
        assert len(line._manager.suboption or b"") <= MAX_SUBOPTION
        client.close()


def test_a_client_that_left_a_full_line_makes_room():
    with TcpLine("127.0.0.1", 0) as line:
        client = socket.create_connection((line.host, line.port), timeout=10)
        client.sendall(b"x" * 10_000)
        line.wait(10)
        line.read()
        line.hold(0)
        assert line.attended
        client.close()
        for _ in range(100):
            line.hold(0.01)
        assert not line.attended or sys.platform != "linux"


def test_a_client_that_writes_without_pause_loses_the_line_to_a_visitor(monkeypatch):
    with TcpLine("127.0.0.1", 0) as line:
        stubborn = socket.create_connection((line.host, line.port), timeout=10)
        stubborn.sendall(b"x" * 10_000)
        line.wait(10)
        line.read()
        assert line.read() == b"x" * 4096
        visitor = socket.create_connection((line.host, line.port), timeout=10)
        line.hold(0.01)  # a visitor alone changes nothing
        assert line.read()
        monkeypatch.setattr("emu.serve.tcp.STUBBORN", 0.0)
        visitor.sendall(b"me")
        line.hold(0.01)
        assert line.read() == b"me"
        visitor.close()
        stubborn.close()


def test_a_client_that_never_reads_costs_no_memory():
    with TcpLine("127.0.0.1", 0) as line, socket.create_connection((line.host, line.port)):
        line.wait(10)
        line.read()
        for _ in range(100_000):  # the system takes some megabytes
            line.write(b"x" * 65_536)
            if line._unread:
                break
        line.write(b"x" * 100_000)
        assert len(line._unread) == 65_536


def test_a_port_in_use_is_said():
    with TcpLine("127.0.0.1", 0) as line, pytest.raises(EmuError) as caught:
        TcpLine("127.0.0.1", line.port)
    assert (caught.value.code, caught.value.exit_code) == ("E2032", 10)
    with pytest.raises(EmuError):
        TcpLine("no-such-host.invalid", 0)


def test_loopback_is_told_from_the_world():
    with TcpLine("127.0.0.1", 0) as line:
        assert line.loopback
        assert line.settings == Settings(9600)
    with TcpLine("0.0.0.0", 0) as line:  # noqa: S104 - what is to be warned of
        assert not line.loopback


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2217", ("127.0.0.1", 2217)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:99", ("::1", 99)),
        (":5", ("127.0.0.1", 5)),
    ],
)
def test_places(text, place):
    assert parse_place(text) == place


@pytest.mark.parametrize("text", ["", "host", "1:", "70000", "-1", "::1:5", "\u0661"])
def test_no_places(text):
    with pytest.raises(ValueError, match=r"PORT|brackets"):
        parse_place(text)
