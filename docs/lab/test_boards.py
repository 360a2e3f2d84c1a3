# SPDX-License-Identifier: MIT
"""Tests for every board of a lab: `pytest --lg-env environment.yaml --board labgrid:bench1 ...`."""

from __future__ import annotations

import pytest


@pytest.mark.program("../../examples/hello/hello.asm")
def test_it_says_hello(board):
    board.must_print("Hello, world!")


@pytest.mark.program("../../examples/echo/echo.asm")
def test_what_is_typed_comes_back_in_the_other_case(board):
    board.send(b"mensch")
    board.must_print("MENSCH")


def test_the_monitor_is_the_one_we_know(monitor):
    assert monitor.version().number == "2.07"
