# SPDX-License-Identifier: MIT
"""How fast a load is on the wire: emulated time against what the line can do.  Not a test.

python tests/bench/uploader.py [BYTES]

The figures, for BYTES of program on a W65C265SXB (32,256, which is all of its external RAM):

    line      = record characters x 10 bits / 9600            what the records alone take; with n data bytes
              = (data bytes x 10 / 9600) x (record characters / data bytes)          a record has 14 + 2n
    load      = S records with one acknowledgement each, from the first S to the prompt behind S8
    use       = line / load                                   at least 85 %
    proof     = a verified load - an unverified one           by CRC under 3 % of load, else by W
    small     = records of 16 bytes with their acknowledgements, as other uploaders send them, unverified:
                (14 + 2 x 16 + 5) characters at 9600 baud each, no pause between them
    turbo     = the same program by turbo, verified, from the first byte for its loader to the last of its proof
    gain      = small / turbo                                 at least 20
    raw       = bytes of the blocks x 10 / 115200
    blocks    = from the first block's first bit to the last acknowledgement
    use       = raw / blocks                                  at least 85 %
"""

from __future__ import annotations

import sys
import time

from asm816.image import image_of
from asm816.target.monitor import BAUD
from emu import Board
from sxb import connect, turbo
from sxb.exchange import wire_seconds
from sxb.records import cut

START = 0x0200

ENDS_OF_A_RECORD = 14
"""S2, count, address, checksum, CR."""

ANSWER = 5
"""A dot and four digits."""

SMALL = 16


def image(size):
    """A program of `size` bytes, none of them like its neighbours."""
    return image_of([(START, bytes((n * 197 + (n >> 8)) & 0xFF for n in range(size)))])


def load_seconds(program, *, verify):
    """Emulated seconds of a load by records on a fresh board, without opening and probing."""
    board = Board("sxb")
    board.boot()
    begins = []
    with connect(board, progress=lambda progress: begins.append((progress.phase, board.seconds))) as monitor:
        monitor.load(program, verify=verify, turbo=False)
        begin = next(seconds for phase, seconds in begins if phase == "load")
        return board.seconds - begin


def turbo_seconds(program):
    """Emulated seconds of a load by turbo, and of its blocks; and the rate."""
    board = Board("sxb")
    board.boot()
    talk = []
    cable = board.serial(3)
    with connect(
        board, trace=lambda way, data: talk.append((board.seconds, cable.baud, way, data))
    ) as monitor:
        result = monitor.load(program)
    timer = next(n for n, row in enumerate(talk) if row[2:] == (">", b"00:DF58 "))
    begin = talk[timer - 4][0]  # the registers are read before T4
    fast = [(seconds, way, data) for seconds, baud, way, data in talk if baud > BAUD]
    first = next(seconds for seconds, way, data in fast if way == ">" and len(data) > turbo.END)
    last = max(seconds for seconds, way, _ in fast if way == "<")
    return board.seconds - begin, last - first, result.turbo


def main() -> None:
    """Print the figures."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 0x8000 - START
    started = time.perf_counter()
    program = image(size)
    records = cut(program).records
    characters = sum(ENDS_OF_A_RECORD + 2 * len(record.data) for record in records)
    line = wire_seconds(characters, BAUD)
    small = wire_seconds(-(-size // SMALL) * (ENDS_OF_A_RECORD + 2 * SMALL + ANSWER), BAUD)
    fast, blocks, rate = turbo_seconds(program)
    raw = wire_seconds(size - (turbo.END - turbo.VARIABLES), rate)
    print(f"sxb  {size} bytes, emulated seconds; records of 16 bytes {small:.1f} s")
    print(f"     turbo {fast:.2f} s at {rate} baud, verified   gain {small / fast:.1f} x (at least 20)")
    print(
        f"     raw {raw:.2f} s   blocks {blocks:.2f} s   use {raw / blocks:.1%} (at least 85 %)", flush=True
    )
    load = load_seconds(program, verify=False)
    verified = load_seconds(program, verify=True)
    print(f"sxb  {size} bytes in {len(records)} records, emulated seconds at {BAUD} baud")
    print(f"     line {line:.2f} s   load {load:.2f} s   use {line / load:.1%} (at least 85 %)")
    print(f"     verified {verified:.2f} s   proof {verified / load - 1:.2%} (under 3 %)")
    print(f"     ({time.perf_counter() - started:.0f} s of wall time)")


if __name__ == "__main__":
    main()
