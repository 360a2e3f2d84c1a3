# SPDX-License-Identifier: MIT
"""`sxb call ADDR`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from sxb.errors import ProgramFailedError
from sxb.options import PLACE, TIME, examples, line_options
from sxb.records import check_range

if TYPE_CHECKING:
    from sxb.session import Session

DEFAULT_SECONDS = 10.0


def _show(session: Session, output: bytes) -> None:
    """What the program printed."""
    from emu.screen import TextOfBoard

    text = TextOfBoard().feed(output)
    if text:
        session.say(text.rstrip("\n"))


@click.command("call")
@examples(
    "sxb call 0x00b6",
    "sxb call 0x2000 --for 1min          wait longer for its RTL",
    "sxb call sum --symbols sum.asm      call a label",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.option(
    "--for",
    "seconds",
    type=TIME,
    default=DEFAULT_SECONDS,
    show_default="10s",
    metavar="TIME",
    help="Wait so long for the program to return (exit 4 if it does not).",
)
@line_options
def command(session: Session, address: int | str, seconds: float) -> None:
    """Call the program at ADDR (JSL), show what it prints, and the registers when it returns.

    The program ends with RTL or BRK; D and the data bank must then be 0.
    """
    from sxb.commands.regs import register_line, register_values

    place = session.address(address)
    check_range(place, 1)
    with session.connect() as monitor:
        try:
            result = monitor.call(place, seconds=seconds)
        except ProgramFailedError:
            _show(session, monitor.output(0))
            raise
        _show(session, result.output)
        session.say(register_line(result.registers))
        session.result(
            {
                "port": monitor.port,
                "start": place,
                "serial": result.output.decode("latin-1"),
                "registers": register_values(result.registers),
            }
        )
