# SPDX-License-Identifier: MIT
"""How fast programs are judged, on the compiled core and in pure Python: a LED test, isolated calls, coverage.  Not a test.

python tests/bench/judged.py
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from asm816 import assemble
from emu.cpu.backend import available
from sxb.judge.coverage import Coverage
from sxb.judge.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[2] / "examples"

SQUARE = """\
.65816
.org 0x00b6
square:
  phx
  sta 0x01
  tax
  lda.b #0
add:
  clc
  adc 0x01
  dex
  bne add
  plx
  rts
"""


def milliseconds(action: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in wall time."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return min(taken) * 1000


def judged(name: str, backend: str, *, covered: bool = False) -> Callable[[], None]:
    """A test of one emulated second on a fresh board, the assembling apart."""
    program = assemble(EXAMPLES / name / f"{name}.asm")

    def test() -> None:
        board = Target.booted(backend=backend)
        board.take(program)
        coverage = Coverage(program) if covered else None
        if coverage is not None:
            board.cover(coverage)
        board.start().run(seconds=1)
        if name == "led_blink":
            board.led(3).must_toggle_every(cycles=921_603, within="0.001 %")
        if coverage is not None:
            coverage.files()

    return test


def calls(backend: str) -> Callable[[], object]:
    """A thousand calls of a subroutine, each on a fresh state."""
    board = Target.booted(backend=backend).take(assemble(text=SQUARE))
    return lambda: [board.call("square", a=5) for _ in range(1000)]


def main() -> None:
    """Print a line for each."""
    for backend in [name for name in ("compiled", "fast") if name in available()]:
        times = 10 if backend == "compiled" else 2
        print(f"{backend}:")
        print(
            f"a LED judged for a second         {milliseconds(judged('led_blink', backend), times):9.2f} ms"
        )
        print(f"1000 isolated calls               {milliseconds(calls(backend), min(times, 3)):9.2f} ms")
        for name in ("led_blink", "led_chase", "pwm", "counter"):
            tests = [judged(name, backend), judged(name, backend, covered=True)]
            plain, covered = (milliseconds(test, times) for test in tests)
            print(
                f"{name:12} covered for a second {covered:9.2f} ms  {covered / plain:.2f} x of {plain:.2f} ms"
            )


if __name__ == "__main__":
    main()
