# SPDX-License-Identifier: MIT
"""The past of a machine: checkpoints and what was done to it, so that any earlier moment can be had again.

Every so many cycles the state is kept, with pages shared between checkpoints that do not differ there.
What happens between two of them is not recorded: another machine is put into the earlier state and runs
to the moment in question, and what was done from outside is done to it again at the same cycles.
Both are exact, so the same moment comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emu.cpu.bus import BY_WATCHER, ON_EXECUTE, ON_WRITE, WRITE
from emu.cpu.stops import forget_stop, stop_at
from emu.cpu.trace import last_cycles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from emu.cpu.trace import Cycle
    from emu.machine import Machine

EVERY = 1_000_000
"""Cycles from one checkpoint to the next: 0.27 s at 3.6864 MHz."""

MOST = 64
"""Checkpoints that are kept; beyond, every other one of the older half goes."""

NEAR = 64
"""Cycles before a moment from which on instructions are looked at one by one; no instruction takes as many."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to the machine from outside, at a clock value."""

    clock: int
    kind: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """How many edges each pin and how many characters each cable has on record."""

    edges: Mapping[str, int]
    characters: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A machine's state; how much had been recorded and done by then."""

    clock: int
    state: Mapping[str, Any]
    pages: Mapping[int, bytes]
    acts: int
    records: Records


@dataclass(frozen=True, slots=True)
class Write:
    """A write found in the past: the cycle, the value, and the address of the instruction.

    ``pc`` has 24 bits.  It is where an interrupt struck if the interrupt's pushes wrote, and None where
    the byte was put there from outside.
    """

    cycle: int
    value: int
    pc: int | None


