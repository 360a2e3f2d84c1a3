# SPDX-License-Identifier: MIT
"""The four UARTs, bit by bit on their pins (RXD of UART n is P6(2n), TXD is P6(2n+1)).

A character written to ARTD waits in the data register until the shift register is free, then
goes out at FCLK / (16 x (N + 1)) bits per second, N being the latch of timer 3 or 4 (TCR).  The
transmit flag is a level: it is there whenever the transmitter is on and empty (ACSR bit 1 chooses
which of the two registers counts).  The receive flag comes when the stop bit is over and goes
when ARTD is read or a 1 is written to it.

Sources: WDC's monitor sources and their execution; a public tool for the W65C265SXB that polls
these flags.  Assumed: a written character starts at once when the shift register is free; a
character that comes before the last one was read replaces it; an overrun, a wrong parity or a
missing stop bit sets the error flag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asm816.target.registers import MASK
from emu.chip.frames import BitTime, Format, FrameReceiver, FrameSender
from emu.chip.interrupts import UART
from emu.chip.ports import TRANSMITTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emu.chip.clocks import Clocks, Schedule
    from emu.chip.interrupts import Interrupts
    from emu.chip.ports import Ports
    from emu.chip.timers import Timers

TX_ON = MASK["ACSR_TX_ON"]
TX_FLAG_WHEN_IDLE = MASK["ACSR_TX_WHEN_IDLE"]
EIGHT_BITS = MASK["ACSR_EIGHT_BITS"]
PARITY = MASK["ACSR_PARITY"]
EVEN = MASK["ACSR_EVEN"]
RX_ON = MASK["ACSR_RX_ON"]
ERROR = MASK["ACSR_ERROR"]


class Uart:
    """One UART."""

    def __init__(self, number: int, schedule: Schedule, clocks: Clocks, ports: Ports, uarts: Uarts) -> None:
        self.number = number
        self.control = 0
        self.received = 0
        self._uarts = uarts
        self._schedule = schedule
        self._clocks = clocks
        self._rxd = ports.pins[f"P6{2 * number}"]
        self._waiting: int | None = None  # the character in the data register
        self._sender = FrameSender(schedule, f"U{number}.send", self._drive, self._sent)
        self._receiver = FrameReceiver(
            schedule, f"U{number}.receive", self._rxd_level, self._bit_time, self._arrived
        )
        self._rxd.listen(self._rxd_edge)

    def reset(self) -> None:
        """Transmitter and receiver off, nothing on the line."""
        self.control = self.received = 0
        self._waiting = None
        self._sender.abort()
        self._receiver.abort()

    def write_control(self, value: int) -> None:
        """Write ACSR; writing 1 to the error bit clears it."""
        error = self.control & ERROR & ~value
        self.control = value & ~ERROR | error
        self._receiver.format = self._format()
        if not value & RX_ON:
            self._receiver.abort()
        if not value & TX_ON:
            self._sender.abort()
            self._waiting = None
        self._start_next(self._schedule.now())

    def write_data(self, value: int) -> None:
        """Write ARTD: a character to send."""
        if self.control & TX_ON:
            self._waiting = value
            self._start_next(self._schedule.now())

    def read_data(self) -> int:
        """Read ARTD: the character received last; its flag goes off."""
        self._uarts.clear_received(self.number)
        return self.received

    def transmit_flag(self) -> bool:
        """The level of the transmit flag."""
        if not self.control & TX_ON or self._waiting is not None:
            return False
        return not (self.control & TX_FLAG_WHEN_IDLE and self._sender.busy)

    def clock_changed(self) -> None:
        """The baud timer was started, stopped or reloaded: frames under way follow, a character may have waited."""
        tick = self._schedule.now()
        bit_time = None if self._uarts.pulsed(self.number) else self._bit_time()
        self._sender.retime(tick, bit_time)
        self._receiver.retime(tick, bit_time)
        self._start_next(tick)

    def pulse(self, tick: int) -> None:
        """An underflow of T4, while that counts pulses from outside: a sixteenth of a bit."""
        self._receiver.step(tick)
        self._sender.step(tick)

    def state(self) -> dict[str, Any]:
        """Registers and the frames under way, plain JSON values."""
        return {
            "control": self.control,
            "received": self.received,
            "waiting": self._waiting,
            "sender": self._sender.state(),
            "receiver": self._receiver.state(),
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.control = state["control"]
        self.received = state["received"]
        self._waiting = state["waiting"]
        self._sender.set_state(state["sender"])
        self._receiver.set_state(state["receiver"])
        self._receiver.format = self._format()

    def _format(self) -> Format:
        return Format(
            8 if self.control & EIGHT_BITS else 7, bool(self.control & PARITY), bool(self.control & EVEN)
        )

    def _bit_time(self) -> BitTime | None:
        return self._uarts.bit_time(self.number) if self.control & (RX_ON | TX_ON) else None

    def _start_next(self, tick: int) -> None:
        bit_time = self._bit_time()
        if self._waiting is not None and not self._sender.busy and bit_time is not None:
            value, self._waiting = self._waiting, None
            self._sender.send(tick, self._format().bits_of(value), bit_time)
            if self._uarts.pulsed(self.number):
                self._sender.retime(tick, None)
        self._uarts.show_transmit_flag(self.number, self._clocks.clock_of(tick))

    def _sent(self, tick: int) -> None:
        self._start_next(tick)

    def _drive(self, level: int, tick: int) -> None:
        self._uarts.drive_txd(self.number, level, tick)

    def _rxd_level(self) -> int:
        return self._rxd.level

    def _rxd_edge(self, level: int, clock: int) -> None:
        if not level and self.control & RX_ON:
            tick = self._clocks.tick_of(clock)
            self._receiver.falling_edge(tick)
            if self._uarts.pulsed(self.number):
                self._receiver.retime(tick, None)

    def _arrived(self, value: int, good: bool, tick: int) -> None:
        if not good or self._uarts.received_flag(self.number):
            self.control |= ERROR
        self.received = value
        self._uarts.raise_received(self.number, self._clocks.clock_of(tick))


class Uarts:
    """All four, with their flags in UIFR and their baud timers."""

    def __init__(
        self, schedule: Schedule, clocks: Clocks, ports: Ports, timers: Timers, interrupts: Interrupts
    ) -> None:
        self._clocks = clocks
        self._schedule = schedule
        self._ports = ports
        self._timers = timers
        self._interrupts = interrupts
        self.baud_timers = 0  # TCR bits 4-7: per UART, 0 = T3, 1 = T4
        self._levels = 0xFF  # of port 6, where a transmitter has the pin
        timers.follow(4, self)
        self.uarts = tuple(Uart(n, schedule, clocks, ports, self) for n in range(4))

    def reset(self) -> None:
        """All off, all on T3."""
        self.baud_timers = 0
        for uart in self.uarts:
            uart.reset()

    def write_control(self, n: int, value: int) -> None:
        """Write ACSRn; an enabled transmitter takes its pin over, which idles at 1."""
        uart = self.uarts[n]
        if value & TX_ON and not uart.control & TX_ON:
            self._levels |= 2 << 2 * n
        uart.write_control(value)
        self._show(self._schedule.now())

    def drive_txd(self, n: int, level: int, tick: int) -> None:
        """A transmitter puts its pin on a level."""
        bit = 2 << 2 * n
        self._levels = self._levels | bit if level else self._levels & ~bit
        self._show(tick)

    def _show(self, tick: int) -> None:
        taken = sum(2 << 2 * uart.number for uart in self.uarts if uart.control & TX_ON)
        self._ports.take_over(TRANSMITTERS, taken, self._levels, self._clocks.clock_of(tick), tick)

    def select_baud_timers(self, mask: int) -> None:
        """Write TCR bits 4-7."""
        self.baud_timers = mask
        self.clock_changed()

    def clock_changed(self) -> None:
        """A baud timer changed."""
        for uart in self.uarts:
            uart.clock_changed()

    def bit_time(self, n: int) -> BitTime | None:
        """The length of a bit of UART n now; None while its baud timer stands still."""
        timer = 4 if self.baud_timers >> n & 1 else 3
        if not self._timers.running(timer) and not self.pulsed(n):
            return None
        return BitTime(16 * (self._timers.read_latch(timer) + 1) * self._clocks.fclk_ticks)

    def pulsed(self, n: int) -> bool:
        """UART n is clocked from outside: by T4, which counts P60."""
        return bool(self.baud_timers >> n & 1) and self._timers.t4_counts_pin

    def wanted(self) -> int:
        """No underflow of T4 is to be waited for: pulses come by themselves."""
        return 0

    def underflowed(self, times: int, tick: int) -> None:
        """T4 went through 0."""
        for uart in self.uarts:
            if self.pulsed(uart.number):
                for _ in range(times):
                    uart.pulse(tick)

    def received_flag(self, n: int) -> bool:
        """A character waits in ARTDn."""
        return bool(self._interrupts.flags >> UART + 2 * n & 1)

    def raise_received(self, n: int, clock: int) -> None:
        """A character has come."""
        self._interrupts.raise_flag(UART + 2 * n, clock)

    def clear_received(self, n: int) -> None:
        """The character was read."""
        if not self.received_flag(n):
            return
        self._interrupts.clear_flags(1 << UART + 2 * n, self._clocks.clock_of(self._schedule.now()))

    def show_transmit_flag(self, n: int, clock: int) -> None:
        """Put the transmit flag where the transmitter's state says."""
        bit = UART + 2 * n + 1
        if self.uarts[n].transmit_flag():
            self._interrupts.raise_flag(bit, clock)
        else:
            self._interrupts.clear_flags(1 << bit, clock)

    def acknowledge(self, mask: int) -> None:
        """Ones written to UIFR: receive flags go; transmit flags are levels and come back."""
        clock = self._clocks.clock_of(self._schedule.now())
        self._interrupts.clear_flags((mask & 0x55) << UART, clock)

    def state(self) -> dict[str, Any]:
        """Plain JSON values; the flags are the interrupt controller's."""
        return {
            "baud_timers": self.baud_timers,
            "levels": self._levels,
            "uarts": [uart.state() for uart in self.uarts],
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Go back to what `state` gave."""
        self.baud_timers = state["baud_timers"]
        self._levels = state["levels"]
        for uart, values in zip(self.uarts, state["uarts"], strict=True):
            uart.set_state(values)
