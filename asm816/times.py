# SPDX-License-Identifier: MIT
"""Times as people type them on our command lines and in our files."""

from __future__ import annotations

import re

_TIME = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(s|ms|us|m|min)?", re.IGNORECASE | re.ASCII)
_UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "m": 60.0, "min": 60.0}


def parse_time(text: str) -> float:
    """Seconds: ``2s``, ``250ms``, ``1.5`` (seconds).  Raises ValueError with a sentence for the user."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a time (like 2s or 250ms)")
    return float(match[1]) * _UNITS[(match[2] or "s").lower()]
