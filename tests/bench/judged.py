# SPDX-License-Identifier: MIT
"""How fast programs are judged: a LED test, isolated calls, coverage.  Not a test.

python tests/bench/judged.py
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from asm816 import assemble
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


def judged(name: str, *, covered: bool = False) -> Callable[[], None]:
    """A test of one emulated second, the assembling apart."""
    program = assemble(EXAMPLES / name / f"{name}.asm")

    def test() -> None:
        board = Target.booted()
        board.take(program)
        if covered:
            board.cover(Coverage(program))
        board.start().run(seconds=1)
        if name == "led_blink":
            board.led(3).must_toggle_every(cycles=921_603, within="0.001 %")

    return test


def main() -> None:
    """Print a line for each."""
    print(f"a LED judged for a second         {milliseconds(judged('led_blink'), 10):9.2f} ms")
    calls = Target.booted().take(assemble(text=SQUARE))
    thousand = milliseconds(lambda: [calls.call("square", a=5) for _ in range(1000)], 3)
    print(f"1000 isolated calls               {thousand:9.2f} ms")
    for name in ("led_blink", "led_chase", "pwm", "counter"):
        plain, covered = milliseconds(judged(name), 5), milliseconds(judged(name, covered=True), 5)
        print(f"{name:12} covered for a second {covered:9.2f} ms  {covered / plain:.2f} x of {plain:.2f} ms")


if __name__ == "__main__":
    main()
