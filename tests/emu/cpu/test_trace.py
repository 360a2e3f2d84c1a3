# SPDX-License-Identifier: MIT
"""The ring of bus cycles, traces in files, and single cycles, on all backends."""

from __future__ import annotations

import io

import pytest

from emu.cpu.bus import BY_WATCHER, NEVER, OPCODE, REACHED
from emu.cpu.trace import MAGIC, Cycle, last_cycles, read_trace, run_traced
from emu.errors import EmuError


@pytest.fixture
def core(Core):
    """lda #5; sta 3000; wai; nop; jmp 2000 at 2000, 8 bits, I = 1."""
    core = Core()
    core.memory[0x2000:0x200A] = bytes.fromhex("A905 8D0030 CB EA 4C0020")
    core.e = 0
    core.p = 0x34
    core.pc = 0x2000
    return core


def seen_by_watcher(core):
    seen = []

    def watcher(address, value, kind):
        seen.append(Cycle(core.clock, address, None if value < 0 else value, kind, core.modes))

    core.watched |= BY_WATCHER
    core.watcher = watcher
    return seen


def test_the_ring_holds_what_a_watcher_sees(core):
    core.keep_cycles(64)
    seen = seen_by_watcher(core)
    core.run(9)
    assert last_cycles(core) == seen
    assert [c.flags for c in seen[:2]] == ["dp-r-mx-", "-p-r-mx-"]
    assert seen[0] == Cycle(1, 0x2000, 0xA9, OPCODE, 3)
    assert last_cycles(core, 2) == seen[-2:]
    assert last_cycles(core, 0) == []


def test_the_ring_keeps_the_last_cycles_and_their_clock(core):
    core.clock = 123_456_789_012
    core.memory[0x2005] = 0xEA
    core.keep_cycles(8)
    seen = seen_by_watcher(core)
    core.run(core.clock + 1000)
    assert last_cycles(core) == seen[-8:]


@pytest.mark.parametrize("pause", [100, 1 << 22, 3 << 23, 10**11])
def test_a_wait_shows_in_the_clock(core, pause):
    core.keep_cycles(64)
    seen = seen_by_watcher(core)
    core.run(pause)
    core.irq_since = core.clock
    core.run(core.clock + 8)
    core.irq_since = NEVER
    assert last_cycles(core) == seen
    assert seen[-1].clock > pause


def test_recording_ends_when_told(core):
    core.keep_cycles(16)
    core.run(2)
    core.keep_cycles(0)
    before = core.ring_count
    core.run(8)
    assert core.ring_count == before


@pytest.mark.parametrize("count", [3, -4, 100])
def test_a_ring_has_a_power_of_two(core, count):
    with pytest.raises(ValueError, match="power of two"):
        core.keep_cycles(count)


def test_a_whole_run_goes_to_a_file(core):
    core.memory[0x2005] = 0xEA  # no WAI
    stream = io.BytesIO()
    seen = seen_by_watcher(core)
    assert run_traced(core, 150_000, stream) == REACHED
    assert core.clock >= 150_000
    stream.seek(0)
    assert list(read_trace(stream)) == seen
    assert len(stream.getvalue()) == len(MAGIC) + 8 * len(seen)


def test_a_file_that_is_no_trace_or_cut(core):
    with pytest.raises(EmuError) as caught:
        read_trace(io.BytesIO(b"hello, world"))
    assert caught.value.code == "E2044"
    with pytest.raises(EmuError, match="cut"):
        list(read_trace(io.BytesIO(MAGIC + b"123")))


def test_an_output_that_fails_leaves_the_core_between_instructions(core):
    class Full(io.BytesIO):
        def write(self, data):
            if len(data) > 8:
                raise OSError(28, "No space left on device")
            return super().write(data)

    core.memory[0x2005] = 0xEA
    with pytest.raises(OSError, match="No space"):
        run_traced(core, 100_000, Full())
    assert not core.watched
    core.run(core.clock + 10)
