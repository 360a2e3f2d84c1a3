# SPDX-License-Identifier: MIT
"""`Unlike`: what a board did is not what was expected; and times as the judges write and read them."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from emu.probes.waveform import trace
from emu.wires import Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 60
"""Columns of a wave in a message."""


class Unlike(AssertionError):  # noqa: N818 - it is no error of a program, it is what a test is for
    """A judged board did something else than it must; the message shows both."""


def hide(found: Any) -> bool:
    """For pytest's ``__tracebackhide__``: of what was not met the test's line is of interest, not ours."""
    return found is not None and isinstance(found.value, Unlike)


def cycles_of(phi2_hz: float, *, ms: float | None, cycles: float | None) -> float:
    """A time in PHI2 cycles, given in milliseconds or in cycles.  ValueError unless it is one of them."""
    if (ms is None) == (cycles is None):
        raise ValueError("give the time as ms=... or as cycles=..., one of them")
    if cycles is not None:
        return cycles
    assert ms is not None
    return ms * phi2_hz / 1000


def tolerance_of(within: str | float) -> float:
    """A tolerance as a fraction: 0.01, or ``"1 %"``.  ValueError for anything else."""
    if isinstance(within, str):
        text = within.strip()
        if not text.endswith("%"):
            raise ValueError(f"a tolerance of {within!r}: write 0.01 or '1 %'")
        within = float(text[:-1]) / 100
    if not 0 <= within < 1:
        raise ValueError(f"a tolerance of {within!r}: it is a fraction from 0 to 1, or a text such as '1 %'")
    return within


def bounds(wanted: float, tolerance: float) -> tuple[int, int]:
    """The least and the greatest whole number of cycles that will do; without tolerance the nearest one."""
    if not tolerance:
        return round(wanted), round(wanted)
    return floor(wanted * (1 - tolerance)), ceil(wanted * (1 + tolerance))


def time_text(cycles: float, phi2_hz: float) -> str:
    """``921,603 cycles (250.001 ms)``."""
    return f"{cycles:,.0f} cycles ({cycles * 1000 / phi2_hz:.3f} ms)"


def two_waves(
    expected: tuple[int, Sequence[int]], actual: Wire, start: int, end: int, phi2_hz: float
) -> list[str]:
    """Expected and actual wave of a pin as lines: `expected` is its first level and the clocks of its edges."""
    level, clocks = expected
    wished = Wire("expected", level)
    for clock in clocks:
        level = 1 - level
        wished.drive(level, clock)
    last = f"{(end - start) * 1000 / phi2_hz:.1f} ms"
    return [
        f"  expected  {trace(wished, start, end, WIDTH)}",
        f"  actual    {trace(actual, start, end, WIDTH)}",
        f"            0 ms{last:>{WIDTH - 4}}",
    ]
