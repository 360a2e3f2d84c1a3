# SPDX-License-Identifier: MIT
"""`sxb go ADDR`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from sxb.options import PLACE, TIME, examples, line_options
from sxb.records import check_range

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("go")
@examples(
    "sxb go 0x00b6",
    "sxb go 0x00b6 --for 5s              show what it prints for 5 s",
    "sxb go start --symbols blink.asm    start at a label",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.option("--for", "seconds", type=TIME, metavar="TIME", help="Show what the program prints for so long.")
@line_options
def command(session: Session, address: int | str, seconds: float | None) -> None:
    """Start the program at ADDR (JML) with the saved registers; it keeps the line."""
    from sxb.watch import screen_for, watch

    place = session.address(address)
    check_range(place, 1)
    with session.connect() as monitor:
        monitor.go(place)
        session.say(f"started at {address_text(place)}")
        said = bytearray()
        if seconds is not None:
            screen = None if session.as_json else screen_for(monitor)
            with suppress(KeyboardInterrupt):
                watch(monitor, seconds, said.extend if screen is None else screen.show)
            if screen is not None:
                screen.close()
        session.result({"port": monitor.port, "start": place, "serial": said.decode("latin-1")})
