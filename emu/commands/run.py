# SPDX-License-Identifier: MIT
"""`emu816 run`: a program on the virtual board, seen, heard and measured."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from asm816.clicktypes import Spelled
from asm816.exitcodes import ExitCode
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from asm816.terminal import printable
from asm816.times import parse_time

if TYPE_CHECKING:
    from emu.board import Board
    from emu.probes.profile import Profile
    from emu.probes.waves import Instant
    from emu.programfile import Program
    from emu.running import Ending, Limits
    from emu.script import Player, Step

FILE = click.Path(dir_okay=False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options of one run, as they were given."""

    board: str
    rom: str
    flash: str | None
    backend: str | None
    start: str | None
    seconds: float | None
    cycles: int | None
    until: str | None
    speed: str | None
    uart: tuple[int, ...]
    script: str | None
    symbols: str | None
    vcd: str | None
    wav: str | None
    plot: str | None
    pins: str | None
    trace: str | None
    trace_as: str
    trace_only: tuple[str, ...]
    profile: bool
    as_json: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A board that runs a program since `begin`, and who looks on; ``pins`` are those asked for, if any."""

    program: Program
    board: Board
    begin: Instant
    pins: tuple[str, ...] | None
    player: Player | None
    profile: Profile | None


@click.command("run")
@click.argument("file", required=False)
@click.option(
    "--board", "board", type=click.Choice(tuple(BOARDS)), default=DEFAULT_BOARD.name, show_default=True
)
@click.option("--start", metavar="ADDR", help="Where FILE begins, an address or a label.  [its entry]")
@click.option(
    "--for", "seconds", type=Spelled("time", parse_time), metavar="TIME", help="So much emulated time."
)
@click.option("--cycles", type=click.IntRange(0), metavar="N", help="So many PHI2 cycles.")
@click.option("--until", metavar="ADDR", help="Until the program comes to this address or label.")
@click.option("--input", "script", type=FILE, metavar="SCRIPT", help="A TOML script: send, press, expect.")
@click.option("--uart", type=click.IntRange(0, 3), multiple=True, help="Plug a cable into this UART, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object at the end instead of text.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing but what the program prints.")
@click.option("--vcd", type=FILE, metavar="FILE", help="All pins as a file for waveform viewers.")
@click.option("--wav", type=FILE, metavar="FILE", help="The tone outputs as a sound file.")
@click.option("--plot", type=FILE, metavar="FILE", help="LEDs and pins as a picture, .svg or .png.")
@click.option("--pins", metavar="P00,TG0,...", help="The pins of --vcd and --plot.  [all; those that move]")
@click.option("--trace", type=FILE, metavar="FILE", help="What the core does, line by line.")
@click.option(
    "--trace-as",
    type=click.Choice(["instructions", "cycles", "raw"]),
    default="instructions",
    show_default=True,
    help="A line per instruction or per bus cycle; raw is for emu.cpu.trace.",
)
@click.option(
    "--trace-only", multiple=True, metavar="ADDR[..ADDR]", help="Only what happens at these addresses."
)
@click.option("--profile", is_flag=True, help="Cycles per routine and per source line.")
@click.option("--symbols", type=FILE, metavar="FILE", help="Names and lines for a FILE that is no source.")
@click.option(
    "--rom", default="quirks", show_default=True, help="Our monitor: quirks or fixed; or a ROM file."
)
@click.option(
    "--flash", metavar="FILE", help="The flash in the socket; what the program changes is written back."
)
@click.option("--speed", type=click.Choice(["real", "max"]), help="[max with an end, else real]")
@click.option("--backend", help="plain, fast or compiled.  [the best there is]")
def command(file: str | None, **options: Any) -> ExitCode:
    """Run FILE (.asm, HEX, S-records, prog.bin@0x0200) on a board that has booted; without FILE, boot.

    Shows what the program prints, and the LEDs on a terminal.  Without --for, --cycles, --until or a
    script it runs until Ctrl-C.

    \b
    emu816 run blink.asm                          look at it
    emu816 run blink.asm --for 2s --plot blink.svg --vcd blink.vcd
    emu816 run hello.asm --for 1s --json
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    from emu.board import Board
    from emu.commands.outputs import Outputs
    from emu.commands.watching import Watching
    from emu.probes.waves import now
    from emu.running import run_to_end

    wishes = Wishes(**options)
    program = _program(file, wishes)
    limits = _limits(program, wishes)
    steps = _steps(wishes)
    board = Board(wishes.board, rom=wishes.rom, flash=wishes.flash, backend=wishes.backend)
    pins = _pins(board, wishes.pins)
    with Outputs(wishes) as outputs:
        _begin(board, program, wishes)
        run = Run(program, board, now(board), pins, _player(board, steps, wishes), _profile(board, wishes))
        takers = [
            *outputs.takers(run, _ranges(program, wishes)),
            *([run.profile.feed] if run.profile else []),
        ]
        with Watching(board, wishes, limits) as watching:
            ending = run_to_end(
                board,
                limits,
                player=run.player,
                takers=takers,
                look=watching.look,
                interrupted=watching.interrupted,
            )
        outputs.fill(run)
        written = [*outputs.keep(), *_keep_flash(board, wishes)]
    _report(run, ending, written, wishes)
    return _exit_code(run, ending, limits)


