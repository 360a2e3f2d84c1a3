# SPDX-License-Identifier: MIT
import gc
import subprocess
import sys

import pytest

from asm816 import assemble
from asm816.image import Image


def test_result():
    result = assemble(text=".org 0xb6\nstart: nop\n.scope\ninner: nop\n.ends\n.entry_point start\n")
    assert result.ok
    assert result.image.segments[0].data == b"\xea\xea"
    assert result.image.entry == 0xB6
    assert dict(result.symbols) == {"start": 0xB6}
    assert result.diagnostics == ()


def test_defines_and_board():
    text = ".org 0\n.define N 5\n.ifdef BOARD_SXB\n db N\n.else\n db 0\n.endif\n"
    assert assemble(text=text, defines={"N": "2+1"}, board="sxb").image.segments[0].data == b"\x03"
    assert assemble(text=text).image.segments[0].data == b"\x00"


def test_misuse():
    for arguments in (
        {},
        {"path": "x", "text": "x"},
        {"text": "", "board": "none"},
        {"text": "", "defines": {"A": "@"}},
    ):
        with pytest.raises(ValueError):
            assemble(**arguments)


def test_errors_empty_the_image():
    result = assemble(text=".org 0\n nop\n foo\n")
    assert not result.ok
    assert result.image == Image()


def test_same_input_same_output():
    text = ".org 0\n" + "".join(f"l{n}: lda.b #{n}\n bne l{n}\n" for n in range(50))
    first, second = assemble(text=text), assemble(text=text)
    assert (first.image, dict(first.symbols), first.listing()) == (
        second.image,
        dict(second.symbols),
        second.listing(),
    )


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import asm816.target.isa, asm816.target.boards", ["lark", "intelhex", "click", "rich"]),
        ("import asm816", ["lark", "intelhex", "click", "rich"]),
        ("import asm816.assembler, asm816.hexfile, asm816.imagefile", ["lark", "intelhex", "click", "rich"]),
        ("import asm816.disassembler", ["lark", "intelhex", "click", "rich"]),
        ("import asm816.cli", ["lark", "intelhex", "click", "rich"]),
    ],
)
def test_nothing_loads_before_it_is_used(statement, absent):
    code = f"{statement}\nimport sys\nprint([name for name in {absent} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("collecting", [True, False])
def test_garbage_is_collected_afterwards_as_before(collecting):
    before = gc.isenabled()
    try:
        (gc.enable if collecting else gc.disable)()
        assert assemble(text=" nop\n").ok
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if before else gc.disable)()
