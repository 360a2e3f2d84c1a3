# SPDX-License-Identifier: MIT
"""What is not certain about boards and chip: one row per point, and how a board settles it.

`assumed` is what the emulator and the uploader take for true.  A measured point runs on the board
through the monitor; an asked one needs the owner's eyes, or a meter.  What cannot be seen through the
monitor stands in `OPEN`, so that nobody believes it was checked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asm816 import assemble
from asm816.image import image_of
from asm816.srec import s2_record
from asm816.target.monitor import CELLS, END_RECORD, PROMPT, XON
from sxb.errors import SxbError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sxb import Monitor

FREE = 0x00B6
"""The first address that is free on every board."""

RESET_SECONDS = 60.0
"""So long the owner has to find the button; a board with a dead FCLK takes 30 s to its banner."""

LOOPS = 4096
LOOP_CYCLES = 5
"""DEX and a taken BNE: the time base of the timer programs, in PHI2 cycles."""

TIMER = """
.65816
.include "w65c265.inc"
.org 0x00b6
  php
  sei
  lda.b #0xff
  sta.w T{n}LL
  sta.w T{n}LL+1
  sta.w T{n}CL
  sta.w T{n}CL+1      ; the high byte of the counter takes the latch pair along
  lda.b #1<<{n}
  tsb.w TER
  ldx.w #{loops}
wait:
  dex
  bne wait
  trb.w TER
  ldx.w T{n}CL        ; 16 bits
  nop
  nop
  ldy.w T{n}CL        ; the same again: does a stopped timer stand?
  plp
  rtl
"""

PRIORITY = """
.65816
.include "w65c265.inc"
.org 0x00b6
  sei
  ldx.w #1
  stx.w T0LL
  stx.w T2LL
  stx.w T0CL
  stx.w T2CL
  lda.b #5
  tsb.w TER           ; T0 and T2 run out while interrupts are masked
  ldx.w #200
wait:
  dex
  bne wait
  trb.w TER
  tsb.w TIER
  cli                 ; both wait: which is served first?
  nop
  tyx
  rtl
t0:
  ldy.w #0
  bra served
t2:
  ldy.w #2
served:
  lda.b #5
  trb.w TIER
  sta.w TIFR
  rti
"""

LED_PATTERN = """
.65816
.include "w65c265.inc"
.org 0x00b6
  sei
  stz.w PCS7
  lda.b #0x0f
  sta.w PD7
stay:
  bra stay
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One point: `about` names it and says where the doubt comes from."""

    name: str
    about: str
    assumed: str
    measure: Callable[[Board], str] | None = None
    ask: str = ""
    show: str = ""  # a program to start before the owner is asked
    press: bool = False  # the owner has to press RESET while it is measured


class Board:
    """A connected board, and what measurements need besides the monitor's commands."""

    def __init__(self, monitor: Monitor, press: Callable[[], None]) -> None:
        self.monitor = monitor
        self._press = press

    def reset(self) -> bytes:
        """Have RESET pressed; returns what the board sends up to its prompt."""
        self._press()
        end, heard = time.monotonic() + RESET_SECONDS, b""
        while time.monotonic() < end:
            heard += self.monitor.line.read(0.5)
            if PROMPT in heard and heard.endswith(PROMPT):
                return heard
        raise TimeoutError(f"no prompt within {RESET_SECONDS:.0f} s after RESET")

    def call(self, source: str, **values: int) -> tuple[int, int]:
        """Load and call a program; X and Y as it returns."""
        program = assemble(text=source.format(**values))
        assert program.ok, program.diagnostics
        self.monitor.load(program.image)
        registers = self.monitor.call(program.image.first).registers
        return registers.x, registers.y

    def cells(self, address: int, length: int = 1) -> str:
        """Memory as hexadecimal digits."""
        return self.monitor.read(address, length).hex(" ").upper()


# The monitor -------------------------------------------------------------------------------------


def version(board: Board) -> str:
    """The version in the banner."""
    return board.monitor.version().number


def xon(board: Board) -> str:
    """The byte that the first character after a reset brings before its echo."""
    board.reset()
    board.monitor.line.write(b"Z")
    heard = b""
    while PROMPT not in heard:
        said = board.monitor.line.read(1.0)
        if not said:
            break
        heard += said
    board.monitor.find()
    return (
        f"{heard[:1].hex().upper()} before the echo" if heard[:1] == bytes([XON]) else f"{heard[:4].hex(' ')}"
    )


