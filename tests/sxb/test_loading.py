# SPDX-License-Identifier: MIT
"""Loading, with the answers that WDC's published monitor ROM gives when executed."""

from __future__ import annotations

import pytest

from asm816.image import image_of
from sxb import dialogue, errors, loading
from sxb.loading import Tally
from sxb.records import cut

READY = b"\rREADY\r>"
END = b"S804000000FB\r"
FIRST = b"S2080020001020304037\r"
SECOND = b"S2080030001020304027\r"
IMAGE = image_of([(0x2000, bytes.fromhex("10203040"))])
TWO = image_of([(0x2000, bytes.fromhex("10203040")), (0x3000, bytes.fromhex("10203040"))])
ENTER = (b"S", b"S  ")
BLANKS = dialogue.BURSTS[0]
ESC = (b"\x1b", b"\x1b?" + READY)


def load(image=IMAGE):
    return loading.load(cut(image))


def test_one_record(play):
    assert play(load(), [ENTER, (FIRST[1:], b".0001"), (END, READY)]) == Tally(1, 0)


def test_the_next_record_waits_for_the_count(play):
    assert play(load(TWO), [ENTER, (FIRST[1:], b".0001"), (SECOND, b".0002"), (END, READY)]) == Tally(2, 0)


def test_flow_control_in_the_answer(play):
    assert play(load(), [ENTER, (FIRST[1:], b"\x11.0\x13001"), (END, b"\rREADY\x11\r>")]) == Tally(1, 0)


def test_the_count_wraps():
    session = loading._Session(cut(IMAGE))
    session._count = 9999
    steps = session._judge(loading.Reply(b".0000", complete=True))
    with pytest.raises(StopIteration) as end:
        next(steps)
    assert end.value.value is True


def test_a_refused_record_is_sent_again(play):
    script = [ENTER, (FIRST[1:], b"?"), (FIRST, b".0001"), (SECOND, b".0002"), (END, READY)]
    assert play(load(TWO), script) == Tally(2, 1)


def test_refused_for_ever_names_the_address(play):
    script = [
        ENTER,
        (FIRST[1:], b"?"),
        (FIRST, b"?"),
        (FIRST, b"?"),
        (FIRST, b"?"),
        (BLANKS, b""),
        (END, READY),
    ]
    with pytest.raises(errors.RefusedByBoardError) as caught:
        play(load(), script)
    assert "00:2000-00:2003" in caught.value.sentence
    assert caught.value.exit_code == 13


def test_a_lost_cr_is_given_afterwards(play):
    script = [ENTER, (FIRST[1:], b""), (b"\x11\r", b".0001"), (FIRST, b".0002"), (END, READY)]
    assert play(load(), script) == Tally(1, 1)


def test_a_lost_answer(play):
    # The record was good: CR says nothing, S8 brings the prompt, the record is sent in a new load.
    script = [
        ENTER,
        (FIRST[1:], b".001"),
        (b"\x11\r", b""),
        (BLANKS, b""),
        (END, READY),
        ENTER,
        (FIRST[1:], b".0001"),
        (END, READY),
    ]
    assert play(load(), script) == Tally(1, 1)


def test_a_lost_s_is_noticed_before_anything_else_is_sent(play):
    script = [(b"S", b""), ESC, ENTER, (FIRST[1:], b".0001"), (END, READY)]
    assert play(load(), script) == Tally(1, 0)


def test_a_late_answer_is_not_taken_for_another_record(play):
    script = [
        ENTER,
        (FIRST[1:], b".0001"),
        (SECOND, b".0001"),  # late, and only then the own one
        (b"", b".0002"),
        (SECOND, b".0003"),
        (END, READY),
    ]
    assert play(load(TWO), script) == Tally(2, 1)


def test_a_swallowing_loader_is_brought_back_and_nothing_was_stored(play):
    # A count digit changed on the line: the loader takes what follows as data.
    script = [
        ENTER,
        (FIRST[1:], b".0001"),
        (SECOND, b""),
        (b"\x11\r", b""),
        (BLANKS, b"?"),
        (END, READY),
        ENTER,
        (SECOND[1:], b".0001"),
        (END, READY),
    ]
    assert play(load(TWO), script) == Tally(2, 1)


def test_a_loader_past_its_count_is_brought_back_and_the_load_starts_over(play):
    # "S208002000102030G037": the counter passes zero; one 00 is stored behind the record.
    script = [
        ENTER,
        (FIRST[1:], b".0001"),
        (SECOND, b""),
        (b"\x11\r", b""),
        (BLANKS, b""),
        (END, b""),
        (dialogue.BURSTS[1], b"?"),
        (END, READY),
        ENTER,
        (FIRST[1:], b".0001"),
        (SECOND, b".0002"),
        (END, READY),
    ]
    assert play(load(TWO), script) == Tally(2, 2)


def test_a_loader_that_cannot_be_brought_back(play):
    script = [ENTER, (FIRST[1:], b""), (b"\x11\r", b"")]
    dig = [(burst, b"") for first in dialogue.BURSTS for burst in (first, END)]
    script += [*dig, (b"\x1b", b""), (b"\x11\r", b""), *dig]
    with pytest.raises(errors.NoAnswerError) as caught:
        play(load(), script)
    assert "at 00:2000 in the middle of the load" in caught.value.sentence


def test_an_end_record_that_was_taken_for_another_type(play):
    # S9: counted, not the end.
    script = [ENTER, (FIRST[1:], b".0001"), (END, b".0002"), (b"\x11\r", b""), (BLANKS, b""), (END, READY)]
    assert play(load(), script) == Tally(1, 0)


def test_an_odd_last_byte_goes_through_the_slash(play):
    script = [
        ENTER,
        (b"2060020001020A9\r", b".0001"),
        (END, READY),
        (b"/", b"/  "),
        (b"00:2002 ", b"00" + READY),
        (b"<", b"<  00:2002 00" + READY),
        (b"/", b"/  "),
        (b"30 ", b"30" + READY),
        (b"/\r", b"/  00:2003" + READY),
    ]
    assert play(load(image_of([(0x2000, b"\x10\x20\x30")])), script) == Tally(1, 0)


def test_an_xoff_made_by_the_line_holds_the_prompt_back(play):
    script = [ENTER, (FIRST[1:], b".0001"), (END, b""), (b"\x11\r", READY + b"\r?" + READY)]
    assert play(load(), script) == Tally(1, 0)
