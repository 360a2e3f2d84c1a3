# SPDX-License-Identifier: MIT
"""`emu816`: the virtual board as a command."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from asm816.clickline import run_click
from asm816.exitcodes import ExitCode
from emu.commands.debug import command as debug_command
from emu.commands.run import command as run_command
from emu.commands.serve import command as serve_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from emu.cpu.vectors import Report


@click.group(context_settings={"help_option_names": ["--help"]})
@click.version_option(package_name="mensch816")
def command() -> None:
    """An emulator of the W65C265S and its boards, exact to the bus cycle."""


command.add_command(run_command)
command.add_command(debug_command)
command.add_command(serve_command)


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
    return run_click("emu816", command, arguments)


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
