# SPDX-License-Identifier: MIT
"""A chip without a program: registers are written from outside, time passes in WAI."""

from __future__ import annotations

import pytest

from asm816.target.boards import SXB
from asm816.target.registers import ADDRESS
from emu.chip.w65c265s import W65C265S

ROM = b"\xcb" * 8192  # WAI everywhere


class IdleChip:
    """The chip on FCLK with its core in WAI; `write` and `read` are bus cycles without a program."""

    def __init__(self, *, fclk_hz: int = 3_686_400, external_ram=(), flash: bytes | None = None) -> None:
        self.chip = W65C265S(fclk_hz, 32_768, ROM, external_ram, flash)
        self.core = self.chip.core
        self.core.waiting = 1
        self.write("SSCR", 0xFB)

    def write(self, name: str, value: int) -> None:
        self.core.write(ADDRESS[name], value, 1)

    def read(self, name: str) -> int:
        return self.core.read(ADDRESS[name], 1)

    def pass_cycles(self, cycles: int) -> None:
        """Let PHI2 run; the core stays in WAI unless an interrupt is requested."""
        self.core.waiting = 1
        self.core.run(self.core.clock + cycles)

    def pin(self, name: str):
        return self.chip.ports.pins[name]


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
