# SPDX-License-Identifier: MIT
import json
import subprocess
import sys
from pathlib import Path

import pytest

from asm816.cli import main
from asm816.exitcodes import ExitCode
from asm816.imagefile import read_image

GOOD = ".org 0xb6\nstart: sei\n clc\n.org 0xba\n nop\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("good.asm").write_text(GOOD)
    Path("bad.asm").write_text(" foo\n lda nothing\n")
    return tmp_path


def test_default_output(capsys):
    assert main(["good.asm"]) == ExitCode.DONE
    assert read_image("out.hex").size == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "out.hex: 3 bytes, 0x0000b6 to 0x0000ba\n"
    assert main(["-q", "good.asm"]) == ExitCode.DONE
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "name", "content"),
    [
        (["-h"], "out.hex", ":0200B60078"), (["-s"], "out.s28", "S2060000B6"), (["-b"], "out.bin", "x\x18\0\0\xea"),
        (["-t", "s28"], "out.s28", "S2"), (["-type", "srec"], "out.s28", "S2"), (["-type", "bin", "-o", "o"], "o", "x"),
        (["-t", "hex", "-o", "a.txt"], "a.txt", ":"), (["-e"], "out.elf", "\x7fELF"), (["-type", "elf"], "out.elf", "\x7fELF"),
    ],
)  # fmt: skip
def test_output_forms(arguments, name, content):
    assert main([*arguments, "good.asm"]) == ExitCode.DONE
    assert Path(name).read_bytes().decode("latin-1").startswith(content)


def test_standard_output(capfdbinary):
    assert main(["good.asm", "-b", "-o", "-"]) == ExitCode.DONE
    assert capfdbinary.readouterr().out == b"x\x18\0\0\xea"
    assert [path.name for path in Path().iterdir() if path.suffix != ".asm"] == []


def test_listing_and_symbols():
    assert main(["good.asm", "-l", "-o", "x.hex", "--symbols", "x.sym"]) == ExitCode.DONE
    assert "sei" in Path("x.lst").read_text()
    assert Path("x.sym").read_text() == "start = 0x0000b6\n"
    assert main(["good.asm", "--listing", "y.lst"]) == ExitCode.DONE
    assert Path("y.lst").read_bytes() == Path("x.lst").read_bytes()


def test_expanded_listing():
    Path("macro.asm").write_text(".org 0\n.macro m\n nop\n nop\n.endm\n m\n")
    assert main(["macro.asm", "--listing", "a.lst"]) == ExitCode.DONE
    assert main(["macro.asm", "--listing", "b.lst", "--expand"]) == ExitCode.DONE
    assert "ea ea" in Path("a.lst").read_text()
    assert "ea ea" not in Path("b.lst").read_text()


def test_dependencies():
    Path("part.inc").write_text(" nop\n")
    Path("main.asm").write_text('.org 0\n.include "part.inc"\n.binfile "good.asm"\n')
    assert main(["main.asm", "-o", "x.hex", "-M", "x.d"]) == ExitCode.DONE
    assert Path("x.d").read_text().split() == [
        "x.hex:", "\\", "main.asm", "\\", "part.inc", "\\", "good.asm", "part.inc:", "good.asm:",
    ]  # fmt: skip


EVERYTHING = [
    "-o",
    "x.hex",
    "--listing",
    "x.lst",
    "--symbols",
    "x.sym",
    "--debug-info",
    "x.json",
    "-M",
    "x.d",
]


def test_all_outputs_or_none():
    Path("x.hex").write_text("old")
    Path("x.d").mkdir()  # the last output cannot be written
    assert main(["good.asm", *EVERYTHING]) == ExitCode.FILE_ACCESS
    assert Path("x.hex").read_text() == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["bad.asm", "good.asm", "x.d", "x.hex"]


