# SPDX-License-Identifier: MIT
"""What every command that talks to a board has in common: its options, its connection, its output."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rich_click as click

from asm816.addresses import parse_address
from asm816.commandline import printable
from asm816.target.boards import BOARDS
from sxb import spelling
from sxb.exchange import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sxb.client import Monitor
    from sxb.exchange import Progress


class Spelled(click.ParamType[Any]):
    """A click type made of a reader of `sxb.spelling`."""

    def __init__(self, name: str, reader: Callable[[str], object]) -> None:
        self.name = name
        self._reader = reader

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the text; a default may be a value already."""
        if not isinstance(value, str):
            return value
        try:
            return self._reader(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


ADDRESS = Spelled("addr", parse_address)
NUMBER = Spelled("number", spelling.number)
TIME = Spelled("time", spelling.seconds)
REGISTER = Spelled("name=value", spelling.register)


@dataclass(frozen=True, slots=True)
class Session:
    """The options of one command."""

    port: str | None
    board: str
    timeout: float
    as_json: bool
    verbose: bool

    def connect(self, progress: Callable[[Progress], None] | None = None) -> Monitor:
        """Open the port and find the prompt."""
        from sxb.client import connect

        port = f"emu:{self.board}" if self.port is not None and self.port.lower() == "emu:" else self.port
        trace = _show_wire if self.verbose else None
        monitor = connect(port, timeout=self.timeout, progress=progress, trace=trace)
        self.say(f"port {monitor.port}{' (virtual board)' if monitor.board is not None else ''}")
        return monitor

    def say(self, line: str) -> None:
        """A plain line for people; silent with --json."""
        if not self.as_json:
            click.echo(printable(line))

    def result(self, values: Mapping[str, object]) -> None:
        """The result for programs; silent without --json."""
        if self.as_json:
            click.echo(json.dumps(values))


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the line; its first argument becomes the `Session`."""

    @functools.wraps(command)
    def with_session(
        port: str | None, board: str | None, timeout: float, as_json: bool, verbose: bool, **rest: Any
    ) -> Any:
        if timeout <= 0:
            raise click.BadParameter("must be more than 0", param_hint="--timeout")
        session = Session(port or None, _board_of(board, port), timeout, as_json, verbose)
        return command(session, **rest)

    for option in reversed(_OPTIONS):
        with_session = option(with_session)
    return with_session


_OPTIONS = (
    click.option(
        "--port",
        metavar="PORT",
        envvar="SXB_PORT",
        show_envvar=True,
        help="Serial port, pyserial URL (rfc2217://, socket://), or emu:, emu:qbx, emu:sxb for a virtual board. "
        "Default: the only USB serial port there is.",
    ),
    click.option(
        "--board",
        type=click.Choice(sorted(BOARDS)),
        help="Which board it is: for assembling, and for --port emu:. Default: qbx, or what the port says.",
    ),
    click.option(
        "--timeout",
        type=TIME,
        default=ANSWER_SECONDS,
        metavar="TIME",
        show_default="1s",
        help="How long to wait for an answer; more for slow networks.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object."),
    click.option("-v", "--verbose", is_flag=True, help="Show what goes over the line (on standard error)."),
)


def _board_of(board: str | None, port: str | None) -> str:
    if board is not None:
        return board
    scheme, _, rest = (port or "").partition(":")
    named = rest.removeprefix("//").split("?")[0]
    return named if scheme.lower() == "emu" and named in BOARDS else "qbx"


def _show_wire(direction: str, data: bytes) -> None:
    """One piece of data on the line, as bytes and as text."""
    text = "".join(chr(c) if 0x20 <= c < 0x7F else "." for c in data)
    click.echo(f"{direction} {data.hex(' ')}  {text}", err=True)
