# SPDX-License-Identifier: MIT
"""What `emu816 run` says in the end, for programs and for people.  Cycles count from the program's start."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from emu.probes.names import Names
from emu.probes.waveform import render
from emu.running import Ending
from emu.screen import can_draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from emu.commands.run import Run
    from emu.probes.profile import Share

SHOWN = 10
"""So many routines and lines of a profile are shown to people."""

_ENDINGS = {
    Ending.TIME: "its time was over",
    Ending.CYCLES: "its cycles were over",
    Ending.STP: "the program stopped the processor (stp)",
    Ending.BREAKPOINT: "it came to the address",
    Ending.ERROR: "the script failed",
    Ending.SCRIPT: "the script was done",
    Ending.INTERRUPTED: "interrupted",
}


def values(run: Run, ending: Ending) -> dict[str, Any]:
    """The object of ``--json``."""
    board, begin = run.board, run.begin.cycle
    found: dict[str, Any] = {
        "cycles": board.cycle - begin,
        "seconds": _seconds(run),
        "stop": ending.value,
        "registers": {name: int(value) for name, value in asdict(board.registers).items()},
        "leds": board.leds,
        "edges": _edges(run),
        "serial": {str(number): _said(run, number) for number in board.plugged},
    }
    if run.profile:
        names = Names(run.program.info)
        found["profile"] = {
            "routines": [asdict(share) for share in run.profile.by_routine(names)],
            "lines": [asdict(share) for share in run.profile.by_line(names)],
        }
    return found


def summary(run: Run, ending: Ending, written: list[str]) -> Iterator[str]:
    """The lines of a report."""
    board, begin = run.board, run.begin.cycle
    if run.program.image.segments:  # the ROM alone sets up every port: that is no news
        yield from render(board, begin, board.cycle, ascii_only=not can_draw(sys.stdout))
    if run.profile:
        names = Names(run.program.info)
        yield from table("routine", run.profile.by_routine(names))
        yield from table("line", run.profile.by_line(names))
    registers = board.registers
    yield (
        f"{board.cycle - begin} cycles, {_seconds(run):.6f} s: {_ENDINGS[ending]} at "
        f"{registers.pbr:02X}:{registers.pc:04X}"
    )
    if written:
        yield f"written: {', '.join(written)}"


def _edges(run: Run) -> dict[str, list[list[int]]]:
    """Of the LEDs' pins, and of all others that had any but those at the end of a cable."""
    board, begin = run.board, run.begin.cycle
    leds = {led.pin for led in board.facts.leds}
    cables = {f"P6{2 * number + side}" for number in board.plugged for side in (0, 1)}
    edges = {
        name: [[cycle - begin, level] for cycle, level in wire.edges if cycle > begin]
        for name, wire in sorted(board.chip.pins.items())
        if name not in cables
    }
    return {name: of_pin for name, of_pin in edges.items() if of_pin or name in leds}


def _seconds(run: Run) -> float:
    """Emulated seconds since the start."""
    clocks = run.board.chip
    return (clocks.schedule.now() - run.begin.tick) / clocks.clocks.tick_hz


def _said(run: Run, number: int) -> str:
    """What was sent on a UART since the start."""
    line = run.board.serial(number)
    return bytes(byte for cycle, byte in line.log if cycle > run.begin.cycle).decode("latin-1")


def table(title: str, shares: list[Share]) -> Iterator[str]:
    """The first `SHOWN` shares of a profile under a head with a title; nothing if there are none."""
    if not shares:
        return
    width = max(len(share.name) for share in shares[:SHOWN])
    yield f"{'cycles':>12}  {'part':>6}  {'instructions':>12}  {title}"
    for share in shares[:SHOWN]:
        yield f"{share.cycles:12}  {share.part:6.1%}  {share.instructions:12}  {share.name:{width}}".rstrip()
    if len(shares) > SHOWN:
        rest = sum(share.cycles for share in shares[SHOWN:])
        yield f"{rest:12}  {sum(share.part for share in shares[SHOWN:]):6.1%}  {'':12}  {len(shares) - SHOWN} more"
