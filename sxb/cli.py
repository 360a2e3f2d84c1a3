# SPDX-License-Identifier: MIT
"""The command `sxb`: wiring only.  Each subcommand is a file in `sxb/commands`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import rich_click as click

from asm816.clickline import run_click
from asm816.exitcodes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    *("run", "load", "verify", "go", "call", "step", "regs", "read", "write", "fill", "dis", "dump-rom"),
    *("info", "doctor", "ports", "term", "new", "replay", "monitor"),
)
"""The subcommands, in the order of the help page; each is `sxb/commands/<name>.py`, with _ for -."""


class Commands(click.RichGroup):
    """Subcommands that are loaded when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command object of `sxb/commands/<name>.py`."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"sxb.commands.{cmd_name.replace('-', '_')}").command
        assert isinstance(command, click.Command)
        return command


SHELLS = ("bash", "zsh", "fish")


def _completion(ctx: click.Context, param: click.Parameter, shell: str | None) -> None:
    """Print what the shell has to read to complete our commands, options, ports and files."""
    del param
    if shell is None or ctx.resilient_parsing:
        return
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    # Not kind.source: the one for bash starts bash, to see its version.
    click.echo(ShellComplete.source(kind(ctx.command, {}, "sxb", "_SXB_COMPLETE")))
    ctx.exit()


@click.command(
    cls=Commands,
    # Not no_args_is_help: rich-click ends the process itself then, past our exit codes.
    invoke_without_command=True,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        # Not click.rich_config: it loads rich, which only help pages need.
        "rich_help_config": {
            "options_table_column_types": ["opt_all_metavar", "help"],
            "text_paragraph_linebreaks": "\n\n",
        },
    },
)
@click.option(
    "--completion",
    type=click.Choice(SHELLS),
    is_eager=True,
    expose_value=False,
    callback=_completion,
    help='Print the completion script of a shell; for bash: eval "$(sxb --completion bash)"',
)
@click.version_option(package_name="mensch816", prog_name="sxb")
@click.pass_context
def sxb(ctx: click.Context) -> int:
    """Programs onto a W65C265S board, through the Mensch monitor in its ROM.

    Without hardware: sxb run FILE --port emu:

    Exit codes: 0 done, 1 source or file has errors, 2 usage, 3 cannot read or write a file,
    4 the program failed, 10 no port, 11 no answer, 12 not the monitor, 13 refused by the board,
    14 verify found a difference, 15 line lost, 16 the monitor's own memory (see --force),
    130 interrupted. With --json a failure is an object too: code, message, hint, exit_code.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return ExitCode.USAGE
    return ExitCode.DONE


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    return run_click("sxb", sxb, arguments)


if __name__ == "__main__":
    sys.exit(main())
