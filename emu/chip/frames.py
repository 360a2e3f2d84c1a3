# SPDX-License-Identifier: MIT
"""Asynchronous serial frames on a wire, bit by bit: used by the chip's UARTs and by the cable.

A frame is a start bit 0, the data bits with the lowest first, an optional parity bit, and one
stop bit 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from emu.chip.clocks import Appointment, Schedule


@dataclass(frozen=True, slots=True)
class BitTime:
    """The length of a bit as a fraction of ticks, so that any baud rate is exact on average."""

    ticks: int
    divisor: int = 1

    def after(self, half_bits: int) -> int:
        """Ticks from the start of a frame to this many half bits."""
        return half_bits * self.ticks // (2 * self.divisor)


@dataclass(frozen=True, slots=True)
class Format:
    """What a character looks like on the line."""

    data_bits: int = 8
    parity: bool = False
    even: bool = False

    @property
    def length(self) -> int:
        """Bits of a frame, start and stop included."""
        return self.data_bits + self.parity + 2

    def parity_bit(self, value: int) -> int:
        """The bit that makes the number of ones even, or odd."""
        return value.bit_count() & 1 ^ (0 if self.even else 1)

    def bits_of(self, value: int) -> tuple[int, ...]:
        """The levels of a frame, in the order of time."""
        value &= (1 << self.data_bits) - 1
        data = tuple(value >> n & 1 for n in range(self.data_bits))
        return (0, *data, self.parity_bit(value), 1) if self.parity else (0, *data, 1)


class FrameSender:
    """Puts one frame at a time on a wire."""

    def __init__(
        self, schedule: Schedule, drive: Callable[[int, int], None], done: Callable[[int], None]
    ) -> None:
        self._schedule = schedule
        self._drive = drive
        self._done = done
        self._bits: tuple[int, ...] = ()
        self._position = 0
        self._start = 0
        self._bit_time = BitTime(0)
        self._next: Appointment | None = None

    @property
    def busy(self) -> bool:
        """A frame is on the line."""
        return self._next is not None

    def send(self, tick: int, bits: tuple[int, ...], bit_time: BitTime) -> None:
        """Start a frame at this tick; ``done(tick)`` is called when its stop bit ends."""
        self._bits = bits
        self._position = 0
        self._start = tick
        self._bit_time = bit_time
        self._next_bit(tick)

    def abort(self) -> None:
        """Forget the frame; the wire stays where it is."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _next_bit(self, tick: int) -> None:
        if self._position == len(self._bits):
            self._next = None
            self._done(tick)
            return
        self._drive(self._bits[self._position], tick)
        self._position += 1
        end = self._start + self._bit_time.after(2 * self._position)
        self._next = self._schedule.at(end, self._next_bit)


class FrameReceiver:
    """Samples a wire in the middle of each bit, from a falling edge on."""

    def __init__(
        self,
        schedule: Schedule,
        level: Callable[[], int],
        bit_time: Callable[[], BitTime | None],
        done: Callable[[int, bool, int], None],
    ) -> None:
        """`done(value, good, tick)` is called when the stop bit ends; `good` is False on a bad frame."""
        self._schedule = schedule
        self._level = level
        self._bit_time_now = bit_time
        self._done = done
        self.format = Format()
        self._bits: list[int] = []
        self._start = 0
        self._bit_time = BitTime(0)
        self._next: Appointment | None = None
        self._delivery: Appointment | None = None

    def falling_edge(self, tick: int) -> None:
        """The wire fell: a start bit, unless a frame is being received."""
        bit_time = self._bit_time_now()
        if self._next is not None or bit_time is None:
            return
        self._start = tick
        self._bit_time = bit_time
        self._bits = []
        self._next = self._schedule.at(tick + bit_time.after(1), self._sample)

    def abort(self) -> None:
        """Forget the frame that is being received, in its stop bit too."""
        for appointment in (self._next, self._delivery):
            if appointment is not None:
                appointment.cancel()
        self._next = self._delivery = None

    def _sample(self, tick: int) -> None:
        del tick
        level = self._level()
        self._next = None
        if not self._bits and level:
            return  # the line was low for less than half a bit: no start bit
        self._bits.append(level)
        taken = len(self._bits)
        if taken < self.format.length:
            self._next = self._schedule.at(self._start + self._bit_time.after(2 * taken + 1), self._sample)
        else:
            # The line is watched again from here on; the character counts when the stop bit is over.
            deliver = partial(self._deliver, tuple(self._bits))
            self._delivery = self._schedule.at(self._start + self._bit_time.after(2 * taken), deliver)

    def _deliver(self, bits: tuple[int, ...], tick: int) -> None:
        data = bits[1 : 1 + self.format.data_bits]
        value = sum(bit << n for n, bit in enumerate(data))
        good = bits[-1] == 1
        if self.format.parity:
            good = good and bits[-2] == self.format.parity_bit(value)
        self._done(value, good, tick)
