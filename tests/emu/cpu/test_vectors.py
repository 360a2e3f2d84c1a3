# SPDX-License-Identifier: MIT
"""The core against single-instruction vectors, every bus cycle."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from emu.cpu.vectors import Bench, check_file, read_cases
from emu.errors import EmuError, EmuFileError

CORNER = Path(__file__).with_name("w65c816-corner.jsonl.xz")


def test_corner_cases_are_equal_in_every_bus_cycle(backend_name):
    report = check_file(CORNER, backend_name=backend_name)
    assert report.failures == ()
    assert (report.passed, report.total) == (12_796, 12_796)


def test_published_cases_are_equal_in_every_bus_cycle(outside_data, backend_name):
    report = check_file(
        outside_data("MENSCH816_VECTORS") / "w65c816-cases.jsonl.xz", backend_name=backend_name
    )
    assert report.failures == ()
    assert (report.passed, report.total) == (51_200, 51_200)


def test_parts_cover_the_file_once():
    whole = check_file(CORNER, limit=100)
    halves = [check_file(CORNER, limit=100, part=part, parts=2) for part in range(2)]
    assert whole.total == 100 == sum(half.total for half in halves)


def _record():
    with lzma.open(CORNER, "rt") as stream:
        return json.loads(stream.readline())


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda r: r["final"].update(a=r["final"]["a"] ^ 1), "a is"),
        (lambda r: r["final"]["ram"].append([0x123456, 1]), "memory 123456"),
        (lambda r: r["cycles"][0].__setitem__(2, "--------"), "cycle 0 is"),
        (lambda r: r["cycles"].append([0, 0, "--------"]), "cycles, should be"),
    ],
)
def test_a_wrong_expectation_is_found(tmp_path, spoil, complaint):
    record = _record()
    spoil(record)
    file = tmp_path / "one.json"
    file.write_text(json.dumps([record]))
    report = check_file(file)
    assert (report.passed, report.total) == (0, 1)
    assert complaint in report.failures[0]


def test_a_write_that_the_case_does_not_expect_is_found():
    (case,) = [c for c in read_cases(CORNER) if c.name.startswith("85 n")][:1]
    written = max(address for address, _, flags in case.cycles if flags[3] == "w")
    ram = {address: value for address, value in case.final.ram.items() if address != written}
    spoiled = type(case)(case.name, case.initial, type(case.final)(case.final.registers, ram), case.cycles)
    assert "memory" in (Bench().difference(spoiled) or "")


@pytest.mark.parametrize("content", ["", "hello", "{}", "[1, 2]", '{"name": "x"}\n', "[{]"])
def test_a_file_that_holds_no_vectors(tmp_path, content):
    file = tmp_path / "odd.json"
    file.write_text(content)
    with pytest.raises(EmuError) as caught:
        check_file(file)
    assert caught.value.code == "E2022"


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [("initial", "p", 256), ("final", "a", 1 << 16), ("initial", "e", 2), ("initial", "pc", -1)],
)
def test_a_register_value_that_does_not_fit(tmp_path, place, key, value):
    record = _record()
    record[place][key] = value
    file = tmp_path / "wide.json"
    file.write_text(json.dumps([record]))
    with pytest.raises(EmuError, match=f"{key} {value} does not fit"):
        check_file(file)


def test_a_truncated_file(tmp_path):
    file = tmp_path / "cut.jsonl.xz"
    file.write_bytes(CORNER.read_bytes()[:5000])
    with pytest.raises(EmuError) as caught:
        check_file(file)
    assert caught.value.code == "E2021"


def test_a_missing_file(tmp_path):
    with pytest.raises(EmuFileError):
        check_file(tmp_path / "nothing.json")
