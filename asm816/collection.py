# SPDX-License-Identifier: MIT
"""Assembling without the search for garbage: it makes many objects and drops few."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


_MANY = 50_000
_MOST_SPARED = 5_000_000

_spared = 0  # objects that were made old without a search, since the last one


@contextmanager
def no_collection() -> Iterator[None]:
    """Search for no cycles meanwhile: that takes a third of the time of a large program.

    Afterwards the process collects as before.  Where there are many new objects they count as old from
    then on, as a search for garbage among them would leave them, but without that search: it takes a tenth
    of the time, and hardly any are garbage.  What is garbage is found when all is searched: that happens
    here after some millions of objects, if it does not before.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            _grow_old()
            gc.enable()


def _grow_old() -> None:
    """Make all young objects old, if they are many; frozen ones of the caller's must stay so."""
    global _spared  # noqa: PLW0603 - there is one collector in a process
    young = gc.get_count()[0]
    if young < _MANY or gc.get_freeze_count():
        return
    _spared += young
    if _spared > _MOST_SPARED:
        _spared = 0
        gc.collect()
    else:
        gc.freeze()
        gc.unfreeze()
