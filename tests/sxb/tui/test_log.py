# SPDX-License-Identifier: MIT
"""`sxb monitor --log`: the session's line in a journal."""

from __future__ import annotations

from sxb.journal import Recorder, read_journal


def test_a_session_is_recorded(journey):
    written = []
    recorder = Recorder(written.append, "monitor", "t", lambda: "then")

    async def walk(user):
        await user.until(lambda: user.picture.registers is not None)

    journey(walk, port="emu:", journal=recorder)
    recorder.end()
    (session,) = read_journal("".join(written), "f")
    assert session.whole
    assert (session.command, session.port) == ("monitor", "emu:")
    assert b"ROM" in session.bytes_of("<")
    assert b"| " in session.bytes_of(">")
