# SPDX-License-Identifier: MIT
"""`sxb go ADDR`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import rich_click as click

from sxb.errors import address_text
from sxb.options import ADDRESS, TIME, line_options

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("go")
@click.argument("address", type=ADDRESS, metavar="ADDR")
@click.option("--for", "seconds", type=TIME, metavar="TIME", help="Show what the program prints for so long.")
@line_options
def command(session: Session, address: int, seconds: float | None) -> None:
    """Start the program at ADDR (JML) with the saved registers; it keeps the line."""
    from sxb.watch import screen_for, watch

    with session.connect() as monitor:
        monitor.go(address)
        session.say(f"started at {address_text(address)}")
        said = bytearray()
        if seconds is not None:
            screen = None if session.as_json else screen_for(monitor)
            with suppress(KeyboardInterrupt):
                watch(monitor, seconds, said.extend if screen is None else screen.show)
            if screen is not None:
                screen.close()
        session.result({"port": monitor.port, "start": address, "serial": said.decode("latin-1")})
