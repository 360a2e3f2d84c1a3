# SPDX-License-Identifier: MIT
"""What hypothesis tries on programs: memory, registers, levels on pins, text on the serial line.

    @given(a=byte(), b=byte(), decimal=st.booleans())
    @isolated
    def test_add(board, a, b, decimal):
        board.call("add", a=a, decimal=decimal, memory={"other": bytes([b])}).must_return(a=(a + b) & 0xFF)

Found values are small: a failure is shrunk to the simplest call, level or text that shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

    from sxb.judge.target import Target

isolated = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
"""For tests that use the board by `Target.call` alone: it does not change, so that all tries may share it."""

Stimulus = tuple[float, str, int]
"""Milliseconds from now, pin, level."""


def byte() -> SearchStrategy[int]:
    """8 bits."""
    return st.integers(0, 0xFF)


def word() -> SearchStrategy[int]:
    """16 bits."""
    return st.integers(0, 0xFFFF)


def registers(*, m: int = 8, x_width: int = 16) -> SearchStrategy[dict[str, int]]:
    """A, X and Y of these widths, as `Target.call` takes them: ``board.call("f", **registers)``."""
    index = byte() if x_width == 8 else word()
    return st.fixed_dictionaries({"a": byte() if m == 8 else word(), "x": index, "y": index})


def memory(size: int, most: int | None = None) -> SearchStrategy[bytes]:
    """So many bytes; with `most` from `size` to `most`."""
    return st.binary(min_size=size, max_size=size if most is None else most)


def stimuli(pins: Sequence[str], *, ms: float = 100.0, most: int = 8) -> SearchStrategy[list[Stimulus]]:
    """Up to `most` levels on `pins` within `ms`, in order of time, whole tenths of a millisecond."""
    times = st.integers(0, int(ms * 10)).map(lambda tenths: tenths / 10)
    one = st.tuples(times, st.sampled_from(pins), st.integers(0, 1))
    return st.lists(one, max_size=most).map(sorted)


def typed(most: int = 20) -> SearchStrategy[bytes]:
    """What somebody types: printable characters and Return."""
    keys = st.one_of(st.integers(0x20, 0x7E), st.just(0x0D))
    return st.lists(keys, max_size=most).map(bytes)


def drive(target: Target, levels: Sequence[Stimulus]) -> None:
    """Put the levels of `stimuli` on a board's pins, each at its time from now on."""
    now = target.seconds
    for ms, pin, level in levels:
        target.drive(pin, level, at_seconds=now + ms / 1000)
