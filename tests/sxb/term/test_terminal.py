# SPDX-License-Identifier: MIT
"""`sxb term` as a person uses it: a pseudo-terminal for the person, another for the board of `emu816 serve`."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import pty
import termios

from sxb.journal import read_journal

BLINK = Path(__file__).parents[3] / "examples" / "led_blink" / "led_blink.asm"

MENU = b"\x1d"


def tool(module, *arguments):
    command = f"import sys; from {module} import main; sys.exit(main())"
    return [sys.executable, "-c", command, *map(str, arguments)]


@pytest.fixture
def serve(tmp_path):
    """Starts a board behind a pseudo-terminal at always the same place: (its port, its process)."""
    link = tmp_path / "mensch"
    running = []

    def start():
        command = tool("emu.cli", "serve", "--link", link, "--speed", "max")
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        running.append(server)
        assert str(link) in server.stdout.readline()
        return link, server

    yield start
    for server in running:
        server.terminate()
        server.wait(20)
        server.stdout.close()


class Person:
    """Who sits at a terminal and types."""

    def __init__(self, *arguments):
        self._own, other = pty.openpty()
        self.before = termios.tcgetattr(other)
        self._other = other
        self.process = subprocess.Popen(
            tool("sxb.cli", "term", *arguments), stdin=other, stdout=other, stderr=other
        )
        self.seen = b""

    def type(self, keys):
        os.write(self._own, keys)

    def sees(self, text, seconds=30.0):
        """Wait for `text`; what is behind it is for the next wait."""
        end = time.monotonic() + seconds
        while text.encode() not in self.seen:
            assert time.monotonic() < end, f"{text!r} did not come: {self.seen!r}"
            if select.select([self._own], [], [], 0.1)[0]:
                self.seen += os.read(self._own, 4096)
        before, _, self.seen = self.seen.partition(text.encode())
        return before.decode("utf-8", "replace")

    def menu(self, key):
        self.type(MENU)
        self.sees("q quit")
        self.type(key)

    def settings(self):
        return termios.tcgetattr(self._other)

    def leave(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(20)
        os.close(self._own)
        os.close(self._other)


@pytest.fixture
def sit():
    people = []

    def down(*arguments):
        people.append(Person(*arguments))
        return people[-1]

    yield down
    for person in people:
        person.leave()


def test_a_sitting_with_every_key_of_the_menu(serve, sit, tmp_path):
    port, _ = serve()
    person = sit("--port", port)
    person.sees("^] opens the menu")
    person.type(b"*")
    person.sees("ROM")
    person.sees(">")

    person.menu(b"r")
    person.sees("PC 00:E358")

    log = tmp_path / "session.jsonl"
    person.menu(b"l")
    person.sees("log to file: ")
    person.type(f"{log}\n".encode())
    person.sees("-- log to")
    person.menu(b"u")
    person.sees("file: ")
    person.type(f"{BLINK}\n".encode())
    person.sees("verified")
    person.sees("G 00:00B6 starts it")
    person.menu(b"l")
    person.sees("log off")
    (session,) = read_journal(log.read_text(encoding="ascii"), "log")
    assert session.whole
    assert b"S2" in session.bytes_of(">")

    person.menu(b"d")
    person.sees("address and length: ")
    person.type(b"0x00b6 4\n")
    person.sees("00:00B6  78 18 FB E2")
    person.menu(b"d")
    person.sees("address and length: ")
    person.type(b"nowhere\n")
    person.sees("there is no symbol nowhere")

    person.menu(b"t")
    person.sees("times on")
    person.type(b"*")
    assert person.sees("] MENSCH").rstrip(" 0123456789:.").endswith("[")
    person.sees(">")
    person.menu(b"x")
    person.sees("-- bytes")
    person.type(b"Z")
    person.sees(" < 5a")
    person.menu(b"z")
    person.sees("-- back")

    person.menu(b"q")
    person.sees("ended")
    assert person.process.wait(20) == 0
    assert person.settings() == person.before


def test_the_line_comes_back(serve, sit, tmp_path):
    port, server = serve()
    log = tmp_path / "log.jsonl"
    person = sit("--port", port, "--log", log)
    person.sees("^] opens the menu")
    person.type(b"*")
    person.sees("ROM")
    server.terminate()
    server.wait(20)
    person.sees("waiting for it to come back")
    serve()
    person.sees("is back")
    person.sees("ROM")  # the new board's banner, or the answer to
    person.type(b"*")
    person.sees("ROM")
    person.menu(b"q")
    assert person.process.wait(20) == 0
    assert [session.whole for session in read_journal(log.read_text(encoding="ascii"), "log")] == [True, True]


def test_pasted_commands_all_arrive(serve, sit):
    port, _ = serve()
    person = sit("--port", port)
    person.sees("^] opens the menu")
    person.type(b"*")
    person.sees("ROM")
    person.sees(">")
    person.type(b"T\r" * 12)
    for _ in range(12):
        person.sees("ENTER NEW TIME")
    person.sees(">")


def test_quitting_while_the_line_is_away(serve, sit):
    port, server = serve()
    person = sit("--port", port)
    person.sees("^] opens the menu")
    server.terminate()
    server.wait(20)
    person.sees("waiting for it to come back")
    person.type(MENU + b"q")
    assert person.process.wait(20) == 0
    assert person.settings() == person.before


def test_ctrl_c_goes_to_the_board_and_the_escape_key_can_be_sent(serve, sit, tmp_path):
    port, _ = serve()
    log = tmp_path / "log.jsonl"
    person = sit("--port", port, "--log", log)
    person.sees("^] opens the menu")
    person.type(b"\x03")
    person.sees(">")
    person.type(MENU + MENU)
    person.sees(">")
    person.menu(b"q")
    assert person.process.wait(20) == 0
    (session,) = read_journal(log.read_text(encoding="ascii"), "log")
    assert session.bytes_of(">") == b"\x03" + MENU


def test_through_a_pipe(serve):
    port, _ = serve()
    subprocess.run(tool("sxb.cli", "regs", "--port", port), check=True, timeout=60)  # it has booted
    ran = subprocess.run(
        tool("sxb.cli", "term", "--port", port, "--for", "2s"),
        input="*R",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "ROM" in ran.stdout
    assert "PCntr" in ran.stdout


def test_a_script_over_a_pseudo_terminal(serve):
    port, _ = serve()
    line = ["term", "--port", port, "--send", "*", "--expect", "ROM", "--send", "R", "--expect", "PCntr"]
    ran = subprocess.run(tool("sxb.cli", *line), capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
