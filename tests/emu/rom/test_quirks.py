# SPDX-License-Identifier: MIT
"""Each fault of the chip's ROM: seen with the image `quirks`, gone with the image `fixed`.

A test is named after its row of `asm816.target.quirks`.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from asm816.target.monitor import CELLS, LIBRARY, READY, XOFF, XON
from asm816.target.quirks import QUIRKS, quirk
from emu.board import Board, Stop
from emu.rom import SOURCE

ENTRY = {entry.name: entry.address for entry in LIBRARY}
AT = 0x2000
SILENCE = 0.02

both = pytest.mark.parametrize("rom", ["quirks", "fixed"])


class Host:
    """A board at its first prompt, and somebody who types."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.line = board.serial(3)
        self.memory = board.memory

    def say(self, text: bytes) -> bytes:
        """Type `text`, wait until the board is silent; what it answered."""
        self.line.send(text)
        self.board.run(seconds=2, until=lambda: not self.line.pending)
        count = -1
        while count != self.line.waiting:
            count = self.line.waiting
            self.board.run(seconds=SILENCE, until=lambda seen=count: self.line.waiting != seen)
        return self.line.take()

    def put(self, address: int, code: str) -> None:
        data = bytes.fromhex(code)
        self.memory[address : address + len(data)] = data

    def cells(self, name: str, count: int = 1) -> bytes:
        return bytes(self.memory[CELLS[name] : CELLS[name] + count])

    def call(self, name: str, *, x: int) -> int:
        """Call an entry with X; the P it comes back with."""
        entry = ENTRY[name].to_bytes(3, "little").hex()
        self.put(AT, f"C210A2{x.to_bytes(2, 'little').hex()}22{entry}DB")
        self.board.jml(AT)
        assert self.board.run(seconds=0.1) is Stop.STP
        return self.board.registers.p


@cache
def booted(rom: str, name: str = "sxb") -> Board:
    board = Board(name, rom=rom)
    board.boot()
    board.run(seconds=0.1)
    board.serial(3).take()
    return board


def at_prompt(rom: str, *, fresh: bool = False) -> Host:
    """A host at a prompt; unless `fresh`, the lone XON has been sent."""
    host = Host(booted(rom).copy())
    if not fresh:
        host.memory[CELLS["SFLAG3"]] |= 0x10
    return host


def after_a_second(host: Host) -> None:
    """Run until the clock has counted on once, and its handler, which counts seconds first, has ended."""
    seconds = host.cells("SECS")
    assert host.board.run(seconds=1.1, until=lambda: host.cells("SECS") != seconds) is Stop.UNTIL
    host.board.run(seconds=0.001)


# ldx #5000; wait 33 ms; then X = 0 and GET_BYTE_FROM_PC until there is none, to 2800 on; STP
BUSY_THEN_READ = "C210E220A20050CAD0FDA20000 2233E000 B0069D0028E8 80F4 DB"


@both
def test_oldest_dropped(rom):
    host = at_prompt(rom)
    host.put(AT, BUSY_THEN_READ)
    host.board.jml(AT)
    host.line.send(b"ABCDEFGHIJKL")
    assert host.board.run(seconds=0.2) is Stop.STP
    kept = bytes(host.memory[0x2800 : 0x2800 + 10])
    assert kept == (b"DEFGHIJKL\0" if rom == "quirks" else b"ABCDEFGHI\0")
    assert host.cells("STATUS_S3")[0] & 0x40


@both
def test_no_xoff(rom):
    host = at_prompt(rom)
    host.put(AT, BUSY_THEN_READ.replace("DB", "80FE"))
    host.board.jml(AT)
    host.line.send(b"ABCDEFGH")
    host.board.run(seconds=0.06)
    assert host.line.take() == (b"" if rom == "quirks" else bytes([XOFF, XON]))


@both
def test_a_dump_under_xoff_loses_nothing_without_the_quirk(rom):
    host = at_prompt(rom)
    host.line.send(b"R")
    host.board.run(seconds=0.05)
    typed = 0
    while typed < 14 and XOFF not in host.line.received:  # a host that stops where it is told to
        host.line.send(b"1")
        host.board.run(seconds=0.002)
        typed += 1
    answered = host.say(b"").count(b"?\rREADY")
    assert (typed, answered) == ((14, 9) if rom == "quirks" else (typed, typed))
    assert typed == 14 or rom == "fixed"


