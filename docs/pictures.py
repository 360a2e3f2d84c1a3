# SPDX-License-Identifier: MIT
"""Draws the waveforms in the documents anew, each by the command that stands beside it.

make picture
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]

PICTURES = {
    "docs/pictures/led_blink.svg": "run examples/led_blink/led_blink.asm --for 2s",
    "docs/pictures/led_chase.svg": "run examples/led_chase/led_chase.asm --for 2s",
    "docs/pictures/tones.svg": "run examples/tones/tones.asm --for 20ms",
    "docs/pictures/hello.svg": "run examples/hello/hello.asm --for 18ms --pins P67",
    "docs/pictures/morse.svg": "run examples/morse/morse.asm --for 3s",
    "docs/pictures/pwm.svg": "run examples/pwm/pwm.asm --for 100ms",
    "docs/pictures/counter.svg": "run examples/counter/counter.asm --for 1s",
    "docs/pictures/button.svg": "run examples/button/button.asm --for 600ms --input examples/button/press.toml",
    "docs/pictures/echo.svg": "run examples/echo/echo.asm --for 12ms --input examples/echo/type.toml --pins P66,P67",
    "docs/pictures/clock.svg": "run examples/clock/clock.asm --for 1200ms --pins P67",
}
"""Picture -> the command that makes it, but for ``--plot``."""


def draw(command: str, picture: Path) -> int:
    """Run `command` with its picture going to a file; gives its exit code."""
    from emu.cli import main

    return main([*shlex.split(command), "--quiet", "--plot", str(picture)])


def main() -> int:
    """Draw all of them."""
    os.chdir(PROJECT)
    for name, command in PICTURES.items():
        print(f"{name}: emu816 {command}")
        Path(name).parent.mkdir(exist_ok=True)
        if code := draw(command, Path(name)):
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
