# SPDX-License-Identifier: MIT
"""Every kind of fault at every byte of a load, in both directions, against the emulated board.

python tests/faults/campaign.py [--every N] [--jobs N] [--kind KIND] [--load records|turbo] [--whole]
(make faults: all but --whole)

The board is the whole emulated one, in virtual time, taken over shortly before the fault (`headstart`).  After
each run the promise is checked: done only if memory equals the image; else the right exit code and a sentence with
an address and a remedy; never silent for 10 s; and a second run without faults succeeds and leaves the board as
it was.  Faults come in a shuffled order, so what was counted when somebody stops it is a fair sample.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from headstart import Recording

from asm816 import assemble
from asm816.exitcodes import ExitCode
from asm816.image import Image, image_of
from asm816.target.registers import BY_NAME
from emu import Board
from sxb.client import Monitor
from sxb.errors import SxbError
from sxb.faults import DIRECTIONS, KINDS, Fault, FaultyPort
from sxb.transport import Line
from sxb.urls.protocol_emu import Serial

PROGRAM = Path(__file__).parents[2] / "examples" / "led_blink" / "led_blink.asm"


@dataclass(frozen=True)
class Load:
    """What is loaded, where, and how.

    `part` is what no other load sends, from the first time that the former is sent to the next time that the
    latter is (None: all of it).  The run after a fault loads `second`; behind that the chip's registers `kept` are as
    after a boot.
    """

    board: str
    image: Image
    second: Image
    turbo: bool = False
    part: tuple[bytes, bytes] | None = None
    kept: tuple[str, ...] = ()


BLINK = assemble(PROGRAM).image
LOADS = {
    "records": Load("qbx", BLINK, second=BLINK),
    # One block, the last block, and what lies under the rest of turbo's loader.  From J to its return the line is
    # this loader's; around that the monitor's commands do it, as in the load above.
    "turbo": Load(
        "sxb",
        image_of([(0x0240, bytes(n * 37 & 0xFF for n in range(0x180)))]),
        second=image_of([(0x0200, bytes(range(0x30, 0x40)))]),
        turbo=True,
        part=(b"J", b"S"),
        kept=("T4LL", "T4LH", "ACSR3", "UIER", "TER", "TIER"),
    ),
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
    return Serial.onto(booted(what.board).copy())


@cache
def recorded(name):
    """A load without a fault."""
    what = LOADS[name]
    recording = Recording(emulated(what))
    load(FaultyPort(recording, None), [], what)
    return recording


def length(make_port=emulated, what=RECORDS, *, whole=True):
    """By direction, the range of bytes of a load without faults, or of its own part of that."""
    port = FaultyPort(make_port(what), None)
    begins, ends = [], []

    def note(direction, data):
        if what.part and direction == ">":
            begin, end = what.part
            if data == begin and not begins:
                begins.append(dict(port.counts))
            elif data == end and begins:
                ends.append(dict(port.counts))

    load(port, [], what, note)
    if whole or what.part is None:
        return {way: range(count) for way, count in port.counts.items()}
    return {way: range(begins[0][way], ends[0][way]) for way in DIRECTIONS}


def load(port, signs, what=RECORDS, trace=None):
    """Connect and load, as `sxb load` does; `signs` gets the time of every sign of life."""
    line = Line("campaign", port)
    signs.append(line.now())

    def sign(_):
        signs.append(line.now())

    monitor = Monitor(line, progress=sign, notice=sign, trace=trace)
    monitor.find()
    monitor.load(what.image, turbo=what.turbo)


def holds(board, what=RECORDS):
    """Whether memory is the image."""
    return all(bytes(board.memory[s.address : s.end]) == s.data for s in what.image.segments)


def run(fault, make_port=None, what=RECORDS):
    """One load with a fault, and one after it without."""
    name = next(name for name, known in LOADS.items() if known == what)
    port = FaultyPort(make_port(what) if make_port else recorded(name).shortly_before(fault), fault)
    signs, error = [], None
    try:
        load(port, signs, what)
    except SxbError as caught:
        error = caught
    signs.append(port.board.seconds)
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
    inner, again = port._port, Load(what.board, what.second, what.second)
    for pressed in (False, True):
        try:
            load(inner, [], again)
        except SxbError as caught:
            if pressed or "reset button" not in caught.hint:
                return f"second run: {caught.code} {caught.sentence}"
            inner.board.reset()
        else:
            break
    if not holds(inner.board, again):
        return "second run: FALSE SUCCESS"
    changed = [name for name in what.kept if peek(inner.board, name) != peek(booted(what.board), name)]
    return f"second run: left {' '.join(changed)} changed" if changed else ""


def peek(board, name):
    """A register of the chip."""
    return board.chip.peek(BY_NAME[name].address)


def all_faults(ranges, every=1, kinds=None):
    """Every kind, direction and position; of flips, a different bit at each."""
    for kind in KINDS:
        if kinds and kind.name not in kinds:
            continue
        for direction in DIRECTIONS:
            for position in ranges[direction][::every]:
                yield Fault(kind.name, direction, position, bit=position * 3 % 8)


def named(outcome):
    """A broken promise."""
    return f"BROKEN {outcome.fault}: {outcome.result}: {outcome.broken}"


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
        print(named(outcome), file=out)
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
    parser.add_argument("--whole", action="store_true", help="also what another load sends as well")
    options = parser.parse_args()
    good = [campaign(LOADS[name], name, options) for name in options.load or LOADS]
    return 0 if all(good) else 1


def campaign(what, name, options):
    """Every fault over one load; whether all is as promised.  Ctrl-C ends it, with a report of what was run."""
    ranges = length(what=what, whole=options.whole)
    print(f"a load by {name}: bytes {ranges['>']} to the board, {ranges['<']} from it", flush=True)
    todo = list(all_faults(ranges, options.every, options.kind))
    random.Random(816).shuffle(todo)  # noqa: S311 - an order, no secret
    recorded(name)  # before the others begin, so that they have it
    begin = time.monotonic()
    outcomes = []
    with get_context("fork" if sys.platform == "linux" else "spawn").Pool(options.jobs or None) as pool:
        try:
            for outcome in pool.imap_unordered(partial(run, what=what), todo, chunksize=8):
                outcomes.append(outcome)
                if outcome.broken:
                    print(named(outcome), file=sys.stderr, flush=True)
                if len(outcomes) % 500 == 0:
                    print(f"{len(outcomes)} of {len(todo)}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            print(f"stopped: {len(outcomes)} of {len(todo)}")
    good = report(outcomes, time.monotonic() - begin)
    return good and len(outcomes) == len(todo)


if __name__ == "__main__":
    sys.exit(main())
