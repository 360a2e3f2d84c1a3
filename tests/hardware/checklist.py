# SPDX-License-Identifier: MIT
"""The checklist for the owner of a board: measures, asks, and writes a report.

    python tests/hardware/checklist.py --port /dev/ttyUSB0 --report my-board.md

Takes about ten minutes; RESET has to be pressed a few times.  Please send the report in.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from points import LED_PATTERN, OPEN, POINTS, Board, Point

from asm816 import assemble
from asm816.outputs import write_atomically
from sxb import connect
from sxb.errors import SxbError
from sxb.exchange import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_ANSWERED = "not answered"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out for a point; `agrees` is None where nothing came out."""

    point: Point
    found: str
    agrees: bool | None


def press_reset() -> None:
    """Ask for the button."""
    print("    press RESET now", flush=True)


def settle(board: Board, point: Point, answer: Callable[[str], str]) -> Finding:
    """Measure or ask."""
    if point.measure is not None:
        try:
            found = point.measure(board)
        except (SxbError, TimeoutError) as error:
            return Finding(point, f"failed: {error}", None)
        return Finding(point, found, found == point.assumed)
    if point.show:
        program = assemble(text=point.show)
        board.monitor.load(program.image)
        board.monitor.go(program.image.first)
    found = answer(point.name).strip()
    return Finding(point, found or NOT_ANSWERED, found == point.assumed if found else None)


def report(port: str, findings: list[Finding]) -> str:
    """The report as Markdown."""
    marks = {True: "as assumed", False: "**different**", None: "open"}
    lines = [f"# Board at {port}", "", "| point | assumed | found | |", "|---|---|---|---|"]
    lines += [
        f"| {f.point.name}: {f.point.about} | {f.point.assumed} | {f.found} | {marks[f.agrees]} |"
        for f in findings
    ]
    agreed = sum(f.agrees is True for f in findings)
    differ = sum(f.agrees is False for f in findings)
    lines += ["", f"{agreed} as assumed, {differ} different, {len(findings) - agreed - differ} open.", ""]
    lines += ["Not settled by this list:", "", *(f"- {text}" for text in OPEN), ""]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the list; returns 0 if it came to its end, whatever was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--port", required=True, help="as for sxb")
    parser.add_argument("--report", required=True, type=Path, help="the file to write")
    parser.add_argument(
        "--answers", type=Path, help="JSON: answers by the name of the point, instead of questions"
    )
    parser.add_argument("--timeout", type=float, default=ANSWER_SECONDS, help="seconds to wait for an answer")
    options = parser.parse_args(arguments)
    given = json.loads(options.answers.read_text(encoding="utf-8")) if options.answers else None

    def answer(name: str) -> str:
        if given is not None:
            return str(given.get(name, ""))
        asked = next(point.ask for point in POINTS if point.name == name)
        return input(f"    {asked} ")

    findings = []
    with connect(options.port, timeout=options.timeout) as monitor:
        board = Board(monitor, press_reset)
        for number, point in enumerate(POINTS, 1):
            print(f"{number:2} of {len(POINTS)}: {point.about}", flush=True)
            findings.append(settle(board, point, answer))
            print(f"    {findings[-1].found}", flush=True)
            if point.show == LED_PATTERN:
                press_reset()
                board.reset()
                monitor.find()
    write_atomically(options.report, report(options.port, findings).encode())
    print(f"wrote {options.report}; please send it in")
    return 0


if __name__ == "__main__":
    sys.exit(main())
