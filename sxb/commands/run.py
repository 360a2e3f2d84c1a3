# SPDX-License-Identifier: MIT
"""`sxb run FILE`: assemble if needed, load, verify, start, watch."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from asm816.programfile import is_source
from sxb.options import FILE, PLACE, TIME, examples, line_options
from sxb.program import extent, read_program, resolve
from sxb.records import check_image
from sxb.transfer import transfer, transfer_options, values_of

if TYPE_CHECKING:
    from sxb.client import LoadResult, Monitor
    from sxb.session import Session


@click.command("run")
@examples(
    "sxb run blink.asm                        load, verify, start",
    "sxb run blink.asm --port emu: --for 2s   without hardware, 2 s of it",
    "sxb run prog.hex --start 0x0200 --for 10s",
    "sxb run blink.asm --start chase          start at a label",
)
@click.argument("file", type=FILE)
@click.option("--start", type=PLACE, metavar="ADDR", help="Start here instead of at the entry of FILE.")
@click.option(
    "--for",
    "seconds",
    type=TIME,
    metavar="TIME",
    help="Watch for so long after the start, then end: emulated time on emu:, wall time on a port. "
    "Default: until Ctrl-C on emu:; on a port end at once, the program goes on.",
)
@transfer_options
@line_options
def command(
    session: Session,
    *,
    file: str,
    start: int | str | None,
    seconds: float | None,
    changed: bool,
    verify: bool,
    force: bool,
    turbo: str,
) -> None:
    """Load a program, start it, and watch it.

    FILE is an assembly source (.asm), Intel HEX, S-records, or a binary with its address
    (prog.bin@0x00b6).  What the program prints is shown; on emu: the LEDs too, and with --for the
    waveform of every LED pin that moved.  Ctrl-C after the start is a normal end.
    """
    program = read_program(file, session.board)
    image = program.image
    place = (
        image.start if start is None else resolve(start, {**session.symbols().addresses, **program.symbols})
    )
    session.say(f"{'assembled' if is_source(file) else 'read'} {file}: {extent(image)}")
    check_image(image, force=force)
    with session.connect() as monitor:
        result = transfer(session, monitor, image, changed=changed, verify=verify, force=force, turbo=turbo)
        monitor.go(place)
        session.say(f"started at {address_text(place)}")
        said = bytearray()
        if monitor.board is not None or seconds is not None:
            with suppress(KeyboardInterrupt):
                _watch(session, monitor, seconds, said)
        _report(session, monitor, place, result, bytes(said), show_pins=seconds is not None)


def _watch(session: Session, monitor: Monitor, seconds: float | None, said: bytearray) -> None:
    from sxb.watch import screen_for, watch

    if session.as_json:
        watch(monitor, seconds, said.extend)
        return
    screen = screen_for(monitor)
    try:
        watch(monitor, seconds, screen.show)
    finally:
        screen.close()


def _report(
    session: Session, monitor: Monitor, place: int, result: LoadResult, said: bytes, *, show_pins: bool
) -> None:
    values: dict[str, object] = {
        "port": monitor.port,
        **values_of(result),
        "start": place,
        "serial": said.decode("latin-1"),
    }
    board = monitor.board
    if board is not None:
        begin, end = monitor.started_cycle or 0, board.cycle
        if show_pins and not session.as_json:
            from emu.probes.waveform import render
            from emu.screen import can_draw

            for line in render(board, begin, end, ascii_only=not can_draw(sys.stdout)):
                session.say(line)
        values["leds"] = list(board.leds)
        pins = [led.pin for led in board.facts.leds]
        values["edges"] = {
            pin: [[cycle, int(level)] for cycle, level in board.pin(pin).edges if cycle >= begin]
            for pin in pins
        }
    session.result(values)
