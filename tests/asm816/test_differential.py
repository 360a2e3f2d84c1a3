# SPDX-License-Identifier: MIT
"""Every opcode, width and boundary operand against two assemblers that others wrote: 64tass and ca65.

Each statement stands in a slot of its own, so that a difference names its statement.  Where an assembler
spells a statement in another way, or cannot say it, the tables below say so; where it makes other bytes
from the same words, DISAGREEMENTS says why.
"""

import shutil
import subprocess
from typing import NamedTuple

import pytest

from asm816 import assemble
from asm816.target.isa import OPCODES, Mode, Width

SLOT = 16
BOUNDARIES = {1: (0, 1, 0x7F, 0x80, 0xFF), 2: (0, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF), 3: (0, 0xFFFF, 0x10000, 0x800000, 0xFFFFFF)}  # fmt: skip
DISTANCES = {Mode.RELATIVE: (-128, -1, 0, 127), Mode.RELATIVE_LONG: (-0x300, -1, 0, 0x300)}
WIDTHS = {Width.M: (1, 2), Width.X: (1, 2), Width.BYTE: (1,), Width.WORD: (2,)}


class Case(NamedTuple):
    """A statement: opcode, bytes of its operand, the operand (two for a block move), a displacement or not."""

    op: object
    width: int
    values: tuple[int, ...]


def cases():
    for op in OPCODES:
        mode = op.mode
        if mode in DISTANCES:
            yield from (Case(op, mode.operand_bytes, (distance,)) for distance in DISTANCES[mode])
        elif mode is Mode.BLOCK_MOVE:
            yield from (Case(op, 2, pair) for pair in ((0, 0), (1, 2), (0xFF, 0x80)))
        else:
            widths = WIDTHS[op.width] if mode is Mode.IMMEDIATE else (mode.operand_bytes,)
            for width in widths:
                yield from (Case(op, width, (value,)) for value in BOUNDARIES.get(width, (0,)))


CASES = list(cases())
ORIGIN = 0x1000
"""Of the first slot: branches back stay in the bank."""


def operand(case, forced, here):
    """The operand as all three write it; `forced` maps its width to a prefix of the address."""
    mode = case.op.mode
    if mode in (Mode.IMPLIED, Mode.ACCUMULATOR):
        return ""
    if mode in DISTANCES:
        return f"{here} + {1 + case.width + case.values[0]}"
    if mode is Mode.BLOCK_MOVE:
        return "${:02x}, ${:02x}".format(*case.values)
    value = f"${case.values[0]:x}"
    if mode in (Mode.IMMEDIATE, Mode.SIGNATURE):
        return f"#{value}"
    shape = mode.syntax.replace("al", "N").replace("a", "N").replace("d", "N").replace("n", "N")
    return shape.replace("N", forced(case) + value)


def ours(case):
    mode = case.op.mode
    addressed = mode not in (*DISTANCES, Mode.BLOCK_MOVE, Mode.SIGNATURE, Mode.IMPLIED, Mode.ACCUMULATOR)
    sized = (addressed and mode is not Mode.IMMEDIATE) or (
        mode is Mode.IMMEDIATE and case.op.width in (Width.M, Width.X)
    )
    suffix = f".{'bwl'[case.width - 1]}" if sized else ""
    return f"{case.op.mnemonic.lower()}{suffix} {operand(case, lambda _: '', '$')}"


def widths_line(case, accumulator, index):
    if case.op.mode is not Mode.IMMEDIATE:
        return ""
    lines = {Width.M: accumulator, Width.X: index}.get(case.op.width)
    return f"{lines[case.width - 1]}\n" if lines else ""


def tass(case):
    def forced(case):
        plain = case.op.mode in PLAIN
        return f"@{'bwl'[case.width - 1]} " if plain else ""

    text = "a" if case.op.mode is Mode.ACCUMULATOR else operand(case, forced, "*")
    return f"{widths_line(case, ('.as', '.al'), ('.xs', '.xl'))} {case.op.mnemonic.lower()} {text}"


