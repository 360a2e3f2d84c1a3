# SPDX-License-Identifier: MIT
"""Any program, anything done from outside, at any moment: a snapshot goes on alike, a step can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from asm816.target.registers import REGISTERS
from emu import Board
from emu import history as history_module
from tests.emu.conftest import rom_with

PINS = [f"P{port}{bit}" for port in (4, 5, 6) for bit in range(8)]

# What random programs are made of: they write registers and RAM, call, switch, wait, and now and then halt.
loads = st.integers(0, 255).map(lambda value: f"A9{value:02X}")
stores = st.sampled_from(REGISTERS).map(lambda r: f"8D{r.address & 0xFF:02X}{r.address >> 8:02X}")
reads = st.sampled_from(REGISTERS).map(lambda r: f"AD{r.address & 0xFF:02X}{r.address >> 8:02X}")
others = st.sampled_from(
    ["EE4000", "E640", "48", "68", "58", "78", "CB", "EA", "1A", "EB", "C210", "E230", "DB"]
)
programs = st.lists(loads | stores | reads | others, min_size=1, max_size=40)


class Boards(RuleBasedStateMachine):
    """One board to which everything happens."""

    @initialize(name=st.sampled_from(["qbx", "sxb"]), program=programs)
    def power_on(self, name, program):
        body = "58" + "".join(program)
        body += "4C0EE0"  # again; interrupts restart the program from the reset vector's place
        rom = bytearray(rom_with(body))
        for vector in range(0x1F80, 0x1FFC, 2):
            rom[vector : vector + 2] = b"\x00\xe0"
        self.board = Board(name, rom=bytes(rom))

    @rule(cycles=st.integers(1, 4000))
    def run(self, cycles):
        self.board.run(cycles=cycles)

    @rule(number=st.integers(0, 3), data=st.binary(min_size=1, max_size=4))
    def send(self, number, data):
        self.board.serial(number).send(data)

    @rule(pin=st.sampled_from(PINS), level=st.integers(0, 1))
    def drive(self, pin, level):
        self.board.drive(pin, level)

    @rule(pin=st.sampled_from(PINS), level=st.integers(0, 1), later=st.integers(0, 6000))
    def plan_by_cycle(self, pin, level, later):
        self.board.drive(pin, level, at_cycle=self.board.cycle + later)

    @rule(pin=st.sampled_from(PINS), level=st.integers(0, 1), later=st.floats(1e-6, 2e-3))
    def plan_by_time(self, pin, level, later):
        self.board.drive(pin, level, at_seconds=self.board.seconds + later)

    @rule(address=st.integers(0, 0x1FF), value=st.integers(0, 255))
    def poke(self, address, value):
        self.board.memory[address] = value

    @rule()
    def press_reset(self):
        self.board.reset()

    @rule(cycles=st.integers(1, 3000))
    def snapshots_go_on_alike(self, cycles):
        snapshot = self.board.snapshot()
        copy, restored = self.board.copy(), self.board.copy()
        restored.run(cycles=500)
        restored.restore(snapshot)
        assert copy.snapshot() == restored.snapshot() == snapshot
        for board in (self.board, copy, restored):
            board.run(cycles=cycles)
        assert copy.snapshot() == restored.snapshot() == self.board.snapshot()

    @precondition(lambda self: not self.board.chip.core.stopped)
    @rule(steps=st.integers(1, 5))
    def steps_are_taken_back(self, steps):
        self.board.run(cycles=0)
        taken = []
        for _ in range(steps):
            before = self.board.cycle, self.board.snapshot()
            self.board.step()
            if self.board.cycle > before[0]:
                taken.append(before[1])
        for before in reversed(taken):
            self.board.step_back()
            assert self.board.snapshot() == before


@pytest.fixture(autouse=True)
def close_checkpoints(monkeypatch):
    monkeypatch.setattr(history_module, "EVERY", 2500)


Boards.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
TestBoards = Boards.TestCase
