# SPDX-License-Identifier: MIT
"""`sxb monitor`: the session on screens."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from sxb import errors
from sxb.options import examples, line_options

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("monitor")
@examples(
    "sxb monitor                  choose a port from the list",
    "sxb monitor --port emu:      a session without hardware",
)
@line_options
def command(session: Session) -> None:
    """A session with the board on screens: console, registers, memory, code, pins, files.

    Without --port the ports are listed, and the virtual boards. The keys stand at the foot of every
    screen; ^p finds every action by its name.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
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
