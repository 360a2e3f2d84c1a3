# SPDX-License-Identifier: MIT
"""The library entries: registers, carry and bytes on the line, as recorded from the chip's ROM.

A call is JSL from 00:2000 on the board with external RAM, A 8 bits, X and Y 16 bits.
"""

from __future__ import annotations

from functools import cache

import pytest

from asm816.target.monitor import CELLS, LIBRARY
from emu.board import Board, Registers, Stop

ADDRESS = {entry.name: entry.address for entry in LIBRARY}
AT, TEXT = 0x2000, 0x2800
TYPED_TIME = 0.06


@cache
def booted() -> Board:
    board = Board("sxb")
    board.boot()
    board.serial(3).take()
    return board


def call(name, *, a=0x11AA, x=0x2345, y=0x6789, typed=b"", memory=None, wait=True) -> tuple:
    """Call an entry: (registers after it, bytes on the line, the board)."""
    board = booted().copy()
    board.memory[CELLS["SFLAG3"]] |= 0x10  # the XON behind the first character has been sent
    code = bytes.fromhex("C230A9") + a.to_bytes(2, "little") + b"\xa2" + x.to_bytes(2, "little")
    code += b"\xa0" + y.to_bytes(2, "little") + bytes.fromhex("E22022")
    code += ADDRESS[name].to_bytes(3, "little")
    after = AT + len(code)
    board.memory[AT : after + 2] = code + b"\x80\xfe"  # then branch to itself
    for address, data in (memory or {}).items():
        board.memory[address : address + len(data)] = data
    board.jml(AT)
    board.run(cycles=60)
    line = board.serial(3)
    line.send(typed)
    stop = board.run(seconds=0.3, until=lambda: board.registers.pc == after and not line.pending)
    assert (stop is Stop.UNTIL) is wait
    registers = board.registers
    board.run(seconds=TYPED_TIME)
    return registers, line.take(), board


def kept(registers: Registers, a: int, x: int = 0x2345, y: int = 0x6789) -> bool:
    return (registers.a, registers.x, registers.y, registers.s) == (a, x, y, 0x01FF)


def carry(registers: Registers) -> int:
    return registers.p & 1


@pytest.mark.parametrize(
    ("name", "a", "sent", "a_after"),
    [
        ("PUT_CHR", 0x115A, b"Z", 0x115A),
        ("PUT_CHR", 0x1180, b"\x80", 0x1180),
        ("SEND_BYTE_TO_PC", 0x2231, b"1", 0x2231),
        ("SEND_CR", 0x11AA, b"\r", 0x110D),
        ("SEND_SPACE", 0x11AA, b" ", 0x1120),
        ("BACKSPACE", 0x11AA, b"\b", 0x1108),
        ("SEND_HEX_OUT", 0x553C, b"3C", 0x5543),
    ],
)
def test_sending(name, a, sent, a_after):
    registers, received, _ = call(name, a=a)
    assert received == sent
    assert kept(registers, a_after)
    assert carry(registers) == 0


@pytest.mark.parametrize(
    ("name", "typed", "sent", "a_after", "carry_after"),
    [
        ("GET_BYTE_FROM_PC", b"", b"", 0x1100, 1),
        ("GET_CHR", b"a", b"", 0x1161, 0),
        ("GET_CHR", b"\x00", b"", 0x1100, 0),
        ("GET_PUT_CHR", b"a", b"a", 0x1161, 0),
        ("GET_HEX", b"A5", b"", 0x11A5, 0),
        ("GET_HEX", b"fF", b"", 0x11FF, 0),
        ("GET_HEX", b"5G", b"", 0x1100, 1),
        ("GET_HEX", b" ", b"", 0x1120, 1),
        ("GET_3BYTE_ADDR", b"00ABCD", b"00:ABCD", 0x11CD, 0),
        ("GET_3BYTE_ADDR", b"00A\x1b", b"00:A\x1b", 0x111B, 1),
        ("GET_3BYTE_ADDR", b"0G01A:2345", b"0G\b01:A:\b2345", 0x1145, 0),
    ],
)
def test_reading(name, typed, sent, a_after, carry_after):
    registers, received, _ = call(name, typed=typed)
    assert received == sent
    assert kept(registers, a_after)
    assert carry(registers) == carry_after


def test_a_wait_for_input_does_not_return():
    registers, received, _ = call("GET_CHR", wait=False)
    assert received == b""
    assert registers.pbr == 0


@pytest.mark.parametrize(
    ("text", "sent"),
    [(b"Hello\x00", b"Hello"), (b"\x00", b""), (b"Hel\xecxyz\x00", b"Hell"), (b"0123456789" * 70, None)],
)
def test_put_str_ends_at_00_behind_bit_7_or_after_640(text, sent):
    board = booted().copy()
    board.memory[TEXT : TEXT + len(text)] = text
    code = "A9 00 A2 00 28 22 4E E0 00 80 FE"
    board.memory[AT : AT + 11] = bytes.fromhex(code)
    board.jml(AT)
    board.run(seconds=0.75 if sent is None else 0.03)
    assert board.serial(3).take() == (text[:640] if sent is None else sent)
    assert board.registers.pc == AT + 9
    assert (board.registers.x, carry(board.registers)) == (TEXT, 0)


