# SPDX-License-Identifier: MIT
"""The LEDs of a board in one line of text, the highest number first, as the bits of port 7 are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from emu.board import Board

LIT, DARK = "●", "○"
ASCII_LIT, ASCII_DARK = "#", "."


def led_line(board: Board, *, ascii_only: bool = False) -> str:
    """``LED 7-0  ● ○ ● ○ ● ○ ● ○``: lit LEDs are filled."""
    lit, dark = (ASCII_LIT, ASCII_DARK) if ascii_only else (LIT, DARK)
    lamps = [lit if on else dark for on in reversed(board.leds)]
    title = f"LED {len(lamps) - 1}-0" if len(lamps) > 1 else "LED 0"
    return f"{title}  {' '.join(lamps)}"
