# SPDX-License-Identifier: MIT
"""The backends side by side: random programs in lock step, and where they come from."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emu.cpu import backend, generate, specialise
from emu.cpu.bus import GENERAL_METHODS, NEVER
from emu.cpu.core import MEMORY_SIZE, STATE
from emu.errors import EmuError

PROGRAM_AT = 0x2000
DEVICE_PAGES = (0x01, 0x30, 0xDF)


class Recorder:
    """Devices that answer by a rule and note what they see of the core at each access."""

    def __init__(self, core):
        self.core = core
        self.seen = []
        self.next_irq = 200

    def read(self, address):
        self.seen.append(("r", address, *self._view()))
        return (address * 7 + self.core.clock) & 0xFF

    def write(self, address, value):
        self.seen.append(("w", address, value, *self._view()))
        if value & 0x0F == 3:
            self.core.irq_since = self.core.clock
            self.core.event = 0
        if value & 0x0F == 4:
            self.core.irq_since = NEVER

    def service(self):
        core = self.core
        if core.clock >= self.next_irq:
            core.irq_since = core.clock if core.irq_since == NEVER else NEVER
            self.next_irq = core.clock + 137
        return self.next_irq

    def _view(self):
        core = self.core
        return core.clock, core.pc, core.bus, core.s


def machine(name, program, registers, data):
    core = backend.load(name).Core()
    core.memory[PROGRAM_AT : PROGRAM_AT + len(program)] = program
    core.memory[0x0400 : 0x0400 + len(data)] = data
    core.memory[0xFFE0:0x10000] = bytes([0x00, PROGRAM_AT >> 8]) * 16
    for page in DEVICE_PAGES:
        core.map_pages(page, page, readable=False, writable=False)
    core.devices = Recorder(core)
    core.e = registers["e"]
    core.p = registers["p"]
    core.pc = PROGRAM_AT
    core.s = registers["s"] & 0xFF | 0x0200 if registers["stack_in_ram"] else 0x0100 | registers["s"] & 0xFF
    core.settle_stack()
    core.d, core.dbr, core.a = registers["d"], registers["dbr"], registers["a"]
    core.x = registers["x"] & (0xFF if core.x8 else 0xFFFF)
    core.y = registers["y"] & (0xFF if core.x8 else 0xFFFF)
    return core


REGISTERS = st.fixed_dictionaries(
    {
        "e": st.integers(0, 1),
        "p": st.integers(0, 255),
        "s": st.integers(0, 255),
        "stack_in_ram": st.booleans(),
        "d": st.sampled_from([0, 0x0400, 0x0401, 0xDF00, 0xFF80]),
        "dbr": st.sampled_from([0, 0, 1, 0xFF]),
        "a": st.integers(0, 0xFFFF),
        "x": st.integers(0, 0xFFFF),
        "y": st.integers(0, 0xFFFF),
    }
)


@pytest.mark.parametrize("other", ["fast", "compiled"])
@given(program=st.binary(min_size=1, max_size=400), registers=REGISTERS, data=st.binary(max_size=256))
def test_random_programs_in_lock_step(other, program, registers, data):
    if other not in backend.available():
        pytest.skip(f"the {other} core was not built")
    machines = [machine(name, program, registers, data) for name in ("plain", other)]
    for until in (1, 2, 3, 50, 51, 400, 2500):
        reasons = [core.run(until) for core in machines]
        assert reasons[0] == reasons[1]
        assert machines[0].state() == machines[1].state()
        assert machines[0].devices.seen == machines[1].devices.seen
    assert machines[0].memory == machines[1].memory


@given(program=st.binary(min_size=1, max_size=100), registers=REGISTERS)
def test_general_methods_and_specialised_functions_agree(program, registers):
    best = backend.load().name
    machines = [machine(best, program, registers, b"") for _ in range(2)]
    machines[1].general = GENERAL_METHODS
    for core in machines:
        core.run(2000)
    assert machines[0].state() == machines[1].state()
    assert machines[0].memory == machines[1].memory


@pytest.mark.parametrize("other", ["fast", "compiled"])
@given(program=st.binary(min_size=1, max_size=400), registers=REGISTERS)
def test_marks_are_the_same_and_change_nothing(other, program, registers):
    if other not in backend.available():
        pytest.skip(f"the {other} core was not built")
    machines = [machine(name, program, registers, b"") for name in ("plain", other, other)]
    marks = [bytearray(MEMORY_SIZE) for _ in machines[:2]]
    for core, place in zip(machines, marks, strict=False):
        core.mark_in(place)
    for core in machines:
        core.run(1000)
    assert machines[0].state() == machines[1].state() == machines[2].state()
    assert marks[0] == marks[1]
    assert any(marks[0][PROGRAM_AT : PROGRAM_AT + len(program)])


@given(program=st.binary(min_size=1, max_size=100), registers=REGISTERS, when=st.integers(0, 1500))
def test_a_restored_state_goes_on_equally(program, registers, when):
    core = machine("plain", program, registers, b"")
    core.run(when)
    twin = machine(backend.load().name, program, registers, b"")
    twin.memory[:] = core.memory
    twin.set_state(core.state())
    twin.devices.next_irq = core.devices.next_irq
    core.devices.seen.clear()
    for one in (core, twin):
        one.run(core.clock + 1000 if one is core else core.clock)
    assert twin.devices.seen == core.devices.seen
    assert twin.state() == core.state()


def test_state_names_every_register():
    assert {"a", "x", "y", "s", "d", "pc", "pbr", "dbr", "e", "clock", "waiting", "stopped"} <= set(STATE)
    core = backend.load("plain").Core()
    with pytest.raises(KeyError):
        core.set_state({"a": 1})


# ---------------------------------------------------------------------- choosing one


def test_an_unknown_backend_is_refused():
    with pytest.raises(EmuError) as caught:
        backend.load("turbo")
    assert caught.value.code == "E2050"
    assert "plain, fast, compiled" in caught.value.hint


def test_the_environment_forces_one(monkeypatch):
    monkeypatch.setenv(backend.VARIABLE, "plain")
    assert backend.load().name == "plain"
    monkeypatch.setenv(backend.VARIABLE, "nonsense")
    with pytest.raises(EmuError):
        backend.load()


def test_what_was_made_from_other_sources_is_not_used(monkeypatch):
    monkeypatch.delenv(backend.VARIABLE, raising=False)
    monkeypatch.setattr(backend, "source_hash", lambda: "another")
    assert backend.load().name == "plain"
    with pytest.raises(EmuError) as caught:
        backend.load("compiled")
    assert caught.value.code == "E2051"


def test_the_fast_core_can_be_made_on_the_spot(monkeypatch):
    monkeypatch.setattr(backend, "_built", lambda name: None)
    monkeypatch.setitem(sys.modules, "emu.cpu.fast", None)
    core = backend.load("fast").Core()
    core.memory[:2] = b"\xe8\xe8"
    core.run(4)
    assert core.x == 2


# ---------------------------------------------------------------------- how they are made


def test_every_opcode_and_mode_is_served_once():
    text = generate.fast_source()
    tree = ast.parse(text)
    tables = next(n for n in tree.body if isinstance(n, ast.Assign) and n.targets[0].id == "TABLES")
    rows = [row.elts for row in tables.value.elts]
    assert [len(row) for row in rows] == [256 if mode in specialise.MODES else 0 for mode in range(8)]
    defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    assert {name.id for row in rows for name in row} == defined


def test_the_declarations_follow_the_annotations():
    _, declarations = generate.compiled_source()
    assert "cpdef inline int read(self, int address, int kind) noexcept" in declarations
    assert "cdef inline void nz8(self, int value) noexcept" in declarations
    assert "cpdef int run(self, long long until) except -1" in declarations
    assert "cdef public long long clock" in declarations
    assert "cdef public int a" in declarations


def core_with_method(body):
    source = specialise.CORE_FILE.read_text(encoding="utf-8")
    return ast.parse(source.replace("        self.idle_program()\n        self.carry = 0\n", body))


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("        while self.carry:\n            self.carry = 0\n", "While"),
        ("        self.m8 = 0\n", "m8 changes on the way"),
        ("        print(self.a)\n", "no method of Core"),
        ("        self.unpack_status(0)\n        self.carry = 0\n", "follows a change"),
        ("        if self.a and self.fetch():\n            self.carry = 0\n", "behind `and`"),
    ],
)
def test_what_cannot_be_specialised_is_named(body, complaint):
    with pytest.raises(specialise.SpecialiseError, match=complaint):
        specialise.specialise(core_with_method(body))
