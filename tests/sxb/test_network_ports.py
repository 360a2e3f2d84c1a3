# SPDX-License-Identifier: MIT
"""Ports behind a network: `socket://` and `rfc2217://`, against servers in this process."""

from __future__ import annotations

import socket
import threading

import pytest
from serial import rfc2217

from sxb import connect, transport
from sxb.errors import LineLostError
from sxb.transport import LineSettings, open_line

pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own

READY = b"\rREADY\r>"
ANSWERS = {
    b"\x1b": b"\x1b?" + READY,
    b"| ": b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY,
}


class Cable:
    """Stands for the serial port of the server: it remembers what the client asks of it."""

    timeout = 0
    cts = dsr = ri = cd = True
    baudrate, bytesize, parity, stopbits, xonxoff, rtscts, dtr, rts = 300, 8, "N", 1, False, False, True, True

    def __init__(self):
        self.asked = {}

    def __setattr__(self, name, value):
        if name != "asked":
            self.asked[name] = value
        object.__setattr__(self, name, value)

    def reset_input_buffer(self):
        pass

    reset_output_buffer = reset_input_buffer


class Server:
    """One client, a board that gives two answers; with `telnet` the commands of RFC 2217 are obeyed."""

    def __init__(self, *, telnet):
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._telnet = telnet
        self.cable = Cable()
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def write(self, data):
        """Send as it is; pyserial's manager calls it."""
        self._client.sendall(data)

    def close(self):
        self._listening.close()

    def _serve(self):
        try:
            self._client, _ = self._listening.accept()
        except OSError:
            return
        manager = rfc2217.PortManager(self.cable, self) if self._telnet else None
        heard = b""
        with self._client:
            while data := self._received():
                if manager is not None:
                    data = b"".join(manager.filter(data))
                heard += data
                for question, answer in ANSWERS.items():
                    if question in heard:
                        heard = b""
                        self.write(b"".join(manager.escape(answer)) if manager else answer)

    def _received(self):
        try:
            return self._client.recv(1024)
        except OSError:
            return b""


@pytest.fixture(params=["socket", "rfc2217"])
def served(request):
    """(the port's URL, the server)."""
    server = Server(telnet=request.param == "rfc2217")
    yield f"{request.param}://127.0.0.1:{server.port}", server
    server.close()


def test_a_board_behind_a_network(served):
    url, server = served
    with connect(url) as monitor:
        assert monitor.port == url
        assert monitor.registers().x == 0xE0B7
    if url.startswith("rfc2217"):
        assert server.cable.asked["baudrate"] == 9600


def test_handshake_lines_of_a_server_are_left_alone(served):
    url, server = served
    with open_line(url):
        pass
    assert not {"dtr", "rts"} & set(server.cable.asked)


def test_and_set_if_asked():
    server = Server(telnet=True)
    with open_line(f"rfc2217://127.0.0.1:{server.port}", LineSettings(dtr=False)):
        pass
    assert server.cable.asked["dtr"] is False
    assert "rts" not in server.cable.asked
    server.close()


def test_a_server_that_takes_nothing_more_is_lost_in_time(monkeypatch):
    """Nobody reads at the other end; RFC 2217 has a limit of its own in pyserial."""
    monkeypatch.setattr(transport, "WRITE_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"socket://127.0.0.1:{listening.getsockname()[1]}"
        with open_line(url) as line, pytest.raises(LineLostError):
            line.write(bytes(1 << 26))