def test_outputs_do_not_depend_on_the_hash_seed(project):
    source = project / "tests" / "golden" / "asm" / "ok_scopes.asm"
    found = []
    for seed in "0", "1":
        code = "import sys; from asm816.cli import main; sys.exit(main())"
        command = [sys.executable, "-c", code, str(source), *EVERYTHING, "--expand"]
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True)
        subprocess.run(
            [*command, "-e", "-o", "x.elf"], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        )
        found.append({path.name: path.read_bytes() for path in Path().glob("x.*")})
    assert len(found[0]) == 6
    assert found[0] == found[1]


def test_errors_write_nothing(capsys):
    Path("out.hex").write_text("old")
    assert main(["bad.asm", "-l", "--symbols", "x.sym"]) == ExitCode.SOURCE_ERRORS
    err = capsys.readouterr().err
    assert "bad.asm:1:2: error E0205" in err
    assert "bad.asm:2:6: error E0401" in err
    assert Path("out.hex").read_text() == "old"
    assert not Path("x.sym").exists()
    assert not Path("out.lst").exists()


def test_json(capsys):
    assert main(["bad.asm", "--diagnostics", "json"]) == ExitCode.SOURCE_ERRORS
    found = json.loads(capsys.readouterr().err)
    assert [(d["code"], d["line"], d["column"]) for d in found] == [("E0205", 1, 2), ("E0401", 2, 6)]


def test_max_errors(capsys):
    assert main(["bad.asm", "--max-errors", "1"]) == ExitCode.SOURCE_ERRORS
    assert "E0401" not in capsys.readouterr().err


def test_defines_includes_and_board():
    Path("inc").mkdir()
    Path("inc/part.inc").write_text(" db A, B\n.ifdef BOARD_SXB\n db 3\n.endif\n")
    Path("main.asm").write_text('.org 0\n.include "part.inc"\n')
    assert main(["main.asm", "-Iinc", "-D", "A", "-DB=1+1", "--board", "sxb", "-b"]) == ExitCode.DONE
    assert Path("out.bin").read_bytes() == b"\1\2\3"


def test_explain(capsys):
    assert main(["--explain", "e0401"]) == ExitCode.DONE
    assert capsys.readouterr().out.startswith("E0401 (error): ")


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["--nonsense"], ["good.asm", "-t", "uf2"], ["--explain", "E9999"], ["good.asm", "-D", "1x"], ["good.asm", "-D", "A=@"],
        ["good.asm", "-o", "good.asm"], ["good.asm", "--listing", "out.hex"], ["good.asm", "--max-errors", "0"],
    ],
)  # fmt: skip
def test_usage_errors(arguments):
    assert main(arguments) == ExitCode.USAGE
    assert Path("good.asm").read_text() == GOOD
    assert not Path("out.hex").exists()


def test_file_access(capsys):
    assert main(["missing.asm"]) == ExitCode.FILE_ACCESS
    assert main(["good.asm", "-o", "missing/out.hex"]) == ExitCode.FILE_ACCESS
    assert "missing" in capsys.readouterr().err


def test_control_characters_do_not_reach_the_terminal(capsys):
    Path("esc.asm").write_text(" foo ; \x1b[31m\n")
    assert main(["esc.asm"]) == ExitCode.SOURCE_ERRORS
    assert "\x1b" not in capsys.readouterr().err


WARNS = "brk\n"


def test_warnings_are_chosen_by_name(capsys):
    Path("warns.asm").write_text(WARNS)
    assert main(["warns.asm"]) == ExitCode.DONE
    assert "warning W0201" in (err := capsys.readouterr().err)
    assert "[one-byte]" in err
    for silent in (["--no-warn", "one-byte"], ["--no-warn", "w0201"], ["--no-warn", "all"]):
        assert main(["warns.asm", *silent]) == ExitCode.DONE
        assert "W0201" not in capsys.readouterr().err
    assert main(["warns.asm", "--no-warn", "all", "-W", "one-byte"]) == ExitCode.DONE
    assert "W0201" in capsys.readouterr().err


