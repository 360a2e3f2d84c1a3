# SPDX-License-Identifier: MIT
"""What all screens of the session have."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sxb.tui.screens.base import SessionScreen
from sxb.tui.screens.console import ConsoleScreen


@pytest.mark.parametrize("stands", [True, False])
def test_an_answer_counts_only_where_its_screen_still_stands(monkeypatch, stands):
    asked, answers = [], []
    app = SimpleNamespace(push_screen=lambda _, then: asked.append(then))
    monkeypatch.setattr(SessionScreen, "app", app)
    monkeypatch.setattr(SessionScreen, "stands", stands)
    ConsoleScreen().question("Find:", "READY", answers.append)
    asked[0]("late")
    assert answers == ["late"] * stands