def pacing(board: Board) -> str:
    """Records sent back to back, without waiting for answers: how many of them are acknowledged."""
    data = bytes(range(0x11, 0x11 + 64))
    records = [s2_record(FREE + at, data[at : at + 8]) for at in range(0, len(data), 8)]
    board.monitor.line.write(b"\r".join((*records, END_RECORD, b"")))
    heard = b""
    while not heard.endswith(b"READY\r>"):
        said = board.monitor.line.read(2.0)
        if not said:
            break
        heard += said
    board.monitor.find()
    good = heard.count(b".") - heard.count(b"?")
    same = board.monitor.read(FREE, len(data)) == data
    return f"{good} of {len(records)} acknowledged, memory {'equal' if same else 'differs'}"


def clock_after_reset(board: Board) -> str:
    """Whether the clock survives the button: only if the chip keeps the latches of T4."""
    kept = board.monitor.time()
    board.monitor.set_time(type(kept)(95, 2, 6, 10, 3, 42))
    time.sleep(2.5)
    board.reset()
    board.monitor.find()
    return "kept" if board.monitor.time().year == 95 else "lost"


def ram_after_reset(board: Board) -> str:
    """Whether on-chip RAM keeps its content."""
    data = bytes(range(0x40, 0x50))
    board.monitor.write(FREE, data)
    board.reset()
    board.monitor.find()
    return "kept" if board.monitor.read(FREE, len(data)) == data else "lost"


def entry_state(board: Board) -> str:
    """The registers that a called program starts with, seen by a program that returns at once."""
    board.monitor.load(image_of([(FREE, b"\x6b")]))
    registers = board.monitor.call(FREE).registers
    return f"S {registers.s:04X} D {registers.d:04X} DBR {registers.dbr:02X} P {registers.p & 0x30:02X}"


# The chip ----------------------------------------------------------------------------------------


def crystal(board: Board) -> str:
    """The crystal as the monitor measured it."""
    return f"index {board.monitor.read(CELLS['SPEED'], 1)[0]:02X}"


def timer(number: int) -> Callable[[Board], str]:
    """What a timer counts: its ticks in a known number of PHI2 cycles."""

    def measure(board: Board) -> str:
        stopped, again = board.call(TIMER, n=number, loops=LOOPS)
        ticks, cycles = 0xFFFF - stopped, LOOPS * LOOP_CYCLES
        for name, divider in (("FCLK", 1), ("FCLK/16", 16), ("32768 Hz", 3_686_400 / 32_768)):
            if abs(ticks - cycles / divider) <= 2 + cycles / divider / 100:
                return f"{name}, {'stands' if again == stopped else 'runs on'} when stopped"
        return f"{ticks} ticks in {cycles} cycles of PHI2"

    return measure


def priority(board: Board) -> str:
    """Which of two waiting interrupts is served first; their vectors are borrowed."""
    program = assemble(text=PRIORITY)
    assert program.ok, program.diagnostics
    board.monitor.load(program.image)
    vectors = {0x0128: program.symbols["t0"], 0x0120: program.symbols["t2"]}
    saved = {at: board.monitor.read(at, 4) for at in vectors}
    try:
        for at, target in vectors.items():
            board.monitor.write(at, bytes((0x5C, *target.to_bytes(3, "little"))), force=True)
        first = board.monitor.call(program.image.first).registers.x
    finally:
        for at, data in saved.items():
            board.monitor.write(at, data, force=True)
    return f"T{first} before T{2 - first}"


def absent_memory(board: Board) -> str:
    """Whether addresses where nothing is read the same twice."""
    first = board.monitor.read(0x00DFC4, 4)
    return "stable" if board.monitor.read(0x00DFC4, 4) == first else "changes"


def handshake_lines(board: Board) -> str:
    """What CTS says while the monitor is at its prompt (P56 is low, it may lead there)."""
    try:
        return f"CTS {'asserted' if board.monitor.line._port.cts else 'not asserted'}"
    except OSError:
        return "this port has no handshake lines"


def auto_reset(board: Board) -> str:
    """Whether DTR or RTS reset the board."""
    port: Any = board.monitor.line._port
    try:
        for line in ("dtr", "rts"):
            setattr(port, line, False)
            time.sleep(0.1)
            setattr(port, line, True)
            time.sleep(1.5)
            if port.in_waiting:
                board.monitor.find()
                return f"{line.upper()} resets the board"
    except OSError:
        return "this port has no handshake lines"
    return "no line resets the board"


def external_ram(board: Board) -> str:
    """Whether there is RAM from 0200 on."""
    try:
        board.monitor.load(image_of([(0x0200, b"\x5a\xa5"), (0x7FFE, b"\xa5\x5a")]))
    except SxbError:
        return "none"
    return "0200-7FFF"


