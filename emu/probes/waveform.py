# SPDX-License-Identifier: MIT
"""Waveforms of pins as lines of text, with the period measured from the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emu.board import Board
    from emu.wires import Rhythm, Wire

HIGH, LOW, BOTH = "▔", "▁", "│"
ASCII_HIGH, ASCII_LOW, ASCII_BOTH = "-", "_", "|"


def changing_pins(board: Board, start: int, end: int) -> list[Wire]:
    """The pins with an edge between two clock values: LEDs first, then the others by name.

    The console's own lines (RXD and TXD of its UART) are left out.
    """
    leds = [led.pin for led in board.facts.leds]
    others = sorted(set(board.chip.pins) - set(leds) - {"P66", "P67"})
    wires = [board.pin(name) for name in (*leds, *others)]
    return [wire for wire in wires if any(start <= clock < end for clock, _ in wire.edges)]


def render(board: Board, start: int, end: int, width: int = 40, *, ascii_only: bool = False) -> list[str]:
    """One line per changing pin: name, `width` columns of its level, period in ms and duty.

    A column that holds an edge shows the level at its end; one with several shows a bar.
    """
    names = {led.pin: led.name for led in board.facts.leds}
    return [
        f"{names.get(wire.name, ''):5}{wire.name}  {trace(wire, start, end, width, ascii_only=ascii_only)}  "
        f"{_measure(wire.measure(start, end))}".rstrip()
        for wire in changing_pins(board, start, end)
    ]


def _measure(found: Rhythm) -> str:
    if found.period is None or found.high is None:
        return f"{found.edges} edge{'' if found.edges == 1 else 's'}"
    return f"{found.period * 1000:.3f} ms period, {found.high / found.period:.0%} high"


def trace(wire: Wire, start: int, end: int, width: int, *, ascii_only: bool = False) -> str:
    """The level of a wire between two clock values in `width` columns."""
    high, low, both = (ASCII_HIGH, ASCII_LOW, ASCII_BOTH) if ascii_only else (HIGH, LOW, BOTH)
    edges_in = [0] * width
    span = max(end - start, 1)
    for clock, _ in wire.edges:
        if start <= clock < end:
            edges_in[(clock - start) * width // span] += 1
    columns = []
    for column in range(width):
        level = wire.level_at(start + (column + 1) * span // width - 1)
        columns.append(both if edges_in[column] > 1 else high if level else low)
    return "".join(columns)
