# SPDX-License-Identifier: MIT
"""`SerialLine`: a cable of a board as people hold it, with waiting in emulated time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Callable

    from emu.board import Stop
    from emu.cable import Cable
    from emu.chip.frames import Format

FASTEST = 4_000_000
"""Bits per second at the most: beyond what any UART of the chip can be set to."""


class Runner(Protocol):
    """What a line needs of its board."""

    def run(self, *, seconds: float, until: Callable[[], bool]) -> Stop:
        """`Board.run`."""

    def act(self, kind: str, *arguments: Any) -> None:
        """`Board.act`."""


class SerialLine:
    """A cable on UART `number`, 8N1 at 9600 bits per second unless set otherwise.

    Time passes while the board runs: inside `expect`, and inside `Board.run`.
    """

    def __init__(self, board: Runner, cable: Cable) -> None:
        self._board = board
        self._cable = cable
        self._taken = 0

    @property
    def number(self) -> int:
        """The UART."""
        return self._cable.number

    @property
    def baud(self) -> int:
        """Bits per second, both ways.  Setting it raises EmuError for what no cable does."""
        return self._cable.baud

    @baud.setter
    def baud(self, value: int) -> None:
        if not isinstance(value, int) or not 0 < value <= FASTEST:
            raise EmuError(
                "E2082", f"{value!r} is no baud rate", f"a cable does 1 to {FASTEST} bits per second"
            )
        if value != self.baud:
            self._board.act("baud", self.number, value)

    @property
    def framing(self) -> Format:
        """Data bits and parity, both ways."""
        return self._cable.framing

    @framing.setter
    def framing(self, value: Format) -> None:
        self._board.act("framing", self.number, value.data_bits, value.parity, value.even)

    @property
    def log(self) -> list[tuple[int, int]]:
        """[(cycle, byte), ...]: each character received, with the cycle in which its stop bit ended."""
        return self._cable.log

    @property
    def bad_frames(self) -> int:
        """Frames with a wrong parity or a missing stop bit."""
        return self._cable.bad_frames

    @property
    def pending(self) -> int:
        """Bytes that have not left the cable yet, the one under way included."""
        return self._cable.pending

    @property
    def received(self) -> bytes:
        """All bytes received since power on, or since `Board.forget`."""
        return self._cable.received

    @property
    def waiting(self) -> int:
        """How many bytes `take` would give."""
        return len(self.log) - self._taken

    @property
    def taken(self) -> int:
        """How many characters of the log were taken."""
        return self._taken

    def send(self, data: bytes) -> None:
        """Send these bytes back to back, behind what is still under way."""
        self._board.act("send", self.number, bytes(data))

    def take(self) -> bytes:
        """The bytes received since the last `take`."""
        new = self._new()
        self._taken = len(self.log)
        return new

    def expect(self, text: bytes | str, seconds: float = 5.0) -> bytes:
        """Run the board until `text` has come, `seconds` emulated seconds at the most.

        Gives what was received since the last `take` up to the end of `text`, which counts as taken.
        Raises EmuError if it does not come; what came instead is still there to be taken.
        """
        wanted = text.encode("latin-1") if isinstance(text, str) else bytes(text)
        if wanted not in self._new():
            self._board.run(seconds=seconds, until=lambda: wanted in self._new())
        came = self._new()
        if wanted not in came:
            end = f"the last that came is {came[-40:]!r}" if came else "nothing came"
            hint = f"{end}; allow more time, or look at baud rate and framing"
            raise EmuError("E2078", f"{wanted!r} did not come on UART {self.number} within {seconds} s", hint)
        found = came[: came.index(wanted) + len(wanted)]
        self._taken += len(found)
        return found

    def rewind(self, taken: int) -> None:
        """The log has changed: this many of its characters count as taken."""
        self._taken = min(taken, len(self.log))

    def forget(self) -> None:
        """Drop the record of what was taken already."""
        del self.log[: self._taken]
        self._taken = 0

    def _new(self) -> bytes:
        return bytes(byte for _, byte in self.log[self._taken :])
