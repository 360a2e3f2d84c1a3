# SPDX-License-Identifier: MIT
"""How fast a whole board is: blinking, polling, fresh from a boot, going back.  Not a test.

python tests/bench/board.py
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from asm816.image import image_of
from emu import Board

if TYPE_CHECKING:
    from collections.abc import Callable

START = 0x00B6

BLINK = "78 9C27DF C230 A9AA55 8D23DF EB A2FFFF CA D0FD 80F5"
"""sei; stz PCS7; loop: lda, sta PD7, xba; a delay of 327,677 cycles; again: as a blink program does."""

POLL = "78 9C27DF E220 AD48DF 2940 F0F9 80F7"
"""loop: lda UIFR; and #40; beq loop: a status poll every nine cycles."""


def running(code: str) -> Board:
    """A board that runs this program at 00B6."""
    board = Board("qbx")
    board.load(image_of([(START, bytes.fromhex(code))]))
    board.jml(START)
    return board


def milliseconds(action: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in wall time."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return min(taken) * 1000


def main() -> None:
    """Print a line for each."""
    blink, poll = running(BLINK), running(POLL)
    second = milliseconds(lambda: blink.run(seconds=1), 3)
    print(f"a second of a blinking board      {second:9.2f} ms")
    polled = milliseconds(lambda: poll.run(seconds=0.2), 3) * 5
    print(f"a second of status polls          {polled:9.2f} ms  {3_686.4 / polled:.1f} guest MHz")
    for name in ("qbx", "sxb"):
        fresh = milliseconds(lambda name=name: Board.booted(name), 50)  # type: ignore[misc]
        print(f"a fresh {name} at its prompt         {fresh:9.2f} ms")
    print(f"a snapshot                        {milliseconds(blink.snapshot, 20):9.2f} ms")
    print(f"a step back                       {milliseconds(blink.step_back, 5):9.2f} ms")
    print(f"the last writer of a byte         {milliseconds(lambda: blink.last_writer(0xDF23), 3):9.2f} ms")


if __name__ == "__main__":
    main()