def test_werror(capsys):
    Path("warns.asm").write_text(WARNS)
    assert main(["warns.asm", "--werror"]) == ExitCode.SOURCE_ERRORS
    assert "error W0201" in capsys.readouterr().err
    assert not Path("out.hex").exists()
    assert main(["warns.asm", "--werror", "--no-warn", "one-byte"]) == ExitCode.DONE


@pytest.mark.parametrize("option", ["-W", "--no-warn"])
def test_an_unknown_warning_is_a_usage_error(option, capsys):
    assert main(["good.asm", option, "E0401"]) == ExitCode.USAGE
    assert "one-byte" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["-o", "--listing", "--symbols", "--debug-info"])
def test_an_output_needs_a_name(option, capsys):
    assert main(["good.asm", option, ""]) == ExitCode.USAGE
    assert "no name" in capsys.readouterr().err
    assert not Path("out.hex").exists()


def test_one_output_on_standard_output(capsys):
    assert main(["good.asm", "-o", "-", "--listing", "-"]) == ExitCode.USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "only one output" in captured.err


def test_files_that_fail_are_json_too(capsys):
    assert main(["missing.asm", "--diagnostics", "json"]) == ExitCode.FILE_ACCESS
    (found,) = json.loads(capsys.readouterr().err)
    assert (found["code"], found["severity"], found["file"]) == ("E0102", "error", None)
    Path("warns.asm").write_text(" brk\n")
    assert main(["warns.asm", "--diagnostics", "json", "-o", "no/such/folder.hex"]) == ExitCode.FILE_ACCESS
    assert [d["code"] for d in json.loads(capsys.readouterr().err)] == ["W0201", "E0715"]
    assert main(["warns.asm", "-o", "no/such/folder.hex"]) == ExitCode.FILE_ACCESS
    assert "W0201" in capsys.readouterr().err


def test_restricted_includes(capsys):
    Path("root").mkdir()
    Path("root/in.inc").write_text(" nop\n")
    Path("out.inc").write_text(" nop\n")
    Path("root/good.asm").write_text('.include "in.inc"\n.include "w65c265.inc"\n')
    Path("root/bad.asm").write_text('.include "../out.inc"\n')
    assert main(["root/good.asm", "--restrict-includes", "root"]) == ExitCode.DONE
    assert main(["root/bad.asm"]) == ExitCode.DONE
    assert main(["root/bad.asm", "--restrict-includes", "root"]) == ExitCode.SOURCE_ERRORS
    assert "E0110" in capsys.readouterr().err


def test_five_mistakes_are_five_messages(capsys):
    """Each of another kind and stage, each with its own column, and no echo of any."""
    Path("five.asm").write_text(
        ".org 0x200\nstart:\n  lad #5\n  lda.b #0x123\n.if 12z\nlost:\n.endif\n  bra nowhere\n"
        "  sta (lost),x\n  jmp start\n  jmp lost\n.repeat 2\n  nop\n.endr\n"
    )
    assert main(["five.asm", "--diagnostics", "json"]) == ExitCode.SOURCE_ERRORS
    found = [(d["code"], d["line"], d["column"], d["length"]) for d in json.loads(capsys.readouterr().err)]
    assert found == [
        ("E0205", 3, 3, 3),
        ("E0504", 4, 10, 5),
        ("E0202", 5, 5, 3),
        ("E0401", 8, 7, 7),
        ("E0201", 9, 14, 1),
    ]


def test_the_fill_of_memory_areas_is_reported(capsys):
    text = ".memory RAM = 0xb6..0xff\n.section code, RAM\n nop\n stp\n"
    Path("areas.asm").write_text(text)
    assert main(["areas.asm"]) == ExitCode.DONE
    assert "  RAM 0x0000b6-0x0000ff: 2 of 74 bytes (2 %), 72 free\n" in capsys.readouterr().err
    assert main(["areas.asm", "-q"]) == ExitCode.DONE
    assert "RAM" not in capsys.readouterr().err
