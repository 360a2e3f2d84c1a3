# SPDX-License-Identifier: MIT
"""`emu816 run` as a user types it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import wave
from pathlib import Path
from types import SimpleNamespace

import pytest

from emu.cli import main
from emu.commands.run import _keep_flash

EXAMPLES = Path(__file__).parents[3] / "examples"
BLINK = EXAMPLES / "led_blink" / "led_blink.asm"
HELLO = EXAMPLES / "hello" / "hello.asm"
TONES = EXAMPLES / "tones" / "tones.asm"
ECHO = EXAMPLES / "echo" / "echo.asm"


def run(*arguments) -> int:
    return main(["run", *map(str, arguments)])


def result(capsys):
    return json.loads(capsys.readouterr().out)


def test_json_has_what_others_rely_on(capsys):
    assert run(BLINK, "--for", "1s", "--json") == 0
    found = result(capsys)
    assert set(found) == {"cycles", "seconds", "stop", "registers", "leds", "edges", "serial"}
    assert found["cycles"] == pytest.approx(3_686_400, abs=20)
    assert found["seconds"] == pytest.approx(1, abs=1e-5)
    assert found["stop"] == "time"
    assert set(found["registers"]) == {"pc", "s", "p", "a", "x", "y", "dbr", "d", "pbr", "e"}
    assert len(found["leds"]) == 8
    edges = found["edges"]["P70"]
    assert {level for _, level in edges} == {0, 1}
    assert 0 < edges[0][0] < edges[-1][0] < found["cycles"]
    assert found["serial"] == {"3": ""}


def test_what_a_program_prints_is_in_the_json_and_on_standard_output(capsys):
    assert run(HELLO, "--for", "500ms", "--json") == 0
    assert "Hello, world!" in result(capsys)["serial"]["3"]
    assert run(HELLO, "--for", "500ms", "-q") == 0
    out = capsys.readouterr().out
    assert "Hello, world!\n" in out
    assert out.endswith(">\n")


@pytest.mark.parametrize(
    ("end", "stop"), [(["--cycles", "1000"], "cycles"), (["--until", "show"], "breakpoint")]
)
def test_a_run_says_why_it_ended(capsys, end, stop):
    assert run(BLINK, *end, "--json") == 0
    found = result(capsys)
    assert found["stop"] == stop
    assert found["cycles"] in (range(1000, 1008) if stop == "cycles" else range(1, 100))


def test_stp_ends_a_run(capsys, tmp_path):
    (tmp_path / "stop.bin").write_bytes(b"\xa9\x55\xdb")
    assert run(f"{tmp_path}/stop.bin@0x0200", "--board", "sxb", "--json") == 0
    found = result(capsys)
    assert (found["stop"], found["registers"]["a"]) == ("stp", 0x55)
    assert found["leds"] == [found["leds"][0]]


def test_without_a_file_the_board_boots(capsys):
    assert run("--for", "2s") == 0
    assert "MENSCH816" in capsys.readouterr().out


def test_the_same_run_gives_the_same_json(capsys):
    outputs = []
    for more in ([], ["--trace", os.devnull, "--profile"]):
        assert run(BLINK, "--for", "30ms", "--json", *more) == 0
        found = result(capsys)
        found.pop("profile", None)
        outputs.append(found)
    assert outputs[0] == outputs[1]


def test_all_files_at_once(capsys, tmp_path, vcd_reader):
    vcd, wav, plot, trace = (tmp_path / name for name in ("t.vcd", "t.wav", "t.svg", "t.trace"))
    assert run(TONES, "--for", "100ms", "--vcd", vcd, "--wav", wav, "--plot", plot, "--trace", trace) == 0
    edges = [time for time, value in vcd_reader(str(vcd))["board.TG0"].tv if value == "1"]
    assert 1e9 / (edges[2] - edges[1]) == pytest.approx(440, rel=0.001)
    with wave.open(str(wav)) as sound:
        assert sound.getnframes() == pytest.approx(4410, abs=1)
    assert plot.read_bytes().startswith(b"<?xml")
    lines = trace.read_text().splitlines()
    assert "00:00B6  A9 03        lda.b #0x03           start  " in lines[1]
    assert lines[1].endswith(f"{TONES}:16")
    said = capsys.readouterr().out
    assert f"written: {vcd}, {wav}, {plot}, {trace}" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.svg", "t.trace", "t.vcd", "t.wav"]


def test_pins_can_be_chosen(tmp_path, vcd_reader):
    vcd = tmp_path / "t.vcd"
    assert run(BLINK, "--for", "10ms", "--vcd", vcd, "--pins", "p70,TG1") == 0
    assert set(vcd_reader(str(vcd)).signals) == {"board.P70", "board.TG1", "board.leds.LED0"}


def test_a_trace_of_cycles_in_a_range(tmp_path):
    trace = tmp_path / "t"
    arguments = (
        "--trace",
        trace,
        "--trace-as",
        "cycles",
        "--trace-only",
        "0xdf20..0xdf22",
        "--trace-only",
        "0xdf27",
    )
    assert run(BLINK, "--for", "1ms", *arguments) == 0
    head, *lines = trace.read_text().splitlines()
    assert head.split() == ["clock", "address", "data", "pins", "where"]
    assert [line.split()[1:] for line in lines] == [["00:DF27", "00", "d--w-m--", "PCS7"]]


def test_a_raw_trace_is_read_by_the_library(tmp_path):
    from emu.cpu.trace import read_trace

    trace = tmp_path / "t"
    assert run(BLINK, "--cycles", "1000", "--trace", trace, "--trace-as", "raw") == 0
    with trace.open("rb") as file:
        cycles = list(read_trace(file))
    assert len(cycles) in range(1000, 1010)
    assert (cycles[0].address, cycles[0].data) == (0xB6, 0x78)


def test_a_profile_by_routine_and_line(capsys):
    assert run(BLINK, "--for", "100ms", "--profile", "--json") == 0
    profile = result(capsys)["profile"]
    assert [share["name"] for share in profile["routines"]][:1] == ["wait"]
    assert profile["lines"][0]["name"] == f"{BLINK}:40"
    assert sum(share["part"] for share in profile["routines"]) == pytest.approx(1)
    assert run(BLINK, "--for", "10ms", "--profile") == 0
    assert "routine\n" in capsys.readouterr().out


SCRIPT = """
[[step]]
at = "10ms"
send = "Hi\\r"

