# SPDX-License-Identifier: MIT
"""`emu816`: the virtual board as a command."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from asm816.commandline import run
from asm816.exitcodes import ExitCode
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from emu.commands.run import command as run_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from emu.board import Board
    from emu.cpu.vectors import Report


@click.group(context_settings={"help_option_names": ["--help"]})
@click.version_option(package_name="mensch816")
def command() -> None:
    """An emulator of the W65C265S and its boards, exact to the bus cycle."""


command.add_command(run_command)


@command.command()
@click.option(
    "--board", "board_name", type=click.Choice(tuple(BOARDS)), default=DEFAULT_BOARD.name, show_default=True
)
@click.option(
    "--uart", type=click.IntRange(0, 3), default=3, show_default=True, help="The UART to plug into."
)
@click.option(
    "--link", type=click.Path(path_type=Path), help="Make a link to the serial device at this path."
)
@click.option("--speed", type=click.Choice(["real", "max"]), default="real", show_default=True)
@click.option(
    "--rom",
    default="quirks",
    show_default=True,
    help="Our monitor: quirks or fixed (without the faults of the chip's ROM); or a ROM file.",
)
def serve(board_name: str, uart: int, link: Path | None, speed: str, rom: str) -> None:
    """Put a board behind a pseudo-terminal, for any terminal program or uploader.

    Example: emu816 serve --link ./mensch   and in another terminal
    sxb run blink.asm --port ./mensch

    r and Return, or the signal SIGUSR1, press the board's RESET button; Ctrl-C ends.
    """
    from emu.board import Board

    try:
        from emu.serve.pty import PtyLine
        from emu.serve.pty import serve as serve_on
    except ImportError as error:
        raise _no_pty() from error
    board = Board(board_name, rom=rom)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _terminate)
    with PtyLine(link) as line:
        where = f"{link} ({line.device})" if link else line.device
        click.echo(
            f"{board.facts.title}: UART {uart} on {where}, 9600 baud 8N1.  r and Return: RESET.  Ctrl-C ends."
        )
        try:
            serve_on(board, line, uart=uart, real_time=speed == "real", watch=_Panel(board))
        except KeyboardInterrupt:
            click.echo(f"\nended after {board.seconds:.1f} emulated seconds")


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--backend", help="plain, fast or compiled; by default the best there is.")
@click.option("--limit", type=click.IntRange(1), help="Only the first N cases of each file.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes at once.")
def vectors(files: Sequence[Path], backend: str | None, limit: int | None, jobs: int) -> ExitCode:
    """Hold the core against single-instruction vectors, every bus cycle.

    FILES are in the SingleStepTests format: JSON or JSON lines, plain or .xz.
    """
    from emu.cpu.backend import load

    name = load(backend).name
    passed = total = 0
    for path in files:
        report = _check(path, limit, jobs, name)
        for failure in report.failures:
            click.echo(f"  {failure}")
        click.echo(
            f"{path.name}: {report.passed} of {report.total} on the {name} core, "
            "registers, memory and every bus cycle"
        )
        passed += report.passed
        total += report.total
    if not total:
        from emu.errors import EmuError  # only when it fails

        raise EmuError("E2023", "the files hold no case", "an empty list proves nothing")
    click.echo(f"passed {passed} of {total}")
    return ExitCode.DONE if passed == total else ExitCode.PROGRAM_FAILED


@command.command()
@click.argument("file", required=False)
@click.option("--start", help="Where FILE begins; by default at its entry.")
@click.option("--cycles", type=click.IntRange(1), help="PHI2 cycles to run; by default about half a second.")
@click.option("--backend", help="plain, fast or compiled; by default all there are.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def bench(
    file: str | None, start: str | None, cycles: int | None, backend: str | None, as_json: bool
) -> None:
    """Measure the speed of the core in guest MHz: PHI2 cycles per second of this machine.

    Without FILE two programs are run, a delay loop and a mix.  FILE (.asm, .hex, .s28, .bin@ADDRESS)
    runs on a core with nothing but memory around it, in native mode with 16-bit registers.
    """
    from emu.cpu import bench as measure

    programs = measure.PROGRAMS if file is None else (measure.program_of(file, start),)
    speeds = measure.measure(programs, backend, cycles)
    if as_json:
        rounded = {way: {name: round(mhz, 3) for name, mhz in row.items()} for way, row in speeds.items()}
        click.echo(json.dumps({"mhz": rounded}))
        return
    for way, row in speeds.items():
        figures = "  ".join(f"{name} {mhz:8.2f} MHz{_ratio(speeds, name, mhz)}" for name, mhz in row.items())
        click.echo(f"{way:14}  {figures}")


def _ratio(speeds: Mapping[str, Mapping[str, float]], program: str, mhz: float) -> str:
    plain = speeds.get("plain", {}).get(program)
    return f" ({mhz / plain:6.1f} x plain)" if plain else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    return run("emu816", command, arguments)


def _check(path: Path, limit: int | None, jobs: int, backend: str) -> Report:
    """Check a file in parts, and say on a terminal how far it is."""
    from emu.cpu.vectors import Report, check_file

    parts = 8 * jobs if jobs > 1 or sys.stderr.isatty() else 1
    arguments = [
        {"limit": limit, "part": part, "parts": parts, "backend_name": backend} for part in range(parts)
    ]
    reports = []
    if jobs == 1:
        for number, part in enumerate(arguments):
            reports.append(check_file(path, **part))  # type: ignore[arg-type]  # the dictionary is ours
            _progress(path.name, number + 1, parts)
    else:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(jobs) as pool:
            futures = [pool.submit(check_file, path, **part) for part in arguments]  # type: ignore[arg-type]
            for number, future in enumerate(futures):
                reports.append(future.result())
                _progress(path.name, number + 1, parts)
    failures = tuple(failure for report in reports for failure in report.failures)
    return Report(sum(r.passed for r in reports), sum(r.total for r in reports), failures[:10])


def _progress(name: str, done: int, parts: int) -> None:
    if sys.stderr.isatty():
        click.echo(
            f"\r{name}: {100 * done // parts:3} %" + ("\r\x1b[K" if done == parts else ""), err=True, nl=False
        )


class _Panel:
    """What a served board has beside its line: a RESET button, and on a terminal its LEDs."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._visible = sys.stdout.isatty()
        self._keys = sys.stdin.isatty()
        self._pressed = False
        self._shown = ""
        signal.signal(signal.SIGUSR1, self._press)

    def __call__(self) -> None:
        if self._keys and self._in_foreground() and select.select([sys.stdin], [], [], 0)[0]:
            self._pressed = sys.stdin.readline().strip().lower() == "r"
        if self._pressed:
            self._pressed = False
            self._board.reset()
        if self._visible:
            self._show()

    def _in_foreground(self) -> bool:
        """Reading the terminal from the background would stop the server (SIGTTIN)."""
        try:
            return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
        except OSError:
            return False  # the terminal has gone

    def _press(self, signum: int, frame: object) -> None:
        del signum, frame
        self._pressed = True

    def _show(self) -> None:
        from emu.probes.ledline import led_line  # only on a terminal

        text = f"{self._board.seconds:8.1f} s  {led_line(self._board)}"
        if text != self._shown:
            click.echo(f"\r{text}  ", nl=False)
            self._shown = text


def _no_pty() -> Exception:
    from emu.errors import EmuError

    return EmuError(
        "E2031",
        "this system has no pseudo-terminals",
        "use --port emu: of sxb, which needs none",
        ExitCode.USAGE,
    )


def _terminate(signum: int, frame: object) -> None:
    del signum, frame
    raise KeyboardInterrupt
