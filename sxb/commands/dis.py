# SPDX-License-Identifier: MIT
"""`sxb dis ADDR LEN`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from sxb.meter import Meter
from sxb.options import NUMBER, PLACE, examples, line_options
from sxb.records import check_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from asm816.disassembler import Decoded
    from sxb.session import Session

MOST_BYTES = 4
"""The longest instruction."""


@click.command("dis")
@examples(
    "sxb dis 0x00b6 42",
    "sxb dis start 42 --symbols blink.asm    with the labels of the source",
    "sxb dis 0xe000 64 --m16 --x16           with 16-bit registers",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.argument("length", type=NUMBER, metavar="LEN")
@click.option("--m8/--m16", "m8", default=None, help="Width of A at ADDR.  [what --symbols knows, or --m8]")
@click.option("--x8/--x16", "x8", default=None, help="Width of X and Y at ADDR.  [the same, or --x8]")
@line_options
def command(session: Session, address: int | str, length: int, *, m8: bool | None, x8: bool | None) -> None:
    """Read LEN bytes of memory from ADDR and disassemble them.

    rep and sep change the widths on the way.  With --symbols, labels stand where they belong.
    """
    from asm816.disassembler import Widths, disassemble
    from sxb.program import names_of, resolve

    info = session.symbols()
    place, names = resolve(address, info.addresses), names_of(info)
    check_range(place, length)
    known = info.row_at(place)
    widths = Widths(_width(m8, known.m8 if known else None), _width(x8, known.x8 if known else None))
    with session.connect() as monitor:
        with Meter(quiet=session.as_json) as meter:
            monitor.progress = meter
            data = monitor.read(place, length)
        pieces = list(disassemble(data, place, widths, names))
        for row in rows(pieces, names):
            session.say(row)
        session.result(
            {
                "port": monitor.port,
                "address": place,
                "length": length,
                "instructions": [_values(piece, names) for piece in pieces],
            }
        )


def _width(asked: bool | None, known: bool | None) -> bool:
    """Whether 8 bits: as asked for, else as the assembler knew, else as programs start."""
    if asked is not None:
        return asked
    return known if known is not None else True


def rows(pieces: list[Decoded], names: Mapping[int, str]) -> Iterator[str]:
    """A line per instruction: address, bytes, source; labels on lines of their own."""
    for piece in pieces:
        if piece.address in names:
            yield f"{names[piece.address]}:"
        code = piece.data.hex(" ").upper()
        yield f"{address_text(piece.address)}  {code:<{3 * MOST_BYTES - 1}}  {piece.text}"


def _values(piece: Decoded, names: Mapping[int, str]) -> dict[str, object]:
    return {
        "address": piece.address,
        "label": names.get(piece.address),
        "hex": piece.data.hex(),
        "text": piece.text,
        "target": piece.target,
    }
