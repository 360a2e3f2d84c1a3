# SPDX-License-Identifier: MIT
"""The list of actions, pressed at before it stands."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App
from textual.command import CommandList

from sxb.tui.screens.palette import Palette

WALKS = ["command_list('page_down')", "command_list('cursor_up')", "cursor_down"]


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_through_a_list_that_is_not_composed_yet_does_nothing(walk):
    async def press():
        app = App()
        async with app.run_test() as pilot:
            palette = Palette()
            stands = app.push_screen(palette)
            assert not palette.query("*")
            await app.run_action(walk, palette)
            await stands
            await pilot.pause()

    asyncio.run(press())


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_through_a_list_that_stands_is_taken(walk):
    async def press():
        app = App()
        async with app.run_test() as pilot:
            palette = Palette()
            await app.push_screen(palette)
            await pilot.pause()
            assert await app.run_action(walk, palette)

    asyncio.run(press())


def test_what_is_gathered_when_the_list_is_gone_ends_nothing():
    async def walk():
        app = App()
        async with app.run_test() as pilot:
            palette = Palette()
            app.push_screen(palette)
            await pilot.pause()
            await palette.query_one(CommandList).remove()
            palette._gather_commands("late")
            await app.workers.wait_for_complete()
            assert app.is_running
        assert app._exception is None

    asyncio.run(walk())


def test_a_page_of_rows_that_are_not_laid_out_yet_is_none(monkeypatch):
    def fails(_):
        raise KeyError(0)  # as textual 8.2 does, found by random keys

    async def press():
        app = App()
        async with app.run_test() as pilot:
            palette = Palette()
            await app.push_screen(palette)
            await pilot.pause()
            monkeypatch.setattr(CommandList, "action_page_up", fails)
            await app.run_action("command_list('page_up')", palette)
            assert app.is_running

    asyncio.run(press())