[[step]]
expect = "hI"
"""


def test_a_script_that_is_done_ends_the_run(capsys, tmp_path):
    (tmp_path / "s.toml").write_text(SCRIPT)
    assert run(ECHO, "--input", tmp_path / "s.toml", "--json") == 0
    assert result(capsys)["stop"] == "script"


def test_an_expectation_that_is_not_met_is_exit_4(capsys, tmp_path):
    (tmp_path / "s.toml").write_text(SCRIPT.replace('"hI"', '"no"\nwithin = "50ms"'))
    assert run(ECHO, "--input", tmp_path / "s.toml", "--for", "2s", "--json") == 4
    out, err = capsys.readouterr()
    assert json.loads(out)["stop"] == "error"
    assert "s.toml:6: expect 'no' did not come within 0.05 s; what came: '" in err


def test_a_mistake_in_a_script_has_its_line(capsys, tmp_path):
    (tmp_path / "s.toml").write_text(SCRIPT + "uart = 7\n")
    assert run(ECHO, "--input", tmp_path / "s.toml") == 1
    assert "s.toml:8: uart is a whole number, 0 to 3" in capsys.readouterr().err


@pytest.fixture
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([BLINK, "--vcd", "no/such/folder/x.vcd"], 3, "cannot write `no/such/folder/x.vcd`"),
        ([BLINK, "--plot", "x.gif"], 2, ".svg or .png"),
        ([BLINK, "--pins", "P99", "--vcd", "x.vcd"], 2, "no pin 'P99'"),
        ([BLINK, "--until", "shwo"], 2, "did you mean show"),
        ([BLINK, "--for", "2 parsecs"], 2, "is not a time"),
        ([BLINK, "--flash", "blank"], 2, "no flash socket"),
        (["nowhere.asm"], 3, "nowhere.asm"),
        (["--start", "0x200"], 2, "--start needs a FILE"),
        ([BLINK, "--input", "nowhere.toml"], 3, "cannot read the script"),
        ([BLINK, "--rom", "nowhere.hex"], 3, "no ROM file"),
    ],
)
def test_mistakes_are_refused_before_anything_runs(capsys, empty_folder, arguments, code, said):
    assert run(*arguments) == code
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert not list(empty_folder.iterdir())


def test_errors_of_the_source_are_shown(capsys, tmp_path):
    (tmp_path / "x.asm").write_text(".65816\n.org 0x200\n  stq 1\n")
    assert run(tmp_path / "x.asm") == 1
    assert "stq" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("option", ["--vcd", "--trace", "--wav"])
def test_a_full_disk_is_exit_3(capsys, option):
    assert run(BLINK, "--for", "10ms", option, "/dev/full") == 3
    assert "cannot write `/dev/full`" in capsys.readouterr().err


def test_a_flash_keeps_what_was_written(tmp_path):
    flash = tmp_path / "flash.bin"
    flash.write_bytes(b"\xff" * 131_072)
    assert run(BLINK, "--board", "sxb", "--flash", flash, "--for", "1ms") == 0
    changed = b"\x5a" + b"\xff" * 131_071
    for name in (flash, "blank", None):
        wishes, board = SimpleNamespace(flash=name and str(name)), SimpleNamespace(flash=changed)
        assert _keep_flash(board, wishes) == ([str(flash)] if name == flash else [])
    assert flash.read_bytes() == changed
    assert _keep_flash(board, SimpleNamespace(flash=str(flash))) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_with_a_summary(tmp_path):
    vcd = tmp_path / "x.vcd"
    for more, code in (([], 0), (["--for", "1000s", "--speed", "real"], 130)):
        command = [
            sys.executable,
            "-c",
            "import sys; from emu.cli import main; sys.exit(main())",
            "run",
            str(HELLO),
            "--vcd",
            str(vcd),
            *more,
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        while "Hello" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == code
        assert "interrupted at 00:" in out
        assert vcd.exists()
        vcd.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="the shell of POSIX")
@pytest.mark.parametrize("options", ["--cycles 100", "--cycles 100 --json"])
def test_a_closed_standard_output_is_exit_3(options):
    program = "import sys; from emu.cli import main; sys.exit(main())"
    ran = subprocess.run(
        ["sh", "-c", f'"$0" -c "$1" run "$2" {options} >&-', sys.executable, program, str(BLINK)],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert ran.stderr == "emu816: cannot write the output: Bad file descriptor [OUTPUT]\n"
