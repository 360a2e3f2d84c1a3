# SPDX-License-Identifier: MIT
"""What a served board is plugged into, and the loop that serves it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from emu.board import Stop
from emu.chip.frames import Format
from emu.serial_line import FASTEST
from emu.serve.pacing import Pacer

if TYPE_CHECKING:
    from collections.abc import Callable

    from emu.board import Board
    from emu.serial_line import SerialLine

SLICE = 0.001
"""Emulated seconds between two looks at the line: about a character at 9600 baud."""

MEMORY = 10.0
"""Emulated seconds of pin edges that a served board keeps at the most."""

MAX_UNREAD = 65_536
"""Bytes kept for a client that has the line open and does not read; older ones are lost."""

MAX_PENDING = 65_536
"""Bytes that wait to go out at the line's baud rate; a client that writes more has to wait, as at a driver."""

PORTION = 4096
"""Bytes read from a client at once."""

EIGHT_N_ONE = Format()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a client has set its end of the line to."""

    baud: int = 9600
    framing: Format = EIGHT_N_ONE

    def __str__(self) -> str:
        parity = "N" if not self.framing.parity else "E" if self.framing.even else "O"
        return f"{self.baud} {self.framing.data_bits}{parity}1"


class Line(Protocol):
    """One client at a time at the far end of the cable."""

    settings: Settings

    @property
    def attended(self) -> bool:
        """A client has the line open."""

    def read(self) -> bytes:
        """What the client wrote since the last call, at most PORTION bytes."""

    def write(self, data: bytes) -> None:
        """Hand bytes to the client; without one they are lost, as on a cable with nobody at its end."""

    def wait(self, seconds: float) -> None:
        """Wait so long, or until there is something to read."""

    def hold(self, seconds: float) -> None:
        """Wait so long without reading; a client that leaves now loses what it could not get rid of."""


@dataclass(slots=True)
class Traffic:
    """Bytes that went over the line so far: from the client to the board, and back."""

    to_board: int = 0
    from_board: int = 0


def serve(
    board: Board,
    line: Line,
    *,
    uart: int = 3,
    real_time: bool = True,
    stop: Callable[[], bool] = lambda: False,
    watch: Callable[[Traffic], None] = lambda _traffic: None,
) -> None:
    """Run the board for ever, or until `stop` says True; `watch` is called between slices."""
    cable = board.serial(uart)
    pacer = Pacer(time.monotonic)
    traffic = Traffic()
    remembered = board.seconds
    while not stop():
        if board.seconds - remembered > MEMORY:
            board.forget()
            remembered = board.seconds
        if board.run(seconds=SLICE) is Stop.STP:
            # Time stands still until RESET: nobody hears what is sent, and it must not be heard later.
            line.read()
            watch(traffic)
            time.sleep(SLICE)
            continue
        said = cable.take()
        traffic.from_board += len(said)
        line.write(said)
        watch(traffic)
        _listen(line, cable, traffic, pacer.wait_after(board.seconds) if real_time else 0.0)


def _listen(line: Line, cable: SerialLine, traffic: Traffic, pause: float) -> None:
    """Take what the client says until the time is over, at least once."""
    end = time.monotonic() + pause
    while True:
        full = cable.pending >= MAX_PENDING
        heard = b"" if full else line.read()
        _plug(line.settings, cable)
        if heard:
            traffic.to_board += len(heard)
            cable.send(heard)
        left = end - time.monotonic()
        if full:
            line.hold(max(0.0, left))
            return
        if left <= 0:
            return
        line.wait(left)


def _plug(settings: Settings, cable: SerialLine) -> None:
    """The cable works as the client has set it, whatever the board's own UART is set to."""
    if settings.baud != cable.baud and 0 < settings.baud <= FASTEST:
        cable.baud = settings.baud
    if settings.framing != cable.framing:
        cable.framing = settings.framing
