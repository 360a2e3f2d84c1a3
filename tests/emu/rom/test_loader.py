# SPDX-License-Identifier: MIT
"""Whole files through the loader: every length of record, every line end, streamed without a pause."""

from __future__ import annotations

from functools import cache
from itertools import cycle

import pytest

from asm816.target.monitor import READY
from emu.board import Board

FIRST = 0x0200
LENGTHS = tuple(range(1, 252))
"""Data bytes of a record: the count byte holds up to 255, of which address and checksum take 4."""

SOME_LENGTHS = (1, 2, 3, 15, 16, 17, 64, 127, 128, 129, 250, 251)
ENDS = (b"\r", b"\n", b"\r\n")


def record(address: int, data: bytes) -> bytes:
    body = bytes([len(data) + 4]) + address.to_bytes(3, "big") + data
    return b"S2" + (body + bytes([~sum(body) & 0xFF])).hex().upper().encode()


@cache
def booted(rom: str) -> Board:
    board = Board("sxb", rom=rom)
    board.boot()
    board.run(seconds=0.1)
    return board


def load(rom: str, lengths: tuple[int, ...], ends: tuple[bytes, ...]) -> None:
    """Stream a file of records of these lengths, with these line ends in turn; all must have arrived."""
    board = booted(rom).copy()
    line = board.serial(3)
    line.take()
    data = bytes((n * 167 + n // 256) & 0xFF for n in range(sum(lengths)))
    text, at = b"", 0
    for length, end in zip(lengths, cycle(ends), strict=False):
        text += record(FIRST + at, data[at : at + length]) + end
        at += length
    text += b"S804000000FB" + ends[0]
    line.send(text)
    board.run(seconds=len(text) * 10 / 9600 + 0.1)
    assert line.pending == 0
    answer = line.take().replace(b"\x11", b"")
    assert answer == b"S  " + b"".join(b".%04d" % n for n in range(1, len(lengths) + 1)) + READY
    assert board.memory[FIRST : FIRST + len(data)] == data


def test_records_of_every_length_load_without_a_pause():
    load("quirks", LENGTHS, ENDS)


@pytest.mark.parametrize("rom", ["quirks", "fixed"])
@pytest.mark.parametrize("end", ENDS, ids=["CR", "LF", "CRLF"])
def test_each_line_end_will_do(rom, end):
    load(rom, SOME_LENGTHS, (end,))
