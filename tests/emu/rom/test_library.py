# SPDX-License-Identifier: MIT
"""The library entries answer like those of the chip's own ROM: recorded calls replayed on the board.

`library.json` beside this file holds a selection; its ``source`` says where the records come from.  The
whole collection is replayed when MENSCH816_LIBRARY names its file.  A record is a call from a small
program at 00:2000 that `G` started on the board with external RAM; held against it are registers, carry
and the other flags, bytes on the line, chip registers, RAM outside the chip, and every cell of the chip's
RAM that has a name (the monitor's cells are named in `monitor.inc`; the stack has none).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from asm816.target.monitor import CELLS, LIBRARY, VECTORS
from emu import Board, Registers, Stop
from emu.chip.w65c265s import W65C265S

SELECTED = Path(__file__).with_name("library.json")
EVERYTHING = "MENSCH816_LIBRARY"

AT, USER_PROGRAM, RESULTS = 0x2000, 0x2100, range(0x2080, 0x2090)
"""Where the calling program lies, the program it may call instead of an entry, and its results."""

PLP_JSL = b"\x28\x22"
STP, WAIT_HERE = 0xDB, b"\x80\xfe"
SPARE = 0x7FF0
"""Where the processor waits after the call while the line drains."""

SILENCE = 0.012
"""What the recording host waited for before it sent the next characters."""

SECOND_OF_T1 = 0.0684
"""T1 starts at this time after reset (recorded); each second from there is one of the clock."""

PHASE = 0.95
"""Fraction of the clock's second at the call: the recorded clock texts bound it to 0.91-0.98."""

PHASES = {"GET_STR 60 characters": (0, 40, 80, 120)}
"""Calls that end just when a character leaves the send ring: which comes first depends on the phase of the
baud clock, which no record gives.  They are made later by so many cycles in turn; one must agree."""

LOADED_BY_HARDWARE = {0xDF44, 0xDF48, 0xDF77, *range(0xDF60, 0xDF70)}
"""TIFR, UIFR, ARTD3 and the timers' counters: they change by themselves."""

NOT_A_REGISTER = {*range(0xDF08, 0xDF20), *range(0xDF28, 0xDF40), *range(0xDF4A, 0xDF50)}
"""Nothing answers there."""

TICKING = {
    CELLS["FORMAT_FLAGS"],
    *range(CELLS["DAYWK"], CELLS["SECS"] + 1),
    CELLS["TODCKS"],
    CELLS["PD_TIMER"],
    CELLS["PD_TIMER"] + 1,
}
"""Cells that the second of the clock changes; they count where a record names them."""

ON_CHIP = (*range(0x01C0), *range(0xDF80, 0xDFBA))
"""RAM on the chip without the stack."""

ROM_POINTER = {"XS28IN ESC first": "X"}
"""The one register that comes back pointing at something else of this ROM: documented as destroyed."""


@dataclass(frozen=True)
class State:
    """What a program sees: chip registers and the memory of bank 0."""

    io: dict[int, int]
    memory: bytes

    @classmethod
    def of(cls, board: Board) -> State:
        io = {a: board.peek(a) for a in range(0xDF00, 0xDF80) if a not in NOT_A_REGISTER}
        return cls(io, bytes(board.memory[:0x10000]))


@dataclass
class Call:
    """A call that has been made."""

    before: State
    after: State
    registers: Registers
    received: bytes
    returned: bool
    writes: list[str]


@cache
def at_the_call(rom: str = "quirks") -> Board:
    """A board whose calling program runs and waits, some milliseconds before it calls."""
    board = Board("sxb", rom=rom)
    board.boot()
    line = board.serial(3)
    board.memory[AT : AT + 6] = bytes.fromhex(
        "A20060CAD0FD"
    )  # the wait that all recorded programs begin with
    board.run(seconds=SECOND_OF_T1 + 2 + PHASE - 0.146 - board.seconds)
    for text in (b"\n", b"G"):
        line.send(text)
        board.run(seconds=0.05)
    line.send(b"002000")
    board.run(seconds=0.1, until=lambda: board.registers.pc in range(AT, AT + 6))
    board.run(seconds=0.020)
    assert board.registers.pc in range(AT, AT + 6)
    line.take()
    return board


def put(board: Board, address: int, data: bytes) -> None:
    board.memory[address : address + len(data)] = data


def prepare(case: dict, rom: str, later: int) -> tuple[Board, int]:
    """A board just before the recorded call, and the address behind the call, where it will stop."""
    board = at_the_call(rom).copy()
    if later:
        board.run(cycles=later)
    program = bytes.fromhex(case["stub"])
    put(board, AT, program)
    put(board, USER_PROGRAM, bytes.fromhex(case.get("program_hex", "")))
    for block in case["in"]["memory"]:
        put(board, int(block["addr"], 16), bytes.fromhex(block["hex"]))
    behind = AT + program.index(PLP_JSL) + 5
    board.memory[behind] = STP
    if before := case.get("sent_before", ""):
        board.serial(3).send(before.encode("latin-1"))
        board.run(seconds=0.008)
    board.serial(3).take()
    return board, behind


