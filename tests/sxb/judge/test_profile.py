# SPDX-License-Identifier: MIT
"""Where the time of tested programs goes: the tables, the file, in parallel, and what cannot be written."""

from __future__ import annotations

import json

import pytest

from sxb.judge import profile_session  # noqa: F401 - need not be loaded by each pytest

SOURCE = """\
.65816
.org 0x00b6
start:
  stz 0x01
wait:
  dex
  bne wait
  bra start
"""

TESTS = """\
import pytest
@pytest.mark.parametrize("n", range(2))
@pytest.mark.program("wait.asm")
def test_it(board, n):
    board.run(cycles=10_000)
"""


@pytest.fixture
def run(pytester):
    pytester.makefile(".asm", wait=SOURCE)
    pytester.makepyfile(TESTS)
    return lambda *options: pytester.runpytest("-p", "no:cacheprovider", *options)


TABLES = [
    "*profile of the assembly source*",
    "wait.asm",
    "*cycles *part *instructions *routine",
    "*wait",
    "*cycles *part *instructions *line",
    "*wait.asm:*",
    "profile: *asm-profile.json",
]


def test_the_tables_and_the_file(run, pytester):
    said = run("--asm-profile")
    said.assert_outcomes(passed=2)
    said.stdout.fnmatch_lines(TABLES)
    profile = json.loads((pytester.path / "asm-profile.json").read_text())["wait.asm"]
    assert 20_000 <= sum(share["cycles"] for share in profile["routines"]) <= 20_010
    lines = {share["name"]: share for share in profile["lines"]}
    assert lines["wait.asm:6"]["cycles"] == 2 * lines["wait.asm:6"]["instructions"]  # dex


def test_parallel_runs_are_added_up(run, pytester):
    run("--asm-profile=alone.json")
    said = run("--asm-profile=out/two.json", "-n2")
    said.stdout.fnmatch_lines(TABLES[:-1])
    alone, two = ((pytester.path / name).read_text() for name in ("alone.json", "out/two.json"))
    assert alone == two


def test_nothing_was_run(pytester):
    pytester.makepyfile("def test_it():\n    pass\n")
    said = pytester.runpytest("-p", "no:cacheprovider", "--asm-profile")
    said.stdout.fnmatch_lines(["no program was run by the fixture board"])


def test_a_file_that_cannot_be_written(run, pytester):
    (pytester.path / "taken").write_text("a file")
    run("--asm-profile=taken/p.json").stdout.fnmatch_lines(["profile not saved: *taken*"])
