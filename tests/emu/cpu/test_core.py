# SPDX-License-Identifier: MIT
"""What no vector covers: interrupts, reset, halting, the run loop.

Cycle counts are those of the W65C816S data sheet: an interrupt takes 8 cycles in native mode and
7 in emulation mode, RESET 7 here (two internal, three stack reads, two of the vector).
"""

from __future__ import annotations

import pytest

from emu.cpu.bus import (
    ABORT_ARMED,
    GENERAL_METHODS,
    INTERNAL,
    LOCK,
    NEVER,
    OPCODE,
    REACHED,
    STOP_HIT,
    STOPPED,
    VDA,
    VECTOR,
    VPB,
    W65C816S_VECTORS,
    WENT_ELSEWHERE,
    WENT_ON,
    WRITE,
    Doubts,
)
from emu.cpu.core import MEMORY_SIZE
from emu.cpu.stops import stop_at

HANDLER = 0x9000


@pytest.fixture
def core_with(Core):
    """Makes cores at 2000 with a program; every vector leads to 9000, which returns by RTI."""

    def make(code: str, *, e: int = 0, p: int = 0x30, doubts: Doubts | None = None):
        return prepare(Core(doubts=doubts) if doubts else Core(), code, e, p)

    return make


def prepare(core, code: str, e: int, p: int):
    core.memory[0x2000 : 0x2000 + len(bytes.fromhex(code))] = bytes.fromhex(code)
    for native, emulation in (
        W65C816S_VECTORS.irq,
        W65C816S_VECTORS.nmi,
        W65C816S_VECTORS.brk,
        W65C816S_VECTORS.cop,
        W65C816S_VECTORS.abort,
    ):
        for vector in (native, emulation):
            core.memory[vector : vector + 2] = HANDLER.to_bytes(2, "little")
    core.memory[W65C816S_VECTORS.reset : W65C816S_VECTORS.reset + 2] = b"\x00\x20"
    core.memory[HANDLER] = 0x40
    core.e = e
    core.p = p
    core.pc = 0x2000
    return core


def cycles_of(core):
    """Record the bus cycles of `core` in a list of (address, value, kind)."""
    seen: list[tuple[int, int, int]] = []
    core.watched = 1
    core.watcher = lambda address, value, kind: seen.append((address, value, kind))
    return seen


@pytest.mark.parametrize(("e", "cycles", "pushed"), [(0, 8, 4), (1, 7, 3)])
def test_irq_sequence(core_with, e, cycles, pushed):
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


def test_irq_pushes_bit_4_as_zero_in_emulation_mode_and_brk_as_one(core_with):
    irq = core_with("EA", e=1, p=0)
    irq.irq_since = 0
    irq.step()
    irq.attend()
    assert irq.memory[0x01FD] & 0x10 == 0
    brk = core_with("00 00", e=1, p=0)
    brk.step()
    assert brk.memory[0x01FD] & 0x10


def test_irq_waits_while_i_is_set_and_comes_after_cli(core_with):
    core = core_with("78 EA EA 58 EA EA EA")
    core.irq_since = 0
    core.irq_off = 1
    core.run(6)  # SEI, NOP, NOP
    assert core.pc == 0x2003
    core.run(8)  # CLI: sampled I before it fell
    core.run(9)
    assert core.pc == 0x2005
    core.run(11)
    assert core.pc == HANDLER


def test_a_request_in_the_last_cycle_of_an_instruction_waits_for_the_next(core_with):
    late = core_with("EA EA EA EA", p=0)
    late.step()
    late.irq_since = late.clock
    late.run(late.clock + 1)
    assert late.pc == 0x2002
    late.run(late.clock + 1)
    assert late.pc == HANDLER


def test_rti_goes_back_where_the_interrupt_came(core_with):
    core = core_with("EA EA EA EA", p=0)
    core.step()
    core.irq_since = 0
    core.attend()
    core.irq_since = NEVER
    core.step()
    assert (core.pc, core.irq_off, core.s) == (0x2001, 0, 0x01FF)


def test_nmi_is_an_edge_and_served_once_even_with_i_set(core_with):
    core = core_with("EA EA EA EA")
    core.step()
    core.nmi_since = 0
    core.attend()
    assert core.pc == HANDLER
    assert core.nmi_since == NEVER


