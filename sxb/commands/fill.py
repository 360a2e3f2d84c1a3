# SPDX-License-Identifier: MIT
"""`sxb fill ADDR LEN BYTE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from sxb.meter import Meter
from sxb.options import BYTE, NUMBER, PLACE, examples, line_options
from sxb.records import check_write

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("fill")
@examples(
    "sxb fill 0x0200 0x1000 0",
    "sxb fill 0x00b6 74 0xEA",
    "sxb fill buffer 64 0xFF --symbols prog.asm",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.argument("length", type=NUMBER, metavar="LEN")
@click.argument("byte", type=BYTE, metavar="BYTE")
@click.option("--force", is_flag=True, help="Fill the monitor's own memory and the chip's registers too.")
@line_options
def command(session: Session, address: int | str, length: int, byte: int, force: bool) -> None:
    """Fill LEN bytes of memory from ADDR on with BYTE, and read them back."""
    place = session.address(address)
    check_write(place, length, force=force)
    with session.connect() as monitor:
        with Meter(quiet=session.as_json) as meter:
            monitor.progress = meter
            monitor.fill(place, length, byte, force=force)
        session.say(f"filled {length} bytes from {address_text(place)} with {byte:02X}")
        session.result({"port": monitor.port, "address": place, "length": length, "byte": byte})
