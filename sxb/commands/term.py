# SPDX-License-Identifier: MIT
"""`sxb term`."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from asm816.clicktypes import Spelled
from sxb.options import TIME, examples, line_options
from sxb.term.script import Step, spelled_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from sxb.client import Monitor
    from sxb.session import Session
    from sxb.term.terminal import Services
    from sxb.transport import Line

TEXT = Spelled("text", spelled_bytes)

ORDER = "sxb.term.order"


class InOrder(click.RichCommand):
    """Remembers in which order --send and --expect stood on the command line: click sorts by option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, once more for the order."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[ORDER] = [param.name for param in order if param.name in ("send", "expect")]
        return super().parse_args(ctx, args)


@click.command("term", cls=InOrder)
@examples(
    "sxb term                                Ctrl-] opens the menu",
    "sxb term --stamps --log session.jsonl",
    'sxb term --send "*" --expect "ROM"      exit 4 if it does not come',
    "sxb term --for 10s < /dev/null          just listen",
)
@click.option(
    "--send", type=TEXT, multiple=True, metavar="TEXT", help=r"Send TEXT; \r is Return, \xFF any byte."
)
@click.option(
    "--expect", type=TEXT, multiple=True, metavar="TEXT", help="Wait until TEXT comes, or end with exit 4."
)
@click.option("--within", type=TIME, default=5.0, metavar="TIME", help="How long to wait for it.  [5s]")
@click.option("--for", "seconds", type=TIME, metavar="TIME", help="Go on listening so long at the end.")
@click.option("--stamps", is_flag=True, help="The time of its first byte before every line.")
@click.option("--hex", "as_hex", is_flag=True, help="Bytes instead of text.")
@line_options
def command(
    session: Session,
    *,
    send: tuple[bytes, ...],
    expect: tuple[bytes, ...],
    within: float,
    seconds: float | None,
    stamps: bool,
    as_hex: bool,
) -> None:
    """A plain terminal: what you type goes to the board, what it says is shown.

    With --send and --expect it does what they say, in their order, and ends. Control characters of the
    board do not reach your terminal. If the cable falls out, it waits for it to come back.
    """
    from sxb.term.keyboard import keyboard
    from sxb.term.script import run_script
    from sxb.term.terminal import Terminal
    from sxb.term.view import View

    context = click.get_current_context()
    assert context is not None
    steps = _steps(context.meta[ORDER], send, expect)
    services = _services(session)
    line = services.open_line()
    began = line.now()
    view = View(_time_of_day, lambda: line.now() - began)
    view.stamps, view.as_hex = stamps, as_hex
    terminal = Terminal(line, view, sys.stdout, services)
    said = bytearray()

    def show(data: bytes) -> None:
        said.extend(data)
        if not session.as_json:
            terminal.show(data)

    try:
        if steps or session.as_json:
            run_script(line, steps, within, show)
            _listen(line, seconds or 0.0, show)
        else:
            with keyboard() as keys:
                if keys.typed_at:
                    terminal.say(f"{line.name}, {line.baud} baud.  ^] opens the menu, ^] q ends")
                terminal.run(keys, seconds)
    finally:
        if not session.as_json:
            terminal.finish()
        terminal.line.close()
    session.result({"port": line.name, "serial": said.decode("latin-1")})


def _steps(order: list[str], send: tuple[bytes, ...], expect: tuple[bytes, ...]) -> list[Step]:
    sends, expects = iter(send), iter(expect)
    return [Step(name == "expect", next(expects if name == "expect" else sends)) for name in order]


def _listen(line: Line, seconds: float, show: Callable[[bytes], None]) -> None:
    from sxb.term.script import LOOK_SECONDS

    end = line.now() + seconds
    while (left := end - line.now()) > 0:
        show(line.read(min(LOOK_SECONDS, left)))


def _time_of_day() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S.%f")[:-3]


def _services(session: Session) -> Services:
    """The commands of ours that the menu offers."""
    from sxb.client import Monitor, open_port
    from sxb.term.terminal import Services

    log = _Log(session)

    def opened() -> Line:
        line = open_port(_real_time(session.port_name()), session.asked())
        log.follow(line)
        return line

    return Services(
        open_line=opened,
        monitor=partial(Monitor, timeout=session.timeout),
        upload=partial(_upload, session),
        dump=partial(_dump, session),
        registers=_registers,
        log=log.switch,
    )


def _real_time(port: str | None) -> str | None:
    """A virtual board in this process runs as fast as a real one: somebody is typing."""
    if port is None or not port.lower().startswith("emu:") or "speed=" in port:
        return port
    return f"{port}{'&' if '?' in port else '?'}speed=real"


class _Log:
    """The journal of --log, or of a file that is asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._recorder = session.recorder()

    def follow(self, line: Line) -> None:
        """Record this line, too, if anything is recorded."""
        if self._recorder is not None:
            self._recorder.follow(line)

    def switch(self, ask: Callable[[str], str], line: Line) -> str:
        """Off if it is on; else on, into the file that the user names."""
        if self._recorder is not None:
            self._recorder.end()
            line.tap = self._recorder = None
            return "log off"
        name = ask("-- log to file: ")
        if not name:
            return "nothing done"
        self._recorder = self._session.recorder(name)
        self.follow(line)
        return f"log to {name}"


def _registers(monitor: Monitor) -> str:
    from sxb.commands.regs import register_line

    return register_line(monitor.registers())


def _dump(session: Session, monitor: Monitor, asked: str) -> str:
    from asm816 import spelling
    from sxb.commands.read import dump
    from sxb.errors import UsageError

    parts = asked.split()
    try:
        place = spelling.place(parts[0])
        length = spelling.number(parts[1]) if len(parts) > 1 else 16
    except ValueError as error:
        raise UsageError("S0215", str(error), "like: 0x00b6 32") from error
    address = session.address(place)
    return "\n".join(dump(address, monitor.read(address, length)))


def _upload(session: Session, monitor: Monitor, name: str) -> str:

    from sxb.program import read_program
    from sxb.transfer import transfer

    image = read_program(name, session.board).image
    transfer(session, monitor, image)
    return f"G {address_text(image.start)} starts it"
