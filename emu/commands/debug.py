# SPDX-License-Identifier: MIT
"""`emu816 debug`: breakpoints, steps forth and back, and who wrote what, for scripts and for the keyboard."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import rich_click as click

from asm816.exitcodes import ExitCode
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from asm816.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from emu.debugging import Debugger


@click.command("debug")
@click.argument("file")
@click.argument("commands", nargs=-1)
@click.option(
    "--board", "board_name", type=click.Choice(tuple(BOARDS)), default=DEFAULT_BOARD.name, show_default=True
)
@click.option("--start", metavar="ADDR", help="Where FILE begins, an address or a label.  [its entry]")
@click.option("--rom", default="quirks", show_default=True, help="Our monitor, or a ROM file.")
def command(file: str, commands: tuple[str, ...], board_name: str, start: str | None, rom: str) -> ExitCode:
    """Debug FILE with COMMANDS, each an argument of its own; without any they are read from standard input.

    \b
    emu816 debug led_chase.asm "until show" leds step leds back leds
    emu816 debug led_chase.asm "run 1s" "writer PD7" "cycle 4"
    emu816 debug led_chase.asm help
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    from emu.board import Board
    from emu.debugging import Debugger
    from emu.programfile import read_program

    program = read_program(file, board_name, lambda text: click.echo(printable(text), err=True))
    board = Board(board_name, rom=rom)
    board.load(program.image)
    board.jml(program.start(start))
    board.serial().take()
    debugger = Debugger(board, program.info)
    if commands:
        _do_all(debugger, commands)
    elif sys.stdin.isatty():
        _converse(debugger)
    else:
        _do_all(debugger, (line for line in sys.stdin if line.strip()))
    return ExitCode.DONE


def _do_all(debugger: Debugger, lines: Iterable[str]) -> None:
    """One after another; the first error ends it."""
    for line in lines:
        _do(debugger, line)


def _converse(debugger: Debugger) -> None:
    """At the keyboard an error is said, and the next command comes."""
    from asm816.commandline import fail
    from emu.errors import EmuError

    click.echo(debugger.where())
    for line in _typed():
        try:
            _do(debugger, line)
        except EmuError as error:
            fail("emu816", error)


def _typed() -> Iterator[str]:
    while True:
        try:
            line = input("> ")
        except EOFError:
            return
        if line.strip():
            yield line


def _do(debugger: Debugger, line: str) -> None:
    for shown in debugger.do(line):
        click.echo(printable(shown))
