# SPDX-License-Identifier: MIT
"""Scripts of `sxb term`."""

from __future__ import annotations

import json

import pytest

from sxb import errors
from sxb.cli import main
from sxb.term.script import Step, run_script, spelled_bytes


@pytest.mark.parametrize(
    ("text", "data"),
    [("R", b"R"), (r"a\r\n\t\e\0\\", b"a\r\n\t\x1b\0\\"), (r"\x41\xfF", b"A\xff"), ("µ", b"\xb5"), ("", b"")],
)
def test_spelling(text, data):
    assert spelled_bytes(text) == data


@pytest.mark.parametrize("text", ["\\", r"\q", r"\x1", r"\xgg", "→"])
def test_what_cannot_be_sent(text):
    with pytest.raises(ValueError, match=r"nothing here|single byte"):
        spelled_bytes(text)


class Line:
    """Answers each write with the next of its answers, a byte every tenth of a second."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.coming = bytearray()
        self.time = 0.0

    def now(self):
        return self.time

    def write_time(self, count):
        return count / 960

    def write(self, data):
        self.coming += self.answers.pop(0)

    def read(self, seconds):
        self.time += max(seconds, 0.01)
        said, self.coming = bytes(self.coming[:1]), self.coming[1:]
        return said


def steps(*spelled):
    return [Step(text[0] == "<", text[1:].encode()) for text in spelled]


def test_waits_count_from_behind_the_last_one():
    said = bytearray()
    run_script(Line(b"READY>", b"READY>"), steps(">R", "<READY", ">R", "<READY", "<>"), 1.0, said.extend)
    assert said == b"READY>READY>"


def test_what_does_not_come_is_an_error_that_says_what_came():
    with pytest.raises(
        errors.ProgramFailedError, match=r"READY did not come within 1 s \(last: \?>\)"
    ) as error:
        run_script(Line(b"READY?>"), steps(">R", "<READY", "<READY"), 1.0, lambda _: None)
    assert (error.value.code, error.value.exit_code) == ("S0403", 4)


def test_send_and_expect_in_their_order(capsys):
    line = [
        "term",
        "--port",
        "emu:",
        "--expect",
        ">",
        "--send",
        "T",
        "--expect",
        "NEW TIME",
        "--send",
        r"08:30:00\r",
    ]
    line += ["--expect", "READY", "--send", "T", "--expect", "08:30", "--send", r"\e", "--expect", "READY"]
    assert main([*line, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["serial"].count("NEW TIME") == 2
    assert "08:30:00" in result["serial"]


def test_an_answer_that_does_not_come_is_exit_4(capsys):
    assert main(["term", "--port", "emu:", "--send", "R", "--expect", "WELCOME", "--within", "200ms"]) == 4
    captured = capsys.readouterr()
    assert "WELCOME did not come" in captured.err
    assert "PCntr" in captured.out


def test_a_spelling_that_is_none_is_exit_2(capsys):
    assert main(["term", "--port", "emu:", "--send", r"\q"]) == 2
    assert r"\q means nothing" in capsys.readouterr().err
