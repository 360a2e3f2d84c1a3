# SPDX-License-Identifier: MIT
"""Every kind of fault at every byte of a load, in both directions, against the emulated board.

python tests/faults/campaign.py [--every N] [--jobs N] [--kind KIND] [--load records|turbo]   (make faults: all of it)

The board is the whole emulated one, taken from a snapshot at its prompt, in virtual time.  After each
run the promise is checked: done only if memory equals the image; else the right exit code and a sentence with
an address and a remedy; never silent for 10 s; and a second run without faults succeeds.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from asm816 import assemble
from asm816.exitcodes import ExitCode
from asm816.image import Image, image_of
from emu import Board
from sxb.client import Monitor
from sxb.errors import SxbError
from sxb.faults import DIRECTIONS, KINDS, Fault, FaultyPort
from sxb.transport import Line

PROGRAM = Path(__file__).parents[2] / "examples" / "led_blink" / "led_blink.asm"


@dataclass(frozen=True)
class Load:
    """What is loaded, where, and how."""

    board: str
    image: Image
    turbo: bool


LOADS = {
    "records": Load("qbx", assemble(PROGRAM).image, turbo=False),
    # One block, the last block, and what lies under the rest of turbo's loader.
    "turbo": Load("sxb", image_of([(0x0240, bytes(n * 37 & 0xFF for n in range(0x1C0)))]), turbo=True),
}
RECORDS = LOADS["records"]

SILENT_SECONDS = 10.0

CURABLE = 0.99
"""So much of the curable faults must end in a verified load."""

ALLOWED = {
    "hangup": {ExitCode.LINE_LOST},
    "vanish": {ExitCode.LINE_LOST},
    "program": {ExitCode.NO_ANSWER, ExitCode.NOT_THE_MONITOR, ExitCode.VERIFY_DIFFERS},
}
OTHERS = {ExitCode.NO_ANSWER, ExitCode.NOT_THE_MONITOR, ExitCode.REFUSED_BY_BOARD, ExitCode.VERIFY_DIFFERS}
"""Exit codes that a fault of a kind may lead to, beside 0."""

PLACED = {"S1301", "S1302", "S1304", "S1401"}
"""Errors whose sentence names an address."""


@dataclass(frozen=True)
class Outcome:
    """One run: what came of it, and what is wrong with that (nothing, it is hoped)."""

    fault: Fault
    result: str
    broken: str = ""


@cache
def booted(name):
    """A board at its prompt; never run itself."""
    board = Board(name)
    board.boot()
    return board


def emulated(what):
    """A port onto a fresh copy of it."""
    from sxb.urls.protocol_emu import Serial

    return Serial.onto(booted(what.board).copy())


def length(make_port=emulated, what=RECORDS):
    """Bytes of a load without faults, by direction."""
    port = FaultyPort(make_port(what), None)
    load(port, [], what)
    return dict(port.counts)


def load(port, signs, what=RECORDS):
    """Connect and load, as `sxb load` does; `signs` gets the time of every sign of life."""
    line = Line("campaign", port)
    signs.append(line.now())

    def sign(_):
        signs.append(line.now())

    monitor = Monitor(line, progress=sign, notice=sign)
    monitor.find()
    monitor.load(what.image, turbo=what.turbo)


def holds(board, what=RECORDS):
    """Whether memory is the image."""
    return all(bytes(board.memory[s.address : s.end]) == s.data for s in what.image.segments)


def run(fault, make_port=emulated, what=RECORDS):
    """One load with a fault, and one after it without."""
    port = FaultyPort(make_port(what), fault)
    board, signs, error = port.board, [], None
    try:
        load(port, signs, what)
    except SxbError as caught:
        error = caught
    signs.append(board.seconds)
    broken = judge(fault, port, error, signs, what)
    result = "loaded" if error is None else f"exit {int(error.exit_code)} {error.code}"
    return Outcome(fault, result, broken or second(port, what))


def judge(fault, port, error, signs, what=RECORDS):
    """What is wrong with the outcome of a run; nothing if it is as promised."""
    if max(later - earlier for earlier, later in pairwise(signs)) > SILENT_SECONDS:
        return "silent for more than 10 s"
    if error is None:
        # What the fault does to the board behind the last byte is not the load's to see.
        return "" if holds(port.board, what) or overtaken(fault, port) else "FALSE SUCCESS"
    if error.exit_code not in ALLOWED.get(fault.kind, OTHERS):
        return f"wrong exit code {int(error.exit_code)}"
    if not error.hint:
        return "no remedy"
    if error.code in PLACED and not re.search(r"[0-9A-F]{2}:[0-9A-F]{4}", error.sentence):
        return "no address"
    return ""


def overtaken(fault, port):
    """Whether the board lost its memory with the very last byte of the load."""
    return fault.kind == "reset" and fault.position == port.counts[fault.direction] - 1


def second(port, what=RECORDS):
    """A run without faults; where that says so, RESET is pressed and it is run once more."""
    inner = port._port
    for pressed in (False, True):
        try:
            load(inner, [], what)
        except SxbError as caught:
            if pressed or "reset button" not in caught.hint:
                return f"second run: {caught.code} {caught.sentence}"
            inner.board.reset()
        else:
            break
    return "" if holds(inner.board, what) else "second run: FALSE SUCCESS"


def all_faults(counts, every=1, kinds=None):
    """Every kind, direction and position; of flips, a different bit at each."""
    for kind in KINDS:
        if kinds and kind.name not in kinds:
            continue
        for direction in DIRECTIONS:
            for position in range(0, counts[direction], every):
                yield Fault(kind.name, direction, position, bit=position * 3 % 8)


def report(outcomes, seconds, out=sys.stdout):
    """Counts by kind and outcome; the broken ones one by one.  Returns whether all is as promised."""
    results = sorted({outcome.result for outcome in outcomes}, key=lambda name: (name != "loaded", name))
    print(f"{'kind':9}{'runs':>7}" + "".join(f"{name:>15}" for name in results), file=out)
    for kind in KINDS:
        found = Counter(outcome.result for outcome in outcomes if outcome.fault.kind == kind.name)
        if found:
            row = "".join(f"{found[name] or '-':>15}" for name in results)
            print(f"{kind.name:9}{found.total():7}{row}", file=out)
    curable = [o for o in outcomes if next(k for k in KINDS if k.name == o.fault.kind).curable]
    cured = sum(o.result == "loaded" for o in curable)
    share = cured / len(curable) if curable else 1.0
    broken = [outcome for outcome in outcomes if outcome.broken]
    for outcome in broken[:50]:
        print(f"BROKEN {outcome.fault}: {outcome.result}: {outcome.broken}", file=out)
    print(
        f"{len(outcomes)} runs in {seconds:.0f} s; {len(broken)} broken promises; "
        f"{cured} of {len(curable)} curable faults ({share:.2%}) ended in a verified load",
        file=out,
    )
    return not broken and share >= CURABLE


def main():
    """Run the campaign; exit code 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--every", type=int, default=1, help="only every n-th position")
    parser.add_argument("--jobs", type=int, default=0, help="processes (0: one per core)")
    parser.add_argument("--kind", action="append", help="only this kind (may be repeated)")
    parser.add_argument("--load", choices=LOADS, action="append", help="only this load (may be repeated)")
    options = parser.parse_args()
    good = [campaign(LOADS[name], name, options) for name in options.load or LOADS]
    return 0 if all(good) else 1


def campaign(what, name, options):
    """Every fault over one load; whether all is as promised."""
    counts = length(what=what)
    print(f"a load by {name}: {counts['>']} bytes to the board, {counts['<']} from it", flush=True)
    todo = list(all_faults(counts, options.every, options.kind))
    begin = time.monotonic()
    with get_context("fork" if sys.platform == "linux" else "spawn").Pool(options.jobs or None) as pool:
        outcomes = []
        for outcome in pool.imap_unordered(partial(run, what=what), todo, chunksize=8):
            outcomes.append(outcome)
            if len(outcomes) % 500 == 0:
                print(f"{len(outcomes)} of {len(todo)}", file=sys.stderr, flush=True)
    return report(outcomes, time.monotonic() - begin)


if __name__ == "__main__":
    sys.exit(main())
