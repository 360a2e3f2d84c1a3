# SPDX-License-Identifier: MIT
"""Sources that need several passes, and the many that need one."""

import pytest

from asm816 import assemble
from asm816 import passes as passes_module
from asm816.limits import Limits

AUTO = " sep #0x20\n.auto\nback: lda #1\n bra back\n"


@pytest.fixture
def counted(monkeypatch):
    """The number of passes of each assembly."""
    made = []
    whole = passes_module._pass
    monkeypatch.setattr(passes_module, "_pass", lambda task, earlier: made.append(1) or whole(task, earlier))
    return made


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        (" lda #1\n lda later\nlater:\n", 1),
        (AUTO, 1),  # the guess of the first pass was right
        (".auto\n rep #0x20\n bra on\nsub: lda #1\n rts\non: sep #0x20\n jsr sub\n stp\n", 2),
        (".longbranch on\n bne near\nnear:\n", 1),
        (".longbranch on\n bne far\n.fill 200\nfar:\n", 2),
        (".optimize on\n lda 5\n", 1),
        (".optimize on\n lda later\nlater:\n", 3),
        (".memory M = 0..9\n.section a, M\n nop\n", 2),
        (".auto\n lda nowhere\n", 1),
        (".auto\n foo\n.longbranch on\n bne far\n.fill 200\nfar:\n", 1),  # errors that no pass mends
    ],
)
def test_as_few_passes_as_needed(text, passes, counted):
    assemble(text=text)
    assert len(counted) == passes


def test_passes_come_to_an_end():
    text = ".optimize on\n lda a1\n lda a2\na1 = $ & 0xff00\na2:\n"
    result = assemble(text=text, limits=Limits(passes=1))
    assert [d.code for d in result.diagnostics] == ["E0651"]
    assert "a2" in result.diagnostics[0].message
    assert assemble(text=text).ok


def test_sizes_that_chase_one_another_settle():
    """Each operand is short only if the label lies low, and the label lies low only if they are short."""
    text = ".org 0xf8\n.optimize on\n" + " lda ahead\n" * 3 + "ahead: stp\n"
    result = assemble(text=text)
    assert result.ok
    ahead = result.symbols["ahead"]
    image = result.image.segments[0].data
    assert image[-1] == 0xDB
    assert 0xF8 + len(image) - 1 == ahead


def test_branches_that_make_one_another_long():
    body = "".join(f"l{n}: bne l{n + 42}\n bne l{n - 42 if n > 42 else 0}\n" for n in range(200))
    tail = "".join(f"l{n}:\n" for n in range(200, 242))
    result = assemble(text=".longbranch on\n" + body + tail)
    assert result.ok
    assert any(place.size == 5 for place in result._placed)
    assert all(place.size in (0, 2, 5) for place in result._placed)


def test_a_long_branch_stays_in_its_bank():
    result = assemble(text=".org 0xfff0\n.longbranch on\n bne far\n.org 0x010100\nfar: stp\n")
    assert [d.code for d in result.diagnostics] == ["E0509"]


def test_the_widths_of_a_long_branch_are_followed():
    text = " rep #0x20\n.longbranch on\n beq far\n sep #0x20\n stp\n.fill 200\nfar: nop\n"
    result = assemble(text=text)
    number = next(n for n, p in enumerate(result._placed) if p.statement.line.raw.startswith("far"))
    assert result.widths.m(number) is False


def test_areas():
    text = ".memory M = 0x10..0x1f\n.memory N = 0x20..0x2f\n.section a, M\n.fill 3\n.section b, M\nresb 5\n"
    areas = assemble(text=text).areas
    assert [(a.name, a.first, a.last, a.size, a.used) for a in areas] == [
        ("M", 0x10, 0x1F, 16, 8),
        ("N", 0x20, 0x2F, 16, 0),
    ]
    assert [(s.name, s.first, s.size) for s in areas[0].sections] == [("a", 0x10, 3), ("b", 0x13, 5)]
    assert str(areas[0]) == "M 0x000010-0x00001f: 8 of 16 bytes (50 %), 8 free"
