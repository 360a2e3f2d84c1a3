# SPDX-License-Identifier: MIT
"""`sxb go ADDR`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from asm816.spelling import program_counter
from sxb.commands.regs import register_line, register_values
from sxb.options import PLACE, TIME, examples, line_options
from sxb.records import check_range

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("go")
@examples(
    "sxb go 0x00b6",
    "sxb go 0x00b6 --for 5s              show what it prints for 5 s",
    "sxb go start --symbols blink.asm    start at a label",
    "sxb go start --until show --symbols blink.asm    stop there, and show the registers",
)
@click.argument("address", type=PLACE, metavar="ADDR")
@click.option("--for", "seconds", type=TIME, metavar="TIME", help="Show what the program prints for so long.")
@click.option(
    "--until",
    "stops",
    type=PLACE,
    multiple=True,
    metavar="ADDR",
    help="Stop the program there by the monitor's breakpoint, within --for (10 s); may be repeated.",
)
@line_options
def command(
    session: Session, address: int | str, seconds: float | None, stops: tuple[int | str, ...]
) -> None:
    """Start the program at ADDR (JML) with the saved registers; it keeps the line."""
    place = session.address(address)
    check_range(place, 1)
    if stops:
        _until(session, place, [session.address(stop) for stop in stops], seconds)
    else:
        _go(session, place, seconds)


def _until(session: Session, place: int, stops: list[int], seconds: float | None) -> None:
    from sxb.client import CALL_SECONDS

    with session.connect() as monitor:
        monitor.set_registers(**program_counter(place))
        registers = monitor.until(*stops, seconds=CALL_SECONDS if seconds is None else seconds)
        session.say(register_line(registers))
        session.result({"port": monitor.port, "start": place, "registers": register_values(registers)})


def _go(session: Session, place: int, seconds: float | None) -> None:
    from sxb.watch import screen_for, watch

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
