# SPDX-License-Identifier: MIT
"""A recording as a VCD file (IEEE 1364, section 18), which waveform viewers such as GTKWave and Surfer open.

Time in ns.  Scope ``board`` holds the pins by name; a port of which all eight pins are there is a bus
besides, ``P7[7:0]``; scope ``board.leds`` has what hangs on the pins, 1 where it is lit.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from asm816.outputs import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from emu.probes.waves import Recording, Wave

_TOOL = "mensch816"

Change = tuple[int, int]
"""Time in ns, value."""


def write_vcd(path: str | Path, recording: Recording) -> None:
    """Write the file, whole or not at all.  Raises FileAccessError."""
    write_atomically(path, vcd_text(recording).encode())


def vcd_text(recording: Recording) -> str:
    """The file's text; the same recording gives the same text."""
    from vcd.writer import VCDWriter  # loads only when a file is written

    out = StringIO()
    with VCDWriter(out, timescale="1 ns", date="", version=_TOOL) as writer:
        tracks: list[tuple[int, int, Callable[[int, int], None]]] = []  # (time, value, who takes it)

        def add(scope: str, name: str, size: int, initial: int, changes: list[Change]) -> None:
            bus = (size - 1, 0) if size > 1 else None
            variable = writer.register_var(scope, name, "wire", size=size, init=initial, bit_index=bus)

            def change(time: int, value: int) -> None:
                writer.change(variable, time, value)

            tracks.extend((time, value, change) for time, value in changes)

        for wave in recording.waves:
            add("board", wave.name, 1, wave.level, list(wave.edges))
        for name, pins in _ports(recording).items():
            add("board", name, 8, _byte([pin.level for pin in pins]), _together(pins))
        for wave in recording.waves:
            if wave.label:
                lit = [(time, int(level == wave.lit)) for time, level in wave.edges]
                add("board.leds", wave.label, 1, int(wave.level == wave.lit), lit)
        for time, value, change in sorted(tracks, key=lambda track: track[0]):
            change(time, value)
        writer.flush(recording.duration)
    return out.getvalue()


def _ports(recording: Recording) -> dict[str, list[Wave]]:
    """The ports that are there as a whole: name -> its pins, bit 0 first."""
    waves = {wave.name: wave for wave in recording.waves}
    wanted = {f"P{port}": [f"P{port}{bit}" for bit in range(8)] for port in range(8)}
    return {
        port: [waves[name] for name in names]
        for port, names in wanted.items()
        if all(name in waves for name in names)
    }


def _byte(levels: list[int]) -> int:
    return sum(level << bit for bit, level in enumerate(levels))


def _together(pins: list[Wave]) -> list[Change]:
    """The values of eight pins as a byte: one change per moment at which any changed."""
    levels = [pin.level for pin in pins]
    changes: dict[int, int] = {}
    for time, bit, level in sorted(
        (time, bit, level) for bit, pin in enumerate(pins) for time, level in pin.edges
    ):
        levels[bit] = level
        changes[time] = _byte(levels)
    return list(changes.items())
