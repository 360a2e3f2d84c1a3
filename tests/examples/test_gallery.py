# SPDX-License-Identifier: MIT
"""The examples, judged as a user of the pytest plugin would judge them."""

from __future__ import annotations

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
BOTH = ("qbx", "sxb")


def program(name: str, **options):
    return pytest.mark.program(str(EXAMPLES / name / f"{name}.asm"), **options)


@program("led_blink", board=BOTH)
def test_led_blink(board):
    board.run(ms=2000)
    board.signal("P72").must_toggle_every(cycles=921_603)
    board.begin().run(ms=1000)
    board.signal("P03").must_toggle_every(ms=250, within="0.1 %")
    if len(board.facts.leds) == 8:
        board.must_show(0x0F, 0xF0, 0x0F, 0xF0, least_ms=1)


@program("led_chase")
def test_led_chase(board):
    board.run(ms=1500)
    board.must_show(*(1 << n for n in range(8)), 1, 2, least_ms=1)
    board.signal("P73").must_be_high_for(ms=125, within="0.1 %")


@program("counter", board=BOTH)
def test_counter(board):
    board.run(ms=2000)
    board.signal("P00").must_toggle_every(ms=62.5, within="0.1 %")
    board.signal("P01").must_toggle_every(ms=125, within="0.1 %")
    board.signal("P03").must_toggle_every(ms=500, within="0.1 %")


@program("pwm")
def test_pwm(board):
    board.run(ms=3000)
    board.signal("P70").must_be_high_part(0.5, within=0.06)
    board.signal("P77").must_be_high_part(0.5, within=0.06)


@program("button")
def test_button(board):
    board.run(ms=50)
    board.drive("P64", 0)
    board.run(ms=50)
    board.drive("P64", 1)
    board.run(ms=50)
    board.drive("P64", 0)
    board.run(ms=50)
    board.must_show(0, 1, 2, least_ms=1)


@program("morse")
def test_morse(board):
    board.run(ms=900)
    board.must_show(0xFF, 0x00, 0xFF, 0x00, 0xFF, 0x00, least_ms=50)
    board.led(0).must_be_high_for(ms=100, within="1 %")  # S, three dots


@program("hello", board=BOTH)
def test_hello(board):
    board.must_print("Hello, world!", ms=100)


@program("echo", board=BOTH)
def test_echo(board, serial):
    serial.send(b"Hi")
    board.must_print("hI", ms=100)


@program("tones", board=BOTH)
def test_tones(board):
    board.run(ms=500)
    board.signal("TG0").must_be_high_part(0.5)
    assert board.pin("TG0").frequency == pytest.approx(440, rel=0.002)


@program("clock", board=BOTH)
def test_clock(board):
    board.must_print(":00:06", ms=4000)
