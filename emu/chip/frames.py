# SPDX-License-Identifier: MIT
"""Asynchronous serial frames on a wire, bit by bit: used by the chip's UARTs and by the cable.

A frame is a start bit 0, the data bits with the lowest first, an optional parity bit, and one
stop bit 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emu.chip.clocks import Schedule


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


class BitClock:
    """Waits for half bits of a frame; its rate can change under way, or stand still."""

    def __init__(self, schedule: Schedule, name: str, action: Callable[[int], None]) -> None:
        self._alarm = schedule.alarm(name, self._reached)
        self._action = action
        self._start = 0
        self._half_bits = 0  # what is waited for, counted from the start; 0 = nothing
        self._bit_time = BitTime(1)
        self._elapsed: int | None = None  # ticks since the start, when the clock came to stand

    @property
    def waiting(self) -> bool:
        """Something is waited for, though the clock may stand still."""
        return self._half_bits > 0

    def start(self, tick: int, bit_time: BitTime) -> None:
        """A frame starts at this tick."""
        self._start = tick
        self._bit_time = bit_time
        self._elapsed = None
        self._half_bits = 0

    def follow(self, other: BitClock) -> None:
        """Count from the start of another clock's frame."""
        self.start(other._start, other._bit_time)
        self._elapsed = other._elapsed

    def wait(self, half_bits: int) -> None:
        """Call the action this many half bits (1 or more) behind the start."""
        self._half_bits = half_bits
        if self._elapsed is None:
            self._alarm.set(self._start + self._bit_time.after(half_bits))

    def stop(self) -> None:
        """Wait for nothing."""
        self._half_bits = 0
        self._alarm.cancel()

    def retime(self, tick: int, bit_time: BitTime | None) -> None:
        """From this tick on bits take another time; None: the clock stands still."""
        if not self._half_bits:
            return
        if bit_time is None:
            if self._elapsed is None:
                self._elapsed = tick - self._start
                self._alarm.cancel()
            return
        if self._elapsed is None:
            if bit_time == self._bit_time:
                return
            self._elapsed = tick - self._start
        old = self._bit_time
        elapsed = self._elapsed * bit_time.ticks * old.divisor // (old.ticks * bit_time.divisor)
        self._start = tick - elapsed
        self._bit_time = bit_time
        self._elapsed = None
        self.wait(self._half_bits)

    def step(self, tick: int) -> None:
        """A sixteenth of a bit, for a clock that stands: it is moved by hand."""
        if not self._half_bits or self._elapsed is None:
            return
        self._elapsed += self._bit_time.ticks // (16 * self._bit_time.divisor)
        if self._elapsed >= self._bit_time.after(self._half_bits):
            self._reached(tick)

    def _reached(self, tick: int) -> None:
        self._half_bits = 0
        self._action(tick)

    def state(self) -> dict[str, Any]:
        """Plain JSON values; the alarm is the schedule's."""
        return {
            "start": self._start,
            "half_bits": self._half_bits,
            "bit_ticks": self._bit_time.ticks,
            "bit_divisor": self._bit_time.divisor,
            "elapsed": self._elapsed,
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self._start = state["start"]
        self._half_bits = state["half_bits"]
        self._bit_time = BitTime(state["bit_ticks"], state["bit_divisor"])
        self._elapsed = state["elapsed"]


class FrameSender:
    """Puts one frame at a time on a wire.  `name` is that of its alarm."""

    def __init__(
        self,
        schedule: Schedule,
        name: str,
        drive: Callable[[int, int], None],
        done: Callable[[int], None],
    ) -> None:
        self._drive = drive
        self._done = done
        self._bits: tuple[int, ...] = ()
        self._position = 0  # of the bit that comes next
        self._clock = BitClock(schedule, name, self._next_bit)

    @property
    def busy(self) -> bool:
        """A frame is on the line."""
        return self._clock.waiting

    def send(self, tick: int, bits: tuple[int, ...], bit_time: BitTime) -> None:
        """Start a frame at this tick; ``done(tick)`` is called when its stop bit ends."""
        self._bits = bits
        self._position = 0
        self._clock.start(tick, bit_time)
        self._next_bit(tick)

    def retime(self, tick: int, bit_time: BitTime | None) -> None:
        """The bit clock changes, or stands still, also within a frame."""
        self._clock.retime(tick, bit_time)

    def step(self, tick: int) -> None:
        """A sixteenth of a bit, where the bit clock stands."""
        self._clock.step(tick)

    def abort(self) -> None:
        """Forget the frame; the wire stays where it is."""
        self._clock.stop()

    def _next_bit(self, tick: int) -> None:
        if self._position == len(self._bits):
            self._done(tick)
            return
        level = self._bits[self._position]
        self._position += 1
        self._clock.wait(2 * self._position)
        self._drive(level, tick)

    def state(self) -> dict[str, Any]:
        """The frame under way, plain JSON values."""
        return {"bits": list(self._bits), "position": self._position, "clock": self._clock.state()}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave; the wire is not touched."""
        self._bits = tuple(state["bits"])
        self._position = state["position"]
        self._clock.set_state(state["clock"])


class FrameReceiver:
    """Samples a wire in the middle of each bit, from a falling edge on.

    `name` is that of its first alarm, which samples; the second delivers the character.
    """

    def __init__(
        self,
        schedule: Schedule,
        name: str,
        level: Callable[[], int],
        bit_time: Callable[[], BitTime | None],
        done: Callable[[int, bool, int], None],
    ) -> None:
        """`done(value, good, tick)` is called when the stop bit ends; `good` is False on a bad frame."""
        self._level = level
        self._bit_time_now = bit_time
        self._done = done
        self.format = Format()
        self._bits: list[int] = []
        self._complete: tuple[int, ...] = ()  # the frame whose stop bit is under way
        self._sampling = BitClock(schedule, name, self._sample)
        self._delivery = BitClock(schedule, f"{name}.delivery", self._deliver)

    def falling_edge(self, tick: int) -> None:
        """The wire fell: a start bit, unless a frame is being received."""
        bit_time = self._bit_time_now()
        if self._sampling.waiting or bit_time is None:
            return
        self._bits = []
        self._sampling.start(tick, bit_time)
        self._sampling.wait(1)

    def retime(self, tick: int, bit_time: BitTime | None) -> None:
        """The bit clock changes, or stands still, also within a frame."""
        self._sampling.retime(tick, bit_time)
        self._delivery.retime(tick, bit_time)

    def step(self, tick: int) -> None:
        """A sixteenth of a bit, where the bit clock stands."""
        self._delivery.step(tick)
        self._sampling.step(tick)

    def abort(self) -> None:
        """Forget the frame that is being received, in its stop bit too."""
        self._sampling.stop()
        self._delivery.stop()

    def _sample(self, tick: int) -> None:
        del tick
        level = self._level()
        if not self._bits and level:
            return  # the line was low for less than half a bit: no start bit
        self._bits.append(level)
        taken = len(self._bits)
        if taken < self.format.length:
            self._sampling.wait(2 * taken + 1)
        else:
            # The line is watched again from here on; the character counts when the stop bit is over.
            self._complete = tuple(self._bits)
            self._delivery.follow(self._sampling)
            self._delivery.wait(2 * taken)

    def _deliver(self, tick: int) -> None:
        bits = self._complete
        data = bits[1 : 1 + self.format.data_bits]
        value = sum(bit << n for n, bit in enumerate(data))
        good = bits[-1] == 1
        if self.format.parity:
            good = good and bits[-2] == self.format.parity_bit(value)
        self._done(value, good, tick)

    def state(self) -> dict[str, Any]:
        """The frame under way, plain JSON values; the format is the owner's."""
        return {
            "bits": list(self._bits),
            "complete": list(self._complete),
            "sampling": self._sampling.state(),
            "delivery": self._delivery.state(),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self._bits = list(state["bits"])
        self._complete = tuple(state["complete"])
        self._sampling.set_state(state["sampling"])
        self._delivery.set_state(state["delivery"])
