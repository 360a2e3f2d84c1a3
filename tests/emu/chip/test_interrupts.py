# SPDX-License-Identifier: MIT
"""Every source reaches its own vector, in both tables."""

from __future__ import annotations

import pytest

from asm816.target.interrupts import ABORT, BRK_EMULATION, BRK_NATIVE, COP, MASKABLE, NMI, RESET
from emu.chip.interrupts import EDGE, TIMER, UART
from emu.cpu.bus import NEVER, VPB

GROUP = {"TIFR": TIMER, "EIFR": EDGE, "UIFR": UART}


def pulled(idle, emulation, code=b"\xea" * 8):
    """The addresses of the vectors that the core fetches while it runs `code`."""
    found = []
    core = idle.core
    core.memory[0x40 : 0x40 + len(code)] = code
    core.e, core.pc, core.pbr, core.waiting, core.irq_off = emulation, 0x40, 0, 0, 0
    core.watcher = lambda address, value, kind: found.append(address) if kind & VPB else None
    core.watched = 1
    core.run(core.clock + 12)
    core.watched = 0
    return found[:2]


@pytest.mark.parametrize("emulation", [0, 1])
@pytest.mark.parametrize("source", MASKABLE, ids=lambda s: s.name)
def test_a_source_has_a_vector_of_its_own(idle, source, emulation):
    idle.write(source.enable, 1 << source.bit)
    idle.chip.interrupts.raise_flag(GROUP[source.flag] + source.bit, idle.core.clock)
    vector = source.emulation_vector if emulation else source.native_vector
    assert vector == (0xFFC0 if emulation else 0xFF80) + 2 * (GROUP[source.flag] + source.bit)
    assert pulled(idle, emulation) == [vector, vector + 1]


@pytest.mark.parametrize("emulation", [0, 1])
@pytest.mark.parametrize(
    ("opcode", "native", "in_emulation"),
    [
        (0x00, BRK_NATIVE.native_vector, BRK_EMULATION.emulation_vector),
        (0x02, COP.native_vector, COP.emulation_vector),
    ],
)
def test_brk_and_cop(idle, opcode, native, in_emulation, emulation):
    vector = in_emulation if emulation else native
    assert pulled(idle, emulation, bytes([opcode, 0, 0xEA, 0xEA])) == [vector, vector + 1]


@pytest.mark.parametrize("emulation", [0, 1])
@pytest.mark.parametrize(("bit", "source"), [(0x40, NMI), (0x20, ABORT)])
def test_nmi_and_abort(idle, bit, source, emulation):
    idle.write("BCR", bit)
    idle.drive("P40", 0)
    vector = source.emulation_vector if emulation else source.native_vector
    assert pulled(idle, emulation) == [vector, vector + 1]


def test_reset_goes_through_the_emulation_table(idle):
    found = []
    idle.core.watcher = lambda address, value, kind: found.append(address) if kind & VPB else None
    idle.core.watched = 1
    idle.chip.reset()
    assert found == [RESET.emulation_vector, RESET.emulation_vector + 1] == [0xFFFC, 0xFFFD]


def test_a_request_stays_until_the_flag_or_its_enable_goes(idle):
    idle.chip.interrupts.raise_flag(3, idle.core.clock)
    idle.write("TIER", 0x08)
    since = idle.core.irq_since
    idle.pass_cycles(20)
    assert idle.core.irq_since == since
    idle.write("TIER", 0x00)
    assert idle.core.irq_since == NEVER
    assert idle.read("TIFR") == 0x08


def test_the_next_source_follows_when_the_first_is_served(idle):
    idle.write("TIER", 0x0A)
    for bit in (1, 3):
        idle.chip.interrupts.raise_flag(bit, idle.core.clock)
    assert idle.core.irq_native == 0xFF86
    idle.write("TIFR", 0x08)
    assert idle.core.irq_native == 0xFF82


@pytest.mark.parametrize("register", ["TIFR", "EIFR", "UIFR"])
def test_read_modify_write_of_a_flag_register_clears_all_that_were_set(idle, register):
    for bit in (0, 2, 4):
        idle.chip.interrupts.raise_flag(GROUP[register] + bit, idle.core.clock)
    # lda #04; tsb register: reads all three, writes them back
    low, high = {"TIFR": (0x44, 0xDF), "EIFR": (0x45, 0xDF), "UIFR": (0x48, 0xDF)}[register]
    pulled(idle, 1, bytes([0xA9, 0x04, 0x0C, low, high, 0xEA, 0xEA, 0xEA, 0xEA]))
    assert idle.read(register) == 0


POLL_TIFR = bytes.fromhex("AD44DF F0FB AD44DF 8580 DB")
"""loop: lda TIFR; beq loop; lda TIFR; sta 80; stp"""


@pytest.mark.parametrize("latch", range(1, 60, 7))
def test_a_poll_sees_a_flag_in_the_cycle_in_which_the_devices_tell_of_it(idle_chip, latch):
    ends = []
    for page in (0xDF, -1):  # as it is, and with the devices asked at every read
        idle = idle_chip()
        core = idle.core
        core.memory[0x40 : 0x40 + len(POLL_TIFR)] = POLL_TIFR
        core.pc, core.pbr, core.waiting, core.irq_off = 0x40, 0, 0, 1
        assert core.steady_page == 0xDF
        core.steady_page = page
        idle.write("TER", 0x10)
        idle.timer(4, latch)
        core.run(core.clock + 5000)
        assert core.stopped
        ends.append((core.clock, core.memory[0x80]))
    assert ends[0] == ends[1]
    assert ends[0][1] == 0x10
