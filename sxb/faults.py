# SPDX-License-Identifier: MIT
"""A line that makes one fault: what can go wrong between a computer and a board, on purpose.

`FaultyPort` stands around any port and spoils one byte, or what comes from it on, of one direction.  The
campaign (`make faults`) uses it around virtual boards; whoever wants to see what the uploader does with
a bad cable can put it around a real port.
"""

from __future__ import annotations

import errno
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from asm816.image import image_of
from asm816.target.boards import ON_CHIP_RAM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TO_BOARD, FROM_BOARD = ">", "<"
DIRECTIONS = (TO_BOARD, FROM_BOARD)

DELAY_SECONDS = 3.0
"""Longer than any wait for one answer."""

STRAY = b"5"
"""A digit: the worst stray byte where addresses are typed."""

STALE = {TO_BOARD: b"00FB\r", FROM_BOARD: b".0007\rREADY\r>"}
"""What an earlier session may have left behind in a driver: the end of a record, and answers."""

ECHO_BYTES = 8
"""How long a modem echoes, or how many bytes of the monitor's own echo are missing."""

PRINTING = (0x00F8, bytes.fromhex("A92E 224BE000 80F8"))
"""LDA #'.', JSL PUT_CHR, for ever: a program that has the line for itself.  8 bytes of free RAM."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: its name, what it is, and whether the uploader can cure it without the user."""

    name: str
    meaning: str
    curable: bool = True


KINDS: tuple[Kind, ...] = (
    Kind("drop", "a byte is lost"),
    Kind("double", "a byte comes twice"),
    Kind("flip", "one bit is changed"),
    Kind("framing", "FF instead of the byte: a break, or noise in the stop bit"),
    Kind("stray", "a byte that nobody sent comes before it"),
    Kind("swap", "two neighbours change places"),
    Kind("delay", "it and what follows come after the time-out"),
    Kind("split", "from here on each read brings one byte"),
    Kind("stale", "bytes of an earlier session come first"),
    Kind("echo", "an echo is switched on, or the monitor's own echo off, for a while"),
    Kind("short", "a write takes only what is before it; a read ends there"),
    Kind("hangup", "the driver reports an input/output error", curable=False),
    Kind("vanish", "the port is gone, and comes back under another name", curable=False),
    Kind("reset", "the board is reset, and its RAM is lost"),
    Kind("program", "a program of the user's runs and prints instead of the monitor", curable=False),
)
"""The fifteen kinds, each in both directions at any byte."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: which `kind`, in which `direction`, at which byte (from 0); `bit` is for flip."""

    kind: str
    direction: str
    position: int
    bit: int = 0


@dataclass(slots=True)
class _Way:
    """One direction: bytes seen, and what is held back."""

    count: int = 0
    held: deque[tuple[float, bytes]] = field(default_factory=deque)
    kept: bytes = b""  # the first of two that are to be swapped
    missing: int = 0
    release: float = 0.0  # bytes come not before this