def _program(file: str | None, wishes: Wishes) -> Program:
    """What is to be run; without a FILE a program of nothing."""
    from asm816.debuginfo import DebugInfo
    from asm816.image import Image
    from emu.programfile import Program, read_program, read_symbols

    if file is None and wishes.start is not None:
        raise click.UsageError("--start needs a FILE")
    program = (
        Program("", Image(()), DebugInfo()) if file is None else read_program(file, wishes.board, _complain)
    )
    if wishes.symbols is not None:
        program = replace(program, info=read_symbols(wishes.symbols, wishes.board, _complain))
    return program


def _complain(text: str) -> None:
    click.echo(printable(text), err=True)


def _limits(program: Program, wishes: Wishes) -> Limits:
    from emu.running import Limits

    until = None if wishes.until is None else program.address(wishes.until, "--until")
    return Limits(wishes.seconds, wishes.cycles, until)


def _steps(wishes: Wishes) -> tuple[Step, ...] | None:
    if wishes.script is None:
        return None
    from emu.script import read_script

    return read_script(wishes.script)


def _pins(board: Board, text: str | None) -> tuple[str, ...] | None:
    """The pins of --pins; an unknown one is refused before anything runs."""
    if text is None:
        return None
    return tuple(board.pin(name.strip().upper()).name for name in text.split(","))


def _ranges(program: Program, wishes: Wishes) -> tuple[tuple[int, int], ...]:
    """The addresses of --trace-only: ``start``, ``0x00b6..0x00ff``."""
    ranges = []
    for text in wishes.trace_only:
        first, dots, last = text.partition("..")
        low = program.address(first, "--trace-only")
        ranges.append((low, program.address(last, "--trace-only") if dots else low))
    return tuple(ranges)


def _begin(board: Board, program: Program, wishes: Wishes) -> None:
    """Bring the board to where the program begins."""
    if program.image.segments:
        start = program.start(wishes.start)
        board.load(program.image)
        board.jml(start)
    for number in wishes.uart:
        board.serial(number)
    board.serial().take()


def _player(board: Board, steps: tuple[Step, ...] | None, wishes: Wishes) -> Player | None:
    if steps is None:
        return None
    from emu.script import Player

    return Player(board, steps, str(wishes.script))


def _profile(board: Board, wishes: Wishes) -> Profile | None:
    if not wishes.profile:
        return None
    from emu.probes.profile import Profile

    return Profile(board.cycle)


def _keep_flash(board: Board, wishes: Wishes) -> list[str]:
    """A flash keeps what was written to it, and so does its file."""
    from emu.flashfile import EMPTY, ERASED

    name, content = wishes.flash, board.flash
    if name is None or name in (EMPTY, ERASED) or content is None or Path(name).read_bytes() == content:
        return []
    from asm816.outputs import write_atomically

    write_atomically(name, content)
    return [name]


def _report(run: Run, ending: Ending, written: list[str], wishes: Wishes) -> None:
    from emu.commands import report

    if run.profile:
        run.profile.finish()
    if wishes.as_json:
        click.echo(json.dumps(report.values(run, ending)))
    elif not wishes.quiet:
        for line in report.summary(run, ending, written):
            click.echo(printable(line))


def _exit_code(run: Run, ending: Ending, limits: Limits) -> ExitCode:
    """Ctrl-C is how a run without an end ends; one that has an end was cut short.  A failed script is said."""
    from emu.running import Ending

    if run.player and run.player.failure:
        from asm816.commandline import fail
        from emu.errors import EmuError

        hint = "give it more time (within), or look at what the program does (--trace)"
        fail("emu816", EmuError("E2094", run.player.failure, hint))  # with --json the object has been printed
        return ExitCode.PROGRAM_FAILED
    endless = limits.endless and run.player is None
    return ExitCode.INTERRUPTED if ending is Ending.INTERRUPTED and not endless else ExitCode.DONE
