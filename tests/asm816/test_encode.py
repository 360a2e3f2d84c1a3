# SPDX-License-Identifier: MIT
"""Every row of the instruction table, spelled in source, gives its opcode and operand bytes."""

import pytest

from asm816 import assemble
from asm816.target.isa import OPCODES, Mode, Width

OPERANDS = {
    Mode.IMPLIED: [("", b"")],
    Mode.ACCUMULATOR: [("", b""), (" a", b"")],
    Mode.SIGNATURE: [(" #0x12", b"\x12")],
    Mode.DIRECT: [(" 0x12", b"\x12"), (".b 0x12", b"\x12"), (" <0x3412", b"\x12")],
    Mode.DIRECT_X: [(" 0x12,x", b"\x12"), (".b 0x12,X", b"\x12")],
    Mode.DIRECT_Y: [(" 0x12,y", b"\x12")],
    Mode.DIRECT_INDIRECT: [(" (0x12)", b"\x12")],
    Mode.DIRECT_INDEXED_INDIRECT: [(" (0x12,x)", b"\x12")],
    Mode.DIRECT_INDIRECT_INDEXED: [(" (0x12),y", b"\x12")],
    Mode.DIRECT_INDIRECT_LONG: [(" [0x12]", b"\x12")],
    Mode.DIRECT_INDIRECT_LONG_INDEXED: [(" [0x12],y", b"\x12")],
    Mode.ABSOLUTE: [(" 0x3412", b"\x12\x34"), (".w 0x12", b"\x12\x00"), (" !0x12", b"\x12\x00")],
    Mode.ABSOLUTE_X: [(" 0x3412,x", b"\x12\x34"), (".w 0x12,x", b"\x12\x00")],
    Mode.ABSOLUTE_Y: [(" 0x3412,y", b"\x12\x34"), (".w 0x12,y", b"\x12\x00")],
    Mode.ABSOLUTE_LONG: [
        (" 0x563412", b"\x12\x34\x56"),
        (".l 0x12", b"\x12\x00\x00"),
        (" >0x12", b"\x12\x00\x00"),
    ],
    Mode.ABSOLUTE_LONG_X: [(" 0x563412,x", b"\x12\x34\x56"), (".l 0x12,x", b"\x12\x00\x00")],
    Mode.ABSOLUTE_INDIRECT: [(" (0x3412)", b"\x12\x34")],
    Mode.ABSOLUTE_INDEXED_INDIRECT: [(" (0x3412,x)", b"\x12\x34")],
    Mode.ABSOLUTE_INDIRECT_LONG: [(" [0x3412]", b"\x12\x34")],
    Mode.STACK_RELATIVE: [(" 0x12,s", b"\x12"), (" 0x12,S", b"\x12")],
    Mode.STACK_RELATIVE_INDIRECT_INDEXED: [(" (0x12,s),y", b"\x12")],
    Mode.RELATIVE: [
        (" 0x8000", b"\xfe"),
        (" #0x12", b"\x12"),
        (" $ + 0x81", b"\x7f"),
        (" $ - 0x7e", b"\x80"),
    ],
    Mode.RELATIVE_LONG: [(" 0x8000", b"\xfd\xff"), (" #0x3412", b"\x12\x34"), (" 0xffff", b"\xfc\x7f")],
    Mode.BLOCK_MOVE: [(" 0x12,0x34", b"\x12\x34"), (" #0x12, #0x34", b"\x12\x34")],
}


def immediates(op):
    if op.width is Width.BYTE:
        return [(" #0x12", b"\x12"), (".b #0x12", b"\x12")]
    return [(" #0x12", b"\x12\x00"), (".b #0x12", b"\x12"), (".w #0x12", b"\x12\x00"), (" #>0x1234", b"\x12")]


@pytest.mark.parametrize("op", OPCODES, ids=lambda op: f"{op.code:02x}-{op.handler}")
def test_every_opcode(op):
    spellings = immediates(op) if op.mode is Mode.IMMEDIATE else OPERANDS[op.mode]
    for operand, expected in spellings:
        for mnemonic in (op.mnemonic.lower(), op.mnemonic):
            source = f".65816\n.org 0x8000\n {mnemonic}{operand}\n"
            result = assemble(text=source)
            assert result.ok, (source, [str(d) for d in result.diagnostics])
            assert result.image.segments[0].data == bytes((op.code,)) + expected, source


def test_a_name_in_a_macro_argument_keeps_its_place():
    result = assemble(text=".macro m(a)\n lda #1 + a\n.endm\n m(unknown)\n")
    assert [(d.code, d.span.line, d.span.column) for d in result.diagnostics] == [("E0401", 2, 11)]


def test_an_error_in_a_size_makes_no_follow_on_errors():
    text = ".org 0x1000\n bra end\n resb unknown\n bra end\nend: lda end\n.org 0x2000\n bra end\n"
    assert [d.code for d in assemble(text=text).diagnostics] == ["E0403"]
