# SPDX-License-Identifier: MIT
"""Real ports are pseudo terminals here: everything below the driver is the same."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
import serial

from sxb import connect, errors
from sxb.transport import LineSettings, _why_not_opened, open_line, port_url

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


FORBIDDEN = serial.SerialException(errno.EACCES, "Permission denied")


def test_not_allowed_names_the_group_and_the_new_login():
    error = _why_not_opened("/dev/ttyUSB_nowhere", FORBIDDEN)
    assert "group dialout" in error.hint
    assert "log in again" in error.hint


def test_not_allowed_names_the_group_of_the_device(terminal):
    """A pseudo terminal belongs to the group tty, a port on Arch to uucp."""
    grp = pytest.importorskip("grp")
    _board, name = terminal
    group = grp.getgrgid(Path(name).stat().st_gid).gr_name
    assert f"-G {group if group != 'root' else 'dialout'} " in _why_not_opened(name, FORBIDDEN).hint


def test_whoever_joined_the_group_must_log_in_again(terminal, monkeypatch):
    grp, pwd = pytest.importorskip("grp"), pytest.importorskip("pwd")
    user = pwd.getpwuid(os.getuid()).pw_name
    monkeypatch.setattr(grp, "getgrgid", lambda _id: grp.struct_group(("uucp", "x", 14, [user])))
    error = _why_not_opened(terminal[1], FORBIDDEN)
    assert error.hint == "you are in the group uucp, but not in this session: log out and log in again"


class Cable(serial.SerialBase):
    """Stands for a port with handshake lines: it remembers what was done to them."""

    def __init__(self, *args, **kwargs):
        self.done = []
        super().__init__(*args, **kwargs)

    def open(self):
        self.is_open = True
        self._update_dtr_state()
        self._update_rts_state()

    def _reconfigure_port(self):
        pass

    def _update_dtr_state(self):
        self.done.append(("dtr", self._dtr_state))

    def _update_rts_state(self):
        self.done.append(("rts", self._rts_state))


@pytest.mark.parametrize(
    ("asked", "done"),
    [
        (LineSettings(), []),
        (LineSettings(dtr=False), [("dtr", False)]),
        (LineSettings(dtr=True, rts=False), [("dtr", True), ("rts", False)]),
    ],
)
def test_handshake_lines_are_left_alone_unless_asked(monkeypatch, asked, done):
    cable = Cable()
    monkeypatch.setattr("serial.serial_for_url", lambda *_args, **_kwargs: cable)
    open_line("COM3", asked)
    assert cable.done == done
    cable.dtr = True  # afterwards it works as always
    assert cable.done[-1] == ("dtr", True)


@pytest.mark.parametrize(
    ("flow", "rtscts", "xonxoff"), [("none", False, False), ("rtscts", True, False), ("xonxoff", False, True)]
)
def test_flow_control_is_off_unless_asked(monkeypatch, flow, rtscts, xonxoff):
    seen = {}
    monkeypatch.setattr("serial.serial_for_url", lambda _url, **settings: seen.update(settings) or Cable())
    open_line("COM3", LineSettings(flow))
    assert (seen["rtscts"], seen["xonxoff"]) == (rtscts, xonxoff)


def test_a_network_port_gets_no_write_timeout(monkeypatch):
    """pyserial raises NotImplementedError for it on rfc2217://."""
    seen = {}
    monkeypatch.setattr("serial.serial_for_url", lambda _url, **settings: seen.update(settings) or Cable())
    open_line("rfc2217://bench:4000")
    assert "write_timeout" not in seen
    assert "exclusive" not in seen


def test_the_polarity_of_virtual_leds():
    lit = {}
    for led in ("board", "high", "low"):
        with open_line(f"emu:qbx?led={led}") as line:
            lit[led] = line.board.leds
    assert lit["board"] == lit["high"] == [not on for on in lit["low"]]


@pytest.mark.parametrize(
    ("port", "url"),
    [
        ("emu:", "emu://qbx?rom=quirks&speed=max"),
        ("emu:qbx", "emu://qbx?rom=quirks&speed=max"),
        ("EMU:sxb", "emu://sxb?rom=quirks&speed=max"),
        ("emu:sxb?led=low", "emu://sxb?rom=quirks&speed=max&led=low"),
        ("emu:?led=low", "emu://qbx?rom=quirks&speed=max&led=low"),
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
