# SPDX-License-Identifier: MIT
"""`Board`: a whole virtual board, the object that people hold.

    from emu import Board
    board = Board("qbx")
    board.load(image)
    board.jml(0x00B6)
    board.run(seconds=2)
    board.leds, board.pin("P72").edges

Time is emulated: it passes only inside `run` and what calls it, and the same calls give the same
cycles every time.  Cycles are those of PHI2 since power on, seconds are emulated seconds.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from asm816.target.boards import BOARDS, ON_CHIP_RAM
from emu.booted import PromptWatch, keep, kept
from emu.chip.flash import BLANK
from emu.chip.settings import DEFAULTS
from emu.errors import EmuError
from emu.flashfile import socket_content
from emu.handover import AFTER_BOOT, at_prompt, cells, saved_registers
from emu.history import History
from emu.machine import Machine
from emu.memory import Memory, check_address
from emu.moment import Moment, unpacked
from emu.registers import changed, registers_of
from emu.rom import ROM_BYTES
from emu.romfile import load_rom
from emu.serial_line import SerialLine
from emu.until import condition_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from asm816.image import Image
    from asm816.target.boards import Led
    from emu.chip.settings import ChipSettings
    from emu.chip.w65c265s import W65C265S
    from emu.cpu.trace import Cycle
    from emu.history import Write
    from emu.registers import Registers
    from emu.until import Until
    from emu.wires import Wire

CONSOLE = 3
"""The UART of the monitor."""

DEFAULT_BUDGET = 10.0
"""Seconds after which a run ends that only has an `until`."""

_BOOT_LIMIT = 5.0
"""Seconds after which a ROM that shows no prompt is taken to have none."""

_SETTLING = 0.001
"""Seconds from the last bit of the prompt on until the monitor, done with its interrupt, waits for a key."""

_SLOWEST_HZ, _FASTEST_HZ = 100_000, 25_000_000
"""Crystals that are taken: below, the ROM would take minutes to boot; boards ran with 18.432 MHz."""


class Stop(Enum):
    """Why a run ended."""

    TIME = "time"
    CYCLES = "cycles"
    STP = "stp"
    UNTIL = "until"


class Board:
    """A board with power on and RESET let go.

    `name` is one of `asm816.target.boards.BOARDS`; `rom` is ``"quirks"`` (our monitor) or ``"fixed"``, a path to
    a ROM image (HEX, S28 or 8192 bytes) or the bytes themselves.  `flash` is what the socket of
    the board holds (`emu.flashfile.socket_content`).  `crystal_hz` is the crystal of FCLK in Hz, where it
    is not the board's own: whole, a fraction or a float.  `leds_active_high` overrides the board's
    LED polarity; `settings` decide what is in doubt about the chip; `backend` is the core's
    (`emu.cpu.backend`), by default the best there is.  Raises EmuError for an unknown board, a bad
    ROM or flash, or a crystal that the chip would not run with.
    """

    def __init__(
        self,
        name: str = "qbx",
        *,
        rom: str | Path | bytes = "quirks",
        flash: str | Path | bytes | None = None,
        crystal_hz: float | Fraction | None = None,
        leds_active_high: bool | None = None,
        settings: ChipSettings = DEFAULTS,
        backend: str | None = None,
    ) -> None:
        facts = BOARDS.get(name)
        if facts is None:
            known = ", ".join(BOARDS)
            raise EmuError("E2001", f"there is no board '{name}'", f"the boards are: {known}")
        self.facts = facts
        self._crystal = _crystal(facts.fclk_hz if crystal_hz is None else crystal_hz)
        self._rom = rom if isinstance(rom, bytes) else load_rom(rom)
        if len(self._rom) != ROM_BYTES:
            raise EmuError(
                "E2006", f"a ROM has {ROM_BYTES} bytes, not {len(self._rom)}", "fill the rest with FF"
            )
        self._socket = socket_content(facts, flash)
        self._active_high = leds_active_high
        self._settings = settings
        self._backend = backend
        self._machine = self._another_machine()
        self._history = History(self._machine, self._another_machine)
        self._lines: dict[int, SerialLine] = {}
        self._done_first: list[tuple[str, tuple[Any, ...]]] = []  # from outside, before the first run
        self._ahead: list[Cycle] = []  # of the instruction under way, those that have not passed
        self._prompt = PromptWatch(self.chip, CONSOLE)
        self.memory = Memory(self._machine.chip.core.memory, self._put)
        """The 16 MiB space, see `Memory`."""
        self.serial(CONSOLE)

    @property
    def chip(self) -> W65C265S:
        """The chip itself.  What is done to it directly, `step_back` does not know of."""
        return self._machine.chip

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
        self, *, seconds: float | None = None, cycles: int | None = None, until: Until | None = None
    ) -> Stop:
        """Let the board run for a time or a number of cycles, whichever ends first, and say why it ended.

        `until` ends the run earlier: an address of 24 bits (before the instruction there, but not
        the one that PC is at now) or a frozenset of them, a `PinEdge` or `PinLevel` (behind the instruction under way), or
        a function, asked every 2048 cycles at the latest.  A run with nothing but `until` ends after
        10 s all the same.  The instruction under way is finished.  Raises EmuError for limits that
        are none, negative or not finite.
        """
        end_tick, end_clock = self._limits(seconds, cycles, until)
        self._ahead = []
        condition = condition_of(until)
        machine, core, clocks = self._machine, self.chip.core, self.chip.clocks
        condition.arm(machine)
        try:
            while True:
                if core.clock >= self._history.due:
                    self._history.keep()
                if condition.met():
                    return Stop.UNTIL
                if core.stopped:
                    return Stop.STP
                if end_tick is not None and self.chip.schedule.now() >= end_tick:
                    return Stop.TIME
                if end_clock is not None and core.clock >= end_clock:
                    return Stop.CYCLES
                limits = [self._history.due]
                if condition.period is not None:
                    limits.append(core.clock + condition.period)
                if end_tick is not None:
                    limits.append(clocks.clock_of(end_tick))
                if end_clock is not None:
                    limits.append(end_clock)
                machine.run_to(min(limits))
        finally:
            condition.disarm()

    def step(self) -> Stop:
        """One instruction, with whatever interrupt or peripheral is due before it; in WAI one cycle."""
        return self.run(cycles=1)

    def step_cycle(self) -> Cycle | None:
        """One bus cycle, as the pins show it; None where there is none: a cycle of WAI, or STP.

        The board stands before an instruction (and the interrupt before that) until its last cycle has passed:
        then registers, memory and pins change.  Anything else that is done begins the instruction anew.
        """
        ahead = self._ahead or self._history.coming_cycles()
        if len(ahead) < 2:
            self.step()
        self._ahead = ahead[1:]
        return ahead[0] if ahead else None

    @property
    def within(self) -> bool:
        """`step_cycle` is within an instruction."""
        return bool(self._ahead)

    def step_back(self) -> None:
        """Go back to before the last instruction (or interrupt), exactly; what was done since is undone.

        The record reaches back to the first run, or to the last `restore`, `forget` or `boot`.  Raises
        EmuError where it ends.
        """
        self._went_back(self._history.step_back())

    def back_to(self, *addresses: int) -> None:
        """Go back to where the board last was before an instruction at one of these 24-bit addresses.

        The moment it is at now does not count.  What was done since is undone, as by `step_back`.  Raises
        EmuError if the record knows of no such moment; then nothing has changed.
        """
        self._went_back(self._history.back_to([check_address(place) for place in addresses]))

    def back_before(self, cycle: int) -> None:
        """Go back to before the instruction of a cycle, as a `last_writer`'s.  Raises EmuError as `step_back`."""
        self._went_back(cycle <= self.cycle and self._history.back_before(cycle))

    def _went_back(self, found: bool) -> None:
        if not found:
            raise EmuError(
                "E2079", "there is no earlier moment on record", "run first; boot and forget begin it anew"
            )
        self._ahead = []
        for line in self._lines.values():
            line.rewind(line.taken)

    def last_writer(self, address: int) -> Write | None:
        """Which instruction wrote last to a 24-bit address, in memory or a register; None if none on record."""
        return self._history.last_write(check_address(address))

    def last_cycles(self, count: int) -> list[Cycle]:
        """The last bus cycles, at most `count`, the oldest first; found by running the past again."""
        return self._history.last_cycles(count)

    @classmethod
    def booted(cls, name: str = "qbx", **settings: Any) -> Self:
        """A fresh board at the monitor's prompt; `settings` are those of the class.

        The first of its kind is booted, the others take over what came of it, in less than a
        millisecond.  Raises what the class and `boot` raise.
        """
        board = cls(name, **settings)
        board.boot()
        return board

    def boot(self) -> None:
        """Run until the monitor's prompt shows and it waits for a key; the console keeps what was sent.

        A board to which nothing was done since power on takes over the state of an equal one that
        was booted before.  Raises EmuError if no prompt comes within 5 emulated seconds.
        """
        fresh = not self._machine.ran and not self._done_first
        moment = kept(self._key()) if fresh else None
        if moment is not None:
            self._take_over(moment)
            return
        self._prompt.start()
        try:
            self.run(seconds=_BOOT_LIMIT, until=lambda: self._prompt.seen)
        finally:
            self._prompt.stop()
            self._history.restart()  # a moment with the watch in it could not be had again
        self.run(seconds=_SETTLING)
        if not self._prompt.seen:
            raise EmuError(
                "E2002",
                f"the ROM showed no monitor prompt within {_BOOT_LIMIT:g} s",
                "use a ROM image of the Mensch monitor",
            )
        if fresh:
            keep(self._key(), self._moment())

    def reset(self) -> None:
        """Press RESET: the chip starts over, memory keeps what it holds."""
        self.act("reset")

    def forget(self) -> None:
        """Drop the records of edges, of characters that were taken, and of the past.

        For boards that run for days.
        """
        for wire in self.chip.pins.values():
            wire.forget()
        for line in self._lines.values():
            line.forget()
        self._history.restart()

    # ------------------------------------------------------------------ snapshots

    def snapshot(self) -> bytes:
        """The whole board as bytes (`emu.snapshot`), down to the bit on the line, records included."""
        return self._moment().packed()

    def restore(self, snapshot: bytes) -> None:
        """Go back to a snapshot of a board with the same name, crystal, ROM, socket and settings.

        Raises EmuError if it is damaged or of another board; then nothing has changed.
        """
        moment = unpacked(snapshot)
        for what, value in self._identity().items():
            if moment.identity.get(what) != value:
                raise EmuError(
                    "E2080",
                    f"the snapshot has another {what}: {moment.identity.get(what)}, not {value}",
                    "restore it into a board made with the same settings",
                )
        before = self._moment()
        try:
            self._take_over(moment)
        except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
            self._take_over(before)
            raise EmuError(
                "E2080",
                f"the snapshot does not hold what this version of the program keeps: {error!r}",
                "make a new one",
            ) from error

    def copy(self) -> Board:
        """An independent board in the same state, down to the bit on the line."""
        twin = self._another_board()
        twin._take_over(self._moment())  # noqa: SLF001 - of the same class
        return twin

    # ------------------------------------------------------------------ program and memory

    def load(self, program: Image | str | Path, address: int | None = None) -> None:
        """Put an image, or the file of one (HEX, S28, binary with `address`), into RAM, past the serial line.

        Raises EmuError if a part of it does not lie in the board's RAM; then nothing is written.
        """
        if isinstance(program, (str, Path)):
            from asm816.imagefile import read_image  # loads only when a file is read

            program = read_image(program, address)
        for segment in program.segments:
            self._check_ram(segment.address, segment.end - 1)
        for segment in program.segments:
            self.act("poke", segment.address, segment.data)

    def jml(self, address: int) -> None:
        """Go on at this 24-bit address.  A board that has not run since RESET is booted first.

        What was put into its memory before a first boot is put there again behind it, as if loaded then.

        Then the program finds what the monitor hands over at `G` (`emu.handover`): native mode, A
        8 bits, X and Y 16 bits, interrupts on, S = 01FF, D = DBR = 0, PHI2 = FCLK; if the monitor is
        at its prompt, with the registers that it has saved.
        """
        check_address(address)
        if not self._machine.ran:
            self._boot_around_memory()
        start = {name: getattr(AFTER_BOOT, name) for name in ("a", "x", "y", "s", "d", "dbr", "p", "e")}
        if at_prompt(self.peek):
            start = saved_registers(self.peek)
            for place, data in cells(address):
                self.act("poke", place, data)
        self.set_registers(**start, pc=address & 0xFFFF, pbr=address >> 16)

    def peek(self, address: int) -> int:
        """The byte the core would read at a 24-bit address, without side effects."""
        return self.chip.peek(check_address(address))

    @property
    def flash(self) -> bytes | None:
        """What is in the flash socket, bank 0 first: to be saved, say; None if it is empty."""
        return None if self.chip.socket is None else bytes(self.chip.socket.flash.content)

    @property
    def registers(self) -> Registers:
        """The registers between two instructions."""
        return registers_of(self.chip.core)

    def set_registers(self, **changes: int) -> None:
        """Change registers by name, ``set_registers(pc=0x2000, a=1)``; a halted core goes on at a new PC.

        Raises EmuError for an unknown name or a value that does not fit; then nothing has changed.
        """
        changed(self.registers, changes)
        self.act("registers", *changes.items())

    # ------------------------------------------------------------------ the world outside

    def serial(self, number: int = CONSOLE) -> SerialLine:
        """The cable on UART `number` (0-3), plugged in at the first call."""
        line = self._lines.get(number)
        if line is None:
            if number not in self._machine.cables:
                self.act("plug", number)
            line = self._lines[number] = SerialLine(self, self._machine.cable(number))
        return line

    @property
    def plugged(self) -> list[int]:
        """The numbers of the UARTs that have a cable."""
        return sorted(self._machine.cables)

    def pin(self, name: str) -> Wire:
        """A pin by name, P00 to P77, TG0 or TG1.

        It has ``level``, ``edges`` as [(cycle, level), ...], ``frequency`` in Hz, ``duty``.
        """
        return self._machine.pin(name)

    def drive(
        self, name: str, level: int, *, at_cycle: int | None = None, at_seconds: float | None = None
    ) -> None:
        """Put a level (0 or 1) on a pin from outside: now, or when cycle or emulated second has come.

        It stays until it is driven anew; an input that nobody has driven is 1.  A pin that is an output
        does not follow, but what is driven counts once it is an input.  Raises EmuError for an unknown
        pin, one of port 7 (outputs only), another level, or a time that has passed.
        """
        port, bit = self._input(name)
        if level not in (0, 1):
            raise EmuError("E2076", f"{level!r} is no level", "a pin is 0 or 1")
        if at_cycle is not None and at_seconds is not None:
            raise EmuError("E2077", "two times for one stimulus", "give at_cycle or at_seconds")
        if at_cycle is None and at_seconds is None:
            self.act("drive", port, bit, int(level))
            return
        tick = None if at_seconds is None else self.chip.clocks.ticks_in(_finite("at_seconds", at_seconds))
        past = at_cycle is not None and (not isinstance(at_cycle, int) or at_cycle < self.cycle)
        if past or (tick is not None and tick < self.chip.schedule.now()):
            raise EmuError(
                "E2077",
                f"the stimulus for {name} lies in the past, or in no whole cycle",
                f"the board is at cycle {self.cycle}, {self.seconds:.6f} s",
            )
        self.act("stimulus", port, bit, int(level), at_cycle, tick)

    @property
    def leds(self) -> list[bool]:
        """Which LEDs are lit, LED 0 first."""
        return [self.pin(led.pin).level == self.lit_level(led) for led in self.facts.leds]

    def lit_level(self, led: Led) -> int:
        """The level of its pin that lights a LED of this board."""
        return int(led.active_high if self._active_high is None else self._active_high)

    def nmi(self) -> None:
        """A pulse on the NMI pin; the chip ignores it while BCR bit 6 is 0."""
        self.act("nmi")

    def host_write(self, number: int, value: int) -> None:
        """The host on the parallel interface bus writes register `number` (`ParallelBus.host_write`)."""
        self.act("host_write", number, value)

    def host_read(self, number: int) -> int:
        """The host on the parallel interface bus reads register `number` (`ParallelBus.host_read`)."""
        return int(self.act("host_read", number))

    def act(self, kind: str, *arguments: Any) -> Any:
        """Do something to the machine from outside (`Machine.act`), on record."""
        self._ahead = []
        self._history.note(kind, arguments)
        if not self._machine.ran and kind != "plug":
            self._done_first.append((kind, arguments))
        return self._machine.act(kind, arguments)

    # ------------------------------------------------------------------ within

    def _another_machine(self) -> Machine:
        return Machine(
            self.facts, self._crystal, self._rom, self._socket, self._settings, backend=self._backend
        )

    def _another_board(self) -> Board:
        return Board(
            self.facts.name,
            rom=self._rom,
            flash="empty" if self._socket is None else self._socket,
            crystal_hz=self._crystal,
            leds_active_high=self._active_high,
            settings=self._settings,
            backend=self._backend,
        )

    def _key(self) -> Hashable:
        """What a boot depends on."""
        flash = self._socket if self._socket in (None, BLANK) else sha256(self._socket).digest()
        return self.facts.name, self._crystal, _digest(self._rom), flash, self._settings

    def _boot_around_memory(self) -> None:
        """Boot; where only memory was filled before, boot a clean board and fill it then."""
        first = self._done_first
        if any(kind != "poke" for kind, _ in first):
            self.boot()
            return
        if kept(self._key()) is None:
            self._another_board().boot()
        self._done_first = []
        self.boot()
        for kind, arguments in first:
            self.act(kind, *arguments)

    def _limits(
        self, seconds: float | None, cycles: int | None, until: Until | None
    ) -> tuple[int | None, int | None]:
        """The tick and the clock at which a run ends."""
        if seconds is None and cycles is None:
            if until is None:
                raise EmuError("E2070", "a run without an end", "give seconds, cycles or until")
            seconds = DEFAULT_BUDGET
        tick = clock = None
        if seconds is not None:
            tick = self.chip.schedule.now() + self.chip.clocks.ticks_in(_finite("seconds", seconds))
        if cycles is not None:
            if not isinstance(cycles, int) or cycles < 0:
                raise EmuError("E2070", f"a run of {cycles!r} cycles", "give a whole number, 0 or more")
            clock = self.cycle + cycles
        return tick, clock

    def _input(self, name: str) -> tuple[int, int]:
        """Port and bit of a pin that can be an input."""
        self._machine.pin(name)
        if name not in self.chip.ports.pins or name.startswith("P7"):
            raise EmuError("E2075", f"{name} is an output only", "ports 0 to 6 can be driven")
        return int(name[1]), int(name[2])

    def _put(self, address: int, data: bytes) -> None:
        self._check_ram(address, address + len(data) - 1)
        self.act("poke", address, data)

    def _check_ram(self, first: int, last: int) -> None:
        areas = (*ON_CHIP_RAM, *self.facts.external_ram)
        # Two areas that touch count as one.
        while (area := next((area for area in areas if first in area), None)) is not None:
            if last in area:
                return
            first = area.last + 1
        raise EmuError(
            "E2003",
            f"{first:06X}-{last:06X} is not RAM on the {self.facts.title}",
            "move it with .org; a flash is filled by the setting flash",
        )

    def _identity(self) -> dict[str, Any]:
        """What a snapshot must have in common with the board it is restored into."""
        return {
            "board": self.facts.name,
            "crystal": str(self._crystal),
            "rom": _digest(self._rom),
            "socket": int(self._socket is not None),
            "settings": str(self._settings),
        }

    def _moment(self) -> Moment:
        return Moment(
            self._identity(),
            self._machine.state(),
            self._machine.pages(),
            {w.name: (tuple(w.edges), tuple(w.ticks)) for w in self.chip.pins.values() if w.edges},
            {number: (line.taken, tuple(line.log)) for number, line in self._lines.items()},
        )

    def _take_over(self, moment: Moment) -> None:
        self._history.restart()
        self._ahead = []
        self._done_first = [("restore", ())]
        self._machine.set_state(moment.machine, moment.pages)
        for name, wire in self.chip.pins.items():
            wire.recall(*moment.edges.get(name, ((), ())))
        for number in {*moment.logs, *self._lines}:
            line = self.serial(number)
            taken, log = moment.logs.get(number, (0, ()))
            line.log[:] = log
            line.rewind(taken)


@cache
def _digest(rom: bytes) -> str:
    return sha256(rom).hexdigest()


def _crystal(hz: float | Fraction) -> Fraction:
    if not isfinite(hz) or not _SLOWEST_HZ <= hz <= _FASTEST_HZ:
        raise EmuError("E2017", f"a crystal of {hz} Hz", f"give {_SLOWEST_HZ} to {_FASTEST_HZ} Hz")
    return Fraction(hz)


def _finite(what: str, seconds: float) -> float:
    """The time itself.  Raises EmuError if it is negative or no number."""
    if not isinstance(seconds, (int, float, Fraction)) or not isfinite(seconds) or seconds < 0:
        raise EmuError("E2070", f"{what} = {seconds!r}", "give a number of seconds, 0 or more")
    return seconds
