# SPDX-License-Identifier: MIT
"""Single-instruction vectors: read SingleStepTests-format files and hold the core against them.

A case gives the state before one instruction, the state after it, and each bus cycle between as
``[address, value, flags]``; the eight flags are VDA, VPA, VPB, RWB, E, M, X and memory lock
(format of the public SingleStepTests/65816 repository).  Files are a JSON array or JSON lines,
plain or .xz.

Three things of the format: where E is 1, S is forced into page 1 before the instruction runs; a
block move is cut after 100 cycles, two cycles into its 15th byte; WAI and STP end in one entry
without an address.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from emu.cpu import backend
from emu.cpu.bus import BY_WATCHER, LOCK, VDA, VPA, VPB, WRITE
from emu.errors import EmuError, EmuFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

REGISTERS = ("pc", "s", "p", "a", "x", "y", "dbr", "d", "pbr", "e")
WIDTHS = {"pc": 16, "s": 16, "p": 8, "a": 16, "x": 16, "y": 16, "dbr": 8, "d": 16, "pbr": 8, "e": 1}
"""Bits of each register."""

BLOCK_MOVES = (0x44, 0x54)
HALTING = (0xCB, 0xDB)
BLOCK_MOVE_CYCLES = 7

Cycle = tuple[int | None, int | None, str]


@dataclass(frozen=True, slots=True)
class State:
    """Registers by name and memory by 24-bit address."""

    registers: Mapping[str, int]
    ram: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One instruction: the state before, the state after, and the bus cycles between."""

    name: str
    initial: State
    final: State
    cycles: tuple[Cycle, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a file's cases gave; `failures` holds the first differences in words."""

    passed: int
    total: int
    failures: tuple[str, ...]


def read_cases(path: Path, part: int = 0, parts: int = 1) -> Iterator[Case]:
    """The cases of a file in its order, or only each `parts`-th from number `part` on.

    Raises EmuFileError if the file cannot be read, EmuError if it is not a vectors file.
    """
    try:
        opener = lzma.open if path.suffix == ".xz" else open
        with opener(path, "rt", encoding="utf-8") as stream:
            first = stream.read(1)
            if first == "[":
                records = json.loads(first + stream.read())
                yield from (_case(record) for record in records[part::parts])
            else:
                for line in islice(_lines(first, stream), part, None, parts):
                    yield _case(json.loads(line))
    except OSError as error:
        raise EmuFileError("E2020", f"cannot read '{path}': {error.strerror or error}") from error
    except (EOFError, lzma.LZMAError) as error:
        raise EmuError("E2021", f"'{path}' is damaged: {error}", "fetch it again") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EmuError(
            "E2022",
            f"'{path}' is not a vectors file: {type(error).__name__}: {error}",
            "it must hold SingleStepTests cases, as a JSON array or one JSON object a line",
        ) from error


def _lines(first: str, stream: Any) -> Iterator[str]:
    line = first + stream.readline()
    if not line.strip():
        raise ValueError("the file is empty")
    yield line
    yield from (line for line in stream if line.strip())


def _case(record: Any) -> Case:
    cycles = tuple((address, value, str(flags)) for address, value, flags in record["cycles"])
    return Case(record["name"], _state(record["initial"]), _state(record["final"]), cycles)


def _state(record: Any) -> State:
    registers = {name: _number(record[name], WIDTHS[name], name) for name in REGISTERS}
    ram = {_number(address, 24, "address"): _number(value, 8, "byte") for address, value in record["ram"]}
    return State(registers, ram)


def _number(value: Any, bits: int, name: str) -> int:
    number = int(value)
    if number >> bits:
        raise ValueError(f"{name} {number} does not fit in {bits} bits")
    return number


class Bench:
    """A core on which cases are tried, one after the other.

    Every case runs with each bus cycle recorded; on a specialised backend then once more without,
    as only that runs the specialised functions: registers, memory and the number of cycles count.
    """

    def __init__(self, name: str = "plain") -> None:
        self.core = backend.load(name).Core()
        self.core.watcher = self._record
        self._specialised = name != "plain"
        self._cycles: list[Cycle] = []
        self._written: set[int] = set()

    def difference(self, case: Case) -> str | None:
        """Run a case; None if all is equal, else what differs first."""
        self._written = set()
        found = self._try(case, watched=True)
        if found is None and self._specialised:
            found = self._try(case, watched=False)
        for address in (*case.initial.ram, *self._written):
            self.core.memory[address] = 0
        return found

    def _try(self, case: Case, *, watched: bool) -> str | None:
        self.core.watched = BY_WATCHER if watched else 0
        self._prepare(case.initial)
        before = self.core.clock
        self._execute(case)
        return self._compare(case) or (
            self._compare_cycles(case) if watched else self._compare_count(case, self.core.clock - before)
        )

    def _prepare(self, state: State) -> None:
        core, registers = self.core, state.registers
        for address in self._written:
            core.memory[address] = 0
        for address, value in state.ram.items():
            core.memory[address] = value
        core.e = registers["e"]
        core.p = registers["p"]
        for name in ("pc", "a", "x", "y", "d", "dbr", "pbr", "s"):
            setattr(core, name, registers[name])
        core.settle_stack()
        core.waiting = core.stopped = 0
        self._cycles = []

    def _execute(self, case: Case) -> None:
        core = self.core
        opcode = core.memory[core.pbr << 16 | core.pc]
        if opcode not in BLOCK_MOVES:
            core.step()
            return
        for _ in range(len(case.cycles) // BLOCK_MOVE_CYCLES):
            core.step()
        if len(case.cycles) % BLOCK_MOVE_CYCLES:  # cut: opcode and first operand of the next byte
            core.read_opcode()
            core.fetch()

    def _compare(self, case: Case) -> str | None:
        core = self.core
        for name in REGISTERS:
            got, wanted = getattr(core, name), case.final.registers[name]
            if got != wanted:
                return f"{name} is {got:X}, should be {wanted:X}"
        touched = {address: core.memory[address] for address in (*case.initial.ram, *self._written)}
        if touched != case.final.ram:
            address = min(touched.items() ^ case.final.ram.items())[0]
            wanted_byte = case.final.ram.get(address)
            return f"memory {address:06X} is {core.memory[address]:02X}, should be {wanted_byte}"
        return None

    def _compare_count(self, case: Case, count: int) -> str | None:
        """The number of cycles; the last entry of WAI and STP is none."""
        wanted = len(case.cycles) - bool(self.core.waiting or self.core.stopped)
        return None if count == wanted else f"{count} cycles unwatched, should be {wanted}"

    def _compare_cycles(self, case: Case) -> str | None:
        core = self.core
        wanted_cycles = list(case.cycles)
        if core.waiting or core.stopped:
            wanted_cycles.pop()
        for number, (got_cycle, wanted_cycle) in enumerate(zip(self._cycles, wanted_cycles, strict=False)):
            if got_cycle != wanted_cycle:
                return f"cycle {number} is {got_cycle}, should be {wanted_cycle}"
        if len(self._cycles) != len(wanted_cycles):
            return f"{len(self._cycles)} cycles, should be {len(wanted_cycles)}"
        return None

    def _record(self, address: int, value: int, kind: int) -> None:
        core = self.core
        if kind & WRITE:
            self._written.add(address)
        flags = (
            "d" if kind & VDA else "-",
            "p" if kind & VPA else "-",
            "v" if kind & VPB else "-",
            "w" if kind & WRITE else "r",
            "e" if core.e else "-",
            "m" if core.m8 else "-",
            "x" if core.x8 else "-",
            "l" if kind & LOCK else "-",
        )
        self._cycles.append((address, None if value < 0 else value, "".join(flags)))


def check_file(
    path: Path, *, limit: int | None = None, part: int = 0, parts: int = 1, backend_name: str = "plain"
) -> Report:
    """Run the cases of a file, or only each `parts`-th from number `part` on; at most `limit` of the file.

    Raises as `read_cases` does.
    """
    bench = Bench(backend_name)
    passed = total = 0
    failures: list[str] = []
    share = None if limit is None else len(range(part, limit, parts))
    for case in islice(read_cases(path, part, parts), share):
        total += 1
        found = bench.difference(case)
        if found is None:
            passed += 1
        elif len(failures) < 10:
            failures.append(f"{case.name}: {found}")
    return Report(passed, total, tuple(failures))
