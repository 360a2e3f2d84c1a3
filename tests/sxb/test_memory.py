# SPDX-License-Identifier: MIT
"""Memory, with the answers that WDC's published monitor ROM gives when executed."""

from __future__ import annotations

import pytest

from sxb import dialogue, errors, memory

READY = b"\rREADY\r>"
UNKNOWN_ESC = (b"\x1b", b"\x1b?" + READY)


def test_read_byte_sends_the_arguments_behind_the_echo(play):
    assert play(memory.read_byte(0x2000), [(b"/", b"/  "), (b"00:2000 ", b"AA" + READY)]) == 0xAA


def test_read_block_and_look_at_the_pointer(play):
    script = [
        (b"/", b"/  "),
        (b"00:0200 ", b"AA" + READY),
        (b"/ ", b"/  BB" + READY),
        (b"/ ", b"/  CC" + READY),
        (b"/\r", b"/  00:0203" + READY),
    ]
    assert play(memory.read_block(0x0200, 3), script) == b"\xaa\xbb\xcc"


LOW = (b"W", b"W  \rEnter Lowest Address   BB:AAAA ")
DUMPED = bytes.fromhex("E220A961224BE0006B00000000000000000000")
DUMP_OF_2000 = [
    LOW,
    (b"00200", b"00:200"),
    (b"0", b"0\rEnter Highest Address  BB:AAAA "),
    (b"00201", b"00:201"),
    (b"2", b"2\rS214002000E220A961224BE0006B0000000000000007\rS207002010000000C8\rS804000000FB"),
    (b" ", READY),
]


def test_a_block_comes_by_w_as_recorded(play):
    assert play(memory.read_block(0x2000, 19), DUMP_OF_2000) == DUMPED


@pytest.mark.parametrize(
    ("turn", "answer"),
    [
        (1, b"00:20"),
        (2, b"1\rEnter Highest Address  BB:AAAA "),
        (3, b"00:200"),
        (4, b"2\rS214002000E220A961224BE0006B0000000000000008\rS207002010000000C8\rS804000000FB"),
        (4, b"2\rS207002010000000C8\rS804000000FB"),
        (4, b"2\rS214002000E220A961224BE0006B0000000000000007\rS804000000FB"),
        (4, b"2\rS214002000E220A961224BE0006B0000000000000007\rS2070020"),
        (4, b"3\rS214002000E220A961224BE0006B0000000000000007\rS207002010000000C8\rS804000000FB"),
        (5, b""),
    ],
    ids=["lost echo", "changed echo", "changed high", "bad checksum", "first record lost",
         "last record lost", "cut off", "changed last echo", "key lost"],
)  # fmt: skip
def test_a_damaged_dump_is_asked_for_again(play, turn, answer):
    broken = [*DUMP_OF_2000[:turn], (DUMP_OF_2000[turn][0], answer), (b"\x1b", b"\x1b" + READY)]
    assert play(memory.read_block(0x2000, 19), [*broken, *DUMP_OF_2000]) == DUMPED


def test_the_end_of_memory_comes_byte_by_byte(play):
    """W shows no end record where a range ends at FF:FFFF (executed)."""
    steps = memory.read_block(0xFFFFF0, 16)
    assert next(steps).send == b"/"


def test_read_block_again_if_the_pointer_is_wrong(play):
    # A 0 that became a 2 on the way to the board: every answer has the right shape.
    wrong = [(b"/", b"/  "), (b"00:0200 ", b"55" + READY), (b"/\r", b"/  00:2201" + READY)]
    right = [(b"/", b"/  "), (b"00:0200 ", b"AA" + READY), (b"/\r", b"/  00:0201" + READY)]
    assert play(memory.read_block(0x0200, 1), [*wrong, UNKNOWN_ESC, *right]) == b"\xaa"


def test_a_lost_command_letter_never_runs_its_arguments(play):
    script = [(b"/", b""), UNKNOWN_ESC, (b"/", b"/  "), (b"00:F000 ", b"AA" + READY)]
    assert play(dialogue.insist("/", lambda: memory.read_byte(0xF000)), script) == 0xAA


