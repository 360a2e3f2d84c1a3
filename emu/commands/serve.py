# SPDX-License-Identifier: MIT
"""`emu816 serve`: a board that outlives a command, for any program that talks to a serial port."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from asm816.clicktypes import Spelled
from asm816.exitcodes import ExitCode
from asm816.target.boards import BOARDS, DEFAULT_BOARD

if TYPE_CHECKING:
    from emu.board import Board
    from emu.serve.line import Line, Traffic
    from emu.serve.pty import PtyLine
    from emu.serve.tcp import TcpLine

LOOK_SECONDS = 0.05
"""Twenty looks a second at the keyboard and twenty pictures are enough."""

CLEAR_TO_END = "\x1b[K"


def _place(text: str) -> tuple[str, int]:
    from emu.serve.tcp import parse_place

    return parse_place(text)


PLACE = Spelled("place", _place)


@click.command("serve")
@click.option(
    "--board", "board_name", type=click.Choice(tuple(BOARDS)), default=DEFAULT_BOARD.name, show_default=True
)
@click.option(
    "--uart", type=click.IntRange(0, 3), default=3, show_default=True, help="The UART to plug into."
)
@click.option(
    "--link", type=click.Path(path_type=Path), help="Make a link to the pseudo-terminal at this path."
)
@click.option(
    "--tcp", type=PLACE, metavar="[HOST:]PORT", help="Listen for socket:// instead (0: any free port)."
)
@click.option("--rfc2217", type=PLACE, metavar="[HOST:]PORT", help="Listen for rfc2217:// instead.")
@click.option(
    "--baud",
    type=click.IntRange(50, 4_000_000),
    default=9600,
    show_default=True,
    help="Until a client sets it.",
)
@click.option(
    "--reset-on-connect", is_flag=True, help="RESET when a client comes, as where DTR is wired to it."
)
@click.option("--speed", type=click.Choice(["real", "max"]), default="real", show_default=True)
@click.option(
    "--rom", default="quirks", show_default=True, help="Our monitor: quirks or fixed; or a ROM file."
)
@click.option("--flash", metavar="FILE", help="The flash in the socket: a file of its 131072 bytes.")
@click.option("--backend", help="plain, fast or compiled.  [the best there is]")
def command(
    board_name: str,
    *,
    uart: int,
    link: Path | None,
    tcp: tuple[str, int] | None,
    rfc2217: tuple[str, int] | None,
    baud: int,
    reset_on_connect: bool,
    speed: str,
    rom: str,
    flash: str | None,
    backend: str | None,
) -> None:
    """Put a board behind a pseudo-terminal or a port, for any terminal program or uploader.

    \b
    emu816 serve --link ./mensch        sxb run blink.asm --port ./mensch
    emu816 serve --tcp 2217             sxb info --port socket://localhost:2217
    emu816 serve --rfc2217 2217         sxb info --port rfc2217://localhost:2217

    r and Return, or the signal SIGUSR1, press the board's RESET button; Ctrl-C ends.  One client at a time
    has the line.  Without a HOST only this machine can connect.
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    from emu.board import Board
    from emu.serve.line import serve

    if sum(way is not None for way in (link, tcp, rfc2217)) > 1:
        raise click.UsageError("--link, --tcp and --rfc2217 exclude each other")
    board = Board(board_name, rom=rom, flash=flash, backend=backend)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _terminate)
    with _line(link, tcp, rfc2217, baud) as line:
        panel = _Panel(board, line, reset_on_connect=reset_on_connect)
        try:  # from its first word on the server takes signals as meant for it
            click.echo(
                f"{board.facts.title}: UART {uart} on {line.where}, {line.settings}.  "
                "r and Return: RESET.  Ctrl-C ends."
            )
            sys.stdout.flush()
            serve(board, line, uart=uart, real_time=speed == "real", watch=panel)
        except KeyboardInterrupt:
            click.echo(f"\nended after {board.seconds:.1f} emulated seconds")


def _line(
    link: Path | None, tcp: tuple[str, int] | None, rfc2217: tuple[str, int] | None, baud: int
) -> PtyLine | TcpLine:
    """What was asked for; a pseudo-terminal if nothing was."""
    if tcp is None and rfc2217 is None:
        try:
            from emu.serve.pty import PtyLine
        except ImportError as error:
            raise _no_pty() from error
        return PtyLine(link, baud)
    line: TcpLine
    if tcp is not None:
        from emu.serve.tcp import TcpLine

        line = TcpLine(*tcp, baud)
    else:
        from emu.serve.rfc2217 import Rfc2217Line

        assert rfc2217 is not None
        line = Rfc2217Line(*rfc2217, baud)
    if not line.loopback:
        click.echo(
            f"warning: whoever reaches {line.host} can use this board: there is no password and no encryption",
            err=True,
        )
    return line


class _Panel:
    """What a served board has beside its line: a RESET button, and on a terminal a line that says how it is."""

    def __init__(self, board: Board, line: Line, *, reset_on_connect: bool) -> None:
        self._board = board
        self._line = line
        self._visible = sys.stdout.isatty()
        self._keys = sys.stdin.isatty() and sys.platform != "win32"
        self._pressed = False
        self._reset_on_connect = reset_on_connect
        self._was_attended = False
        self._shown = ""
        self._next = 0.0
        if hasattr(signal, "SIGUSR1"):
            signal.signal(signal.SIGUSR1, self._press)

    def __call__(self, traffic: Traffic) -> None:
        came = self._line.attended and not self._was_attended
        self._was_attended = self._line.attended
        if self._pressed or (came and self._reset_on_connect):
            self._pressed = False
            self._board.reset()
        if not (self._visible or self._keys) or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + LOOK_SECONDS
        if self._keys and self._in_foreground() and select.select([sys.stdin], [], [], 0)[0]:
            self._pressed = sys.stdin.readline().strip().lower() == "r"
        if self._visible:
            self._show(traffic)

    def _in_foreground(self) -> bool:
        """Reading the terminal from the background would stop the server (SIGTTIN)."""
        try:
            return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
        except OSError:
            return False  # the terminal has gone

    def _press(self, signum: int, frame: object) -> None:
        del signum, frame
        self._pressed = True

    def _show(self, traffic: Traffic) -> None:
        from emu.probes.ledline import led_line  # only on a terminal

        client = "client" if self._line.attended else "nobody"
        text = (
            f"{self._board.seconds:8.1f} s  {led_line(self._board)}  {self._line.settings}  "
            f"in {traffic.to_board} out {traffic.from_board}  {client}"
        )
        if text != self._shown:
            click.echo(f"\r{text}{CLEAR_TO_END}", nl=False)
            self._shown = text


def _no_pty() -> Exception:
    from emu.errors import EmuError

    return EmuError(
        "E2031",
        "this system has no pseudo-terminals",
        "use --tcp or --rfc2217, which need none",
        ExitCode.USAGE,
    )


def _terminate(signum: int, frame: object) -> None:
    del signum, frame
    raise KeyboardInterrupt
