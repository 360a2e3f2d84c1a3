# SPDX-License-Identifier: MIT
"""Lines read by their shape mean what they mean when each is read in full."""

import contextlib
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asm816 import assemble
from asm816.expansion import Expander
from asm816.shapes import Shapes
from asm816.statements import Instruction


@contextlib.contextmanager
def all_in_full():
    with mock.patch.object(Shapes, "learn", return_value=None):
        yield


def everything(source, **options):
    result = assemble(text=source, **options)
    return (
        result.image, dict(result.symbols), [str(d) for d in result.diagnostics], result.listing(expand=True),
        result.debug_info(),
    )  # fmt: skip


NAMES = st.sampled_from(
    ["start", "later", "K", "TEXT", "a", "x", "lda", "db", "b1", "zp", "none", "M", "end", "defined"]
)
NUMBERS = st.sampled_from(
    ["1", "$12", "0x1234", "0b101", "101b", "17q", "300", "70000", "'c'", "09", "1.5", "%101", "$"]
)
WORDS = NAMES | NUMBERS
EXPRESSIONS = st.one_of(
    WORDS, st.tuples(WORDS, st.sampled_from(["+", "-", "*", "|", "%", "/", "<<", " & "]), WORDS).map("".join),
    WORDS.map("({})".format), WORDS.map("-{}".format), WORDS.map('"{}"'.format),
)  # fmt: skip
HEADS = st.sampled_from(
    ["lda", "LDA", "sta", "lda.b", "ldx.w", "lda.l", "cmp.b", "bne", "jmp", "jsr", "jml", "asl", "inc", "pea", "per",
     "mvn", "nop", "brk", "rep", "stq", "m1", "M"]
)  # fmt: skip
FORMS = st.sampled_from(
    ["{}", "#{}", "#<{}", "<{}", "!{}", "{},x", "({}),y", "[{}]", "{},{}", "{},s", "", "#{}, #{}", "+{}"]
)
INSTRUCTIONS = st.builds(
    lambda space, head, form, one, two: f"{space}{head} {form.format(one, two)}",
    st.sampled_from([" ", "  ", "\t"]), HEADS, FORMS, EXPRESSIONS, EXPRESSIONS,
)  # fmt: skip
DATA = st.builds(
    lambda head, items: f"  {head} {', '.join(items)}",
    st.sampled_from(["db", "dw", ".byte", ".long", "dq", "asciiz", "varuint", "#db"]), st.lists(EXPRESSIONS, min_size=1, max_size=3),
)  # fmt: skip
OTHERS = st.one_of(
    st.sampled_from(["", "; comment 'x", '  // "', "zp equ 0x12", ".undef zp", "  zp equ 5+1", ".big_endian", ".a8", ".i16",
                     ".scope", ".ends", ".enum", ".endenum", "bne -", "-", "@l:", "  bra @l", ".function M(p) = p+1", ".rept 2, K", ".endr", ".if K", ".endif", ".macro M(p)", "  lda #p", "  sta p,x", "  db p, p", ".endm", "  m1(K)",
                     "  m1(1, $12)", " M(zp)", " M(1+1)", ".set K = 3", "#define TEXT 1,2", "  nop ; //", "start: later: nop", "defined: nop"]),
    st.builds("{}:".format, NAMES),
    st.builds("{} = {}".format, NAMES, WORDS),
)  # fmt: skip
HEAD = (
    ".org 0xb6\n.macro m1(p, q)\n  lda p\n  sta.b q\np: nop\n.endm\n.macro m2(p, q = 3)\n  ldx #p+q\n  db q, p\n  lda (p),y\n.endm\n"
    ".macro m3(p...)\n  db p\n  m2(p_count)\n.endm\n.macro m4(p)\n  m2(p, 1)\n  m2(5,p)\n.endm\n"
)
CALLS = st.builds(
    lambda name, arguments: f"  {name}({', '.join(arguments)})",
    st.sampled_from(["m1", "m2", "m3", "m4"]), st.lists(EXPRESSIONS, max_size=3),
)  # fmt: skip
LINES = st.one_of(INSTRUCTIONS, DATA, CALLS, OTHERS).flatmap(
    lambda line: st.sampled_from([line, f"{line}  ; a comment", f"b1:{line}"])
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=8))
def test_every_program_is_the_same(lines):
    """Each line comes twice, so that the second can be read by the shape of the first."""
    source = HEAD + "\n".join([*lines, *lines]) + "\n"
    found = everything(source)
    with all_in_full():
        assert everything(source) == found


