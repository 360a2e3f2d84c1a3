# SPDX-License-Identifier: MIT
"""What the uploader tells the user beside progress: one row per notice, code and sentence."""

from __future__ import annotations

from dataclasses import dataclass

from asm816.target.monitor import BAUD


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was met and dealt with, or that the user is asked to do."""

    code: str
    sentence: str


HALF_LOAD = Notice("half-load", "a half-finished load was waiting on the board; it was ended")
STILL_NO_PROMPT = Notice("no-prompt", "no prompt yet; ending what may be a half-finished load")
RESET = Notice("reset", "the board was reset in the middle; starting over")
NO_TURBO = Notice("no-turbo", "turbo does not get through; loading by records")
NO_PLACE = Notice(
    "no-place", "the program has no room for turbo's loader in external RAM; loading by records"
)
WAITING = "waiting"
"""The code of the notice that asks for RESET."""

BANNER = Notice("banner", "the board was reset; going on")


def asking_again(what: str, heard: bytes) -> Notice:
    """An answer made no sense, or none came."""
    met = f"the answer to '{what}' makes no sense" if heard else f"no answer to '{what}'"
    return Notice("again", f"{met}; asking again")


def other_speed(baud: int) -> Notice:
    """The prompt was found at another rate than the monitor's own."""
    return Notice(
        "speed", f"the monitor is at {baud} baud: a program has changed T4; bringing it back to {BAUD}"
    )


def recovering(place: str) -> Notice:
    """A record was not answered."""
    return Notice("recovering", f"no answer at {place}; getting the loader back")


def waiting(sentence: str) -> Notice:
    """The board does not come to its prompt by itself; `sentence` says how it shows."""
    return Notice(WAITING, f"{sentence}: press RESET; waiting...")


def still_waiting(seconds: float) -> Notice:
    """Nothing yet, after so many seconds."""
    return Notice("still-waiting", f"still waiting for the board's RESET ({seconds:.0f} s; Ctrl-C ends)")
