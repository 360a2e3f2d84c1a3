# SPDX-License-Identifier: MIT
"""The footer under the mouse."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset

from sxb.tui.picture import State
from sxb.tui.widgets.keybar import KeyBar, KeyRow


def place_of(user, label):
    """Row and place on the screen of the key with this label as the footer has it now, or None."""
    for row in user.app.screen.query(KeyRow):
        for key in row.keys:
            if key.label == label and row.region:
                return row, row.region.offset + Offset(key.begin, 0)
    return None


def test_a_click_on_a_row_that_is_composed_anew_breaks_nothing(journey, project):
    """It is still on the screen, and no longer in the tree."""

    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT and place_of(user, "Files"))
        row, (x, y) = place_of(user, "Files")
        parent, row._parent = row._parent, None  # textual takes it out first, and draws later
        for kind in (events.MouseDown, events.MouseUp):
            await user.app.on_event(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        row._parent = parent
        await user.press("Board")
        await user.until(lambda: user.app.current_mode == "board")

    journey(walk, port="emu:", folder=project)


def test_a_click_does_what_the_key_does(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT and place_of(user, "Board"))
        _, place = place_of(user, "Board")
        await user.pilot.click(offset=place)
        await user.until(lambda: user.app.current_mode == "board")

    journey(walk, port="emu:", folder=project)


def test_the_key_under_the_pointer_is_explained(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT and place_of(user, "Step"))
        row, place = place_of(user, "Step")
        await user.pilot.hover(offset=place)
        await user.until(lambda: row.tooltip == "One instruction")
        await user.pilot.hover(offset=(0, 0))
        await user.until(lambda: row.tooltip is None)

    journey(walk, port="emu:", folder=project)


def test_between_two_keys_and_behind_the_last_there_is_none(journey, project):
    async def walk(user):
        await user.until(lambda: place_of(user, "Quit"))
        row, _ = place_of(user, "Quit")
        columns = {key: {n for n in range(200) if row.key_at(n) is key} for key in row.keys}
        assert all(columns.values())
        assert {row.key_at(key.end) for key in row.keys} == {None}

    journey(walk, port="emu:", folder=project)


def test_below_a_question_the_keys_stay(journey, project):
    """There other keys apply; those of the screen come back with it, and are not drawn anew then."""

    async def walk(user):
        await user.press("Board")
        await user.until(lambda: {"Poke", "Stop", "Quit"} <= user.footer().keys())
        board = user.app.screen
        keys = [row.keys for row in board.query(KeyRow)]
        await user.press("Go")
        await user.until(lambda: user.app.screen is not board)
        board.query_one(KeyBar)._changed(None)
        board.query_one(KeyBar).show(running=False)
        await user.pilot.pause()
        assert [row.keys for row in board.query(KeyRow)] == keys
        await user.keys("escape")
        await user.until(lambda: user.app.screen is board)
        await user.press("Stop")
        await user.until(lambda: "Run" in user.footer())

    journey(walk, port="emu:", folder=project)
