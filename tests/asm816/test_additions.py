# SPDX-License-Identifier: MIT
"""What we add changes no byte of a source that does not use it.

What each addition does is in `tests/golden/asm/*_ours_*.asm`.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816 import assemble
from asm816 import passes as passes_module
from asm816.additions import Additions
from asm816.directives import EXPANDED, OURS

FOLDER = Path(__file__).parents[1] / "golden" / "asm"
OLD = [
    path
    for path in sorted(FOLDER.glob("ok_*.asm"))
    if "_ours_" not in path.name and "_lint_" not in path.name
]
SWITCHES_OFF = ".auto off\n.longbranch off\n.optimize off\n.dp 0\n.dbr 0\n"
NAMES = sorted(OURS | Additions._ADDED.keys())


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_switched_off_they_change_nothing(path):
    """The defaults of our switches are the rules of naken_asm."""
    text = path.read_bytes().decode()
    before, after = assemble(path), assemble(text=SWITCHES_OFF + text, name=str(path), include_dirs=[FOLDER])
    if after.ok:  # some speak of their own place
        assert after.image == before.image
    assert before.ok


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_old_sources_use_none_of_them_and_take_one_pass(path):
    words = set(path.read_bytes().decode("utf-8", "replace").lower().replace("#", ".").split())
    assert not words & {f".{name}" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_macro_of_an_old_source_keeps_its_name(name):
    text = f".macro {name}\n db 0x5a\n.endm\n {name}\n .{name}\n"
    assert assemble(text=text).image.window(0, 2) == b"\x5a\x5a"


@pytest.mark.parametrize("name", NAMES)
def test_labels_and_constants_may_have_the_names(name):
    text = f"{name}: db 1\nx{name} = {name} + 1\n dw {name}, x{name}\n"
    assert assemble(text=text).image.window(0, 5) == b"\x01\0\0\x01\0"


def test_all_are_known():
    assert Additions._ADDED.keys() <= EXPANDED


PIECES = st.sampled_from(
    [f".{name}" for name in NAMES]
    + [".endr", ".endm", ".macro m(a, b=1, c...)", ".scope s", ".ends", ".if .a8", ".endif", "m(1,2)", "@x:"]
    + ["- nop", "+ bra -", " bra +", " lda s.x, y", ".rept 2, i", " db i", ".memory A = 1..2", ".org 5"]
    + [".section c, A", ".section c", ".set v = 1", ".while v < 3", ".set v = v + 1", ".function f(x) = x+v"]
    + [" db f(f(v))", "field: resb 2", ".dp 0x100", " lda #1", " sep #0x20", "label: jsr label", " bne label"]
    + [".checksum sum8, 0, 3", '.assert 1, "t"', ".fill 200", "RED", "RED = 5", ".auto", ".optimize on"]
)


@given(st.lists(PIECES, max_size=25))
def test_any_mixture_ends_in_an_image_or_in_errors(lines):
    result = assemble(text="\n".join(lines) + "\n")
    assert result.ok or not result.image.segments
    assert all(str(found) for found in result.diagnostics)


class _InFull(Additions):
    """An expander that reads every line in full."""

    @property
    def _reads_by_shape(self):
        return False


FIRST = """
.org 0x200
.scope b
b: nop
w: nop
.ends
.struct s
f: resb 1
g: resb 1
.endstruct
.macro put(i)
@again: lda #i
 bne @again
.endm
.function f(i) = i+1
x: y: nop
"""
PIECES_THAT_FIT = st.sampled_from(
    [
        "-",
        "- bne -",
        " bne -",
        " bne +\n+",
        "+ nop",
        " lda b.b",
        " lda b.w",
        " lda b.b, x",
        " lda x",
        " lda.b <x",
        ".a8",
        ".a16",
        ".i8",
        ".auto on",
        ".auto off",
        " sep #0x20",
        " rep #0x20",
        " lda #1",
        " ldx #2",
        " lda.b #3",
        ".dp 0x100",
        ".dp 0",
        ".dp off",
        ".dbr 1",
        ".dbr 0",
        " lda 0x110",
        " lda 0x10010",
        " lda 0x10",
        " lda !0x110",
        ".longbranch",
        ".longbranch off",
        ".optimize",
        ".optimize off",
        " lda last",
        " lda s.f",
        " lda #s.g",
        " lda s",
        ".rept 2, i\n db i\n.endr",
        ".rept 2, i\n lda #i\n.endr",
        " put(3)",
        " put(4)",
        " lda #f(2)",
        " lda f(x)",
        ".enum\n.endenum",
        ".rept 2\n@in: bra @in\n.endr",
        " db 1, 2",
        " db 1",
        " dw 1",
        ".big_endian",
        " asl a",
        " asl",
        ".scope\nx: lda x\n.ends",
        ".scope\n lda x\nx:\n.ends",
        " jmp last",
        " beq last",
        " php",
        " plp",
        " jsr y",
        ".if .a8 == .a8\n nop\n.endif",
        ".set v = 1",
        ".fill 50",
        " lda #K",
        " mvn 1, 2",
        " brk",
        " lda (0x10), y",
    ]
)


@given(st.lists(PIECES_THAT_FIT, min_size=3, max_size=40))
def test_the_memo_of_shapes_changes_nothing(lines):
    """A line means the same whether lines like it were read before or not."""
    text = "\n".join([FIRST, *lines, "last: stp", "K equ 4", ""])
    with_memo = assemble(text=text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes_module, "Additions", _InFull)
        in_full = assemble(text=text)
    assert with_memo.diagnostics == in_full.diagnostics
    assert with_memo.image == in_full.image
    assert with_memo.widths == in_full.widths
