# SPDX-License-Identifier: MIT
"""`sxb info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from asm816.target.boards import BOARDS, LARGEST_FREE_BLOCK
from asm816.target.monitor import CELLS
from sxb.commands.regs import register_line, register_values
from sxb.errors import RefusedByBoardError
from sxb.options import examples, line_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asm816.target.boards import BoardFacts
    from sxb.client import Monitor
    from sxb.clock import Clock
    from sxb.session import Session

MEASURED_HZ = (1_843_200, 2_457_600, 3_686_400, 4_915_200, 6_144_000)
"""The crystals that the monitor tells apart at boot, in the order of its index (monitor ROM, E2CF)."""


@click.command("info")
@examples("sxb info", "sxb info --port emu:sxb --json")
@line_options
def command(session: Session) -> None:
    """Show what is at the other end: cable, monitor, crystal, clock, board, free memory, registers.

    Which board it is shows in its memory: two bytes are written there, read back and restored.
    """
    with session.connect() as monitor:
        version, clock, registers = monitor.version(), monitor.time(), monitor.registers()
        crystal = crystal_hz(monitor.read(CELLS["SPEED"], 1)[0])
        facts = which_board(monitor)
        free = [LARGEST_FREE_BLOCK, *facts.external_ram]
        for line in _lines(version.banner, crystal, clock, facts):
            session.say(line)
        session.say(register_line(registers))
        _say_latency(session, monitor)
        session.result(
            {
                "port": monitor.port,
                "version": version.number,
                "banner": list(version.banner),
                "crystal_hz": crystal,
                "clock": _iso(clock),
                "board": facts.name,
                "free": [[piece.first, piece.last] for piece in free],
                "registers": register_values(registers),
            }
        )


def crystal_hz(index: int) -> int | None:
    """The crystal by the monitor's index; None if the monitor did not know it."""
    return MEASURED_HZ[index] if index < len(MEASURED_HZ) else None


def which_board(monitor: Monitor) -> BoardFacts:
    """The board whose external memory is there: the SXB, or the QBX, which has none."""
    found = BOARDS["qbx"]
    for facts in BOARDS.values():
        if facts.external_ram and all(_is_ram(monitor, ram.first, ram.last) for ram in facts.external_ram):
            found = facts
    return found


def _is_ram(monitor: Monitor, first: int, last: int) -> bool:
    """Whether both ends keep what is written.

    Absent memory may read as what lingers on the bus, so both are written, differently, before the
    first is looked at again.
    """
    kept: list[tuple[int, int, int]] = []
    try:
        for address, flip in ((first, 0xFF), (last, 0x5A)):
            old = monitor.read(address, 1)[0]
            monitor.write(address, bytes([old ^ flip]))
            kept.append((address, old, old ^ flip))
        return all(monitor.read(address, 1)[0] == new for address, _, new in kept)
    except RefusedByBoardError:
        return False
    finally:
        for address, old, _ in kept:
            monitor.write(address, bytes([old]))


def _lines(banner: tuple[str, ...], crystal: int | None, clock: Clock, facts: BoardFacts) -> Iterator[str]:
    for title, line in zip(("monitor", "", ""), banner, strict=True):
        yield f"{title:9}{line.strip()}"
    yield f"crystal  {f'{crystal / 1e6:.4f} MHz' if crystal else 'not one that the monitor knows'}"
    yield f"clock    {_iso(clock).replace('T', ' ')}"
    yield f"board    {facts.title}, by its memory"
    ranges = (LARGEST_FREE_BLOCK, *facts.external_ram)
    sizes = (f"{address_text(r.first)}-{address_text(r.last)} ({r.last - r.first + 1} bytes)" for r in ranges)
    yield f"free     {', '.join(sizes)}"


def _iso(clock: Clock) -> str:
    """Date and time; the monitor's two digits of the year are those of 1993 and later."""
    century = 1900 if clock.year >= FIRST_YEAR else 2000
    date = f"{century + clock.year:04}-{clock.month:02}-{clock.day:02}"
    return f"{date}T{clock.hour:02}:{clock.minute:02}:{clock.second:02}"


FIRST_YEAR = 93
"""The clock starts on 07-01-93."""


def _say_latency(session: Session, monitor: Monitor) -> None:
    from sxb.latency import advice, latency_ms

    slow = advice(monitor.port, latency_ms(monitor.port)) if monitor.board is None else None
    if slow:
        session.say(slow)
