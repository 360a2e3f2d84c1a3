# SPDX-License-Identifier: MIT
"""`sxb monitor --log`: the session's line in a journal."""

from __future__ import annotations

import json

from sxb.journal import Recorder, read_journal


def sent(rows):
    """What went to the board so far."""
    pieces = [json.loads(row) for row in "".join(rows).splitlines()]
    return b"".join(bytes.fromhex(piece["hex"]) for piece in pieces if piece.get("dir") == ">")


def test_a_session_is_recorded(journey):
    written = []
    recorder = Recorder(written.append, "monitor", "t", lambda: "then")

    async def walk(user):
        await user.until(lambda: b"| " in sent(written))

    journey(walk, port="emu:", journal=recorder)
    recorder.end()
    (session,) = read_journal("".join(written), "f")
    assert session.whole
    assert (session.command, session.port) == ("monitor", "emu:")
    assert b"ROM" in session.bytes_of("<")
    assert b"| " in session.bytes_of(">")
