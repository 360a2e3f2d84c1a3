# SPDX-License-Identifier: MIT
"""`sxb call ADDR`."""

from __future__ import annotations

import rich_click as click

from sxb.session import ADDRESS, TIME, Session, line_options

DEFAULT_SECONDS = 10.0


@click.command("call")
@click.argument("address", type=ADDRESS, metavar="ADDR")
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
def command(session: Session, address: int, seconds: float) -> None:
    """Call the program at ADDR (JSL), show what it prints, and the registers when it returns.

    The program ends with RTL or BRK; D and the data bank must then be 0.
    """
    from sxb.commands.regs import register_line, register_values
    from sxb.watch import TextOfBoard

    with session.connect() as monitor:
        result = monitor.call(address, seconds=seconds)
        text = TextOfBoard().feed(result.output)
        if text:
            session.say(text.rstrip("\n"))
        session.say(register_line(result.registers))
        session.result(
            {
                "port": monitor.port,
                "start": address,
                "serial": result.output.decode("latin-1"),
                "registers": register_values(result.registers),
            }
        )
