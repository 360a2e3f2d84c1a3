# SPDX-License-Identifier: MIT
"""A step through the monitor leads where the emulated core goes, and leaves memory as it was."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from asm816 import assemble
from asm816.image import image_of
from emu import Board
from sxb import connect
from sxb.client import Registers
from sxb.errors import ProgramFailedError, RefusedByBoardError, UsageError
from sxb.stepping import instruction_at, places_behind

AT = 0x0200
STANDING = Registers(pc=AT, pbr=0, a=0x0300, x=0x0010, y=0, s=0x05F0, d=0, p=0x20, dbr=0)
MEMORY = {
    0x0310: b"\x00\x04\x00",  # a pointer
    0x0320: b"\x00\x05\x00",  # another, X further on
    0x05F1: b"\x20\x07\x02\x00",  # a return address
}


def reader(address, length):
    for begin, data in MEMORY.items():
        if begin <= address < begin + len(data):
            return data[address - begin :][:length]
    return bytes(length)


def places(code, *, over=False, **changed):
    registers = Registers(**{**asdict(STANDING), **changed})
    return places_behind(instruction_at(code.ljust(4, b"\0"), registers), registers, reader, over=over)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (b"\xea", (0x0201,)),
        (b"\xa9\x01", (0x0202,)),  # M = 1
        (b"\xa2\x01\x00", (0x0203,)),  # X = 0
        (b"\xd0\x10", (0x0202, 0x0212)),
        (b"\x80\x10", (0x0212,)),
        (b"\x82\x00\x01", (0x0303,)),
        (b"\x4c\x00\x04", (0x0400,)),
        (b"\x5c\x00\x04\x01", (0x010400,)),
        (b"\x20\x00\x04", (0x0400,)),
        (b"\x22\x00\x04\x00", (0x0400,)),
        (b"\x6c\x10\x03", (0x0400,)),
        (b"\x7c\x10\x03", (0x0500,)),
        (b"\xfc\x10\x03", (0x0500,)),
        (b"\xdc\x10\x03", (0x0400,)),
        (b"\x60", (0x0721,)),
        (b"\x6b", (0x020721,)),
        (b"\x40", (0x0207,)),
        (b"\x54\x00\x00", (0x0203,)),
        (b"\x02\x00", (0x0202,)),  # COP: behind it, by its handler's RTI
        (b"\x00\x00", ()),
        (b"\xd0\xfe", (0x0202,)),  # to itself, or on
    ],
)
def test_where_an_instruction_leads(code, expected):
    assert places(code) == expected


@pytest.mark.parametrize("code", [b"\x20\x00\x04", b"\x22\x00\x04\x01", b"\xfc\x10\x03"])
def test_over_a_call_is_behind_it(code):
    assert places(code, over=True) == (AT + len(code),)


@pytest.mark.parametrize(
    ("code", "changed", "said"),
    [
        (b"\xdb", {}, "STP"),
        (b"\x80\xfe", {}, "only to itself"),
        (b"\xfb", {"p": 0x21}, "emulation mode"),
        (b"\xea", {"dbr": 1}, "D and DBR"),
        (b"\xea", {"d": 0x100}, "D and DBR"),
        (b"\x5b", {}, "D and DBR"),  # TCD
        (b"\xab", {}, "D and DBR"),  # PLB
        (b"\x2b", {}, "D and DBR"),  # PLD
        (b"\x54\x01\x00", {}, "D and DBR"),  # MVN to bank 1
    ],
)
def test_what_a_break_does_not_come_back_from_is_refused(code, changed, said):
    with pytest.raises(UsageError, match=said):
        places(code, **changed)


SOURCE = """
.65816
.org 0x0200
start:
  ldx.w #2
again:
  jsr more
  dex
  bne again
  jsl 0x00e06f  ; in the ROM
  php
  plp
  sep #0x30
  jmp (pointer)
more:
  inc 0xf0
  rts
last:
  brk #0
pointer:
  dw last
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    file = tmp_path_factory.mktemp("steps") / "steps.asm"
    file.write_text(SOURCE)
    return assemble(file)


def test_steps_through_the_monitor_are_those_of_the_core(program):
    """Into calls of RAM, over those of the ROM; memory is the program's again behind each."""
    twin = Board.booted("sxb")
    twin.load(program.image)
    twin.jml(AT)
    with connect(Board.booted("sxb")) as monitor:
        monitor.load(program.image)
        now = monitor.set_registers(pc=AT, pbr=0)
        seen = []
        while now.pc != program.symbols["last"]:
            now = monitor.step()
            twin.step()
            while twin.registers.pc >= 0xE000:
                twin.step()
            seen.append(now.pc)
            assert {name: getattr(now, name) for name in ("pc", "x", "y", "s")} == {
                name: getattr(twin.registers, name) for name in ("pc", "x", "y", "s")
            }
            assert now.p & 0xF3 == twin.registers.p & 0xF3
        assert seen.count(program.symbols["more"]) == 2
        monitor.verify(program.image)
        assert monitor.step().pc == program.symbols["last"] + 2


def test_until_a_place_and_over_a_call(program):
    with connect(Board.booted("sxb")) as monitor:
        monitor.load(program.image)
        monitor.set_registers(pc=AT, pbr=0)
        assert monitor.until(program.symbols["more"]).x == 2
        assert monitor.until(program.symbols["more"]).x == 2  # a BRK where it stands stops at once
        assert monitor.until(program.symbols["again"] + 3).pc == program.symbols["again"] + 3
        monitor.set_registers(pc=program.symbols["again"])
        assert monitor.step(over=True).pc == program.symbols["again"] + 3
        monitor.verify(program.image)


def test_a_program_that_does_not_come_is_said_and_its_break_is_gone_after_a_new_load(program):
    with connect(Board.booted("sxb")) as monitor:
        monitor.load(image_of([(AT, b"\x20\x04\x02\xea\x80\xfe\x00")]))  # a call that never returns
        monitor.set_registers(pc=AT, pbr=0)
        with pytest.raises(ProgramFailedError, match=r"did not come to 00:0203 within 0\.5 s"):
            monitor.step(over=True, seconds=0.5)
        monitor.board.reset()
        monitor.load(program.image)
        monitor.take_breaks_back()
        monitor.verify(program.image)


def test_where_no_break_can_be_put_is_no_step():
    with connect(Board.booted("qbx")) as monitor, pytest.raises(UsageError, match="free RAM"):
        monitor.step()  # the prompt's own place, in the ROM


def test_a_place_without_ram_takes_the_other_breaks_back(program):
    with connect(Board.booted("sxb")) as monitor:
        monitor.load(program.image)
        monitor.set_registers(pc=AT, pbr=0)
        with pytest.raises(RefusedByBoardError, match="00:E000"):
            monitor.until(AT, 0xE000)
        monitor.verify(program.image)
