# SPDX-License-Identifier: MIT
"""The far end of a serial cable: what a USB adapter does for a UART of the chip.

It drives the chip's RXD pin and decodes its TXD pin, bit by bit, at a baud rate of its own.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from emu.chip.frames import BitTime, Format, FrameReceiver, FrameSender

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.chip.w65c265s import W65C265S

DEFAULT_BAUD = 9600
"""Bits per second: the monitor's."""


class Cable:
    """A cable on UART `number`; `baud` and `framing` can change between two characters.

    ``log`` is [(cycle, byte), ...]: each character received, with the PHI2 cycle in which its
    stop bit ended.  ``bad_frames`` counts frames with a wrong parity or a missing stop bit, as a wrong baud
    rate or a break makes them; a break (a frame of zeros) is no character, as serial drivers see it too.
    """

    def __init__(self, chip: W65C265S, number: int) -> None:
        self.number = number
        self.baud = DEFAULT_BAUD
        self.log: list[tuple[int, int]] = []
        self.bad_frames = 0
        self._chip = chip
        self._framing = Format()
        self._to_send: deque[int] = deque()
        self._txd = chip.pins[f"P6{2 * number + 1}"]
        self._sender = FrameSender(chip.schedule, f"cable{number}.send", self._drive, self._next)
        self._receiver = FrameReceiver(
            chip.schedule, f"cable{number}.receive", self._level, self._bit_time, self._arrived
        )
        self._txd.listen(self._edge)

    @property
    def pending(self) -> int:
        """Bytes that have not left the cable yet, the one under way included."""
        return len(self._to_send) + self._sender.busy

    @property
    def received(self) -> bytes:
        """All bytes on record."""
        return bytes(byte for _, byte in self.log)

    @property
    def framing(self) -> Format:
        """What a character looks like on the line, both ways."""
        return self._framing

    @framing.setter
    def framing(self, value: Format) -> None:
        self._framing = self._receiver.format = value

    def send(self, data: bytes) -> None:
        """Send these bytes back to back, behind what is still under way."""
        self._to_send.extend(data)
        if not self._sender.busy:
            self._next(self._chip.schedule.now())

    def state(self) -> dict[str, Any]:
        """Plain values; the record of what was received is not among them."""
        return {
            "baud": self.baud,
            "framing": [self.framing.data_bits, int(self.framing.parity), int(self.framing.even)],
            "to_send": list(self._to_send),
            "bad_frames": self.bad_frames,
            "sender": self._sender.state(),
            "receiver": self._receiver.state(),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.baud = state["baud"]
        bits, parity, even = state["framing"]
        self.framing = Format(bits, bool(parity), bool(even))
        self._to_send = deque(state["to_send"])
        self.bad_frames = state["bad_frames"]
        self._sender.set_state(state["sender"])
        self._receiver.set_state(state["receiver"])

    def _bit_time(self) -> BitTime:
        return BitTime(self._chip.clocks.tick_hz, self.baud)

    def _next(self, tick: int) -> None:
        if self._to_send:
            self._sender.send(tick, self.framing.bits_of(self._to_send.popleft()), self._bit_time())

    def _drive(self, level: int, tick: int) -> None:
        self._chip.ports.drive_input(6, 2 * self.number, level, self._chip.clocks.clock_of(tick))

    def _level(self) -> int:
        return self._txd.level

    def _edge(self, level: int, clock: int) -> None:
        del clock
        if not level:
            self._receiver.falling_edge(self._txd.ticks[-1])

    def _arrived(self, value: int, good: bool, tick: int) -> None:
        if not good:
            self.bad_frames += 1
            if not value:
                return
        self.log.append((self._chip.clocks.clock_of(tick), value))
