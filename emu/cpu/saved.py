# SPDX-License-Identifier: MIT
"""A core with its memory as bytes, and back: the kind "core" of `emu.snapshot`.

The state is `Core.state`, the pages those of the 24-bit space that are not all zeros.  Stops, devices
and recordings are not part of it.  Any backend takes what another one gave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emu.cpu.core import STATE
from emu.errors import EmuError
from emu.snapshot import pack, pages_of, restore_pages, unpack

if TYPE_CHECKING:
    from emu.cpu.core import Core

KIND = "core"


def snapshot(core: Core) -> bytes:
    """The core between two instructions."""
    return pack(KIND, core.state(), pages_of(core.memory))


def restore(core: Core, data: bytes) -> None:
    """Go back to a snapshot.

    Raises EmuError (E2040 to E2042, as `emu.snapshot.unpack`) if it is damaged or of another kind or
    version; then nothing has changed.
    """
    state, pages = unpack(KIND, data)
    if state.keys() != set(STATE) or not all(type(value) is int for value in state.values()):
        raise EmuError("E2040", "the snapshot is damaged: it is not the state of a core", "make a new one")
    restore_pages(core.memory, pages)
    core.set_state(state)
