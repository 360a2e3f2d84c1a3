# SPDX-License-Identifier: MIT
"""`sxb verify FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from sxb.meter import Meter
from sxb.options import FILE, examples, line_options
from sxb.program import extent, read_program

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("verify")
@examples("sxb verify blink.asm", "sxb verify rom.bin@0xe000 --json")
@click.argument("file", type=FILE)
@line_options
def command(session: Session, file: str) -> None:
    """Compare the board's memory with a program (exit 14 if it differs)."""
    image = read_program(file, session.board).image
    with session.connect() as monitor:
        with Meter(quiet=session.as_json) as meter:
            monitor.progress = meter
            monitor.verify(image)
        session.say(f"equal: {extent(image)}")
        session.result({"port": monitor.port, "bytes": image.size, "equal": True})
