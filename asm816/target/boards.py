# SPDX-License-Identifier: MIT
"""The boards that carry a W65C265S: memory, LEDs, crystals, and whose memory is whose.

Sources: the public W65C265SXB guide by S. Costello (memory and LED pages), WDC's board projects, the
monitor ROM sources published by WDC (RAM layout).  Doubts are said in the rows.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple


class Range(NamedTuple):
    """Addresses `first` to `last`, both included (24 bits)."""

    first: int
    last: int
    what: str

    def overlap(self, first: int, last: int) -> tuple[int, int] | None:
        """The part of `first`..`last` (both included) that lies in this range, or None."""
        low, high = max(first, self.first), min(last, self.last)
        return (low, high) if low <= high else None

    def __contains__(self, address: int) -> bool:  # type: ignore[override] # not for its fields
        return self.first <= address <= self.last


class Led(NamedTuple):
    """A light-emitting diode on a pin of the chip."""

    name: str
    pin: str
    active_high: bool


class BoardFacts(NamedTuple):
    """One board.  Frequencies in Hz."""

    name: str
    title: str
    fclk_hz: int
    clk_hz: int
    leds: tuple[Led, ...]
    external_ram: tuple[Range, ...]
    flash_socket: bool


ON_CHIP_RAM = (
    Range(0x000000, 0x0001FF, "on-chip RAM"),
    Range(0x00DF80, 0x00DFBF, "on-chip RAM behind the registers"),
)
"""RAM of the chip itself: 512 + 64 bytes."""

CHIP_REGISTERS = Range(0x00DF00, 0x00DF7F, "the chip's registers")
MASK_ROM = Range(0x00E000, 0x00FFFF, "the ROM")
FLASH_WINDOW = Range(0x008000, 0x00FFFF, "a bank of the flash at CS4")
FLASH_BANK_PINS = ("P43", "P44")
"""The upper address lines of the flash, the lower one first; pulled up (guide, flash page)."""

CRYSTALS = (3_686_400, 3_579_545, 4_915_200, 6_144_000, 8_000_000)
"""Crystals for FCLK in Hz that boards are seen with: WDC's own first, then those of clones and of the
ROM's table.  The ROM tells the baud rate right with the first, second and third only."""

MONITOR_OWNED = (
    Range(0x000000, 0x0000B5, "the monitor's variables"),
    Range(0x000100, 0x000138, "the monitor's RAM vectors"),
    Range(0x000157, 0x000160, "the monitor's input ring of UART 3"),
    Range(0x00017F, 0x000188, "the monitor's output ring of UART 3"),
    Range(0x000189, 0x0001B5, "the monitor's text buffer"),  # every address question writes it
    Range(0x0001C0, 0x0001FF, "the monitor's stack"),
    Range(0x00DF80, 0x00DFB9, "the monitor's saved registers and clock"),
)
"""What the monitor needs while it loads: a load over these breaks the load itself or the way back."""

LARGEST_FREE_BLOCK = Range(0x0000B6, 0x0000FF, "free on-chip RAM")
"""The 74 bytes that a program on a board without external RAM has."""

QBX = BoardFacts(
    name="qbx",
    title="Mensch Microcomputer (W65C265QBX)",
    fclk_hz=3_686_400,
    clk_hz=32_768,
    # Eight LEDs, one per pin of port 7.  Active high after the naken_asm sample's comment that 80
    # lights LED 7; no schematic was seen, so the polarity is a setting of `emu.Board`.
    leds=tuple(Led(f"LED{n}", f"P7{n}", active_high=True) for n in range(8)),
    external_ram=(),
    flash_socket=False,
)

SXB = BoardFacts(
    name="sxb",
    title="W65C265SXB",
    fclk_hz=3_686_400,
    clk_hz=32_768,
    leds=(Led("LED0", "P72", active_high=False),),
    external_ram=(Range(0x000200, 0x007FFF, "SRAM at CS3"),),
    flash_socket=True,
)

BOARDS = MappingProxyType({board.name: board for board in (QBX, SXB)})
"""name -> facts."""

DEFAULT_BOARD = QBX
