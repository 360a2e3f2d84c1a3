# SPDX-License-Identifier: MIT
"""The uploader: programs onto a board with the Mensch monitor, over a serial line or a virtual one.

    from sxb import connect
    with connect("emu:") as m:
        m.load(image)
        m.go(0x00B6)

Names load on first use, so that importing a part (`sxb.records`) loads no serial library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sxb.client import Monitor as Monitor
    from sxb.client import connect as connect
    from sxb.errors import SxbError as SxbError

_HOMES = {
    "connect": "sxb.client",
    "Monitor": "sxb.client",
    "SxbError": "sxb.errors",
}

__all__ = ["Monitor", "SxbError", "connect"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
