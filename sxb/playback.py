# SPDX-License-Identifier: MIT
"""Journals from files, and the board's side of one behind a pseudo-terminal."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from sxb import errors
from sxb.journal import Recording, chosen, read_journal
from sxb.replaying import Replay

if TYPE_CHECKING:
    from emu.serve.pty import PtyLine

LOOK_SECONDS = 0.002
"""Between two looks at the line: about two characters at 9600 baud."""

LARGEST = 256 << 20
"""Bytes of a journal; a day of a chatting board is less."""


def load_journal(name: str) -> tuple[Recording, ...]:
    """The sessions of a journal file.  Raises FileAccessError, or BadInputError if it is none."""
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST:
            raise errors.no_journal(name)
        text = path.read_bytes().decode("ascii")
    except OSError as error:
        raise errors.journal_unreadable(name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise errors.no_journal(name) from error
    return read_journal(text, name)


def load_recording(name: str, session: int | None, *, partial: bool) -> Recording:
    """One session of a journal file, the last one if `session` is None; errors as of `load_journal`."""
    return chosen(load_journal(name), session, partial=partial, name=name)


def play(recording: Recording, line: PtyLine) -> Replay:
    """Be the board for one client, in real time from when it opens the line until it leaves.

    Raises VerifyDiffersError where the client departs from the recording, or leaves before its end.
    """
    while not line.attended:
        time.sleep(LOOK_SECONDS)
    replay = Replay(recording, time.monotonic())
    attended = True
    while attended:
        attended = line.attended  # before reading: what a client sent before it left is still there
        replay.hear(line.read(), time.monotonic())
        line.write(replay.say(time.monotonic()))
        time.sleep(LOOK_SECONDS)
    if not replay.finished:
        raise errors.left_early(*replay.progress)
    return replay
