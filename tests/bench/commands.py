# SPDX-License-Identifier: MIT
"""How long whole commands take, from the start of the process to its end.  Not a test.

python tests/bench/commands.py

Of three runs the fastest: wall time, and the processor's time of the process, which a busy machine
changes less.  Targets: `sxb --help` 0.25 s; `sxb run --port emu:` 1 s with the compiled core.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

BLINK = Path(__file__).parents[2] / "examples" / "led_blink" / "led_blink.asm"
RUNS = 3

COMMANDS = (
    ("--help",),
    ("ports",),
    ("run", str(BLINK), "--port", "emu:", "--for", "2s"),
    ("run", str(BLINK), "--port", "emu:", "--for", "10ms"),
)


def measure(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Wall and processor seconds of `sxb` with these arguments."""
    sxb = Path(sys.executable).with_name("sxb")
    before, begin = os.times(), time.perf_counter()
    subprocess.run([sxb, *arguments], stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begin, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used


def main() -> None:
    """A line per command."""
    for arguments in COMMANDS:
        runs = [measure(arguments) for _ in range(RUNS)]
        wall, used = min(wall for wall, _ in runs), min(used for _, used in runs)
        shown = " ".join(Path(argument).name for argument in arguments)
        print(f"sxb {shown:44} {wall:6.2f} s, {used:.2f} s of processor")


if __name__ == "__main__":
    main()
