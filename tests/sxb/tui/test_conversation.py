# SPDX-License-Identifier: MIT
"""The conversation as text, as bytes, with times."""

from __future__ import annotations

from sxb.tui import conversation as module
from sxb.tui.conversation import Conversation, hex_rows, stamp
from sxb.tui.picture import Heard


def heard(data, direction="<", *, dialogue=False, wall=0.25):
    return Heard(direction, data, 0.0, wall, dialogue)


def test_text_is_what_the_board_said_to_the_user():
    talk = Conversation()
    assert talk.feed(heard(b"READY\r>")) == "READY\n>"
    assert talk.feed(heard(b"H", ">")) == ""
    assert talk.feed(heard(b"|  00E358", dialogue=True)) == ""
    assert talk.shown() == "READY\n>"


def test_control_characters_do_not_reach_the_terminal():
    assert "\x1b" not in Conversation().feed(heard(b"\x1b[2Jhello"))


def test_bytes_go_both_ways_with_ours_among_them():
    talk = Conversation()
    talk.hex = True
    talk.feed(heard(b"H", ">"))
    talk.feed(heard(b"\r>", dialogue=True))
    rows = talk.shown().splitlines()
    assert [row.split()[:2] for row in rows] == [[">", "48"], ["<", "0d"]]


def test_a_time_stands_where_a_line_begins():
    talk = Conversation()
    talk.stamps = True
    first = talk.feed(heard(b"A\rB"))
    assert first == f"{stamp(heard(b''))} A\n{stamp(heard(b''))} B"
    assert talk.feed(heard(b"C\r", wall=9.0)) == "C\n"


def test_rows_of_bytes_are_sixteen_wide():
    assert len(list(hex_rows(heard(bytes(33)), stamps=False))) == 3


def test_the_oldest_goes_when_there_is_too_much(monkeypatch):
    monkeypatch.setattr(module, "MOST_ENTRIES", 10)
    talk = Conversation()
    for number in range(11):
        talk.feed(heard(bytes([0x41 + number])))
    assert talk.shown() == "BCDEFGHIJK"


def exchange(*pieces):
    """A conversation: what is typed begins with `>`, what the board says with `<`."""
    talk = Conversation()
    for piece in pieces:
        talk.feed(heard(piece[1:], chr(piece[0])))
    return talk


def test_what_was_typed_is_kept_by_prompts_and_by_lines():
    talk = exchange(b"<\r>", b">H", b"<H\rhelp\r>", b">W", b"<W", b">00E000", b"<00E000 12\r>", b">three\r")
    assert talk.typed() == ("H", "W00E000", "three\r")


def test_the_same_typed_again_is_the_newest_and_there_once():
    talk = exchange(b">H", b"<\r>", b">T", b"<\r>", b">H", b"<\r>")
    assert talk.typed() == ("T", "H")


def test_what_is_not_finished_yet_is_not_among_it():
    assert exchange(b">M00", b"<M00").typed() == ()


def test_control_characters_and_dialogues_are_not_among_it():
    talk = exchange(b">\x1b", b"<\r>", b">\x08A\r")
    talk.feed(heard(b"W00E000", ">", dialogue=True))
    talk.feed(heard(b"\r>", dialogue=True))
    assert talk.typed() == ()
