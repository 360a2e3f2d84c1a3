# SPDX-License-Identifier: MIT
"""Running a board to an end, with whoever looks on: instruments, a script, the wall clock.

The board runs in slices; between two of them everybody gets a look.  How long slices are changes
nothing of what the board does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from emu.board import Stop
from emu.cpu.trace import Tap

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from emu.board import Board
    from emu.script import Player

SLICE_SECONDS = 0.02
"""Emulated seconds between two looks, at the most: pictures move smoothly, Ctrl-C is heard at once."""


class Ending(Enum):
    """Why a run ended; the values are those of ``emu816 run --json``."""

    TIME = "time"
    CYCLES = "cycles"
    STP = "stp"
    BREAKPOINT = "breakpoint"
    ERROR = "error"
    SCRIPT = "script"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a run ends: emulated seconds, PHI2 cycles, an address; all None: never by itself."""

    seconds: float | None = None
    cycles: int | None = None
    address: int | None = None

    @property
    def endless(self) -> bool:
        """There is none."""
        return self == Limits()


_STOPS = {Stop.STP: Ending.STP, Stop.UNTIL: Ending.BREAKPOINT}


def run_to_end(
    board: Board,
    limits: Limits,
    *,
    player: Player | None = None,
    takers: Sequence[Callable[[array[int]], None]] = (),
    look: Callable[[], None] = lambda: None,
    interrupted: Callable[[], bool] = lambda: False,
) -> Ending:
    """Run the board until a limit, STP, the end of the script if nothing else ends it, or `interrupted`.

    `takers` get every bus cycle, as ring words (`emu.cpu.trace`), in portions; `look` is called
    between slices.
    """
    tap = Tap(board.chip.core) if takers else None
    course = _Course(board, limits)
    try:
        while True:
            if player is not None:
                player.advance()
                if player.failure:
                    return Ending.ERROR
                if player.done and limits.endless:
                    return Ending.SCRIPT
            if interrupted():
                return Ending.INTERRUPTED
            ending = course.slice(None if player is None else player.due, recorded=tap is not None)
            if tap is not None:
                words = tap.take()
                for taker in takers:
                    taker(words)
            look()
            if ending is not None:
                return ending
    finally:
        if tap is not None:
            tap.close()


class _Course:
    """A board on its way to its limits."""

    def __init__(self, board: Board, limits: Limits) -> None:
        self._board = board
        self._rate = board.chip.clocks.tick_hz
        self._address = limits.address
        self._end_tick = (
            None if limits.seconds is None else self._tick() + board.chip.clocks.ticks_in(limits.seconds)
        )
        self._end_cycle = None if limits.cycles is None else board.cycle + limits.cycles

    def slice(self, due: int | None, *, recorded: bool) -> Ending | None:
        """Run on a little, to the tick `due` at the most; says why the run ended, None if it has not."""
        board = self._board
        ticks = round(SLICE_SECONDS * self._rate)
        for tick in (due, self._end_tick):
            if tick is not None:
                ticks = min(ticks, max(0, tick - self._tick()))
        cycles = None if self._end_cycle is None else max(0, self._end_cycle - board.cycle)
        if recorded:
            cycles = Tap.PORTION if cycles is None else min(cycles, Tap.PORTION)
        stop = board.run(seconds=Fraction(ticks, self._rate), cycles=cycles, until=self._address)  # type: ignore[arg-type]  # Board takes fractions, too
        return _STOPS.get(stop) or self._at_limit()

    def _at_limit(self) -> Ending | None:
        board = self._board
        if self._end_cycle is not None and board.cycle >= self._end_cycle:
            return Ending.CYCLES
        if self._end_tick is not None and self._tick() >= self._end_tick:
            return Ending.TIME
        # A slice may have ended at the address: the next one would not stop there.
        core = board.chip.core
        if self._address is not None and core.pbr << 16 | core.pc == self._address:
            return Ending.BREAKPOINT
        return None

    def _tick(self) -> int:
        return self._board.chip.schedule.now()
