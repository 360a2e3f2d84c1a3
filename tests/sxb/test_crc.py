# SPDX-License-Identifier: MIT
"""The CRC: source against shipped bytes, and the board's arithmetic against ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asm816 import assemble
from asm816.image import image_of
from emu import Board
from sxb import crc

POLYNOMIAL = 1 << 32 | 1 << 16 | 1 << 7 | 1 << 2 | 1
CALLER = 0x0200
DATA = 0x1000
ROUTINE = 0x0300


def test_the_shipped_bytes_are_those_of_the_source():
    assembly = assemble(crc.SOURCE)
    assert not [diagnostic for diagnostic in assembly.diagnostics if diagnostic.severity == "error"]
    assert assembly.image == image_of([(0, crc.ROUTINE)])
    assert assembly.symbols["first"] + 1 == crc.BASE


def long_division(data):
    """The textbook: the message as a polynomial, words from the last, 32 zeros behind, start FFFFFFFF."""
    message = 0xFFFFFFFF
    for n in range(len(data) - 2, -1, -2):
        message = message << 16 | int.from_bytes(data[n : n + 2], "little")
        # The start value meets the first 32 bits of the message.
    bits = 8 * len(data)
    message = int.from_bytes(b"".join(data[n : n + 2][::-1] for n in range(len(data) - 2, -1, -2)), "big")
    message = (message << 32) ^ (0xFFFFFFFF << bits)
    for bit in range(bits + 31, 31, -1):
        if message >> bit & 1:
            message ^= POLYNOMIAL << (bit - 32)
    return message & 0xFFFFFFFF


@given(st.binary(min_size=2, max_size=200).filter(lambda data: len(data) % 2 == 0))
def test_it_is_the_remainder_of_a_long_division(data):
    assert crc.crc(data) == long_division(data)


def test_the_generator_is_primitive():
    """x has the order 2^32 - 1: errors of two bits show at any distance."""

    def times(a, b):
        product = 0
        while b:
            product ^= a if b & 1 else 0
            a, b = a << 1, b >> 1
            a ^= POLYNOMIAL if a >> 32 else 0
        return product

    def power(exponent):
        result, base = 1, 2
        while exponent:
            result = times(result, base) if exponent & 1 else result
            base, exponent = times(base, base), exponent >> 1
        return result

    order = (1 << 32) - 1
    assert power(order) == 1
    assert all(power(order // factor) != 1 for factor in (3, 5, 17, 257, 65537))


@pytest.fixture(scope="module")
def booted():
    board = Board("sxb")
    board.boot()
    return board


def run(board, data, *, start=0):
    board.load(image_of([(DATA, data), (ROUTINE, crc.routine_for(DATA))]))
    length = len(data).to_bytes(2, "little").hex()
    board.load(image_of([(CALLER, bytes.fromhex(f"A2 {length} 22 {start:02X}0300 DB"))]))
    board.jml(CALLER)
    begin = board.cycle
    board.run(seconds=0.5)
    registers = board.registers
    return registers.y << 16 | registers.x, board.cycle - begin


@settings(max_examples=10, deadline=None)
@given(
    data=st.binary(min_size=2, max_size=100).filter(lambda data: len(data) % 2 == 0), start=st.integers(0, 15)
)
def test_the_board_computes_the_same_wherever_the_sixth_digit_starts_it(booted, data, start):
    value, _ = run(booted.copy(), data, start=start)
    assert value == crc.crc(data)


def test_the_cycles_that_are_promised(booted):
    data = bytes(range(256)) * 4
    _, cycles = run(booted.copy(), data)
    assert cycles / len(data) < crc.CYCLES + 1
