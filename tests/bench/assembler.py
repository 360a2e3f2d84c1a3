# SPDX-License-Identifier: MIT
"""How fast the assembler is, beside others on the same program.  Not a test.

    python tests/bench/assembler.py [--lines N] [--large N]

All times are processor time, so that what else the machine does counts little.  `64tass`, `acme` and
`ca65` take part where they are installed (Debian: apt install 64tass acme cc65).
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from program import ACME, CA65, MENSCH, TASS, Syntax, write_program

from asm816 import assemble
from asm816.hexfile import write_hex
from asm816.messages import ALL_WARNINGS

PROJECT = Path(__file__).parents[2]
ROUNDS = 5

OTHERS: tuple[tuple[Syntax, tuple[str, ...]], ...] = (
    (TASS, ("64tass", "-q", "--nostart", "-o", "out.bin", "main.asm")),
    (ACME, ("acme", "-f", "plain", "-o", "out.bin", "main.asm")),
    (CA65, ("ca65", "-o", "out.o", "main.asm")),
)


def child_seconds(command: list[str], folder: Path) -> float:
    """Processor time of a command, the best of several runs."""
    best = float("inf")
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def library_seconds(source: Path, no_warn: tuple[str, ...]) -> float:
    """Processor time from source to Intel HEX in a process that is warm, the best of several runs."""
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        started = time.process_time()
        result = assemble(source, no_warn=no_warn)
        write_hex(result.image)
        best = min(best, time.process_time() - started)
        assert result.ok, [str(found) for found in result.diagnostics[:3]]
        del result  # not in the next round's time
    return best


def speed(lines: int, folder: Path) -> None:
    """Lines per second, and the ratios to other assemblers."""
    for syntax in (MENSCH, TASS, ACME, CA65):
        (folder / syntax.name).mkdir()
        write_program(folder / syntax.name, lines, syntax)
    source = folder / MENSCH.name / "main.asm"
    count = sum(file.read_text().count("\n") for file in source.parent.glob("*.asm"))
    for title, no_warn in (("parse, layout, HEX", (ALL_WARNINGS,)), ("with widths and lints", ())):
        seconds = library_seconds(source, no_warn)
        print(f"asm816  {count} lines  {count / seconds:9,.0f} lines/s  {title}")
    command = [sys.executable, "-c", "from asm816.cli import main; main()", "main.asm", "-q", "-o", "out.hex"]
    ours = child_seconds(command, source.parent)
    print(f"asm816  {count} lines  {count / ours:9,.0f} lines/s  the command, start included")
    for syntax, others in OTHERS:
        if shutil.which(others[0]) is None:
            print(f"{syntax.name}: not installed, skipped")
            continue
        seconds = child_seconds(list(others), folder / syntax.name)
        print(
            f"{syntax.name:7} {count} lines  {count / seconds:9,.0f} lines/s  the command; asm816 takes {ours / seconds:.1f} times as long"
        )


MEASURED = """
import resource, sys, time
from asm816.cli import main
code = main([sys.argv[1], "-q", "-o", "out.hex"])
usage = resource.getrusage(resource.RUSAGE_SELF)
print(code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def growth(lines: int, folder: Path) -> None:
    """Time and memory of a quarter, a half and all of a large program."""
    for part in (lines // 4, lines // 2, lines):
        place = folder / str(part)
        place.mkdir()
        source = write_program(place, part)
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(source)],
            cwd=place,
            check=True,
            capture_output=True,
            text=True,
        )
        code, seconds, kilobytes = done.stdout.split()
        assert code == "0", done.stderr
        speed_, memory = part / float(seconds), int(kilobytes) / 1024
        print(f"asm816  {part} lines  {float(seconds):6.1f} s  {speed_:9,.0f} lines/s  {memory:6.0f} MB")


def start(folder: Path) -> None:
    """The whole process for a small program, beside a Python that does nothing."""
    example = str(PROJECT / "examples" / "led_blink" / "led_blink.asm")
    nothing = child_seconds([sys.executable, "-c", "pass"], folder)
    ours = child_seconds([sys.executable, "-c", "from asm816.cli import main; main()", example, "-q"], folder)
    limit = 2.5 * nothing + 0.060
    print(
        f"asm816 led_blink.asm  {1000 * ours:.0f} ms; python -c pass {1000 * nothing:.0f} ms; aim: below {1000 * limit:.0f} ms"
    )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=24_000)
    parser.add_argument("--large", type=int, default=1_000_000, help="0 leaves it out")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a command that is installed has its byte code
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start(folder)
        speed(arguments.lines, folder)
        if arguments.large:
            growth(arguments.large, folder)


if __name__ == "__main__":
    main()
