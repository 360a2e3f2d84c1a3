# SPDX-License-Identifier: MIT
"""The clock, with the answers that WDC's published monitor ROM gives when executed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sxb import clock, errors
from sxb.clock import Clock

READY = b"\rREADY\r>"
KEEP = (b"\r", b"\r" + READY)
JULY = (b"N", b"N  \r07-01-93\rENTER NEW DATE  \r")
NOON = (b"T", b"T  \r12:00:06\rENTER NEW TIME  \r")
NOW = Clock(year=93, month=7, day=1, hour=12, minute=0, second=6)


def test_read(play):
    assert play(clock.read_clock(), [JULY, KEEP, NOON, KEEP, JULY, KEEP]) == NOW


def test_read_again_when_midnight_passed(play):
    june = (b"N", b"N  \r06-30-93\rENTER NEW DATE  \r")
    night = (b"T", b"T  \r23:59:59\rENTER NEW TIME  \r")
    script = [june, KEEP, night, KEEP, JULY, KEEP, JULY, KEEP, NOON, KEEP, JULY, KEEP]
    assert play(clock.read_clock(), script) == NOW


def test_set_and_read_back(play):
    script = [
        JULY,
        (b"12-31-99", b"12-31-99"),
        KEEP,
        NOON,
        (b"11:22:33", b"11:22:33"),
        KEEP,
        (b"N", b"N  \r12-31-99\rENTER NEW DATE  \r"),
        KEEP,
        (b"T", b"T  \r11:22:34\rENTER NEW TIME  \r"),
        KEEP,
        (b"N", b"N  \r12-31-99\rENTER NEW DATE  \r"),
        KEEP,
    ]
    assert play(clock.set_clock(Clock(99, 12, 31, 11, 22, 33)), script) == Clock(99, 12, 31, 11, 22, 34)


def test_a_digit_changed_on_the_line_is_not_confirmed(play):
    esc = (b"\x1b", b"\x1b\r" + READY)
    set_date = [JULY, (b"07-01-93", b"07-01-93"), KEEP]
    set_time = [NOON, (b"12:00:05", b"12:00:05"), KEEP]
    read = [JULY, KEEP, NOON, KEEP, JULY, KEEP]
    script = [JULY, (b"07-01-93", b"07-01-92"), esc, *set_date, *set_time, *read]
    assert play(clock.set_clock(replace(NOW, second=5)), script) == NOW


@pytest.mark.parametrize("wrong", [{"month": 13}, {"day": 0}, {"hour": 24}, {"year": 1993}, {"second": 60}])
def test_what_the_monitor_would_not_take_is_refused(wrong):
    with pytest.raises(errors.UsageError) as caught:
        clock.check_clock(replace(NOW, **wrong))
    assert caught.value.exit_code == 2
