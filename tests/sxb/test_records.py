# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.image import image_of
from sxb import errors
from sxb.records import RECORD_BYTES, check_guards, cut, regions_of


@st.composite
def images(draw):
    """Up to five pieces anywhere in 24 bits, near bank ends more often, not overlapping."""
    starts = draw(
        st.lists(
            st.integers(0, 250).map(lambda n: n * 0x10000 + 0xFF80) | st.integers(0, 0xFFFD00), max_size=5
        )
    )
    pieces, end = [], 0
    for start in sorted(starts):
        data = draw(st.binary(min_size=1, max_size=300))
        if start >= end:
            pieces.append((start, data))
            end = start + len(data)
    return image_of(pieces)


@given(images())
def test_cut_and_put_together_again_is_the_same_image(image):
    plan = cut(image)
    assert image_of((piece.address, piece.data) for piece in plan.pieces) == image
    assert plan.size == image.size


@given(images())
def test_records_are_even_short_and_within_a_bank(image):
    plan = cut(image)
    for record in plan.records:
        assert len(record.data) % 2 == 0
        assert 2 <= len(record.data) <= RECORD_BYTES
        assert record.address >> 16 == (record.end - 1) >> 16
    assert all(len(byte.data) == 1 for byte in plan.odd)


@given(images())
def test_regions_lie_in_the_image(image):
    inside = [range(segment.address, segment.end) for segment in image.segments]
    for first, last in regions_of(image):
        assert first <= last
        assert any(first in run and last in run for run in inside)


def test_regions_are_cut_where_the_memory_map_changes():
    image = image_of(
        [(0x01F0, bytes(0x20)), (0x7FFE, bytes(4)), (0xFFFF0, bytes(0x20)), (0xDFB0, bytes(0x20))]
    )
    assert list(regions_of(image)) == [
        (0x0200, 0x020F),
        (0x7FFE, 0x7FFF),
        (0x8000, 0x8001),
        (0xDFC0, 0xDFCF),
        (0xFFFF0, 0xFFFFF),
        (0x100000, 0x10000F),
    ]


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [
        (0x00B0, 0x00F0, "00:00B0-00:00B5"),
        (0x00F0, 0x0100, "00:0100-00:0100"),
        (0x0140, 0x0157, "00:0157-00:0157"),
        (0x0188, 0x0190, "00:0188-00:0188"),
        (0x01C0, 0x01C0, "00:01C0-00:01C0"),
        (0xDF80, 0xDFBF, "00:DF80-00:DFB9"),
        (0xDF70, 0xDF7F, "00:DF70-00:DF7F"),
    ],
)
def test_guarded(first, last, part):
    with pytest.raises(errors.GuardedError) as caught:
        check_guards(first, last)
    assert caught.value.exit_code == 16
    assert part in caught.value.sentence
    check_guards(first, last, force=True)


@pytest.mark.parametrize(("first", "last"), [(0xB6, 0xFF), (0x0139, 0x0156), (0x1B6, 0x1BF), (0x200, 0x7FFF)])
def test_free(first, last):
    check_guards(first, last)


def test_the_rom_is_refused_even_by_force():
    with pytest.raises(errors.RefusedByBoardError) as caught:
        check_guards(0xDFC0, 0xE001, force=True)
    assert "00:E000-00:E001 lies in the ROM" in caught.value.sentence


def test_the_buffer_that_every_address_question_writes_is_guarded():
    """A program there would be overwritten by the very command that starts or verifies it."""
    for address in (0x0189, 0x01B5):
        with pytest.raises(errors.GuardedError):
            check_guards(address, address, force=False)
