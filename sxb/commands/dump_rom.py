# SPDX-License-Identifier: MIT
"""`sxb dump-rom -o F`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from asm816.target.boards import MASK_ROM
from sxb.meter import Meter
from sxb.options import FILE, examples, line_options

if TYPE_CHECKING:
    from sxb.romdump import PartFile
    from sxb.session import Session


@click.command("dump-rom")
@examples(
    "sxb dump-rom -o monitor.bin",
    "sxb run blink.asm --port emu: --rom monitor.bin     use it",
    "emu816 serve --rom monitor.bin",
)
@click.option(
    "-o", "--output", metavar="FILE", type=FILE, required=True, help="Write the 8192 bytes to FILE."
)
@line_options
def command(session: Session, output: str) -> None:
    """Read the board's mask ROM (8 KB, half a minute), every record by its checksum.

    What came before an interruption is kept in FILE.part; the same command reads on behind it. FILE is a
    plain binary, for --rom here and of emu816.
    """
    from asm816.outputs import WholeFile
    from sxb.romdump import PartFile, checksum, dump_rom

    part = PartFile(Path(output))
    kept = 0

    def resumed(count: int) -> None:
        nonlocal kept
        kept = count
        session.say(f"{count} bytes are in {part.path} already, reading on")

    with WholeFile(output) as file, session.connect() as monitor:
        try:
            with Meter(quiet=session.as_json) as meter:
                monitor.progress = meter
                data = dump_rom(monitor, part, resumed)
        except BaseException:
            _say_what_is_kept(part)
            raise
        file.write(data)
        file.keep()
        part.remove()
        digest = checksum(data)
        session.say(f"wrote {len(data)} bytes to {output}, SHA-256 {digest}")
        session.result(
            {
                "port": monitor.port,
                "file": output,
                "address": MASK_ROM.first,
                "length": len(data),
                "resumed": kept,
                "sha256": digest,
            }
        )


def _say_what_is_kept(part: PartFile) -> None:
    """What the next try need not read again; silent if that cannot be told."""
    from sxb.errors import SxbError

    try:
        count = len(part.read())
    except SxbError:
        return
    if count:
        click.echo(
            f"sxb: {count} bytes are kept in {part.path}; the same command reads on behind them", err=True
        )
