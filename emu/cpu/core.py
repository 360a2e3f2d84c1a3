# SPDX-License-Identifier: MIT
"""The W65C816S core: registers, bus cycles, addressing modes, operations, interrupts.

An instruction is the list of its bus cycles in order: each call of `Core.read`, `Core.write` or
`Core.idle` is one PHI2 cycle, and its arguments are what the pins show in that cycle.  An
addressing mode is one method whose body lies beside a row of the data sheet's table "Instruction
operation"; its docstring names the row.  The handlers at the end say in one line what an opcode
does; which opcode runs which handler is said by `asm816.target.isa` alone.

`clock` counts PHI2 cycles.  `event` is the one clock value at which anything but the next
instruction needs attention (a peripheral, an interrupt, the end of a run); whatever may bring it
nearer sets it, and the run loop compares once per instruction.

Where the published vectors and hardware evidence disagree the code follows the hardware and says
so: `pointer_indexed` and `jsr_absolute_indexed_indirect`.  What no vector covers and no public
trace shows are the points of `emu.cpu.bus.Doubts`; besides, WAI needs one cycle to wake (assumed).

The other backends are made from this file by `emu.cpu.specialise`.  It asks for a style below the
handlers: a method ends in its only `return`, there are no loops, and no expression reads an
attribute before a call that changes it.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from asm816.target.isa import OPCODES
from emu.cpu.bus import (
    ABORT_ARMED,
    BY_RING,
    BY_WATCHER,
    CHANGING,
    DATA,
    DEVICE,
    GAP,
    HELD,
    INTERNAL,
    LIKELIEST,
    LOCK,
    MARKING,
    NEVER,
    NO_VALUE,
    ON_EXECUTE,
    ON_READ,
    ON_WRITE,
    OPCODE,
    PROGRAM,
    REACHED,
    STOP_HIT,
    STOPPED,
    STOPS,
    VECTOR,
    VPA,
    W65C816S_VECTORS,
    WENT_ELSEWHERE,
    WENT_ON,
    WRITE,
    OpenBus,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emu.cpu.bus import Devices, Doubts, VectorTable, Watcher

MEMORY_SIZE = 1 << 24

STATE = (
    "a", "x", "y", "s", "d", "pc", "pbr", "dbr", "e",
    "negative", "overflow", "m8", "x8", "decimal", "irq_off", "zero", "carry",
    "clock", "bus", "modified_low", "modified_high", "waiting", "stopped", "ready_at",
    "nmi_since", "irq_since", "irq_native", "irq_emulation", "abort_since", "aborted",
    "mask_was", "mask_at",
)  # fmt: skip
"""All that a core keeps between two instructions, memory and stops apart."""


class Core:
    """A W65C816S with its memory.

    ``memory`` is the whole 24-bit space.  ``slow_read`` and ``slow_write`` hold one byte per
    256-byte page: 0 = plain memory, else bits DEVICE and STOPS (`map_pages`, `emu.cpu.stops`).
    ``near_pages`` is 0 where the page and the next are plain memory to read, within one bank; the
    specialised backends ask it once for several bytes.  None of them is ever resized.
    ``steady`` holds, for the page ``steady_page`` of the devices, what a read gives as long as nothing
    is due, or CHANGING; the devices keep it true.
    ``plain_from`` to ``plain_to`` is the longest stretch of bank 0 where four bytes from any
    address on are plain memory.
    Registers and flags are plain integers; flags are 0 or 1; `p` packs them.
    """

    # Slots: CPython reads them a third faster than the dictionary of an object with so many attributes.
    __slots__ = (
        *STATE,
        "near_pages",
        "devices",
        "doubts",
        "due",
        "event",
        "failure",
        "near",
        "general",
        "hit",
        "hit_clock",
        "hit_kind",
        "interrupt_fetches",
        "marks",
        "mask_late",
        "masked_irq_wakes",
        "memory",
        "modes",
        "nmi_takes_brk",
        "pinned",
        "plain_from",
        "plain_to",
        "ram",
        "read_pages",
        "reason",
        "ring",
        "ring_count",
        "ring_mask",
        "slow_read",
        "slow_write",
        "steady",
        "steady_page",
        "stop_seen",
        "stops",
        "until",
        "vectors",
        "watched",
        "watcher",
        "write_pages",
    )

    def __init__(
        self,
        memory: bytearray | None = None,
        vectors: VectorTable = W65C816S_VECTORS,
        doubts: Doubts = LIKELIEST,
    ) -> None:
        self.memory = bytearray(MEMORY_SIZE) if memory is None else memory
        if len(self.memory) != MEMORY_SIZE:
            raise ValueError(f"the memory has {len(self.memory)} bytes, not {MEMORY_SIZE}")
        self.slow_read = bytearray(MEMORY_SIZE >> 8)
        self.slow_write = bytearray(MEMORY_SIZE >> 8)
        self.near_pages = bytearray((b"\0" * 0xFF + bytes([DEVICE])) * 256)
        # The compiled core keeps bare pointers to them; while a view exists nobody can resize them.
        self.pinned = tuple(
            memoryview(pages) for pages in (self.memory, self.slow_read, self.slow_write, self.near_pages)
        )
        self.ram = self.memory
        self.read_pages = self.slow_read
        self.write_pages = self.slow_write
        self.near = self.near_pages
        self.plain_from = 0
        self.plain_to = 0xFFFD
        self.devices: Devices = OpenBus(self)
        self.steady = array("h", [CHANGING]) * 256
        self.steady_page = -1  # the page of which `steady` speaks
        self.vectors = vectors
        self.doubts = doubts
        self.mask_late = int(doubts.mask_late)
        self.interrupt_fetches = int(doubts.interrupt_fetches)
        self.nmi_takes_brk = int(doubts.nmi_takes_brk)
        self.masked_irq_wakes = int(doubts.masked_irq_wakes)
        self.a = 0  # both halves: B in the high byte
        self.x = 0
        self.y = 0
        self.s = 0x01FF
        self.d = 0
        self.pc = 0
        self.pbr = 0
        self.dbr = 0
        self.e = 1
        self.negative = 0
        self.overflow = 0
        self.m8 = 1  # the M flag: 8-bit accumulator and memory
        self.x8 = 1  # the X flag: 8-bit index registers
        self.decimal = 0
        self.irq_off = 1
        self.zero = 0
        self.carry = 0
        self.modes = 7  # E, M and X as one number
        self.clock = 0
        self.event = 0
        self.until = NEVER  # a run ends at this clock value
        self.due = NEVER  # the next event of the devices
        self.reason = REACHED  # why the last run ended
        self.bus = 0  # the byte last seen on the data bus
        self.modified_low = 0  # where a read-modify-write puts its result
        self.modified_high = 0
        self.waiting = 0  # WAI: halted until an interrupt
        self.stopped = 0  # STP: halted until RESET
        self.stop_seen = 0  # the run began stopped: it only lets time pass
        self.ready_at = 0  # RDY is low until this clock value
        self.nmi_since = NEVER  # the clock at which an NMI edge came and was not yet served
        self.irq_since = NEVER  # the clock since which an interrupt is requested
        self.irq_native, self.irq_emulation = vectors.irq  # where the requested interrupt is handled
        self.abort_since = NEVER  # the clock at which ABORT came; `general` must say that it may
        self.aborted = 0  # the instruction just finished was undone
        self.mask_was = 1  # I as the instruction that ended at `mask_at` sampled it
        self.mask_at = -1
        self.general = 0  # GENERAL_METHODS, ABORT_ARMED, MARKING
        self.marks = bytearray(1)  # by address: WENT_ON, WENT_ELSEWHERE
        self.stops: dict[int, int] = {}  # address: ON_EXECUTE, ON_READ, ON_WRITE
        self.hit = 0  # the stop that ended the run
        self.hit_kind = 0
        self.hit_clock = -1
        self.failure: BaseException | None = None  # raised by a device or watcher, not yet by `run`
        self.watched = 0  # who sees every bus cycle: BY_WATCHER, BY_RING
        self.watcher: Watcher | None = None
        self.ring = array("Q", [0])
        self.ring_mask = 0
        self.ring_count = 0  # cycles recorded since `keep_cycles`

    # ------------------------------------------------------------------ state, pages, recording

    def state(self) -> dict[str, int]:
        """All registers and what is under way, by the names of STATE; memory is not among it."""
        return {name: getattr(self, name) for name in STATE}

    def set_state(self, state: Mapping[str, int]) -> None:
        """Take over what `state` gave; KeyError if something is missing."""
        for name in STATE:
            setattr(self, name, state[name])
        self.settle_modes()
        self.event = 0

    def map_pages(self, first: int, last: int, *, readable: bool, writable: bool) -> None:
        """Pages `first` to `last` (address >> 8) are plain memory, or lie behind the devices; stops stay."""
        count = last + 1 - first
        self.slow_read[first : last + 1] = bytes([0 if readable else DEVICE]) * count
        self.slow_write[first : last + 1] = bytes([0 if writable else DEVICE]) * count
        for address, kinds in self.stops.items():
            if first <= address >> 8 <= last:
                self.mark_stop(address >> 8, kinds)
        self.settle_near_pages(first, last)

    def map_nothing(self) -> None:
        """All pages lie behind the devices."""
        self.map_pages(0, (MEMORY_SIZE >> 8) - 1, readable=False, writable=False)

    def mark_stop(self, page: int, kinds: int) -> None:
        """Let accesses to a page look for stops of these kinds."""
        if kinds & (ON_EXECUTE | ON_READ):
            self.slow_read[page] |= STOPS
        if kinds & ON_WRITE:
            self.slow_write[page] |= STOPS

    def settle_near_pages(self, first: int, last: int) -> None:
        """Whatever changes `slow_read` says so here: `near_pages` and the stretch follow from it."""
        first = max(first - 1, 0)
        count = last + 1 - first
        # As two long numbers: byte by byte the whole space takes two milliseconds.
        these = int.from_bytes(self.slow_read[first : last + 1], "little")
        following = int.from_bytes(self.slow_read[first + 1 : last + 2], "little")
        self.near_pages[first : last + 1] = (these | following).to_bytes(count, "little")
        for page in range(first | 0xFF, last + 1, 0x100):
            self.near_pages[page] = DEVICE  # the last of a bank
        self.settle_plain_stretch()
        self.event = 0

    def settle_plain_stretch(self) -> None:
        """`plain_from` and `plain_to` follow from the pages of bank 0."""
        start = 0
        self.plain_from = self.plain_to = 0
        for page in range(0x101):
            if page == 0x100 or self.slow_read[page] or self.slow_write[page]:
                end = (page << 8) - 3
                if end - start > self.plain_to - self.plain_from:
                    self.plain_from, self.plain_to = start, end
                start = page + 1 << 8

    def keep_cycles(self, count: int) -> None:
        """Record every bus cycle in a ring of `count` words, a power of two; 0 = record no more.

        `emu.cpu.trace` reads the ring.  ValueError if `count` is no power of two.
        """
        if count & (count - 1) or count < 0:
            raise ValueError(f"{count} is not a power of two")
        self.watched = self.watched & ~BY_RING | (BY_RING if count else 0)
        if count:
            self.ring = array("Q", bytes(8 * count))
            self.ring_mask = count - 1
            self.ring_count = 0

    def mark_in(self, marks: bytearray) -> None:
        """Note in `marks`, a byte per address, what `run` executes from now on: WENT_ON, WENT_ELSEWHERE.

        ValueError if it has not MEMORY_SIZE bytes.
        """
        if len(marks) != MEMORY_SIZE:
            raise ValueError(f"the marks have {len(marks)} bytes, not {MEMORY_SIZE}")
        self.marks = marks
        self.general |= MARKING

    # ------------------------------------------------------------------ the processor status

    @property
    def p(self) -> int:
        """The status register, N V M X D I Z C from bit 7 down; bits 5 and 4 are 1 when E = 1."""
        return self.pack_status()

    @p.setter
    def p(self, value: int) -> None:
        self.unpack_status(value)

    def pack_status(self) -> int:
        """The flags as the byte that PHP pushes."""
        return (
            self.negative << 7
            | self.overflow << 6
            | self.m8 << 5
            | self.x8 << 4
            | self.decimal << 3
            | self.irq_off << 2
            | self.zero << 1
            | self.carry
        )

    def unpack_status(self, value: int) -> None:
        """Take the flags from a byte; M and X stay 1 in emulation mode, X = 1 clears XH and YH."""
        self.negative = value >> 7 & 1
        self.overflow = value >> 6 & 1
        self.decimal = value >> 3 & 1
        self.set_mask(value >> 2 & 1)
        self.zero = value >> 1 & 1
        self.carry = value & 1
        self.m8 = value >> 5 & 1 | self.e
        self.x8 = value >> 4 & 1 | self.e
        if self.x8:
            self.x &= 0xFF
            self.y &= 0xFF
        self.settle_modes()

    def settle_modes(self) -> None:
        """E, M, X have changed."""
        self.modes = self.e << 2 | self.m8 << 1 | self.x8

    def set_mask(self, value: int) -> None:
        """The I flag; when it falls, an interrupt that waits may come."""
        if self.irq_off and not value:
            self.event = 0
        self.irq_off = value

    def sample_mask(self) -> None:
        """The instruction about to change I has sampled it as it is (`Doubts.mask_late`)."""
        if self.mask_late:
            self.mask_was = self.irq_off
            self.mask_at = self.clock

    def nz8(self, value: int) -> None:
        """N and Z from 8 bits."""
        self.negative = value >> 7
        self.zero = 0 if value else 1

    def nz16(self, value: int) -> None:
        """N and Z from 16 bits."""
        self.negative = value >> 15
        self.zero = 0 if value else 1

    # ------------------------------------------------------------------ bus cycles

    def read(self, address: int, kind: int) -> int:
        """One cycle with RWB high."""
        self.clock += 1
        value = self.read_slow(address, kind) if self.read_pages[address >> 8] else self.ram[address]
        self.bus = value
        if self.watched:
            self.show_cycle(address, value, kind)
        return value

    def write(self, address: int, value: int, kind: int) -> None:
        """One cycle with RWB low."""
        self.clock += 1
        self.bus = value
        if self.write_pages[address >> 8]:
            self.write_slow(address, value)
        else:
            self.ram[address] = value
        if self.watched:
            self.show_cycle(address, value, kind | WRITE)

    def idle(self, address: int, kind: int) -> None:
        """One internal cycle: the address is on the pins, nobody answers."""
        self.clock += 1
        if self.watched:
            self.show_cycle(address, NO_VALUE, kind)

    def read_slow(self, address: int, kind: int) -> int:
        """A read in a page that is more than plain memory."""
        attribute = self.read_pages[address >> 8]
        if attribute & STOPS and not kind & VPA:
            self.note_access(address, ON_READ)
        return self.read_device(address) if attribute & DEVICE else self.ram[address]

    def write_slow(self, address: int, value: int) -> None:
        """A write in a page that is more than plain memory."""
        attribute = self.write_pages[address >> 8]
        if attribute & STOPS:
            self.note_access(address, ON_WRITE)
        if attribute & DEVICE:
            self.write_device(address, value)
        else:
            self.ram[address] = value

    def read_device(self, address: int) -> int:
        """A read behind the devices, which are asked unless they said what it gives until `event`."""
        value = CHANGING
        if address >> 8 == self.steady_page and self.clock < self.event:
            value = self.steady[address & 0xFF]
        if value == CHANGING:
            value = self.ask_device(address)
        return value

    def ask_device(self, address: int) -> int:
        """The byte that the devices give."""
        value = self.bus
        try:
            value = self.devices.read(address)
        except BaseException as error:  # noqa: BLE001  (`run` raises it)
            self.fail(error)
        return value

    def write_device(self, address: int, value: int) -> None:
        """A write behind the devices."""
        try:
            self.devices.write(address, value)
        except BaseException as error:  # noqa: BLE001  (`run` raises it)
            self.fail(error)

    def show_cycle(self, address: int, value: int, kind: int) -> None:
        """Record a bus cycle; E, M and X are still those of the instruction.

        The layout of a word is said at `emu.cpu.bus.RING_DATA`; built from the top, so that all of
        it has the clock's 64 bits in the compiled core.
        """
        if self.watched & BY_RING:
            word = self.clock & 0x7FFFFF
            word = word << 3 | self.modes
            word = word << 1 | (1 if value < 0 else 0)
            word = word << 5 | kind
            word = word << 8 | value & 0xFF
            self.ring[self.ring_count & self.ring_mask] = word << 24 | address
            self.ring_count += 1
        if self.watched & BY_WATCHER:
            self.call_watcher(address, value, kind)

    def show_gap(self) -> None:
        """Record the clock before and behind a jump, as GAP says; nothing is on the bus meanwhile."""
        if self.watched & BY_RING:
            word = self.clock & 0x7FFFFF
            word = word << 9 | GAP
            self.ring[self.ring_count & self.ring_mask] = word << 32 | self.clock >> 23 & 0x7FFFFFFF
            self.ring_count += 1

    def call_watcher(self, address: int, value: int, kind: int) -> None:
        """Hand a bus cycle to the watcher."""
        try:
            if self.watcher is not None:
                self.watcher(address, value, kind)
        except BaseException as error:  # noqa: BLE001  (`run` raises it)
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """A device or watcher has raised: the instruction is finished, then `run` raises it."""
        if self.failure is None:
            self.failure = error
        self.event = 0

    def fetch(self) -> int:
        """The next byte of the program; PC wraps in its bank."""
        address = self.pbr << 16 | self.pc
        self.pc = self.pc + 1 & 0xFFFF
        return self.read(address, PROGRAM)

    def fetch_word(self) -> int:
        """The next two bytes of the program."""
        low = self.fetch()
        return self.fetch() << 8 | low

    def idle_program(self) -> None:
        """An internal cycle at PC."""
        self.idle(self.pbr << 16 | self.pc, INTERNAL)

    def idle_operand(self) -> None:
        """An internal cycle at the operand byte fetched last."""
        self.idle(self.pbr << 16 | self.pc - 1 & 0xFFFF, INTERNAL)

    # ------------------------------------------------------------------ data, as wide as M or X says

    def read_word(self, address: int) -> int:
        """16 bits; the second byte may lie in the next bank."""
        low = self.read(address, DATA)
        return self.read(address + 1 & 0xFFFFFF, DATA) << 8 | low

    def read_word_bank0(self, address: int) -> int:
        """16 bits in bank 0, where direct page and stack wrap."""
        low = self.read(address, DATA)
        return self.read(address + 1 & 0xFFFF, DATA) << 8 | low

    def read_m(self, address: int) -> int:
        """Data as wide as the accumulator."""
        return self.read(address, DATA) if self.m8 else self.read_word(address)

    def read_x(self, address: int) -> int:
        """Data as wide as the index registers."""
        return self.read(address, DATA) if self.x8 else self.read_word(address)

    def read_m_bank0(self, address: int) -> int:
        """Data as wide as the accumulator, from direct page or stack."""
        return self.read(address, DATA) if self.m8 else self.read_word_bank0(address)

    def read_x_bank0(self, address: int) -> int:
        """Data as wide as the index registers, from the direct page."""
        return self.read(address, DATA) if self.x8 else self.read_word_bank0(address)

    def write_m(self, address: int, value: int) -> None:
        """Store as wide as the accumulator, low byte first."""
        self.write(address, value & 0xFF, DATA)
        if not self.m8:
            self.write(address + 1 & 0xFFFFFF, value >> 8, DATA)

    def write_x(self, address: int, value: int) -> None:
        """Store as wide as the index registers, low byte first."""
        self.write(address, value & 0xFF, DATA)
        if not self.x8:
            self.write(address + 1 & 0xFFFFFF, value >> 8, DATA)

    def write_m_bank0(self, address: int, value: int) -> None:
        """Store as wide as the accumulator, to direct page or stack."""
        self.write(address, value & 0xFF, DATA)
        if not self.m8:
            self.write(address + 1 & 0xFFFF, value >> 8, DATA)

    def write_x_bank0(self, address: int, value: int) -> None:
        """Store as wide as the index registers, to the direct page."""
        self.write(address, value & 0xFF, DATA)
        if not self.x8:
            self.write(address + 1 & 0xFFFF, value >> 8, DATA)

    # Read-modify-write: the memory is locked from the first read to the last write.

    def take(self, address: int) -> int:
        """Read what is to be modified and put back."""
        return self.take_at(address, address + 1 & 0xFFFFFF)

    def take_bank0(self, address: int) -> int:
        """Read what is to be modified and put back, in the direct page."""
        return self.take_at(address, address + 1 & 0xFFFF)

    def take_at(self, low: int, high: int) -> int:
        """Read the data at these addresses; one more cycle while it is being modified."""
        self.modified_low = low
        self.modified_high = high
        value = self.read(low, DATA | LOCK)
        if self.e:
            self.write(low, value, LOCK)  # emulation mode writes the old value back first
        elif self.m8:
            self.idle(low, LOCK)
        else:
            value = self.read(high, DATA | LOCK) << 8 | value
            self.idle(high, LOCK)
        return value

    def put(self, value: int) -> None:
        """Write the modified value where it was taken, high byte first."""
        if not self.m8:
            self.write(self.modified_high, value >> 8, DATA | LOCK)
        self.write(self.modified_low, value & 0xFF, DATA | LOCK)

    # ------------------------------------------------------------------ the stack

    def push(self, value: int) -> None:
        """One byte; in emulation mode S stays in page 1."""
        self.write(self.s, value, DATA)
        self.s = 0x0100 | self.s - 1 & 0xFF if self.e else self.s - 1 & 0xFFFF

    def pull(self) -> int:
        """One byte; in emulation mode S stays in page 1."""
        self.s = 0x0100 | self.s + 1 & 0xFF if self.e else self.s + 1 & 0xFFFF
        return self.read(self.s, DATA)

    def push_word(self, value: int) -> None:
        """Two bytes, high byte first."""
        self.push(value >> 8)
        self.push(value & 0xFF)

    def pull_word(self) -> int:
        """Two bytes, low byte first."""
        low = self.pull()
        return self.pull() << 8 | low

    # The instructions that the 6502 did not have use all 16 bits of S while they run.

    def push_full(self, value: int) -> None:
        """One byte; S may leave page 1."""
        self.write(self.s, value, DATA)
        self.s = self.s - 1 & 0xFFFF

    def pull_full(self) -> int:
        """One byte; S may leave page 1."""
        self.s = self.s + 1 & 0xFFFF
        return self.read(self.s, DATA)

    def pull_word_full(self) -> int:
        """Two bytes, low byte first; then S is back in page 1 if E = 1."""
        value = self.pull_word_full_open()
        self.settle_stack()
        return value

    def pull_word_full_open(self) -> int:
        """Two bytes, low byte first; a third follows."""
        low = self.pull_full()
        return self.pull_full() << 8 | low

    def push_word_full(self, value: int) -> None:
        """Two bytes, high byte first; then S is back in page 1 if E = 1."""
        self.push_full(value >> 8)
        self.push_full(value & 0xFF)
        self.settle_stack()

    def settle_stack(self) -> None:
        """In emulation mode the high byte of S is 01 between instructions."""
        if self.e:
            self.s = 0x0100 | self.s & 0xFF

    # ------------------------------------------------------------------ addressing modes
    # Each returns the address of the data, 24 bits; direct page and stack lie in bank 0.

    def absolute(self) -> int:
        """Absolute a (row 1a)."""
        return self.dbr << 16 | self.fetch_word()

    def absolute_x(self) -> int:
        """Absolute indexed a,X for reading (row 6a, note 4: the extra cycle may fall away)."""
        base = self.absolute()
        return self.index_read(base, self.x)

    def absolute_y(self) -> int:
        """Absolute indexed a,Y for reading (row 7)."""
        base = self.absolute()
        return self.index_read(base, self.y)

    def absolute_x_store(self) -> int:
        """Absolute indexed a,X for writing (rows 6a, 6b): the extra cycle is always there."""
        base = self.absolute()
        return self.index_store(base, self.x)

    def absolute_y_store(self) -> int:
        """Absolute indexed a,Y for writing (row 7)."""
        base = self.absolute()
        return self.index_store(base, self.y)

    def index_read(self, base: int, index: int) -> int:
        """Add an index; one more cycle if X = 0 or the page changes."""
        address = base + index & 0xFFFFFF
        if not self.x8 or (address ^ base) & 0xFFFF00:
            self.idle(base & 0xFFFF00 | address & 0xFF, INTERNAL)
        return address

    def index_store(self, base: int, index: int) -> int:
        """Add an index; always one more cycle, at the address without the carry."""
        address = base + index & 0xFFFFFF
        self.idle(base & 0xFFFF00 | address & 0xFF, INTERNAL)
        return address

    def absolute_long(self) -> int:
        """Absolute long al (row 4a)."""
        low = self.fetch_word()
        return self.fetch() << 16 | low

    def absolute_long_x(self) -> int:
        """Absolute long indexed al,X (row 5)."""
        base = self.absolute_long()
        return base + self.x & 0xFFFFFF

    def direct_offset(self) -> int:
        """The operand of all direct modes; one more cycle if DL is not 0 (note 2)."""
        offset = self.fetch()
        if self.d & 0xFF:
            self.idle_operand()
        return offset

    def direct(self) -> int:
        """Direct d (row 10a)."""
        offset = self.direct_offset()
        return self.d + offset & 0xFFFF

    def direct_x(self) -> int:
        """Direct indexed d,X (row 16a)."""
        offset = self.direct_offset()
        self.idle_operand()
        return self.direct_index(offset, self.x)

    def direct_y(self) -> int:
        """Direct indexed d,Y (row 17)."""
        offset = self.direct_offset()
        self.idle_operand()
        return self.direct_index(offset, self.y)

    def direct_index(self, offset: int, index: int) -> int:
        """D + offset + index in bank 0; as on a 6502 it stays in the page if E = 1 and DL = 0."""
        in_page = self.e and not self.d & 0xFF
        return self.d | offset + index & 0xFF if in_page else self.d + offset + index & 0xFFFF

    def pointer(self, address: int) -> int:
        """A 16-bit pointer in the direct page; it stays in the page if E = 1 and DL = 0."""
        low = self.read(address, DATA)
        in_page = self.e and not self.d & 0xFF
        second = address & 0xFF00 | address + 1 & 0xFF if in_page else address + 1 & 0xFFFF
        return self.read(second, DATA) << 8 | low

    def pointer_indexed(self, address: int) -> int:
        """The pointer of (d,X): in emulation mode its high byte never leaves the page.

        For DL not 0 the published vectors say otherwise; test programs run on real hardware
        (gilyon/snes-tests, ares PR #1410, MAME PR #12079) show it so.
        """
        low = self.read(address, DATA)
        second = address & 0xFF00 | address + 1 & 0xFF if self.e else address + 1 & 0xFFFF
        return self.read(second, DATA) << 8 | low

    def pointer_long(self, address: int) -> int:
        """A 24-bit pointer in the direct page; never confined to it."""
        low = self.read(address, DATA)
        middle = self.read(address + 1 & 0xFFFF, DATA)
        return self.read(address + 2 & 0xFFFF, DATA) << 16 | middle << 8 | low

    def direct_indirect(self) -> int:
        """Direct indirect (d) (row 12)."""
        at = self.direct()
        return self.dbr << 16 | self.pointer(at)

    def direct_indexed_indirect(self) -> int:
        """Direct indexed indirect (d,X) (row 11)."""
        at = self.direct_x()
        return self.dbr << 16 | self.pointer_indexed(at)

    def direct_indirect_indexed(self) -> int:
        """Direct indirect indexed (d),Y for reading (row 13)."""
        base = self.direct_indirect()
        return self.index_read(base, self.y)

    def direct_indirect_indexed_store(self) -> int:
        """Direct indirect indexed (d),Y for writing (row 13)."""
        base = self.direct_indirect()
        return self.index_store(base, self.y)

    def direct_indirect_long(self) -> int:
        """Direct indirect long [d] (row 15)."""
        at = self.direct()
        return self.pointer_long(at)

    def direct_indirect_long_indexed(self) -> int:
        """Direct indirect long indexed [d],Y (row 14)."""
        base = self.direct_indirect_long()
        return base + self.y & 0xFFFFFF

    def stack_relative(self) -> int:
        """Stack relative d,S (row 23)."""
        offset = self.fetch()
        self.idle_operand()
        return self.s + offset & 0xFFFF

    def stack_relative_indirect_indexed(self) -> int:
        """Stack relative indirect indexed (d,S),Y (row 24)."""
        at = self.stack_relative()
        base = self.dbr << 16 | self.read_word_bank0(at)
        self.idle(at + 1 & 0xFFFF, INTERNAL)
        return base + self.y & 0xFFFFFF

    def immediate_m(self) -> int:
        """Immediate #, as wide as the accumulator (row 18)."""
        return self.fetch() if self.m8 else self.fetch_word()

    def immediate_x(self) -> int:
        """Immediate #, as wide as the index registers (row 18)."""
        return self.fetch() if self.x8 else self.fetch_word()

    # ------------------------------------------------------------------ operations

    def set_a(self, value: int) -> None:
        """A from a value as wide as M says; B survives an 8-bit one."""
        if self.m8:
            self.a = self.a & 0xFF00 | value
            self.nz8(value)
        else:
            self.a = value
            self.nz16(value)

    def set_x(self, value: int) -> None:
        """X from a value as wide as the index registers."""
        self.x = value
        if self.x8:
            self.nz8(value)
        else:
            self.nz16(value)

    def set_y(self, value: int) -> None:
        """Y from a value as wide as the index registers."""
        self.y = value
        if self.x8:
            self.nz8(value)
        else:
            self.nz16(value)

    def a_value(self) -> int:
        """A as wide as M says."""
        return self.a & 0xFF if self.m8 else self.a

    def or_a(self, value: int) -> None:
        """ORA."""
        self.set_a(self.a_value() | value)

    def and_a(self, value: int) -> None:
        """AND."""
        self.set_a(self.a_value() & value)

    def exclusive_or_a(self, value: int) -> None:
        """EOR."""
        self.set_a(self.a_value() ^ value)

    def add(self, value: int) -> None:
        """ADC."""
        if self.m8:
            result = self.add_decimal8(self.a & 0xFF, value) if self.decimal else self.add8(value)
        elif self.decimal:
            low = self.add_decimal8(self.a & 0xFF, value & 0xFF)
            result = self.add_decimal8(self.a >> 8, value >> 8) << 8 | low
        else:
            result = self.add16(value)
        self.set_a(result)

    def subtract(self, value: int) -> None:
        """SBC: binary subtraction is the addition of the complement."""
        if self.m8:
            inverse = value ^ 0xFF
            result = self.subtract_decimal8(self.a & 0xFF, inverse) if self.decimal else self.add8(inverse)
        elif self.decimal:
            inverse = value ^ 0xFFFF
            low = self.subtract_decimal8(self.a & 0xFF, inverse & 0xFF)
            result = self.subtract_decimal8(self.a >> 8, inverse >> 8) << 8 | low
        else:
            result = self.add16(value ^ 0xFFFF)
        self.set_a(result)

    def add8(self, value: int) -> int:
        """A + value + C in 8 bits; sets C and V."""
        a = self.a & 0xFF
        total = a + value + self.carry
        self.carry = total >> 8
        self.overflow = ((a ^ total) & (value ^ total)) >> 7 & 1
        return total & 0xFF

    def add16(self, value: int) -> int:
        """A + value + C in 16 bits; sets C and V."""
        total = self.a + value + self.carry
        self.carry = total >> 16
        self.overflow = ((self.a ^ total) & (value ^ total)) >> 15 & 1
        return total & 0xFFFF

    def add_decimal8(self, a: int, value: int) -> int:
        """Two decimal digits a + value + C; V is taken before the upper digit is corrected."""
        low = (a & 0x0F) + (value & 0x0F) + self.carry
        if low > 9:
            low += 6
        total = (a & 0xF0) + (value & 0xF0) + (0x10 if low > 0x0F else 0) + (low & 0x0F)
        self.overflow = (~(a ^ value) & (a ^ total)) >> 7 & 1
        if total > 0x9F:
            total += 0x60
        self.carry = 1 if total > 0xFF else 0
        return total & 0xFF

    def subtract_decimal8(self, a: int, inverse: int) -> int:
        """Two decimal digits a + complement + C; V is taken before the upper digit is corrected."""
        low = (a & 0x0F) + (inverse & 0x0F) + self.carry
        if low <= 0x0F:
            low -= 6
        total = (a & 0xF0) + (inverse & 0xF0) + (0x10 if low > 0x0F else 0) + (low & 0x0F)
        self.overflow = (~(a ^ inverse) & (a ^ total)) >> 7 & 1
        if total <= 0xFF:
            total -= 0x60
        self.carry = 1 if total > 0xFF else 0
        return total & 0xFF

    def compare8(self, register: int, value: int) -> None:
        """Register - value in 8 bits: C = no borrow."""
        self.carry = 1 if register >= value else 0
        self.nz8(register - value & 0xFF)

    def compare16(self, register: int, value: int) -> None:
        """Register - value in 16 bits: C = no borrow."""
        self.carry = 1 if register >= value else 0
        self.nz16(register - value & 0xFFFF)

    def compare_a(self, value: int) -> None:
        """CMP."""
        if self.m8:
            self.compare8(self.a & 0xFF, value)
        else:
            self.compare16(self.a, value)

    def compare_index(self, register: int, value: int) -> None:
        """CPX, CPY."""
        if self.x8:
            self.compare8(register, value)
        else:
            self.compare16(register, value)

    def test_bits(self, value: int) -> None:
        """BIT: N and V from the memory's two top bits, Z from A AND memory."""
        self.negative = value >> 7 & 1 if self.m8 else value >> 15
        self.overflow = value >> 6 & 1 if self.m8 else value >> 14 & 1
        self.test_zero(value)

    def test_zero(self, value: int) -> None:
        """Z from A AND value, the other flags stay."""
        self.zero = 0 if self.a_value() & value else 1

    def set_bits(self, value: int) -> int:
        """TSB."""
        self.test_zero(value)
        return value | self.a_value()

    def reset_bits(self, value: int) -> int:
        """TRB."""
        self.test_zero(value)
        return value & ~self.a_value()

    def nz_m(self, value: int) -> int:
        """N and Z from a value as wide as M says, which is handed on."""
        if self.m8:
            self.nz8(value)
        else:
            self.nz16(value)
        return value

    def m_mask(self) -> int:
        """All ones, as wide as M says."""
        return 0xFF if self.m8 else 0xFFFF

    def shift_left(self, value: int) -> int:
        """ASL."""
        self.carry = value >> 7 if self.m8 else value >> 15
        return self.nz_m(value << 1 & self.m_mask())

    def rotate_left(self, value: int) -> int:
        """ROL."""
        result = (value << 1 | self.carry) & self.m_mask()
        self.carry = value >> 7 if self.m8 else value >> 15
        return self.nz_m(result)

    def shift_right(self, value: int) -> int:
        """LSR."""
        self.carry = value & 1
        return self.nz_m(value >> 1)

    def rotate_right(self, value: int) -> int:
        """ROR."""
        result = value >> 1 | (self.carry << 7 if self.m8 else self.carry << 15)
        self.carry = value & 1
        return self.nz_m(result)

    def increment(self, value: int) -> int:
        """INC."""
        return self.nz_m(value + 1 & self.m_mask())

    def decrement(self, value: int) -> int:
        """DEC."""
        return self.nz_m(value - 1 & self.m_mask())

    def x_mask(self) -> int:
        """All ones, as wide as X says."""
        return 0xFF if self.x8 else 0xFFFF

    def branch(self, taken: int) -> None:
        """Relative r (row 20): one cycle more if taken, another on a page change if E = 1."""
        offset = self.fetch()
        if taken:
            target = self.pc + (offset ^ 0x80) - 0x80 & 0xFFFF
            self.idle_operand()
            if self.e and (target ^ self.pc) & 0xFF00:
                self.idle_operand()
            self.pc = target

    def move_block(self, step: int) -> None:
        """MVN, MVP (rows 9a, 9b): one byte; the opcode is fetched again until A wraps."""
        self.dbr = self.fetch()
        source = self.fetch()
        value = self.read(source << 16 | self.x, DATA)
        target = self.dbr << 16 | self.y
        self.write(target, value, DATA)
        self.idle(target, INTERNAL)
        self.idle(target, INTERNAL)
        self.x = self.x + step & self.x_mask()
        self.y = self.y + step & self.x_mask()
        self.a = self.a - 1 & 0xFFFF
        if self.a != 0xFFFF:
            self.pc = self.pc - 3 & 0xFFFF

    def push_m(self, value: int) -> None:
        """Push as wide as M says (row 22c)."""
        self.idle_program()
        if not self.m8:
            self.push(value >> 8)
        self.push(value & 0xFF)

    def push_x(self, value: int) -> None:
        """Push as wide as X says (row 22c)."""
        self.idle_program()
        if not self.x8:
            self.push(value >> 8)
        self.push(value & 0xFF)

    def push_byte(self, value: int) -> None:
        """Push 8 bits (row 22c)."""
        self.idle_program()
        self.push(value)

    def pull_m(self) -> int:
        """Pull as wide as M says (row 22b)."""
        self.idle_program()
        self.idle_program()
        return self.pull() if self.m8 else self.pull_word()

    def pull_x(self) -> int:
        """Pull as wide as X says (row 22b)."""
        self.idle_program()
        self.idle_program()
        return self.pull() if self.x8 else self.pull_word()

    def set_s(self, value: int) -> None:
        """S from 16 bits; in emulation mode its high byte stays 01."""
        self.s = 0x0100 | value & 0xFF if self.e else value

    def jump_long(self, target: int) -> None:
        """PBR and PC from 24 bits."""
        self.pc = target & 0xFFFF
        self.pbr = target >> 16

    def read_program_word(self, address: int) -> int:
        """The pointer of (a,X): 16 bits from the program bank, where the address wraps."""
        low = self.read(self.pbr << 16 | address, DATA)
        return self.read(self.pbr << 16 | address + 1 & 0xFFFF, DATA) << 8 | low

    # ------------------------------------------------------------------ interrupts, reset, running

    def push_state(self, status: int) -> None:
        """The middle of the interrupt sequences (row 22a): PBR in native mode, PC, P."""
        if not self.e:
            self.push(self.pbr)
        self.push_word(self.pc)
        self.push(status)

    def enter_handler(self, vector: int) -> None:
        """The end of the interrupt sequences (row 22a): I = 1, D = 0, PC from the vector in bank 0."""
        self.irq_off = 1
        self.decimal = 0
        self.pbr = 0
        low = self.read(vector, VECTOR)
        self.pc = self.read(vector + 1, VECTOR) << 8 | low

    def software_interrupt(self, native: int, emulation: int) -> None:
        """BRK, COP (row 22j): the byte behind the opcode is fetched and skipped."""
        self.fetch()
        self.push_state(self.pack_status())
        if self.nmi_takes_brk and self.nmi_since < self.clock:
            self.nmi_since = NEVER
            native, emulation = self.vectors.nmi
        self.enter_handler(emulation if self.e else native)

    def hardware_interrupt(self, native: int, emulation: int) -> None:
        """NMI, IRQ, ABORT (row 22a): two cycles at PC, then as BRK; in emulation mode bit 4 is pushed as 0."""
        if self.interrupt_fetches:
            self.read(self.pbr << 16 | self.pc, OPCODE)
        else:
            self.idle_program()
        self.idle_program()
        status = self.pack_status()
        self.push_state(status & 0xEF if self.e else status)
        self.enter_handler(emulation if self.e else native)

    def reset(self) -> None:
        """RESET (row 22a): emulation mode; S counts down three reads instead of writes."""
        self.e = 1
        self.m8 = self.x8 = self.irq_off = 1
        self.settle_modes()
        self.decimal = 0
        self.x &= 0xFF
        self.y &= 0xFF
        self.d = self.dbr = self.pbr = 0
        self.waiting = self.stopped = self.stop_seen = self.aborted = 0
        self.ready_at = 0
        self.nmi_since = self.abort_since = NEVER
        self.s = 0x0100 | self.s & 0xFF
        self.idle_program()
        self.idle_program()
        for _ in range(3):
            self.read(self.s, DATA)
            self.s = 0x0100 | self.s - 1 & 0xFF
        low = self.read(self.vectors.reset, VECTOR)
        self.pc = self.read(self.vectors.reset + 1, VECTOR) << 8 | low
        self.event = 0

    def read_opcode(self) -> int:
        """The first cycle of an instruction."""
        address = self.pbr << 16 | self.pc
        self.pc = self.pc + 1 & 0xFFFF
        return self.read(address, OPCODE)

    def fetch_opcode(self) -> int:
        """The same, but HELD where a breakpoint stands: then nothing has happened."""
        address = self.pbr << 16 | self.pc
        if self.read_pages[address >> 8] & STOPS and self.breaks(address):
            return HELD
        return self.read_opcode()

    def execute_abortable(self, opcode: int) -> None:
        """An instruction that ABORT undoes: registers come back, memory does not (data sheet, ABORTB)."""
        registers = (self.a, self.x, self.y, self.s, self.d, self.pc - 1 & 0xFFFF, self.pbr, self.dbr)
        status, emulation = self.pack_status(), self.e
        HANDLERS[opcode](self)
        if self.abort_since < self.clock:
            self.e = emulation
            self.unpack_status(status)
            self.a, self.x, self.y, self.s, self.d, self.pc, self.pbr, self.dbr = registers
            self.abort_since = NEVER
            self.aborted = 1
            self.event = 0

    def execute_unusually(self, opcode: int) -> None:
        """An instruction that ABORT may undo, or that is to be marked."""
        address = self.pbr << 16 | self.pc - 1 & 0xFFFF
        if self.general & ABORT_ARMED:
            self.execute_abortable(opcode)
        else:
            HANDLERS[opcode](self)
        if self.general & MARKING and opcode != HELD:
            self.marks[address] |= WENT_ON if self.pc - address & 0xFFFF == 2 else WENT_ELSEWHERE

    def step(self) -> None:
        """One instruction; interrupts, devices and stops are not looked at, and nothing is marked."""
        self.settle_modes()
        HANDLERS[self.read_opcode()](self)

    def run(self, until: int) -> int:
        """Run until the clock has reached `until`, STP, or a stop; says which: REACHED, STOPPED, STOP_HIT.

        The last instruction is finished, so the clock may end a few cycles behind `until`.  A run
        that begins stopped lets only the time pass; one that begins at a breakpoint passes it.
        What a device or watcher raises is raised here, between two instructions.
        """
        self.until = until
        self.event = 0
        self.hit_kind = 0
        self.stop_seen = self.stopped
        self.settle_modes()
        while True:
            if self.clock >= self.event and self.attend():
                return self.reason
            opcode = self.fetch_opcode()
            if self.general & (ABORT_ARMED | MARKING):
                self.execute_unusually(opcode)
            else:
                HANDLERS[opcode](self)

    def attend(self) -> bool:
        """Between two instructions: devices, interrupts, WAI.  True when the run is over."""
        while True:
            self.raise_failure()
            self.due = self.devices.service()
            if self.is_over():
                return True
            self.event = min(self.due, self.until)
            if self.is_halted():
                self.pass_time()
                continue
            if self.waiting:
                self.waiting = 0
                self.idle_program()  # the request must be there before the last cycle
            if not self.take_interrupt():
                return False

    def raise_failure(self) -> None:
        """Raise what a device or watcher raised during the last instruction."""
        failure = self.failure
        self.failure = None
        if failure is not None:
            raise failure

    def is_over(self) -> bool:
        """A stop was hit, STP was executed, or the time has come; `reason` says which."""
        if self.hit_kind:
            self.reason = STOP_HIT
        elif self.stopped:
            self.reason = STOPPED
        else:
            self.reason = REACHED
        return bool(self.hit_kind or (self.stopped and not self.stop_seen) or self.clock >= self.until)

    def is_halted(self) -> bool:
        """No instruction begins now: STP, RDY low, or WAI without a request."""
        wake = self.nmi_since
        if self.masked_irq_wakes or not self.irq_off:
            wake = min(wake, self.irq_since)
        return bool(self.stopped or self.clock < self.ready_at or (self.waiting and self.clock < wake))

    def pass_time(self) -> None:
        """Nothing can happen before the next event: the cycles until then pass at once."""
        target = min(self.event, self.ready_at) if self.clock < self.ready_at else self.event
        self.show_gap()
        self.clock = max(self.clock, target)
        self.show_gap()

    def take_interrupt(self) -> bool:
        """Serve what was requested before the last cycle of the finished instruction."""
        masked = self.mask_was if self.mask_at == self.clock else self.irq_off
        if self.aborted:
            self.aborted = 0
            native, emulation = self.vectors.abort
        elif self.nmi_since < self.clock:
            self.nmi_since = NEVER
            native, emulation = self.vectors.nmi
        elif self.irq_since < self.clock and not masked:
            native, emulation = self.irq_native, self.irq_emulation
        else:
            if self.clock in (self.nmi_since, self.irq_since, self.mask_at):
                self.event = 0  # too late for this instruction: look again behind the next
            return False
        self.hardware_interrupt(native, emulation)
        return True

    def breaks(self, address: int) -> bool:
        """An execute stop stands here, and the run did not begin on it."""
        begun = self.hit == address and self.hit_clock == self.clock
        if begun or not self.stops.get(address, 0) & ON_EXECUTE:
            return False
        self.note_stop(address, ON_EXECUTE)
        return True

    def note_access(self, address: int, kind: int) -> None:
        """A data access in a page with stops."""
        if self.stops.get(address, 0) & kind:
            self.note_stop(address, kind)

    def note_stop(self, address: int, kind: int) -> None:
        """The run ends at the next boundary of instructions; the first stop of an instruction counts."""
        if not self.hit_kind:
            self.hit = address
            self.hit_kind = kind
            self.hit_clock = self.clock
        self.event = 0

    # ------------------------------------------------------------------ one handler per opcode

    # fmt: off
    # Loads, logic, arithmetic, comparison: rows of the addressing mode
    def lda_direct_indexed_indirect(self) -> None: self.set_a(self.read_m(self.direct_indexed_indirect()))
    def lda_stack_relative(self) -> None: self.set_a(self.read_m_bank0(self.stack_relative()))
    def lda_direct(self) -> None: self.set_a(self.read_m_bank0(self.direct()))
    def lda_direct_indirect_long(self) -> None: self.set_a(self.read_m(self.direct_indirect_long()))
    def lda_immediate(self) -> None: self.set_a(self.immediate_m())
    def lda_absolute(self) -> None: self.set_a(self.read_m(self.absolute()))
    def lda_absolute_long(self) -> None: self.set_a(self.read_m(self.absolute_long()))
    def lda_direct_indirect_indexed(self) -> None: self.set_a(self.read_m(self.direct_indirect_indexed()))
    def lda_direct_indirect(self) -> None: self.set_a(self.read_m(self.direct_indirect()))
    def lda_stack_relative_indirect_indexed(self) -> None: self.set_a(self.read_m(self.stack_relative_indirect_indexed()))
    def lda_direct_x(self) -> None: self.set_a(self.read_m_bank0(self.direct_x()))
    def lda_direct_indirect_long_indexed(self) -> None: self.set_a(self.read_m(self.direct_indirect_long_indexed()))
    def lda_absolute_y(self) -> None: self.set_a(self.read_m(self.absolute_y()))
    def lda_absolute_x(self) -> None: self.set_a(self.read_m(self.absolute_x()))
    def lda_absolute_long_x(self) -> None: self.set_a(self.read_m(self.absolute_long_x()))

    def ora_direct_indexed_indirect(self) -> None: self.or_a(self.read_m(self.direct_indexed_indirect()))
    def ora_stack_relative(self) -> None: self.or_a(self.read_m_bank0(self.stack_relative()))
    def ora_direct(self) -> None: self.or_a(self.read_m_bank0(self.direct()))
    def ora_direct_indirect_long(self) -> None: self.or_a(self.read_m(self.direct_indirect_long()))
    def ora_immediate(self) -> None: self.or_a(self.immediate_m())
    def ora_absolute(self) -> None: self.or_a(self.read_m(self.absolute()))
    def ora_absolute_long(self) -> None: self.or_a(self.read_m(self.absolute_long()))
    def ora_direct_indirect_indexed(self) -> None: self.or_a(self.read_m(self.direct_indirect_indexed()))
    def ora_direct_indirect(self) -> None: self.or_a(self.read_m(self.direct_indirect()))
    def ora_stack_relative_indirect_indexed(self) -> None: self.or_a(self.read_m(self.stack_relative_indirect_indexed()))
    def ora_direct_x(self) -> None: self.or_a(self.read_m_bank0(self.direct_x()))
    def ora_direct_indirect_long_indexed(self) -> None: self.or_a(self.read_m(self.direct_indirect_long_indexed()))
    def ora_absolute_y(self) -> None: self.or_a(self.read_m(self.absolute_y()))
    def ora_absolute_x(self) -> None: self.or_a(self.read_m(self.absolute_x()))
    def ora_absolute_long_x(self) -> None: self.or_a(self.read_m(self.absolute_long_x()))

    def and_direct_indexed_indirect(self) -> None: self.and_a(self.read_m(self.direct_indexed_indirect()))
    def and_stack_relative(self) -> None: self.and_a(self.read_m_bank0(self.stack_relative()))
    def and_direct(self) -> None: self.and_a(self.read_m_bank0(self.direct()))
    def and_direct_indirect_long(self) -> None: self.and_a(self.read_m(self.direct_indirect_long()))
    def and_immediate(self) -> None: self.and_a(self.immediate_m())
    def and_absolute(self) -> None: self.and_a(self.read_m(self.absolute()))
    def and_absolute_long(self) -> None: self.and_a(self.read_m(self.absolute_long()))
    def and_direct_indirect_indexed(self) -> None: self.and_a(self.read_m(self.direct_indirect_indexed()))
    def and_direct_indirect(self) -> None: self.and_a(self.read_m(self.direct_indirect()))
    def and_stack_relative_indirect_indexed(self) -> None: self.and_a(self.read_m(self.stack_relative_indirect_indexed()))
    def and_direct_x(self) -> None: self.and_a(self.read_m_bank0(self.direct_x()))
    def and_direct_indirect_long_indexed(self) -> None: self.and_a(self.read_m(self.direct_indirect_long_indexed()))
    def and_absolute_y(self) -> None: self.and_a(self.read_m(self.absolute_y()))
    def and_absolute_x(self) -> None: self.and_a(self.read_m(self.absolute_x()))
    def and_absolute_long_x(self) -> None: self.and_a(self.read_m(self.absolute_long_x()))

    def eor_direct_indexed_indirect(self) -> None: self.exclusive_or_a(self.read_m(self.direct_indexed_indirect()))
    def eor_stack_relative(self) -> None: self.exclusive_or_a(self.read_m_bank0(self.stack_relative()))
    def eor_direct(self) -> None: self.exclusive_or_a(self.read_m_bank0(self.direct()))
    def eor_direct_indirect_long(self) -> None: self.exclusive_or_a(self.read_m(self.direct_indirect_long()))
    def eor_immediate(self) -> None: self.exclusive_or_a(self.immediate_m())
    def eor_absolute(self) -> None: self.exclusive_or_a(self.read_m(self.absolute()))
    def eor_absolute_long(self) -> None: self.exclusive_or_a(self.read_m(self.absolute_long()))
    def eor_direct_indirect_indexed(self) -> None: self.exclusive_or_a(self.read_m(self.direct_indirect_indexed()))
    def eor_direct_indirect(self) -> None: self.exclusive_or_a(self.read_m(self.direct_indirect()))
    def eor_stack_relative_indirect_indexed(self) -> None: self.exclusive_or_a(self.read_m(self.stack_relative_indirect_indexed()))
    def eor_direct_x(self) -> None: self.exclusive_or_a(self.read_m_bank0(self.direct_x()))
    def eor_direct_indirect_long_indexed(self) -> None: self.exclusive_or_a(self.read_m(self.direct_indirect_long_indexed()))
    def eor_absolute_y(self) -> None: self.exclusive_or_a(self.read_m(self.absolute_y()))
    def eor_absolute_x(self) -> None: self.exclusive_or_a(self.read_m(self.absolute_x()))
    def eor_absolute_long_x(self) -> None: self.exclusive_or_a(self.read_m(self.absolute_long_x()))

    def adc_direct_indexed_indirect(self) -> None: self.add(self.read_m(self.direct_indexed_indirect()))
    def adc_stack_relative(self) -> None: self.add(self.read_m_bank0(self.stack_relative()))
    def adc_direct(self) -> None: self.add(self.read_m_bank0(self.direct()))
    def adc_direct_indirect_long(self) -> None: self.add(self.read_m(self.direct_indirect_long()))
    def adc_immediate(self) -> None: self.add(self.immediate_m())
    def adc_absolute(self) -> None: self.add(self.read_m(self.absolute()))
    def adc_absolute_long(self) -> None: self.add(self.read_m(self.absolute_long()))
    def adc_direct_indirect_indexed(self) -> None: self.add(self.read_m(self.direct_indirect_indexed()))
    def adc_direct_indirect(self) -> None: self.add(self.read_m(self.direct_indirect()))
    def adc_stack_relative_indirect_indexed(self) -> None: self.add(self.read_m(self.stack_relative_indirect_indexed()))
    def adc_direct_x(self) -> None: self.add(self.read_m_bank0(self.direct_x()))
    def adc_direct_indirect_long_indexed(self) -> None: self.add(self.read_m(self.direct_indirect_long_indexed()))
    def adc_absolute_y(self) -> None: self.add(self.read_m(self.absolute_y()))
    def adc_absolute_x(self) -> None: self.add(self.read_m(self.absolute_x()))
    def adc_absolute_long_x(self) -> None: self.add(self.read_m(self.absolute_long_x()))

    def sbc_direct_indexed_indirect(self) -> None: self.subtract(self.read_m(self.direct_indexed_indirect()))
    def sbc_stack_relative(self) -> None: self.subtract(self.read_m_bank0(self.stack_relative()))
    def sbc_direct(self) -> None: self.subtract(self.read_m_bank0(self.direct()))
    def sbc_direct_indirect_long(self) -> None: self.subtract(self.read_m(self.direct_indirect_long()))
    def sbc_immediate(self) -> None: self.subtract(self.immediate_m())
    def sbc_absolute(self) -> None: self.subtract(self.read_m(self.absolute()))
    def sbc_absolute_long(self) -> None: self.subtract(self.read_m(self.absolute_long()))
    def sbc_direct_indirect_indexed(self) -> None: self.subtract(self.read_m(self.direct_indirect_indexed()))
    def sbc_direct_indirect(self) -> None: self.subtract(self.read_m(self.direct_indirect()))
    def sbc_stack_relative_indirect_indexed(self) -> None: self.subtract(self.read_m(self.stack_relative_indirect_indexed()))
    def sbc_direct_x(self) -> None: self.subtract(self.read_m_bank0(self.direct_x()))
    def sbc_direct_indirect_long_indexed(self) -> None: self.subtract(self.read_m(self.direct_indirect_long_indexed()))
    def sbc_absolute_y(self) -> None: self.subtract(self.read_m(self.absolute_y()))
    def sbc_absolute_x(self) -> None: self.subtract(self.read_m(self.absolute_x()))
    def sbc_absolute_long_x(self) -> None: self.subtract(self.read_m(self.absolute_long_x()))

    def cmp_direct_indexed_indirect(self) -> None: self.compare_a(self.read_m(self.direct_indexed_indirect()))
    def cmp_stack_relative(self) -> None: self.compare_a(self.read_m_bank0(self.stack_relative()))
    def cmp_direct(self) -> None: self.compare_a(self.read_m_bank0(self.direct()))
    def cmp_direct_indirect_long(self) -> None: self.compare_a(self.read_m(self.direct_indirect_long()))
    def cmp_immediate(self) -> None: self.compare_a(self.immediate_m())
    def cmp_absolute(self) -> None: self.compare_a(self.read_m(self.absolute()))
    def cmp_absolute_long(self) -> None: self.compare_a(self.read_m(self.absolute_long()))
    def cmp_direct_indirect_indexed(self) -> None: self.compare_a(self.read_m(self.direct_indirect_indexed()))
    def cmp_direct_indirect(self) -> None: self.compare_a(self.read_m(self.direct_indirect()))
    def cmp_stack_relative_indirect_indexed(self) -> None: self.compare_a(self.read_m(self.stack_relative_indirect_indexed()))
    def cmp_direct_x(self) -> None: self.compare_a(self.read_m_bank0(self.direct_x()))
    def cmp_direct_indirect_long_indexed(self) -> None: self.compare_a(self.read_m(self.direct_indirect_long_indexed()))
    def cmp_absolute_y(self) -> None: self.compare_a(self.read_m(self.absolute_y()))
    def cmp_absolute_x(self) -> None: self.compare_a(self.read_m(self.absolute_x()))
    def cmp_absolute_long_x(self) -> None: self.compare_a(self.read_m(self.absolute_long_x()))

    def ldx_immediate(self) -> None: self.set_x(self.immediate_x())
    def ldx_direct(self) -> None: self.set_x(self.read_x_bank0(self.direct()))
    def ldx_absolute(self) -> None: self.set_x(self.read_x(self.absolute()))
    def ldx_direct_y(self) -> None: self.set_x(self.read_x_bank0(self.direct_y()))
    def ldx_absolute_y(self) -> None: self.set_x(self.read_x(self.absolute_y()))

    def ldy_immediate(self) -> None: self.set_y(self.immediate_x())
    def ldy_direct(self) -> None: self.set_y(self.read_x_bank0(self.direct()))
    def ldy_absolute(self) -> None: self.set_y(self.read_x(self.absolute()))
    def ldy_direct_x(self) -> None: self.set_y(self.read_x_bank0(self.direct_x()))
    def ldy_absolute_x(self) -> None: self.set_y(self.read_x(self.absolute_x()))

    def bit_direct(self) -> None: self.test_bits(self.read_m_bank0(self.direct()))
    def bit_absolute(self) -> None: self.test_bits(self.read_m(self.absolute()))
    def bit_direct_x(self) -> None: self.test_bits(self.read_m_bank0(self.direct_x()))
    def bit_absolute_x(self) -> None: self.test_bits(self.read_m(self.absolute_x()))
    def bit_immediate(self) -> None: self.test_zero(self.immediate_m())

    def cpx_immediate(self) -> None: self.compare_index(self.x, self.immediate_x())
    def cpx_direct(self) -> None: self.compare_index(self.x, self.read_x_bank0(self.direct()))
    def cpx_absolute(self) -> None: self.compare_index(self.x, self.read_x(self.absolute()))

    def cpy_immediate(self) -> None: self.compare_index(self.y, self.immediate_x())
    def cpy_direct(self) -> None: self.compare_index(self.y, self.read_x_bank0(self.direct()))
    def cpy_absolute(self) -> None: self.compare_index(self.y, self.read_x(self.absolute()))

    # Stores
    def sta_direct_indexed_indirect(self) -> None: self.write_m(self.direct_indexed_indirect(), self.a)
    def sta_stack_relative(self) -> None: self.write_m_bank0(self.stack_relative(), self.a)
    def sta_direct(self) -> None: self.write_m_bank0(self.direct(), self.a)
    def sta_direct_indirect_long(self) -> None: self.write_m(self.direct_indirect_long(), self.a)
    def sta_absolute(self) -> None: self.write_m(self.absolute(), self.a)
    def sta_absolute_long(self) -> None: self.write_m(self.absolute_long(), self.a)
    def sta_direct_indirect_indexed(self) -> None: self.write_m(self.direct_indirect_indexed_store(), self.a)
    def sta_direct_indirect(self) -> None: self.write_m(self.direct_indirect(), self.a)
    def sta_stack_relative_indirect_indexed(self) -> None: self.write_m(self.stack_relative_indirect_indexed(), self.a)
    def sta_direct_x(self) -> None: self.write_m_bank0(self.direct_x(), self.a)
    def sta_direct_indirect_long_indexed(self) -> None: self.write_m(self.direct_indirect_long_indexed(), self.a)
    def sta_absolute_y(self) -> None: self.write_m(self.absolute_y_store(), self.a)
    def sta_absolute_x(self) -> None: self.write_m(self.absolute_x_store(), self.a)
    def sta_absolute_long_x(self) -> None: self.write_m(self.absolute_long_x(), self.a)

    def stx_direct(self) -> None: self.write_x_bank0(self.direct(), self.x)
    def stx_absolute(self) -> None: self.write_x(self.absolute(), self.x)
    def stx_direct_y(self) -> None: self.write_x_bank0(self.direct_y(), self.x)

    def sty_direct(self) -> None: self.write_x_bank0(self.direct(), self.y)
    def sty_absolute(self) -> None: self.write_x(self.absolute(), self.y)
    def sty_direct_x(self) -> None: self.write_x_bank0(self.direct_x(), self.y)

    def stz_direct(self) -> None: self.write_m_bank0(self.direct(), 0)
    def stz_direct_x(self) -> None: self.write_m_bank0(self.direct_x(), 0)
    def stz_absolute(self) -> None: self.write_m(self.absolute(), 0)
    def stz_absolute_x(self) -> None: self.write_m(self.absolute_x_store(), 0)

    # Read-modify-write (rows 1d, 6b, 10b, 16b)
    def asl_direct(self) -> None: self.put(self.shift_left(self.take_bank0(self.direct())))
    def asl_absolute(self) -> None: self.put(self.shift_left(self.take(self.absolute())))
    def asl_direct_x(self) -> None: self.put(self.shift_left(self.take_bank0(self.direct_x())))
    def asl_absolute_x(self) -> None: self.put(self.shift_left(self.take(self.absolute_x_store())))

    def rol_direct(self) -> None: self.put(self.rotate_left(self.take_bank0(self.direct())))
    def rol_absolute(self) -> None: self.put(self.rotate_left(self.take(self.absolute())))
    def rol_direct_x(self) -> None: self.put(self.rotate_left(self.take_bank0(self.direct_x())))
    def rol_absolute_x(self) -> None: self.put(self.rotate_left(self.take(self.absolute_x_store())))

    def lsr_direct(self) -> None: self.put(self.shift_right(self.take_bank0(self.direct())))
    def lsr_absolute(self) -> None: self.put(self.shift_right(self.take(self.absolute())))
    def lsr_direct_x(self) -> None: self.put(self.shift_right(self.take_bank0(self.direct_x())))
    def lsr_absolute_x(self) -> None: self.put(self.shift_right(self.take(self.absolute_x_store())))

    def ror_direct(self) -> None: self.put(self.rotate_right(self.take_bank0(self.direct())))
    def ror_absolute(self) -> None: self.put(self.rotate_right(self.take(self.absolute())))
    def ror_direct_x(self) -> None: self.put(self.rotate_right(self.take_bank0(self.direct_x())))
    def ror_absolute_x(self) -> None: self.put(self.rotate_right(self.take(self.absolute_x_store())))

    def inc_direct(self) -> None: self.put(self.increment(self.take_bank0(self.direct())))
    def inc_absolute(self) -> None: self.put(self.increment(self.take(self.absolute())))
    def inc_direct_x(self) -> None: self.put(self.increment(self.take_bank0(self.direct_x())))
    def inc_absolute_x(self) -> None: self.put(self.increment(self.take(self.absolute_x_store())))

    def dec_direct(self) -> None: self.put(self.decrement(self.take_bank0(self.direct())))
    def dec_absolute(self) -> None: self.put(self.decrement(self.take(self.absolute())))
    def dec_direct_x(self) -> None: self.put(self.decrement(self.take_bank0(self.direct_x())))
    def dec_absolute_x(self) -> None: self.put(self.decrement(self.take(self.absolute_x_store())))

    def tsb_direct(self) -> None: self.put(self.set_bits(self.take_bank0(self.direct())))
    def tsb_absolute(self) -> None: self.put(self.set_bits(self.take(self.absolute())))

    def trb_direct(self) -> None: self.put(self.reset_bits(self.take_bank0(self.direct())))
    def trb_absolute(self) -> None: self.put(self.reset_bits(self.take(self.absolute())))

    # Branches (row 20)
    def bpl_relative(self) -> None: self.branch(1 - self.negative)
    def bmi_relative(self) -> None: self.branch(self.negative)
    def bvc_relative(self) -> None: self.branch(1 - self.overflow)
    def bvs_relative(self) -> None: self.branch(self.overflow)
    def bcc_relative(self) -> None: self.branch(1 - self.carry)
    def bcs_relative(self) -> None: self.branch(self.carry)
    def bne_relative(self) -> None: self.branch(1 - self.zero)
    def beq_relative(self) -> None: self.branch(self.zero)
    def bra_relative(self) -> None: self.branch(1)

    # fmt: on

    # Accumulator, transfers, flags: two cycles, the second internal (rows 8, 19a)

    def asl_accumulator(self) -> None:
        """ASL A."""
        self.idle_program()
        self.set_a(self.shift_left(self.a_value()))

    def rol_accumulator(self) -> None:
        """ROL A."""
        self.idle_program()
        self.set_a(self.rotate_left(self.a_value()))

    def lsr_accumulator(self) -> None:
        """LSR A."""
        self.idle_program()
        self.set_a(self.shift_right(self.a_value()))

    def ror_accumulator(self) -> None:
        """ROR A."""
        self.idle_program()
        self.set_a(self.rotate_right(self.a_value()))

    def inc_accumulator(self) -> None:
        """INC A."""
        self.idle_program()
        self.set_a(self.increment(self.a_value()))

    def dec_accumulator(self) -> None:
        """DEC A."""
        self.idle_program()
        self.set_a(self.decrement(self.a_value()))

    def inx(self) -> None:
        """INX."""
        self.idle_program()
        self.set_x(self.x + 1 & self.x_mask())

    def dex(self) -> None:
        """DEX."""
        self.idle_program()
        self.set_x(self.x - 1 & self.x_mask())

    def iny(self) -> None:
        """INY."""
        self.idle_program()
        self.set_y(self.y + 1 & self.x_mask())

    def dey(self) -> None:
        """DEY."""
        self.idle_program()
        self.set_y(self.y - 1 & self.x_mask())

    def tax(self) -> None:
        """TAX: all of A goes to a 16-bit X."""
        self.idle_program()
        self.set_x(self.a & self.x_mask())

    def tay(self) -> None:
        """TAY: all of A goes to a 16-bit Y."""
        self.idle_program()
        self.set_y(self.a & self.x_mask())

    def txa(self) -> None:
        """TXA: B survives when A is 8 bits wide."""
        self.idle_program()
        self.set_a(self.x & self.m_mask())

    def tya(self) -> None:
        """TYA: B survives when A is 8 bits wide."""
        self.idle_program()
        self.set_a(self.y & self.m_mask())

    def txy(self) -> None:
        """TXY."""
        self.idle_program()
        self.set_y(self.x)

    def tyx(self) -> None:
        """TYX."""
        self.idle_program()
        self.set_x(self.y)

    def tsx(self) -> None:
        """TSX."""
        self.idle_program()
        self.set_x(self.s & self.x_mask())

    def txs(self) -> None:
        """TXS: no flags; with an 8-bit X in native mode SH becomes 00."""
        self.idle_program()
        self.set_s(self.x)

    def tcs(self) -> None:
        """TCS: 16 bits, no flags."""
        self.idle_program()
        self.set_s(self.a)

    def tsc(self) -> None:
        """TSC: 16 bits whatever M says."""
        self.idle_program()
        self.a = self.s
        self.nz16(self.a)

    def tcd(self) -> None:
        """TCD: 16 bits whatever M says."""
        self.idle_program()
        self.d = self.a
        self.nz16(self.d)

    def tdc(self) -> None:
        """TDC: 16 bits whatever M says."""
        self.idle_program()
        self.a = self.d
        self.nz16(self.a)

    def clc(self) -> None:
        """CLC."""
        self.idle_program()
        self.carry = 0

    def sec(self) -> None:
        """SEC."""
        self.idle_program()
        self.carry = 1

    def cld(self) -> None:
        """CLD."""
        self.idle_program()
        self.decimal = 0

    def sed(self) -> None:
        """SED."""
        self.idle_program()
        self.decimal = 1

    def clv(self) -> None:
        """CLV."""
        self.idle_program()
        self.overflow = 0

    def cli(self) -> None:
        """CLI: an interrupt that waits may now come."""
        self.idle_program()
        self.sample_mask()
        self.set_mask(0)

    def sei(self) -> None:
        """SEI."""
        self.idle_program()
        self.sample_mask()
        self.set_mask(1)

    def nop(self) -> None:
        """NOP."""
        self.idle_program()

    def xce(self) -> None:
        """XCE: C and E change places; emulation mode makes M = X = 1 and S a page 1 address."""
        self.idle_program()
        carry = self.carry
        self.carry = self.e
        self.e = carry
        if self.e:
            self.settle_stack()
        self.unpack_status(self.pack_status())

    def xba(self) -> None:
        """XBA: N and Z from the new low byte (row 19b)."""
        self.idle_program()
        self.idle_program()
        self.a = self.a >> 8 | self.a << 8 & 0xFF00
        self.nz8(self.a & 0xFF)

    def rep_immediate(self) -> None:
        """REP (row 18b)."""
        mask = self.fetch()
        self.idle_operand()
        self.sample_mask()
        self.unpack_status(self.pack_status() & ~mask)

    def sep_immediate(self) -> None:
        """SEP (row 18b)."""
        mask = self.fetch()
        self.idle_operand()
        self.sample_mask()
        self.unpack_status(self.pack_status() | mask)

    # The stack (rows 22b to 22h)

    def pha(self) -> None:
        """PHA."""
        self.push_m(self.a)

    def phx(self) -> None:
        """PHX."""
        self.push_x(self.x)

    def phy(self) -> None:
        """PHY."""
        self.push_x(self.y)

    def php(self) -> None:
        """PHP."""
        self.push_byte(self.pack_status())

    def phb(self) -> None:
        """PHB."""
        self.push_byte(self.dbr)

    def phk(self) -> None:
        """PHK."""
        self.push_byte(self.pbr)

    def phd(self) -> None:
        """PHD."""
        self.idle_program()
        self.push_word_full(self.d)

    def pla(self) -> None:
        """PLA."""
        self.set_a(self.pull_m())

    def plx(self) -> None:
        """PLX."""
        self.set_x(self.pull_x())

    def ply(self) -> None:
        """PLY."""
        self.set_y(self.pull_x())

    def plp(self) -> None:
        """PLP."""
        self.idle_program()
        self.idle_program()
        status = self.pull()
        self.sample_mask()
        self.unpack_status(status)

    def plb(self) -> None:
        """PLB."""
        self.idle_program()
        self.idle_program()
        self.dbr = self.pull_full()
        self.settle_stack()
        self.nz8(self.dbr)

    def pld(self) -> None:
        """PLD."""
        self.idle_program()
        self.idle_program()
        self.d = self.pull_word_full()
        self.nz16(self.d)

    def pea_absolute(self) -> None:
        """PEA (row 22d)."""
        self.push_word_full(self.fetch_word())

    def pei_direct_indirect(self) -> None:
        """PEI (row 22e): its pointer is never confined to the page."""
        at = self.direct()
        self.push_word_full(self.read_word_bank0(at))

    def per_relative_long(self) -> None:
        """PER (row 22f)."""
        offset = self.fetch_word()
        self.idle_operand()
        self.push_word_full(self.pc + offset & 0xFFFF)

    # Jumps and returns

    def jmp_absolute(self) -> None:
        """JMP a (row 1b)."""
        self.pc = self.fetch_word()

    def jmp_absolute_indirect(self) -> None:
        """JMP (a) (row 3b): the pointer lies in bank 0 and wraps there."""
        at = self.fetch_word()
        self.pc = self.read_word_bank0(at)

    def jmp_absolute_indexed_indirect(self) -> None:
        """JMP (a,X) (row 2a): the pointer lies in the program bank."""
        base = self.fetch_word()
        self.idle_operand()
        self.pc = self.read_program_word(base + self.x & 0xFFFF)

    def jml_absolute_long(self) -> None:
        """JML al (row 4b)."""
        self.jump_long(self.absolute_long())

    def jml_absolute_indirect_long(self) -> None:
        """JML [a] (row 3a): the pointer lies in bank 0."""
        at = self.fetch_word()
        self.jump_long(self.pointer_long(at))

    def jsr_absolute(self) -> None:
        """JSR a (row 1c)."""
        target = self.fetch_word()
        self.idle_operand()
        self.push_word(self.pc - 1 & 0xFFFF)
        self.pc = target

    def jsr_absolute_indexed_indirect(self) -> None:
        """JSR (a,X) (row 2b): pushes between the operand bytes, so a stack over the code changes it.

        In emulation mode S leaves page 1 while it pushes, as for all new instructions; the published
        vectors wrap it there (SingleStepTests/65816 issue #6), hardware and ares do not.
        """
        low = self.fetch()
        self.push_full(self.pc >> 8)
        self.push_full(self.pc & 0xFF)
        base = self.fetch() << 8 | low
        self.idle_operand()
        self.settle_stack()
        self.pc = self.read_program_word(base + self.x & 0xFFFF)

    def jsl_absolute_long(self) -> None:
        """JSL al (row 4c)."""
        low = self.fetch_word()
        self.push_full(self.pbr)
        self.idle(self.s + 1 & 0xFFFF, INTERNAL)
        bank = self.fetch()
        self.push_word_full(self.pc - 1 & 0xFFFF)
        self.jump_long(bank << 16 | low)

    def rts(self) -> None:
        """RTS (row 22h)."""
        self.idle_program()
        self.idle_program()
        target = self.pull_word()
        self.idle(self.s, INTERNAL)
        self.pc = target + 1 & 0xFFFF

    def rtl(self) -> None:
        """RTL (row 22i)."""
        self.idle_program()
        self.idle_program()
        target = self.pull_word_full_open()
        self.pbr = self.pull_full()
        self.settle_stack()
        self.pc = target + 1 & 0xFFFF

    def rti(self) -> None:
        """RTI (row 22g): the flags change behind its last cycle."""
        self.idle_program()
        self.idle_program()
        status = self.pull()
        self.pc = self.pull_word()
        if not self.e:
            self.pbr = self.pull()
        self.unpack_status(status)

    def brl_relative_long(self) -> None:
        """BRL rl (row 21)."""
        offset = self.fetch_word()
        self.idle_operand()
        self.pc = self.pc + offset & 0xFFFF

    # The rest

    def mvn_block_move(self) -> None:
        """MVN: addresses count up."""
        self.move_block(1)

    def mvp_block_move(self) -> None:
        """MVP: addresses count down."""
        self.move_block(-1)

    def brk(self) -> None:
        """BRK."""
        native, emulation = self.vectors.brk
        self.software_interrupt(native, emulation)

    def cop(self) -> None:
        """COP."""
        native, emulation = self.vectors.cop
        self.software_interrupt(native, emulation)

    def wdm(self) -> None:
        """WDM: reserved; two bytes, two cycles."""
        self.idle_program()
        self.pc = self.pc + 1 & 0xFFFF

    def wai(self) -> None:
        """WAI (row 19d)."""
        self.idle_program()
        self.idle_program()
        self.waiting = 1
        self.event = 0

    def stp(self) -> None:
        """STP (row 19c)."""
        self.idle_program()
        self.idle_program()
        self.stopped = 1
        self.event = 0

    def held(self) -> None:
        """Not an opcode: a breakpoint stands here (HELD)."""


HANDLERS: tuple[Callable[[Core], None], ...] = (*(getattr(Core, op.handler) for op in OPCODES), Core.held)
"""What each opcode runs, in opcode order; the table of opcodes names the handlers.  HELD is the last."""
