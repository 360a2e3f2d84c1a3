# SPDX-License-Identifier: MIT
"""A monitor that talks at another speed than its own: found, and brought back.  Pure dialogues.

T4 clocks the UART.  A program that changed it and came back to the monitor leaves a monitor that nobody hears at
9600 baud.  Its prompt is asked for at the rates that programs set; at the one where it stands, T4 is set back by
what it is now, so the crystal need not be known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from asm816.target.monitor import BAUD, XON
from asm816.target.registers import BY_NAME
from sxb import errors, notices
from sxb.answers import AT_PROMPT, ECHO, NEVER
from sxb.dialogue import (
    ESC,
    NUDGES,
    GarbledError,
    dig_out,
    find_prompt,
    identify,
    insist,
    nudge,
    tell,
    what_answers,
)
from sxb.exchange import Dialogue, Exchange, Reply, T, wire_seconds
from sxb.memory import point, read_block
from sxb.turbo import RATES

if TYPE_CHECKING:
    from sxb.dialogue import Registers

SEARCHED = (*RATES, 14_400, 4800, 2400, 1200)
"""Turbo's, and what programs set by the monitor's library; slower ones take too long to ask at."""

ANSWER_BYTES = 12
"""ESC and what the monitor says to it."""

XON_ESC = bytes([XON]) + ESC
"""What came at another rate may have been an XOFF to the monitor."""

LISTEN_SECONDS = 0.1
"""For the answer beside its time on the wire: adapters and their drivers."""

WRONG_SPEED = "S1205"
"""The code of bytes that are no text."""

MAY_BE_SPEED = frozenset(("S1101", WRONG_SPEED))
"""The codes of what a monitor at another rate looks like: silence, or bytes that are no text."""


@dataclass(frozen=True, slots=True)
class Found:
    """The saved registers, and the baud rate at which the prompt was before it was brought back."""

    registers: Registers
    baud: int


def find() -> Dialogue[Found]:
    """Find the monitor's prompt at its own rate or another, from which it is brought back; make sure that it is its.

    Raises as `find_prompt` and `identify` do; NotTheMonitorError if the monitor stays at another rate.
    """
    seen, searched = b"", False
    for keys in NUDGES:
        reply = yield from nudge(keys)
        seen += reply.data
        if reply.complete:
            return Found((yield from identify()), BAUD)
        if _garbled(reply.data) and not searched:
            # At once: what we say at 9600 baud may be commands at another rate (a CR at 38400 hung it, executed).
            searched = True
            baud = yield from search()
            if baud is not None:
                return (yield from _brought_back(baud))
    try:
        yield from dig_out(seen)
    except errors.SxbError as error:
        baud = None if searched or error.code not in MAY_BE_SPEED else (yield from search())
        if baud is None:
            raise
        return (yield from _brought_back(baud))
    return Found((yield from identify()), BAUD)


def _garbled(seen: bytes) -> bool:
    return bool(seen) and what_answers(seen).code == WRONG_SPEED


def _brought_back(baud: int) -> Dialogue[Found]:
    yield from tell(notices.other_speed(baud))
    try:
        yield from _at(baud, bring_back(baud))
        yield from find_prompt()
        return Found((yield from identify()), baud)
    except errors.SxbError as error:
        raise errors.stays_at_speed(baud) from error


def search() -> Dialogue[int | None]:
    """The rate at which the prompt answers, or None.  The port is at the monitor's own rate again afterwards."""
    found = None
    for baud in SEARCHED:
        reply = yield Exchange(
            XON_ESC, AT_PROMPT, LISTEN_SECONDS + wire_seconds(ANSWER_BYTES, baud), baud=baud
        )
        if reply.complete:
            found = baud
            break
    yield Exchange(b"", NEVER, 0.0)
    return found


def bring_back(baud: int) -> Dialogue[None]:
    """Set T4 to the monitor's own rate; begins at the prompt, ends where the answer comes at that rate."""
    yield from find_prompt()
    low, high = yield from read_block(BY_NAME["T4LL"].address, 2)
    timer = round(((high << 8 | low) + 1) * baud / BAUD) - 1
    if timer >> 8 != high:  # two bytes cannot be set at once
        raise errors.stays_at_speed(baud)
    yield from insist("/", partial(_set_low, timer & 0xFF))


def _set_low(value: int) -> Dialogue[None]:
    yield from point(BY_NAME["T4LL"].address)
    reply = yield Exchange(b"/", ECHO)
    if reply.data != b"/  ":
        raise GarbledError(reply)
    yield Exchange(
        b"%02X " % value, NEVER, LISTEN_SECONDS
    )  # the answer comes at both rates, one after the other


def _at(baud: int, dialogue: Dialogue[T]) -> Dialogue[T]:
    """The same dialogue at another rate."""
    reply: Reply | None = None
    while True:
        try:
            exchange = next(dialogue) if reply is None else dialogue.send(reply)
        except StopIteration as end:
            result: T = end.value
            return result
        reply = yield replace(exchange, baud=baud)
