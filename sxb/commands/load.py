# SPDX-License-Identifier: MIT
"""`sxb load FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.programfile import is_source
from sxb.options import FILE, examples, line_options
from sxb.program import extent, read_program
from sxb.records import check_image
from sxb.transfer import transfer, transfer_options, values_of

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("load")
@examples(
    "sxb load blink.asm",
    "sxb load data.bin@0x0200 --port /dev/ttyUSB0",
    "sxb load prog.hex --changed",
    "sxb load prog.hex --json",
)
@click.argument("file", type=FILE)
@transfer_options
@line_options
def command(session: Session, *, file: str, changed: bool, verify: bool, force: bool, turbo: str) -> None:
    """Load a program into the board's memory, and read it back.

    FILE is an assembly source (.asm), Intel HEX, S-records, or a binary with its address
    (prog.bin@0x00b6).
    """
    image = read_program(file, session.board).image
    session.say(f"{'assembled' if is_source(file) else 'read'} {file}: {extent(image)}")
    check_image(image, force=force)
    with session.connect() as monitor:
        result = transfer(session, monitor, image, changed=changed, verify=verify, force=force, turbo=turbo)
        session.result({"port": monitor.port, **values_of(result)})
