# SPDX-License-Identifier: MIT
"""`sxb monitor`: the session on screens."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from asm816.clicktypes import Spelled
from sxb import errors
from sxb.options import examples, line_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sxb.session import Session


def _place(text: str) -> tuple[str, int]:
    from emu.serve.tcp import parse_place

    return parse_place(text)


WEB = Spelled("place", _place)


@click.command("monitor")
@examples(
    "sxb monitor                  choose a port from the list",
    "sxb monitor --port emu:      a session without hardware",
    "sxb monitor --port emu: --web 8000    the same in a browser",
)
@click.option("--web", type=WEB, metavar="[HOST:]PORT", help="Serve the screens to browsers instead.")
@line_options
def command(session: Session, web: tuple[str, int] | None) -> None:
    """A session with the board on screens: console, registers, memory, code, pins, files.

    Without --port the ports are listed, and the virtual boards. The keys stand at the foot of every
    screen; ^p finds every action by its name.
    """
    if web is not None:
        _serve(*web)
        return
    # A process that serves a browser has no terminal but a driver, which textual finds there.
    if "TEXTUAL_DRIVER" not in os.environ and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise errors.no_terminal()
    from sxb.config import config_path, read_key_map
    from sxb.tui.app import MonitorApp, Wishes
    from sxb.tui.keys import IDENTITIES

    wishes = Wishes(
        session.port and session.port_name(),
        session.board,
        session.timeout,
        session.asked(),
        Path.cwd(),
        read_key_map(config_path(), IDENTITIES),
        journal=session.recorder(),
    )
    MonitorApp(wishes).run()


def _serve(host: str, port: int) -> None:
    from sxb.tui.web import is_loopback, serve

    if not is_loopback(host):
        click.echo(
            f"warning: whoever reaches {host} can use this board and read your files: there is no password",
            err=True,
        )
    serve(without_web(sys.argv[sys.argv.index("monitor") + 1 :]), host, port)


def without_web(arguments: Sequence[str]) -> list[str]:
    """The arguments for each client's own process."""
    left = list(arguments)
    for place, argument in enumerate(left):
        if argument == "--web":
            return left[:place] + left[place + 2 :]
        if argument.startswith("--web="):
            return left[:place] + left[place + 1 :]
    return left
