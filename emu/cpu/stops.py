# SPDX-License-Identifier: MIT
"""Breakpoints and watchpoints: kinds of stops at 24-bit addresses.

A stop costs nothing but in its own 256-byte page, where accesses take the slow way.  When one is
hit `Core.run` returns STOP_HIT, and `Core.hit` and `Core.hit_kind` say which: before the
instruction that begins at a breakpoint, behind the instruction that touched a watched byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from emu.cpu.bus import ON_EXECUTE, ON_READ, ON_WRITE, STOPS
from emu.errors import EmuError

if TYPE_CHECKING:
    from emu.cpu.core import Core

ALL_KINDS = ON_EXECUTE | ON_READ | ON_WRITE


def stop_at(core: Core, address: int, kinds: int = ON_EXECUTE) -> None:
    """Add stops of these kinds (ON_EXECUTE, ON_READ, ON_WRITE, or several) at an address.

    Raises EmuError (E2043) for an address beyond 24 bits or an unknown kind.
    """
    _check(address, kinds)
    core.stops[address] = core.stops.get(address, 0) | kinds
    _mark_page(core, address >> 8)


def forget_stop(core: Core, address: int, kinds: int = ALL_KINDS) -> None:
    """Take stops of these kinds away; where there is none, nothing happens.

    Raises EmuError (E2043) as `stop_at`.
    """
    _check(address, kinds)
    left = core.stops.pop(address, 0) & ~kinds
    if left:
        core.stops[address] = left
    _mark_page(core, address >> 8)


def _check(address: int, kinds: int) -> None:
    if not 0 <= address <= 0xFFFFFF:
        raise EmuError("E2043", f"{address:X} is no 24-bit address", "addresses are 000000 to FFFFFF")
    if not kinds or kinds & ~ALL_KINDS:
        raise EmuError("E2043", f"there is no kind of stop {kinds}", "use ON_EXECUTE, ON_READ, ON_WRITE")


def _mark_page(core: Core, page: int) -> None:
    core.slow_read[page] &= ~STOPS
    core.slow_write[page] &= ~STOPS
    for address, kinds in core.stops.items():
        if address >> 8 == page:
            core.mark_stop(page, kinds)
    core.settle_near_pages(page, page)
