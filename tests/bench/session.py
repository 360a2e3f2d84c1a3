# SPDX-License-Identifier: MIT
"""How smooth `sxb monitor` is in a terminal, and how soon a key shows.  Not a test.

python tests/bench/session.py

The session runs behind a pseudo-terminal of 140 columns and 45 rows.  A picture counts if the board's time in its
first line is another one: at least 20 a second are wanted.  A key is timed from its byte to the first text that it
brings to the screen: less than 100 ms are wanted.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ROWS, COLUMNS = 45, 140
SECONDS = 4.0
KEYS = 10
PATIENCE = 30.0
F2, F3, F4, F5, F6 = (f"\x1b{end}".encode() for end in ("OQ", "OR", "OS", "[15~", "[17~"))
LEAVE = b"\x11"
TIME = re.compile(rb"(\d+\.\d{3}) s")


class Terminal:
    """A monitor session on a pseudo-terminal."""

    def __init__(self, port: str) -> None:
        self._end, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        command = [Path(sys.executable).with_name("sxb"), "monitor", "--port", port]
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": str(ROWS)}
        self._session = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=PROJECT / "examples", env=environment
        )
        os.close(theirs)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds."""
        end, said = time.perf_counter() + seconds, b""
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._end], [], [], left)[0]:
                said += os.read(self._end, 65536)
        return said

    def until(self, text: bytes) -> float:
        """Seconds until a text comes."""
        begun, said = time.perf_counter(), b""
        while text not in said:
            left = begun + PATIENCE - time.perf_counter()
            if left <= 0:
                raise TimeoutError(f"{text!r} did not come; {said[-500:]!r}")
            if select.select([self._end], [], [], left)[0]:
                said += os.read(self._end, 65536)
        return time.perf_counter() - begun

    def press(self, key: bytes) -> None:
        """A key."""
        os.write(self._end, key)

    def pictures(self) -> float:
        """Pictures a second with another time of the board."""
        return len(set(TIME.findall(self.read(SECONDS)))) / SECONDS

    def echo(self, *keys: tuple[bytes, bytes]) -> float:
        """Median milliseconds from a key to its text, the keys in turn."""
        taken = []
        for number in range(KEYS):
            key, text = keys[number % len(keys)]
            self.read(0.15)
            self.press(key)
            taken.append(self.until(text))
        return statistics.median(taken) * 1000

    def close(self) -> None:
        """Leave."""
        self.press(LEAVE)
        with suppress(OSError):  # the other end is closed: Linux says so
            self.read(1.0)
        self._session.wait(20)
        os.close(self._end)


SWITCH = ((F4, b"Waveforms"), (F3, b"Registers"))
"""From one screen to another and back."""


def measure(terminal: Terminal, what: str) -> None:
    """A line for the screens as they are now."""
    for key, name in ((F2, "Console"), (F3, "Board"), (F4, "Pins")):
        terminal.press(key)
        terminal.read(0.5)
        print(f"{what:28} {name:8} {terminal.pictures():6.1f} pictures/s", flush=True)
    print(f"{what:28} {'a screen':8} {terminal.echo(*SWITCH):6.1f} ms from key to text", flush=True)


def main() -> None:
    """A board with traffic at 9600 baud, then one that runs as fast as the host can."""
    terminal = Terminal("emu:")
    terminal.until(b"at the prompt")
    terminal.press(F2)
    terminal.read(1.0)
    letters = tuple((bytes([letter]), bytes([letter])) for letter in b"QZ")
    print(
        f"{'typing at the prompt':28} {'Console':8} {terminal.echo(*letters):6.1f} ms from key to echo",
        flush=True,
    )
    terminal.press(b"W" + b"00E000" + b"00FFFF" + b" ")  # dumps the ROM: half a minute of traffic
    measure(terminal, "9600 baud without a pause")
    terminal.close()
    terminal = Terminal("emu:")
    terminal.until(b"at the prompt")
    for _ in range(2):  # x10, then as fast as it goes
        terminal.press(b"\x10")
        terminal.read(0.7)
        terminal.press(b"Speed")
        terminal.read(0.7)
        terminal.press(b"\r")
        terminal.read(0.7)
    measure(terminal, "as fast as the host can")
    terminal.close()


if __name__ == "__main__":
    main()
