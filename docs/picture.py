# SPDX-License-Identifier: MIT
"""Makes docs/sxb-*.svg: real runs of `sxb` on a board behind a pseudo-terminal, each at a few moments.

    make picture

For each row of `RECORDINGS` a board is served in real time, `sxb` runs in a terminal of 80 columns, and what it
writes is taken down with its times and shown as the screen that it makes.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]
WIDTH, HEIGHT = 80, 24
LONGEST_SECONDS = 60.0

DATA = "data.bin"
DATA_BYTES = 0x7E00
"""As much as the external RAM of the W65C265SXB holds above 00:0200."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A picture: its name, the command in it, the board that is served and where, the title, and what is shown.

    `phases` are the bars of which the middle is shown, before the end.
    """

    name: str
    command: str
    board: str
    link: str
    title: str
    phases: tuple[str, ...] = ()

    @property
    def picture(self) -> Path:
        """The file that is made."""
        return PROJECT / "docs" / f"{self.name}.svg"


RECORDINGS = (
    Recording(
        "sxb-run",
        "sxb run examples/led_blink/led_blink.asm --port ./mensch",
        "qbx",
        "./mensch",
        "9600 baud",
        ("load", "verify"),
    ),
    Recording(
        "sxb-turbo",
        f"sxb load {DATA}@0x0200 --turbo on --port ./sxb",
        "sxb",
        "./sxb",
        "turbo: 32,256 bytes into the W65C265SXB",
        ("load",),
    ),
    Recording("sxb-doctor", "sxb doctor --port ./sxb", "sxb", "./sxb", "sxb doctor"),
)

_CONTROL = re.compile(r"\x1b\[(\??[0-9;]*)([A-Za-z])|\r|\n|([^\x1b\r\n]+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """The screen at a time: seconds since the start, and its lines with their colours (ANSI)."""

    seconds: float
    lines: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """The lines without colours."""
        return tuple(re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in self.lines)


class Screen:
    """As much of a terminal as our progress bar uses; anything else is an error, to be seen here."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = [[]]
        self._row = self._column = 0
        self._style = ""

    def feed(self, text: str) -> None:
        """Take what a program wrote."""
        at = 0
        while at < len(text):
            match = _CONTROL.match(text, at)
            if match is None:
                raise ValueError(f"this terminal does not know {text[at : at + 8]!r}")
            at = match.end()
            if match[3] is not None:
                self._put(match[3])
            elif match[0] == "\r":
                self._column = 0
            elif match[0] == "\n":
                self._row += 1
                while len(self._rows) <= self._row:
                    self._rows.append([])
            else:
                self._obey(match[2], match[1])

    def lines(self) -> tuple[str, ...]:
        """All lines, each with its colours."""
        return tuple("".join(row) + "\x1b[0m" for row in self._rows)

    def _put(self, text: str) -> None:
        row = self._rows[self._row]
        for character in text:
            row.extend([" "] * (self._column + 1 - len(row)))
            row[self._column] = f"{self._style}{character}\x1b[0m" if self._style else character
            self._column += 1

    def _obey(self, letter: str, arguments: str) -> None:
        if letter == "m":
            self._style = "" if arguments in ("", "0") else f"\x1b[{arguments}m"
        elif letter == "A":
            self._row = max(0, self._row - int(arguments or 1))
        elif letter == "K":
            first = 0 if arguments == "2" else self._column
            del self._rows[self._row][first:]
        elif letter not in "hl":  # cursor shown or hidden
            raise ValueError(f"this terminal does not know ESC [ {arguments} {letter}")


