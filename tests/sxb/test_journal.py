# SPDX-License-Identifier: MIT
"""Journals: written, read, and refused where they are not what they should be."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from sxb import errors
from sxb.cli import main
from sxb.journal import Piece, Recorder, chosen, describe, read_journal

HEAD = '{"journal": 1, "tool": "t 1", "command": "regs", "port": "p", "baud": 9600, "begun": "then"}\n'
SENT = '{"t": 0.001, "dir": ">", "hex": "0d"}\n'
HEARD = '{"t": 0.002, "dir": "<", "hex": "3e"}\n'
END = '{"t": 0.1, "end": true, "sent": 1, "heard": 1}\n'
WHOLE = HEAD + SENT + HEARD + END


@pytest.fixture
def recorded():
    """A recorder on a line with a clock to be set: (line, recorder, the text so far)."""
    written = []
    line = SimpleNamespace(name="p", baud=9600, tap=None, time=5.0)
    line.now = lambda: line.time
    recorder = Recorder(written.append, "regs", "t 1", lambda: "then")
    recorder.follow(line)
    return line, recorder, lambda: "".join(written)


def test_what_is_written_is_read_back(recorded):
    line, recorder, text = recorded
    line.tap(">", b"\r")
    line.time = 5.002
    line.tap("<", b"?")
    line.time = 5.003
    line.tap("<", b">")
    line.time = 6.0
    line.tap("<", b"late")
    line.tap.speed(57600)
    line.tap("<", b"fast")
    recorder.end()
    (session,) = read_journal(text(), "f")
    assert session.whole
    assert (session.tool, session.command, session.port, session.begun) == ("t 1", "regs", "p", "then")
    assert session.pieces == (
        Piece(0.0, ">", b"\r"),
        Piece(0.002, "<", b"?>"),  # together: 1 ms apart
        Piece(1.0, "<", b"late"),
        Piece(1.0, "<", b"fast", 57600),
    )
    assert session.bytes_of("<") == b"?>latefast"


def test_long_pieces_are_written_before_they_end(recorded):
    line, _, text = recorded
    for _ in range(300):
        line.tap("<", b"x")
    assert text().count("78") == 256


def test_a_line_that_comes_back_is_a_session_of_its_own(recorded):
    line, recorder, text = recorded
    line.tap(">", b"a")
    recorder.follow(line)
    line.tap(">", b"b")
    recorder.end()
    recorder.end()
    first, second = read_journal(text(), "f")
    assert (first.bytes_of(">"), second.bytes_of(">")) == (b"a", b"b")
    assert first.whole
    assert second.whole


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "S0114"),
        ("\n", "S0114"),
        ("; led_blink\n", "S0114"),
        (SENT + WHOLE, "S0114"),
        (WHOLE.replace('"journal": 1', '"journal": 2'), "S0115"),
        (HEAD[:40] + "\n" + SENT + END, "S0116"),
        (HEAD + "what\n" + SENT + END, "S0116"),
        (HEAD + "[" * 100_000 + "\n" + SENT + END, "S0116"),
        (HEAD + SENT.replace("0d", "0") + HEARD + END, "S0116"),
        (HEAD + SENT.replace(">", "!") + HEARD + END, "S0116"),
        (HEAD + SENT.replace("0.001", '"soon"') + HEARD + END, "S0116"),
        (HEAD + SENT + END, "S0116"),  # a line is missing
        (WHOLE + SENT, "S0116"),
    ],
)
def test_what_is_no_journal_is_refused(text, code):
    with pytest.raises(errors.BadInputError) as error:
        read_journal(text, "f")
    assert error.value.code == code


@pytest.mark.parametrize("cut", [1, len(END) - 1, len(END), len(END) + 9, len(END) + len(HEARD)])
def test_a_session_cut_short_is_replayed_only_if_that_is_wanted(cut):
    text = WHOLE[:-cut]
    sessions = read_journal(WHOLE + text, "f")
    assert sessions[0].whole
    if cut == 1:  # only the last line end is missing
        assert sessions[1].whole
        return
    with pytest.raises(errors.BadInputError, match="cut short") as error:
        chosen(sessions, None, partial=False, name="f")
    assert error.value.code == "S0117"
    assert chosen(sessions, None, partial=True, name="f").bytes_of(">") == b"\r"


def test_sessions_are_chosen_by_number():
    sessions = read_journal(WHOLE + WHOLE.replace("regs", "info"), "f")
    assert chosen(sessions, None, partial=False, name="f").command == "info"
    assert chosen(sessions, 1, partial=False, name="f").command == "regs"
    with pytest.raises(errors.UsageError, match="no session 3") as error:
        chosen(sessions, 3, partial=False, name="f")
    assert error.value.code == "S0212"


def test_the_view_for_people():
    rows = list(describe(read_journal(WHOLE, "f")))
    assert rows[0] == "session 1: sxb regs, port p, then"
    assert rows[1].startswith("   0.001 > 0d ")
    assert len(rows) == 3


def test_a_file_of_somebody_elses_is_not_appended_to(tmp_path, capsys):
    source = tmp_path / "blink.asm"
    source.write_text("; mine\n", encoding="ascii")
    assert main(["regs", "--port", "emu:", "--log", str(source)]) == 3
    assert "S0304" in capsys.readouterr().err
    assert source.read_text(encoding="ascii") == "; mine\n"


def test_sessions_are_appended_behind_one_that_was_cut_off(tmp_path):
    log = tmp_path / "log.jsonl"
    log.write_text(WHOLE[:-9], encoding="ascii")
    assert main(["regs", "--port", "emu:", "--log", str(log)]) == 0
    first, second = read_journal(log.read_text(encoding="ascii"), "log")
    assert (first.whole, second.whole, second.command) == (False, True, "regs")


def test_a_failure_is_recorded_to_its_end(tmp_path):
    log = tmp_path / "log.jsonl"
    assert main(["verify", "0@0x00b6", "--port", "emu:", "--log", str(log)]) != 0
    assert not log.exists()  # no line was opened
    (tmp_path / "one.bin").write_bytes(b"\x5a")
    assert main(["verify", f"{tmp_path / 'one.bin'}@0x00b6", "--port", "emu:", "--log", str(log)]) == 14
    (session,) = read_journal(log.read_text(encoding="ascii"), "log")
    assert session.whole
    assert json.loads(log.read_text(encoding="ascii").splitlines()[0])["command"] == "verify"
