# SPDX-License-Identifier: MIT
"""`emu816 serve` in a process of its own, asked by a plain pyserial client."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
import serial

from emu.cli import main

pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own

# A suite that runs in the background hands on that SIGINT is ignored; a person's shell does not.
PROGRAM = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from emu.cli import main
sys.exit(main())
"""
EMU816 = [sys.executable, "-c", PROGRAM]
WAYS = (("--tcp", "0"), ("--rfc2217", "0"), *(() if sys.platform == "win32" else ((),)))


@contextmanager
def served(*options):
    """A server's process, and where pyserial finds it."""
    server = subprocess.Popen(
        [*EMU816, "serve", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        first = server.stdout.readline()
        yield server, re.search(r" on (\S+?),? ", first)[1]
    finally:
        server.kill()
        server.communicate()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[0] if way else "pty")
def test_a_plain_client_talks_to_the_monitor(way):
    with served(*way, "--speed", "max") as (_, place), serial.serial_for_url(place, 9600, timeout=30) as port:
        deadline = time.monotonic() + 60
        answer = b""
        while b"READY" not in answer:  # the boot goes on while nobody listens
            assert time.monotonic() < deadline
            port.write(b"\r")
            answer += port.read_until(b">")
        port.write(b"R")
        assert b"PCntr" in port.read_until(b"PCntr")


def test_it_keeps_step_with_the_clock_on_the_wall():
    with served("--tcp", "0") as (server, _):
        begun = time.monotonic()
        time.sleep(2)
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=20)
        assert float(re.search(r"ended after ([\d.]+)", out)[1]) <= time.monotonic() - begun + 0.3


def test_a_port_in_use_is_exit_10(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--tcp", str(taken.getsockname()[1])]) == 10
    assert "cannot listen on 127.0.0.1" in capsys.readouterr().err


def test_listening_to_the_world_is_warned_of():
    with served("--tcp", "0.0.0.0:0") as (server, _):
        server.terminate()
        assert "no password" in server.communicate(timeout=20)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--tcp", "1", "--rfc2217", "2"], 2, "exclude each other"),
        (["--tcp", "nowhere"], 2, "[HOST:]PORT"),
        (["--uart", "4"], 2, "--uart"),
        (["--rom", "nowhere.hex"], 3, "no ROM file"),
    ],
)
def test_mistakes(capsys, arguments, code, said):
    assert main(["serve", *arguments]) == code
    assert said in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_link_that_is_not_ours_is_refused(capsys, tmp_path):
    (tmp_path / "letter").write_text("dear")
    assert main(["serve", "--link", str(tmp_path / "letter")]) == 3
    assert "cannot make the link" in capsys.readouterr().err
    assert (tmp_path / "letter").read_text() == "dear"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_serve_makes_its_link_and_takes_it_away(tmp_path, how):
    link = tmp_path / "mensch"
    server = subprocess.Popen([*EMU816, "serve", "--link", str(link)], stdout=subprocess.PIPE, text=True)
    first = server.stdout.readline()
    assert "Mensch Microcomputer" in first
    assert str(link) in first
    assert link.is_symlink()
    os.kill(server.pid, getattr(signal, how))
    try:
        assert server.wait(20) == 0
    finally:
        server.kill()
        server.stdout.close()
    assert not link.is_symlink()


def test_each_client_finds_the_board_reset():
    with served("--tcp", "0", "--speed", "max", "--reset-on-connect") as (_, url):
        for _ in range(2):
            with serial.serial_for_url(url, timeout=30) as port:
                assert b"MENSCH816" in port.read_until(b"\r>")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_the_reset_button_of_a_served_board(tmp_path):
    link = tmp_path / "mensch"
    server = subprocess.Popen(
        [*EMU816, "serve", "--link", str(link), "--speed", "max"], stdout=subprocess.PIPE
    )
    server.stdout.readline()
    with serial.Serial(str(link), 9600, timeout=30) as port:
        first = port.read_until(b"\r>")
        os.kill(server.pid, signal.SIGUSR1)
        again = port.read_until(b"\r>")
    server.terminate()
    assert server.wait(20) == 0
    server.stdout.close()
    assert first == again
    assert b"PCntr" in again