def make(case: dict, monkeypatch, rom: str = "quirks", later: int = 0) -> Call:
    """Make a recorded call, `later` cycles later than usual."""
    board, _ = prepare(case, rom, later)
    before = State.of(board)
    writes = watched(monkeypatch) if "io_writes" in case else []
    line, end = board.serial(3), board.seconds + 0.034 + case["limit_ms"] / 1000
    sent = case["sent"] if isinstance(case["sent"], list) else [case["sent"]]
    waiting = [text.encode("latin-1") for text in sent if text]
    board.run(seconds=0.034, until=lambda: board.registers.pc not in range(AT, AT + 6))
    while board.seconds < end and not board.chip.core.stopped:
        count = len(line.log)
        board.run(seconds=min(SILENCE, end - board.seconds))
        if waiting and not line.pending and len(line.log) == count:
            line.send(waiting.pop(0))
        if (
            case["received"]
            and not case.get("returns", True)
            and not text_differs(case["received"], line.received)
        ):
            end = min(end, board.seconds + 0.1)  # it is back in the monitor; does anything follow?
    returned = bool(board.chip.core.stopped)
    after, registers = State.of(board), board.registers
    if returned:
        drain(board)
    return Call(before, after, registers, line.take(), returned, writes)


def drain(board: Board) -> None:
    """Let what the call queued go out, with interrupts on."""
    put(board, SPARE, WAIT_HERE)
    board.jml(SPARE)
    line, count = board.serial(3), -1
    while count != len(line.log):
        count = len(line.log)
        board.run(seconds=0.003)


def watched(monkeypatch) -> list[str]:
    """The writes to chip registers from here on, as the records spell them."""
    writes: list[str] = []
    write = W65C265S.write

    def recorded(chip, address, value):
        if address < 0xDF80:
            writes.append(f"{address:04X}={value:02X}")
        write(chip, address, value)

    monkeypatch.setattr(W65C265S, "write", recorded)
    return writes


def text_differs(expected: str | list, got: bytes) -> bool:
    """Is `got` something else than the recorded text?  Of the cut-out prose only the length counts."""
    for piece in [expected] if isinstance(expected, str) else expected:
        if isinstance(piece, str):
            text = piece.encode("latin-1")
            if not got.startswith(text):
                return True
            got = got[len(text) :]
        else:
            got = got[piece["bytes"] :]
    return bool(got)


def recorded_bytes(changes: dict) -> dict[int, int]:
    """Blocks of [before, after] as address -> byte."""
    return {
        int(address, 16) + offset: byte
        for address, (_, after) in changes.items()
        for offset, byte in enumerate(bytes.fromhex(after))
    }


def differences(case: dict, call: Call) -> list[str]:
    """What is not as recorded, in words."""
    wrong = []
    if text_differs(case["received"], call.received):
        wrong.append(f"sent {call.received!r}\n  wanted {case['received']!r}")
    if call.returned is not case.get("returns", True):
        wrong.append(f"returned: {call.returned}, at {call.registers.pc:04X}")
    changed_io = recorded_bytes(case.get("io_changed", {}))
    if call.returned or call.writes:
        io = {a: v for a, v in call.after.io.items() if a not in LOADED_BY_HARDWARE}
        wanted_io = {a: changed_io.get(a, call.before.io[a]) for a in io}
        if call.returned:
            wrong += [
                f"{a:04X} holds {io[a]:02X}, wanted {w:02X}" for a, w in wanted_io.items() if io[a] != w
            ]
    if call.writes:
        wanted_writes = until_restart(case["io_writes"])
        if until_restart(call.writes) != wanted_writes:
            wrong.append(f"wrote {until_restart(call.writes)}\n  wanted {wanted_writes}")
    if call.returned:
        wrong += register_differences(case, call.registers) + memory_differences(case, call)
    return wrong


def until_restart(writes: list[str]) -> list[str]:
    """The writes before a restart writes BCR, without those that acknowledge T1."""
    end = writes.index("DF40=01") if "DF40=01" in writes else len(writes)
    return [write for write in writes[:end] if not write.startswith("DF44")]


def register_differences(case: dict, registers: Registers) -> list[str]:
    seen = {"A": registers.a, "X": registers.x, "Y": registers.y, "S": registers.s}
    seen |= {"D": registers.d, "B": registers.dbr, "P": registers.p}
    wanted = {name: int(case["out"][name], 16) for name in seen}
    return [
        f"{name} = {seen[name]:04X}, wanted {wanted[name]:04X}"
        for name in seen
        if seen[name] != wanted[name] and ROM_POINTER.get(case["case"]) != name
    ]


