# SPDX-License-Identifier: MIT
"""Boots that were done already: a fresh board takes over the state that an equal one had at its prompt.

A boot depends on nothing but the board, its crystal, ROM and flash, and the chip's settings, so its
outcome is kept in memory by these.  It is taken down to the bit on the line, and what the ROM sent is on record
as if the board had been booted for real.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from asm816.target.monitor import PROMPT
from emu.chip.frames import FrameReceiver

if TYPE_CHECKING:
    from collections.abc import Hashable

    from emu.chip.frames import BitTime
    from emu.chip.w65c265s import W65C265S
    from emu.moment import Moment

MOST = 16
"""Boots that are kept: some 20 KB each, and the content of a flash that is not blank."""

_kept: OrderedDict[Hashable, Moment] = OrderedDict()


def kept(key: Hashable) -> Moment | None:
    """The state of a board with this key at its prompt, if one was booted in this process."""
    if key in _kept:
        _kept.move_to_end(key)
    return _kept.get(key)


def keep(key: Hashable, state: Moment) -> None:
    """Keep it; the one that was not used for longest goes."""
    _kept[key] = state
    while len(_kept) > MOST:
        _kept.popitem(last=False)


class PromptWatch:
    """Reads what a UART sends, at the UART's own speed, and ends the core's run at the prompt.

    The ROM takes some crystals for others and then speaks at a strange speed: a cable cannot know.
    """

    def __init__(self, chip: W65C265S, uart: int) -> None:
        self.seen = False
        self._chip = chip
        self._uart = uart
        self._tail = b""
        self._txd = chip.pins[f"P6{2 * uart + 1}"]
        self._receiver = FrameReceiver(chip.schedule, "prompt", self._level, self._bit_time, self._arrived)

    def start(self) -> None:
        """Listen from now on."""
        self.seen = False
        self._tail = b""
        self._txd.listen(self._edge)

    def stop(self) -> None:
        """Listen no longer."""
        self._txd.ignore(self._edge)
        self._receiver.abort()

    def _level(self) -> int:
        return self._txd.level

    def _bit_time(self) -> BitTime | None:
        return self._chip.uarts.bit_time(self._uart)

    def _edge(self, level: int, clock: int) -> None:
        del clock
        if not level:
            self._receiver.falling_edge(self._txd.ticks[-1])

    def _arrived(self, value: int, good: bool, tick: int) -> None:
        del good, tick
        self._tail = (self._tail + bytes((value,)))[-len(PROMPT) :]
        if self._tail == PROMPT:
            self.seen = True
            self._chip.core.until = self._chip.core.clock
            self._chip.core.event = 0
