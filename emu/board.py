# SPDX-License-Identifier: MIT
"""`Board`: a whole virtual board, the object that people hold.

    from emu import Board
    board = Board("qbx")
    board.load(image)
    board.jml(0x00B6)
    board.run(seconds=2)
    board.leds, board.pin("P72").edges

Time is emulated: it passes only inside `run`, and the same calls give the same cycles every time.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from asm816.target.boards import BOARDS, ON_CHIP_RAM
from asm816.target.monitor import PROMPT
from emu.chip.w65c265s import W65C265S
from emu.errors import EmuError
from emu.flashfile import socket_content
from emu.rom import ROM_BYTES
from emu.romfile import load_rom
from emu.serial_line import SerialLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asm816.image import Image
    from emu.wires import Wire

CONSOLE = 3
"""The UART of the monitor."""

_POLL_CYCLES = 2048
"""How often `run` asks its `until`: half a character at 9600 baud and 3.6864 MHz."""

_BOOT_LIMIT = 5.0
"""Seconds after which a ROM that shows no prompt is taken to have none."""


_SLOWEST_HZ, _FASTEST_HZ = 100_000, 25_000_000
"""Crystals that are taken: below, the ROM would take minutes to boot; boards ran with 18.432 MHz."""


class Stop(Enum):
    """Why a run ended."""

    TIME = "time"
    CYCLES = "cycles"
    STP = "stp"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Registers:
    """The core's registers.  ``a`` is 16 bits (B in the high byte), ``e`` is 0 or 1."""

    pc: int
    s: int
    p: int
    a: int
    x: int
    y: int
    dbr: int
    d: int
    pbr: int
    e: int


