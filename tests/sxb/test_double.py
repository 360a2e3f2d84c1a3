# SPDX-License-Identifier: MIT
"""The monitor's double in conftest.py against what WDC's published monitor ROM says when executed."""

from __future__ import annotations

import pytest

READY = b"\rREADY\r>"
END = b"S804000000FB\r"
GOOD = b"S2080020001020304037\r"

DIALOGUES = {
    "prompt": [(b"\r", b"\r?" + READY), (b"Z", b"Z?" + READY), (b"\n", b"")],
    "registers": [
        (b"| ", b"|  00E358 0000 E0B7 0000 01FF 0000 22 00 " + READY),
        (b"|P00:00B6", b"|  \x06" + READY),
        (b"|F30", b"|  \x06" + READY),
        (b"| ", b"|  0000B6 0000 E0B7 0000 01FF 0000 30 00 " + READY),
        (b"|Q", b"|  \x15" + READY),
        (b"|A12G", b"|  \x15" + READY),
    ],
    "memory": [
        (b"/0200AA ", b"/  AA" + READY + b"   00:0201 00" + READY),
        (b"/BB ", b"/  BB" + READY),
        (b"/00:0202CC", b"/  CC" + READY),
        (b"/0200 ", b"/  AA" + READY),
        (b"/ ", b"/  BB" + READY),
        (b"/\r", b"/  00:0202" + READY),
        (b"<", b"<  00:0201 BB" + READY),
        (b"/Q", b"/  \x15" + READY),
        (b"/1234G\r", b"/  \x15" + READY + b"\r?" + READY),
    ],
    "load": [
        (b"S214002000000102030405060708090A0B0C0D0E0F53\r", b"S  .0001"),
        (b"S214002010101112131415161718191A1B1C1D1E1F43\r", b".0002"),
        (END, READY),
        (b"/2000 ", b"/  00" + READY),
        (b"/201F ", b"/  1F" + READY),
    ],
    "typed S": [(b"S", b"S  "), (GOOD, b".0001"), (GOOD, b".0002"), (END, READY)],
    "errors": [
        (b"S206002000010200\r", b"S  ?"),
        (b"S2060020020304D0\r", b".0001"),
        (b"S1052000AABB75\r", b".0002"),
        (b"S5030001FB\r", b".0003"),
        (END, READY),
        (b"S208008000010203046D\r", b"S  ?"),
        (END, READY),
    ],
    "wrong count": [
        (b"S2180020001020304037\r", b"S  "),
        (GOOD, b""),
        (b"\r", b""),
        (END, b"?"),
        (END, READY),
    ],
    "bad digit in the count, and zeros": [
        (b"S2G80020001020304037\r", b"S  "),
        (b"0" * 600, b"?"),
        (b"\r", b""),
        (END, READY),
        (END, b"S  " + READY),
    ],
    "bad digit in the last byte": [
        (b"S208002000102030G037\r", b"S  "),
        (b"\r", b""),
        (GOOD, b""),
        (END, b""),
    ],
    "bad digit in the checksum": [(b"S208002000102030403G\r", b"S  ?"), (b"\r", b""), (GOOD, b".0001")],
    "odd number of unwritable bytes": [
        (b"S20700E00001020312\r", b"S  "),
        (GOOD, b""),
        (END, b""),
        (END, b""),
    ],
    "missing CR": [(GOOD[:-1], b"S  "), (b"S2050020045581\r", b".0001"), (END, READY)],
    "ESC between": [(b"S", b"S  "), (b"\x1b", b""), (b"\x1b", b""), (b"\r", b""), (END, b".0001")],
    "ESC behind a bad checksum": [(b"S2080020001020304000\x1b", b"S  " + READY)],
    "line feeds": [(b"S2080020001020304000\r\n", b"S  ?"), (b"S2080020001020304000\n", b""), (b"\r", b"?")],
    "short end": [(b"S8\r", b"S  "), (b"\r", b""), (END, READY)],
    "go": [
        (b"G", b"G  \rEnter Address  BB:AAAA "),
        (b"0021G0", b"00:21G\x080"),
        (b"\x1b", b"\x1b" + READY),
    ],
}


@pytest.mark.parametrize("name", DIALOGUES)
def test_recorded_dialogue(double, name):
    board = double(ram=(range(0x0200, 0x8000),))
    board.hear(b"")
    for send, answer in DIALOGUES[name]:
        assert board.hear(send) == answer