POINTS: tuple[Point, ...] = (
    Point("version", "monitor ROM: only revision 2.07 was ever seen", "2.07", version),
    Point(
        "crystal", "FCLK: 'about 3.6 MHz' for the small board; index 02 is 3.6864 MHz", "index 02", crystal
    ),
    Point(
        "xon",
        "the first character after RESET brings 11 before its echo (executed only)",
        "11 before the echo",
        xon,
        press=True,
    ),
    Point(
        "pacing",
        "records need no pauses (executed only)",
        "8 of 8 acknowledged, memory equal",
        pacing,
    ),
    Point("entry", "registers at entry by J (executed only)", "S 01FF D 0000 DBR 00 P 20", entry_state),
    Point("ram", "on-chip RAM through RESET (inferred)", "kept", ram_after_reset, press=True),
    Point(
        "clock",
        "clock through RESET: are the latches of T4 kept? (not known)",
        "kept",
        clock_after_reset,
        press=True,
    ),
    Point(
        "t0",
        "what T0 counts: FCLK by one source, nothing said by the others",
        "FCLK, stands when stopped",
        timer(0),
    ),
    Point("t2", "what T2 counts: FCLK/16 by the ROM's table", "FCLK/16, stands when stopped", timer(2)),
    Point("t5", "what T5 counts: FCLK, tones get a 16th (inferred)", "FCLK, stands when stopped", timer(5)),
    Point("t6", "what T6 counts, as T5", "FCLK, stands when stopped", timer(6)),
    Point("t7", "what T7 counts: FCLK", "FCLK, stands when stopped", timer(7)),
    Point("priority", "direction of the interrupt priorities (stated nowhere)", "T2 before T0", priority),
    Point("pcs7", "PCS7 after boot", "FB", lambda board: board.cells(0xDF27)),
    Point(
        "pd7",
        "PD7 reads PD7 AND NOT PCS7 (inferred; sources contradict each other)",
        "04",
        lambda board: board.cells(0xDF23),
    ),
    Point("bcr", "BCR after boot (00, 01 or 89 by the sources)", "01", lambda board: board.cells(0xDF40)),
    Point("sscr", "SSCR after boot", "FB", lambda board: board.cells(0xDF41)),
    Point("ter", "TER after boot", "1A", lambda board: board.cells(0xDF43)),
    Point("absent", "what reads where nothing is: it must be stable (executed)", "stable", absent_memory),
    Point("ram-external", "RAM outside of the chip: none on the QBX, 32 KB on the SXB", "none", external_ram),
    Point("cts", "does P56 reach CTS? (inferred)", "CTS asserted", handshake_lines),
    Point(
        "auto-reset", "do DTR or RTS reset the board? (nothing found)", "no line resets the board", auto_reset
    ),
    Point(
        "led-polarity",
        "QBX: LEDs lit by a high pin by one sample's comment, no schematic seen",
        "0-3",
        ask="Which LEDs are lit now? (0-3, 4-7, all, none)",
        show=LED_PATTERN,
    ),
    Point(
        "led-idle",
        "LEDs while the monitor waits (inferred)",
        "all",
        ask="Press RESET. Which LEDs are lit? (0-7, all, none)",
    ),
    Point(
        "ftdi-ground",
        "QBX: the cable's ground wire is on the left, seen from the front",
        "left",
        ask="On which side is the ground wire of the cable? (left, right)",
    ),
    Point(
        "nmi",
        "a button or jumper for NMI was not found",
        "none",
        ask="Is there a button or jumper named NMI? (none, or where)",
    ),
    Point(
        "crystal-marking", "the crystal of the QBX", "3.6864", ask="What is printed on the larger crystal?"
    ),
)
"""All points that a board or its owner can settle."""

OPEN: tuple[str, ...] = (
    "the exact range of CS2 and the holes of CS5 (needs a logic analyser)",
    "levels and timing of chip selects, wait states of FCLK/4 accesses (needs a scope)",
    "what WAI and STP do to the oscillator, RUN and BE (needs a scope)",
    "tone frequencies FCLK/16/(N+1) and the waveform (needs a scope on the tone outputs)",
    "the watchdog's action, pulse measurement details, the parallel bus (needs wiring)",
    "UART error causes, sub-bit delays, break handling (needs a signal generator)",
    "crystals other than the one that is fitted; the 30 minutes' power-down (takes too long)",
    "flash bank pins P43 and P44 of the SXB (needs a flash in the socket)",
)
"""What stays in doubt after this list."""