class Board:
    """A board with power on and RESET let go.

    `name` is one of `asm816.target.boards.BOARDS`; `rom` is ``"quirks"`` (our monitor), a path to
    a ROM image (HEX, S28 or 8192 bytes) or the bytes themselves.  `flash` is what the socket of
    the board holds (`emu.flashfile.socket_content`).  `crystal_hz` is the crystal of FCLK in Hz, where it
    is not the board's own: whole, a fraction or a float.  `leds_active_high` overrides the board's
    LED polarity.  Raises EmuError for an unknown board, a bad ROM or flash, or a crystal that the chip
    would not run with.
    """

    def __init__(
        self,
        name: str = "qbx",
        *,
        rom: str | Path | bytes = "quirks",
        flash: str | Path | bytes | None = None,
        crystal_hz: float | Fraction | None = None,
        leds_active_high: bool | None = None,
    ) -> None:
        facts = BOARDS.get(name)
        if facts is None:
            known = ", ".join(BOARDS)
            raise EmuError("E2001", f"there is no board '{name}'", f"the boards are: {known}")
        self.facts = facts
        image = rom if isinstance(rom, bytes) else load_rom(rom)
        if len(image) != ROM_BYTES:
            raise EmuError("E2006", f"a ROM has {ROM_BYTES} bytes, not {len(image)}", "fill the rest with FF")
        self.chip = W65C265S(
            facts.fclk_hz if crystal_hz is None else _crystal(crystal_hz),
            facts.clk_hz,
            image,
            facts.external_ram,
            socket_content(facts, flash),
        )
        self._active_high = leds_active_high
        self._lines: dict[int, SerialLine] = {}
        self._ran = False
        self.serial(CONSOLE)

    # ------------------------------------------------------------------ time

    @property
    def cycle(self) -> int:
        """PHI2 cycles since power on."""
        return self.chip.core.clock

    @property
    def seconds(self) -> float:
        """Emulated seconds since power on."""
        return self.chip.schedule.now() / self.chip.clocks.tick_hz

    @property
    def phi2_hz(self) -> float:
        """The frequency of PHI2 now."""
        return self.chip.clocks.tick_hz / self.chip.clocks.phi2_ticks

    def run(
        self,
        *,
        seconds: float | None = None,
        cycles: int | None = None,
        until: Callable[[], bool] | None = None,
    ) -> Stop:
        """Let the board run for a time or a number of cycles, whichever ends first.

        `until` is asked every 2048 cycles at the latest and ends the run when it says True.  The
        instruction under way is finished.  Without any limit a ValueError is raised.
        """
        if seconds is None and cycles is None and until is None:
            raise ValueError("run() needs seconds, cycles or until")
        self._ran = True
        core, clocks = self.chip.core, self.chip.clocks
        end_tick = None if seconds is None else self.chip.schedule.now() + clocks.ticks_in(seconds)
        end_clock = None if cycles is None else core.clock + cycles
        while True:
            if until is not None and until():
                return Stop.UNTIL
            if core.stopped:
                return Stop.STP
            if end_tick is not None and self.chip.schedule.now() >= end_tick:
                return Stop.TIME
            if end_clock is not None and core.clock >= end_clock:
                return Stop.CYCLES
            limits = [] if until is None else [core.clock + _POLL_CYCLES]
            if end_tick is not None:
                limits.append(clocks.clock_of(end_tick))
            if end_clock is not None:
                limits.append(end_clock)
            core.run(min(limits))

    def step(self) -> None:
        """One instruction, with whatever interrupt or peripheral is due before it."""
        self.run(cycles=1)

    def boot(self) -> None:
        """Run until the monitor's prompt shows; the console keeps what was sent.

        Raises EmuError if no prompt comes within 5 emulated seconds.
        """
        line = self.serial(CONSOLE)
        start = len(line.log)
        if (
            self.run(seconds=_BOOT_LIMIT, until=lambda: line.received[start:].endswith(PROMPT))
            is not Stop.UNTIL
        ):
            raise EmuError(
                "E2002",
                "the ROM showed no monitor prompt within 5 s",
                "use a ROM image of the Mensch monitor",
            )

    def reset(self) -> None:
        """Press RESET: the chip starts over, memory keeps what it holds."""
        self.chip.reset()
        self._ran = False

    def forget(self) -> None:
        """Drop the records of edges and of characters that were taken: for boards that run for days."""
        for wire in self.chip.ports.pins.values():
            wire.forget()
        for line in self._lines.values():
            line.forget()

    def copy(self) -> Board:
        """An independent board in the same state, down to the bit on the line."""
        return copy.deepcopy(self)

    # ------------------------------------------------------------------ program and memory

    def load(self, image: Image) -> None:
        """Put an image into memory, past the serial line.

        Raises EmuError if a part of it does not lie in the board's RAM; then nothing is written.
        """
        areas = (*ON_CHIP_RAM, *self.facts.external_ram)
        for segment in image.segments:
            if not any(segment.address in area and segment.end - 1 in area for area in areas):
                where = f"{segment.address:06X}-{segment.end - 1:06X}"
                raise EmuError("E2003", f"{where} is not RAM on the {self.facts.title}", "move it with .org")
        for segment in image.segments:
            self.chip.core.memory[segment.address : segment.end] = segment.data

    def jml(self, address: int) -> None:
        """Go on at this 24-bit address.  A board that has not run since RESET is booted first.

        Then the program finds what the monitor hands over at `G`: native mode, A 8 bits, X and Y
        16 bits, interrupts on, S = 01FF, D = DBR = 0, PHI2 = FCLK.
        """
        if not self._ran:
            self.boot()
        core = self.chip.core
        core.e = 0
        core.p = 0x20
        core.s, core.d, core.dbr = 0x01FF, 0, 0
        core.waiting = core.stopped = 0
        core.jump_long(address & 0xFFFFFF)

    def peek(self, address: int) -> int:
        """The byte the core would read at a 24-bit address, without side effects."""
        return self.chip.peek(address)

    @property
    def memory(self) -> bytearray:
        """The 16 MiB behind all addresses: RAM, ROM; nothing else is in it."""
        return self.chip.core.memory

    @property
    def flash(self) -> bytes | None:
        """What is in the flash socket, bank 0 first: to be saved, say; None if it is empty."""
        socket = self.chip.socket
        return None if socket is None else bytes(socket.flash.content)

    @property
    def registers(self) -> Registers:
        """The registers between two instructions."""
        core = self.chip.core
        return Registers(core.pc, core.s, core.p, core.a, core.x, core.y, core.dbr, core.d, core.pbr, core.e)

    # ------------------------------------------------------------------ the world outside

    def serial(self, number: int = CONSOLE) -> SerialLine:
        """The cable on UART `number` (0-3), plugged in at the first call."""
        if number not in range(4):
            raise EmuError("E2004", f"there is no UART {number}", "the UARTs are 0 to 3")
        if number not in self._lines:
            self._lines[number] = SerialLine(self.chip, number)
        return self._lines[number]

    def pin(self, name: str) -> Wire:
        """A pin by name, P00 to P77: ``level``, ``edges`` as [(cycle, level), ...]."""
        wire = self.chip.ports.pins.get(name)
        if wire is None:
            raise EmuError("E2005", f"there is no pin '{name}'", "the pins are P00 to P77")
        return wire

    @property
    def leds(self) -> list[bool]:
        """Which LEDs are lit, LED 0 first."""
        return [self.pin(led.pin).level == self._lit_level(led.active_high) for led in self.facts.leds]

    def nmi(self) -> None:
        """A pulse on the NMI pin; the chip ignores it while BCR bit 6 is 0."""
        self.chip.nmi()

    def _lit_level(self, board_says: bool) -> int:
        return int(board_says if self._active_high is None else self._active_high)


def _crystal(hz: float | Fraction) -> Fraction:
    if not isfinite(hz) or not _SLOWEST_HZ <= hz <= _FASTEST_HZ:
        raise EmuError("E2017", f"a crystal of {hz} Hz", f"give {_SLOWEST_HZ} to {_FASTEST_HZ} Hz")
    return Fraction(hz)