def test_wai_lets_the_time_pass_and_goes_on_behind_it_when_i_is_set(core_with):
    core = core_with("CB E8 DB", p=0x34)
    core.run(1000)
    assert core.waiting
    assert core.clock == 1000
    core.irq_since = core.clock
    core.run(2000)
    assert (core.x, core.stopped) == (1, 1)


def test_wai_serves_the_interrupt_when_i_is_clear(core_with):
    core = core_with("CB E8 DB", p=0x30)
    core.run(1000)
    core.irq_since = core.clock
    core.run(core.clock + 1)
    assert (core.pc, core.x) == (HANDLER, 0)


def test_stp_halts_until_reset(core_with):
    core = core_with("DB EA")
    core.run(1000)
    assert core.stopped
    assert core.clock == 3
    assert core.run(5000) == STOPPED  # only the time passes
    assert core.clock == 5000
    assert core.pc == 0x2001
    core.reset()
    assert (core.stopped, core.pc, core.e) == (0, 0x2000, 1)


def test_reset_reads_the_stack_instead_of_writing(core_with):
    core = core_with("EA")
    core.s = 0x01FF
    seen = cycles_of(core)
    core.reset()
    assert len(seen) == 7
    assert [address for address, _, _ in seen[2:5]] == [0x01FF, 0x01FE, 0x01FD]
    assert not any(kind & WRITE for _, _, kind in seen)
    assert core.s == 0x01FC


def test_vectors_are_those_the_builder_names(Core):
    table = type(W65C816S_VECTORS)((1, 2), (0xFFB6, 4), (5, 6), (7, 8), (9, 10), 0xFFFC)
    core = Core(vectors=table)
    core.e = 0
    core.memory[0xFFB6:0xFFB8] = b"\x34\x12"
    core.step()  # memory is all BRK
    assert core.pc == 0x1234


def test_run_ends_at_the_first_instruction_boundary_behind_the_limit(core_with):
    core = core_with("EA " * 100)
    core.run(7)
    assert core.clock == 8


def test_direct_pointer_indexed_stays_in_the_page_in_emulation_mode(core_with):
    """LDA (d,X) with the pointer at xxFF: hardware takes its high byte from xx00 (see core.py)."""
    core = core_with("A1 FE", e=1)
    core.d, core.x = 0x1000, 1
    core.memory[0x10FF], core.memory[0x1000], core.memory[0x1100] = 0x00, 0x30, 0x40
    core.memory[0x3000] = 0x77
    core.step()
    assert core.a & 0xFF == 0x77


def test_jsr_indexed_indirect_leaves_page_1_while_it_pushes(core_with):
    core = core_with("FC 00 30", e=1)
    core.s = 0x0100
    core.step()
    assert core.memory[0x0100] == 0x20
    assert core.memory[0x00FF] == 0x02
    assert core.s == 0x01FE


# ---------------------------------------------------------------------- points in doubt, and their settings


@pytest.mark.parametrize("code", ["58", "C2 04", "28"])  # CLI, REP #4, PLP
@pytest.mark.parametrize("late", [True, False])
def test_when_a_cleared_i_counts(core_with, code, late):
    core = core_with(code + " EA EA EA", p=0x34, doubts=Doubts(mask_late=late))
    core.memory[0x0200] = 0x30
    core.irq_since = 0
    core.run(1)
    core.run(core.clock + 1)
    length = len(bytes.fromhex(code))
    assert core.pc == (0x2000 + length + 1 if late else HANDLER)
    core.run(core.clock + 1)
    assert core.pc in (HANDLER, 0x2000 + length)  # taken, or already back by RTI


@pytest.mark.parametrize("late", [True, False])
def test_an_irq_that_comes_within_sei_is_taken_behind_it_if_i_counts_late(core_with, late):
    core = core_with("78 EA EA", p=0x30, doubts=Doubts(mask_late=late))
    core.run(1)
    core.irq_since = core.clock - 1
    core.event = 0
    core.run(core.clock + 1)
    assert core.pc == (HANDLER if late else 0x2002)
    if late:
        assert core.memory[0x01FC] & 0x04  # SEI itself was done


