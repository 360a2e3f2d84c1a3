# SPDX-License-Identifier: MIT
"""`sxb verify FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.exitcodes import ExitCode
from sxb.meter import Meter
from sxb.options import line_options
from sxb.program import extent, read_program

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("verify")
@click.argument("file")
@line_options
def command(session: Session, file: str) -> int:
    """Compare the board's memory with a program (exit 14 if it differs)."""
    image = read_program(file, session.board)
    if image is None:
        return ExitCode.SOURCE_ERRORS
    with session.connect() as monitor:
        with Meter(quiet=session.as_json) as meter:
            monitor.progress = meter
            monitor.verify(image)
        session.say(f"equal: {extent(image)}")
        session.result({"port": monitor.port, "bytes": image.size, "equal": True})
    return ExitCode.DONE
