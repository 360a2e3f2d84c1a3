# SPDX-License-Identifier: MIT
"""Loads that are proven, on the wire and against the emulated board."""

from __future__ import annotations

import pytest

from asm816.image import image_of
from emu import Board
from sxb import connect, crc, errors, proof, proven
from sxb.loading import Tally

READY = b"\rREADY\r>"
END = b"S804000000FB\r"
FIRST = b"S2080020001020304037\r"
IMAGE = image_of([(0x2000, bytes.fromhex("10203040"))])
ENTER = (b"S", b"S  ")

AT = 0x0300
BIG = image_of([(AT, bytes(n * 7 & 0xFF for n in range(901)))])


def read(address, *values):
    place = f"{address >> 16:02X}:{address & 0xFFFF:04X}".encode()
    end = f"{address >> 16:02X}:{(address & 0xFFFF) + len(values):04X}".encode()
    yield (b"/", b"/  ")
    yield (place + b" ", b"%02X" % values[0] + READY)
    for value in values[1:]:
        yield (b"/ ", b"/  %02X" % value + READY)
    yield (b"/\r", b"/  " + end + READY)


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
    assert play(proven.load_verified(IMAGE), script) == Tally(1, 1)


def test_memory_that_stays_different(play):
    good = [ENTER, (FIRST[1:], b".0001"), (END, READY)]
    bad = [*read(0x2000, 0x10, 0x20, 0x30, 0x41), (b"/", b"/  "), (b"00:2003 ", b"41" + READY)]
    with pytest.raises(errors.VerifyDiffersError) as caught:
        play(proven.load_verified(IMAGE), [*good, *bad] * 3)
    assert caught.value.sentence == "memory differs at 00:2003: 40 wanted, 41 found"
    assert caught.value.exit_code == 14


def test_a_reset_in_the_middle_starts_the_load_over(play):
    banner = b"\r\x11A ROM Version 2.07\r (C) 1\rAssembled 2\r\rPCntr\r\r>"
    esc = (b"\x1b", b"\x1b?" + READY)
    script = [
        ENTER,
        (FIRST[1:], b".0001"),
        (END, READY),
        (b"/", banner),  # while it is read back: what was loaded may be lost
        esc,
        *read(0x2000, 0x10, 0x20, 0x30, 0x40),
        esc,
        ENTER,
        (FIRST[1:], b".0001"),
        (END, READY),
        *read(0x2000, 0x10, 0x20, 0x30, 0x40),
    ]
    assert play(proven.load_verified(IMAGE), script) == Tally(1, 0)


# The routine on the board ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def booted():
    board = Board("sxb")
    board.boot()
    return board


@pytest.fixture
def sxb(booted):
    return booted.copy()


def held(board, image=BIG):
    return all(bytes(board.memory[s.address : s.end]) == s.data for s in image.segments)


def test_a_load_is_proven_by_crc_and_nothing_else_is_touched(sxb):
    sxb.memory[0x0200:0x8000] = b"\xa5" * 0x7E00
    said = []
    with connect(sxb, trace=lambda way, data: said.append((way, data))) as m:
        before = m.registers()
        result = m.load(BIG)
        assert m.registers() == before
    assert held(sxb)
    assert set(sxb.memory[0x0200:AT] + sxb.memory[BIG.last + 1 : 0x8000]) == {0xA5}
    assert (result.bytes, result.resent, result.verified) == (901, 0, True)
    assert (">", b"J") in said


def test_what_was_damaged_on_the_board_is_found_by_crc_and_loaded_again(sxb):
    def damage(progress):
        if progress.phase == "verify" and not damaged:
            damaged.append(sxb.memory[AT + 100])
            sxb.memory[AT + 100] ^= 0x40

    damaged = []
    with connect(sxb, progress=damage) as m:
        result = m.load(BIG)
    assert damaged
    assert result.resent > 0
    assert held(sxb)


@pytest.mark.parametrize("at", [3, 60])
def test_a_routine_that_is_not_all_there_is_never_called(sxb, at):
    """It is changed behind the loader's back, as often as it is loaded: memory is read back instead."""
    seat = proof.seat_in(BIG)
    sent = []

    def damage(way, data):
        if way == ">":
            sent.append(data)
            if data == b"W" and sxb.memory[seat.address + 10] == crc.ROUTINE[10]:
                sxb.memory[seat.address + at] ^= 0x01

    with connect(sxb, trace=damage) as m:
        assert m.load(BIG).verified
    assert held(sxb)
    assert b"J" not in sent


def test_verify_puts_everything_back(sxb):
    sxb.load(BIG)
    sxb.memory[AT + 5] ^= 0xFF
    before = bytes(sxb.memory[:0x8000])
    with connect(sxb) as m:
        with pytest.raises(errors.VerifyDiffersError, match="00:0305"):
            m.verify(BIG)
        sxb.memory[AT + 5] ^= 0xFF
        m.verify(BIG)
    sxb.memory[AT + 5] ^= 0xFF
    assert bytes(sxb.memory[0x0200:0x8000]) == before[0x0200:]


def test_changed_sends_only_what_differs(sxb):
    image = image_of([(AT, bytes(5 * proof.BLOCK))])
    with connect(sxb) as m:
        sxb.load(image)
        sxb.memory[AT + 3 * proof.BLOCK + 9] = 1
        result = m.load(image, changed=True)
    assert held(sxb, image)
    assert 0 < 4 * proof.BLOCK - len(crc.ROUTINE) - result.kept < proof.CALL_WORTH  # a rest behind the seat
    assert result.verified


def test_changed_on_a_small_image_is_by_reading_back():
    board = Board("qbx")
    board.boot()
    image = image_of([(0x00B6, bytes(range(1, 65)))])
    board.load(image)
    with connect(board) as m:
        assert m.load(image, changed=True).kept == 64
