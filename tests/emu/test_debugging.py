# SPDX-License-Identifier: MIT
"""The debugger's commands, and `emu816 debug` as a user types it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from asm816.exitcodes import ExitCode
from emu import Board, EmuError
from emu.cli import main
from emu.debugging import COMMANDS, Debugger
from emu.programfile import read_program

CHASE = Path(__file__).parents[2] / "examples" / "led_chase" / "led_chase.asm"


@pytest.fixture
def chase():
    program = read_program(str(CHASE), "qbx", pytest.fail)
    board = Board("qbx")
    board.load(program.image)
    board.jml(program.image.start)
    board.serial().take()
    return Debugger(board, program.info)


def done(debugger, *lines):
    return "\n".join(shown for line in lines for shown in debugger.do(line))


def test_forth_and_back_over_the_store(chase):
    assert "led_chase.asm:26" in done(chase, "until show")
    dark = done(chase, "leds")
    assert done(chase, "step", "leds") != dark
    assert done(chase, "back", "leds").endswith(dark)


def test_a_breakpoint_stops_where_its_condition_holds(chase):
    assert done(chase, "break show if a = 0x20") == "break 00:00C2 show if a = 0x20"
    assert "00:00C2 show" in done(chase, "run 5s")
    assert chase.board.registers.a == 0x20
    assert done(chase, "break show") == ""
    assert "00:00C2" not in done(chase, "run 100ms")


def test_the_writer_of_a_register_and_the_cycles_of_its_store(chase):
    done(chase, "run 1s")
    assert "PD7 got" in done(chase, "writer PD7")
    shown = done(chase, "cycle 4").splitlines()
    assert [line.split()[1:] for line in shown[:4]] == [
        ["00:00C2", "8D", "dp-r-m--"],
        ["00:00C3", "23", "-p-r-m--"],
        ["00:00C4", "DF", "-p-r-m--"],
        ["00:DF23", f"{chase.board.peek(0xDF23):02X}", "d--w-m--"],
    ]
    assert "00:00C5" in shown[4]
    assert "00:00C2" in done(chase, "back-to show")


def test_a_call_is_stepped_over(chase):
    chase.board.memory[0x0140:0x0144] = bytes.fromhex("20 60 01 EA")
    chase.board.memory[0x0160:0x0162] = bytes.fromhex("EA 60")
    assert "00:0143" in done(chase, "regs pc=0x0140", "over")
    assert "00:0144" in done(chase, "over")


def test_memory_and_registers(chase):
    done(chase, "write 0x0140 a9 01 8d", "fill 0x0143 4 0xff", "regs a=0x1234 x=2")
    assert done(chase, "read 0x0140 8") == "00:0140  A9 01 8D FF FF FF FF 00"
    assert "A 1234" in done(chase, "regs")
    assert "lda.b #0x01" in done(chase, "dis 0x0140 1")
    assert done(chase, "reset", "waves 1ms") != ""
    assert all(row.word in done(chase, "help") for row in COMMANDS)


def test_what_is_sent_is_read_by_the_monitor(chase):
    board = Board.booted()
    board.serial().take()
    debugger = Debugger(board, read_program(str(CHASE), "qbx", pytest.fail).info)
    assert "the board says" in done(debugger, "send |", "run 200ms")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("untl show", "there are: run, until"),
        ("step x", "not a number"),
        ("until nowhere", "nowhere"),
        ("break show if q = 1", "register q"),
        ("write", "ADDR HEX"),
        ("fill 0x0140 4", "ADDR LEN BYTE"),
        ("leds 4", "too much"),
        ("run soon", "not a time"),
    ],
)
def test_what_is_no_command_says_what_would_be(chase, line, said):
    with pytest.raises(EmuError) as caught:
        done(chase, line)
    assert said in f"{caught.value} {caught.value.hint}"
    assert caught.value.exit_code is ExitCode.USAGE


def test_commands_from_arguments_and_from_standard_input(capsys, monkeypatch):
    assert main(["debug", str(CHASE), "until show", "leds"]) == 0
    shown = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("until show\n\nleds\n"))
    assert main(["debug", str(CHASE)]) == 0
    assert capsys.readouterr().out == shown


def test_a_place_that_is_never_reached_is_exit_4(capsys):
    assert main(["debug", str(CHASE), "until 0x1000", "leds"]) == ExitCode.PROGRAM_FAILED
    said = capsys.readouterr()
    assert "did not come to 0x1000" in said.err
    assert "LEDs" not in said.out
