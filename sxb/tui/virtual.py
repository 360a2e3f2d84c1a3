# SPDX-License-Identifier: MIT
"""A sitting with a virtual board: it can be stopped at any time, and goes back as well as forth."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from asm816.addresses import address_text
from asm816.target.monitor import PROMPT
from asm816.target.registers import REGISTERS
from emu import Stop
from emu.debugging import behind_call, pc_of, stops_here
from emu.probes.waveform import render
from emu.serve.pacing import Pacer
from sxb import errors
from sxb.tui import code
from sxb.tui.picture import NOTHING, Block, Picture, State
from sxb.tui.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from asm816.programfile import Program
    from emu import Board
    from emu.conditions import Condition
    from emu.cpu.trace import Cycle
    from sxb.client import Monitor
    from sxb.tui.picture import Report

TURN_SECONDS = 0.02
"""Wall seconds of a turn: fifty a second, so that a key is served soon."""

BREATH_SECONDS = TURN_SECONDS / 4
"""Without pacing a turn takes so long, and so does the pause behind it: the compiled core leaves the screens no time."""

SPEEDS = (1.0, 10.0, 0.0, 0.01, 0.1)
"""How many emulated seconds pass in a second; 0: as many as the host manages."""

FIRST_STRIDE = 20_000
"""Cycles of the first turn without pacing; the next ones adapt to the host."""

MOST_EDGES = 1_000_000
"""Edges on record beyond which the past is forgotten: some 100 MB."""


class VirtualSitting(Sitting):
    """A board in this process."""

    virtual = True

    def __init__(self, monitor: Monitor, board_name: str, report: Callable[[Report], None]) -> None:
        super().__init__(monitor, board_name, report)
        assert monitor.board is not None
        self._board: Board = monitor.board
        self._running = False
        self._until: frozenset[int] = frozenset()
        self._in_monitor = True
        self._tail = b""
        self._speed = 0
        self._pacer = Pacer(time.monotonic)
        self._stride = FIRST_STRIDE
        self._cycles: tuple[Cycle, ...] = ()
        self._cycles_at = -1

    # ------------------------------------------------------------------ time

    def greet(self) -> None:
        """The board is at its prompt; from now on its time passes."""
        self.listen(0)  # its banner is for the user, too
        self.monitor.find()
        self._go()

    def turn(self) -> float:
        """Let a little time pass, and stop where somebody waits for it."""
        if not self._running:
            return TURN_SECONDS
        factor = SPEEDS[self._speed]
        begun, before = time.monotonic(), self._board.cycle
        if factor:
            stop = self._run_a_little(seconds=TURN_SECONDS * factor)
        else:
            stop = self._run_a_little(cycles=self._stride)
            took = max(time.monotonic() - begun, 1e-4)
            self._stride = max(1000, min(20_000_000, int(self._stride * BREATH_SECONDS / took)))
        self._watch_prompt(self.listen(0))
        if stop is Stop.UNTIL:
            self._arrived()
        elif stop is Stop.STP or self._board.cycle == before:
            self._running = False
            self.tell("the processor has stopped for good (STP)", "step back, or press RESET", "warning")
        self._forget_too_much()
        return self._pacer.wait_after(self._board.seconds / factor) if factor else BREATH_SECONDS

    def _watch_prompt(self, said: bytes) -> None:
        """A program that came back to the monitor runs no longer."""
        self._tail = (self._tail + said)[-len(PROMPT) :]
        if said and not self._in_monitor and self._tail == PROMPT:
            self._in_monitor = True
            self.tell("the monitor is at its prompt again")

    def _run_a_little(self, *, seconds: float | None = None, cycles: int | None = None) -> Stop:
        places = self._until | frozenset(self._breakpoints)
        stop = self._board.run(seconds=seconds, cycles=cycles, until=places or None)
        # A turn that ends just before a breakpoint: the next one would not see it.
        return Stop.UNTIL if stop is not Stop.STP and self._pc in places else stop

    def _arrived(self) -> None:
        here = self._pc
        if here not in self._until and not stops_here(self._board, self._breakpoints):
            return
        self._running = False
        self._until = frozenset()
        self.tell(f"stopped at {self.place(here)}")

    def _go(self) -> None:
        self._running = True
        self._pacer = Pacer(time.monotonic)

    def _forget_too_much(self) -> None:
        if sum(len(wire.edges) for wire in self._board.chip.pins.values()) > MOST_EDGES:
            self._board.forget()
            self.tell("the past was forgotten to save memory: steps back begin here", severity="warning")

    # ------------------------------------------------------------------ run control

    def put_on(self, program: Program) -> None:
        """Through the monitor, as on a real board; then the board stands before the first instruction."""
        self._running = False
        if not self._in_monitor:
            self._board.reset()
            self._board.boot()
        self.monitor.find()
        self.monitor.load(program.image)
        self.start_at(program.image.start)

    def start_at(self, address: int) -> None:
        """Stand before the instruction at an address, as the monitor's G would come there."""
        self._running = False
        self._in_monitor = False
        self._board.jml(address)

    def run(self) -> None:
        """Time passes."""
        self._go()

    def halt(self) -> None:
        """Time stands still."""
        self._running = False
        self._until = frozenset()
        self.tell(f"stopped at {self.place(self._pc)}")

    def reset(self) -> None:
        """Press RESET; the monitor's banner comes."""
        self._board.reset()
        self._in_monitor = False
        self._go()

    def step(self) -> None:
        """One instruction."""
        self._running = False
        self._board.step()
        self.listen(0)

    def step_cycle(self) -> None:
        """One bus cycle; the processor's own state changes with the last of an instruction."""
        self._running = False
        shown = self._cycles if self._board.within else ()
        cycle = self._board.step_cycle()
        self._cycles = shown if cycle is None else (*shown, cycle)
        self._cycles_at = self._board.cycle
        if cycle is None:
            self.tell("no bus cycle: the processor waits (WAI) or has stopped (STP)", severity="warning")
        self.listen(0)

    def step_over(self) -> None:
        """One instruction; a subroutine runs until it comes back."""
        behind = behind_call(self._board)
        if behind is None:
            self.step()
        else:
            self.run_to(behind)

    def step_back(self) -> None:
        """Undo the last instruction."""
        self._running = False
        self._board.step_back()

    def run_to(self, address: int) -> None:
        """Run until an address is reached."""
        self._until = frozenset((address,))
        self._go()

    def back_to(self, address: int) -> None:
        """Back to where the board last was at an address."""
        self._running = False
        self._board.back_to(address)
        self.tell(f"back at {self.place(self._pc)}")

    def back_to_write(self, address: int) -> None:
        """Back to before the instruction that wrote last to an address."""
        self._running = False
        name = self._names.get(address, address_text(address))
        write = self._board.last_writer(address)
        if write is None or write.pc is None:
            raise errors.never_written(name, by_hand=write is not None)
        self._board.back_before(write.cycle)
        self.tell(f"{name} got {write.value:02X} by {self.place(write.pc)}", f"cycle {write.cycle}")

    def change_speed(self) -> None:
        """The next of the speeds."""
        self._speed = (self._speed + 1) % len(SPEEDS)
        self._pacer = Pacer(time.monotonic)
        self.tell(f"speed: {self._speed_text()}")

    def set_breakpoint(self, address: int, condition: Condition | None) -> None:
        """The board's runs wait for it."""
        del address, condition

    def clear_breakpoint(self, address: int) -> None:
        """Nothing lies in memory."""
        del address

    # ------------------------------------------------------------------ memory and registers

    def read(self, address: int, length: int) -> bytes:
        """Memory, without side effects."""
        return bytes(self._board.peek(address + n) for n in range(min(length, 0x1000000 - address)))

    def write(self, address: int, data: bytes) -> None:
        """Put bytes into RAM."""
        self._board.memory[address : address + len(data)] = data

    def change_registers(self, values: Mapping[str, int]) -> None:
        """Change registers of the core."""
        self._board.set_registers(**values)

    def type(self, data: bytes) -> None:
        """To the cable; a board that stands still gets it when it runs."""
        super().type(data)
        if not self._running and self._in_monitor:
            self._go()

    # ------------------------------------------------------------------ what is shown

    def failed(self, error: Exception) -> None:
        """A line that is lost (somebody's faulty port) is not listened to any more."""
        self._running &= not isinstance(error, errors.LineLostError)
        super().failed(error)

    def picture(self) -> Picture:
        """The board at this cycle."""
        board, view, registers = self._board, self.view, self._registers()
        top = view.code
        if top is None and view.board:
            self._top = code.top_for(self._top, self._pc, view.code_rows, self._info, self.read)
        top = self._top if top is None else top
        memory = self.read(view.memory, 16 * view.memory_rows) if view.board else b""
        start = max(0, board.cycle - int(view.wave_seconds * board.phi2_hz))
        return Picture(
            self.monitor.port,
            virtual=True,
            state=self._state(),
            seconds=board.seconds,
            cycle=board.cycle,
            phi2_hz=board.phi2_hz,
            registers=registers,
            leds=tuple(board.leds),
            code=code.code_rows(top, view.code_rows, registers, self.known(), self.read),
            place=self.place(self._pc),
            cycles=self._cycles if board.cycle == self._cycles_at else (),
            within=board.within,
            memory=Block(view.memory, memory, self._changed(view.memory, memory)),
            chip={row.address: board.peek(row.address) for row in REGISTERS} if view.chip else NOTHING,
            waves=tuple(render(board, start, board.cycle, view.wave_columns)) if view.wave_seconds else (),
            program=self._file,
            speed=self._speed_text(),
            undoable=len(self._pokes),
            breakpoints=self._listed(),
        )

    def _state(self) -> State:
        if not self._running:
            return State.STOPPED
        return State.PROMPT if self._in_monitor else State.RUNNING

    @property
    def _pc(self) -> int:
        return pc_of(self._board)

    def _registers(self) -> dict[str, int]:
        return asdict(self._board.registers)

    def _speed_text(self) -> str:
        factor = SPEEDS[self._speed]
        return f"x{factor:g}" if factor else "max"
