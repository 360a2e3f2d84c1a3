# SPDX-License-Identifier: MIT
"""The options and argument types that the commands share."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import rich_click as click

from asm816.addresses import parse_address
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from sxb import spelling
from sxb.exchange import ANSWER_SECONDS
from sxb.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable


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


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the line; its first argument becomes the `Session`."""

    @functools.wraps(command)
    def with_session(
        *,
        port: str | None,
        board: str | None,
        timeout: float,
        wait: bool | None,
        as_json: bool,
        verbose: bool,
        **rest: Any,
    ) -> Any:
        if timeout <= 0:
            raise click.BadParameter("must be more than 0", param_hint="--timeout")
        session = Session(
            port=port or None,
            board=_board_of(board, port),
            timeout=timeout,
            wait=wait,
            as_json=as_json,
            verbose=verbose,
        )
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
    click.option(
        "--wait/--no-wait",
        default=None,
        help="If the board is silent, wait until RESET is pressed, or give up (exit 11). "
        "Default: wait on a terminal.",
    ),
    click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object."),
    click.option("-v", "--verbose", is_flag=True, help="Show what goes over the line (on standard error)."),
)


def _board_of(board: str | None, port: str | None) -> str:
    if board is not None:
        return board
    scheme, _, rest = (port or "").partition(":")
    named = rest.removeprefix("//").split("?")[0]
    return named if scheme.lower() == "emu" and named in BOARDS else DEFAULT_BOARD.name