def test_bad_digit_is_nak_and_asked_again(play):
    nak = [(b"/", b"/  "), (b"00:2000 ", b"\x15" + READY + b"   00:E358 00" + READY)]
    good = [(b"/", b"/  "), (b"00:2000 ", b"AA" + READY)]
    script = [*nak, UNKNOWN_ESC, *good]
    assert play(dialogue.insist("/", lambda: memory.read_byte(0x2000)), script) == 0xAA


WRITE_AT_2000 = [(b"/", b"/  "), (b"00:2000 ", b"00" + READY), (b"<", b"<  00:2000 00" + READY)]


def test_write_through_a_checked_pointer(play):
    script = [
        *WRITE_AT_2000,
        (b"/", b"/  "),
        (b"AA ", b"AA" + READY),
        (b"/", b"/  "),
        (b"55 ", b"55" + READY),
        (b"/\r", b"/  00:2002" + READY),
    ]
    play(memory.write_block(0x2000, b"\xaa\x55"), script)


def test_nothing_is_written_through_a_wrong_pointer(play):
    wrong = [(b"/", b"/  "), (b"00:2000 ", b"00" + READY), (b"<", b"<  00:2200 00" + READY)]
    good = [*WRITE_AT_2000, (b"/", b"/  "), (b"AA ", b"AA" + READY), (b"/\r", b"/  00:2001" + READY)]
    play(memory.write_block(0x2000, b"\xaa"), [*wrong, UNKNOWN_ESC, *good])


def test_a_byte_that_does_not_stick_twice(play):
    point = [(b"/", b"/  "), (b"00:E000 ", b"4C" + READY), (b"<", b"<  00:E000 4C" + READY)]
    write = [(b"/", b"/  "), (b"55 ", b"4C" + READY)]
    with pytest.raises(errors.RefusedByBoardError) as caught:
        play(memory.write_block(0xE000, b"\x55"), [*point, *write, *point, *write])
    assert caught.value.sentence == "00:E000 does not keep 55 (reads 4C)"


def test_a_byte_changed_on_the_line_is_written_again(play):
    first = [*WRITE_AT_2000, (b"/", b"/  "), (b"AA ", b"A8" + READY)]
    again = [*WRITE_AT_2000, (b"/", b"/  "), (b"AA ", b"AA" + READY)]
    script = [*first, *again, *again, (b"/\r", b"/  00:2001" + READY)]
    play(memory.write_block(0x2000, b"\xaa"), script)


FILL = [
    (b"F", b"F  \rEnter Lowest Address   BB:AAAA "),
    (b"00200", b"00:200"),
    (b"0", b"0\rEnter Highest Address  BB:AAAA "),
    (b"00200", b"00:200"),
    (b"7", b"7\rEnter Byte in HEX "),
    (b"5", b"5"),
    (b"A", b"A" + READY),
]


def test_fill_as_recorded(play):
    play(memory.fill(0x2000, 8, 0x5A), FILL)


@pytest.mark.parametrize(
    ("turn", "answer"),
    [
        (1, b"00:020"),  # a lost digit
        (1, b"00:0200"),  # a doubled one
        (2, b"1\rEnter Highest Address  BB:AAAA "),
        (3, b"000:200"),  # the sixth of the low address came twice
        (4, b"F\rEnter Byte in HEX "),
        (5, b"75"),
    ],
)
def test_a_damaged_address_never_fills_anything(play, turn, answer):
    play(memory.fill(0x2000, 8, 0x5A), [*FILL[:turn], (FILL[turn][0], answer), UNKNOWN_ESC, *FILL])


def test_put_break_returns_what_was_there(play):
    script = [
        (b"/", b"/  "),
        (b"00:2002 ", b"A9" + READY),
        (b"/\r", b"/  00:2003" + READY),
        (b"/", b"/  "),
        (b"00:2002 ", b"A9" + READY),
        (b"<", b"<  00:2002 A9" + READY),
        (b"/", b"/  "),
        (b"00 ", b"00" + READY),
        (b"/\r", b"/  00:2003" + READY),
    ]
    assert play(memory.put_break(0x2002), script) == 0xA9
