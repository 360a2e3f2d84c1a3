# SPDX-License-Identifier: MIT
"""How people write numbers, bytes and registers on a command line.

Each reader takes a text and returns a value, or raises ValueError with a sentence for the user.
"""

from __future__ import annotations

import re

from asm816.addresses import HEX, parse_address

REGISTER_NAMES = {
    "pc": "pc",
    "pbr": "pbr",
    "k": "pbr",
    "a": "a",
    "c": "a",
    "x": "x",
    "y": "y",
    "s": "s",
    "sp": "s",
    "d": "d",
    "dp": "d",
    "p": "p",
    "f": "p",
    "dbr": "dbr",
    "b": "dbr",
}
"""Spellings of register names, the monitor's own letters among them (F is the flags, B the data bank)."""

_NAME = re.compile(r"[A-Za-z_.@][\w.@$]*")


def place(text: str) -> int | str:
    """An address, or what may be the name of a symbol: that is looked up when the symbols are known."""
    try:
        return parse_address(text)
    except ValueError:
        if _NAME.fullmatch(text):
            return text
        raise


def number(text: str) -> int:
    """A decimal number, or a hexadecimal one with its mark."""
    match = HEX.fullmatch(text)
    if match:
        return int(match[1] or match[2], 16)
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError(f"{text!r} is not a number (like 16, 0x10 or $10)")
    return int(text)


def byte(text: str) -> int:
    """``255``, ``0xFF``, ``$FF``."""
    value = number(text)
    if value > 0xFF:
        raise ValueError(f"{text!r} is no byte (0 to 0xFF)")
    return value


def hex_bytes(texts: tuple[str, ...]) -> bytes:
    """``A9 55``, ``A955``, ``0xA9 $55``: hexadecimal bytes, two digits each."""
    data = bytearray()
    for text in texts:
        digits = text.removeprefix("0x").removeprefix("$").replace(",", "")
        if not re.fullmatch(r"(?:[0-9a-fA-F]{2})+", digits):
            raise ValueError(f"{text!r} is not bytes (two hexadecimal digits each, like A9 55 or A955)")
        data += bytes.fromhex(digits)
    return bytes(data)


def register(text: str) -> dict[str, int | str]:
    """``A=0x1234``; ``PC=00:00b6`` sets the program bank too; ``PC=start`` is left to the symbols."""
    name, equals, value = text.partition("=")
    known = REGISTER_NAMES.get(name.strip().lower())
    if not equals or known is None:
        raise ValueError(f"{text!r} is not NAME=VALUE (names: PC PBR A X Y S D P DBR)")
    if known == "pc":
        there = place(value)
        return {**program_counter(there)} if isinstance(there, int) else {"pc": there}
    return {known: number(value)}


def program_counter(address: int) -> dict[str, int]:
    """The two registers that hold a 24-bit address."""
    return {"pc": address & 0xFFFF, "pbr": address >> 16}
