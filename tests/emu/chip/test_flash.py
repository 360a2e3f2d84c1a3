# SPDX-License-Identifier: MIT
"""The flash in the socket: command sequences, what they cost, what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.target.boards import SXB
from emu.chip.flash import BLANK, SECTOR, SIZE, Flash, FlashTimes

HZ = 1_000_000
PROGRAM, ERASE_SECTOR, ERASE_CHIP = 14, 18_000, 70_000  # ticks of the typical times

UNLOCK = [(0x5555, 0xAA), (0x2AAA, 0x55)]
ERASE = [*UNLOCK, (0x5555, 0x80), *UNLOCK]


class Socket:
    """A flash and a clock; each access takes a tick."""

    def __init__(self, content: bytes = BLANK, times: FlashTimes | None = None) -> None:
        self.flash = Flash(content, HZ, times)
        self.tick = 100

    def write(self, *writes: tuple[int, int]) -> None:
        for address, value in writes:
            self.tick += 1
            self.flash.write(address, value, self.tick)

    def read(self, address: int) -> int:
        self.tick += 1
        return self.flash.read(address, self.tick)

    def program(self, address: int, value: int) -> None:
        self.write(*UNLOCK, (0x5555, 0xA0), (address, value))
        self.tick += PROGRAM


def test_a_byte_is_programmed_and_only_ones_become_zeros():
    socket = Socket()
    socket.program(0x12345, 0xA5)
    assert (socket.read(0x12345), socket.read(0x12346)) == (0xA5, 0xFF)
    socket.program(0x12345, 0x0F)
    assert socket.read(0x12345) == 0x05


def test_commands_look_at_fifteen_address_lines_only():
    socket = Socket()
    socket.write((0x1D555, 0xAA), (0x0AAAA, 0x55), (0x15555, 0xA0), (0x18000, 0x00))
    socket.tick += PROGRAM
    assert socket.read(0x18000) == 0x00


@pytest.mark.parametrize(
    ("command", "ticks", "gone"),
    [
        ((0x13210, 0x30), ERASE_SECTOR, range(0x13000, 0x14000)),
        ((0x5555, 0x10), ERASE_CHIP, range(SIZE)),
    ],
    ids=["sector", "chip"],
)
def test_erasing_sets_all_bits_and_takes_its_time(command, ticks, gone):
    socket = Socket(bytes(SIZE))
    socket.write(*ERASE, command)
    start = socket.tick
    seen = [socket.read(0x13210) for _ in range(4)]
    assert [value & 0x80 for value in seen] == [0] * 4
    assert [value & 0x40 for value in seen] in ([0x40, 0, 0x40, 0], [0, 0x40, 0, 0x40])
    socket.tick = start + ticks - 2
    assert socket.read(0x13210) & 0x80 == 0
    assert socket.read(0x13210) == socket.read(0x13210) == 0xFF
    assert {n for n, byte in enumerate(socket.flash.content) if byte} == set(gone)


def test_a_busy_flash_shows_the_complement_of_bit_7_and_ignores_writes():
    for value in (0x80, 0x7F):
        socket = Socket()
        socket.write(*UNLOCK, (0x5555, 0xA0), (0x0100, value))
        seen = [socket.read(0x0100) for _ in range(2)]
        assert [byte & 0x80 for byte in seen] == [~value & 0x80] * 2
        assert seen[0] ^ seen[1] == 0x40
        socket.write(*UNLOCK, (0x5555, 0xA0), (0x0101, 0x00))
        socket.tick += PROGRAM
        assert (socket.read(0x0100), socket.read(0x0101)) == (value, 0xFF)


@pytest.mark.parametrize("leave", [[(0x0000, 0xF0)], [*UNLOCK, (0x5555, 0xF0)]], ids=["F0", "sequence"])
def test_the_identity_shows_until_it_is_left(leave):
    socket = Socket()
    socket.program(0, 0x11)
    socket.write(*UNLOCK, (0x5555, 0x90))
    assert [socket.read(address) for address in (0, 1, 0x10000, 0x10001)] == [0xBF, 0xB5, 0xBF, 0xB5]
    socket.write(*leave)
    assert [socket.read(address) for address in (0, 1)] == [0x11, 0xFF]


def test_times_can_be_set():
    socket = Socket(times=FlashTimes(program=1.0))
    socket.write(*UNLOCK, (0x5555, 0xA0), (0x0100, 0x00))
    socket.tick += HZ - 5
    assert not socket.flash.plain(socket.tick)
    socket.tick += 5
    assert socket.flash.plain(socket.tick)


writes = st.tuples(
    st.sampled_from([0x5555, 0x2AAA, 0x0000, 0x1FFFF, 0x8000]),
    st.sampled_from([0xAA, 0x55, 0xA0, 0x80, 0x30, 0x10, 0x90, 0xF0, 0x00, 0xFF]),
)


@given(st.lists(writes, max_size=40), st.integers(0, 40))
def test_a_restored_flash_goes_on_alike(row, cut):
    one = Socket()
    one.write(*row[:cut])
    other = Socket(bytes(one.flash.content))
    other.flash.set_state(one.flash.state())
    other.tick = one.tick
    for socket in (one, other):
        socket.write(*row[cut:])
    assert one.flash.state() == other.flash.state()
    assert one.flash.content == other.flash.content
    assert [one.read(address) for address in (0, 1, 0x5555)] == [
        other.read(address) for address in (0, 1, 0x5555)
    ]


# ---------------------------------------------------------------------- on the board


@pytest.fixture
def socketed(idle_chip):
    """An SXB's chip with each byte of its flash telling bank and sector."""
    content = bytes(bank << 4 | sector for bank in range(4) for sector in range(8) for _ in range(SECTOR))
    board = idle_chip(external_ram=SXB.external_ram, flash=content)
    board.write("BCR", 0x01)
    board.write("PCS7", 0xFB)
    return board


