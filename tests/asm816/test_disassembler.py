# SPDX-License-Identifier: MIT
"""What the disassembler writes assembles to the same bytes."""

import itertools
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asm816 import assemble
from asm816.codemap import Known, known_from
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


KNOWN = st.builds(
    Known,
    st.dictionaries(
        st.sampled_from(["inside", "a", "x", "L0002", "L00b8", "lda", "end", "far.away", "@l"]),
        st.integers(-2, 0x80) | st.integers(0, 1 << 25),
    ),
    st.dictionaries(st.integers(0, 0x80), st.tuples(*[st.none() | st.booleans()] * 2)),
    st.lists(st.tuples(st.integers(0, 0x80), st.integers(1, 20)), max_size=3),
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([0, 0x50, 0xB6, 0x8000, 0x1FFF0, 0xFFFFC0]),
        st.binary(min_size=1, max_size=60),
        min_size=1,
    ),
    KNOWN,
    st.none() | st.integers(0, 0x80),
    st.builds(Widths, *[st.booleans()] * 3),
)
def test_whole_source(pieces, known, entry, widths):
    """Whatever is known of it, rightly or wrongly, the source makes the same bytes and entry."""
    image = image_of(pieces.items(), entry)
    source = "\n".join(source_lines(image, widths, known))
    result = assemble(text=source)
    assert result.ok, (source, [str(d) for d in result.diagnostics])
    assert result.image == image


def test_the_monitor_comes_back_with_its_names(project):
    """A real program, with debug info: same bytes, and its labels stand where they stood."""
    program = assemble(project / "emu" / "rom" / "monitor.asm")
    info = program.debug_info()
    source = "\n".join(source_lines(program.image, Widths(), known_from(info, program.image)))
    again = assemble(text=source)
    assert again.ok, [str(d) for d in again.diagnostics[:3]]
    assert again.image == program.image
    labels = {symbol.value for symbol in info.symbols if symbol.kind == "label"}
    assert labels <= set(again.symbols.values())
    code = {row.address for row in info.rows if row.kind == "code"}
    assert {row.address for row in again.debug_info().rows if row.kind == "code"} >= code


def test_memory_does_not_grow_with_the_source_text():
    """A big image is written as it is read: what is kept is about a byte per byte."""
    data = bytes(n * 7919 >> 3 & 0xFF for n in range(1 << 16))
    image = image_of([(0, data)])
    tracemalloc.start()
    for _ in source_lines(image, Widths()):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * len(data)


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
    lines = [
        *source_lines(image_of([(0xB6, bytes.fromhex("80fe ad27df"))]), Widths(), Known({"PCS7": 0xDF27}))
    ]
    assert [line.split(";")[0].strip() for line in lines] == [
        ".65816", "PCS7 = 0xdf27", ".org 0x00b6", "L00b6:", "bra L00b6", "lda.w PCS7",
    ]  # fmt: skip
