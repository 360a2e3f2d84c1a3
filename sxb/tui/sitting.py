# SPDX-License-Identifier: MIT
"""A sitting: what a session with a board can do, whichever board it is.

Its methods are called by the worker alone (`sxb.tui.post`), one after another.  Each is a thin wrapper
around one of `Monitor` or `Board`, which programs and the other commands call, too.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from asm816.addresses import address_text, parse_address
from asm816.debuginfo import DebugInfo
from asm816.spelling import program_counter, register
from emu.conditions import Condition, place_and_condition
from sxb import errors
from sxb.program import extent, read_program
from sxb.records import check_image, check_write
from sxb.tui import code
from sxb.tui.picture import Diagnosed, Heard, Loading, Picture, Report, Told, View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from asm816.diagnostics import Diagnostic
    from asm816.programfile import Program
    from sxb.client import Monitor
    from sxb.exchange import Progress
    from sxb.notices import Notice

T = TypeVar("T")

PASTE_SECONDS = 0.02
"""From one pasted character to the next: twenty at 9600 baud, time for the monitor's own answers."""

LOOK_AT_FILE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Poke:
    """Bytes that were written: what was there, to be put back."""

    address: int
    before: bytes


class Sitting(ABC):
    """One connection to one board."""

    virtual = False

    def __init__(self, monitor: Monitor, board_name: str, report: Callable[[Report], None]) -> None:
        self.monitor = monitor
        self.view = View()
        self.ending = False
        self._board_name = board_name
        self._report = report
        self._program: Program | None = None
        self._file = ""
        self._info = DebugInfo()
        self._lines: dict[str, list[str]] = {}
        self._names = code.names_for(self._info)
        self._breakpoints: dict[int, Condition | None] = {}
        self._pokes: list[Poke] = []
        self._compared: dict[int, int] = {}
        self._top = 0
        self._listening = False
        self._transferring = False
        self._watched = ""
        self._seen: int | None = None
        self._next_look = 0.0
        monitor.trace = self._heard
        monitor.notice = self._noticed
        monitor.progress = self._progressed

    # ------------------------------------------------------------------ what differs between boards

    @abstractmethod
    def greet(self) -> None:
        """Find the prompt."""

    @abstractmethod
    def turn(self) -> float:
        """Let time pass, listen; returns seconds until the next turn.  Called between all else."""

    @abstractmethod
    def picture(self) -> Picture:
        """The board now, as far as `view` asks."""

    @abstractmethod
    def put_on(self, program: Program) -> None:
        """Get a program into the board's memory, proven."""

    @abstractmethod
    def run(self) -> None:
        """Start the program that was loaded, or go on."""

    @abstractmethod
    def halt(self) -> None:
        """Stop the program."""

    @abstractmethod
    def step(self) -> None:
        """One instruction."""

    @abstractmethod
    def step_over(self) -> None:
        """One instruction, with what it calls."""

    @abstractmethod
    def run_to(self, address: int) -> None:
        """Run until an address is reached."""

    @abstractmethod
    def read(self, address: int, length: int) -> bytes:
        """Memory."""

    @abstractmethod
    def write(self, address: int, data: bytes) -> None:
        """Put bytes into memory."""

    @abstractmethod
    def change_registers(self, values: Mapping[str, int]) -> None:
        """Change registers by name."""

    @abstractmethod
    def set_breakpoint(self, address: int, condition: Condition | None) -> None:
        """Stop the program at an address."""

    @abstractmethod
    def clear_breakpoint(self, address: int) -> None:
        """Do so no longer."""

    def start_at(self, address: int) -> None:
        """Start a program at an address."""
        raise NotImplementedError

    def reset(self) -> None:
        """Press RESET."""
        raise errors.only_virtual("pressing RESET from here", "press RESET on the board")

    def step_cycle(self) -> None:
        """One bus cycle."""
        raise errors.only_virtual("stepping by bus cycles", "load the program into emu: for that")

    def step_back(self) -> None:
        """Undo the last instruction."""
        raise errors.only_virtual("stepping back", "load the program into emu: for that")

    def back_to(self, address: int) -> None:
        """Back to where the board last was at an address."""
        del address
        self.step_back()

    def back_to_write(self, address: int) -> None:
        """Back to before the instruction that wrote last to an address."""
        del address
        self.step_back()

    def change_speed(self) -> None:
        """The next speed: slower, faster, real."""
        raise errors.only_virtual("another speed", "a real board has its own")

    # ------------------------------------------------------------------ what does not

    def toggle_run(self) -> None:
        """Stop what runs, run what stands."""
        if self.picture().passing:
            self.halt()
        else:
            self.run()

    def load(self, file: str, *, start: bool = False) -> None:
        """Assemble or read a file, get it onto the board, proven, and start it if asked."""

        def show(diagnostics: Sequence[Diagnostic]) -> None:
            self._report(Diagnosed(file, tuple(diagnostics)))

        program = read_program(file, self._board_name, show)
        if program.assembly is None:
            show(())
        check_image(program.image)
        self._know(program, file)
        self.put_on(program)
        self.tell(f"{Path(file).name}: {extent(program.image)}, loaded and verified")
        if start:
            self.run()

    def type(self, data: bytes) -> None:
        """What the user types, to the board."""
        self._listening = True
        try:
            self.monitor.send(data)
        finally:
            self._listening = False

    def listen(self, seconds: float) -> bytes:
        """What the board says within `seconds`, for the user's eyes."""
        self._listening = True
        try:
            return self.monitor.output(seconds)
        finally:
            self._listening = False

    def paste(self, data: bytes) -> None:
        """Many characters, each with the time to be echoed: the board's input ring takes nine."""
        for byte in data:
            self.type(bytes([byte]))
            self.listen(PASTE_SECONDS)

    def watch(self, file: str) -> None:
        """Load and run this file again whenever it is saved; the same file again: no longer."""
        if self._watched == file:
            self._watched = ""
            self.tell(f"{Path(file).name} is no longer watched")
            return
        self._watched, self._seen = file, _changed_at(file)
        self.tell(f"{Path(file).name} is loaded and run again whenever it is saved")

    def look_at_file(self) -> None:
        """Has the watched file been saved?  Then load and run it."""
        if not self._watched or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_AT_FILE_SECONDS
        seen = _changed_at(self._watched)
        if seen not in (self._seen, None):
            self._seen = seen
            self.load(self._watched, start=True)

    def edit_register(self, text: str) -> None:
        """``a=$80``, ``pc=show``: change a register as people write it."""
        values = _said(register, text)
        place = values.get("pc")
        if isinstance(place, str):
            values = {**program_counter(self.address(place))}
        self.change_registers({name: int(value) for name, value in values.items()})

    def poke(self, address: int, data: bytes) -> None:
        """Write bytes, with a way back."""
        check_write(address, len(data), force=False)
        before = self.read(address, len(data))
        self.write(address, data)
        self._pokes.append(Poke(address, before))
        self.tell(f"{len(data)} byte{'s' if len(data) != 1 else ''} at {address_text(address)}")

    def fill(self, address: int, length: int, byte: int) -> None:
        """Fill memory, with a way back."""
        self.poke(address, bytes([byte]) * length)

    def undo(self) -> None:
        """Put back what the last poke changed."""
        if not self._pokes:
            raise errors.nothing_to_undo()
        last = self._pokes.pop()
        self.write(last.address, last.before)
        self.tell(f"{address_text(last.address)}: {last.before[:8].hex(' ')} put back")

    def compare(self) -> None:
        """From now on memory that differs from what it is now is marked; again: no longer."""
        if self._compared:
            self._compared = {}
            self.tell("changes are no longer marked")
            return
        size = self.view.memory_rows * 16
        data = self.read(self.view.memory, size)
        self._compared = {self.view.memory + n: byte for n, byte in enumerate(data)}
        self.tell("from now on changed bytes are marked")

    def toggle_breakpoint(self, text: str) -> None:
        """``show`` or ``00:00c2 if a = 0x80``: set a breakpoint there, or take it away."""
        place, condition = _said(lambda said: place_and_condition(said, self.symbols), text)
        if place in self._breakpoints and condition is None:
            self.clear_breakpoint(place)
            del self._breakpoints[place]
            self.tell(f"no breakpoint at {self.place(place)} any more")
        else:
            self.set_breakpoint(place, condition)
            self._breakpoints[place] = condition
            self.tell(f"breakpoint at {self.place(place)}{f' if {condition.text}' if condition else ''}")

    def address(self, text: str) -> int:
        """The address that a text means: a number or a symbol.  Raises UsageError."""
        return _said(lambda said: parse_address(said.strip(), self.symbols), text)

    @property
    def symbols(self) -> Mapping[str, int]:
        """The program's symbols and the chip's registers by name."""
        chip = {name: address for address, name in code.CHIP_NAMES.items()}
        return {**chip, **({} if self._program is None else self._program.symbols)}

    def look(self, view: View) -> None:
        """Another part of the board is to be shown."""
        self.view = view

    def close(self) -> None:
        """Give the port back."""
        self.monitor.close()

    def tell(self, sentence: str, hint: str = "", severity: str = "information") -> None:
        """Say something to the user."""
        self._report(Told(sentence, hint, severity))

    def failed(self, error: Exception) -> None:
        """An action ended with an error of ours; a lost line is found again where that is possible."""
        self.tell(getattr(error, "sentence", str(error)), getattr(error, "hint", ""), "error")

    # ------------------------------------------------------------------ within

    def known(self) -> code.Known:
        """What is known of the code beside its bytes."""
        return code.Known(self._info, self._names, self._breakpoints)

    def place(self, address: int) -> str:
        """An address with the label before it, and its line of source."""
        text = address_text(address)
        near = self._info.nearest(address)
        if near is not None and near[1] < 0x100:
            label, distance = near
            text += f" {label.name}{f'+{distance}' if distance else ''}"
        line = self._info.line_at(address)
        return f"{text}  {Path(line[0]).name}:{line[1]}  {self._source(*line)}" if line else text

    def line_of(self, address: int) -> tuple[str, int]:
        """The file and line that made a byte.  Raises SxbError if none is known."""
        line = self._info.line_at(address)
        if line is None:
            raise errors.no_line(address_text(address))
        return line

    def _source(self, file: str, line: int) -> str:
        lines = self._lines.get(file)
        return lines[line - 1].split(";")[0].strip() if lines and line <= len(lines) else ""

    def _know(self, program: Program, file: str) -> None:
        self._program, self._file = program, file
        self._info = program.debug_info()
        self._names = code.names_for(self._info)
        self._lines = {name: _lines_of(name) for name in self._info.files}

    def _listed(self) -> tuple[str, ...]:
        return tuple(
            f"{address_text(place)}{f' if {said.text}' if said else ''}"
            for place, said in sorted(self._breakpoints.items())
        )

    def _changed(self, address: int, data: bytes) -> frozenset[int]:
        return frozenset(
            address + n for n, byte in enumerate(data) if self._compared.get(address + n, byte) != byte
        )

    def _heard(self, direction: str, data: bytes) -> None:
        if self.ending:
            raise SittingOver
        dialogue = not self._listening
        self._report(Heard(direction, data, self.monitor.line.now(), time.time(), dialogue))

    def _noticed(self, notice: Notice) -> None:
        self.tell(notice.sentence, severity="warning")

    def _progressed(self, progress: Progress) -> None:
        self._transferring = True
        self._report(Loading(progress.phase, progress.done, progress.total))

    def settle(self) -> None:
        """A job or a turn is over: no transfer goes on."""
        if self._transferring:
            self._transferring = False
            self._report(Loading("", 0, 0))


class SittingOver(Exception):  # noqa: N818 - no error: the user left in the middle of a dialogue
    """Ends a dialogue from within."""


def _said(reader: Callable[[str], T], text: str) -> T:
    try:
        return reader(text)
    except ValueError as error:
        raise errors.not_understood(str(error)) from None


def _lines_of(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _changed_at(file: str) -> int | None:
    """When a file was saved last, None if it is not there (an editor may be at it)."""
    try:
        return Path(file).stat().st_mtime_ns
    except OSError:
        return None