class History:
    """The past of `machine` since the first `keep`; `double` makes another machine like it."""

    def __init__(self, machine: Machine, double: Callable[[], Machine]) -> None:
        self._machine = machine
        self._double = double
        self._twin: Machine | None = None
        self._checkpoints: list[Checkpoint] = []
        self._acts: list[Act] = []
        self.due = 0

    def restart(self) -> None:
        """What was is forgotten."""
        self._checkpoints.clear()
        self._acts.clear()
        self.due = 0

    def keep(self) -> None:
        """Keep a checkpoint of the present."""
        clock = self._machine.chip.core.clock
        pages = self._machine.pages()
        if self._checkpoints:
            last = self._checkpoints[-1].pages
            pages = {
                number: last[number] if last.get(number) == page else page for number, page in pages.items()
            }
        self._checkpoints.append(
            Checkpoint(clock, self._machine.state(), pages, len(self._acts), _records(self._machine))
        )
        self.due = clock + EVERY
        if len(self._checkpoints) > MOST:
            del self._checkpoints[1 : MOST // 2 : 2]

    def note(self, kind: str, arguments: tuple[Any, ...]) -> None:
        """Something is being done to the machine."""
        if self._checkpoints:
            self._acts.append(Act(self._machine.chip.core.clock, kind, arguments))

    # ------------------------------------------------------------------ going back

    def step_back(self) -> bool:
        """Put the machine where it was before its last instruction.  False if the record does not go back.

        Records of edges and characters end there; what was done from outside since is undone.
        """
        return self.back_before(self._machine.chip.core.clock)

    def back_before(self, clock: int) -> bool:
        """Put the machine where it was before the instruction within which the clock reached a value."""
        base = self._before(clock)
        if base is None:
            return False
        twin, before, acts = self._boundary_before(base, clock)
        self._put(twin, base)
        self._replay(twin, base.acts, before, acts)
        self._return_to(twin, base, acts)
        return True

    def back_to(self, addresses: Collection[int]) -> bool:
        """Put the machine where it last was before an instruction at one of these addresses, the present left out.

        False if the record knows of no such moment; then nothing has changed.
        """
        end = self._machine.chip.core.clock
        for base in reversed(self._checkpoints):
            if base.clock >= end:
                continue
            twin = self._twin or self._double()
            self._twin = twin
            _, moment = self._replay_stopping(twin, base, end, addresses, ON_EXECUTE)
            if moment >= 0:
                self._put(twin, base)
                acts = self._replay(twin, base.acts, moment)
                self._return_to(twin, base, acts)
                return True
            end = base.clock
        return False

    def _return_to(self, twin: Machine, base: Checkpoint, acts: int) -> None:
        """Make the machine what the twin is, which was put to `base` and ran from there up to act number `acts`."""
        machine, before = self._machine, twin.chip.core.clock
        machine.set_state(twin.state(), twin.pages())
        _cut_records(machine, base.records, twin)
        del self._acts[acts:]
        self._checkpoints = [kept for kept in self._checkpoints if kept.clock <= before]
        self.due = self._checkpoints[-1].clock + EVERY

    def last_write(self, address: int) -> Write | None:
        """The last write to an address that the record knows of."""
        end = self._machine.chip.core.clock
        for base in reversed(self._checkpoints):
            if base.clock >= end:
                continue
            found = self._last_write_between(base, end, address)
            if found is not None:
                return found
            end = base.clock
        return None

    def last_cycles(self, count: int) -> list[Cycle]:
        """The last bus cycles, at most `count`, found by running the past again; none where no past is on record."""
        now = self._machine.chip.core.clock
        begin = now - count - NEAR  # the instruction under way there is finished before anything is recorded
        base = self._before(begin) or next(iter(self._checkpoints), None)
        if base is None:
            return []
        twin = self._twin or self._double()
        self._twin = twin
        self._put(twin, base)
        acts = self._replay(twin, base.acts, max(base.clock, begin))
        core = twin.chip.core
        core.keep_cycles(1 << (2 * (count + NEAR)).bit_length())
        try:
            self._replay(twin, acts, now)
            return last_cycles(core, count)
        finally:
            core.keep_cycles(0)

    def coming_cycles(self) -> list[Cycle]:
        """The bus cycles of the next instruction, with the interrupt before it; none while the core waits or has halted.

        The machine stays where it is: its double runs ahead.
        """
        twin = self._twin or self._double()
        self._twin = twin
        twin.set_state(self._machine.state(), self._machine.pages())
        twin.forget()
        core = twin.chip.core
        core.keep_cycles(NEAR)
        try:
            twin.reach(core.clock + 1)
            return last_cycles(core)
        finally:
            core.keep_cycles(0)

    def _before(self, clock: int) -> Checkpoint | None:
        return next((kept for kept in reversed(self._checkpoints) if kept.clock < clock), None)

    def _boundary_before(self, base: Checkpoint, clock: int) -> tuple[Machine, int, int]:
        """The clock value at which the instruction began that ended at `clock`, and the acts until then."""
        twin = self._twin or self._double()
        self._twin = twin
        near = clock - NEAR
        while True:
            self._put(twin, base)
            acts = self._replay(twin, base.acts, max(base.clock, near))
            if twin.chip.core.clock < clock:
                break
            near -= NEAR  # an instruction longer than that: a stretched PHI2
        while True:
            before, done = twin.chip.core.clock, acts
            # An act may take cycles itself (RESET): then it is the step.
            while twin.chip.core.clock == before and self._is_due(acts, before):
                done = acts
                self._do(twin, acts)
                acts += 1
            if twin.chip.core.clock == before:
                done = acts
                twin.reach(before + 1)
            if twin.chip.core.clock >= clock:
                return twin, before, done

    def _put(self, twin: Machine, base: Checkpoint) -> None:
        twin.set_state(base.state, base.pages)
        twin.forget()

    def _replay(self, twin: Machine, acts: int, clock: int, end: int | None = None) -> int:
        """Run the twin to a clock value, doing acts number `acts` to `end`; the number reached."""
        while self._is_due(acts, clock) and acts != end:
            twin.reach(self._acts[acts].clock)
            self._do(twin, acts)
            acts += 1
        twin.reach(clock)
        return acts

    def _is_due(self, act: int, clock: int) -> bool:
        return act < len(self._acts) and self._acts[act].clock <= clock

    def _do(self, twin: Machine, act: int) -> None:
        twin.act(self._acts[act].kind, self._acts[act].arguments)

    def _last_write_between(self, base: Checkpoint, end: int, address: int) -> Write | None:
        twin = self._twin or self._double()
        self._twin = twin
        acts, near = self._replay_stopping(twin, base, end, (address,), ON_WRITE)
        found = self._watch_write(twin, base, near, address) if near >= 0 else None
        put = _last_put(self._acts[base.acts : acts], address)
        if put is not None and (found is None or found[0] <= put.cycle):
            return put
        if found is None:
            return None
        cycle, value = found
        twin, before, acts = self._boundary_before(base, cycle)
        self._put(twin, base)
        self._replay(twin, base.acts, before, acts)
        return Write(cycle, value, twin.chip.core.pbr << 16 | twin.chip.core.pc)

    def _replay_stopping(
        self, twin: Machine, base: Checkpoint, end: int, addresses: Collection[int], kind: int
    ) -> tuple[int, int]:
        """Replay to `end` at full speed: the acts reached, and the cycle of the last stop there; -1 if none.

        That lies in the last instruction that wrote there, or before the last one that began there.
        """
        self._put(twin, base)
        core = twin.chip.core
        core.hit_clock = -1
        for address in addresses:
            stop_at(core, address, kind)
        try:
            acts = self._replay(twin, base.acts, end)
        finally:
            for address in addresses:
                forget_stop(core, address, kind)
        return acts, core.hit_clock

    def _watch_write(
        self, twin: Machine, base: Checkpoint, near: int, address: int
    ) -> tuple[int, int] | None:
        """Cycle and value of the last write of the instruction that writes at cycle `near`."""
        self._put(twin, base)
        acts = self._replay(twin, base.acts, max(base.clock, near - NEAR))
        found: list[tuple[int, int]] = []
        core = twin.chip.core

        def watch(where: int, value: int, kind: int) -> None:
            if where == address and kind & WRITE:
                found.append((core.clock, value))

        core.watcher, core.watched = watch, BY_WATCHER
        try:
            self._replay(twin, acts, near)
        finally:
            core.watcher, core.watched = None, 0
        return found[-1] if found else None


def _last_put(acts: list[Act], address: int) -> Write | None:
    """The last of these acts that put a byte at an address."""
    for act in reversed(acts):
        if act.kind == "poke":
            first, data = act.arguments
            if first <= address < first + len(data):
                return Write(act.clock, data[address - first], None)
    return None


def _records(machine: Machine) -> Records:
    pins = machine.chip.pins
    return Records(
        {name: len(wire.edges) for name, wire in pins.items() if wire.edges},
        {number: len(cable.log) for number, cable in machine.cables.items()},
    )


def _cut_records(machine: Machine, base: Records, twin: Machine) -> None:
    """Keep of the machine's records what there was at `base`, and as much as the twin has recorded since."""
    for name, wire in machine.chip.pins.items():
        kept = base.edges.get(name, 0) + len(twin.chip.pins[name].edges)
        del wire.edges[kept:], wire.ticks[kept:]
    for number, cable in machine.cables.items():
        since = len(twin.cables[number].log) if number in twin.cables else 0
        del cable.log[base.characters.get(number, 0) + since :]
