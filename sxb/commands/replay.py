# SPDX-License-Identifier: MIT
"""`sxb replay F`."""

from __future__ import annotations

import json
from pathlib import Path

import rich_click as click

from asm816.terminal import printable
from sxb.options import FILE, examples


@click.command("replay")
@examples(
    "sxb regs --log bug.jsonl              record",
    "sxb replay bug.jsonl --show           for people",
    "sxb regs --port replay:bug.jsonl      against the recorded board",
    "sxb replay bug.jsonl --link ./board   for any program",
)
@click.argument("file", type=FILE)
@click.option("--show", is_flag=True, help="Show all sessions and end.")
@click.option("--session", type=click.IntRange(1), metavar="N", help="The session to replay.  [the last]")
@click.option("--partial", is_flag=True, help="Replay a session whose end is missing, as far as it goes.")
@click.option(
    "--link", type=click.Path(path_type=Path), help="Make a link to the serial device at this path."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, a failure too.")
def command(
    *, file: str, show: bool, session: int | None, partial: bool, link: Path | None, as_json: bool
) -> None:
    """Be the board of a journal that --log recorded, for one program, in real time.

    Exit 0 if the program sent what was recorded, to the end; exit 14 says where it departed.
    """
    from sxb import errors
    from sxb.journal import chosen, describe
    from sxb.playback import load_journal, play

    recordings = load_journal(file)
    if show:
        for row in describe(recordings):
            click.echo(printable(row))
        return
    recording = chosen(recordings, session, partial=partial, name=file)
    try:
        from emu.serve.pty import PtyLine
    except ImportError as error:
        raise errors.no_pty_for_replay(file) from error

    with PtyLine(link) as line:
        if not as_json:
            click.echo(printable(f"{file} (sxb {recording.command}) on {link or line.device}.  Ctrl-C ends."))
        replay = play(recording, line)
    heard, _, said, _ = replay.progress
    if as_json:
        click.echo(json.dumps({"file": file, "heard": heard, "said": said}))
    else:
        click.echo(f"replayed to the end: {heard} bytes heard, {said} said")
