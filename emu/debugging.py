# SPDX-License-Identifier: MIT
"""The debugger's commands, a row each: what `emu816 debug` takes and what the screens of the monitor session do.

Every command is a method of `Board`, or a few lines around one; the words are those that people type.
"""

from __future__ import annotations

from dataclasses import asdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from asm816.addresses import address_text, parse_address
from asm816.disassembler import CALLS, LONGEST, disassemble, widths_of
from asm816.exitcodes import ExitCode
from asm816.spelling import byte, hex_bytes, number, program_counter, register
from asm816.target.isa import OPCODES
from asm816.times import parse_time
from emu.board import DEFAULT_BUDGET, Stop
from emu.conditions import Condition, place_and_condition
from emu.errors import EmuError
from emu.probes.names import Names
from emu.probes.waveform import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from asm816.debuginfo import DebugInfo
    from emu.board import Board

Breakpoints = dict[int, Condition | None]
"""24-bit address -> what has to be true there for the board to stop, None for always."""

DUMPED = 16
"""Bytes that are read where nobody says how many."""


def pc_of(board: Board) -> int:
    """The 24-bit address of the next instruction."""
    registers = board.registers
    return registers.pbr << 16 | registers.pc


def stops_here(board: Board, breakpoints: Mapping[int, Condition | None]) -> bool:
    """The board is at a breakpoint, and its condition holds."""
    place = pc_of(board)
    if place not in breakpoints:
        return False
    condition = breakpoints[place]
    return condition is None or condition.holds(asdict(board.registers), board.peek)


def behind_call(board: Board) -> int | None:
    """Where the call that PC is at comes back to; None if it is no call."""
    place = pc_of(board)
    op = OPCODES[board.peek(place)]
    if op.mnemonic not in CALLS:
        return None
    return place & 0xFF0000 | place + op.size(m8=True, x8=True) & 0xFFFF


def run_to_breakpoint(
    board: Board, breakpoints: Mapping[int, Condition | None], seconds: float = DEFAULT_BUDGET
) -> Stop:
    """Run until a breakpoint whose condition holds, for so many emulated seconds at the most."""
    rate = board.chip.clocks.tick_hz
    end = board.chip.schedule.now() + board.chip.clocks.ticks_in(seconds)
    places = frozenset(breakpoints)
    while (left := end - board.chip.schedule.now()) > 0:
        stop = board.run(seconds=Fraction(left, rate), until=places or None)  # type: ignore[arg-type]  # fractions, too
        if stop is Stop.STP or stops_here(board, breakpoints):
            return Stop.UNTIL if stop is not Stop.STP else stop
    return Stop.TIME


