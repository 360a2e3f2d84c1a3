# SPDX-License-Identifier: MIT
from asm816 import assemble

SOURCE = """\
PORT equ 0xdf23
UNUSED equ 1
.macro put(value)
  lda.b #value
  sta PORT
.endm
ONE = 1
.org 0x100
start:
  put(ONE)
  jsr inner
inner:
.func inner2
  bra inner
inner:
  bra inner
.endf
  bra inner
  sta PORT
  db ONE, ONE
"""


def references(source):
    listing = assemble(text=source).listing()
    return [" ".join(line.split()) for line in listing.split("\n\n")[-1].splitlines()]


def test_definitions_and_uses():
    assert references(SOURCE) == [
        "inner 0x000108 label <text>:12: 11, 18",
        "inner 0x00010a label <text>:15: 14, 16",
        "inner2 0x000108 label <text>:13: not used",
        "ONE 0x000001 constant <text>:7: 10, 20",
        "PORT 0x00df23 text <text>:1: 5, 19",
        "start 0x000100 label <text>:9: not used",
    ]


def test_many_uses_fill_lines():
    text = "N = 1\n.org 0\n" + " db N\n" * 60
    listing = assemble(text=text).listing().split("\n\n")[-1].splitlines()
    assert len(listing) > 3
    assert max(map(len, listing)) <= 110
    uses = " ".join(listing).split(":", 2)[2]
    assert [int(word.strip(",")) for word in uses.split()] == [*range(3, 63)]


def test_uses_in_other_files_carry_their_name(tmp_path):
    (tmp_path / "part.inc").write_text(" db N\n")
    (tmp_path / "main.asm").write_text('N = 1\n.org 0\n.include "part.inc"\n db N\n')
    listing = assemble(tmp_path / "main.asm").listing()
    words = listing.split("\n\n")[-1].split()
    assert words[3:] == [f"{tmp_path / 'main.asm'}:1:", f"{tmp_path / 'part.inc'}:1,", "4"]
