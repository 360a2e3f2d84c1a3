# SPDX-License-Identifier: MIT
from __future__ import annotations

import io

from emu.screen import CLEAR_LINE, UP, Screen, TextOfBoard


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_line_ends_of_the_board():
    text = TextOfBoard()
    assert text.feed(b"a\rb\r") == "a\nb\n"
    assert text.feed(b"\nc\n\r\n") == "c\n\n"


def test_control_characters_do_not_reach_the_terminal():
    assert TextOfBoard().feed(b"\x1b[2J\x9b\x07x") == "\ufffd[2J\ufffd\ufffdx"


def test_plain_output_is_text_only():
    out = io.StringIO()
    screen = Screen(out, lambda: "*.*.")
    screen.show(b"hello\r")
    screen.close()
    assert out.getvalue() == "hello\n"


def test_on_a_terminal_the_leds_stay_on_the_last_line():
    out = Terminal()
    screen = Screen(out, lambda: "*.*.")
    screen.show(b"hello\rwor")
    screen.close()
    again = f"{CLEAR_LINE}{UP}{CLEAR_LINE}"
    assert out.getvalue() == f"{CLEAR_LINE}hello\n{CLEAR_LINE}wor\n*.*." + f"{again}wor\n*.*.\n"


def test_a_long_unfinished_line_is_shown_whole():
    out = Terminal()
    screen = Screen(out, lambda: "*.*.", columns=20)
    for start in range(0, 50, 10):
        screen.show(bytes(range(0x41 + start, 0x41 + start + 10)))
    screen.close()
    shown = out.getvalue().rsplit(UP + CLEAR_LINE, 1)[0] + out.getvalue().rsplit(UP + CLEAR_LINE, 1)[1]
    for row in (0, 20, 40):
        assert bytes(range(0x41 + row, 0x41 + min(row + 20, 50))).decode() + "\n" in shown
