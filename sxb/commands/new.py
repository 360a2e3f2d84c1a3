# SPDX-License-Identifier: MIT
"""`sxb new NAME`."""

from __future__ import annotations

import json
from pathlib import Path

import rich_click as click

from asm816.target.boards import BOARDS, DEFAULT_BOARD
from asm816.terminal import printable
from sxb.options import FILE, examples


@click.command("new")
@examples("sxb new blinker", "cd blinker", "sxb run blinker.asm --port emu: --for 2s", "python -m pytest")
@click.argument("name", type=FILE)
@click.option(
    "--board",
    type=click.Choice(sorted(BOARDS)),
    default=DEFAULT_BOARD.name,
    help=f"The board it is for.  [{DEFAULT_BOARD.name}]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, a failure too.")
def command(name: str, board: str, as_json: bool) -> None:
    """Make the folder NAME with a program, an include file, a test, a README and a Makefile.

    The program runs and its test passes as they are; what is there already is never touched.
    """
    from sxb.project import make_project

    folder = Path(name)
    made = make_project(folder, BOARDS[board])
    if as_json:
        click.echo(json.dumps({"folder": name, "files": made}))
        return
    click.echo(printable(f"made {folder}: {', '.join(made)}"))
    click.echo(printable(f"try it: cd {folder}, then: sxb run {folder.name}.asm --port emu:{board} --for 2s"))