class Debugger:
    """A board under the commands of `COMMANDS`; `info` is what is known of its program."""

    def __init__(self, board: Board, info: DebugInfo) -> None:
        self.board = board
        self.breakpoints: Breakpoints = {}
        self._names = Names(info)
        self._symbols = {
            **{name: address for address, name in self._names.labels.items()},
            **info.addresses,
        }

    def do(self, line: str) -> Iterator[str]:
        """Lines to show.  Raises EmuError: E2095 for what is no command, E2096 where the board came not there."""
        word, _, rest = line.strip().partition(" ")
        row = next((row for row in COMMANDS if row.word == word), None)
        if row is None:
            raise EmuError("E2095", f"{word!r} is no command", f"there are: {', '.join(COMMAND_WORDS)}")
        try:
            yield from row.does(self, rest.strip())
        except ValueError as error:
            raise EmuError("E2095", f"{line.strip()}: {error}", f"{row.word} {row.takes}".rstrip()) from None
        said = self.board.serial().take()
        if said:
            yield f"the board says {said.decode('latin-1')!r}"

    # ------------------------------------------------------------------ time

    def run(self, text: str) -> Iterator[str]:
        """Let time pass."""
        run_to_breakpoint(self.board, self.breakpoints, parse_time(text) if text else DEFAULT_BUDGET)
        yield self.where()

    def until(self, text: str) -> Iterator[str]:
        """To an address; a breakpoint on the way stops, too."""
        place, condition = place_and_condition(text, self._symbols)
        stop = run_to_breakpoint(self.board, {**self.breakpoints, place: condition})
        if stop is not Stop.UNTIL:
            raise EmuError(
                "E2096",
                f"the board did not come to {text} within {DEFAULT_BUDGET:g} s: {self.where()}",
                "see where it is: back, step, dis",
                ExitCode.PROGRAM_FAILED,
            )
        yield self.where()

    def stop_at(self, text: str) -> Iterator[str]:
        """Set a breakpoint, clear it, or list them."""
        if text:
            place, condition = place_and_condition(text, self._symbols)
            if place in self.breakpoints and condition is None:
                del self.breakpoints[place]
            else:
                self.breakpoints[place] = condition
        for place, condition in sorted(self.breakpoints.items()):
            yield f"break {self.place(place)}{f' if {condition.text}' if condition else ''}"

    def step(self, text: str) -> Iterator[str]:
        """Instructions."""
        for _ in range(_count(text)):
            self.board.step()
        yield self.where()

    def cycle(self, text: str) -> Iterator[str]:
        """Bus cycles: address, data, and the eight pins."""
        for _ in range(_count(text)):
            cycle = self.board.step_cycle()
            if cycle is None:
                yield "the processor waits or has stopped: no bus cycle"
                return
            data = "--" if cycle.data is None else f"{cycle.data:02X}"
            yield f"{cycle.clock - 1:12}  {address_text(cycle.address)}  {data}  {cycle.flags}"
        if not self.board.within:
            yield self.where()

    def over(self, text: str) -> Iterator[str]:
        """One instruction, with what it calls."""
        _nothing(text)
        place = behind_call(self.board)
        if place is None:
            yield from self.step("")
        else:
            yield from self.until(address_text(place))

    def back(self, text: str) -> Iterator[str]:
        """Instructions undone."""
        for _ in range(_count(text)):
            self.board.step_back()
        yield self.where()

    def back_to(self, text: str) -> Iterator[str]:
        """To where the board last was at an address."""
        self.board.back_to(parse_address(text, self._symbols))
        yield self.where()

    def writer(self, text: str) -> Iterator[str]:
        """Back to before the last write of a byte."""
        write = self.board.last_writer(parse_address(text, self._symbols))
        if write is None or write.pc is None:
            yield f"no instruction on record wrote to {text}"
            return
        self.board.back_before(write.cycle)
        yield f"{text} got {write.value:02X} at cycle {write.cycle}"
        yield self.where()

    def reset(self, text: str) -> Iterator[str]:
        """Press RESET."""
        _nothing(text)
        self.board.reset()
        yield self.where()

    # ------------------------------------------------------------------ what is there

    def registers(self, text: str) -> Iterator[str]:
        """Show them, or change some."""
        for one in text.split():
            values = register(one)
            place = values.get("pc")
            if isinstance(place, str):
                values = {**program_counter(parse_address(place, self._symbols))}
            self.board.set_registers(**{name: int(value) for name, value in values.items()})
        now = self.board.registers
        yield (
            f"PC {address_text(pc_of(self.board))}  A {now.a:04X}  X {now.x:04X}  Y {now.y:04X}  S {now.s:04X}  "
            f"D {now.d:04X}  DBR {now.dbr:02X}  P {now.p:02X}  E {now.e}"
        )

    def read(self, text: str) -> Iterator[str]:
        """Memory."""
        address, length = self._place_and_length(text)
        for start in range(address, address + length, DUMPED):
            row = bytes(self.board.peek(n) for n in range(start, min(start + DUMPED, address + length)))
            yield f"{address_text(start)}  {row.hex(' ').upper()}"

    def write(self, text: str) -> Iterator[str]:
        """Bytes into RAM."""
        place, *data = text.split()
        address, bytes_ = parse_address(place, self._symbols), hex_bytes(tuple(data))
        self.board.memory[address : address + len(bytes_)] = bytes_
        yield f"{len(bytes_)} bytes at {self.place(address)}"

    def fill(self, text: str) -> Iterator[str]:
        """The same byte many times."""
        place, length, value = text.split()
        address, size = parse_address(place, self._symbols), number(length)
        self.board.memory[address : address + size] = bytes([byte(value)]) * size
        yield f"{size} bytes at {self.place(address)}"

    def disassembled(self, text: str) -> Iterator[str]:
        """Code, by default at PC."""
        address, length = self._place_and_length(text or address_text(pc_of(self.board)))
        flags = self.board.registers
        widths = widths_of(flags.p, emulation=bool(flags.e))
        end = address + length
        data = bytes(self.board.peek(n) for n in range(address, min(end + LONGEST, 0x1000000)))
        for piece in disassemble(data, address, widths, self._names.labels):
            if piece.address >= end:
                return
            yield f"{address_text(piece.address)}  {piece.data.hex(' ').upper():11}  {piece.text}"

    def leds(self, text: str) -> Iterator[str]:
        """LED 0 first."""
        _nothing(text)
        yield "LEDs " + "".join("*" if lit else "." for lit in self.board.leds)

    def waves(self, text: str) -> Iterator[str]:
        """Waveforms of the pins that moved."""
        seconds = parse_time(text) if text else 2.0
        start = max(0, self.board.cycle - int(seconds * self.board.phi2_hz))
        yield from render(self.board, start, self.board.cycle)

    def send(self, text: str) -> Iterator[str]:
        """Characters to the console's UART."""
        self.board.serial().send(text.encode("latin-1"))
        yield from ()

    def help(self, text: str) -> Iterator[str]:
        """All commands."""
        _nothing(text)
        for row in COMMANDS:
            yield f"{f'{row.word} {row.takes}':28} {row.tip}"

    # ------------------------------------------------------------------ within

    def where(self) -> str:
        """The cycle, the instruction at PC, and its line of source."""
        place = pc_of(self.board)
        text = next(self.disassembled(f"{address_text(place)} 1")).split("  ")[-1].strip()
        return f"cycle {self.board.cycle}  {self.place(place)}  {text}  {self._names.line(place)}".rstrip()

    def place(self, address: int) -> str:
        """An address with what it is called."""
        return f"{address_text(address)} {self._names.of_code(address)}".rstrip()

    def _place_and_length(self, text: str) -> tuple[int, int]:
        place, _, length = text.partition(" ")
        address, size = parse_address(place, self._symbols), number(length.strip()) if length else DUMPED
        return address, min(size, 0x1000000 - address)


