# SPDX-License-Identifier: MIT
from asm816 import assemble
from asm816.listing import symbol_file

SOURCE = """\
; a comment
.org 0xb6
.macro two
  nop
  lda.b #1
.endm
start: two
alone:
  jmp start     ; back
  db "0123456789"
  resb 3
"""

EXPECTED = """\
                                               1 | ; a comment
                                               2 | .org 0xb6
                                               3 | .macro two
                                               4 |   nop
                                               5 |   lda.b #1
                                               6 | .endm
0000b6                                         7 | start: two
0000b6  ea                       2             4+|   nop
0000b7  a9 01                    2 +m          5+|   lda.b #1
0000b9                                         8 | alone:
0000b9  4c b6 00                 3             9 |   jmp start     ; back
0000bc  30 31 32 33 34 35 36 37               10 |   db "0123456789"
0000c4  38 39
0000c6                                        11 |   resb 3

start = 0x0000b6
alone = 0x0000b9
"""


def test_listing():
    assert assemble(text=SOURCE).listing() == EXPECTED


def test_includes_and_long_data(tmp_path):
    (tmp_path / "part.inc").write_text("; part\n nop\n; end\n")
    (tmp_path / "main.asm").write_text('.org 0\n.include "part.inc"\n.data_fill 0, 1000\n')
    lines = assemble(tmp_path / "main.asm").listing().splitlines()
    assert [line[43:].strip() for line in lines[:5]] == [
        "1 | .org 0", '2 | .include "part.inc"', "1 | ; part", "2 |  nop", "3 | .data_fill 0, 1000",
    ]  # fmt: skip
    assert "... 744 more" in lines[4 + 32]


def test_symbol_file_is_a_source():
    symbols = {"b": 2, "minus": -1, "a": 2}
    text = symbol_file(symbols)
    assert text == "minus = -1\na = 0x000002\nb = 0x000002\n"
    assert dict(assemble(text=text).symbols) == symbols


def test_a_failed_assembly_has_an_empty_listing():
    assert assemble(text=" foo\n").listing().strip() == ""
