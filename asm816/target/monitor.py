# SPDX-License-Identifier: MIT
"""The Mensch monitor in the chip's ROM: its commands, cells, vectors and library entries.

Sources: the monitor sources and ROM image that WDC published
(WesternDesignCenter/W65C265S-Internal-ROM-Monitor), and the W65C265S Monitor ROM Reference Manual
2.00.  What is said of answers was seen by executing that image.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

BAUD = 9600
"""Bits per second of UART 3 after boot; 8 data bits, no parity, 1 stop bit."""

PROMPT = b"\r>"
READY = b"\rREADY\r>"
XON = 0x11
XOFF = 0x13
ACK = 0x06
NAK = 0x15
END_RECORD = b"S804000000FB"
"""The S8 record that brings the prompt back from the loader; harmless at the prompt."""

MAX_RECORD_DATA = 251
"""The most data bytes that the count of an S2 record can express."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its key, what it asks for, what it does, and whether our ROM has it."""

    key: str
    asks: str
    meaning: str
    in_our_rom: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("A", "15 bytes", "alter the saved registers"),
    Command("M", "address, bytes", "alter memory"),
    Command("<", "", "step the memory pointer back and show the byte", in_our_rom=True),
    Command(">", "", "step the memory pointer on and show the byte", in_our_rom=True),
    Command(" ", "", "show the byte at the memory pointer", in_our_rom=True),
    Command("R", "", "show the saved registers", in_our_rom=True),
    Command("G", "address", "jump (JML) with the saved registers", in_our_rom=True),
    Command("J", "address", "call (JSL) with the saved registers", in_our_rom=True),
    Command("D", "address, address", "dump memory"),
    Command("F", "address, address, byte", "fill memory"),
    Command("?", "", "help"),
    Command("H", "", "help"),
    Command("T", "time", "show and set the time"),
    Command("N", "date", "show and set the date"),
    Command("S", "records", "load S28 records", in_our_rom=True),
    Command("W", "address, address", "write memory as S28 records"),
    Command("X", "", "low power"),
    Command("/", "host arguments", "read or write one byte", in_our_rom=True),
    Command("|", "host arguments", "read or set the saved registers", in_our_rom=True),
    Command("U", "", "jump through the user vector 012C (default: restart)"),
    Command("B", "address", "put a BRK"),
    Command("*", "", "look for WDC at DEF8, show the banner again"),
)
"""All command keys of the chip's ROM; case is ignored at the prompt."""

VECTORS = MappingProxyType(
    {
        "BRK": 0x0100,
        "NMI": 0x0104,
        "IRQ": 0x0108,
        "COP": 0x010C,
        "ABORT": 0x0110,
        "PIB": 0x0114,
        "EDGES": 0x0118,
        "T7": 0x011C,
        "T2": 0x0120,
        "T1": 0x0124,
        "T0": 0x0128,
        "USER": 0x012C,
        "RESTART": 0x0130,
        "ALARM": 0x0134,
    }
)
"""RAM vectors: a JML (5C and a 24-bit address) at each of these addresses."""
