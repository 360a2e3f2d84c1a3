# SPDX-License-Identifier: MIT
"""The configuration file: defaults for the options of the line, and profiles of them.

    port = "/dev/serial/by-id/usb-FTDI_..."
    timeout = "2s"
    profile = "bench"            # the profile to take if none is asked for

    [profiles.bench]
    port = "rfc2217://bench:4000"
    board = "sxb"

    [keys]                       # of sxb monitor, by the names in docs/monitor-session.md
    step = "f11"

It lies where the system keeps such files, as `mensch816/config.toml`, or where MENSCH816_CONFIG says.
What the command line or the environment says goes first.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from asm816.target.boards import BOARDS
from asm816.times import parse_time
from sxb import choices, errors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

FILE_VARIABLE = "MENSCH816_CONFIG"

PROFILES = "profiles"
PROFILE = "profile"
KEY_MAP = "keys"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError('must be a text in quotes, like "/dev/ttyUSB0"')
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")  # noqa: TRY004 - one kind of error for all readers
    return value


def _time(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError('must be a time, like 2 or "250ms"')  # noqa: TRY004 - as above
    seconds = parse_time(value) if isinstance(value, str) else float(value)
    if not 0 < seconds < float("inf"):
        raise ValueError("must be more than 0")
    return seconds


def _one_of(*choices: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError(f"must be one of: {', '.join(choices)}")
        return str(value)

    return read


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the file: it sets the option of the same name, whose value goes to `parameter`."""

    read: Callable[[object], object]
    meaning: str
    parameter: str = ""


KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "port": Key(_text, "serial port, URL, usb:VID:PID, usb:SERIAL or emu:"),
        "board": Key(_one_of(*BOARDS), "which board it is"),
        "timeout": Key(_time, "how long to wait for an answer"),
        "wait": Key(_truth, "wait for RESET if the board is silent"),
        "flow": Key(_one_of(*choices.FLOWS), "flow control of the port"),
        "dtr": Key(_one_of(*choices.LEVELS), "set the DTR line"),
        "rts": Key(_one_of(*choices.LEVELS), "set the RTS line"),
        "rom": Key(_text, "the ROM of a virtual board: quirks, fixed or a file"),
        "led": Key(_one_of(*choices.POLARITIES), "the level that lights a LED of a virtual board"),
        "symbols": Key(_text, "the file of symbols for addresses", "symbol_file"),
    }
)


def config_path() -> Path:
    """Where the file is, whether it exists or not."""
    import click

    named = os.environ.get(FILE_VARIABLE)
    return Path(named) if named else Path(click.get_app_dir("mensch816")) / "config.toml"


def read_config(path: Path, profile: str | None = None) -> dict[str, object]:
    """The settings of the file at `path`, with those of a profile over them; none if there is no file.

    Raises SxbError naming file and key, FileAccessError if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if profile is not None:
            raise errors.no_profile(str(path), profile, ()) from None
        return {}
    except OSError as error:
        raise errors.config_unreadable(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise errors.config_broken(str(path), "it is not UTF-8") from error
    return settings(text, str(path), profile)


def settings(text: str, name: str, profile: str | None = None) -> dict[str, object]:
    """The settings in the text of a file called `name`, by parameter; all profiles are checked, one is taken."""
    document = _document(text, name)
    document.pop(KEY_MAP, None)  # read by `key_map`
    profiles = document.pop(PROFILES, {})
    if not isinstance(profiles, dict):
        raise errors.config_key(name, PROFILES, "must be tables, like [profiles.bench]")
    chosen = document.pop(PROFILE, None)
    if chosen is not None and not isinstance(chosen, str):
        raise errors.config_key(name, PROFILE, "must be the name of a profile, in quotes")
    values = _checked(document, name, "")
    known = {key: _checked(table, name, f"{PROFILES}.{key}.") for key, table in profiles.items()}
    wanted = profile if profile is not None else chosen
    if wanted is None:
        return values
    if wanted not in known:
        raise errors.no_profile(name, wanted, tuple(known))
    return values | known[wanted]


def read_key_map(path: Path, actions: Collection[str]) -> dict[str, str]:
    """The keys of the session in the file at `path`, by action; none if there is no file.

    Raises SxbError naming file and action, if the action is none of `actions` or its key is no text.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise errors.config_unreadable(str(path), str(error)) from error
    return key_map(text, str(path), actions)


def key_map(text: str, name: str, actions: Collection[str]) -> dict[str, str]:
    """The same in the text of a file called `name`."""
    keys = _document(text, name).get(KEY_MAP, {})
    if not isinstance(keys, dict):
        raise errors.config_key(name, KEY_MAP, 'must be a table, like step = "f11"')
    for action, key in keys.items():
        if action not in actions:
            raise errors.config_key(
                name, f"{KEY_MAP}.{action}", f"is no action; there are {', '.join(actions)}"
            )
        if not isinstance(key, str) or not key:
            raise errors.config_key(name, f"{KEY_MAP}.{action}", 'must be a key in quotes, like "f11"')
    return keys


def _document(text: str, name: str) -> dict[str, Any]:
    import tomllib  # most people have no such file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise errors.config_broken(name, str(error)) from error


def _checked(table: object, name: str, prefix: str) -> dict[str, object]:
    if not isinstance(table, dict):
        raise errors.config_key(name, prefix.rstrip("."), "must be a table, like [profiles.bench]")
    values: dict[str, object] = {}
    for key, value in table.items():
        known = KEYS.get(key)
        if known is None:
            raise errors.config_key(name, f"{prefix}{key}", f"is no setting; there are {', '.join(KEYS)}")
        try:
            values[known.parameter or key] = known.read(value)
        except ValueError as error:
            raise errors.config_key(name, f"{prefix}{key}", str(error)) from None
    return values
