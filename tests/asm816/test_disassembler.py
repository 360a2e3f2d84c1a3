# SPDX-License-Identifier: MIT
"""What the disassembler writes assembles to the same bytes."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asm816 import assemble
from asm816.disassembler import Widths, disassemble, source_lines
from asm816.image import image_of
from asm816.target.isa import OPCODES

FLAGS = [False, True]


def assert_round_trip(data, address, widths):
    text = "\n".join(piece.text for piece in disassemble(data, address, widths))
    result = assemble(text=f".65816\n.org {address:#x}\n{text}\n")
    assert result.ok, (text, [str(d) for d in result.diagnostics])
    assert result.image == image_of([(address, data)])


@pytest.mark.parametrize(("m8", "x8"), [*itertools.product(FLAGS, FLAGS)])
def test_all_opcodes(m8, x8):
    for address in (0x00, 0x8000, 0x12_8000):
        for low, high in ((0x12, 0x34), (0x00, 0x00), (0xFF, 0xFF), (0x80, 0x7F)):
            data = b"".join(bytes((op.code, low, high, 0x12))[: op.size(m8, x8)] for op in OPCODES)
            assert_round_trip(data, address, Widths(m8, x8, follow=False))


@settings(max_examples=60, deadline=None)
@given(
    st.binary(min_size=1, max_size=60),
    st.sampled_from([0, 0x8000, 0xFFE0, 0x1FFF0, 0xFEFFF0]),
    *[st.booleans()] * 3,
)
def test_random_bytes(data, address, m8, x8, follow):
    assert_round_trip(data, address, Widths(m8, x8, follow))


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=60), st.sampled_from([0, 0xB6, 0x8000, 0x1FFF0]), st.integers(0, 60))
def test_whole_source_with_names(data, address, offset):
    image = image_of([(address, data)])
    symbols = {"inside": address + offset, "a": address + 1, "far": 0xE000, "low": 0x12}
    source = "\n".join(source_lines(image, Widths(), symbols))
    result = assemble(text=source)
    assert result.ok, (source, [str(d) for d in result.diagnostics])
    assert result.image == image


def test_rep_and_sep_are_followed():
    data = bytes.fromhex("c230 a93412 a23412 e220 a912 a23412")
    assert [piece.text for piece in disassemble(data, 0)] == [
        "rep #0x30", "lda.w #0x1234", "ldx.w #0x1234", "sep #0x20", "lda.b #0x12", "ldx.w #0x1234",
    ]  # fmt: skip
    assert [piece.text for piece in disassemble(data, 0, Widths(follow=False))][1:3] == [
        "lda.b #0x34",
        "ora (0xa2)",
    ]


def test_ends_in_the_middle():
    assert [(piece.text, piece.op) for piece in disassemble(b"\xad\x12", 0)] == [
        ("db 0xad", None),
        ("db 0x12", None),
    ]


def test_targets():
    pieces = [*disassemble(bytes.fromhex("80fe 200080 4c0080 22563412 5c563412 6c0080 820000"), 0x018000)]
    assert [piece.target for piece in pieces] == [
        0x018000,
        0x018000,
        0x018000,
        0x123456,
        0x123456,
        None,
        0x018016,
    ]


def test_names():
    lines = [*source_lines(image_of([(0xB6, bytes.fromhex("80fe ad27df"))]), Widths(), {"PCS7": 0xDF27})]
    assert [line.split(";")[0].strip() for line in lines] == [
        ".65816", "PCS7 = 0xdf27", ".org 0x00b6", "L00b6:", "bra L00b6", "lda.w PCS7",
    ]  # fmt: skip