@pytest.fixture
def read_in_full():
    """The lines that are read in full."""
    lines = []
    original = Expander._read_in_full

    def read(self, line, code, text):
        lines.append(code)
        original(self, line, code, text)

    with mock.patch.object(Expander, "_read_in_full", read):
        yield lines


def test_a_shape_is_read_in_full_once(read_in_full):
    source = ".org 0\n" + "".join(f"l{n}: lda.b #{n} ; {n}\n bne l{n}\n db {n}, 0x{n:x}\n" for n in range(50))
    assert assemble(text=source).ok
    assert read_in_full == [".org 0", "l0: lda.b #0 ; 0", " bne l0", " db 0, 0x0", ""]


def test_textual_numbers_and_arguments_have_shapes_too(read_in_full):
    source = "A1 equ 1\nA2 equ 2\n.org 0\n.macro m(p)\n lda #p\n.endm\n lda #A1\n lda #A2\n lda #3\n m(4)\n m(A1)\n"
    result = assemble(text=source)
    assert result.image.segments[0].data == bytes.fromhex("a90100 a90200 a90300 a90400 a90100")
    assert read_in_full[3:] == [".macro m(p)", " lda #A1", " m(4)", ""]


def test_a_name_that_changes_its_meaning():
    source = ".org 0\n lda.b #n1\nn1 equ 5\n lda.b #n1\n.undef n1\n lda.b #n1\nn1 = 7\n"
    assert assemble(text=source).image.segments[0].data == bytes.fromhex("a907 a905 a907")


def test_members_of_an_enumeration_may_look_like_instructions():
    source = ".org 0\n nop\n nop\n.enum\n nop\n clc\n.endenum\n lda #clc\n"
    assert assemble(text=source).image.segments[0].data == bytes.fromhex("eaea a90100")


def test_identical_lines_share_their_wording():
    result = assemble(text=".org 0\n lda #1\n nop\n lda #1\n lda #1\n")
    wordings = [p.statement.wording for p in result._placed if isinstance(p.statement, Instruction)]
    assert wordings[2] is wordings[3]


def test_columns_of_lines_read_by_shape():
    source = ".org 0\n.macro m(p)\n  lda.b #p\n.endm\n  lda.b #1\nN equ 300\n  lda.b #400\n  lda.b  #N ; x\n m(500)\n bne there\n bne  nowhere\n"
    found = [(d.code, d.span.line, d.span.column, d.span.length) for d in assemble(text=source).diagnostics]
    assert sorted(found) == [
        ("E0401", 10, 6, 5), ("E0401", 11, 7, 7), ("E0504", 3, 10, 1), ("E0504", 7, 10, 3), ("E0504", 8, 11, 1),
    ]  # fmt: skip


def test_a_blank_that_is_none_is_an_error_on_every_line():
    source = ".org 0\n lda 5\n lda 6\n lda 7\u00a0\n lda 8 '\n"
    found = [(d.code, d.span.line, d.span.column) for d in assemble(text=source).diagnostics]
    assert found == [("E0208", 4, 7), ("E0203", 5, 8)]


def test_lists_of_numbers_of_any_length_have_one_shape(read_in_full):
    source = "n1 equ 9\n.org 0\n db 1, $12\n db $12\n db 1,$12,1\nl: db n1, 1\nm: db 1, n1, $12\n dw 1\n dw $12, 1\n"
    assert assemble(text=source).image.segments[0].data == bytes.fromhex(
        "0112 12 011201 0901 010912 0100 12000100"
    )
    assert read_in_full[2:] == [" db 1, $12", "l: db n1, 1", " dw 1", ""]


@pytest.mark.parametrize(
    "later",
    [" db 1, 256", " db 1 ,2", " db 1, 2,", " db ,1", " db 1,2 3", " db 1, -2", " dw 65536", ".macro db(p)"],
)
def test_what_is_no_list_of_numbers_is_read_as_ever(later):
    source = f".org 0\n db 1, 2, 256 & 1\n db 1, 2\n dw 65535\n{later}\n db 2, 1\n"
    found = everything(source)
    with all_in_full():
        assert everything(source) == found


def test_lines_of_a_macro_that_say_nothing_may_come_again():
    source = ".org 0\n.macro m(p)\n\n ; nothing\nlda.b #p\n\n.endm\n" + " m(1)\n m(2)\n" * 3
    assert assemble(text=source).image.segments[0].data == bytes.fromhex("a901 a902" * 3)