@pytest.mark.parametrize(
    ("typed", "stored", "carry_after"),
    [
        (b"hello\r", b"hello\r\0", 0),
        (b"helx\blo\r", b"hello\r\0", 0),
        (b"\b\bab\r", b"ab\r\0", 0),
        (b"abc\x1b", b"abc\xee", 1),
    ],
)
def test_get_str(typed, stored, carry_after):
    registers, received, board = call("GET_STR", a=0x1100, x=TEXT, typed=typed, memory={TEXT: b"\xee" * 16})
    assert received == typed
    assert board.memory[TEXT : TEXT + len(stored)] == stored
    assert kept(registers, 0x1100, x=TEXT)
    assert carry(registers) == carry_after


@pytest.mark.parametrize(
    ("name", "text", "cell", "after", "carry_after"),
    [
        ("SET_TIME", b"11:22:33", "HR", bytes((11, 22, 33)), 0),
        ("SET_TIME", b"12:60:00", "HR", bytes((12, 0)), 1),
        ("SET_TIME", b"24:00:00", "HR", bytes((12, 0)), 1),
        ("SET_DATE", b"12-25-95", "MONTH", bytes((12, 25, 95)), 0),
        ("SET_DATE", b"01/02/96", "MONTH", bytes((1, 2, 96)), 0),
        ("SET_DATE", b"01-32-95", "MONTH", bytes((1, 1, 93)), 1),
    ],
)
def test_setting_the_clock_stores_up_to_the_bad_field(name, text, cell, after, carry_after):
    registers, _, board = call(name, x=TEXT, memory={TEXT: text})
    at = CELLS[cell]
    assert board.memory[at : at + len(after)] == after
    assert kept(registers, 0x11AA, x=TEXT)
    assert carry(registers) == carry_after


def test_reading_the_clock():
    memory = {CELLS["DAYWK"]: bytes((1, 12, 31, 100, 23, 5, 47))}
    registers, _, board = call("READ_TIME", x=TEXT, memory=memory)
    assert board.memory[TEXT : TEXT + 9] == b"23:05:47\0"
    assert kept(registers, 0x00AA, x=TEXT)
    _, _, board = call("READ_DATE", x=TEXT, memory=memory)
    assert board.memory[TEXT : TEXT + 9] == b"12-31-00\0"


@pytest.mark.parametrize(
    ("flags", "a_after", "carry_after", "flags_after"), [(0, 0x00, 0, 0), (1, 0x01, 0, 1), (3, 0x02, 1, 1)]
)
def test_alarm_status(flags, a_after, carry_after, flags_after):
    registers, _, board = call("GET_ALARM_STATUS", memory={CELLS["FLAGS"]: bytes([flags])})
    assert kept(registers, 0x1100 | a_after)
    assert carry(registers) == carry_after
    assert board.memory[CELLS["FLAGS"]] == flags_after


@pytest.mark.parametrize(("index", "latch"), [(0x00, 0x082E), (0x08, 0x0017), (0x0B, 0x0005), (0x0C, None)])
def test_baud_rates(index, latch):
    registers, _, board = call("SELECT_COMMON_BAUD_RATE", a=0x1100 | index)
    assert kept(registers, 0x1100 | index)
    assert carry(registers) == (latch is None)
    assert board.peek(0xDF58) | board.peek(0xDF59) << 8 == (0x0017 if latch is None else latch)


def test_tones():
    _, _, board = call("CONTROL_TONES", a=0x1103, x=0x1234, y=0x5678)
    assert [board.peek(address) for address in (0xDF40, 0xDF43)] == [0x07, 0x7A]
    assert [board.peek(address) for address in range(0xDF5A, 0xDF5E)] == [0x34, 0x12, 0x78, 0x56]


@pytest.mark.parametrize(
    ("name", "a", "high", "a_after", "carry_after"),
    [
        ("ASCBIN", 0x46, 0x39, 0x9F, 0),
        ("ASCBIN", 0x61, 0x66, 0xFA, 0),
        ("ASCBIN", 0x3A, 0x30, None, 1),
        ("HEXIN", 0x66, 0, 0x0F, 0),
        ("HEXIN", 0x40, 0, 0x40, 1),
        ("ISHEX", 0x61, 0, 0x41, 0),
        ("ISDECIMAL", 0x39, 0, 0x39, 0),
        ("ISDECIMAL", 0x3A, 0, 0x3A, 1),
        ("IFASC", 0x7E, 0, 0x7E, 0),
        ("IFASC", 0x7F, 0, 0x7F, 1),
        ("BIN2DEC", 99, 0, 0x99, None),
        ("BINASC", 0x3C, 0, 0x43, None),
        ("UPPER_CASE", 0x7A, 0, 0x5A, None),
        ("UPPER_CASE", 0x7B, 0, 0x7B, None),
    ],
)
def test_conversions(name, a, high, a_after, carry_after):
    registers, _, board = call(name, a=0x1100 | a, memory={CELLS["TEMP"]: bytes([high])})
    if a_after is not None:
        assert kept(registers, 0x1100 | a_after)
    if carry_after is not None:
        assert carry(registers) == carry_after
    if name == "BINASC":
        assert board.memory[CELLS["TEMP"] + 1] == 0x33


def test_version_points_to_texts():
    registers, _, board = call("VERSION")
    assert board.memory[registers.x : registers.x + 5] == b"2.07\r"
    assert bytes(board.memory[registers.y : registers.y + 16]).index(0) > 0
    assert (registers.a & 0xFF, carry(registers)) == (0, 0)


def test_a_loader_without_input_flag_refuses():
    registers, received, _ = call("XS28IN")
    assert (received, carry(registers)) == (b"", 1)


def test_sbreak_takes_the_return_address_for_an_interrupt_frame():
    _, received, _ = call("SBREAK", memory={CELLS["SB_SENTL"]: b"\0"}, wait=False)
    assert b"   11 AA  23 45  67 89  02 00  \r" in received
