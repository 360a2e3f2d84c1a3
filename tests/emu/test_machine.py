# SPDX-License-Identifier: MIT
"""The boards' memory in use: flash written by a program, RAM over RESET, files loaded."""

from __future__ import annotations

import pytest

from asm816 import assemble
from emu import Board, EmuError, Stop

FLASHING = """
    .65816
    .org 0x2000
start:
    sei
    lda.b #0x18          ; P43 and P44 are outputs, low: bank 0
    sta 0xdf24
    stz 0xdf20
    lda.b #0xaa          ; erase sector 9000
    sta 0xd555
    lda.b #0x55
    sta 0xaaaa
    lda.b #0x80
    sta 0xd555
    lda.b #0xaa
    sta 0xd555
    lda.b #0x55
    sta 0xaaaa
    lda.b #0x30
    sta 0x9000
erasing:
    lda 0x9000
    eor 0x9000           ; bit 6 toggles while it is busy
    bne erasing
    ldx.w #0
next:
    lda.b #0xaa          ; program a byte
    sta 0xd555
    lda.b #0x55
    sta 0xaaaa
    lda.b #0xa0
    sta 0xd555
    lda.l text, x
    sta.w 0x9000, x
programming:
    cmp.w 0x9000, x      ; bit 7 is the complement while it is busy
    bne programming
    inx
    cpx.w #8
    bne next
    jsr 0x9000           ; runs from the flash
    lda.b #0x81          ; and with the ROM switched off
    sta 0xdf40
    lda 0xe000
    sta 0x41
    stp
text:
    .db 0xa9, 0x5a, 0x85, 0x40, 0x60, 1, 2, 3
"""


@pytest.fixture(scope="module")
def flashing():
    result = assemble(text=FLASHING)
    assert result.ok, result.diagnostics
    return result.image


def test_a_program_erases_programs_and_runs_the_flash(flashing):
    content = bytes([0x11]) * 0x1_8000 + bytes([0x33]) * 0x8000
    board = Board("sxb", flash=content)
    board.load(flashing)
    board.jml(0x2000)
    assert board.run(seconds=0.2) is Stop.STP
    written = bytes.fromhex("A95A854060010203")
    assert board.flash == content[:0x1000] + written.ljust(0x1000, b"\xff") + content[0x2000:]
    assert (board.memory[0x40], board.memory[0x41]) == (0x5A, 0x11)


def test_a_snapshot_holds_the_flash_to_the_middle_of_an_erase(flashing):
    board = Board("sxb")
    board.load(flashing)
    board.jml(0x2000)
    board.run(seconds=0.005)
    twin = board.copy()
    plain = Board("sxb")
    plain.restore(board.snapshot())
    for one in (board, twin, plain):
        assert one.run(seconds=0.2) is Stop.STP
    assert board.snapshot() == twin.snapshot() == plain.snapshot()
    assert plain.flash[0x1000:0x1002] == b"\xa9\x5a"
    plain.restore(Board("sxb").snapshot())
    assert plain.flash == b"\xff" * 0x20000


def test_ram_keeps_its_content_over_reset():
    board = Board("sxb", rom=b"\xdb" * 8192)
    for address in (0x0000, 0x01FF, 0x0200, 0x7FFF, 0xDF80, 0xDFBF):
        board.memory[address] = address & 0xFF ^ 0x5A
    board.run(cycles=10)
    board.reset()
    assert board.run(cycles=10) is Stop.STP
    for address in (0x0000, 0x0200, 0x7FFF, 0xDF80, 0xDFBF):
        assert board.memory[address] == address & 0xFF ^ 0x5A


def test_files_are_loaded_by_their_content(tmp_path):
    board = Board("qbx")
    (tmp_path / "a.hex").write_text(":020040001122" + "8B\n:00000001FF\n")
    board.load(tmp_path / "a.hex")
    (tmp_path / "b.bin").write_bytes(b"\x33\x44")
    board.load(str(tmp_path / "b.bin"), 0x50)
    assert (board.memory[0x40:0x42], board.memory[0x50:0x52]) == (b"\x11\x22", b"\x33\x44")
    (tmp_path / "c.bin").write_bytes(b"\x33" * 100)
    with pytest.raises(EmuError):
        board.load(tmp_path / "c.bin", 0x01F0)
    assert board.memory[0x01F0] == 0
