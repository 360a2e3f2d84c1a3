# SPDX-License-Identifier: MIT
"""Programs in files of any kind."""

from __future__ import annotations

import pytest

from asm816 import assemble
from asm816.errors import AsmError
from asm816.programfile import read_program, read_symbols

SOURCE = ".65816\n.org 0x00b6\n nop\nstart:\n bra start\n"


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "prog.asm"
    file.write_text(SOURCE, encoding="ascii")
    return file


def test_a_source_has_symbols_and_lines(source):
    program = read_program(str(source), "qbx", lambda _: None)
    assert (program.image.first, program.image.size, program.symbols["start"]) == (0xB6, 3, 0xB7)
    assert program.debug_info() == assemble(source).debug_info()
    assert read_symbols(str(source), "qbx", lambda _: None) == program.debug_info()


def test_an_image_file_has_none(tmp_path):
    (tmp_path / "prog.bin").write_bytes(b"\xea")
    program = read_program(f"{tmp_path}/prog.bin@0x0200", "qbx", lambda _: None)
    assert (program.image.first, program.symbols, program.debug_info().symbols) == (0x200, {}, ())


def test_the_diagnostics_are_given_to_whoever_wants_them(source):
    source.write_text(" stq 1\n stq 2\n", encoding="ascii")
    shown = []
    with pytest.raises(AsmError, match="2 errors, the first is E0205") as caught:
        read_program(str(source), "qbx", shown.extend)
    assert caught.value.code == "E0721"
    assert [found.code for found in shown] == ["E0205", "E0205"]


def test_nothing_in_it(source):
    source.write_text(".org 0x200\n", encoding="ascii")
    with pytest.raises(AsmError) as caught:
        read_program(str(source), "qbx", lambda _: None)
    assert caught.value.code == "E0722"


@pytest.mark.parametrize(
    ("text", "expected"),
    [(SOURCE, 0xB7), (SOURCE + ".entry_point 0xb6\n", 0xB6), (".org 0x300\n nop\n", 0x300)],
)
def test_where_a_program_starts(text, expected):
    assert assemble(text=text).start == expected
