# SPDX-License-Identifier: MIT
"""What instruments and service cost: VCD, trace, pacing, the round trip of a byte.  Not a test.

python tests/bench/instruments.py
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import serial
from board import BLINK, milliseconds, running

from asm816.debuginfo import DebugInfo
from emu.cpu.trace import Tap, run_traced
from emu.probes.names import Names
from emu.probes.tracefile import CycleLines
from emu.probes.vcd import vcd_text
from emu.probes.waves import all_pins, now, record

PACED_SECONDS = 10.0
CYCLES = 1_000_000
WIRE = 2 * 10 / 9600
"""Seconds that a byte and its answer take at 9600 baud."""


def vcd() -> None:
    """A second of eight LEDs that blink, run and written."""
    board = running(BLINK)

    def second() -> None:
        begin = now(board)
        board.run(seconds=1)
        vcd_text(record(board, begin, all_pins(board)))

    print(f"VCD of a second of eight LEDs      {milliseconds(second, 3):9.2f} ms")


def trace() -> None:
    """A million bus cycles to a file, as text and raw."""
    with tempfile.TemporaryFile() as file:
        core = running(BLINK).chip.core
        taken = milliseconds(lambda: run_traced(core, core.clock + CYCLES, file), 1)
        print(f"a million bus cycles, raw          {taken:9.2f} ms")
    with tempfile.TemporaryFile() as file:
        board = running(BLINK)

        def as_text() -> None:
            tap, lines = Tap(board.chip.core), CycleLines(Names(DebugInfo()), board.cycle)
            end = board.cycle + CYCLES
            while board.cycle < end:
                board.run(cycles=Tap.PORTION)
                file.write(lines.feed(tap.take()).encode())

        print(f"a million bus cycles, as text      {milliseconds(as_text, 1):9.2f} ms")


def service() -> None:
    """A board on a pseudo-terminal: its pace, its use of a core, the round trip of a byte."""
    emu816 = Path(sys.executable).with_name("emu816")
    server = subprocess.Popen([emu816, "serve"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    device = re.search(r" on (\S+),", server.stdout.readline())
    assert device is not None
    with serial.Serial(device[1], 9600, timeout=5) as port:
        time.sleep(3)  # it boots
        port.reset_input_buffer()
        trips = sorted(_round_trip(port) for _ in range(50))
        used, begun = _used(server.pid), time.monotonic()
        time.sleep(PACED_SECONDS)
        share = (_used(server.pid) - used) / (time.monotonic() - begun)
    server.terminate()
    server.wait()
    print(
        f"a byte and its answer over the PTY {median(trips) * 1000:9.2f} ms, {WIRE * 1000:.2f} of it the wire"
    )
    print(f"a served board uses                {share:9.1%} of a core")


def pace() -> None:
    """Emulated seconds against the clock on the wall."""
    from emu.serve.line import Settings, serve

    class Nobody:
        attended = False
        settings = Settings()

        def read(self) -> bytes:
            return b""

        def write(self, data: bytes) -> None:
            pass

        def wait(self, seconds: float) -> None:
            time.sleep(seconds)

        hold = wait

    board = running(BLINK)
    first, begun = board.seconds, time.monotonic()
    end = begun + PACED_SECONDS
    serve(board, Nobody(), stop=lambda: time.monotonic() >= end)
    emulated, wall = board.seconds - first, time.monotonic() - begun
    print(f"pace over {PACED_SECONDS:g} s                     {emulated / wall - 1:+9.3%}")


def _round_trip(port: serial.Serial) -> float:
    """A return to the monitor until its first byte comes back."""
    begun = time.perf_counter()
    port.write(b"\r")
    port.read(1)
    taken = time.perf_counter() - begun
    time.sleep(0.05)
    port.reset_input_buffer()
    return taken


def _used(pid: int) -> float:
    """Processor seconds of a process (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print a line for each."""
    vcd()
    trace()
    pace()
    service()


if __name__ == "__main__":
    main()
