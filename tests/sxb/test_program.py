# SPDX-License-Identifier: MIT
from __future__ import annotations

import pytest

from asm816 import assemble
from asm816.cli import main as asm816
from asm816.errors import AsmError, ToolError
from sxb import errors
from sxb.program import names_of, read_program, read_symbols, resolve

SOURCE = """.65816
COUNT = 10
.org 0x00b6
start:
  lda.b #COUNT
again:
  bra again
"""


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "prog.asm"
    file.write_text(SOURCE, encoding="ascii")
    return file


def test_a_source_is_assembled_and_has_symbols(source):
    program = read_program(str(source), "qbx")
    assert (program.image.first, program.image.size) == (0xB6, 4)
    assert program.symbols["again"] == 0xB8


def test_a_binary_with_its_address(tmp_path):
    (tmp_path / "prog.bin").write_bytes(b"\xea\x60")
    program = read_program(f"{tmp_path}/prog.bin@0x0200", "qbx")
    assert program.image.segments[0].address == 0x200
    assert program.symbols == {}


def test_errors_of_a_source_are_shown_and_counted(source, capsys):
    source.write_text("  lda nowhere\n  stq 1\n", encoding="ascii")
    with pytest.raises(AsmError, match="2 errors") as caught:
        read_program(str(source), "qbx")
    assert caught.value.exit_code == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["; nothing\n", ".org 0x200\n"])
def test_nothing_to_load(source, text):
    source.write_text(text, encoding="ascii")
    with pytest.raises(AsmError, match="nothing in"):
        read_program(str(source), "qbx")


@pytest.mark.parametrize("option", ["--debug-info", "--symbols"])
def test_symbols_from_the_source_and_from_what_the_assembler_wrote(source, tmp_path, option):
    written = tmp_path / ("prog.json" if option == "--debug-info" else "prog.sym")
    assert asm816([str(source), "-o", str(tmp_path / "o.hex"), option, str(written)]) == 0
    for file in (source, written):
        addresses = read_symbols(str(file), "qbx").addresses
        assert {"start": 0xB6, "again": 0xB8, "COUNT": 10}.items() <= addresses.items()


def test_debug_info_that_is_none(tmp_path):
    (tmp_path / "bad.json").write_text("{}", encoding="ascii")
    with pytest.raises(ToolError):
        read_symbols(str(tmp_path / "bad.json"), "qbx")


def test_addresses_by_name():
    symbols = {"start": 0xB6, "b6": 0x1234}
    assert resolve(0x200, symbols) == 0x200
    assert resolve("start", symbols) == 0xB6
    assert resolve("b6", symbols) == 0x1234


@pytest.mark.parametrize(
    ("name", "symbols", "hint"),
    [
        ("strat", {"start": 1}, "did you mean start"),
        ("b6", {}, "0xb6"),
        ("loop", {"start": 1}, "upper and lower case"),
        ("loop", {}, "--symbols FILE"),
    ],
)
def test_a_name_that_no_symbol_has(name, symbols, hint):
    with pytest.raises(errors.UsageError, match="no symbol") as caught:
        resolve(name, symbols)
    assert hint in caught.value.hint


def test_labels_name_addresses_and_constants_do_not():
    assert names_of(assemble(text=SOURCE).debug_info()) == {0xB6: "start", 0xB8: "again"}


def test_where_nothing_is_a_label_all_symbols_name_addresses():
    assert names_of(assemble(text="start = 0xb6\nalso = 0xb6\n").debug_info()) == {0xB6: "start"}