class Command(NamedTuple):
    """`word` and what follows it; `tip` says what it is for."""

    word: str
    takes: str
    tip: str
    does: Callable[[Debugger, str], Iterator[str]]


COMMANDS = (
    Command("run", "[TIME]", "let time pass, up to a breakpoint; 10 s if nobody says how much", Debugger.run),
    Command("until", "ADDR [if A = 0x80]", "run until it comes there; exit 4 if it does not", Debugger.until),
    Command("break", "[ADDR [if A = 0x80]]", "set a breakpoint or clear it; list them", Debugger.stop_at),
    Command("step", "[N]", "instructions", Debugger.step),
    Command("over", "", "one instruction, with what it calls", Debugger.over),
    Command("cycle", "[N]", "bus cycles: address, data, VDA VPA VPB RWB E M X ML", Debugger.cycle),
    Command("back", "[N]", "undo instructions", Debugger.back),
    Command("back-to", "ADDR", "back to where it last was there", Debugger.back_to),
    Command("writer", "ADDR", "back to before the last write of a byte", Debugger.writer),
    Command("reset", "", "press RESET", Debugger.reset),
    Command("regs", "[NAME=VALUE ...]", "show registers, or change some", Debugger.registers),
    Command("read", "ADDR [LEN]", "memory", Debugger.read),
    Command("write", "ADDR HEX ...", "bytes into RAM", Debugger.write),
    Command("fill", "ADDR LEN BYTE", "RAM with one byte", Debugger.fill),
    Command("dis", "[ADDR [LEN]]", "code, by default at PC", Debugger.disassembled),
    Command("leds", "", "the LEDs, LED 0 first, * where lit", Debugger.leds),
    Command("waves", "[TIME]", "waveforms of the last 2 s, or as long", Debugger.waves),
    Command("send", "TEXT", "characters to the console's line", Debugger.send),
    Command("help", "", "this list", Debugger.help),
)

COMMAND_WORDS = tuple(row.word for row in COMMANDS)


def _count(text: str) -> int:
    return number(text) if text else 1


def _nothing(text: str) -> None:
    if text:
        raise ValueError(f"{text!r} is too much")
