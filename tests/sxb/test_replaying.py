# SPDX-License-Identifier: MIT
"""Recorded boards: by their clock, in a command, and on a pseudo-terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sxb import connect, errors
from sxb.cli import main
from sxb.journal import Piece, Recording
from sxb.replaying import Replay
from sxb.transport import open_line

BLINK = Path(__file__).parents[2] / "examples" / "led_blink" / "led_blink.asm"

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def recording(*pieces):
    return Recording("t", "regs", "p", "then", tuple(Piece(*piece) for piece in pieces), whole=True)


def test_answers_come_as_long_behind_the_question_as_then():
    replay = Replay(recording((1.0, "<", b"hi"), (2.0, ">", b"a"), (2.5, "<", b"A")), now=100.0)
    assert replay.say(100.9) == b""
    assert replay.say(101.0) == b"h"
    assert replay.say(101.01) == b"i"  # a byte later on the wire
    assert replay.due() is None
    replay.hear(b"a", 200.0)
    assert replay.due() == 200.5
    assert replay.say(200.4) == b""
    assert not replay.finished
    assert replay.say(200.6) == b"A"
    assert replay.finished


def test_bytes_may_come_in_other_portions():
    replay = Replay(recording((0.0, ">", b"abc"), (0.1, "<", b"1"), (0.2, ">", b"d"), (0.3, "<", b"2")), 0.0)
    replay.hear(b"ab", 0.0)
    assert replay.due() is None
    replay.hear(b"cd", 1.0)
    assert replay.say(2.0) == b"12"
    assert replay.progress == (4, 4, 2, 2)


def test_the_departure_is_named():
    replay = Replay(recording((0.0, ">", b"S2140000"), (0.5, ">", b"B6A9")), 0.0)
    with pytest.raises(errors.VerifyDiffersError, match=r"behind byte 9, at 0.500 s: 6A9 .* 7A9") as error:
        replay.hear(b"S2140000B7A9", 0.0)
    assert (error.value.code, error.value.exit_code) == ("S1403", 14)


def test_what_comes_behind_the_end_is_a_departure_too():
    replay = Replay(recording((0.0, ">", b"a")), 0.0)
    with pytest.raises(errors.VerifyDiffersError, match=r"ends here; x"):
        replay.hear(b"ax", 0.0)


@pytest.fixture
def journal(tmp_path):
    """A load, recorded on a virtual board."""
    log = tmp_path / "my log.jsonl"
    assert main(["load", str(BLINK), "--port", "emu:", "--log", str(log)]) == 0
    return log


def test_a_command_runs_against_its_journal(journal, capsys):
    capsys.readouterr()
    assert main(["load", str(BLINK), "--port", f"replay:{journal}"]) == 0
    assert "loaded 42 bytes in 1 record, verified" in capsys.readouterr().out


def test_another_input_departs(journal, tmp_path, capsys):
    other = tmp_path / "other.asm"
    other.write_text(BLINK.read_text(encoding="utf-8").replace("0x18", "0x08"), encoding="utf-8")
    assert main(["load", str(other), "--port", f"replay:{journal}"]) == 14
    assert "departs from the recording" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("port", "code"),
    [
        ("replay:", 10),
        ("replay:{}?session=2", 2),
        ("replay:{}?session=x", 10),
        ("replay:{}?speed=x", 10),
        ("replay:{}x", 3),
    ],
)
def test_ports_that_are_no_recording(journal, port, code, capsys):
    assert main(["regs", "--port", port.format(journal)]) == code
    assert capsys.readouterr().err.startswith("sxb: ")


def test_a_journal_cut_short(journal, capsys):
    text = journal.read_bytes()
    journal.write_bytes(text[: len(text) // 2])
    assert main(["load", str(BLINK), "--port", f"replay:{journal}"]) == 1
    assert main(["replay", str(journal)]) == 1
    assert "cut short" in capsys.readouterr().err
    with connect(f"replay:{journal}?partial=1") as monitor:
        assert monitor.board is None


def test_a_silent_board_is_replayed_in_no_time(tmp_path, capsys):
    log = tmp_path / "log.jsonl"
    assert main(["run", str(BLINK), "--port", "emu:", "--for", "600s", "--log", str(log)]) == 0
    assert main(["run", str(BLINK), "--port", f"replay:{log}", "--for", "600s"]) == 0
    assert "started at 00:00B6" in capsys.readouterr().out


def tool(*arguments):
    return [
        sys.executable,
        "-c",
        "import sys; from sxb.cli import main; sys.exit(main())",
        *map(str, arguments),
    ]


@pytest.fixture
def replayed(tmp_path, journal):
    """The journal behind a pseudo-terminal: (its port, its process)."""
    link = tmp_path / "board"
    process = subprocess.Popen(
        tool("replay", journal, "--link", link), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert str(link) in process.stdout.readline()
    yield link, process
    process.kill()
    process.wait(20)
    process.stdout.close()
    process.stderr.close()


@posix
def test_any_program_runs_against_a_journal_on_a_pseudo_terminal(replayed):
    link, process = replayed
    ran = subprocess.run(
        tool("load", BLINK, "--port", link), capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "verified" in ran.stdout
    assert process.wait(20) == 0, process.stderr.read()
    assert "replayed to the end" in process.stdout.read()
    assert not link.is_symlink()


@posix
def test_a_program_that_leaves_early_or_departs_is_said(replayed):
    link, process = replayed
    ran = subprocess.run(
        tool("regs", "--port", link), capture_output=True, text=True, timeout=60, check=False
    )
    assert process.wait(20) == 14
    said = process.stderr.read()
    assert "S1404" in said or "S1403" in said
    assert ran.returncode in (0, 11, 15)


@pytest.mark.parametrize(("late", "heard"), [(1.05, b"!"), (1.2, b"")])
def test_an_answer_that_a_busy_machine_saw_late_is_an_answer(tmp_path, late, heard):
    head = {"journal": 1, "tool": "t", "command": "c", "port": "p", "baud": 9600, "begun": "then"}
    pieces = [{"t": 0.0, "dir": ">", "hex": "3f"}, {"t": late, "dir": "<", "hex": "21"}]
    end = {"t": 2.0, "end": True, "sent": 1, "heard": 1}
    log = tmp_path / "log.jsonl"
    log.write_text("".join(f"{json.dumps(values)}\n" for values in (head, *pieces, end)), encoding="ascii")
    with open_line(f"replay:{log}") as line:
        line.write(b"?")
        assert line.read(1.0) == heard
        assert line.read(1.0) == (b"" if heard else b"!")
