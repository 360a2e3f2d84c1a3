# SPDX-License-Identifier: MIT
"""The opcode table against the core: one says how long an instruction takes, the other takes that long."""

from __future__ import annotations

import pytest

from asm816.target.isa import BY_NAME, EXTRA_CYCLES, MNEMONICS, OPCODES, Mode
from emu.cpu.core import Core

HERE = 0x2080


def test_the_table_has_each_opcode_once_and_in_order():
    assert [op.code for op in OPCODES] == list(range(256))
    assert len(BY_NAME) == 256
    assert len(MNEMONICS) == 92


def test_extras_are_footnotes():
    assert all(set(op.extras) <= set(EXTRA_CYCLES) for op in OPCODES)


def _core(op, *, m8, x8, native, dl):
    core = Core()
    core.e = 0 if native else 1
    core.p = (0x20 if m8 else 0) | (0x10 if x8 else 0) | 0x04
    core.d = 0x0300 | dl
    core.a, core.x, core.y = 0x0000, 0x10, 0x10
    core.pc = HERE
    core.memory[HERE : HERE + 4] = bytes([op.code, 0x10, 0x40, 0x00])
    return core


@pytest.mark.parametrize("dl", [0, 5])
@pytest.mark.parametrize(
    ("native", "m8", "x8"),
    [(True, True, True), (True, True, False), (True, False, True), (True, False, False), (False, True, True)],
)
@pytest.mark.parametrize("op", OPCODES, ids=lambda op: f"{op.code:02X}-{op.mnemonic}")
def test_cycles_and_length(op, native, m8, x8, dl):
    core = _core(op, m8=m8, x8=x8, native=native, dl=dl)
    conditions = ("" if m8 else "mr") + ("" if x8 else "xp") + ("w" if dl else "") + ("n" if native else "")
    if op.mode is Mode.RELATIVE and _taken(op, core):
        conditions += "t"
    start = core.clock
    core.step()
    assert core.clock - start == op.cycle_count(conditions)
    if op.mode not in (Mode.RELATIVE, Mode.RELATIVE_LONG) and not op.mnemonic.startswith(
        ("J", "RT", "BRK", "COP", "BRL")
    ):
        assert core.pc == HERE + op.size(m8, x8)


def _taken(op, core):
    return {
        "BPL": not core.negative,
        "BMI": core.negative,
        "BVC": not core.overflow,
        "BVS": core.overflow,
        "BCC": not core.carry,
        "BCS": core.carry,
        "BNE": not core.zero,
        "BEQ": core.zero,
        "BRA": True,
    }[op.mnemonic]


@pytest.mark.parametrize("mnemonic", ["BRA", "BCC"])
def test_a_taken_branch_to_another_page_costs_a_cycle_in_emulation_mode(mnemonic):
    op = BY_NAME[mnemonic, Mode.RELATIVE]
    core = _core(op, m8=True, x8=True, native=False, dl=0)
    core.memory[HERE + 1] = 0x7F
    core.step()
    assert core.clock == op.cycle_count("tb")


@pytest.mark.parametrize("mode", [Mode.ABSOLUTE_X, Mode.ABSOLUTE_Y, Mode.DIRECT_INDIRECT_INDEXED])
def test_an_index_that_crosses_a_page_costs_a_cycle(mode):
    op = BY_NAME["LDA", mode]
    core = _core(op, m8=True, x8=True, native=True, dl=0)
    core.x = core.y = 0xF8
    core.memory[0x0310:0x0312] = b"\x10\x40"
    core.step()
    assert core.clock == op.cycle_count("p")
