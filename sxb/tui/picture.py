# SPDX-License-Identifier: MIT
"""What goes from the worker to the screens, and the view that the screens ask for: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asm816.diagnostics import Diagnostic
    from emu.cpu.trace import Cycle

NOTHING: Mapping[int, int] = MappingProxyType({})


class State(Enum):
    """What the board is doing, in words for the status line."""

    CONNECTING = "connecting"
    PROMPT = "at the prompt"
    RUNNING = "running"
    STOPPED = "stopped"
    TALKING = "in conversation"
    SILENT = "silent"
    LOST = "line lost"


@dataclass(frozen=True, slots=True)
class View:
    """Which part of the board the screens show.

    `memory` and `code` are 24-bit addresses (`code` None: around PC), ``rows`` are screen rows;
    `board` asks for memory and code at all, `chip` for the chip's registers, `wave_seconds` for so much of the past of the pins.
    """

    memory: int = 0x0000B0
    memory_rows: int = 8
    code: int | None = None
    code_rows: int = 10
    board: bool = False
    chip: bool = False
    wave_seconds: float = 0.0
    wave_columns: int = 40


@dataclass(frozen=True, slots=True)
class CodeRow:
    """An instruction: `here` if PC is at it; `label` stands at its address."""

    address: int
    data: bytes
    text: str
    cycles: str
    label: str = ""
    here: bool = False
    breakpoint: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Memory from `address` on; `changed` are addresses that differ from the reading compared with."""

    address: int
    data: bytes
    changed: frozenset[int] = frozenset()


NO_BLOCK = Block(0, b"")


@dataclass(frozen=True, slots=True)
class Picture:
    """The board at a moment.

    `seconds` since power on (emulated) or since the connection; `leds` LED 0 first, None where they
    cannot be known; `cycles` are the bus cycles of an instruction that were stepped through, `within`: not all
    of it yet; `exact` says that what is shown is the moment itself, not an earlier reading.
    """

    port: str = ""
    virtual: bool = False
    state: State = State.CONNECTING
    seconds: float = 0.0
    cycle: int = 0
    phi2_hz: float = 0.0
    registers: Mapping[str, int] = field(default_factory=dict)
    leds: tuple[bool, ...] | None = None
    code: tuple[CodeRow, ...] = ()
    place: str = ""
    cycles: tuple[Cycle, ...] = ()
    within: bool = False
    memory: Block = NO_BLOCK
    chip: Mapping[int, int] = field(default_factory=lambda: NOTHING)
    waves: tuple[str, ...] = ()
    program: str = ""
    speed: str = ""
    undoable: int = 0
    breakpoints: tuple[str, ...] = ()
    exact: bool = True

    @property
    def passing(self) -> bool:
        """Something runs that can be stopped: on a virtual board the monitor, too."""
        return self.state is State.RUNNING or (self.virtual and self.state is State.PROMPT)


@dataclass(frozen=True, slots=True)
class Heard:
    """Bytes on the line: `direction` is ``<`` from the board or ``>`` to it; `wall` is Unix time.

    `dialogue`: they belong to a dialogue of ours (a load, a reading), not to the user's conversation.
    """

    direction: str
    data: bytes
    seconds: float
    wall: float
    dialogue: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for the user; `severity` is textual's: information, warning or error."""

    sentence: str
    hint: str = ""
    severity: str = "information"


@dataclass(frozen=True, slots=True)
class Loading:
    """How far a transfer is; None when it is over."""

    phase: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """What the assembler said about a file."""

    file: str
    diagnostics: tuple[Diagnostic, ...]


Report = Picture | Heard | Told | Loading | Diagnosed
"""What the worker reports."""
