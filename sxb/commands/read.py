# SPDX-License-Identifier: MIT
"""`sxb read ADDR LEN [-o F]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from sxb.meter import Meter
from sxb.options import FILE, NUMBER, PLACE, examples, line_options
from sxb.records import check_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sxb.session import Session

ROW = 16


@click.command("read")
@examples(
    "sxb read 0x00b6 74",
    "sxb read 00:0200 0x100 -o ram.bin    into a file",
    "sxb read table 16 --symbols prog.asm",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.argument("length", type=NUMBER, metavar="LEN")
@click.option(
    "-o", "--output", metavar="FILE", type=FILE, help="Write the bytes to FILE instead of showing them."
)
@line_options
def command(session: Session, address: int | str, length: int, output: str | None) -> None:
    """Read LEN bytes of memory from ADDR (some 290 bytes per second)."""
    place = session.address(address)
    check_range(place, length)
    with session.connect() as monitor:
        with Meter(quiet=session.as_json) as meter:
            monitor.progress = meter
            data = monitor.read(place, length)
        if output is not None:
            from asm816.outputs import write_atomically

            write_atomically(Path(output), data)
            session.say(f"wrote {len(data)} bytes to {output}")
        else:
            for row in dump(place, data):
                session.say(row)
        session.result({"port": monitor.port, "address": place, "length": length, "hex": data.hex()})


def dump(address: int, data: bytes) -> Iterator[str]:
    """Rows of 16 bytes, hexadecimal and as text."""
    for offset in range(0, len(data), ROW):
        row = data[offset : offset + ROW]
        text = "".join(chr(c) if 0x20 <= c < 0x7F else "." for c in row)
        yield f"{address_text(address + offset)}  {row.hex(' ').upper():<{3 * ROW - 1}}  {text}"
