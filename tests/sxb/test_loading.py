# SPDX-License-Identifier: MIT
"""Loading, with the answers that WDC's published monitor ROM gives when executed."""

from __future__ import annotations

import pytest

from asm816.image import Image, image_of
from sxb import dialogue, errors, loading
from sxb.loading import Difference, Tally
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
    script += [(burst, b"") for first in dialogue.BURSTS for burst in (first, END)]
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


# Proving -----------------------------------------------------------------------------------------


def read(address, *values):
    place = f"{address >> 16:02X}:{address & 0xFFFF:04X}".encode()
    end = f"{address >> 16:02X}:{(address & 0xFFFF) + len(values):04X}".encode()
    yield (b"/", b"/  ")
    yield (place + b" ", b"%02X" % values[0] + READY)
    for value in values[1:]:
        yield (b"/ ", b"/  %02X" % value + READY)
    yield (b"/\r", b"/  " + end + READY)


def test_compare_equal(play):
    assert play(loading.compare(IMAGE), list(read(0x2000, 0x10, 0x20, 0x30, 0x40))) == ()


def test_compare_different_after_a_second_look(play):
    script = [*read(0x2000, 0x10, 0x21, 0x30, 0x40), (b"/", b"/  "), (b"00:2001 ", b"21" + READY)]
    assert play(loading.compare(IMAGE), script) == (Difference(0x2001, 0x20, 0x21),)


def test_compare_a_digit_changed_on_the_way_here(play):
    script = [*read(0x2000, 0x10, 0x21, 0x30, 0x40), (b"/", b"/  "), (b"00:2001 ", b"20" + READY)]
    assert play(loading.compare(IMAGE), script) == ()


def test_a_record_that_was_counted_but_not_stored_is_loaded_again(play):
    # S3 instead of S2 is acknowledged like a good record.
    good = [ENTER, (FIRST[1:], b".0001"), (END, READY)]
    looks = [turn for n in range(4) for turn in ((b"/", b"/  "), (b"00:200%d " % n, b"EE" + READY))]
    script = [
        *good,
        *read(0x2000, 0xEE, 0xEE, 0xEE, 0xEE),
        *looks,
        *good,
        *read(0x2000, 0x10, 0x20, 0x30, 0x40),
    ]
    assert play(loading.load_verified(IMAGE), script) == Tally(1, 1)


def test_memory_that_stays_different(play):
    good = [ENTER, (FIRST[1:], b".0001"), (END, READY)]
    bad = [*read(0x2000, 0x10, 0x20, 0x30, 0x41), (b"/", b"/  "), (b"00:2003 ", b"41" + READY)]
    with pytest.raises(errors.VerifyDiffersError) as caught:
        play(loading.load_verified(IMAGE), [*good, *bad] * 3)
    assert caught.value.sentence == "memory differs at 00:2003: 40 wanted, 41 found"
    assert caught.value.exit_code == 14


def poke(address, old, byte, found):
    place = f"00:{address:04X}".encode()
    return [
        (b"/", b"/  "),
        (place + b" ", b"%02X" % old + READY),
        (b"<", b"<  " + place + b" %02X" % old + READY),
        (b"/", b"/  "),
        (b"%02X " % byte, b"%02X" % found + READY),
    ]


def peek(address, value):
    return [(b"/", b"/  "), (f"00:{address:04X} ".encode(), b"%02X" % value + READY)]


def test_probe_writes_both_ends_and_restores_them(play):
    script = [
        *poke(0x2000, 0x00, 0xFF, 0xFF),
        *poke(0x2003, 0x11, 0x4B, 0x4B),
        *peek(0x2000, 0xFF),
        *peek(0x2003, 0x4B),
        *poke(0x2000, 0xFF, 0x00, 0x00),
        *poke(0x2003, 0x4B, 0x11, 0x11),
    ]
    assert play(loading.probe(IMAGE), script) is None


def test_probe_of_absent_memory(play):
    look = [
        *poke(0x2000, 0x00, 0xFF, 0x00),
        *poke(0x2003, 0x00, 0x5A, 0x00),
        *peek(0x2000, 0x00),
        *peek(0x2003, 0x00),
        *poke(0x2000, 0x00, 0x00, 0x00),
        *poke(0x2003, 0x00, 0x00, 0x00),
    ]
    with pytest.raises(errors.RefusedByBoardError) as caught:
        play(loading.probe(IMAGE), [*look, *look])
    assert caught.value.sentence == "00:2000 is not RAM (wrote FF, read 00); nothing was loaded"
    assert caught.value.exit_code == 13


def test_on_chip_ram_needs_no_probe(play):
    assert play(loading.probe(image_of([(0x00B6, b"\xea" * 64)])), []) is None


def test_what_the_monitor_changes_is_not_compared():
    image = image_of([(0x00B0, bytes(range(16))), (0xDFB8, b"\x01\x02\x03")])
    assert loading.without_owned(image) == image_of([(0x00B6, bytes(range(6, 16))), (0xDFBA, b"\x03")])
    assert loading.without_owned(image_of([(0x0000, b"\x00" * 4)])) == Image()
