# SPDX-License-Identifier: MIT
"""`emu816` as a person uses it."""

from __future__ import annotations

import json
import lzma
import re
import subprocess
import sys
from pathlib import Path

import pytest

CORNER = Path(__file__).parent / "cpu" / "w65c816-corner.jsonl.xz"
# A suite that runs in the background hands on that SIGINT is ignored; a person's shell does not.
PROGRAM = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from emu.cli import main
sys.exit(main())
"""
EMU816 = [sys.executable, "-c", PROGRAM]


def emu816(*arguments, **settings):
    return subprocess.run(
        [*EMU816, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False, **settings
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_vectors_ends_with_the_count(jobs):
    ran = emu816("vectors", CORNER, "--limit", 500, "--jobs", jobs)
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[-1] == "passed 500 of 500"


def test_vectors_with_a_wrong_case_fails(tmp_path):
    with lzma.open(CORNER, "rt") as stream:
        record = json.loads(stream.readline())
    record["final"]["pc"] ^= 1
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps([record]))
    ran = emu816("vectors", file)
    assert ran.returncode == 4
    assert record["name"] in ran.stdout
    assert ran.stdout.splitlines()[-1] == "passed 0 of 1"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["vectors"], 2, "FILES"),
        (["vectors", "nothing.json"], 3, "nothing.json"),
        (["vectors", __file__], 2, "not a vectors file"),
        (["nonsense"], 2, "nonsense"),
        (["vectors", "EMPTY"], 2, "no case"),
        (["vectors", "EMPTY", "--backend", "turbo"], 2, "turbo"),
        (["bench", "--backend", "turbo"], 2, "turbo"),
        (["serve", "--board", "atari"], 2, "atari"),
        (["serve", "--rom", "nothing.bin"], 3, "nothing.bin"),
    ],
)
def test_mistakes_are_one_line_and_an_exit_code(tmp_path, arguments, code, words):
    (tmp_path / "empty.json").write_text("[]")
    ran = emu816(*(tmp_path / "empty.json" if word == "EMPTY" else word for word in arguments))
    assert ran.returncode == code
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_bench_names_the_backend_and_its_speed():
    ran = emu816("bench", "--cycles", 2_000)
    lines = ran.stdout.splitlines()
    assert re.fullmatch(
        r"plain +delay +\d+\.\d\d MHz \( +1\.0 x plain\)  mix +\d+\.\d\d MHz \( +1\.0 x plain\)", lines[0]
    )
    assert [line.split()[0] for line in lines[:2]] == ["plain", "fast"]
    speeds = json.loads(emu816("bench", "--cycles", 2_000, "--backend", "plain", "--json").stdout)
    assert speeds["mhz"].keys() == {"plain"}
    assert speeds["mhz"]["plain"].keys() == {"delay", "mix"}


def test_bench_of_a_file(tmp_path):
    program = tmp_path / "loop.asm"
    program.write_text(".65816\n.org 0x1000\nstart: inx\n bra start\n.entry_point start\n")
    ran = emu816("bench", program, "--cycles", 500, "--backend", "plain")
    assert ran.returncode == 0, ran.stderr
    assert "loop.asm" in ran.stdout
    (tmp_path / "raw.bin").write_bytes(b"\xe8\x80\xfd")
    ran = emu816("bench", f"{tmp_path / 'raw.bin'}@0x1000", "--start", "here", "--cycles", 500)
    assert (ran.returncode, "--start" in ran.stderr) == (2, True)
    ran = emu816("bench", f"{tmp_path / 'raw.bin'}@0x1000", "--start", "0x1000", "--cycles", 500, "--json")
    assert ran.returncode == 0, ran.stderr


def test_a_bad_vectors_file_is_one_line_with_jobs_too(tmp_path):
    file = tmp_path / "odd.json"
    file.write_text('[{"a": 1}]')
    ran = emu816("vectors", file, "--jobs", 2)
    assert ran.returncode == 2
    assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line_and_exit_3():
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*EMU816, "bench", "--cycles", "1000"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 3
    assert ran.stderr.startswith("emu816: cannot write the output")
    assert len(ran.stderr.strip().splitlines()) == 1