def memory_differences(case: dict, call: Call) -> list[str]:
    before, after = call.before.memory, call.after.memory
    written = {int(address, 16): int(byte, 16) for address, byte in case["written"].items()}
    cells = [a for a in ON_CHIP if a in written or a not in TICKING]
    wanted = {a: written.get(a, before[a]) for a in cells}
    changed = recorded_bytes(case.get("ram_changed", {}))
    outside = [a for a in range(0x0200, 0x8000) if before[a] != after[a] and a not in RESULTS]
    wanted |= {a: changed.get(a, before[a]) for a in {*outside, *changed}}
    return [
        f"{a:04X} held {before[a]:02X}, holds {after[a]:02X}, wanted {w:02X}"
        for a, w in wanted.items()
        if after[a] != w
    ]


def records(path: str | Path | None) -> dict:
    return json.loads(Path(path).read_text(encoding="utf-8")) if path else {"cases": [], "tables": []}


def calls(path: str | Path | None) -> list:
    """The calls of a file as parameters; crashes that a record calls undefined are nothing to reproduce."""
    return [
        pytest.param(case, id=case["case"].replace(" ", "-"))
        for case in records(path)["cases"]
        if not case.get("undefined")
    ]


def rows(path: str | Path | None) -> list:
    """The tables of the conversion routines as parameters."""
    return [pytest.param(table, id=table["name"]) for table in records(path)["tables"]]


everything = pytest.mark.skipif(
    not os.environ.get(EVERYTHING), reason=f"{EVERYTHING} does not name the file of all recorded calls"
)


def replay(case: dict, monkeypatch) -> list[str]:
    """Make a recorded call; what was not as recorded, at the phase that suits best."""
    tried = (
        differences(case, make(case, monkeypatch, later=later)) for later in PHASES.get(case["case"], (0,))
    )
    return min(tried, key=len)


@pytest.mark.parametrize("case", calls(SELECTED))
def test_selected_calls(case, monkeypatch):
    assert replay(case, monkeypatch) == []


@everything
@pytest.mark.parametrize("case", calls(os.environ.get(EVERYTHING)))
def test_all_calls(case, monkeypatch):
    assert replay(case, monkeypatch) == []


def converted(board: Board, table: dict, row: dict, carry: int) -> list[str]:
    """Run a conversion routine for a row of its table; what differs, in words."""
    board = board.copy()
    entry = int(table["entry"], 16)
    code = f"C230A9{row['A']}11A24523A08967E220{'38' if carry else '18'}22"
    code += entry.to_bytes(3, "little").hex() + "DB"
    put(board, AT, bytes.fromhex(code))
    board.memory[CELLS["TEMP"]] = int(row.get("m0070", "00"), 16)
    board.jml(AT)
    assert board.run(cycles=2000) is Stop.STP
    registers = board.registers
    wanted = {"A": 0x1100 | int(row["out_A"], 16), "X": 0x2345, "Y": 0x6789, "S": 0x01FF}
    seen = {"A": registers.a, "X": registers.x, "Y": registers.y, "S": registers.s}
    wanted["C"] = carry if row.get("out_C") == "unchanged" else int(row["out_P"], 16) & 1
    seen["C"] = registers.p & 1
    for name, address in (("out_0069", CELLS["TMP6"]), ("out_0071", CELLS["TEMP"] + 1)):
        if name in row:
            wanted[name], seen[name] = int(row[name], 16), board.memory[address]
    if table["name"] == "ASCBIN" and wanted["C"]:  # A is unspecified then, says the table
        del wanted["A"], wanted["out_0069"], seen["A"], seen["out_0069"]
    if carry == 0 and "A" in wanted:  # the recorded flags are those of a call with carry clear
        wanted["P"], seen["P"] = int(row["out_P"], 16) & 0xBB, registers.p & 0xBB
    return [] if seen == wanted else [f"{row['A']}: {seen}, wanted {wanted}"]


@cache
def idle_board() -> Board:
    board = Board("sxb")
    board.boot()
    return board


@everything
@pytest.mark.parametrize("table", rows(os.environ.get(EVERYTHING)))
def test_all_conversions(table):
    board = idle_board()
    assert [
        wrong for row in table["rows"] for carry in (0, 1) for wrong in converted(board, table, row, carry)
    ] == []


@pytest.mark.parametrize("table", rows(SELECTED))
def test_selected_conversions(table):
    board = idle_board()
    assert [
        wrong for row in table["rows"] for carry in (0, 1) for wrong in converted(board, table, row, carry)
    ] == []


def test_every_entry_has_a_record_or_is_known_to_have_none():
    kept = records(SELECTED)
    recorded = {case["name"] for case in kept["cases"]} | {table["name"] for table in kept["tables"]}
    assert {entry.name for entry in LIBRARY} - recorded == set()
    assert VECTORS["RESTART"] == 0x0130
