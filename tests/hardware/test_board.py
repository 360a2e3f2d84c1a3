# SPDX-License-Identifier: MIT
"""What can be seen on a board without a hand on it; `checklist.py` does the rest."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from asm816.image import image_of
from sxb import errors

_SPEC = importlib.util.spec_from_file_location("hardware_points", Path(__file__).with_name("points.py"))
points = importlib.util.module_from_spec(_SPEC)
sys.modules[points.__name__] = points  # dataclasses look for their module there
_SPEC.loader.exec_module(points)

FREE = range(0x00B6, 0x0100)


def nobody():
    raise AssertionError("no hand is at the button")


@pytest.mark.parametrize(
    "point",
    [point for point in points.POINTS if point.measure and not point.press],
    ids=lambda point: point.name,
)
def test_the_board_is_as_assumed(monitor, point):
    found = point.measure(points.Board(monitor, nobody))
    if found == "this port has no handshake lines":
        pytest.skip(found)
    assert found == point.assumed, point.about


@pytest.mark.parametrize("fill", [0x00, 0xFF, 0x55])
def test_free_memory_is_loaded_and_proven(monitor, fill):
    data = bytes(fill ^ (n & 0xFF) for n in range(len(FREE)))
    result = monitor.load(image_of([(FREE.start, data)]))
    assert (result.bytes, result.verified) == (len(data), True)
    assert monitor.read(FREE.start, len(data)) == data


def test_bytes_one_by_one(monitor):
    monitor.write(FREE.start, b"\x12\x34\x56")
    assert monitor.read(FREE.start, 3) == b"\x12\x34\x56"


def test_the_rom_is_no_memory(monitor):
    with pytest.raises(errors.SxbError) as caught:
        monitor.load(image_of([(0xE000, b"\x00\x00")]))
    assert caught.value.exit_code == errors.RefusedByBoardError.exit_code


def test_registers_are_set_and_read_back(monitor):
    before = monitor.registers()
    assert monitor.set_registers(a=0x1234, x=0x5678, y=0x9ABC).a == 0x1234
    monitor.set_registers(a=before.a, x=before.x, y=before.y)


def test_a_program_prints_and_returns(monitor):
    monitor.load(image_of([(FREE.start, bytes.fromhex("A958 224BE000 6B"))]))  # lda #'X', PUT_CHR, rtl
    assert monitor.call(FREE.start).output.rstrip(b"\r").endswith(b"X")
