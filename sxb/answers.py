# SPDX-License-Identifier: MIT
"""What the Mensch monitor answers: one row per shape, for every command it has.

All shapes were seen by executing WDC's published monitor ROM (version 2.07).  Flow control characters
are not in them: the line's listener takes those out.  An answer that has not exactly the shape it should
have is worth nothing; the dialogues then find the prompt and ask again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.target.monitor import ACK, END_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping

# How an answer ends ------------------------------------------------------------------------------

AT_PROMPT = re.compile(rb"\r>\Z")
ECHO = re.compile(rb"  \Z")
QUESTION = re.compile(rb"BB:AAAA \Z")
NEVER = re.compile(rb"(?!)")
DUMP_END = re.compile(re.escape(END_RECORD) + rb"\Z")
LOADER_ANSWER = re.compile(rb"\.[0-9]{4}\Z|\?\Z|\r>\Z")
"""What the loader can say: a running count, a refusal, or the prompt."""

BANNER = re.compile(rb"\r([^\r]*ROM[^\r]*?([0-9]\.[0-9]{2}))\r([^\r]*)\r([^\r]*)")
"""A banner anywhere in what came: three lines, of which the first has ROM and the version in it."""

# Parts -------------------------------------------------------------------------------------------

_READY = rb"\rREADY\r>"
_BYTE = rb"([0-9A-F]{2})"
_WORD = rb"([0-9A-F]{4})"
_PLACE = rb"([0-9A-F]{2}):([0-9A-F]{4})"
_PAIR = rb"([0-9A-F]{2}) ([0-9A-F]{2})"
_NUMBER = rb"([0-9]{2})"
_REGISTERS = (
    rb"\rPCntr     Acc    Xreg   Yreg   Stack\r" + _PLACE + rb" {3}" + rb"  ".join([_PAIR] * 4) + rb"  \r"
)
_DUMP = (
    rb"\r"
    + _REGISTERS
    + rb"\r  DirRg  F  DBk\r  "
    + _PAIR
    + rb"  "
    + _BYTE
    + rb"  ?"
    + _BYTE
    + rb"  \r\r\rStatus Reg\rN  V  M  X  D  I  Z  C\r(?:[01]  ){8}\r"
)
_HEADER = rb"\rAddress(?: [0-9A-F] ){16}(?: ?)\r\r"
_LINE = rb"[0-9A-F]{2}:[0-9A-F]{4} (?:[0-9A-F]{2} ){16}\r"


@dataclass(frozen=True, slots=True)
class Answer:
    """One shape: its `name`, the `command` key that brings it, and the whole answer.

    Where the dialogues wait for the echo of the command letter first, the shape begins behind it.
    """

    name: str
    command: str
    shape: re.Pattern[bytes]


def _row(name: str, command: str, shape: bytes) -> Answer:
    return Answer(name, command, re.compile(shape))


ROWS: tuple[Answer, ...] = (
    _row("altered", "A", rb"A  " + _REGISTERS),  # then a byte per SPACE; `|` is the way to set registers
    _row("memory question", "M", rb"M  \rEnter Address  BB:AAAA "),
    _row("memory line", "M", _PLACE + _HEADER + _LINE + _PLACE + rb" "),  # behind the fifth digit's echo
    _row("step back", "<", rb"<  " + _PLACE + b" " + _BYTE + _READY),
    _row("step on", ">", rb">  " + _PLACE + b" " + _BYTE + _READY),
    _row("at pointer", " ", rb"   " + _PLACE + b" " + _BYTE + _READY),
    _row("shown registers", "R", rb"R  " + _DUMP + _READY),
    _row("jump question", "G", rb"G  \rEnter Address  BB:AAAA "),
    _row("call question", "J", rb"J  \rEnter Address  BB:AAAA "),
    _row("register dump", "J", _DUMP + rb"\r>\Z"),  # after RTL, BRK and NMI, behind what the program said
    _row("listing question", "D", rb"D  \rEnter Lowest Address   BB:AAAA "),
    _row("listing", "D", rb"[0-9A-F]" + _HEADER + rb"(?:" + _LINE + rb")+"),  # then it waits for a key
    _row("fill question", "F", rb"F  \rEnter Lowest Address   BB:AAAA "),
    _row("fill byte question", "F", rb"([0-9A-F])\rEnter Byte in HEX "),
    _row("filled", "F", rb"([0-9A-F])" + _READY),
    _row("help", "?", rb"\?  (?:[^\r]*\r){16,}READY\r>"),
    _row("help", "H", rb"[Hh]  (?:[^\r]*\r){16,}READY\r>"),
    _row("time", "T", rb"T  \r" + rb":".join([_NUMBER] * 3) + rb"\rENTER NEW TIME  \r"),
    _row("date", "N", rb"N  \r" + rb"-".join([_NUMBER] * 3) + rb"\rENTER NEW DATE  \r"),
    _row("kept", "T", rb"\r" + _READY),  # behind CR, whether the text was taken or not
    _row("loader", "S", rb"S  "),
    _row("record stored", "S", rb"\.([0-9]{4})"),
    _row("record refused", "S", rb"\?"),
    _row("loaded", "S", _READY),
    _row("dump question", "W", rb"W  \rEnter Lowest Address   BB:AAAA "),
    _row("end question", "W", rb"([0-9A-F])\rEnter Highest Address  BB:AAAA "),
    _row("records", "W", rb"[0-9A-F]\r(?:S2[0-9A-F]+\r)+" + END_RECORD),  # then it waits for a key
    _row("nothing", "X", rb"(?!)"),  # broken in the ROM: never sent
    _row("read byte", "/", _BYTE + _READY),
    _row("next byte", "/", rb"/  " + _BYTE + _READY),
    _row("write byte", "/", _BYTE + _READY),
    _row("pointer", "/", rb"/  " + _PLACE + _READY),
    _row("not accepted", "/", rb"\x15" + _READY),
    _row(
        "read registers",
        "|",
        rb"\|  ([0-9A-F]{2})" + b" ".join([_WORD] * 6) + b" " + _BYTE + b" " + _BYTE + b" " + _READY,
    ),
    _row("set register", "|", bytes([ACK]) + _READY),
    _row("restart", "U", rb"U?(?:  )?" + BANNER.pattern + _DUMP + rb"\r>"),
    _row("breakpoint question", "B", rb"B  \rEnter Address  BB:AAAA "),
    _row("breakpoint", "B", rb"([0-9A-F])" + _READY),
    _row("banner", "*", rb"\*?(?:  )?" + BANNER.pattern + rb"\r>"),
)
"""Every command's answers, in the order of the monitor's command table."""

ANSWERS: Mapping[str, re.Pattern[bytes]] = MappingProxyType({row.name: row.shape for row in ROWS})
"""Name -> shape."""
