# SPDX-License-Identifier: MIT
"""Tests on a board: they run only where MENSCH816_PORT names its port."""

from __future__ import annotations

import os

import pytest

from sxb import connect


@pytest.fixture(scope="session")
def port():
    """The port of the board."""
    named = os.environ.get("MENSCH816_PORT")
    if not named:
        pytest.skip("MENSCH816_PORT is not set: it names the port of a board, see tests/hardware/README.md")
    return named


@pytest.fixture(scope="session")
def monitor(port):
    """The monitor of the board, connected for all tests."""
    seconds = float(os.environ.get("MENSCH816_TIMEOUT", "1"))
    with connect(port, timeout=seconds) as connected:
        yield connected
