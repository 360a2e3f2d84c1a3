# SPDX-License-Identifier: MIT
"""The timers and what hangs on them, counted crystal tick by crystal tick: slow, and plain to see.

It knows nothing of the emulator: it is written once more from the description of the chip, so that
the computed timers can be held against it.
"""

from __future__ import annotations

DIVISORS = (1, None, 16, 1, 1, 1, 1, 1)  # of FCLK; None: T1 counts CLK


class Ticked:
    """Registers, flags and pins at `tick`; ``edges`` is pin name -> [(tick, level), ...]."""

    def __init__(self, fclk_ticks: int, clk_ticks: int, tick: int) -> None:
        self.fclk_ticks, self.clk_ticks = fclk_ticks, clk_ticks
        self.tick = tick
        self.latch, self.count = [0] * 8, [0] * 8
        self.ter = self.tcr = self.bcr = self.tifr = self.eifr = 0
        self.oscillator = True
        self.step = [0, 0]  # of the tones
        self.wave = 1  # of T4
        self.levels = {"TG0": 0, "TG1": 0, "P61": 1, "P60": 1, "P62": 1}
        self.edges: dict[str, list[tuple[int, int]]] = {name: [] for name in self.levels}

    def run_to(self, tick: int) -> None:
        while self.tick < tick:
            self.tick += 1
            for n, divisor in enumerate(DIVISORS):
                period = self.clk_ticks if divisor is None else self.fclk_ticks * divisor
                if self.tick % period or not self.ter >> n & 1:
                    continue
                if divisor is not None and not self.oscillator:
                    continue
                if n == 4 and self.tcr & 0x01:
                    continue
                self.clock(n)

    def clock(self, n: int) -> None:
        """One edge of a timer's source."""
        if self.count[n]:
            self.count[n] -= 1
            return
        self.count[n] = self.latch[n]
        self.tifr |= 1 << n
        if n in (5, 6) and self.bcr >> n - 4 & 1:
            self.step[n - 5] = (self.step[n - 5] + 1) % 16
        if n == 4:
            self.wave ^= self.tcr >> 1 & 1
        self.show()

    def show(self) -> None:
        for n in (0, 1):
            self.put(f"TG{n}", int(bool(self.bcr & 2 << n) and self.step[n] < 8))
        self.put("P61", self.wave if self.tcr & 0x02 else 1)

    def put(self, pin: str, level: int) -> None:
        if self.levels[pin] != level:
            self.levels[pin] = level
            self.edges[pin].append((self.tick, level))

    def drive(self, pin: str, level: int) -> None:
        """P60 or P62 from outside."""
        before = self.levels[pin]
        self.put(pin, level)
        if before == level:
            return
        if pin == "P60" and self.tcr & 0x01 and not level and self.ter & 0x10:
            self.clock(4)
        if pin == "P62" and self.tcr & (0x04 if level else 0x08):
            self.latch[7], self.count[7] = self.count[7], 0xFFFF
            self.eifr |= 0x08

    def write(self, name: str, value: int) -> None:
        if name in ("TER", "BCR", "TCR"):
            before = getattr(self, name.lower())
            setattr(self, name.lower(), value)
            if name == "BCR":
                self.step = [0 if value & 2 << n and not before & 2 << n else self.step[n] for n in (0, 1)]
            if name == "TCR" and value & 0x02 and not before & 0x02:
                self.wave = 1
            self.show()
        elif name == "TIFR":
            self.tifr &= ~value
        elif name == "SSCR":
            self.oscillator = bool(value & 0x01)
        else:
            n, high = int(name[1]), name[3] == "H"
            self.latch[n] = self.latch[n] & 0x00FF | value << 8 if high else self.latch[n] & 0xFF00 | value
            if name[2:] == "CH":
                self.count[n] = self.latch[n]
