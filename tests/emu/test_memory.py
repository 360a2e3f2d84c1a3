# SPDX-License-Identifier: MIT
"""Memory as people index it."""

from __future__ import annotations

import pytest

from emu import EmuError


def test_bytes_and_slices(small_board):
    board = small_board("toggle")
    memory = board.memory
    memory[0x40] = 0x12
    memory[0x41:0x44] = b"abc"
    memory[0x40] |= 1
    assert (memory[0x40], memory[0x40:0x44], len(memory)) == (0x13, b"\x13abc", 1 << 24)
    assert memory[0xE000:0xE002] == b"\x18\xfb"
    assert memory[0xFFFFFE:] == b"\0\0"
    memory[0x40:0x40] = b""


@pytest.mark.parametrize("place", [-1, 1 << 24, 1.0, "40", slice(-1, 4), slice(0, 1 << 25), slice(0, 8, 2)])
def test_places_outside(small_board, place):
    memory = small_board("toggle").memory
    with pytest.raises(EmuError) as caught:
        memory[place]
    assert caught.value.code == "E2071"
    with pytest.raises(EmuError):
        memory[place] = 0


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (0x40, 256, "E2072"),
        (0x40, -1, "E2072"),
        (0x40, b"a", "E2072"),
        (slice(0x40, 0x42), b"abc", "E2072"),
        (slice(0x40, 0x42), 7, "E2072"),
        (0xE000, 0, "E2003"),
        (0xDF00, 0, "E2003"),
        (0x2000, 0, "E2003"),
        (slice(0x1FE, 0x202), b"abcd", "E2003"),
    ],
)
def test_what_cannot_be_written_leaves_all_as_it_is(small_board, place, value, code):
    board = small_board("toggle")
    before = board.snapshot()
    with pytest.raises(EmuError) as caught:
        board.memory[place] = value
    assert caught.value.code == code
    assert board.snapshot() == before


@pytest.mark.parametrize("address", [-1, 1 << 24, None])
def test_peek_and_last_writer_want_an_address(small_board, address):
    board = small_board("toggle")
    for ask in (board.peek, board.last_writer, board.jml):
        with pytest.raises(EmuError) as caught:
            ask(address)
        assert caught.value.code == "E2071"