def record(command: list[str], folder: Path, timeout: str) -> list[Moment]:
    """Run `command` in a terminal; the screen after each piece that it wrote, the same screen once."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        (folder / "config.toml").write_text(f'timeout = "{timeout}"\n', encoding="ascii")
        os.environ.update(TERM="xterm-256color", COLUMNS=str(WIDTH), LINES=str(HEIGHT))
        os.environ["MENSCH816_CONFIG"] = str(folder / "config.toml")
        os.environ.pop("NO_COLOR", None)
        os.execv(command[0], command)  # noqa: S606 - our own command, no shell
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    moments = [*_watch(terminal)]
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError("\n".join(moments[-1].plain))
    return moments


def _watch(terminal: int) -> Iterator[Moment]:
    screen, begin, before = Screen(), time.monotonic(), None
    while time.monotonic() - begin < LONGEST_SECONDS:
        if not select.select([terminal], [], [], 1.0)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the program has ended
            return
        if not data:
            return
        screen.feed(data.decode("utf-8"))
        moment = Moment(time.monotonic() - begin, screen.lines())
        if moment.plain != before:
            before = moment.plain
            yield moment


def run_on_a_board(recording: Recording, folder: Path, speed: str, timeout: str = "1s") -> list[Moment]:
    """Serve the board in `folder` and record the command on it, with sxb's time for an answer."""
    here = Path(sys.executable).parent
    where = ["--board", recording.board, "--link", recording.link]
    serve = [str(here / "emu816"), "serve", *where, "--speed", speed]
    (folder / "examples").symlink_to(PROJECT / "examples")
    (folder / DATA).write_bytes(bytes(n * 7 & 0xFF for n in range(DATA_BYTES)))
    with subprocess.Popen(serve, cwd=folder, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as server:  # noqa: S603
        assert server.stdout is not None
        server.stdout.readline()
        time.sleep(3.0 if speed == "real" else 0.0)  # the monitor takes 1.3 s to its prompt
        try:
            return record([str(here / "sxb"), *recording.command.split()[1:]], folder, timeout)
        finally:
            server.terminate()


def chosen(moments: list[Moment], phases: tuple[str, ...]) -> list[Moment]:
    """The middle of each of the phases, and the end."""
    shown = []
    for phase in phases:
        having = [
            moment
            for moment in moments
            if any(line.lstrip().startswith(f"{phase} ") for line in moment.plain)
        ]
        if having:
            shown.append(having[(len(having) - 1) // 2])
    return [*shown, moments[-1]]


def picture(recording: Recording, moments: list[Moment]) -> str:
    """The moments below each other, as SVG."""
    import io

    from rich.console import Console
    from rich.text import Text

    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    for moment in moments:
        console.print(Text(f"── {moment.seconds:.1f} s ".ljust(WIDTH, "─"), style="bright_black"))
        console.print(Text(f"$ {recording.command}"))
        last = max(n for n, line in enumerate(moment.plain) if line) + 1
        for line in moment.lines[:last]:
            console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    svg = console.export_svg(title=recording.title, unique_id=recording.name)
    # No font from the network: a picture must not ask anybody for anything.
    svg = re.sub(
        r'x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)*)([^<]*)', _unpadded, svg
    )
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code", "DejaVu Sans Mono")


def _unpadded(match: re.Match[str]) -> str:
    """A piece of text that begins where its first letter is: some viewers drop spaces at the start."""
    x, y, length, rest, spaces, text = match.groups()
    count = len(spaces) // len("&#160;")
    whole = count + len(re.sub(r"&[^;]*;", " ", text))
    width = float(length) / whole if whole else 0.0
    x, length = f"{float(x) + count * width:.1f}", f"{float(length) - count * width:.1f}"
    return f'x="{x}" y="{y}" textLength="{length}"{rest}>{text}'


def main() -> None:
    """Write the pictures."""
    for recording in RECORDINGS:
        with tempfile.TemporaryDirectory() as folder:
            moments = run_on_a_board(recording, Path(folder), "real")
        svg = picture(recording, chosen(moments, recording.phases))
        recording.picture.write_text(svg + "\n", encoding="utf-8")
        print(f"wrote {recording.picture.relative_to(PROJECT)}: {len(moments)} screens seen")


if __name__ == "__main__":
    main()
