# SPDX-License-Identifier: MIT
"""What a board says, as a terminal may get it."""

from __future__ import annotations

import pytest

from sxb.term.view import View


class Clock:
    now = 0.0

    def text(self):
        return f"{self.now:.1f}"

    def seconds(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def view(clock):
    return View(clock.text, clock.seconds)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (b"a\rb", "a\nb"),
        (b"a\nb", "a\nb"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\r\rb", "a\n\nb"),
        (b"a\n\rb", "a\n\nb"),
        (b"a\tb", "a\tb"),
        (b"12\x08 3", "12\b 3"),
        (b"\x08\x081", "1"),  # nothing to go back over
        (b"\x11>\x13", ">"),  # XON, XOFF
        (b"\x07\x00\x7f!", "!"),
        (b"\x1b[31mred\x1b[0m", "red"),
        (b"\x1b[2J\x1b[12;40Hx", "x"),
        (b"\x1bcx", "x"),
        (b"\x1b[1\rx", "x"),  # a sequence ends with its line
        (b"\x9b31mx\x85", "31mx"),  # C1
        (b"\xb5s", "\xb5s"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_text(view, said, shown, at_once):
    pieces = [said] if at_once else [said[n : n + 1] for n in range(len(said))]
    assert "".join(view.feed(piece) for piece in pieces) == shown


def test_nothing_but_text_gets_through(view):
    shown = view.feed(bytes(range(256)) * 2)
    assert not [c for c in shown if not c.isprintable() and c not in "\n\t\b"]


def test_a_stamp_is_the_time_of_a_lines_first_byte(view, clock):
    view.stamps = True
    clock.now = 1.0
    shown = view.feed(b"on")
    clock.now = 2.0
    shown += view.feed(b"e\r")
    clock.now = 3.0
    shown += view.feed(b"\n\rtwo")
    assert shown == "[1.0] one\n[3.0] \n[3.0] two"


def test_bytes_in_rows(view, clock):
    view.as_hex = True
    clock.now = 1.5
    assert view.feed(b"0123456789") == ""
    clock.now = 2.5
    (row, end) = view.feed(b"abcdefg").split("\n")
    assert row.startswith("   1.500 < 30 31 32 ")
    assert row.endswith("  0123456789abcdef")
    assert end == ""
    assert view.pause().startswith("   2.500 < 67 ")
    assert view.pause() == ""


def test_what_is_ours_begins_a_line(view):
    assert view.fresh_line() == ""
    view.feed(b">")
    assert view.fresh_line() == "\n"
    assert view.fresh_line() == ""