def ca65(case):
    def forced(case):
        plain = case.op.mode in PLAIN and case.op.mnemonic not in ("JMP", "JSR", "JML", "JSL", "PEA")
        return f"{'zaf'[case.width - 1]}:" if plain else ""

    text = operand(case, forced, "*")
    if case.op.mode is Mode.SIGNATURE:
        text = text.removeprefix("#")
    if case.op.mode is Mode.BLOCK_MOVE:
        text = ", ".join(f"#{part.strip()}" for part in text.split(","))
    return f"{widths_line(case, ('.a8', '.a16'), ('.i8', '.i16'))} {case.op.mnemonic.lower()} {text}"


PLAIN = {
    Mode.DIRECT, Mode.DIRECT_X, Mode.DIRECT_Y, Mode.ABSOLUTE, Mode.ABSOLUTE_X, Mode.ABSOLUTE_Y, Mode.ABSOLUTE_LONG, Mode.ABSOLUTE_LONG_X,
}  # fmt: skip
"""Modes whose number may be taken for an address of another size."""


def slots(data):
    return [data[n : n + SLOT] for n in range(0, SLOT * len(CASES), SLOT)]


def our_bytes():
    text = "".join(f".org {ORIGIN + SLOT * n}\n {ours(case)}\n" for n, case in enumerate(CASES))
    result = assemble(text=text, no_warn=["all"])
    assert result.ok, "\n".join(map(str, result.diagnostics[:10]))
    return slots(result.image.window(ORIGIN, SLOT * len(CASES), 0))


def made_by(command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def tass_bytes(folder):
    lines = [
        f"* = {ORIGIN + SLOT * n}\n{tass(case)}\n .fill {ORIGIN + SLOT * (n + 1)} - *, 0\n"
        for n, case in enumerate(CASES)
    ]
    (folder / "t.asm").write_text(' .cpu "65816"\n' + "".join(lines))
    made_by(["64tass", "--quiet", "--nostart", "-Wno-all", "t.asm", "-o", "t.bin"], folder)
    return slots((folder / "t.bin").read_bytes())


def ca65_bytes(folder):
    lines = [f"{ca65(case)}\n .res {ORIGIN + SLOT * (n + 1)} - *, 0\n" for n, case in enumerate(CASES)]
    (folder / "c.asm").write_text(f".p816\n.org {ORIGIN}\n" + "".join(lines))
    (folder / "c.cfg").write_text(
        "MEMORY { ALL: start = $1000, size = $e000, file = %O; }\nSEGMENTS { CODE: load = ALL; }\n"
    )
    made_by(["ca65", "c.asm", "-o", "c.o"], folder)
    made_by(["ld65", "-C", "c.cfg", "c.o", "-o", "c.bin"], folder)
    return slots((folder / "c.bin").read_bytes())


DISAGREEMENTS = {
    "block moves": (
        lambda case: case.op.mode is Mode.BLOCK_MOVE and case.values[0] != case.values[1],
        "both write source, destination; naken_asm and we write the bytes in their order: destination, source",
    ),
}
"""What: (whether a case belongs to it, why).  Every such case must differ, and no other may."""


@pytest.mark.parametrize(
    ("tool", "package", "theirs"), [("64tass", "64tass", tass_bytes), ("ca65", "cc65", ca65_bytes)]
)
def test_the_same_bytes(tool, package, theirs, tmp_path):
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed (Debian: apt install {package})")
    differing = [
        (case, mine.hex(" "), other.hex(" "))
        for case, mine, other in zip(CASES, our_bytes(), theirs(tmp_path), strict=True)
        if mine != other
    ]
    unexplained = [
        (ours(case), mine, other)
        for case, mine, other in differing
        if not any(belongs(case) for belongs, _ in DISAGREEMENTS.values())
    ]
    assert unexplained == []
    explained = [case for case in CASES if any(belongs(case) for belongs, _ in DISAGREEMENTS.values())]
    assert [case for case, _, _ in differing] == explained


def test_every_opcode_is_among_the_cases():
    assert {case.op.code for case in CASES} == set(range(256))
    made = our_bytes()
    for case, data in zip(CASES, made, strict=True):
        assert data[0] == case.op.code, ours(case)
        assert data[1 + case.width :] == bytes(SLOT - 1 - case.width), ours(case)
