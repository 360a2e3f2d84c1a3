# SPDX-License-Identifier: MIT
"""`Monitor`: a connected board, for programs and for our own commands.

    with connect("/dev/ttyUSB0") as m:
        result = m.load(image)
        m.go(image.start)

Dialogues (`sxb.dialogue`, `sxb.loading`) say what to send; this module owns the line and its clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

from asm816.image import image_of
from asm816.target.monitor import BAUD, BOOT_PC
from sxb import clock, dialogue, errors, memory, notices, proof, proven, speed
from sxb.clock import Clock
from sxb.dialogue import Registers, Version
from sxb.exchange import ANSWER_SECONDS, Dialogue, Exchange, Listener, Progress, Reply, T, without_flow
from sxb.ports import candidates, open_free
from sxb.records import check_image, check_range, check_write, owned_part
from sxb.transport import PLAIN, Line, LineSettings, open_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from asm816.image import Image
    from emu import Board
    from sxb.journal import Recorder
    from sxb.loading import Tally
    from sxb.notices import Notice

__all__ = ["CallResult", "Clock", "LoadResult", "Monitor", "Progress", "Registers", "Version", "connect"]

CALL_SECONDS = 10.0
"""How long a called program may take unless the caller says otherwise."""

STEP_SECONDS = 2.0
"""The same for one instruction, the longest of which (MVN over a bank) takes 125 ms."""

BREAK_BYTES = 2
"""BRK and its signature: the PC that the monitor saves is behind them."""

WAIT_LOOK_SECONDS = 1.0
"""One look for the banner while RESET is waited for; the banner itself takes 0.27 s."""

WAIT_TELL_SECONDS = 8.0
"""Between two signs of life while waiting: nobody should look at a silent screen for 10 s."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """A load that was done.

    `seconds` on the line's clock; `resent` records sent more than once; `verified` if all bytes were
    compared; `unproven` bytes that could not be, because the monitor or the chip changes them by itself
    (only with ``force``); `kept` bytes that were right already and were not sent; `turbo` the baud rate of
    turbo's blocks, which count as records, 0 if all went by S records.
    """

    bytes: int
    records: int
    resent: int
    seconds: float
    verified: bool
    unproven: int
    kept: int = 0
    turbo: int = 0


@dataclass(frozen=True, slots=True)
class CallResult:
    """A call that returned: the registers that the monitor showed, and what the program printed before."""

    registers: Registers
    output: bytes


def connect(
    port: str | Board | None = None,
    *,
    timeout: float = ANSWER_SECONDS,
    progress: Callable[[Progress], None] | None = None,
    trace: Callable[[str, bytes], None] | None = None,
    notice: Callable[[Notice], None] | None = None,
    wait: float = 0.0,
    asked: LineSettings = PLAIN,
    journal: Recorder | None = None,
) -> Monitor:
    """Open a port and find the monitor's prompt.

    `port` is a port name, a pyserial URL, ``usb:VID:PID``, ``usb:SERIALNUMBER``, ``emu:`` for a new virtual
    board, a `Board` that you hold, or None for the only USB serial port that is free.  `timeout`: seconds
    to wait for an answer.  `progress` is told how far a load or a read is; `trace` is given what was sent
    (``>``) and what was received for it (``<``); `notice` is told what was met and dealt with, and what
    the user should do.  `wait`: so many seconds (may be ``inf``) somebody is given to press the board's
    RESET where that helps, now and in later calls.  `asked` is what is asked of the port itself.
    `journal` records every byte of the line.
    Raises SxbError: NoPortError, NoAnswerError, NotTheMonitorError, LineLostError.
    """
    line = open_port(port, asked)
    if journal is not None:
        journal.follow(line)
    monitor = Monitor(line, timeout=timeout, progress=progress, trace=trace, notice=notice, wait=wait)
    try:
        monitor.find()
    except BaseException:
        line.close()
        raise
    return monitor


def open_port(port: str | Board | None, asked: LineSettings = PLAIN) -> Line:
    """The line to what `connect` calls a port; nothing is sent.  Raises NoPortError."""
    if port is not None and not isinstance(port, str):
        return open_line(port)
    devices = candidates(port)
    if devices is not None:
        return open_free(devices, partial(open_line, asked=asked))
    assert port is not None
    return open_line(port, asked)


class Monitor:
    """The monitor at the other end of an open line."""

    def __init__(
        self,
        line: Line,
        *,
        timeout: float = ANSWER_SECONDS,
        progress: Callable[[Progress], None] | None = None,
        trace: Callable[[str, bytes], None] | None = None,
        notice: Callable[[Notice], None] | None = None,
        wait: float = 0.0,
    ) -> None:
        self.line = line
        self.progress = progress
        self.trace = trace
        self.notice = notice
        self.wait = wait
        self.found_at = BAUD
        """The baud rate at which the prompt was; now it is the monitor's own."""
        self.started: float | None = None
        """When a program was last started, on the line's clock."""
        self.started_cycle: int | None = None
        """The same in PHI2 cycles of a virtual board."""
        self._patience = timeout / ANSWER_SECONDS
        self._at_prompt = False
        self._output = b""
        self._under: dict[int, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the port back.  A running program goes on running (a virtual board is gone)."""
        self.line.close()

    @property
    def port(self) -> str:
        """The port as it was named."""
        return self.line.name

    @property
    def board(self) -> Board | None:
        """The virtual board, or None on a real line."""
        return self.line.board

    def find(self) -> Registers:
        """Find the prompt, whatever state the board is in, at its own speed or another; returns the saved registers."""
        self._at_prompt = False
        found = self._unless_reset_helps(speed.find)
        self.found_at = found.baud
        self._at_prompt = True
        return found.registers

    def registers(self) -> Registers:
        """The saved registers."""
        return self._talk(dialogue.read_registers)

    def set_registers(self, **values: int) -> Registers:
        """Set saved registers (pc pbr a x y s d p dbr); returns all, read back.

        G and J start a program with them, except PC and, at J, S.
        """
        for name, value in values.items():
            if name not in Registers.__slots__:
                known = ", ".join(Registers.__slots__)
                raise errors.UsageError("S0201", f"there is no register {name}", f"registers: {known}")
            top = 0xFF if name in ("p", "dbr", "pbr") else 0xFFFF
            if not 0 <= value <= top:
                raise errors.UsageError(
                    "S0202", f"{value:#x} does not fit register {name}", f"at most {top:#x}"
                )
        return self._talk(partial(dialogue.set_registers, values))

    def read(self, address: int, length: int, *, begin: Progress | None = None) -> bytes:
        """`length` bytes of memory from `address`; `begin`: where progress counts on, for a part of more."""
        check_range(address, length)
        return self._talk(partial(memory.read_block, address, length, begin)) if length else b""

    def write(self, address: int, data: bytes, *, force: bool = False) -> None:
        """Write bytes one by one, each read back by the monitor; for patches, not for programs."""
        check_write(address, len(data), force=force)
        if data:
            self._talk(partial(memory.write_block, address, data))
            self._no_breaks(address, len(data))

    def dump(self, *ranges: tuple[int, int]) -> Image:
        """The memory of (address, length) ranges as an image, to be written to a file or compared."""
        return image_of((address, self.read(address, length)) for address, length in ranges)

    def fill(self, address: int, length: int, byte: int, *, force: bool = False) -> None:
        """Fill `length` bytes from `address` with `byte` (0-255), and read them back.

        Raises GuardedError before anything is sent, RefusedByBoardError before anything is filled where
        memory is not RAM (absent memory may read as the byte), VerifyDiffersError naming the first byte
        that did not stick.
        """
        check_write(address, length, force=force)
        if not 0 <= byte <= 0xFF:
            raise errors.UsageError("S0205", f"{byte:#x} is no byte", "0 to 0xff")
        if not length:
            return
        image = proof.without_owned(image_of([(address, bytes([byte]) * length)]))
        self._talk(partial(proof.probe, image))
        self._talk(partial(memory.fill, address, length, byte))
        self._no_breaks(address, length)
        self.verify(image)

    def breakpoint(self, address: int, *, force: bool = False) -> int:
        """Put a BRK (00) at `address`; returns the byte that was there.

        A program that comes to it returns to the monitor as by BRK; `take_breaks_back` puts the byte back.
        """
        check_write(address, 1, force=force)
        byte = self._talk(partial(memory.put_break, address))
        return self._under.setdefault(address, byte)

    def _no_breaks(self, address: int, length: int) -> None:
        """Something else was written there."""
        self._under = {
            place: byte for place, byte in self._under.items() if not 0 <= place - address < length
        }

    def take_breaks_back(self) -> Registers:
        """Put back what lay under the breakpoints.  The saved PC, two bytes behind a BRK, is put back to it."""
        now = self.registers()
        here = now.pbr << 16 | (now.pc - BREAK_BYTES) & 0xFFFF
        stopped = here in self._under
        for place in tuple(self._under):
            self.write(place, bytes([self._under[place]]))
        return self.set_registers(pc=here & 0xFFFF) if stopped else now

    def until(self, *places: int, seconds: float = CALL_SECONDS) -> Registers:
        """Go on at the saved PC until one of `places` is reached, or a BRK; the registers there.

        Raises ProgramFailedError (with the breakpoints still in memory) if it is not within `seconds` of the
        line's clock, RefusedByBoardError where there is no RAM.
        """
        start = self.registers().address
        try:
            for place in places:
                self.breakpoint(place)
        except (errors.RefusedByBoardError, errors.GuardedError, errors.UsageError):
            self.take_breaks_back()
            raise
        self.go(start)
        if not self._stopped(seconds):
            raise errors.never_came(start, places, seconds)
        now = self.take_breaks_back()
        if now.address == BOOT_PC:
            raise errors.restarted(start)
        return now

    def _stopped(self, seconds: float) -> bool:
        """The prompt came; ESC asks for it in the end, if what `go` heard was the beginning of it."""
        came = self._converse(dialogue.await_prompt(seconds, nudge=False), patience=1.0)
        self._at_prompt = came or self._converse(dialogue.nudge(dialogue.ESC)).complete
        self._output = b""
        return self._at_prompt

    def step(self, *, over: bool = False, seconds: float = STEP_SECONDS) -> Registers:
        """One instruction at the saved PC, by breakpoints behind it; the registers then.

        `over`: a call with all that it does, as every call is where its target is no RAM.  The program has to be in RAM.
        Raises as `until`, and UsageError where no breakpoint brings the program back (STP, emulation mode).
        """
        from asm816.disassembler import CALLS, LONGEST
        from sxb.stepping import instruction_at, places_behind

        now = self.registers()
        at = instruction_at(self.read(now.address, min(LONGEST, 0x10000 - now.pc)), now)
        ways = (True,) if over or at.op is None or at.op.mnemonic not in CALLS else (False, True)
        for way in ways:
            try:
                return self.until(*places_behind(at, now, self.read, over=way), seconds=seconds)
            except (errors.RefusedByBoardError, errors.GuardedError) as error:
                refused = error
        raise errors.no_step(now.address, "a BRK behind it would not lie in free RAM") from refused

    def version(self) -> Version:
        """Which monitor it is, from its banner."""
        return self._talk(dialogue.read_version)

    def time(self) -> Clock:
        """The monitor's date and time; its year has two digits."""
        return self._talk(clock.read_clock)

    def set_time(self, now: Clock) -> Clock:
        """Set the monitor's date and time; returns them as read back.  Raises UsageError for no date."""
        clock.check_clock(now)
        return self._talk(partial(clock.set_clock, now))

    def load(
        self,
        image: Image,
        *,
        verify: bool = True,
        changed: bool = False,
        force: bool = False,
        turbo: bool | None = None,
    ) -> LoadResult:
        """Load an image.  With `verify`, returns only when memory was read back and equals it.

        A CRC that a routine of ours computes on the board over its memory counts as read back.
        `changed`: send only what differs from memory (and verify all).  `turbo`: raw blocks at the highest
        baud rate that both sides prove, always verified; None where it pays, True wherever there is room
        for its loader.
        Refuses the monitor's own memory and the chip's registers unless `force`; what is loaded there
        is not compared, since the monitor changes it.  Nothing is written unless all of it is RAM.
        """
        check_image(image, force=force)
        begin = self.line.now()
        try:
            self._talk(partial(proof.probe, image))
            page = None if changed else proven.turbo_page(image, turbo)
            if page is not None:
                tally = self._talk(partial(proven.load_turbo, image, page))
            else:
                if turbo:
                    self._tell(notices.NO_PLACE)
                tally = self._talk(partial(_way(verify=verify, changed=changed), image))
        except (errors.NoAnswerError, errors.NotTheMonitorError, errors.RefusedByBoardError) as error:
            owned = owned_part(image)
            if owned is None:
                raise
            raise errors.after_force(error, *owned) from error
        for segment in image.segments:
            self._no_breaks(segment.address, len(segment.data))
        seconds = self.line.now() - begin
        proved = verify or changed or page is not None
        compared = proof.without_owned(image).size if proved else 0
        return LoadResult(
            image.size,
            tally.records,
            tally.resent,
            seconds,
            verified=compared == image.size,
            unproven=image.size - compared,
            kept=tally.kept,
            turbo=tally.turbo,
        )

    def verify(self, image: Image) -> None:
        """Compare memory with an image.  Raises VerifyDiffersError naming the first difference."""
        wrong = self._talk(partial(proven.differences, image))
        if wrong:
            first = wrong[0]
            raise errors.differs(first.address, first.wanted, first.found, len(wrong))

    def go(self, address: int) -> None:
        """Jump to a program (JML).  It keeps the line; the next command looks for the prompt again."""
        check_range(address, 1)
        for _ in range(dialogue.ATTEMPTS):
            key = self._talk(partial(dialogue.aim_jump, address))
            self._leave()
            said = self._converse(dialogue.jump(key))
            if said is not None:
                self._output = said
                return
            self._at_prompt = True
        raise errors.disturbed("G", b"")

    def call(self, address: int, *, seconds: float = CALL_SECONDS) -> CallResult:
        """Call a program (JSL) and wait until it returns by RTL or BRK.

        Raises ProgramFailedError if it does not within `seconds` (the line's clock).
        """
        check_range(address, 1)
        digit = self._talk(partial(dialogue.aim_call, address))
        self._leave()
        output, registers = self._converse(dialogue.call(digit, seconds), patience=1.0)
        if registers is None:
            self._output = output
            raise errors.did_not_return(address, seconds)
        self._at_prompt = True
        if registers.address == BOOT_PC:
            self._output = output
            raise errors.restarted(address)
        return CallResult(registers, output)

    def output(self, seconds: float) -> bytes:
        """What the running program sends within `seconds`, as soon as anything comes; may be empty.

        Flow control bytes are removed.  A virtual board runs only while it is listened to.
        """
        if self._output:
            said, self._output = self._output, b""
            return said
        said = without_flow(self.line.read(seconds))
        self._show("<", said)
        return said

    def send(self, data: bytes) -> None:
        """Bytes to the running program, or to the monitor: then where it is has to be found again."""
        self._at_prompt = False
        self._show(">", data)
        self.line.write(data)

    def _leave(self) -> None:
        self._at_prompt = False
        self.started = self.line.now()
        self.started_cycle = None if self.board is None else self.board.cycle

    def _talk(self, begin: Callable[[], Dialogue[T]]) -> T:
        """A dialogue that starts and ends at the prompt; begun anew after a RESET that was waited for."""
        if not self._at_prompt:
            self.find()
        self._at_prompt = False
        result = self._unless_reset_helps(begin)
        self._at_prompt = True
        return result

    def _unless_reset_helps(self, begin: Callable[[], Dialogue[T]]) -> T:
        while True:
            try:
                return self._converse(begin())
            except errors.SxbError as error:
                if self.wait <= 0 or error.code not in errors.RESET_HELPS:
                    raise
                self._await_reset(error)

    def _await_reset(self, error: errors.SxbError) -> None:
        """Ask for RESET and listen for the banner; raises `error` when the time is up."""
        self._tell(notices.waiting(error.sentence))
        waited, told = 0.0, 0.0  # by looks, not by the clock: it stands still where a processor has stopped
        while waited < self.wait:
            due = waited - told >= WAIT_TELL_SECONDS
            if due:
                told = waited
                self._tell(notices.still_waiting(waited))
            if self._converse(dialogue.await_prompt(WAIT_LOOK_SECONDS, nudge=due), patience=1.0):
                self._tell(notices.BANNER)
                return
            waited += WAIT_LOOK_SECONDS
        raise error

    def _tell(self, notice: Notice) -> None:
        if self.notice:
            self.notice(notice)

    def _converse(self, conversation: Dialogue[T], patience: float | None = None) -> T:
        patience = self._patience if patience is None else patience
        try:
            exchange = next(conversation)
            while True:
                if exchange.progress and self.progress:
                    self.progress(exchange.progress)
                if exchange.notice:
                    self._tell(exchange.notice)
                exchange = conversation.send(self._turn(exchange, patience))
        except StopIteration as end:
            result: T = end.value
            return result

    def _turn(self, exchange: Exchange, patience: float) -> Reply:
        """Send and listen.  A read that comes back empty has waited its whole time."""
        listener = Listener(exchange)
        if not self._tune(exchange.baud):
            return listener.reply()
        self._show(">", exchange.send)
        self.line.write(exchange.send)
        wait = self.line.write_time(len(exchange.send)) + exchange.timeout * patience
        deadline = self.line.now() + wait
        try:
            while (left := deadline - self.line.now()) > 0:
                data = self.line.read(exchange.quiet * patience if listener.complete else left)
                if not data or (listener.feed(data) and not exchange.quiet):
                    break
        finally:
            self._show("<", listener.reply().data)
        return listener.reply()

    def _tune(self, baud: int) -> bool:
        """Set the port's speed; False if it does not do that one."""
        now = self.line.baud
        if baud == now:
            return True
        try:
            self.line.baud = baud
        except errors.LineLostError:
            self.line.baud = now  # lost indeed if that fails, too
            return False
        return True

    def _show(self, direction: str, data: bytes) -> None:
        if data and self.trace:
            self.trace(direction, data)


def _way(*, verify: bool, changed: bool) -> Callable[[Image], Dialogue[Tally]]:
    if changed:
        return proven.load_changed
    return proven.load_verified if verify else proven.load_unverified
