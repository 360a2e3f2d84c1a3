# SPDX-License-Identifier: MIT
"""The footer under the mouse."""

from __future__ import annotations

from textual import events

from sxb.tui.picture import State
from sxb.tui.widgets.keybar import Key


def key_of(user, label):
    """The key with this label as the footer has it now, or None."""
    return next((key for key in user.app.screen.query(Key) if key.label == label), None)


def test_a_click_on_a_row_that_is_composed_anew_breaks_nothing(journey, project):
    """It is still on the screen, and no longer in the tree."""

    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT and key_of(user, "Files"))
        key = key_of(user, "Files")
        x, y = key.region.offset
        row, key._parent = key._parent, None  # textual takes it out first, and draws later
        for kind in (events.MouseDown, events.MouseUp):
            await user.app.on_event(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        key._parent = row
        await user.press("Board")
        await user.until(lambda: user.app.current_mode == "board")

    journey(walk, port="emu:", folder=project)


def test_a_click_does_what_the_key_does(journey, project):
    async def walk(user):
        await user.until(lambda: user.picture.state is State.PROMPT and key_of(user, "Board"))
        # A click on a row that is just composed anew is lost: a person clicks again.
        for _ in range(10):
            key = key_of(user, "Board")
            if key is not None and user.app.current_mode != "board":
                await user.pilot.click(offset=key.region.offset)
        await user.until(lambda: user.app.current_mode == "board")

    journey(walk, port="emu:", folder=project)
