# SPDX-License-Identifier: MIT
"""How fast the core runs: two small programs, and guest MHz = PHI2 cycles per second of the host."""

from __future__ import annotations

from dataclasses import dataclass

from emu.cpu.core import Core

ORIGIN = 0x2000


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs for ever in native mode with 16-bit registers, at 2000."""

    name: str
    code: bytes


PROGRAMS = (
    # loop: dex; bne loop; bra loop
    Program("delay", bytes.fromhex("CA D0 FD 80 FB")),
    # loop: lda #1200; clc; adc 3000; sta 3002; lda 10; lda [12],y; jsr 2030; ldx #4000;
    #       ldy #5000; lda #7; mvn 0,0; bra loop     2030: inc 3004; rts
    Program(
        "mix",
        bytes.fromhex(
            "A90012 18 6D0030 8D0230 A510 B712 203020 A20040 A00050 A90700 540000 80E1".replace(" ", "")
        ).ljust(0x30, b"\xea")
        + bytes.fromhex("EE0430 60"),
    ),
)


def prepare(program: Program) -> Core:
    """A core about to run the program."""
    core = Core()
    core.memory[ORIGIN : ORIGIN + len(program.code)] = program.code
    core.e = 0
    core.p = 0
    core.pc = ORIGIN
    return core
