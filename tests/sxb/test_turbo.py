# SPDX-License-Identifier: MIT
"""Turbo: the loader against its source, the frames, and whole loads against the emulated board."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816 import assemble
from asm816.image import image_of
from asm816.target.monitor import CELLS
from asm816.target.registers import BY_NAME
from emu import Board
from sxb import connect, notices, turbo
from sxb.client import Monitor
from sxb.transport import Line
from sxb.urls.protocol_emu import Serial

SIZE = 3000
IMAGE = image_of([(0x0210, bytes((n * 197 + (n >> 8)) & 0xFF for n in range(SIZE)))])
POLYNOMIAL = 1 << 32 | 1 << 7 | 1 << 5 | 1 << 3 | 1 << 2 | 1 << 1 | 1


# The loader --------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [0x00, 0x02, 0x56, 0x7E])
def test_the_shipped_bytes_are_those_of_the_source_in_any_page(page, tmp_path):
    moved = tmp_path / "turbo.asm"
    source = turbo.SOURCE.read_text(encoding="ascii")
    for origin in (turbo.ENTRY, turbo.VARIABLES):
        line = f".org {origin:#x}\n"
        assert source.count(line) == 1
        source = source.replace(line, f".org {page * 0x100 + origin:#x}\n")
    moved.write_text(source, encoding="ascii")
    assembly = assemble(moved)
    assert not [diagnostic for diagnostic in assembly.diagnostics if diagnostic.severity == "error"]
    head, tail = assembly.image.segments
    code = turbo.PARTS[1].address - turbo.VARIABLES  # the variables in front of it are not sent
    assert turbo.loader_in(page) == (head, tail._replace(address=tail.address + code, data=tail.data[code:]))


def test_its_records_are_even():
    assert [len(part.data) % 2 for part in turbo.PARTS] == [0, 0]


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
    assert all(power(order // prime) != 1 for prime in (3, 5, 17, 257, 65537))


@given(st.binary(min_size=1, max_size=60))
def test_the_crc_is_the_remainder_of_a_long_division(data):
    message = int.from_bytes(data[::-1], "big") << 32 ^ 0xFFFFFFFF << 8 * len(data)
    for bit in range(8 * len(data) + 31, 31, -1):
        if message >> bit & 1:
            message ^= POLYNOMIAL << (bit - 32)
    assert turbo.remainder(data) == message
    assert turbo.frame(data) == data[::-1] + message.to_bytes(4, "big")


@pytest.mark.parametrize(
    ("timer", "rates"),
    [
        (0x17, [(115200, 1), (57600, 3), (38400, 5), (19200, 11)]),  # 3.6864 MHz
        (0x0B, [(115200, 0), (57600, 1), (38400, 2), (19200, 5)]),  # 1.8432 MHz
        (0x1F, [(38400, 7), (19200, 15)]),  # 4.9152 MHz
        (0x00, []),
    ],
)
def test_the_rates_are_those_that_the_crystal_does_exactly(timer, rates):
    assert list(turbo.values_for(timer)) == rates


def test_the_loader_lies_within_the_image():
    need = turbo.END - turbo.ENTRY
    assert turbo.page_in(image_of([(0x0240, bytes(need))])) == 0x02
    assert turbo.page_in(image_of([(0x0240, bytes(need - 1))])) is None
    assert turbo.page_in(image_of([(0x0241, bytes(need))])) is None
    assert turbo.page_in(image_of([(0x0200, bytes(0x7E00))])) == 0x7E
    assert turbo.page_in(image_of([(0x0040, bytes(need))])) is None  # on-chip RAM
    assert turbo.page_in(image_of([(0x012345, bytes(0x1000))])) is None  # bank 1


# On the board ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def booted():
    board = Board("sxb")
    board.boot()
    return board


def registers_of(board):
    names = ("T4LL", "T4LH", "ACSR3", "UIER", "TER", "TCR", "TIER", "BCR", "SSCR")
    return {name: board.chip.peek(BY_NAME[name].address) for name in names}


def holds(board, image=IMAGE):
    return all(bytes(board.memory[s.address : s.end]) == s.data for s in image.segments)


def test_a_load_at_115200_leaves_everything_else_as_it_was(booted):
    board = booted.copy()
    outside = (range(0x00B6, 0x0100), range(0x0200, 0x0210), range(0x0210 + SIZE, 0x8000))
    for area in outside:
        board.memory[area.start : area.stop] = bytes(n * 5 & 0xFF for n in area)
    with connect(board) as monitor:
        chip, registers = registers_of(board), monitor.registers()
        begin, second = board.seconds, board.memory[CELLS["SECS"]]
        result = monitor.load(IMAGE)
        assert (result.turbo, result.resent, result.verified) == (115200, 0, True)
        assert monitor.registers() == registers
        assert monitor.line.baud == 9600
    assert holds(board)
    assert registers_of(board) == chip
    for area in outside:
        assert bytes(board.memory[area.start : area.stop]) == bytes(n * 5 & 0xFF for n in area)
    passed = board.memory[CELLS["SECS"]] - second
    assert abs(passed - (board.seconds - begin)) <= 1.0 + 3  # the clock adds 3 in a first second
    assert passed >= int(board.seconds - begin)


def test_other_banks_and_odd_pieces(booted):
    pieces = [(0x00B7, b"\x01\x02\x03"), (0x0300, bytes(range(256)) * 5), (0x1001, b"\xaa")]
    board = booted.copy()
    with connect(board) as monitor:
        assert monitor.load(image_of(pieces)).turbo == 115200
    assert holds(board, image_of(pieces))


@pytest.mark.parametrize(("wanted", "size", "baud"), [(None, 1000, 0), (False, SIZE, 0), (True, 700, 115200)])
def test_it_is_used_where_it_pays_or_as_asked_for(booted, wanted, size, baud):
    image = image_of([(0x0200, IMAGE.segments[0].data[:size])])
    board = booted.copy()
    with connect(board) as monitor:
        result = monitor.load(image, turbo=wanted)
    assert (result.turbo, result.verified) == (baud, True)
    assert holds(board, image)


def test_asked_for_without_room_records_do_it_and_that_is_said(booted):
    said = []
    with connect(booted.copy(), notice=said.append) as monitor:
        assert monitor.load(image_of([(0x0200, b"abcd")]), turbo=True).turbo == 0
    assert said == [notices.NO_PLACE]


# Trouble -----------------------------------------------------------------------------------------


class SlowPort(Serial):
    """A port that refuses rates, or takes them and stays as it was, and remembers what went when."""

    def __init__(self, *args, **kwargs):
        self.sent = []
        self.refused = self.ignored = range(0)
        super().__init__(*args, **kwargs)

    def _reconfigure_port(self):
        if self._baudrate in self.refused:
            raise ValueError("invalid baud rate")
        if self._baudrate not in self.ignored:
            super()._reconfigure_port()

    def write(self, data):
        self.sent.append((self.board.seconds, self.baudrate, bytes(data)))
        return super().write(data)


def loaded_over(port, **how):
    told = []
    monitor = Monitor(Line("slow", port), notice=told.append)
    monitor.find()
    result = monitor.load(IMAGE, **how)
    assert monitor.line.baud == 9600
    assert holds(port.board)
    return result, told


def test_a_port_that_does_less_gets_what_it_does(booted):
    port = SlowPort.onto(booted.copy())
    port.refused = range(50_000, 200_000)
    result, told = loaded_over(port)
    assert (result.turbo, result.resent, told) == (38400, 0, [])


def test_rates_that_do_not_get_through_are_given_up_within_3_seconds(booted):
    port = SlowPort.onto(booted.copy())
    port.ignored = range(9601, 200_000)
    result, told = loaded_over(port)
    assert (result.turbo, result.resent, told) == (9600, 0, [])
    first = next(seconds for seconds, baud, _ in port.sent if baud > 9600)
    block = next(seconds for seconds, _, data in port.sent if len(data) > 1000)
    assert block - first < 3.0


class NoisyPort(SlowPort):
    """From 9601 baud on one byte of each block is damaged."""

    def write(self, data):
        if self.baudrate > 9600 and len(data) > 100:
            data = data[:50] + bytes([data[50] ^ 0x10]) + data[51:]
        return super().write(data)


def test_noise_at_the_high_rate_leads_to_records_within_3_seconds(booted):
    port = NoisyPort.onto(booted.copy())
    result, told = loaded_over(port)
    assert (result.turbo, result.verified, told) == (0, True, [notices.NO_TURBO])
    high = [seconds for seconds, baud, _ in port.sent if baud > 9600]
    record = next(seconds for seconds, _, data in port.sent if seconds > high[-1] and data[:1] == b"S")
    assert record - high[0] < 3.0


class OneFlip(SlowPort):
    """One byte of the first block is damaged."""

    def write(self, data):
        if len(data) > 1000 and not any(len(sent) > 1000 for _, _, sent in self.sent):
            data = data[:500] + bytes([data[500] ^ 0x10]) + data[501:]
        return super().write(data)


def test_a_block_that_was_sent_again_has_all_proven_once_more(booted):
    port = OneFlip.onto(booted.copy())
    result, told = loaded_over(port)
    assert (result.turbo, result.verified, told) == (115200, True, [])
    assert result.resent > 0


def test_a_board_left_at_another_rate_is_found_by_the_next_run(booted):
    board = booted.copy()
    monitor = connect(board)
    blocks = 0

    class UnpluggedError(Exception):
        pass

    def unplug(_):
        nonlocal blocks
        blocks += monitor.line.baud > 9600
        if blocks == 2:
            raise UnpluggedError

    monitor.progress = unplug
    with pytest.raises(UnpluggedError):
        monitor.load(IMAGE)
    assert board.chip.peek(BY_NAME["T4LL"].address) == 1  # 115200 baud
    with connect(board) as again:
        assert board.chip.peek(BY_NAME["T4LL"].address) == 0x17
        again.load(IMAGE)
    assert holds(board)
