# SPDX-License-Identifier: MIT
"""How fast the core runs: guest MHz, PHI2 cycles per second of the host, on all backends in turn."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from asm816.target.boards import DEFAULT_BOARD
from emu.cpu import backend
from emu.cpu.bus import GENERAL_METHODS
from emu.cpu.core import MEMORY_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from emu.cpu.core import Core

ORIGIN = 0x2000

ROUNDS = 5
"""Each figure is the median of so many runs; the ways take turns, so that all see the same machine."""

_SECONDS = 0.1
"""How long a run takes, about."""


@dataclass(frozen=True, slots=True)
class Program:
    """Pieces of memory, and where the core begins, in native mode with 16-bit registers."""

    name: str
    pieces: tuple[tuple[int, bytes], ...]
    start: int = ORIGIN


PROGRAMS = (
    # loop: dex; bne loop; bra loop
    Program("delay", ((ORIGIN, bytes.fromhex("CA D0 FD 80 FB")),)),
    # loop: lda #1200; clc; adc 3000; sta 3002; lda 10; lda [12],y; jsr 2030; ldx #4000;
    #       ldy #5000; lda #7; mvn 0,0; bra loop     2030: inc 3004; rts
    Program(
        "mix",
        (
            (
                ORIGIN,
                bytes.fromhex("A90012 18 6D0030 8D0230 A510 B712 203020 A20040 A00050 A90700 540000 80E1"),
            ),
            (ORIGIN + 0x30, bytes.fromhex("EE0430 60")),
        ),
    ),
)


def _nothing(core: Core) -> None:
    del core


def _general(core: Core) -> None:
    core.general = GENERAL_METHODS


def _ring(core: Core) -> None:
    core.keep_cycles(4096)


def _marks(core: Core) -> None:
    core.mark_in(bytearray(MEMORY_SIZE))


WAYS: Mapping[str, tuple[str, Callable[[Core], None]]] = {
    "plain": ("plain", _nothing),
    "fast": ("fast", _nothing),
    "compiled": ("compiled", _nothing),
    "fast+marks": ("fast", _marks),
    "compiled+marks": ("compiled", _marks),  # every instruction is marked, for coverage
    "compiled+hook": ("compiled", _general),  # every cycle asks whether somebody watches; nobody does
    "compiled+ring": ("compiled", _ring),  # every cycle is recorded
}
"""What is measured: a backend, and how its core is set up."""


def program_of(file: str, start: str | None) -> Program:
    """A program from an image file, beginning at `start` or at its entry.

    Raises the errors of the source or image file, and EmuError (E2052) if it is not clear where it begins.
    """
    from emu.programfile import read_program

    found = read_program(file, DEFAULT_BOARD.name, lambda text: print(text, file=sys.stderr))
    pieces = tuple((segment.address, bytes(segment.data)) for segment in found.image.segments)
    return Program(file, pieces, found.start(start))


def prepare(program: Program, name: str = "plain") -> Core:
    """A core of this backend about to run the program."""
    core = backend.load(name).Core()
    for address, data in program.pieces:
        core.memory[address : address + len(data)] = data
    core.e = 0
    core.p = 0
    core.jump_long(program.start)
    return core


def measure(
    programs: Sequence[Program], only: str | None = None, cycles: int | None = None
) -> dict[str, dict[str, float]]:
    """Guest MHz of each way and program, the median of ROUNDS runs; `only` one backend, if named.

    Raises EmuError as `backend.load` for a backend that is not there.
    """
    names = backend.available() if only is None else (backend.load(only).name,)
    ways = {way: setup for way, (name, setup) in WAYS.items() if name in names}
    runs: dict[str, dict[str, float]] = {way: {} for way in ways}
    for program in programs:
        lengths = {way: cycles or _enough(program, way) for way in ways}
        figures: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, length in lengths.items():
                figures[way].append(_speed(program, way, length))
        for way, values in figures.items():
            runs[way][program.name] = median(values)
    return runs


def _enough(program: Program, way: str) -> int:
    return max(1, round(_speed(program, way, 100_000) * 1e6 * _SECONDS))


def _speed(program: Program, way: str, cycles: int) -> float:
    name, set_up = WAYS[way]
    core = prepare(program, name)
    set_up(core)
    started = time.perf_counter()
    core.run(cycles)
    return core.clock / max(time.perf_counter() - started, 1e-9) / 1e6
