# SPDX-License-Identifier: MIT
"""Scripts: what is understood, what is refused and where, and what is done when."""

from __future__ import annotations

import pytest

from emu import EmuError
from emu.errors import EmuFileError
from emu.running import Ending, Limits, run_to_end
from emu.script import Player, Step, parse_script, read_script


def test_steps_are_read_with_their_lines():
    text = '[[step]]\nsend = "a"\nuart = 0\n\n[[step]]\nat = "1s"\npress = "P50"\nfor = 0.25\n[[step]]\nexpect_pin = "TG0"\n'
    assert parse_script(text, "x") == (
        Step(1, "send", "a", None, 0, 0, 5.0),
        Step(5, "press", "P50", 1.0, 3, 0, 0.25),
        Step(9, "expect_pin", "TG0", None, 3, 1, 5.0),
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[[step]]\nsend = \n", 2, "Invalid value"),
        ("\n\nstep = 1\n", 1, "there is no step"),
        ("", 1, "there is no step"),
        ("[[step]]\nsend = 'a'\n[[stop]]\n", 3, "'stop' is not known here"),
        ("[[step]]\nat = '1s'\n", 1, "a step does one of"),
        ("[[step]]\nsend = 'a'\n\n[[step]]\nsend = 'a'\nexpect = 'b'\n", 6, "a step does one of"),
        ("[[step]]\nsend = 'a'\nwithin = '1s'\n", 3, "'within' is not known in a step that does 'send'"),
        ("[[step]]\nsend = ''\n", 2, "a text that is not empty"),
        ("[[step]]\nsend = '\u20ac'\n", 2, "bytes"),
        ("[[step]]\npress = 'P70'\n", 2, "'P70' is no pin for press"),
        ("[[step]]\ndrive = 'RESET'\n", 2, "'RESET' is no pin for drive"),
        ("[[step]]\nexpect_pin = 'P80'\n", 2, "'P80' is no pin"),
        ("[[step]]\nsend = 'a'\nat = 'soon'\n", 3, "not a time"),
        ("[[step]]\nsend = 'a'\nat = -1\n", 3, "no time"),
        ("[[step]]\nsend = 'a'\nat = true\n", 3, "no time"),
        ("[[step]]\nsend = 'a'\nat = nan\n", 3, "no time"),
        ("[[step]]\nsend = 'a'\nuart = 4\n", 3, "0 to 3"),
        ("[[step]]\ndrive = 'P40'\nlevel = '1'\n", 3, "0 to 1"),
    ],
)
def test_mistakes_have_file_and_line(text, line, said):
    with pytest.raises(EmuError) as caught:
        parse_script(text, "s.toml")
    assert caught.value.code == "E2092"
    assert caught.value.exit_code == 1
    assert caught.value.sentence.startswith(f"s.toml:{line}: ")
    assert said in caught.value.sentence


def test_a_script_that_cannot_be_read(tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "none", tmp_path / "x"):
        with pytest.raises(EmuFileError):
            read_script(path)


def play(board, text, **limits):
    player = Player(board, parse_script(text, "s"), "s")
    return run_to_end(board, Limits(**limits), player=player), player


def test_sending_and_expecting(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    begin = board.seconds
    ending, player = play(
        board, "[[step]]\nat='50ms'\nsend='ab'\n[[step]]\nexpect='a'\n[[step]]\nexpect='b'\n"
    )
    assert (ending, player.failure) == (Ending.SCRIPT, "")
    assert board.seconds - begin == pytest.approx(0.05 + 3 / 960, abs=0.002)


def test_what_does_not_come_in_time_fails_the_script(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    ending, player = play(board, "[[step]]\nsend='x'\n[[step]]\nexpect='y'\nwithin='20ms'\n", seconds=1)
    assert ending is Ending.ERROR
    assert player.failure == "s:3: expect 'y' did not come within 0.02 s; what came: 'x'"
    assert board.seconds < 0.05


def test_pins_are_pressed_and_driven_at_their_times(small_board):
    board = small_board("9C27DF 80FE")
    board.run(seconds=0.01)
    begin = board.seconds
    text = "[[step]]\nat='10ms'\npress='P40'\nfor='5ms'\n[[step]]\nat='30ms'\ndrive='P41'\n"
    assert play(board, text, seconds=0.05)[0] is Ending.TIME
    times = [(name, board.pin(name).ticks, board.pin(name).edges) for name in ("P40", "P41")]
    rate = board.chip.clocks.tick_hz
    found = [
        (name, round((tick / rate - begin) * 1000, 1), edge[1])
        for name, ticks, edges in times
        for tick, edge in zip(ticks, edges, strict=True)
    ]
    assert found == [("P40", 10.0, 0), ("P40", 15.0, 1), ("P41", 30.0, 0)]


def test_a_pin_can_be_expected_and_the_buttons_pressed(small_board):
    board = small_board("9C27DF A955 8D23DF 80FE")
    text = "[[step]]\nexpect_pin='P71'\nlevel=0\n[[step]]\npress='RESET'\n[[step]]\nexpect_pin='P71'\n[[step]]\nexpect_pin='P71'\nlevel=0\n[[step]]\npress='NMI'\n"
    ending, player = play(board, text)
    assert (ending, player.failure) == (Ending.SCRIPT, "")
    assert [level for _, level in board.pin("P71").edges][-2:] == [1, 0]