@both
def test_lone_xon(rom):
    answer = at_prompt(rom, fresh=True).say(b"\r")
    assert answer == (b"\x11" if rom == "quirks" else b"") + b"\r?" + READY


@both
def test_first_record_ignored(rom):
    host = at_prompt(rom)
    assert host.say(b"S") == b"S  "
    assert host.say(b"S20600290011229D\r") == b".0001"
    assert bytes(host.memory[0x2900:0x2902]).hex() == ("0000" if rom == "quirks" else "1122")


@both
def test_other_types_not_stored(rom):
    host = at_prompt(rom)
    assert host.say(b"S105290011229E\r") == b"S  .0001"
    assert bytes(host.memory[0x2900:0x2902]).hex() == ("0000" if rom == "quirks" else "1122")
    assert host.say(b"S30700002902334456\r") == b".0002"
    assert bytes(host.memory[0x2902:0x2904]).hex() == ("0000" if rom == "quirks" else "3344")
    assert host.say(b"S9030000FC\r") == (b".0003" if rom == "quirks" else READY)


@both
def test_bytes_counted_twice(rom):
    host = at_prompt(rom)
    answer = host.say(b"S20700E00000000018\r")
    assert answer == (b"S  " if rom == "quirks" else b"S  ?")
    answer = host.say(b"S20600290011229D\r")
    assert answer == (b"" if rom == "quirks" else b".0001")
    assert bytes(host.memory[0x2900:0x2902]).hex() == ("0000" if rom == "quirks" else "1122")


@pytest.mark.parametrize(
    "record",
    [b"S2X600290011229D\r", b"S206G0290011229D\r", b"S20600290011X29D\r", b"S206002900112200\r", b"S206\r"],
)
def test_a_bad_record_is_refused_at_its_end_without_the_quirk(record):
    host = at_prompt("fixed")
    assert host.say(record) == b"S  ?"
    assert host.say(b"S20600290011229D\n") == b".0001"
    assert host.say(b"\x1b") == READY


@both
def test_last_echo_lost(rom):
    host = at_prompt(rom)
    host.put(AT, "7880FE")  # sei; bra to itself
    host.say(b"G")
    assert host.say(b"002000") == (b"00:200" if rom == "quirks" else b"00:2000")
    assert host.board.registers.pc in {AT + 1, AT + 3}


@both
def test_address_digit_dropped(rom):
    host = at_prompt(rom)
    host.put(AT, "80FE")
    host.say(b"G")
    answer = host.say(b"00:2000")
    if rom == "quirks":
        assert answer == b"00::\b\b2:000"  # one digit short
        assert host.board.registers.pc != AT
    else:
        assert answer == b"00::\b2000"
        assert host.board.registers.pc == AT


@both
@pytest.mark.parametrize(
    ("code", "shown"), [("A90148AB0000", b"00 00  20 01"), ("F400012B0000", b"01 00  20 00")]
)
def test_bank_and_direct_page(rom, code, shown):
    host = at_prompt(rom)
    host.put(AT, code)
    host.say(b"J")
    answer = host.say(b"002000")
    assert (b"  DirRg  F  DBk\r  " + shown in answer and answer.endswith(b"\r>")) is (rom == "fixed")
    assert host.say(b"/\r").startswith(b"/  00:") is (rom == "fixed")


@pytest.mark.parametrize("code", ["A90148AB6B", "F400012B6B"])
def test_a_program_returns_by_rtl_from_any_bank_and_page_without_the_quirk(code):
    host = at_prompt("fixed")
    host.put(AT, code)
    host.say(b"J")
    assert host.say(b"002000").endswith(b"\r>")
    assert host.say(b"/\r").endswith(READY)


@both
def test_alarm_vector_dead(rom):
    host = at_prompt(rom)
    host.put(0x0134, "5C003000")
    host.put(0x3000, "80FE")
    host.memory[CELLS["DISPTYP"]] = 0x02
    host.board.reset()
    host.board.run(seconds=1.2)
    assert (host.board.registers.pc == 0x3000) is (rom == "fixed")
    assert host.memory[0x0134] == (0xC2 if rom == "quirks" else 0x5C)


@both
@pytest.mark.parametrize(("year", "quirky", "right"), [(95, (2, 29), (3, 1)), (96, (2, 29), (2, 29))])
def test_leap_years(rom, year, quirky, right):
    host = at_prompt(rom)
    host.put(CELLS["DAYWK"], bytes((3, 2, 28, year, 23, 59, 59)).hex())
    after_a_second(host)
    assert tuple(host.cells("MONTH", 2)) == (quirky if rom == "quirks" else right)


