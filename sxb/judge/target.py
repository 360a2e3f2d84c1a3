# SPDX-License-Identifier: MIT
"""`Target`: a virtual board with a program, and what is expected of it.

    board = Target.booted("qbx")
    board.take(assemble("blink.asm"))
    board.start()
    board.run(ms=1000)
    board.led(3).must_toggle_every(ms=250, within="1 %")

It is a `Board` in everything.  Times of expectations count from `start`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from asm816.addresses import address_text
from emu.board import Board, Stop
from emu.cpu.trace import recorded
from emu.errors import EmuError
from emu.probes.waveform import render
from emu.probes.waves import Instant, now, record
from sxb.judge.routine import CARRY, DECIMAL, INDEX_8, IRQ_MASKED, MEMORY_8, MOST_CYCLES, Entry, run_routine
from sxb.judge.signals import Signal, must_show
from sxb.judge.unlike import Unlike, cycles_of, hide

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asm816.assembler import Assembly
    from asm816.debuginfo import DebugInfo
    from emu.cpu.core import Core
    from emu.machine import Machine
    from emu.probes.profile import Profile
    from emu.probes.waves import Recording
    from emu.until import Until
    from sxb.judge.coverage import Coverage
    from sxb.judge.routine import Return

__tracebackhide__ = hide

CONSOLE_UART = 3
"""The UART of the monitor, where programs print by its library."""

STACK = 0x01FF
"""Where the stack of an isolated call begins: where the monitor hands it over."""

_NO_REGISTERS: Mapping[str, int] = {}


class Target(Board):
    """A board that is judged.

    ``program`` is the `Assembly` that was taken, None before; ``started`` the cycle from which on expectations count;
    ``limit_ms`` the emulated time that it may run since then in all, None for no limit.
    """

    def __init__(self, name: str = "qbx", **settings: Any) -> None:
        super().__init__(name, **settings)
        self.program: Assembly | None = None
        self.limit_ms: float | None = None
        self._begin = Instant()
        self._started_tick = 0
        self._info: DebugInfo | None = None
        self._sent: list[tuple[int, bytes]] = []
        self._isolated: Machine | None = None
        self._coverage: Coverage | None = None
        self._base: tuple[int, Any, Any] | None = None  # cycle, state and pages for isolated calls

    # ------------------------------------------------------------------ program

    def take(self, program: Assembly) -> Self:
        """Put a program into memory; symbols and lines are its own from now on.  Raises EmuError as `load`."""
        self.load(program.image)
        self.program = program
        self._info = None
        return self

    def start(self, at: int | str | None = None) -> Self:
        """Begin the program at an address or symbol, by default its entry, the symbol ``start`` or its first byte.

        Expectations count from here; what was on the console before is taken.
        """
        self.jml(self._entry() if at is None else self.address(at))
        self.serial(CONSOLE_UART).take()
        self._started_tick = self.chip.schedule.now()
        return self.begin()

    def begin(self) -> Self:
        """Let expectations count from here on: what the program did to set itself up is not of interest."""
        self._begin = now(self)
        return self

    @property
    def started(self) -> int:
        """The cycle from which on expectations count: that of the last `start` or `begin`."""
        return self._begin.cycle

    @property
    def info(self) -> DebugInfo | None:
        """The debug info of the program."""
        if self._info is None and self.program is not None:
            self._info = self.program.debug_info()
        return self._info

    def address(self, place: int | str) -> int:
        """An address, or that of a symbol of the program.  Raises EmuError (E2090) for an unknown one."""
        if isinstance(place, int):
            return place
        symbols = {} if self.program is None else self.program.symbols
        if place in symbols:
            return symbols[place]
        known = ", ".join(sorted(symbols)[:12]) or "none: no program was taken"
        raise EmuError("E2090", f"the program has no symbol '{place}'", f"it has {known}")

    def where(self, address: int) -> str:
        """An address as people find it: ``00:00C4 wait+1 (blink.asm:17)``."""
        text = address_text(address)
        if self.info is None:
            return text
        nearest, line = self.info.nearest(address), self.info.line_at(address)
        if nearest is not None and line is not None:
            label, distance = nearest
            text += f" {label.name}{f'+{distance}' if distance else ''}"
        return text + (f" ({Path(line[0]).name}:{line[1]})" if line is not None else "")

    def cover(self, coverage: Coverage) -> None:
        """Note what of the program is executed from now on, in `run` and in `call`."""
        self._coverage = coverage
        for machine in (self._machine, self._isolated):
            if machine is not None:
                coverage.begin(machine.chip.core)

    def profile(self, profile: Profile) -> None:
        """Let a profile count all cycles of `run` from now on; a `call` is no part of it."""
        self.chip.core.keep_cycles(2 * _Feed.cycles)
        self._machine.watch = _Feed(profile)

    # ------------------------------------------------------------------ time

    def run(
        self,
        *,
        seconds: float | None = None,
        cycles: int | None = None,
        until: Until | None = None,
        ms: float | None = None,
    ) -> Stop:
        """`Board.run`, in milliseconds too; `limit_ms` ends it with Unlike."""
        if ms is not None:
            if seconds is not None:
                raise EmuError("E2070", "a run in seconds and in milliseconds", "give one of them")
            seconds = ms / 1000
        end = None if self.limit_ms is None else self._seconds_to_limit()
        if end is None:
            return super().run(seconds=seconds, cycles=cycles, until=until)
        reason = super().run(
            seconds=end if seconds is None else min(seconds, end), cycles=cycles, until=until
        )
        cut = seconds is None or seconds > end
        if reason is Stop.TIME and cut:
            raise Unlike(
                f"the program ran for {self.limit_ms:g} ms, which is its limit; "
                f"it is at {self.where(self._pc())}"
            )
        return reason

    def run_to(self, place: int | str, ms: float = 1000.0) -> Self:
        """Run to an address or symbol.  Raises Unlike if it is not reached within `ms` emulated milliseconds."""
        if self.run(ms=ms, until=self.address(place)) is not Stop.UNTIL:
            raise Unlike(f"{place} must be reached within {ms:g} ms, but it is at {self.where(self._pc())}")
        return self

    # ------------------------------------------------------------------ what is expected

    def signal(self, pin: str) -> Signal:
        """A pin, P00 to P77, TG0 or TG1, to be judged.  Raises EmuError if there is none of that name."""
        return Signal(self, pin, next((led.name for led in self.facts.leds if led.pin == pin), ""))

    def led(self, number: int) -> Signal:
        """The pin of a LED, to be judged.  Raises EmuError (E2091) if the board has no such LED."""
        if not 0 <= number < len(self.facts.leds):
            raise EmuError(
                "E2091",
                f"the {self.facts.title} has no LED {number}",
                f"it has {len(self.facts.leds)}, from 0 on",
            )
        return self.signal(self.facts.leds[number].pin)

    def must_show(self, *patterns: int, least_ms: float = 0.0) -> None:
        """The LEDs showed these patterns one after the other, from the first one of these on.

        Bit n is LED n, 1 is lit.  Patterns that stood for less than `least_ms` do not count.
        """
        least = cycles_of(self.phi2_hz, ms=least_ms, cycles=None)
        must_show(self, patterns, least, lambda: "\n".join(self.waves()))

    def must_print(self, text: str | bytes, ms: float = 1000.0, uart: int = CONSOLE_UART) -> bytes:
        """Run until the program has sent `text`, at most `ms`; returns what came up to its end."""
        wanted = text.encode("latin-1") if isinstance(text, str) else bytes(text)
        line = self.serial(uart)
        try:
            return line.expect(wanted, ms / 1000)
        except EmuError:
            came = line.take()
            raise Unlike(
                f"the program must print {wanted!r} within {ms:g} ms, but it printed {repr(came) if came else 'nothing'}; "
                f"it is at {self.where(self._pc())}"
            ) from None

    def call(
        self,
        place: int | str,
        *,
        m: int = 8,
        x_width: int = 16,
        carry: bool = False,
        decimal: bool = False,
        far: bool = False,
        memory: Mapping[int | str, bytes] | None = None,
        within: int = MOST_CYCLES,
        **registers: int,
    ) -> Return:
        """Run one subroutine by itself and say what it returned; the board itself does not change.

        It finds the memory and the devices as they are now, with `memory` (address or symbol -> bytes) put
        over it; interrupts are masked.  `m` and `x_width` are 8 or 16 bits; `registers` are ``a``, ``x``, ``y``,
        ``d``, ``dbr``, ``s``, all else 0.  `far`: it ends by RTL, not RTS.  Raises Unlike if it does
        not return within so many cycles, EmuError for what no register holds.
        """
        flags = MEMORY_8 * _narrow("m", m) | INDEX_8 * _narrow("x_width", x_width) | IRQ_MASKED
        flags |= CARRY * carry | DECIMAL * decimal
        start = {"e": 0, "p": flags, "a": 0, "x": 0, "y": 0, "d": 0, "dbr": 0, "s": STACK, **registers}
        machine = self._fresh_machine()
        for where, data in (memory or {}).items():
            machine.poke(self.address(where), data)
        name = place if isinstance(place, str) else f"{place:06X}"
        return run_routine(machine, Entry(self.address(place), start, far, within), name, self.where)

    # ------------------------------------------------------------------ what it did

    def waves(self, width: int = 60) -> list[str]:
        """What the pins did since the start, a line per pin that had an edge."""
        return render(self, self.started + 1, self.cycle + 1, width)

    def recording(self) -> Recording:
        """What the pins did since the start, for files and pictures (`emu.probes`)."""
        return record(self, self._begin)

    def traffic(self) -> list[tuple[float, str, bytes]]:
        """What went over the console since the start: seconds since then, ``>`` to the board or ``<``, bytes."""
        sent = [(cycle, ">", data) for cycle, data in self._sent]
        heard = [(cycle, "<", bytes([byte])) for cycle, byte in self.serial(CONSOLE_UART).log]
        return [
            ((cycle - self.started) / self.phi2_hz, way, data)
            for cycle, way, data in sent + heard
            if cycle >= self.started
        ]

    # ------------------------------------------------------------------ within

    def act(self, kind: str, *arguments: Any) -> Any:
        """`Board.act`."""
        self._base = None
        if kind == "send" and arguments[0] == CONSOLE_UART:
            self._sent.append((self.cycle, arguments[1]))
        return super().act(kind, *arguments)

    def _entry(self) -> int:
        if self.program is None:
            raise EmuError("E2092", "there is no program to start", "take one first, or say where to start")
        return self.program.start

    def _pc(self) -> int:
        return self.registers.pbr << 16 | self.registers.pc

    def _seconds_to_limit(self) -> float:
        assert self.limit_ms is not None
        begun = self._started_tick / self.chip.clocks.tick_hz
        return max(0.0, begun + self.limit_ms / 1000 - self.seconds)

    def _fresh_machine(self) -> Machine:
        """The machine for calls, in the state of the board."""
        if self._isolated is None:
            self._isolated = self._another_machine()
            if self._coverage is not None:
                self._coverage.begin(self._isolated.chip.core)
        if self._base is None or self._base[0] != self.cycle:
            self._base = (self.cycle, self._machine.state(), self._machine.pages())
        self._isolated.forget()
        self._isolated.set_state(*self._base[1:])
        return self._isolated


class _Feed:
    """Brings what the core of a machine has recorded to a profile."""

    cycles = 1 << 15  # half of the ring

    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def look(self, core: Core, first: int) -> None:
        self._profile.feed(recorded(core, first))


def _narrow(what: str, width: int) -> bool:
    if width not in (8, 16):
        raise EmuError("E2093", f"{what}={width}", "registers are 8 or 16 bits wide")
    return width == 8
