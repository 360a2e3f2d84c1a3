# SPDX-License-Identifier: MIT
"""A chip without a program: registers are written from outside, time passes in WAI."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asm816.target.boards import SXB
from asm816.target.registers import ADDRESS
from emu.chip.settings import DEFAULTS
from emu.chip.w65c265s import W65C265S

ROM = b"\xcb" * 8192  # WAI everywhere


class IdleChip:
    """The chip on FCLK with its core in WAI; `write` and `read` are bus cycles without a program."""

    def __init__(
        self,
        *,
        fclk_hz: int = 3_686_400,
        external_ram=(),
        flash: bytes | None = None,
        start: bool = True,
        **settings,
    ) -> None:
        self.chip = W65C265S(
            fclk_hz, 32_768, ROM, external_ram, flash, settings=replace(DEFAULTS, **settings)
        )
        self.core = self.chip.core
        self.core.waiting = 1
        if start:
            self.write("SSCR", 0xFB)

    def put(self, address: int, value: int) -> None:
        """A write cycle."""
        core = self.core
        core.clock += 1
        core.bus = value
        if core.slow_write[address >> 8]:
            self.chip.write(address, value)
        else:
            core.memory[address] = value

    def look(self, address: int) -> int:
        """A read cycle."""
        core = self.core
        core.clock += 1
        core.bus = self.chip.read(address) if core.slow_read[address >> 8] else core.memory[address]
        return core.bus

    def write(self, name: str, value: int) -> None:
        self.put(ADDRESS[name], value)

    def read(self, name: str) -> int:
        return self.look(ADDRESS[name])

    def timer(self, n: int, latch: int) -> None:
        """Load a timer: latch and counter."""
        self.write(f"T{n}CL", latch & 0xFF)
        self.write(f"T{n}CH", latch >> 8)

    def counter(self, n: int) -> int:
        """The counter two cycles from now, without a race between its bytes."""
        self.core.clock += 2
        return self.chip.timers.read_counter(n)

    def pass_cycles(self, cycles: int) -> None:
        """Let PHI2 run; the core stays in WAI unless an interrupt is requested."""
        self.core.waiting = 1
        self.core.run(self.core.clock + cycles)

    def pin(self, name: str):
        return self.chip.pins[name]

    def pins_of(self, port: int) -> list:
        return [self.chip.pins[f"P{port}{bit}"] for bit in range(8)]

    def drive(self, name: str, level: int) -> None:
        """The world puts a pin of a port on a level, now."""
        self.chip.ports.drive_input(int(name[1]), int(name[2]), level, self.core.clock)

    def join(self, source: str, target: str) -> None:
        """A wire from one pin to another."""
        port, bit = int(target[1]), int(target[2])
        self.pin(source).listen(lambda level, clock: self.chip.ports.drive_input(port, bit, level, clock))


@pytest.fixture
def idle():
    return IdleChip()


@pytest.fixture
def idle_sxb():
    return IdleChip(external_ram=SXB.external_ram)


@pytest.fixture(scope="session")
def idle_chip():
    """A function that makes another idle chip: hypothesis wants a new one per example."""
    return IdleChip
