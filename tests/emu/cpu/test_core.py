# SPDX-License-Identifier: MIT
"""What no vector covers: interrupts, reset, halting, the run loop.

Cycle counts are those of the W65C816S data sheet: an interrupt takes 8 cycles in native mode and
7 in emulation mode, RESET 7 here (two internal, three stack reads, two of the vector).
"""

from __future__ import annotations

import pytest

from emu.cpu.core import LOCK, NEVER, OPCODE, VDA, VECTOR, VPB, W65C816S_VECTORS, WRITE, Core

HANDLER = 0x9000


def core_with(code: str, *, e: int = 0, p: int = 0x30) -> Core:
    """A core at 2000 with this program; every vector leads to 9000, which returns by RTI."""
    core = Core()
    core.memory[0x2000 : 0x2000 + len(bytes.fromhex(code))] = bytes.fromhex(code)
    for native, emulation in (
        W65C816S_VECTORS.irq,
        W65C816S_VECTORS.nmi,
        W65C816S_VECTORS.brk,
        W65C816S_VECTORS.cop,
    ):
        for vector in (native, emulation):
            core.memory[vector : vector + 2] = HANDLER.to_bytes(2, "little")
    core.memory[W65C816S_VECTORS.reset : W65C816S_VECTORS.reset + 2] = b"\x00\x20"
    core.memory[HANDLER] = 0x40
    core.e = e
    core.p = p
    core.pc = 0x2000
    return core


def cycles_of(core: Core):
    """Record the bus cycles of `core` in a list of (address, value, kind)."""
    seen: list[tuple[int, int, int]] = []
    core.watched = 1
    core.watcher = lambda address, value, kind: seen.append((address, value, kind))
    return seen


@pytest.mark.parametrize(("e", "cycles", "pushed"), [(0, 8, 4), (1, 7, 3)])
def test_irq_sequence(e, cycles, pushed):
    core = core_with("EA EA EA", e=e)
    core.irq_since = 0
    core.step()  # one instruction has passed, the request is older than its last cycle
    seen = cycles_of(core)
    before = core.clock
    core.attend()
    assert core.clock - before == cycles
    assert core.pc == HANDLER
    assert core.irq_off == 1
    kinds = [kind for _, _, kind in seen]
    assert kinds[0] == OPCODE
    assert kinds.count(VDA | WRITE) == pushed
    assert kinds[-2:] == [VECTOR, VECTOR]
    assert all(kind & VPB for kind in kinds[-2:])
    assert not any(kind & LOCK for kind in kinds)


def test_irq_pushes_bit_4_as_zero_in_emulation_mode_and_brk_as_one():
    irq = core_with("EA", e=1, p=0)
    irq.irq_since = 0
    irq.step()
    irq.attend()
    assert irq.memory[0x01FD] & 0x10 == 0
    brk = core_with("00 00", e=1, p=0)
    brk.step()
    assert brk.memory[0x01FD] & 0x10


def test_irq_waits_while_i_is_set_and_comes_after_cli():
    core = core_with("78 EA EA 58 EA EA EA")
    core.irq_since = 0
    core.irq_off = 1
    core.run(6)  # SEI, NOP, NOP
    assert core.pc == 0x2003
    core.run(8)  # CLI
    core.run(9)
    assert core.pc == HANDLER


def test_a_request_in_the_last_cycle_of_an_instruction_waits_for_the_next():
    late = core_with("EA EA EA EA", p=0)
    late.step()
    late.irq_since = late.clock
    late.run(late.clock + 1)
    assert late.pc == 0x2002
    late.run(late.clock + 1)
    assert late.pc == HANDLER


def test_rti_goes_back_where_the_interrupt_came():
    core = core_with("EA EA EA EA", p=0)
    core.step()
    core.irq_since = 0
    core.attend()
    core.irq_since = NEVER
    core.step()
    assert (core.pc, core.irq_off, core.s) == (0x2001, 0, 0x01FF)


def test_nmi_is_an_edge_and_served_once_even_with_i_set():
    core = core_with("EA EA EA EA")
    core.step()
    core.nmi_since = 0
    core.attend()
    assert core.pc == HANDLER
    assert core.nmi_since == NEVER


def test_wai_lets_the_time_pass_and_goes_on_behind_it_when_i_is_set():
    core = core_with("CB E8 DB", p=0x34)
    core.run(1000)
    assert core.waiting
    assert core.clock == 1000
    core.irq_since = core.clock
    core.run(2000)
    assert (core.x, core.stopped) == (1, 1)


def test_wai_serves_the_interrupt_when_i_is_clear():
    core = core_with("CB E8 DB", p=0x30)
    core.run(1000)
    core.irq_since = core.clock
    core.run(core.clock + 1)
    assert (core.pc, core.x) == (HANDLER, 0)


def test_stp_halts_until_reset():
    core = core_with("DB EA")
    core.run(1000)
    assert core.stopped
    clock = core.clock
    core.run(5000)
    assert core.clock == clock
    core.reset()
    assert (core.stopped, core.pc, core.e) == (0, 0x2000, 1)


def test_reset_reads_the_stack_instead_of_writing():
    core = core_with("EA")
    core.s = 0x01FF
    seen = cycles_of(core)
    core.reset()
    assert len(seen) == 7
    assert [address for address, _, _ in seen[2:5]] == [0x01FF, 0x01FE, 0x01FD]
    assert not any(kind & WRITE for _, _, kind in seen)
    assert core.s == 0x01FC


def test_vectors_are_those_the_builder_names():
    table = type(W65C816S_VECTORS)((1, 2), (0xFFB6, 4), (5, 6), (7, 8), (9, 10), 0xFFFC)
    core = Core(vectors=table)
    core.e = 0
    core.memory[0xFFB6:0xFFB8] = b"\x34\x12"
    core.step()  # memory is all BRK
    assert core.pc == 0x1234


def test_run_ends_at_the_first_instruction_boundary_behind_the_limit():
    core = core_with("EA " * 100)
    core.run(7)
    assert core.clock == 8


def test_direct_pointer_indexed_stays_in_the_page_in_emulation_mode():
    """LDA (d,X) with the pointer at xxFF: hardware takes its high byte from xx00 (see core.py)."""
    core = core_with("A1 FE", e=1)
    core.d, core.x = 0x1000, 1
    core.memory[0x10FF], core.memory[0x1000], core.memory[0x1100] = 0x00, 0x30, 0x40
    core.memory[0x3000] = 0x77
    core.step()
    assert core.a & 0xFF == 0x77


def test_jsr_indexed_indirect_leaves_page_1_while_it_pushes():
    core = core_with("FC 00 30", e=1)
    core.s = 0x0100
    core.step()
    assert core.memory[0x0100] == 0x20
    assert core.memory[0x00FF] == 0x02
    assert core.s == 0x01FE
