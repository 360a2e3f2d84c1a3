# SPDX-License-Identifier: MIT
"""The options and argument types that the commands share."""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

import rich_click as click

from asm816 import spelling
from asm816.clicktypes import Spelled
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from asm816.times import parse_time
from sxb import choices
from sxb.exchange import ANSWER_SECONDS
from sxb.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem


class FileName(click.ParamType[str]):
    """A file to be read or written by its own rules; the shell completes it as one."""

    name = "file"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Files and folders."""
        del ctx, param
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


PANEL = "Board and line"
"""The part of a help page where these options stand."""

PLACE = Spelled("addr", spelling.place)
"""An int, or the name of a symbol: `Session.address` makes it one."""

NUMBER = Spelled("number", spelling.number)
BYTE = Spelled("byte", spelling.byte)
TIME = Spelled("time", parse_time)
REGISTER = Spelled("name=value", spelling.register)
FILE = FileName()


def examples(*lines: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add command lines as they are typed to the help page of a command."""

    def added(command: Callable[..., Any]) -> Callable[..., Any]:
        # A paragraph that begins with a backspace is shown as it stands: click's own mark.
        said = inspect.cleandoc(command.__doc__ or "")
        command.__doc__ = "\n".join((said, "", "\b", *(f"  {line}" for line in lines)))
        return command

    return added


def line_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of the line; its first argument becomes the `Session`."""

    @functools.wraps(command)
    def with_session(*, port: str | None, board: str | None, timeout: float, **options: Any) -> Any:
        if timeout <= 0:
            raise click.BadParameter("must be more than 0", param_hint="--timeout")
        own = {name: options.pop(name) for name in ("wait", "as_json", "verbose", "symbol_file", "log")}
        line = {name: options.pop(name) for name in ("flow", "dtr", "rts", "led", "rom")}
        session = Session(port=port or None, board=_board_of(board, port), timeout=timeout, **own, **line)
        return command(session, **options)

    for option in reversed(_OPTIONS):
        with_session = option(with_session)
    for panel in (PANEL, "Options"):  # the command's own first
        with_session = click.option_panel(panel)(with_session)
    return with_session


def _read_config(ctx: click.Context, param: click.Parameter, profile: str | None) -> None:
    """Take the defaults of all other options from the configuration file."""
    del param
    if not ctx.resilient_parsing:  # the shell asks for completions, nobody would see an error
        from sxb.config import config_path, read_config

        ctx.default_map = read_config(config_path(), profile)


def _complete_ports(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    del ctx, param
    from click.shell_completion import CompletionItem

    from sxb.ports import system_ports

    known = [(port.device, port.description) for port in system_ports()]
    known += [(f"emu:{name}", "virtual board") for name in BOARDS]
    return [CompletionItem(name, help=said) for name, said in known if name.startswith(incomplete)]


_option = functools.partial(click.option, panel=PANEL)

_OPTIONS = (
    _option(
        "--port",
        metavar="PORT",
        envvar="SXB_PORT",
        show_envvar=True,
        shell_complete=_complete_ports,
        help="Serial port, usb:VID:PID, usb:SERIAL, URL (rfc2217://, socket://), replay:FILE, or emu:, emu:qbx, emu:sxb for a "
        "virtual board. Default: the only USB serial port that is free.",
    ),
    _option(
        "--profile",
        metavar="NAME",
        envvar="SXB_PROFILE",
        show_envvar=True,
        is_eager=True,
        expose_value=False,
        callback=_read_config,
        help="Take the options of this profile of the configuration file.",
    ),
    _option(
        "--board",
        type=click.Choice(sorted(BOARDS)),
        help="Which board it is: for assembling, and for --port emu:. Default: qbx, or what the port says.",
    ),
    _option(
        "--timeout",
        type=TIME,
        default=ANSWER_SECONDS,
        metavar="TIME",
        help="How long to wait for an answer; more for slow networks.  [1s]",
    ),
    _option(
        "--wait/--no-wait",
        default=None,
        help="If the board is silent, wait until RESET is pressed, or give up (exit 11). "
        "Default: wait on a terminal.",
    ),
    _option(
        "--symbols",
        "symbol_file",
        metavar="FILE",
        type=FILE,
        envvar="SXB_SYMBOLS",
        show_envvar=True,
        help="Names for addresses: a source, debug info (.json), or what asm816 --symbols wrote.",
    ),
    _option("--flow", type=click.Choice(choices.FLOWS), default="none", help="Flow control.  [none]"),
    _option("--dtr", type=click.Choice(choices.LEVELS), help="Set DTR.  [left alone]"),
    _option("--rts", type=click.Choice(choices.LEVELS), help="Set RTS.  [left alone]"),
    _option(
        "--led",
        type=click.Choice(choices.POLARITIES),
        help="Level that lights a LED of a virtual board.  [the board's]",
    ),
    _option(
        "--rom",
        metavar="FILE",
        type=FILE,
        help="ROM of a virtual board: quirks, fixed, or a file (see sxb dump-rom).  [quirks]",
    ),
    _option("--log", metavar="FILE", type=FILE, help="Record the line in FILE, a journal: see sxb replay."),
    _option("--json", "as_json", is_flag=True, help="Print one JSON object, a failure too."),
    _option("-v", "--verbose", is_flag=True, help="Show what goes over the line (on standard error)."),
)


def _board_of(board: str | None, port: str | None) -> str:
    if board is not None:
        return board
    scheme, _, rest = (port or "").partition(":")
    named = rest.removeprefix("//").split("?")[0]
    return named if scheme.lower() == "emu" and named in BOARDS else DEFAULT_BOARD.name
