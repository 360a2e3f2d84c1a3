# SPDX-License-Identifier: MIT
"""What the judges of the examples share: boards that have booted, and cycles from the opcode table."""

from __future__ import annotations

from pathlib import Path

import pytest

from asm816.target.isa import BY_NAME, Mode
from emu import Board

SUFFIXES = {"#": Mode.IMMEDIATE, "_a": Mode.ABSOLUTE, "": None}
BRANCHES = ("BNE", "BEQ", "BRA")


@pytest.fixture(scope="session")
def examples() -> Path:
    return Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def cycles():
    """Cycles of a path: mnemonics with ``#`` or ``_a``, ``+`` behind a branch that is taken.

    A is 8 bits wide, X and Y are 16.
    """

    def count(path: str) -> int:
        return sum(_cycles(word) for word in path.split())

    return count


def _cycles(word: str) -> int:
    name = word.rstrip("#+").removesuffix("_a").upper()
    if name in BRANCHES:
        op = BY_NAME[name, Mode.RELATIVE]
        return op.cycle_count("t" if word.endswith("+") else "")
    if word.endswith("#"):
        return BY_NAME[name, Mode.IMMEDIATE].cycle_count("x" if name in ("LDX", "LDY") else "")
    if word.endswith("_a"):
        return BY_NAME[name, Mode.ABSOLUTE].cycle_count("")
    return BY_NAME.get((name, Mode.IMPLIED), BY_NAME.get((name, Mode.ACCUMULATOR))).cycle_count("")


@pytest.fixture(scope="session")
def booted():
    """A board at the monitor's prompt, a fresh copy at each call."""
    boards: dict[str, Board] = {}

    def board(name: str) -> Board:
        if name not in boards:
            boards[name] = Board(name)
            boards[name].boot()
        return boards[name].copy()

    return board
