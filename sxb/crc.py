# SPDX-License-Identifier: MIT
"""The 32-bit CRC that code of ours computes on the board over its own memory, and its twin here.

The generator is x^32 + x^16 + x^7 + x^2 + 1, primitive: every error of one or two bits and every burst of up
to 32 bits shows, anything else but one time in 2^32.  It is not the CRC-32 of zip files: being sparse it
needs no table, so the routine is 88 bytes and takes 60 cycles a byte.  `crc.asm` is its source; a test
assembles it and compares.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_SHIPPED = (
    "EAEAEAEAEAEAEAEAEAEAEAEAEAEAEAEAC238A9FFFF484848BD00104305830143038305A3014AEBA829FF0043058305982900FF90"
    "0309800043018303A3010A0A43038303A3010A2A2A29030043058305CACAD0C468FA7A6B"
)

ROUTINE = bytes.fromhex(_SHIPPED)
"""The routine, to be called at its first byte with the number of bytes in X; the CRC comes in Y and X."""

BASE = 25
"""Where in it the address of the first byte, less 2, stands (low, high)."""

SOURCE = Path(__file__).with_name("crc.asm")

CYCLES = 61
"""PHI2 cycles a byte, counted in the source and rounded up."""

_START = 0xFFFFFFFF


def crc(data: bytes) -> int:
    """The CRC of an even number of bytes, as 32 bits."""
    high, low = _START >> 16, _START & 0xFFFF
    step = _step()
    for n in range(len(data) - 2, -1, -2):
        word = high ^ (data[n] | data[n + 1] << 8)
        product = step[0][word & 0xFF] ^ step[1][word >> 8]
        high, low = low ^ product >> 16, product & 0xFFFF
    return high << 16 | low


def routine_for(address: int) -> bytes:
    """The routine, made ready for the memory from `address` (bank 0) on."""
    return ROUTINE[:BASE] + base_of(address) + ROUTINE[BASE + 2 :]


def base_of(address: int) -> bytes:
    """What belongs at BASE."""
    return ((address - 2) & 0xFFFF).to_bytes(2, "little")


@cache
def _step() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The product of a word with x^16 + x^7 + x^2 + 1, by its low and its high byte."""

    def product(word: int) -> int:
        return word << 16 ^ word << 7 ^ word << 2 ^ word

    return tuple(product(byte) for byte in range(256)), tuple(product(byte << 8) for byte in range(256))
