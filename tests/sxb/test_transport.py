# SPDX-License-Identifier: MIT
"""Real ports are pseudo terminals here: everything below the driver is the same."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from contextlib import suppress

import pytest
import serial

from sxb import connect, errors
from sxb.transport import _why_not_opened, open_line, port_url

pty = pytest.importorskip("pty")

READY = b"\rREADY\r>"


@pytest.fixture
def terminal():
    """A pseudo terminal: (descriptor of the board's end, name of the port)."""
    board, port = pty.openpty()
    name = os.ttyname(port)
    yield board, name
    for descriptor in (board, port):
        with suppress(OSError):
            os.close(descriptor)


def answer(board, replies):
    """Play a board on a pseudo terminal: what came, then what to say; None hangs up."""

    def play():
        heard = b""
        for wanted, reply in replies:
            while wanted not in heard:
                heard += os.read(board, 1)
            heard = b""
            if reply is None:
                os.close(board)
                return
            os.write(board, reply)

    thread = threading.Thread(target=play, daemon=True)
    thread.start()
    return thread


REGISTERS = (b"| ", b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY)


def test_a_board_that_answers(terminal):
    board, name = terminal
    answer(board, [(b"\x1b", b"\x11\x1b?" + READY), REGISTERS, REGISTERS])
    with connect(name) as monitor:
        assert monitor.port == name
        assert monitor.board is None
        assert monitor.registers().x == 0xE0B7


def test_nobody_answers(terminal):
    _board, name = terminal
    begin = time.monotonic()
    with pytest.raises(errors.NoAnswerError):
        connect(name)
    assert time.monotonic() - begin < 5


def test_the_line_is_lost_in_the_middle(terminal):
    board, name = terminal
    answer(board, [(b"\x1b", b"\x1b?" + READY), (b"| ", None)])
    terminal_of_port_only_held_by_us = os.open(name, os.O_RDWR | os.O_NOCTTY)
    os.close(terminal_of_port_only_held_by_us)
    with pytest.raises(errors.LineLostError) as caught:
        connect(name)
    assert caught.value.exit_code == 15
    assert name in caught.value.sentence


def test_no_such_port():
    with pytest.raises(errors.NoPortError) as caught:
        open_line("/dev/ttyUSB_nowhere")
    assert caught.value.code == "S1002"
    assert caught.value.exit_code == 10


def test_a_port_in_use(terminal):
    _board, name = terminal
    with open_line(name), pytest.raises(errors.NoPortError) as caught:
        open_line(name)
    assert caught.value.code == "S1003"


def test_a_file_is_no_port(tmp_path):
    file = tmp_path / "file"
    file.write_text("x", encoding="ascii")
    with pytest.raises(errors.NoPortError) as caught:
        open_line(str(file))
    assert caught.value.code == "S1005"


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_nobody_listens(scheme):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        url = f"{scheme}://127.0.0.1:{reserved.getsockname()[1]}"
        with pytest.raises(errors.NoPortError) as caught:
            open_line(url)
    assert caught.value.code == "S1006"
    assert "refused" in caught.value.sentence


def test_an_unknown_scheme():
    with pytest.raises(errors.NoPortError, match="nothing"):
        open_line("nothing://here")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (serial.SerialException(errno.EACCES, "Permission denied"), "S1004"),
        (serial.SerialException(errno.EBUSY, "busy"), "S1003"),
        (
            serial.SerialException("could not open port 'COM9': FileNotFoundError(2, 'not found', None, 2)"),
            "S1002",
        ),
        (
            serial.SerialException("could not open port 'COM3': PermissionError(13, 'denied', None, 5)"),
            "S1003",
        ),
        (OSError(errno.EIO, "Input/output error"), "S1006"),
        (ValueError("what"), "S1006"),
    ],
)
def test_reasons(error, code):
    assert _why_not_opened("COM9", error).code == code


def test_not_allowed_names_the_group():
    error = _why_not_opened("/dev/ttyUSB0", serial.SerialException(errno.EACCES, "Permission denied"))
    assert "dialout" in error.hint


@pytest.mark.parametrize(
    ("port", "url"),
    [
        ("emu:", "emu://qbx?rom=quirks&speed=max"),
        ("emu:qbx", "emu://qbx?rom=quirks&speed=max"),
        ("EMU:sxb", "emu://sxb?rom=quirks&speed=max"),
        ("emu://sxb?speed=real", "emu://sxb?speed=real"),
        ("/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("COM3", "COM3"),
        ("socket://localhost:7000", "socket://localhost:7000"),
    ],
)
def test_port_urls(port, url):
    assert port_url(port) == url


def test_what_was_said_is_traced(terminal):
    board, name = terminal
    answer(board, [(b"\x1b", b"\x11\x1b?" + READY), REGISTERS])
    seen = []
    with connect(name, trace=lambda direction, data: seen.append((direction, data))):
        pass
    assert seen == [(">", b"\x1b"), ("<", b"\x1b?" + READY), (">", b"| "), ("<", REGISTERS[1])]


def test_a_read_in_silence(terminal):
    _board, name = terminal
    with open_line(name) as line:
        begin = line.now()
        assert line.read(0.03) == b""
        assert 0.03 <= line.now() - begin < 0.5
