# SPDX-License-Identifier: MIT
"""Loads one after another through a real pseudo-terminal: no failure, and nothing grows.

python tests/faults/soak.py [LOADS]   (make soak LOADS=10000)

`emu816 serve --speed max` is the board; each load opens the port, loads another image, proves it and closes the
port.  What is measured is the resident memory and the open files of both processes (Linux; elsewhere only
failures are).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from asm816.image import image_of
from sxb import SxbError, connect

GROWTH = 1 << 20
"""Bytes of resident memory that either process may grow by after the first loads."""

WARM_UP = 60
"""So many loads until caches are filled and lists have their size."""

ALLOCATOR = {"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "1"}
"""How the server takes its memory.  By default each of its threads may get a pool of a megabyte of its own at any
load (glibc's arenas, Python's above them), which looks like a leak and is none."""

SIZE = 42
"""Bytes of an image: as the blink program's."""


def resident(process):
    """(bytes of memory, open files) of a process, or zeros where the system does not say."""
    proc = Path("/proc") / str(process)
    if not (proc / "statm").exists():
        return 0, 0
    pages = int((proc / "statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(list((proc / "fd").iterdir()))


def soak(loads, out=sys.stdout):
    """Do it; returns what went wrong."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / "board"
        command = [sys.executable, "-c", "import sys; from emu.cli import main; sys.exit(main())"]
        server = subprocess.Popen(
            [*command, "serve", "--link", str(link), "--speed", "max"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ALLOCATOR},
        )
        try:
            server.stdout.readline()
            wrong = _loads(str(link), loads, server.pid, out)
        finally:
            server.terminate()
            server.wait(20)
            server.stdout.close()
    return wrong


def _loads(port, loads, server, out):
    wrong, first, begin = [], {}, time.monotonic()

    def note(what):
        wrong.append(what)
        print(what, file=out, flush=True)

    for n in range(loads):
        if what := _load(port, n):
            note(f"load {n}: {what}")
        if n == min(WARM_UP, loads // 2):
            first = {name: resident(process) for name, process in (("sxb", os.getpid()), ("serve", server))}
        if n % 500 == 499:
            seconds = time.monotonic() - begin
            print(f"{n + 1} loads, {len(wrong)} failures, {seconds:.0f} s", file=out, flush=True)
    for name, process in (("sxb", os.getpid()), ("serve", server)):
        memory, files = resident(process)
        grown = memory - first[name][0]
        print(f"{name}: {grown / 1024:+.0f} KiB of memory, {files - first[name][1]:+d} open files", file=out)
        if grown > GROWTH:
            note(f"{name} grew by {grown} bytes")
        if files > first[name][1]:
            note(f"{name} left {files - first[name][1]} files open")
    print(f"{loads} loads, {len(wrong)} failures, {time.monotonic() - begin:.0f} s", file=out)
    return wrong


def _load(port, n):
    """The `n`th load; what went wrong with it, nothing if it went through at the first try."""
    content = bytes((n * 31 + k * 7) & 0xFF for k in range(SIZE))
    try:
        with connect(port) as monitor:
            result = monitor.load(image_of([(0x00B6, content)]))
    except SxbError as error:
        return f"{error.code} {error.sentence}"
    return "" if result.verified and not result.resent else str(result)


def main():
    """Exit code 1 if anything went wrong."""
    return 1 if soak(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 0


if __name__ == "__main__":
    sys.exit(main())