@both
def test_weekday_six(rom):
    host = at_prompt(rom)
    seen = []
    for day in (5, 6, 7):
        host.put(CELLS["DAYWK"], bytes((day, 2, 10, 95, 23, 59, 59)).hex())
        after_a_second(host)
        seen.append(host.cells("DAYWK")[0])
    assert seen == ([6, 1, 1] if rom == "quirks" else [6, 7, 1])


@both
@pytest.mark.parametrize(
    ("entry", "text", "cell", "before", "quirky"),
    [
        ("SET_TIME", b"08:99:00", "HR", b"\x0c\x00", b"\x08\x00"),
        ("SET_DATE", b"12-99-95", "MONTH", b"\x07\x01", b"\x0c\x01"),
        ("SET_ALARM", b"08:09:99", "AHR", b"\x00\x00", b"\x08\x09"),
    ],
)
def test_fields_stored_early(rom, entry, text, cell, before, quirky):  # noqa: PLR0917 - the row's columns
    host = at_prompt(rom)
    host.put(0x2800, text.hex())
    assert host.cells(cell, 2) == before
    assert host.call(entry, x=0x2800) & 1
    assert host.cells(cell, 2) == (quirky if rom == "quirks" else before)
    host.put(0x2800, b"07:06:05".hex() if entry != "SET_DATE" else b"11-10-99".hex())
    assert not host.call(entry, x=0x2800) & 1
    assert host.cells(cell, 2) == (b"\x07\x06" if entry != "SET_DATE" else b"\x0b\x0a")


@both
def test_spaces_lost(rom):
    answer = at_prompt(rom).say(b"*")
    assert answer.startswith(b"*\rMENSCH" if rom == "quirks" else b"*  \rMENSCH")
    answer = at_prompt(rom).say(b"U")  # the restart comes a second later
    assert answer == (b"U" if rom == "quirks" else b"U  ")


@both
@pytest.mark.parametrize(
    ("crystal_hz", "quirky", "right"),
    [(6_144_000, (0x00, 0x0B), (0x04, 0x27)), (2_000_000, (0xFF, 0x3F), (0xFF, 0x0C))],
)
def test_crystal_windows(rom, crystal_hz, quirky, right):
    board = Board("qbx", rom=rom, crystal_hz=crystal_hz)
    board.run(seconds=1.12)
    assert (board.memory[CELLS["SPEED"]], board.peek(0xDF58)) == (quirky if rom == "quirks" else right)
    assert board.peek(0xDF59) == 0


# ---------------------------------------------------------------- what both images do


def low_power(board: Board) -> bool:
    """Is the chip where the low-power entry leaves it: SSCR, BCR, PCS7, port directions?"""
    return [board.peek(a) for a in (0xDF41, 0xDF40, 0xDF27, 0xDF04, 0xDF07)] == [0xF0, 0x09, 0, 0xFF, 0xFF]


@both
def test_x_goes_to_low_power_and_an_alarm_wakes(rom):
    host = at_prompt(rom)
    assert host.say(b"X") == b"X  "
    assert low_power(host.board)
    host.put(CELLS["AHR"], (host.cells("HR", 2) + bytes([host.cells("SECS")[0] + 3])).hex())
    host.memory[CELLS["FLAGS"]] |= 1
    host.board.run(seconds=9.5)
    assert low_power(host.board)  # ten seconds at least
    host.board.run(seconds=1.5)
    assert not low_power(host.board)  # restarted through the vector at 0130


@both
def test_half_an_hour_without_a_character_goes_to_low_power(rom):
    host = at_prompt(rom)
    host.put(CELLS["PD_TIMER"], "0200")
    host.board.run(seconds=0.9)
    assert not low_power(host.board)
    host.board.run(seconds=1.2)
    assert low_power(host.board)


# ---------------------------------------------------------------- the table


def test_every_row_has_a_test_and_a_place_in_the_sources():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.parent.glob("*.asm"))
    named = set(re.findall(r"quirk: ([a-z-]+)", sources))
    assert named == {row.name for row in QUIRKS}
    assert len(named) == len(QUIRKS)
    for row in QUIRKS:
        assert f"test_{row.name.replace('-', '_')}" in globals(), row.name


def test_rows_are_found_by_name():
    assert quirk("no-xoff").name == "no-xoff"
    with pytest.raises(KeyError):
        quirk("none")