def test_rti_takes_i_early_enough(core_with):
    core = core_with("EA EA EA", p=0x34)
    core.s = 0x01FB
    core.memory[0x01FC:0x0200] = bytes([0x30, 0x00, 0x20, 0x00])
    core.pc = HANDLER
    core.irq_since = 0
    core.run(1)
    assert (core.pc, core.irq_off) == (0x2000, 0)
    core.run(core.clock + 1)
    assert core.pc == HANDLER


@pytest.mark.parametrize(("fetches", "kind"), [(True, OPCODE), (False, INTERNAL)])
def test_the_first_cycle_of_an_interrupt(core_with, fetches, kind):
    core = core_with("EA", p=0, doubts=Doubts(interrupt_fetches=fetches))
    core.step()
    core.irq_since = 0
    seen = cycles_of(core)
    core.attend()
    assert seen[0][0::2] == (0x2001, kind)
    assert len(seen) == 8


@pytest.mark.parametrize("opcode", ["00", "02"])
@pytest.mark.parametrize("hijacks", [True, False])
def test_an_nmi_within_brk_and_cop(core_with, opcode, hijacks):
    core = core_with(opcode + " 00", doubts=Doubts(nmi_takes_brk=hijacks))
    core.memory[W65C816S_VECTORS.nmi[0]] = 0x80
    core.nmi_since = 3  # while it pushes
    core.step()
    assert core.pc == (HANDLER | 0x80 if hijacks else HANDLER)
    assert (core.nmi_since == NEVER) is hijacks


def test_wai_with_i_set_can_be_told_never_to_wake(core_with):
    core = core_with("CB E8 DB", p=0x34, doubts=Doubts(masked_irq_wakes=False))
    core.run(1000)
    core.irq_since = core.clock
    core.run(2000)
    assert (core.waiting, core.clock) == (1, 2000)
    core.nmi_since = core.clock
    core.run(2001)
    assert (core.waiting, core.pc) == (0, HANDLER)


# ---------------------------------------------------------------------- marks of what was executed


BRANCHES = "A2 02 CA D0 FD F0 01 EA EA"  # ldx #2; dex; bne dex; beq over the first nop; nop; nop


def marked(core, marks):
    return {address: marks[address] for address in range(0x2000, 0x2009) if marks[address]}


@pytest.mark.parametrize("watched", [False, True], ids=["alone", "recorded"])
def test_marks_say_what_ran_and_which_ways_branches_went(core_with, watched):
    core = core_with(BRANCHES, p=0x34)
    if watched:
        core.keep_cycles(64)
    marks = bytearray(MEMORY_SIZE)
    core.mark_in(marks)
    while core.pc != 0x2008:
        core.run(core.clock + 1)
    assert marked(core, marks) == {
        0x2000: WENT_ON,
        0x2002: WENT_ELSEWHERE,
        0x2003: WENT_ON | WENT_ELSEWHERE,
        0x2005: WENT_ELSEWHERE,
    }


def test_an_interrupt_behind_a_branch_is_not_its_way(core_with):
    core = core_with("D0 00 EA", p=0x30)
    core.zero, core.irq_since = 1, 1  # it comes while the branch runs
    marks = bytearray(MEMORY_SIZE)
    core.mark_in(marks)
    core.run(1)
    core.run(core.clock + 1)
    assert core.pc != 0x2002
    assert marked(core, marks) == {0x2000: WENT_ON}


def test_what_a_breakpoint_holds_is_not_marked(core_with):
    core = core_with("EA EA")
    marks = bytearray(MEMORY_SIZE)
    core.mark_in(marks)
    stop_at(core, 0x2001)
    assert core.run(100) == STOP_HIT
    assert marked(core, marks) == {0x2000: WENT_ELSEWHERE}


def test_marks_need_a_byte_for_every_address(core_with):
    with pytest.raises(ValueError, match="have 9 bytes, not 16777216"):
        core_with("EA").mark_in(bytearray(9))


# ---------------------------------------------------------------------- ABORT, RDY, budgets


