# SPDX-License-Identifier: MIT
"""How fast a load is on the wire: emulated time at 9600 baud against what the line can do.  Not a test.

python tests/bench/uploader.py [BYTES]

The figures, for BYTES of program on a W65C265SXB (32,000, which leaves 256 bytes of its RAM free):

    line      = record characters x 10 bits / 9600            what the records alone take; with n data bytes
              = (data bytes x 10 / 9600) x (record characters / data bytes)          a record has 14 + 2n
    load      = S records with one acknowledgement each, from the first S to the prompt behind S8
    use       = line / load                                   at least 85 %
    proof     = a verified load - an unverified one           by CRC under 3 % of load, else by W
"""

from __future__ import annotations

import sys
import time

from asm816.image import image_of
from asm816.target.monitor import BAUD
from emu import Board
from sxb import connect
from sxb.exchange import wire_seconds
from sxb.records import cut

START = 0x0200

ENDS_OF_A_RECORD = 14
"""S2, count, address, checksum, CR."""


def image(size):
    """A program of `size` bytes, none of them like its neighbours."""
    return image_of([(START, bytes((n * 197 + (n >> 8)) & 0xFF for n in range(size)))])


def load_seconds(program, *, verify):
    """Emulated seconds of a load on a fresh board, without opening and probing."""
    board = Board("sxb")
    board.boot()
    begins = []
    with connect(board, progress=lambda progress: begins.append((progress.phase, board.seconds))) as monitor:
        monitor.load(program, verify=verify)
        begin = next(seconds for phase, seconds in begins if phase == "load")
        return board.seconds - begin


def main() -> None:
    """Print the figures."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 32_000
    started = time.perf_counter()
    program = image(size)
    records = cut(program).records
    characters = sum(ENDS_OF_A_RECORD + 2 * len(record.data) for record in records)
    line = wire_seconds(characters, BAUD)
    load = load_seconds(program, verify=False)
    verified = load_seconds(program, verify=True)
    print(f"sxb  {size} bytes in {len(records)} records, emulated seconds at {BAUD} baud")
    print(f"     line {line:.2f} s   load {load:.2f} s   use {line / load:.1%} (at least 85 %)")
    print(f"     verified {verified:.2f} s   proof {verified / load - 1:.2%} (under 3 %)")
    print(f"     ({time.perf_counter() - started:.0f} s of wall time)")


if __name__ == "__main__":
    main()
