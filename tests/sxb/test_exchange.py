# SPDX-License-Identifier: MIT
from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sxb.exchange import WINDOW, Exchange, Listener, wire_seconds, without_flow

PROMPT = Exchange(b"", re.compile(rb"\r>\Z"))


def test_flow_control_bytes_are_discarded_wherever_they_come():
    listener = Listener(PROMPT)
    assert not listener.feed(b"\x11/  \x13A")
    assert listener.feed(b"A\rREA\x11DY\r\x13>")
    assert listener.reply().data == b"/  AA\rREADY\r>"
    assert without_flow(b"\x11\x13") == b""


def test_an_answer_that_goes_on_is_not_complete():
    listener = Listener(PROMPT)
    assert listener.feed(b"\r>")
    assert not listener.feed(b"\rREADY")
    assert listener.feed(b"\r>")
    assert listener.reply().complete


@given(st.binary(max_size=2000), st.lists(st.integers(1, 300)))
def test_pieces_do_not_matter(data, cuts):
    whole, pieces = Listener(PROMPT), Listener(PROMPT)
    whole.feed(data + b"\r>")
    rest = data + b"\r>"
    for cut in [*cuts, len(rest)]:
        pieces.feed(rest[:cut])
        rest = rest[cut:]
    pieces.feed(rest)
    assert pieces.reply() == whole.reply()
    assert whole.complete


def test_the_window_is_longer_than_a_register_dump():
    assert WINDOW > 250


def test_a_record_takes_47_ms():
    assert round(wire_seconds(45, 9600) * 1000) == 47
