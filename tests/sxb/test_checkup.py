# SPDX-License-Identifier: MIT
"""`sxb doctor`: what it finds on boards, ports and cables that have something wrong, and on good ones."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from asm816.image import image_of
from asm816.target.registers import BY_NAME
from emu import Board
from sxb import checkup, errors
from sxb.checkup import GOOD, NOTE, WRONG, examine
from sxb.cli import main
from sxb.client import Monitor
from sxb.ports import PortInfo
from sxb.transport import Line, open_line

FTDI = PortInfo("/dev/ttyUSB0", "FT232R", 0x0403, 0x6001, "A1", None)
OTHER = PortInfo("/dev/ttyUSB1", "FT232R", 0x0403, 0x6001, "A2", None)
PLAIN = PortInfo("/dev/ttyS0", "ttyS0", None, None, None, None)


def find(line):
    monitor = Monitor(line)
    monitor.find()
    return monitor


def examined(port=None, *, board=None, error=None, present=(FTDI,)):
    def opened():
        if error is not None:
            raise error
        return open_line(board)

    return list(examine(port, opened, find, lambda: present))


def states(findings):
    return {finding.name: finding.state for finding in findings}


@pytest.fixture(scope="module")
def booted():
    board = Board("sxb")
    board.boot()
    return board


def test_a_good_board(booted):
    findings = examined(board=booted.copy())
    names = ("cable", "port", "driver", "answer", "monitor", "crystal", "memory")
    assert states(findings) == dict.fromkeys(names, GOOD)
    assert findings[0].seen == "/dev/ttyUSB0 (FT232R)"
    assert findings[5].seen == "3.6864 MHz by the monitor's measurement, 9600 baud by T4"
    assert findings[6].seen == "W65C265SXB: external RAM at 00:0200-00:7FFF"


def test_memory_is_as_before(booted):
    board = booted.copy()
    before = bytes(board.memory[0x0200:0x8000])
    examined(board=board)
    assert bytes(board.memory[0x0200:0x8000]) == before


@pytest.mark.parametrize(
    ("port", "present", "state", "seen"),
    [
        (None, (), WRONG, "no port was named"),
        (None, (PLAIN,), WRONG, "other ports are: /dev/ttyS0"),
        ("usb:0403:6015", (FTDI,), WRONG, "there is no port usb:0403:6015"),
        (None, (FTDI, OTHER), NOTE, "/dev/ttyUSB0 (FT232R), /dev/ttyUSB1 (FT232R)"),
        ("/dev/ttyUSB0", (FTDI,), GOOD, "/dev/ttyUSB0: FT232R"),
        ("rfc2217://host:4000", (), GOOD, "rfc2217://host:4000 was asked for"),
    ],
)
def test_cables(port, present, state, seen):
    first = examined(port, error=errors.port_busy("x"), present=present)[0]
    assert (first.name, first.state) == ("cable", state)
    assert seen in first.seen
    assert bool(first.hint) == (state != GOOD)


@pytest.mark.parametrize(
    "error", [errors.port_busy("/dev/ttyUSB0"), errors.port_not_allowed("/dev/ttyUSB0", "dialout")]
)
def test_a_port_that_cannot_be_opened(error):
    last = examined(error=error)[-1]
    assert (last.name, last.state, last.seen) == ("port", WRONG, error.sentence)
    assert (last.hint, last.code, last.exit_code) == (error.hint, error.code, 10)


def test_a_board_whose_program_has_the_line(booted):
    board = booted.copy()
    board.load(image_of([(0x00B6, bytes.fromhex("7880FE"))]))  # SEI, BRA to itself
    board.jml(0x00B6)
    board.serial(3).take()
    findings = examined(board=board)
    assert states(findings)["answer"] == WRONG
    assert findings[-1].code == "S1101"


def test_a_monitor_at_another_speed_is_found(booted):
    board = booted.copy()
    board.serial(3).take()
    board.chip.write(BY_NAME["T4LL"].address, 11)
    findings = examined(board=board)
    assert states(findings)["answer"] == GOOD
    speed = next(finding for finding in findings if finding.name == "speed")
    assert speed.state == NOTE
    assert "19200 baud" in speed.seen


def test_a_monitor_that_a_program_left_unusable_registers_for(booted):
    board = booted.copy()
    with find_on(board) as monitor:
        monitor.set_registers(d=0x0100)
    monitor = next(finding for finding in examined(board=board) if finding.name == "monitor")
    assert (monitor.state, monitor.hint) == (NOTE, "set them before a program is started: sxb regs d=0 dbr=0")


def find_on(board) -> Monitor:
    line: Line = open_line(board)
    return find(line)


def test_the_command_and_its_report(tmp_path, capsys):
    report = tmp_path / "report.zip"
    assert main(["doctor", "--port", "emu:sxb", "-o", str(report)]) == 0
    out = capsys.readouterr().out
    assert "crystal  ok    3.6864 MHz" in out
    with zipfile.ZipFile(report) as file:
        content = json.loads(file.read("report.json"))
        assert [finding["state"] for finding in content["findings"]] == ["ok"] * 7
        assert b"MENSCH816 ROM" in file.read("line.txt").replace(b"\n", b"") or b"4d 45 4e 53" in file.read(
            "line.txt"
        )


def test_what_is_wrong_is_the_exit_code(capsys):
    assert main(["doctor", "--port", "/dev/there-is-none", "--json"]) == 10
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert findings[-1]["code"] == "S1002"


def test_a_bundle_says_what_was_found():
    made = checkup.bundle([checkup.Finding("cable", GOOD, "there")], {"tool": "t"}, ["row"])
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.read("line.txt") == b"row\n"
        assert json.loads(file.read("report.json"))["system"] == {"tool": "t"}