class FaultyPort:
    """A port with a fault, with the part of pyserial's interface that our lines use.

    `hit` says whether the fault has happened; `counts` how many bytes went either way.
    """

    # Any: as in sxb.transport, the stubs of pyserial's ports lack half of their interface.
    def __init__(self, port: Any, fault: Fault | None) -> None:
        self._port = port
        self._fault = fault
        self._ways = {TO_BOARD: _Way(), FROM_BOARD: _Way()}
        self._ready = bytearray()
        self._gone = False
        self._single = False
        self._cut: int | None = None
        self._echo = 0
        self.hit = False
        self.timeout: float | None = 0.0

    # The interface of a port ---------------------------------------------------------------------

    @property
    def board(self) -> Any:
        """The virtual board behind the port, or None."""
        return getattr(self._port, "board", None)

    @property
    def seconds(self) -> float:
        """The clock of a port in virtual time; AttributeError, as from the port itself, for any other."""
        return float(self._port.seconds)

    @property
    def baudrate(self) -> int:
        """As the port's."""
        return int(self._port.baudrate)

    @baudrate.setter
    def baudrate(self, baud: int) -> None:
        self._check()
        self._port.baudrate = baud

    @property
    def counts(self) -> Mapping[str, int]:
        """Bytes that came by, by direction."""
        return {direction: way.count for direction, way in self._ways.items()}

    @property
    def in_waiting(self) -> int:
        """What can be read at once."""
        self._check()
        self._collect()
        if self._single:
            return 0
        return len(self._ready) if self._cut is None else min(self._cut, len(self._ready))

    def read(self, size: int = 1) -> bytes:
        """What has come, waited for as `timeout` says."""
        self._check()
        deadline = self._now() + (self.timeout or 0.0)
        while True:
            self._collect()
            left = deadline - self._now()
            if self._ready or left <= 0 or not size:
                break
            before = self._now()
            self._port.timeout = min([left, *self._releases(before)])
            self._take(bytes(self._port.read(1)))
            if self._now() == before:  # a processor that has stopped: time stands still
                break
        count = min(size, 1) if self._single else size
        if self._cut is not None:
            count = min(count, self._cut)
            self._cut = self._cut - count or None
        data = bytes(self._ready[:count])
        del self._ready[:count]
        return data

    def write(self, data: bytes) -> int:
        """Send; returns how many bytes were taken."""
        self._check()
        way, fault = self._ways[TO_BOARD], self._fault
        if fault and fault.kind == "short" and fault.direction == TO_BOARD and not self.hit:
            before = fault.position - way.count
            if 0 <= before < len(data):
                self.hit = True
                data = data[:before]  # the caller must send the rest again
        self._put(TO_BOARD, data, self._send)
        return len(data)

    def close(self) -> None:
        """Close the port itself."""
        self._port.close()

    # Faults --------------------------------------------------------------------------------------

    def _put(self, direction: str, data: bytes, on: Callable[[bytes], None]) -> None:
        """Let bytes pass, or not, one by one."""
        way, fault = self._ways[direction], self._fault
        for value in data:
            byte = bytes([value])
            if fault and fault.direction == direction and fault.position == way.count:
                self.hit = True
                byte = self._spoil(way, fault, byte)
            elif way.kept:
                byte, way.kept = byte + way.kept, b""
            elif way.missing:
                way.missing -= 1
                byte = b""
            way.count += 1
            if way.release > self._now():
                way.held.append((way.release, byte))
            else:
                on(byte)

    def _spoil(self, way: _Way, fault: Fault, byte: bytes) -> bytes:
        """The one faulty byte, and what begins with it."""
        kind = fault.kind
        if kind in ("hangup", "vanish"):
            self._gone = True
            self._check()
        if kind == "reset":
            self._lose_power()
        elif kind == "program":
            self._start_program()
        elif kind == "delay":
            way.release = self._now() + DELAY_SECONDS
        elif kind == "split":
            self._single = True
        elif kind == "swap":
            way.kept = byte
        elif kind == "short" and fault.direction == FROM_BOARD:
            self._cut = len(self._ready) + 1
        elif kind == "echo":
            if fault.direction == TO_BOARD:
                self._echo = ECHO_BYTES
            else:
                way.missing = ECHO_BYTES - 1
        return {
            "drop": b"",
            "swap": b"",
            "double": byte + byte,
            "flip": bytes([byte[0] ^ 1 << fault.bit]),
            "framing": b"\xff",
            "stray": STRAY + byte,
            "stale": STALE[fault.direction] + byte,
            "echo": byte if fault.direction == TO_BOARD else b"",
        }.get(kind, byte)

    def _lose_power(self) -> None:
        board = self.board
        for area in (ON_CHIP_RAM[0], *board.facts.external_ram):
            board.memory[area.first : area.last + 1] = bytes(area.last + 1 - area.first)
        board.reset()

    def _start_program(self) -> None:
        board = self.board
        board.load(image_of([PRINTING]))
        board.jml(PRINTING[0])

    def _send(self, data: bytes) -> None:
        if data:
            self._port.write(data)
        echoed = data[: self._echo]
        if echoed:
            self._echo -= len(echoed)
            self._ready += echoed

    def _take(self, data: bytes) -> None:
        self._put(FROM_BOARD, data, self._ready.extend)

    def _collect(self) -> None:
        """What has arrived by now, and what was held back until now."""
        waiting = self._port.in_waiting
        if waiting:
            self._take(bytes(self._port.read(waiting)))
        for direction, on in ((TO_BOARD, self._send), (FROM_BOARD, self._ready.extend)):
            held = self._ways[direction].held
            while held and held[0][0] <= self._now():
                on(held.popleft()[1])

    def _releases(self, now: float) -> list[float]:
        return [way.held[0][0] - now for way in self._ways.values() if way.held]

    def _check(self) -> None:
        if self._gone:
            raise OSError(errno.EIO, "Input/output error")

    def _now(self) -> float:
        board = self.board
        return time.monotonic() if board is None else float(board.seconds)
