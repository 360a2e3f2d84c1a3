# SPDX-License-Identifier: MIT
from pathlib import Path

import pytest

from asm816.cli import main as assemble_main
from asm816.dis_cli import main
from asm816.exitcodes import ExitCode


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.asm").write_text(".org 0xb6\nstart: sep #0x20\nloop: lda.b #1\n sta 0xdf23\n bra loop\n")
    assert assemble_main(["a.asm", "-q", "--symbols", "a.sym"]) == ExitCode.DONE


def test_round_trip(capsys):
    assert main(["out.hex", "--m16", "--symbols", "a.sym"]) == ExitCode.DONE
    text = capsys.readouterr().out
    assert "loop:\n  lda.b #0x01 " in text
    Path("b.asm").write_text(text)
    assert assemble_main(["b.asm", "-q", "-o", "b.hex"]) == ExitCode.DONE
    assert Path("b.hex").read_bytes() == Path("out.hex").read_bytes()


def test_part_and_widths(capsys):
    Path("x.bin").write_bytes(bytes.fromhex("ea a91234 a012 ea"))
    assert (
        main(["x.bin@0x8000", "--start", "$8001", "--end", "00:8005", "--m16", "--no-follow"])
        == ExitCode.DONE
    )
    assert [line.split(";")[0].strip() for line in capsys.readouterr().out.splitlines()] == [
        ".65816", ".org 0x8001", "lda.w #0x3412", "ldy.b #0x12",
    ]  # fmt: skip


def test_start_can_be_a_symbol(capsys):
    assert main(["out.hex", "--start", "loop", "--symbols", "a.sym"]) == ExitCode.DONE
    assert ".org 0x00b8" in capsys.readouterr().out


def test_debug_info_tells_data_from_code(capsys):
    Path("d.asm").write_text(".org 0xb6\nstart: bra go\ntable: db 0xa9, 0x20\ngo: bra start\n")
    assert assemble_main(["d.asm", "-q", "--debug-info", "d.json"]) == ExitCode.DONE
    assert main(["out.hex", "--symbols", "d.json", "--start", "table"]) == ExitCode.DONE
    text = capsys.readouterr().out
    assert "table:\n  db 0xa9, 0x20 " in text
    Path("d.json").write_text("{}")
    assert main(["out.hex", "--symbols", "d.json"]) == ExitCode.SOURCE_ERRORS
    assert "E0718" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], ExitCode.USAGE), (["out.hex", "--start", "zz"], ExitCode.USAGE), (["x.bin@zz"], ExitCode.FILE_ACCESS),
        (["missing.hex"], ExitCode.FILE_ACCESS), (["missing@0x5"], ExitCode.FILE_ACCESS), (["a.sym"], ExitCode.SOURCE_ERRORS),
        (["out.hex", "--symbols", "out.hex"], ExitCode.SOURCE_ERRORS),
    ],
)  # fmt: skip
def test_failures(arguments, code):
    assert main(arguments) == code
