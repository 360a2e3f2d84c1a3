# SPDX-License-Identifier: MIT
"""`sxb write ADDR HEX...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816 import spelling
from asm816.addresses import address_text
from sxb.options import PLACE, examples, line_options
from sxb.records import check_write

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("write")
@examples(
    "sxb write 0x00b6 A9 55",
    "sxb write 0x00b6 A955",
    "sxb write delay 00 10 --symbols blink.asm",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.argument("texts", nargs=-1, required=True, metavar="HEX...")
@click.option("--force", is_flag=True, help="Write to the monitor's own memory and the chip's registers too.")
@line_options
def command(session: Session, address: int | str, texts: tuple[str, ...], force: bool) -> None:
    """Write bytes to memory from ADDR on, each read back."""
    try:
        data = spelling.hex_bytes(texts)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="HEX") from error
    place = session.address(address)
    check_write(place, len(data), force=force)
    with session.connect() as monitor:
        monitor.write(place, data, force=force)
        session.say(f"wrote {len(data)} bytes to {address_text(place)}")
        session.result({"port": monitor.port, "address": place, "length": len(data)})
