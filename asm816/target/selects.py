# SPDX-License-Identifier: MIT
"""The chip selects of the W65C265S: which addresses each watches over.

Sources: the chip's equates and boot code in WDC's published monitor sources, public software for the
W65C265SXB, the W65C265SXB guide.  Select 2 covers what is on the chip; its exact range is not
established.  Select 5 answers for all of banks 00-3F that is neither on the chip nor under another
select that is switched on (inferred: the ROM switches on select 5 alone and looks at 00:8000).
"""

from __future__ import annotations

from asm816.target.boards import Range

ON_CHIP_SELECT = 2
REST_SELECT = 5

SELECTS: tuple[tuple[int, Range], ...] = (
    (0, Range(0x00DF00, 0x00DF1F, "port replacement")),
    # One public source ends it at DFEF, another at DFFF; the longer one is taken.
    (1, Range(0x00DFC0, 0x00DFFF, "expansion")),
    (3, Range(0x000200, 0x007FFF, "RAM of the board")),
    (4, Range(0x008000, 0x00DEFF, "ROM of the board")),
    (REST_SELECT, Range(0x000000, 0x3FFFFF, "4 MB, less what is on chip or under another select")),
    (6, Range(0x400000, 0xBFFFFF, "8 MB")),
    (7, Range(0xC00000, 0xFFFFFF, "4 MB")),
)
"""(number, range): PCS7 bit `number` switches it on, pin P7`number` shows it, active low."""

LOW_SELECT = 3
"""Which select takes 0000-01FF while SSCR bit 2 puts external RAM there (inferred)."""

ROM_SELECT = 4
"""Which select takes E000-FFFF while BCR bit 7 switches the chip's ROM off."""
