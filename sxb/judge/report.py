# SPDX-License-Identifier: MIT
"""What a failed test shows of its board: waves, console, registers, the last instructions with their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asm816.outputs import write_together
from emu.cpu.bus import OPCODE
from emu.probes.vcd import vcd_text
from sxb.judge.routine import register_line
from sxb.judge.target import CONSOLE_UART
from sxb.judge.traffic import journal_text
from sxb.judge.unlike import time_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sxb.judge.target import Target
    from sxb.judge.traffic import Traffic

INSTRUCTIONS = 8
"""Instructions that are shown."""

_CYCLES = 8 * INSTRUCTIONS + 64
"""Cycles that hold so many instructions, with an interrupt among them."""


def report_of(target: Target) -> str:
    """Everything, as lines."""
    since = target.cycle - target.started
    lines = [
        f"{target.facts.title}, cycle {target.cycle:,}: {time_text(since, target.phi2_hz)} after the start",
        *(target.waves() or ["no pin had an edge"]),
        *_console(target),
        register_line(target.registers),
        "the last instructions:",
        *last_instructions(target),
    ]
    return "\n".join(lines)


def last_instructions(target: Target, count: int = INSTRUCTIONS) -> list[str]:
    """The last instructions in order: cycle, where, and the source line that made them."""
    sources = {} if target.program is None else target.program.source_lines()
    fetched = [cycle for cycle in target.last_cycles(_CYCLES) if cycle.kind == OPCODE]
    lines = []
    for cycle in fetched[-count:]:
        found = None if target.info is None else target.info.line_at(cycle.address)
        text = sources[found[0]][found[1] - 1].split(";")[0].strip() if found and found[0] in sources else ""
        lines.append(f"  {cycle.clock - 1:>12,}  {target.where(cycle.address):40}  {text}".rstrip())
    return lines or ["  none since the board was started"]


def _console(target: Target) -> list[str]:
    said = bytes(byte for clock, byte in target.serial(CONSOLE_UART).log if clock > target.started)
    return [f"console  {said[-200:]!r}"] if said else []


def save(target: Target, folder: Path, test: str) -> str:
    """Save the waves as VCD, the console's traffic as a journal and the report as text, named after the test; says where.

    Raises FileAccessError.
    """
    port, baud = f"emu:{target.facts.name}", target.serial(CONSOLE_UART).baud
    return _written(
        folder,
        test,
        {
            "waves": (".vcd", vcd_text(target.recording())),
            "journal": (".jsonl", journal_text(port, test, baud, target.traffic())),
            "this report": (".txt", report_of(target) + "\n"),
        },
    )


def save_traffic(traffic: Traffic, folder: Path, test: str) -> str:
    """Save what went over a port as a journal; says where.  Raises FileAccessError."""
    return _written(folder, test, {"journal": (".jsonl", traffic.text())})


def _written(folder: Path, test: str, files: Mapping[str, tuple[str, str]]) -> str:
    name = re.sub(r"[^\w.-]+", "_", test).strip("_")[-120:]
    folder.mkdir(parents=True, exist_ok=True)
    places = {what: folder / f"{name}{suffix}" for what, (suffix, _) in files.items()}
    write_together({places[what]: text.encode() for what, (_, text) in files.items()})
    return "\n".join(f"{what}: {place}" for what, place in places.items())
