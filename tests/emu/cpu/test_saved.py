# SPDX-License-Identifier: MIT
"""A core saved and restored goes on as if nothing had happened, on any backend."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emu.cpu import backend
from emu.cpu.saved import restore, snapshot
from emu.cpu.trace import last_cycles
from emu.errors import EmuError
from emu.snapshot import pack

RING = 4096


def core_with(name, program, data):
    core = backend.load(name).Core()
    core.memory[0x2000 : 0x2000 + len(program)] = program
    core.memory[0x0000 : len(data)] = data
    core.pc = 0x2000
    return core


@settings(max_examples=12)  # each makes four memories of 16 MiB
@given(program=st.binary(min_size=1, max_size=200), data=st.binary(max_size=100), when=st.integers(0, 500))
def test_equal_traces_afterwards(program, data, when):
    core = core_with("plain", program, data)
    core.run(when)
    saved = snapshot(core)
    for name in backend.available():
        twin = core_with(name, b"", b"\x55" * 100)
        restore(twin, saved)
        assert snapshot(twin) == saved
        twin.keep_cycles(RING)
        twin.run(twin.clock + 1000)
        if name == "plain":
            traced, ended = last_cycles(twin), snapshot(twin)
        assert last_cycles(twin) == traced
        assert snapshot(twin) == ended


@pytest.mark.parametrize("change", [{"pc": "8192"}, {"pc": None}, {"extra": 1}, {"carry": True}])
def test_the_state_of_something_else_is_refused_as_a_whole(Core, change):
    core = Core()
    core.memory[5] = 7
    before = snapshot(core)
    with pytest.raises(EmuError) as caught:
        restore(core, pack("core", {**core.state(), **change}, {}))
    assert caught.value.code == "E2040"
    assert snapshot(core) == before


def test_a_board_is_no_core(Core):
    with pytest.raises(EmuError) as caught:
        restore(Core(), pack("board", {}, {}))
    assert caught.value.code == "E2042"


def test_a_flipped_bit_is_refused(Core):
    saved = bytearray(snapshot(Core()))
    saved[40] ^= 1
    with pytest.raises(EmuError, match="damaged"):
        restore(Core(), bytes(saved))
