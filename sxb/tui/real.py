# SPDX-License-Identifier: MIT
"""A sitting with a board at the other end of a line: what the monitor can do while it has the processor."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from asm816.disassembler import LONGEST
from asm816.target.boards import BOARDS
from asm816.target.monitor import PROMPT
from asm816.target.registers import ADDRESS, REGISTERS
from sxb import errors
from sxb.client import open_port
from sxb.tui import code
from sxb.tui.picture import NOTHING, Block, Picture, State
from sxb.tui.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from asm816.programfile import Program
    from asm816.target.boards import BoardFacts
    from emu.conditions import Condition
    from sxb.client import Monitor
    from sxb.dialogue import Registers
    from sxb.transport import LineSettings
    from sxb.tui.picture import Report, View

LISTEN_SECONDS = 0.02
"""One look at the line between two actions."""

AGAIN_SECONDS = 1.0
"""Between two tries to open a port that went away."""

QUIET_SECONDS = 0.5
"""So long the user has said nothing before we read something."""

POLL_SECONDS = 1.0
"""Between two readings of the chip's registers while they are shown."""

READING_CHANGES = ("ARTD", "PIR", "PIBFR")
"""Registers that do something when they are read, by the beginning of their names: not polled."""


class RealSitting(Sitting):
    """A board behind a serial port, a network, or anything else that is a line."""

    def __init__(
        self, monitor: Monitor, board_name: str, report: Callable[[Report], None], asked: LineSettings
    ) -> None:
        super().__init__(monitor, board_name, report)
        self._asked = asked
        self._state = State.CONNECTING
        self._since = time.monotonic()
        self._tail = b""
        self._registers: dict[str, int] = {}
        self._block = Block(0, b"")
        self._code_bytes: tuple[int, bytes] = (0, b"")
        self._chip: Mapping[int, int] = NOTHING
        self._polled = 0.0
        self._said_at = 0.0
        self._stale = True
        self._start: int | None = None
        self._next_try = 0.0

    # ------------------------------------------------------------------ the line

    def greet(self) -> None:
        """Find the prompt; a silent board is listened to until it says something."""
        try:
            self._registers = asdict(self.monitor.find())
        except errors.LineLostError:
            raise
        except errors.SxbError as error:
            self._state = State.SILENT
            self.tell(error.sentence, error.hint, "warning")
            return
        self._state = State.PROMPT
        self._stale = True

    def turn(self) -> float:
        """Listen; find the prompt again when it shows; open the port again when it went away."""
        if self._state is State.LOST:
            self._try_again()
            return LISTEN_SECONDS
        said = self.listen(LISTEN_SECONDS)
        self._tail = (self._tail + said)[-64:]
        if said:
            self._said_at = time.monotonic()
            if self._tail.endswith(PROMPT):
                self._prompt_shows()
        elif self._state is State.PROMPT and time.monotonic() > self._said_at + QUIET_SECONDS:
            self._read_what_is_shown()
        return 0.0

    def _prompt_shows(self) -> None:
        self._tail = b""
        self._stale = True
        if self._state is State.TALKING:
            self._state = State.PROMPT
        elif self._state in (State.SILENT, State.RUNNING):
            self._came_back()

    def _read_what_is_shown(self) -> None:
        """While nobody talks and the monitor has the processor; no progress is shown."""
        self.monitor.progress = None
        try:
            self._read_shown()
        finally:
            self.monitor.progress = self._progressed

    def _read_shown(self) -> None:
        if self._stale and self.view.board:
            self._registers = asdict(self.monitor.find())
            self._read_view()
        elif self.view.chip and time.monotonic() > self._polled + POLL_SECONDS:
            self._poll()

    def failed(self, error: Exception) -> None:
        """A line that is lost is waited for."""
        if isinstance(error, errors.LineLostError):
            if self._state is not State.LOST:
                self.tell(error.sentence, "plug the cable in again: the session goes on by itself", "error")
            self._state = State.LOST
            self._next_try = time.monotonic() + AGAIN_SECONDS
        else:
            if isinstance(error, errors.NoAnswerError):
                self._state = State.SILENT
            super().failed(error)

    def _try_again(self) -> None:
        if time.monotonic() < self._next_try:
            time.sleep(LISTEN_SECONDS)
            return
        self._next_try = time.monotonic() + AGAIN_SECONDS
        tap = self.monitor.line.tap
        self.monitor.line.close()
        try:
            self.monitor.line = open_port(self.monitor.port, self._asked)
        except errors.NoPortError:
            return
        if tap is not None:
            tap.follow(self.monitor.line)
        self.tell("the line is back")
        self.greet()

    def _came_back(self) -> None:
        was = self._state
        self.monitor.find()
        self._state = State.PROMPT
        self._stand(self.monitor.take_breaks_back())
        pc = self._place()
        came = "the board answers" if was is State.SILENT else "the monitor is back at its prompt"
        self.tell(f"{came}: {self.place(pc)}")

    def _stand(self, registers: Registers) -> None:
        """The program stands there."""
        self._registers = asdict(registers)
        self._start = None
        self._stale = True

    def _place(self) -> int:
        return self._registers["pbr"] << 16 | self._registers["pc"]

    def _need_prompt(self) -> None:
        if self._state is not State.PROMPT:
            raise errors.board_runs()

    # ------------------------------------------------------------------ run control

    def put_on(self, program: Program) -> None:
        """Through the monitor; a program that has the board has to give it back first."""
        self.monitor.find()
        self._state = State.PROMPT
        self.monitor.load(program.image)
        self._start = program.image.start
        self._stale = True

    def run(self) -> None:
        """G at the program's start, or where it stopped."""
        self._go_on(frozenset(self._breakpoints))

    def run_to(self, address: int) -> None:
        """Run until an address is reached."""
        self._go_on(frozenset((*self._breakpoints, address)))

    def _go_on(self, stops: frozenset[int]) -> None:
        self._need_prompt()
        if self._program is None:
            raise errors.no_program()
        if self._start is None and self._place() in stops:
            self.step()  # leaves the place, where no BRK can be yet
            if self._place() in stops:
                return
        self._go(self._place() if self._start is None else self._start, stops)

    def start_at(self, address: int) -> None:
        """G."""
        self._need_prompt()
        self._go(address, frozenset(self._breakpoints))

    def _go(self, address: int, stops: frozenset[int]) -> None:
        """With a BRK at each place."""
        for place in stops:
            self.monitor.breakpoint(place)
        self.monitor.go(address)
        self._start = None
        self._state = State.RUNNING

    def step(self) -> None:
        """One instruction, by breakpoints behind it."""
        self._step(over=False)

    def step_over(self) -> None:
        """One instruction, with what it calls."""
        self._step(over=True)

    def _step(self, *, over: bool) -> None:
        self._need_prompt()
        if self._start is not None:
            self.monitor.set_registers(pc=self._start & 0xFFFF, pbr=self._start >> 16)
        try:
            self._stand(self.monitor.step(over=over))
        except errors.ProgramFailedError:
            self._state = State.RUNNING
            raise
        self.tell(f"at {self.place(self._place())}")

    def halt(self) -> None:
        """Nothing stops a program from outside but RESET."""
        raise errors.board_runs()

    def set_breakpoint(self, address: int, condition: Condition | None) -> None:
        """A BRK is put there when the program starts."""
        self._need_prompt()
        if condition is not None:
            raise errors.only_virtual("a condition", "the monitor's breakpoint always stops")
        self.read(address, 1)

    def clear_breakpoint(self, address: int) -> None:
        """None is put there at the next start."""
        del address

    # ------------------------------------------------------------------ memory and registers

    def read(self, address: int, length: int) -> bytes:
        """Memory, through the monitor."""
        self._need_prompt()
        return self.monitor.read(address, length)

    def write(self, address: int, data: bytes) -> None:
        """Write memory, each byte read back."""
        self._need_prompt()
        self.monitor.write(address, data)
        self._stale = True

    def change_registers(self, values: Mapping[str, int]) -> None:
        """Change saved registers."""
        self._need_prompt()
        self._registers = asdict(self.monitor.set_registers(**values))
        if "pc" in values:
            self._start = None

    def type(self, data: bytes) -> None:
        """The user speaks with the monitor; what it has then is read again at the next prompt."""
        super().type(data)
        if self._state is State.PROMPT:
            self._state = State.TALKING
            self._tail = b""

    # ------------------------------------------------------------------ what is shown

    def look(self, view: View) -> None:
        """What is shown is read at the next quiet moment, if it is something else."""
        before, self.view = self.view, view
        shown = (before.memory, before.memory_rows, before.code, before.code_rows, before.board)
        self._stale |= shown != (view.memory, view.memory_rows, view.code, view.code_rows, view.board)

    def _read_view(self) -> None:
        self._stale = False
        view = self.view
        size = min(16 * view.memory_rows, 0x1000000 - view.memory)
        self._block = Block(view.memory, self.monitor.read(view.memory, size))
        top = (self._place() if self._start is None else self._start) if view.code is None else view.code
        size = min(LONGEST * view.code_rows, 0x1000000 - top)
        self._code_bytes = (top, self.monitor.read(top, size))

    def _poll(self) -> None:
        places = [row.address for row in REGISTERS if not row.name.startswith(READING_CHANGES)]
        self._chip = {
            first + n: byte
            for first, count in runs_of(places)
            for n, byte in enumerate(self.monitor.read(first, count))
        }
        self._polled = time.monotonic()

    def _known(self, address: int, length: int) -> bytes:
        """What was read of the code."""
        first, data = self._code_bytes
        return data[address - first : address - first + length] if first <= address else b""

    def picture(self) -> Picture:
        """What was read last."""
        top = self._code_bytes[0]
        pc = self._registers.get("pbr", 0) << 16 | self._registers.get("pc", 0)
        return Picture(
            self.monitor.port,
            state=self._state,
            seconds=time.monotonic() - self._since,
            registers=self._registers,
            leds=leds_from(self._chip, BOARDS[self._board_name]),
            code=code.code_rows(
                top,
                self.view.code_rows,
                self._registers,
                self.known(),
                self._known,
            ),
            place=self.place(pc) if self._registers else "",
            memory=Block(
                self._block.address,
                self._block.data,
                self._changed(self._block.address, self._block.data),
            ),
            chip=self._chip,
            program=self._file,
            undoable=len(self._pokes),
            breakpoints=self._listed(),
            exact=self._state is State.PROMPT,
        )


def leds_from(chip: Mapping[int, int], facts: BoardFacts) -> tuple[bool, ...] | None:
    """The LEDs as port 7 was when it was read last; a pin that is a chip select is taken to be at rest, high."""
    if ADDRESS["PD7"] not in chip:
        return None
    levels = chip[ADDRESS["PD7"]] | chip[ADDRESS["PCS7"]]
    return tuple(bool(levels >> int(led.pin[2]) & 1) == led.active_high for led in facts.leds)


def runs_of(places: list[int]) -> list[tuple[int, int]]:
    """Rising addresses as (first, count) of those that follow each other."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and sum(runs[-1]) == place:
            runs[-1] = runs[-1][0], runs[-1][1] + 1
        else:
            runs.append((place, 1))
    return runs