def test_abort_gives_the_registers_back_and_the_address_of_the_instruction(core_with):
    core = core_with("A9 55 EA", p=0x30)
    core.general |= ABORT_ARMED
    core.a = 0x1234
    core.abort_since = 1  # behind the opcode fetch of LDA
    core.run(1)
    assert core.a == 0x1234
    assert core.pc == 0x2000
    core.run(core.clock + 1)
    assert core.pc == HANDLER
    assert bytes(core.memory[0x01FC:0x0200]) == bytes([0x30, 0x00, 0x20, 0x00])  # P, PC, PBR
    assert core.abort_since == NEVER
    core.run(core.clock + 1)  # RTI
    core.run(core.clock + 1)
    assert core.a == 0x1255


def test_abort_undoes_a_change_of_mode(core_with):
    core = core_with("C2 30 EA", p=0x30)
    core.general |= ABORT_ARMED
    core.x = 0x12
    core.abort_since = 0
    core.run(1)
    assert (core.m8, core.x8, core.x, core.pc) == (1, 1, 0x12, 0x2000)


def test_rdy_low_holds_the_core_between_instructions(core_with):
    core = core_with("E8 E8 E8")
    core.run(1)
    core.ready_at = 500
    core.run(499)
    assert (core.x, core.clock) == (1, 499)
    core.run(501)
    assert (core.x, core.clock) == (2, 502)


class Slow:
    """Devices whose every access takes three cycles more, as a low RDY within an instruction."""

    def __init__(self, core):
        self.core = core

    def read(self, address):
        self.core.clock += 3
        return 0x42

    def write(self, address, value):
        self.core.clock += 3

    def service(self):
        return NEVER


@pytest.mark.parametrize("general", [0, GENERAL_METHODS])
def test_a_device_can_stretch_its_access(core_with, general):
    core = core_with("AD 00 DF 8D 00 DF")
    core.devices = Slow(core)
    core.general = general
    core.map_pages(0xDF, 0xDF, readable=False, writable=False)
    core.run(1)
    assert (core.clock, core.a) == (7, 0x42)
    core.run(8)
    assert core.clock == 14


def test_a_guest_that_runs_wild_ends_at_its_budget(core_with):
    core = core_with("CB", p=0x34)  # WAI for ever
    assert core.run(10**12) == REACHED
    assert core.clock == 10**12
    core = core_with("DB")
    assert core.run(10**6) == STOPPED
    core = core_with("5C 00 00 80")  # into empty memory, a BRK at each step
    assert core.run(100_000) == REACHED


class Failing:
    """Devices that raise."""

    def __init__(self, where):
        self.where = where

    def read(self, address):
        if self.where == "read":
            raise KeyError(address)
        return 0

    def write(self, address, value):
        if self.where == "write":
            raise KeyError(address)

    def service(self):
        if self.where == "service":
            raise KeyError("service")
        return NEVER


@pytest.mark.parametrize(("where", "pc"), [("read", 0x2003), ("write", 0x2006), ("service", 0x2000)])
def test_what_devices_raise_comes_out_between_two_instructions(core_with, where, pc):
    core = core_with("AD 00 DF 8D 00 DF E8 E8 E8")
    core.devices = Failing(where)
    core.map_pages(0xDF, 0xDF, readable=False, writable=False)
    with pytest.raises(KeyError):
        core.run(1000)
    assert core.pc == pc
    core.devices = Failing("nowhere")
    core.run(core.clock + 1)  # the machine goes on
    assert core.pc > pc


def test_what_a_watcher_raises_comes_out_between_two_instructions(core_with):
    core = core_with("A9 01 E8 E8")
    core.watched = 1

    def watcher(address, value, kind):
        raise ZeroDivisionError

    core.watcher = watcher
    with pytest.raises(ZeroDivisionError):
        core.run(1000)
    assert (core.a, core.pc) == (1, 0x2002)


def test_memory_of_another_size_is_refused(Core):
    with pytest.raises(ValueError, match="100 bytes"):
        Core(bytearray(100))


def test_memory_cannot_be_resized_under_the_core(Core):
    core = Core()
    with pytest.raises(BufferError):
        core.memory.clear()
    with pytest.raises(BufferError):
        core.slow_read.append(1)
