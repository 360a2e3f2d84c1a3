# SPDX-License-Identifier: MIT
"""Probing and reading back, with the answers that WDC's published monitor ROM gives when executed."""

from __future__ import annotations

import pytest

from asm816.image import Image, Segment, image_of
from sxb import crc, errors, proof
from sxb.proof import Difference

READY = b"\rREADY\r>"
IMAGE = image_of([(0x2000, bytes.fromhex("10203040"))])


def read(address, *values):
    place = f"{address >> 16:02X}:{address & 0xFFFF:04X}".encode()
    end = f"{address >> 16:02X}:{(address & 0xFFFF) + len(values):04X}".encode()
    yield (b"/", b"/  ")
    yield (place + b" ", b"%02X" % values[0] + READY)
    for value in values[1:]:
        yield (b"/ ", b"/  %02X" % value + READY)
    yield (b"/\r", b"/  " + end + READY)


def test_compare_equal(play):
    assert play(proof.compare(IMAGE), list(read(0x2000, 0x10, 0x20, 0x30, 0x40))) == ()


def test_compare_different_after_a_second_look(play):
    script = [*read(0x2000, 0x10, 0x21, 0x30, 0x40), (b"/", b"/  "), (b"00:2001 ", b"21" + READY)]
    assert play(proof.compare(IMAGE), script) == (Difference(0x2001, 0x20, 0x21),)


def test_compare_a_digit_changed_on_the_way_here(play):
    script = [*read(0x2000, 0x10, 0x21, 0x30, 0x40), (b"/", b"/  "), (b"00:2001 ", b"20" + READY)]
    assert play(proof.compare(IMAGE), script) == ()


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
    assert play(proof.probe(IMAGE), script) is None


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
        play(proof.probe(IMAGE), [*look, *look])
    assert caught.value.sentence == "00:2000 is not RAM (wrote FF, read 00); nothing was loaded"
    assert caught.value.exit_code == 13


def test_on_chip_ram_needs_no_probe(play):
    assert play(proof.probe(image_of([(0x00B6, b"\xea" * 64)])), []) is None


def test_what_the_monitor_changes_is_not_compared():
    image = image_of([(0x00B0, bytes(range(16))), (0xDFB8, b"\x01\x02\x03")])
    assert proof.without_owned(image) == image_of([(0x00B6, bytes(range(6, 16))), (0xDFBA, b"\x03")])
    assert proof.without_owned(image_of([(0x0000, b"\x00" * 4)])) == Image()


# The seat of the CRC routine ---------------------------------------------------------------------


def test_a_small_image_is_read_back():
    assert proof.seat_in(image_of([(0x00B6, bytes(74))])) is None
    assert proof.seat_in(image_of([(0x0200, bytes(proof.CRC_WORTH - 1))])) is None


def test_the_seat_is_the_last_place_in_the_image_whose_address_ends_in_0():
    seat = proof.seat_in(image_of([(0x0205, bytes(range(256)) * 4), (0x3000, bytes(10))]))
    assert seat.address % 16 == 0
    assert len(seat.data) == len(crc.ROUTINE)
    assert seat.end <= 0x0605 < seat.end + 16
    assert seat.data[0] == (seat.address - 0x0205) % 256


def test_no_seat_beyond_bank_0():
    assert proof.seat_in(image_of([(0x010000, bytes(2000))])) is None


def test_less_the_seat():
    image = image_of([(0x2000, bytes(range(100)))], entry=0x2001)
    assert proof.less(image, Segment(0x2010, bytes(16))) == image_of(
        [(0x2000, bytes(range(16))), (0x2020, bytes(range(32, 100)))], entry=0x2001
    )
