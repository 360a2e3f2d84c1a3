# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from asm816.times import parse_time


@pytest.mark.parametrize(
    ("text", "value"), [("2s", 2.0), ("250ms", 0.25), ("1.5", 1.5), (".5s", 0.5), ("2 s", 2.0), ("1m", 60.0)]
)
def test_times(text, value):
    assert parse_time(text) == value


@pytest.mark.parametrize("text", ["", "s", "-1s", "2h", "1e3", "inf", "nan"])
def test_no_times(text):
    with pytest.raises(ValueError, match="time"):
        parse_time(text)
