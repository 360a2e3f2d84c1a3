# SPDX-License-Identifier: MIT
"""The boot, as recorded: times, writes to the chip, cells, programs marked WDC, crystals, the clock over a
restart, and how long the commands take.

`boot.json` beside this file holds a selection; its ``source`` says where the records come from.  All of them
are held against the board when MENSCH816_BOOT names their file.  Times agree within 5 %.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from asm816 import assemble
from asm816.target.monitor import CELLS
from emu.board import Board, Stop
from emu.chip.flash import BLANK
from emu.chip.settings import ChipSettings
from emu.chip.w65c265s import W65C265S
from emu.rom import SOURCE

SELECTED = Path(__file__).with_name("boot.json")
EVERYTHING = "MENSCH816_BOOT"

CLOSE = 0.05

RESET_CYCLES, STORE_CYCLES = 7, 4
"""The recorder counts from the first instruction, and stamps a write with the begin of its instruction."""

CLK = 32_768
"""PHI2 out of reset, in Hz."""

BANNER_BYTES = 79
"""CR and the three lines of identification."""

RECORDED_FLAGS = {"TIFR": 0x02, "EIFR": 0x00}
"""The flags that the recorder could set; it knew no T3 and T4, and no edges of pins."""

FLASH_BANK_3 = 3 * 0x8000 - 0x8000
"""Where in the flash the byte at 8000 lies, less 8000: bank 3 is selected after reset."""


@cache
def records(path: str | Path) -> dict:
    return json.loads(Path(path).read_text(encoding="utf-8"))


FILES = [
    pytest.param(SELECTED, id="selected"),
    pytest.param(
        os.environ.get(EVERYTHING),
        id="all",
        marks=pytest.mark.skipif(
            not os.environ.get(EVERYTHING), reason=f"{EVERYTHING} does not name the file of all boot records"
        ),
    ),
]
files = pytest.mark.parametrize("file", FILES)


def each(*keys: str) -> list:
    """The records below these keys as parameters, those of the whole collection where it is at hand."""
    found = []
    for source, path in (("selected", SELECTED), ("all", os.environ.get(EVERYTHING))):
        rows = records(path) if path else {}
        for key in keys:
            rows = rows.get(key, {})
        found += [
            pytest.param(row, id=f"{source}-{row.get('case', row.get('fclk_hz'))}".replace(" ", "-"))
            for row in rows
        ]
    return found


def micros(board: Board) -> float:
    """The time as the recorder counts it."""
    return (board.seconds - RESET_CYCLES / CLK) * 1e6


def end_of(board: Board, position: int) -> float:
    """When a character that the board sent ended, as the recorder counts it."""
    clock, _ = board.serial(3).log[position]
    clocks = board.chip.clocks
    return (clocks.tick_of(clock) / clocks.tick_hz - RESET_CYCLES / CLK) * 1e6


def watch(board: Board, monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str, str]]:
    """The writes to registers from now on: microseconds, address, value."""
    writes = []
    write = W65C265S.write

    def noted(chip, address, value):
        if address < 0xDF80:
            begun = micros(board) - STORE_CYCLES / board.phi2_hz * 1e6
            writes.append((begun, f"{address:04X}", f"{value:02X}"))
        write(chip, address, value)

    monkeypatch.setattr(W65C265S, "write", noted)
    return writes


def fill(board: Board, byte: int) -> None:
    for first, last in ((0x0000, 0x0200), (0xDF80, 0xDFC0)):
        board.memory[first:last] = bytes([byte]) * (last - first)


@cache
def booted(name: str, byte: int) -> Board:
    """A board that booted over RAM full of `byte`, 0.26 s after its prompt."""
    board = Board(name, flash=None if name == "qbx" else "empty")
    fill(board, byte)
    board.boot()
    board.run(seconds=0.26)
    return board


@files
@pytest.mark.parametrize("name", ["qbx", "sxb"])
def test_times_and_writes(file, name, monkeypatch):
    layout = records(file)["layouts"][name]
    board = Board(name)
    writes = watch(board, monkeypatch)
    line = board.serial(3)
    board.run(seconds=2, until=lambda: line.received.endswith(b"\r>"))
    wanted = layout["io_writes"]
    assert [list(write[1:]) for write in writes[: len(wanted)]] == [write[1:] for write in wanted]
    for seen, (micros_, *_) in zip(writes, wanted, strict=False):
        assert seen[0] == pytest.approx(micros_, rel=CLOSE), seen
    switched = writes[[write[1:] for write in writes].index(("DF41", "FB"))][0]
    assert switched == pytest.approx(layout["phi2_switched_to_fclk_us"], rel=CLOSE)
    assert len(line.received) == layout["bytes"]
    for position, key in (
        (0, "first_byte_end_us"),
        (BANNER_BYTES - 1, "banner_end_us"),
        (-1, "prompt_end_us"),
    ):
        assert end_of(board, position) == pytest.approx(layout[key], rel=CLOSE), key


@files
@pytest.mark.parametrize("name", ["qbx", "sxb"])
@pytest.mark.parametrize("byte", [0x00, 0xA5])
def test_cells_after_boot(file, name, byte):
    memory = booted(name, byte).memory
    wrong = []
    for row in records(file)["ram_after_boot"]["both_layouts"]["cells"]:
        if row["name"] == "stack":
            continue
        for offset, text in enumerate(row["after_boot"].split()):
            seen = memory[int(row["addr"], 16) + offset]
            value, _, mask = text.partition("/")
            mask = int(mask or "FF", 16)
            wanted = byte if text == "--" else int(value, 16) & mask | byte & ~mask
            if seen != wanted:
                wrong.append(f"{row['addr']} {row['name']}+{offset}: {seen:02X}, wanted {text}")
    assert wrong == []


def test_the_users_part_of_page_0_is_left_alone():
    assert set(booted("qbx", 0xA5).memory[0x00B6:0x0100]) == {0xA5}


@files
def test_registers_after_boot(file):
    board = booted("qbx", 0)
    for row in records(file)["io_after_boot"]:
        if row["value"] == "not written" or row["addr"] in {"T1", "DF58/DF59"}:
            continue
        address, wanted = int(row["addr"], 16), int(row["value"], 16)
        if row["name"] == "PD7":  # pins that are chip selects read 0
            wanted &= ~board.peek(0xDF27) & 0xFF
        if row["name"] in {"PD4", "PD5", "PD6"}:  # inputs read their pins
            out = board.peek(address + 4)
            assert board.peek(address) & out == wanted & out, row
        else:
            assert board.peek(address) & RECORDED_FLAGS.get(row["name"], 0xFF) == wanted, row
    assert (board.peek(0xDF58), board.peek(0xDF59)) == (0x17, 0)
    assert (board.peek(0xDF52), board.peek(0xDF53)) == (0xFF, 0x7F)


def place(case: str) -> dict[int, bytes]:
    """What lies where, according to the words of a record about programs marked WDC."""
    if "alarm vector" in case:
        first = case.split(" = ")[1][:2]
        return {0x0134: bytes.fromhex(first + "003000"), CELLS["DISPTYP"]: bytes([2 * ("bit 1 set" in case)])}
    mark = case.split("'")[1].encode()
    mark = mark.ljust(3, b"x")
    addresses = [address for address in (0x8000, 0x0800, 0xDEF8) if f"{address:04X}" in case]
    return dict.fromkeys(addresses, mark + b"\x00" + b"\x80\xfe")


@pytest.mark.parametrize("row", each("signatures", "cases"))
def test_programs_marked_wdc(row):
    if "CS5 only" in row["case"]:
        pytest.skip("no board of ours has memory at 8000 that answers chip select 5 alone")
    flash, ram = bytearray(BLANK), {}
    for address, data in place(row["case"]).items():
        if 0x8000 <= address < 0xE000:
            flash[address + FLASH_BANK_3 : address + FLASH_BANK_3 + len(data)] = data
        else:
            ram[address] = data
    board = Board("sxb", flash=bytes(flash))
    for address, data in ram.items():
        board.memory[address : address + len(data)] = data
    if not row["started"]:
        board.boot()
        assert board.serial(3).received.startswith(b"\r")
        return
    wanted = row["registers"]
    start = int(wanted["PC"].replace(":", ""), 16)
    assert board.run(seconds=1.09, until=start) is Stop.UNTIL
    assert micros(board) == pytest.approx(row["at_us"], rel=CLOSE)
    registers = board.registers
    seen = {"A": registers.a, "X": registers.x, "Y": registers.y, "S": registers.s, "D": registers.d}
    seen |= {"DBR": registers.dbr, "P": registers.p}
    assert seen == {name: int(wanted[name], 16) for name in seen}
    assert registers.e == wanted["E"]
    for name, address in (
        ("BCR", 0xDF40),
        ("SSCR", 0xDF41),
        ("PCS7", 0xDF27),
        ("TER", 0xDF43),
        ("UIER", 0xDF49),
    ):
        assert board.peek(address) == int(row[name], 16), name
    assert len(board.serial(3).received) == row["bytes_sent"]


@pytest.mark.parametrize("row", each("crystal", "cases"))
def test_crystals(row):
    board = Board("qbx", crystal_hz=row["fclk_hz"])
    line = board.serial(3)
    line.baud = round(row["baud"])
    board.run(seconds=2.5, until=lambda: line.received.endswith(b"\r>"))
    start = end_of(board, 0) - 10e6 / row["baud"]
    assert start == pytest.approx(row["first_byte_start_us"], rel=CLOSE)
    assert end_of(board, -1) == pytest.approx(row["prompt_end_us"], rel=CLOSE)
    assert len(line.received) == row["bytes"]
    assert board.memory[CELLS["SPEED"]] == row["SPEED"]
    assert board.peek(0xDF58) | board.peek(0xDF59) << 8 == int(row["T4"], 16)


@files
def test_every_count_of_the_crystal_measurement(file):
    ranges = records(file)["crystal"]["t1cl_map"]["ranges"]
    chosen = {count: choice(count) for count in range(256)}
    wanted = {count: recorded_choice(ranges, count) for count in range(256)}
    assert chosen == wanted


def recorded_choice(ranges: list[dict], count: int) -> tuple[int, int]:
    """Index of the crystal and T4 latch for a low byte of T1."""
    return next(
        (row["SPEED"], int(row["T4"], 16))
        for row in ranges
        if int(row["t1cl"][0], 16) <= count <= int(row["t1cl"][1], 16)
    )


@cache
def choice(count: int) -> tuple[int, int]:
    """What the boot chooses if its measurement has this result: run from there on."""
    board = booted("sxb", 0).copy()
    program = assemble(
        text=f".65816\n.org 0x2000\n sei\n lda.b #{count}\n ldx.w #0\n jmp {symbols()['match_crystal']}\n"
    )
    board.load(program.image)
    board.jml(0x2000)
    board.run(cycles=4000)
    return board.memory[CELLS["SPEED"]], board.peek(0xDF58) | board.peek(0xDF59) << 8


@cache
def symbols() -> dict[str, int]:
    return dict(assemble(SOURCE).symbols)


@pytest.mark.parametrize("row", each("warm_reset", "cases"))
def test_the_clock_over_a_restart(row):
    if "T4 latch cleared" in row["case"]:  # what the real chip does is not known
        board = Board("sxb", settings=ChipSettings(timers_cleared_by_reset=True))
        board.boot()
    else:
        board = booted("sxb", 0).copy()
    line = board.serial(3)
    before = bytes.fromhex(row["clock_before (DF90-96)"])
    after_a_second(board)
    if "clock set" in row["case"]:
        corrupted = "corrupted" in row["case"]
        wait = next((s for words, s in (("3 s", 3), ("1.5 s", 1)) if words in row["case"]), int(corrupted))
        put_clock(
            board, before[:2] + (b"\x0e" if corrupted else before[2:3]) + before[3:-1], before[-1] - wait
        )
        for _ in range(wait):
            after_a_second(board)
        board.memory[CELLS["DAY"]] = before[2]
    else:
        board.run(seconds=4, until=lambda: board.memory[CELLS["SECS"]] == before[-1])
    board.run(seconds=0.4)
    assert bytes(board.memory[CELLS["DAYWK"] : CELLS["SECS"] + 1]) == before
    if "U command" in row["case"]:
        line.send(b"U")
    else:
        board.reset()
    board.boot()
    board.run(seconds=0.3)
    line.take()
    line.send(b"T")
    board.run(seconds=0.1)
    shown = line.take()
    assert shown.startswith(row["first_bytes"].encode("latin-1"))
    time = shown.split(b"\r")[1]
    assert time[:6] == row["T_shows"][:6].encode()
    assert int(time[6:]) == pytest.approx(int(row["T_shows"][6:]), abs=1)
    line.send(b"\rN")
    board.run(seconds=0.1)
    assert b"\r" + row["N_shows"].encode() + b"\r" in line.take()


def put_clock(board: Board, fields: bytes, second: int) -> None:
    board.memory[CELLS["DAYWK"] : CELLS["SECS"] + 1] = fields + bytes([second])


def after_a_second(board: Board) -> None:
    """Run until the clock has counted on."""
    second = board.memory[CELLS["SECS"]]
    assert board.run(seconds=1.1, until=lambda: board.memory[CELLS["SECS"]] != second) is Stop.UNTIL


@pytest.mark.parametrize("row", each("timing", "cases"))
def test_how_long_commands_take(row):
    board = booted("sxb", 0).copy()
    board.memory[CELLS["SFLAG3"]] |= 0x10  # the lone XON is gone
    if "cycles" in row:
        for address, code in PROGRAMS.items():
            board.memory[address : address + len(code)] = code
    line = board.serial(3)
    for text in row["sent_before"]:
        line.send(text.encode("latin-1"))
        board.run(seconds=2, until=lambda: not line.pending)
        quiet(board)
    line.take()
    count = len(line.log)
    prompts = line.received.count(b"\r>")
    end = micros(board) + CHARACTER * len(row["last_sent"])
    line.send(row["last_sent"].encode("latin-1"))
    if first := row.get("last_stop_bit_to_first_instruction_us"):
        assert board.run(seconds=1, until=PROGRAM_AT.get(row["last_sent"], 0x2000)) is Stop.UNTIL
        assert micros(board) - end == pytest.approx(first, rel=CLOSE)
    board.run(seconds=2, until=lambda: not line.pending)
    if row.get("ends_with_prompt"):
        board.run(seconds=2, until=lambda: line.received.count(b"\r>") > prompts)
    quiet(board)
    new = range(count, len(line.log))
    answer = [at for at in new if len(row["last_sent"]) == 1 or start_of(board, at) >= end]
    if "answer_bytes" not in row:
        assert answer == []
        return
    assert len(answer) == row["answer_bytes"]
    assert line.log[answer[0]][1] == int(row["first_answer_byte"], 16)
    assert end_of(board, answer[-1]) - end == pytest.approx(row["to_last_answer_end_us"], rel=CLOSE)
    if row["last_sent"] != "U":  # which slows PHI2 down; when the echo began cannot be told from here
        wanted = row["last_stop_bit_to_first_answer_start_us"]
        assert start_of(board, answer[0]) - end == pytest.approx(wanted, abs=POLLING)


def start_of(board: Board, position: int) -> float:
    """When the start bit began."""
    return end_of(board, position) - CHARACTER


PROGRAMS = {0x2000: b"\x80\xfe", 0x2100: b"\0\0", 0x2200: b"\x6b"}
"""What the timed jumps go to: BRA to itself, BRK, RTL."""

PROGRAM_AT = {"002100": 0x2100, "002200": 0x2200}
"""Where jumps with these digits go, all others to 2000."""

POLLING = 30
"""Microseconds by which an answer may begin earlier or later: the monitor polls its ring in rounds of some 20,
and a start bit waits for a tick of the baud clock, 6.5 apart.  The records among each other differ as much."""

CHARACTER = 10e6 / 9600
"""Microseconds of ten bits."""


def quiet(board: Board) -> None:
    line, count = board.serial(3), -1
    while count != len(line.log):
        count = len(line.log)
        board.run(seconds=0.03)
