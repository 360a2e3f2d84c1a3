# SPDX-License-Identifier: MIT
"""What we add changes no byte of a source that does not use it.

What each addition does is in `tests/golden/asm/*_ours_*.asm`.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816 import assemble
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
