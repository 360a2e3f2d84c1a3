# SPDX-License-Identifier: MIT
"""The table of actions against the screens, and the footer against the narrowest terminal."""

from __future__ import annotations

import pytest

from sxb import config
from sxb.config import key_map
from sxb.errors import SxbError
from sxb.tui.app import MonitorApp
from sxb.tui.keys import ACTIONS, EVERYWHERE, IDENTITIES, PALETTE, identity
from sxb.tui.picture import State
from sxb.tui.screens.board import BoardScreen
from sxb.tui.screens.console import ConsoleScreen
from sxb.tui.screens.files import FilesScreen
from sxb.tui.screens.pins import PinsScreen
from sxb.tui.widgets.keybar import key_text

OWNERS = {
    EVERYWHERE: MonitorApp,
    "board": BoardScreen,
    "console": ConsoleScreen,
    "files": FilesScreen,
    "pins": PinsScreen,
}
NARROWEST = 80


def test_every_action_has_its_method():
    for action in (*ACTIONS, *PALETTE):
        method = f"action_{action.name.partition('(')[0]}"
        assert callable(getattr(OWNERS[action.scope], method)), action


def test_no_key_has_two_meanings_on_a_screen():
    everywhere = [action.key for action in ACTIONS if action.scope == EVERYWHERE]
    for scope in OWNERS:
        keys = [action.key for action in ACTIONS if action.scope == scope]
        keys += everywhere if scope != EVERYWHERE else []
        assert len(keys) == len(set(keys)), scope


def test_names_for_the_key_map_are_unique():
    names = [identity(action) for action in ACTIONS]
    assert len(names) == len(set(names))


def test_both_rows_of_the_footer_fit():
    def width(actions):
        gap = 1  # behind each but the last
        return sum(len(key_text(one.key)) + 2 + max(map(len, one.label.split("/"))) for one in actions) - gap

    palette = [action for action in ACTIONS if action.name == "command_palette"]
    second = [action for action in ACTIONS if action.scope == EVERYWHERE and action not in palette]
    assert width(second) <= NARROWEST
    for scope in OWNERS.keys() - {EVERYWHERE}:
        assert width([*(one for one in ACTIONS if one.scope == scope), *palette]) <= NARROWEST


def test_the_configuration_file_moves_keys(journey, project):
    keys = key_map('port = "emu:"\n[keys]\nstep = "f11"\n"board.poke" = "m"\n', "config.toml", IDENTITIES)

    async def walk(user):
        await user.until(lambda: user.footer().get("Step") == "f11")
        await user.press("Board")
        await user.until(lambda: user.footer().get("Poke") == "m")
        await user.keys("f11")
        await user.until(lambda: user.picture.state is State.STOPPED)

    journey(walk, port="emu:", folder=project, keys=keys)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[keys]\nstpe = "f11"', "keys.stpe"),
        ("[keys]\nstep = 5", "keys.step"),
        ("keys = 1", "must be a table"),
    ],
)
def test_a_key_map_that_is_none_says_where(text, said):
    with pytest.raises(SxbError, match=said):
        key_map(text, "config.toml", IDENTITIES)


def test_the_other_settings_do_not_mind_the_key_map():
    assert config.settings('port = "emu:"\n[keys]\nstep = "f11"\n', "config.toml") == {"port": "emu:"}


def test_every_action_that_is_more_than_a_look_names_a_twin_that_exists():
    """A method of Board or Monitor, or a command: what the palette promises is there."""
    from emu.board import Board
    from emu.cli import command as emu816
    from emu.debugging import COMMAND_WORDS
    from sxb.cli import COMMANDS as SXB
    from sxb.client import Monitor

    classes = {"Board": Board, "Monitor": Monitor}
    only_the_screen = {
        "help",
        "mode",
        "leave",
        "filter",
        "folder",
        "search",
        "clear",
        "command_palette",
        "source",
    }
    for action in (*ACTIONS, *PALETTE):
        assert bool(action.headless) != (action.name.partition("(")[0] in only_the_screen), action
        for twin in filter(None, action.headless.split(", ")):
            match twin.replace(".", " ").split():
                case ["sxb", name]:
                    assert name in SXB, twin
                case ["emu816", "debug", word]:
                    assert word in COMMAND_WORDS, twin
                case ["emu816", name]:
                    assert name in emu816.commands, twin
                case [owner, method]:
                    assert callable(getattr(classes[owner], method)), twin
                case _:
                    pytest.fail(twin)


def test_the_application_is_wiring_only():
    import inspect

    assert len(inspect.getsource(MonitorApp).splitlines()) < 250
