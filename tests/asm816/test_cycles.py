# SPDX-License-Identifier: MIT
import pytest

from asm816.cycles import Cycles, cycles_of, legend
from asm816.target.isa import BY_NAME, OPCODES, Mode, Width


def op(mnemonic, mode):
    return BY_NAME[mnemonic, mode]


@pytest.mark.parametrize("row", OPCODES, ids=lambda row: f"{row.code:02x}")
def test_nothing_known_is_the_table(row):
    if row.mode is not Mode.IMMEDIATE or row.width not in (Width.M, Width.X):
        assert cycles_of(row, row.mode.operand_bytes) == Cycles(row.cycles, row.extras)


@pytest.mark.parametrize("row", OPCODES, ids=lambda row: f"{row.code:02x}")
@pytest.mark.parametrize(("m8", "x8"), [(True, True), (True, False), (False, True), (False, False)])
def test_known_widths_settle_their_footnotes(row, m8, x8):
    operand = row.size(m8, x8) - 1
    found = cycles_of(row, operand, m8, x8)
    settled = {"m", "r", "x"} | (set() if x8 else {"p"}) | (set() if m8 and x8 else {"n", "b"})
    assert not settled & set(found.extras)
    holding = "".join(
        letter for letter, holds in (("m", not m8), ("r", not m8), ("x", not x8), ("p", not x8),
                                     ("n", not (m8 and x8))) if holds
    )  # fmt: skip
    assert found.least == row.cycle_count(holding)


def test_an_immediate_shows_its_width():
    assert cycles_of(op("LDA", Mode.IMMEDIATE), 1) == Cycles(2)
    assert cycles_of(op("LDA", Mode.IMMEDIATE), 2) == Cycles(3)
    assert cycles_of(op("LDX", Mode.IMMEDIATE), 2) == Cycles(3)


def test_branches():
    bne = op("BNE", Mode.RELATIVE)
    assert cycles_of(bne, 1, crosses=False) == Cycles(2, "t")
    assert cycles_of(bne, 1, crosses=True) == Cycles(2, "tb")
    assert cycles_of(bne, 1, m8=False, crosses=True) == Cycles(2, "t")


def test_text_and_range():
    assert str(Cycles(4)) == "4"
    assert str(Cycles(4, "mp")) == "4 +m+p"
    assert Cycles(6, "rw").most == 9
    assert legend({"t", "m"}) == ["+m  1 more if M = 0", "+t  1 more if the branch is taken"]