def test_bank_3_is_there_after_reset_and_port_4_selects_the_others(socketed):
    look = socketed.look
    assert [look(address) for address in (0x8000, 0x9FFF, 0xDEFF)] == [0x30, 0x31, 0x35]
    socketed.write("PDD4", 0x18)
    for bank in (0, 1, 2, 3):
        socketed.write("PD4", bank << 3)
        assert look(0x8000) == bank << 4
        assert socketed.chip.peek(0xA000) == bank << 4 | 2
    socketed.write("PD4", 0)
    socketed.chip.reset()
    socketed.write("BCR", 0x01)
    socketed.write("PCS7", 0x10)
    assert look(0x8000) == 0x30


def test_the_flash_answers_behind_its_select_only(socketed):
    look, put = socketed.look, socketed.put
    for name, value in (("PCS7", 0xEB), ("BCR", 0x00)):
        socketed.write("PCS7", 0xFB)
        socketed.write(name, value)
        put(0x0001, 0x77)
        assert look(0x8000) == 0x77


def test_bcr_bit_7_puts_the_flash_in_the_place_of_the_rom(socketed):
    look, put = socketed.look, socketed.put
    assert look(0xE000) == 0xCB
    socketed.write("BCR", 0x81)
    assert [look(address) for address in (0xE000, 0xFFFF)] == [0x36, 0x37]
    assert look(0xDF40) == 0x81  # the chip's own page stays
    socketed.write("PCS7", 0xEB)
    put(0x0001, 0x77)
    assert look(0xE000) == 0x77
    socketed.write("PCS7", 0xFB)
    socketed.write("BCR", 0x01)
    assert (look(0xE000), look(0xFFFF)) == (0xCB, 0xCB)


def test_a_sector_is_erased_and_programmed_from_the_core(socketed):
    look, put = socketed.look, socketed.put
    for address, value in [(0xD555, 0xAA), (0xAAAA, 0x55), (0xD555, 0x80), (0xD555, 0xAA), (0xAAAA, 0x55)]:
        put(address, value)
    put(0x9000, 0x30)
    assert look(0x9000) ^ look(0x9000) == 0x40
    polls = 0
    while not look(0x9000) & 0x80:
        polls += 1
        socketed.pass_cycles(1000)
    assert polls == pytest.approx(0.018 * 3_686_400 / 1001, abs=1)
    for address, value in [(0xD555, 0xAA), (0xAAAA, 0x55), (0xD555, 0xA0), (0x9000, 0x42)]:
        put(address, value)
    socketed.pass_cycles(60)
    assert [look(address) for address in (0x9000, 0x9001, 0xA000)] == [0x42, 0xFF, 0x32]
    assert socketed.chip.socket.flash.content[0x19000] == 0x42


def test_a_look_from_outside_does_not_disturb_a_busy_flash(socketed):
    look, put = socketed.look, socketed.put
    for address, value in [(0xD555, 0xAA), (0xAAAA, 0x55), (0xD555, 0xA0), (0x9000, 0x01)]:
        put(address, value)
    first = look(0x9000)
    socketed.chip.peek(0x9000)
    assert look(0x9000) == first ^ 0x40
