# SPDX-License-Identifier: MIT
"""Commands whose options click reads, and the help of those whose options it does not read.

click's own exit codes and tracebacks do not match the table in `asm816.exitcodes`: here they become ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from asm816.commandline import run
from asm816.errors import ToolError
from asm816.exitcodes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asm816.options import Option


def run_click(tool: str, command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run `command` as `asm816.commandline.run` runs all, and return the exit code."""
    return run(tool, lambda given: _called(tool, command, given), arguments)


def _called(tool: str, command: click.Command, given: Sequence[str]) -> Any:  # what the command returns
    if "--help" in given and type(command) is click.Command:
        command = _with_rich_help(command)
    try:
        return command.main(args=list(given), prog_name=tool, standalone_mode=False)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else tool
        said = error.format_message().rstrip(".")
        raise ToolError("USAGE", said, f"see '{path} --help'", ExitCode.USAGE) from None
    except click.FileError as error:
        raise ToolError("FILE", error.format_message(), "", ExitCode.FILE_ACCESS) from None
    except click.Abort:
        raise KeyboardInterrupt from None


def _with_rich_help(command: click.Command) -> click.Command:
    """`command` with its help laid out by rich-click, which a run without help need not load."""
    from rich_click import RichCommand

    return RichCommand(
        name=command.name,
        context_settings=command.context_settings,
        callback=command.callback,
        params=command.params,
        help=command.help,
        epilog=command.epilog,
    )


def show_help(tool: str, options: Sequence[Option], text: str) -> None:
    """Show the help of a command with one FILE: what it does, and a line for each row of `options`."""
    parameters: list[click.Parameter] = [click.Argument(["file"], required=False)]
    parameters += [_as_click(option) for option in options]
    settings = {"help_option_names": ["--help"]}
    _called(tool, click.Command(tool, settings, params=parameters, help=text), ["--help"])


def _as_click(option: Option) -> click.Option:
    names = [*option.names, option.meaning]
    if not option.takes_value:
        return click.Option(names, is_flag=True, help=option.help)
    return click.Option(
        names,
        metavar=option.metavar or None,
        type=click.Choice(option.choices) if option.choices else None,
        default=option.default,
        show_default=option.default is not None,
        multiple=option.many,
        help=option.help,
    )
