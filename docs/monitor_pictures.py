# SPDX-License-Identifier: MIT
"""Makes docs/monitor/*.svg: every screen of `sxb monitor` at 80x24 and 140x45, always the same to the cycle.

    make picture

They are the README's pictures and what tests/sxb/tui/test_pictures.py compares with: look at them before
they are committed.  No worker runs: the sitting is asked for one picture of the board, which is shown.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sxb.ports import PortInfo
from sxb.transport import PLAIN
from sxb.tui.app import MonitorApp, Wishes
from sxb.tui.picture import Diagnosed, Heard, Report
from sxb.tui.post import open_sitting
from sxb.tui.screens import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sxb.tui.sitting import Sitting
    from sxb.tui.virtual import VirtualSitting

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / "docs" / "monitor"
SIZES = ((80, 24), (140, 45))
PROGRAM = PROJECT / "examples" / "led_chase" / "led_chase.asm"
SCREENS = ("console", "board", "pins", "files", "connect")

RUN_SECONDS = 1.7
"""Of led_chase, before the board is stopped and taken back to the last store to PD7."""

MOON_LANDING = -14182940.0
"""A time of day for what was said: it is not shown, but has to be something."""


class Shown(MonitorApp):
    """The session without a worker: nothing comes but what is put there."""

    def _connect(self, port: str) -> None:
        del port


def pictures(size: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """(name, SVG) of every screen."""
    yield from asyncio.run(_shot(size)).items()


async def _shot(size: tuple[int, int]) -> dict[str, str]:
    reports: list[Report] = []
    sitting = _at_the_store(reports)
    app = Shown(Wishes("emu:qbx", folder=PROJECT / "examples"))
    found = {}
    async with app.run_test(size=size) as pilot:
        for name in SCREENS:
            if name == "connect":
                app.action_connect()
            else:
                app.action_mode(name)
            await pilot.pause()
            sitting.look(app._view)  # noqa: SLF001 - in the place of the worker
            app.picture = sitting.picture()
            if name == "console":
                _hear(app, reports)
            elif name == "files":
                await _choose(app, pilot)
                for report in reports:
                    if isinstance(report, Diagnosed):
                        app._files.diagnosed(report)  # noqa: SLF001 - as above
            app._show()  # noqa: SLF001 - as above
            await pilot.pause()
            found[name] = app.export_screenshot(title="sxb monitor", simplify=True)
    sitting.close()
    return found


def _at_the_store(reports: list[Report]) -> Sitting:
    """led_chase, stopped before it lights the next LED."""
    sitting: VirtualSitting = open_sitting("emu:qbx", "qbx", 1.0, PLAIN, reports.append)  # type: ignore[assignment]
    sitting.greet()
    sitting.type(b"H")
    board = sitting.monitor.board
    assert board is not None
    board.run(seconds=1.0)
    sitting.listen(0)
    sitting.load(str(PROGRAM))
    board.run(seconds=RUN_SECONDS)
    sitting.toggle_breakpoint("show")
    sitting.back_to_write(sitting.address("PD7"))
    for _ in range(3):
        sitting.step_cycle()
    return sitting


def _hear(app: MonitorApp, reports: list[Report]) -> None:
    for report in reports:
        if isinstance(report, Heard):
            app._console.hear(Heard(report.direction, report.data, 0.0, MOON_LANDING, report.dialogue))  # noqa: SLF001


async def _choose(app: MonitorApp, pilot: object) -> None:
    programs = app.screen.query_one("#programs")
    names = app._files._names  # noqa: SLF001 - as above
    programs.highlighted = next(n for n, name in enumerate(names) if "led_chase" in name)  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]


def _one_cable() -> tuple[PortInfo, ...]:
    return (PortInfo("/dev/ttyUSB0", "FT232R USB UART", 0x0403, 0x6001, "A10KXYZ"),)


connect.system_ports = _one_cable  # whatever is plugged in here


def main() -> int:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for columns, rows in SIZES:
        for name, svg in pictures((columns, rows)):
            (FOLDER / f"{name}-{columns}x{rows}.svg").write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
