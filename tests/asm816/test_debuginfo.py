# SPDX-License-Identifier: MIT
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816 import assemble
from asm816.debuginfo import (
    ROW_KINDS,
    SYMBOL_KINDS,
    Call,
    DebugInfo,
    DebugSymbol,
    Row,
    debug_info_from,
    read_debug_info,
    to_json,
)
from asm816.errors import AsmError, FileAccessError
from asm816.exitcodes import ExitCode

MAIN = "import sys; from asm816.cli import main; sys.exit(main())"


@pytest.fixture
def golden(project, monkeypatch):
    folder = project / "tests" / "golden" / "debug-info"
    monkeypatch.chdir(folder)
    return folder


def test_the_format_is_frozen(golden):
    info = assemble("program.asm").debug_info()
    assert to_json(info) == (golden / "program.json").read_text(encoding="utf-8")
    assert read_debug_info("program.json") == info


def test_look_ups(golden):
    info = assemble("program.asm").debug_info()
    assert info.entry == info.addresses["start"] == 0xB6
    assert info.addresses["PORT"] == 0xDF22
    assert info.addresses["turns"] == 2
    assert info.line_at(0xB9) == ("part.inc", 3)
    assert info.row_at(0xBA).stack == (Call("program.asm", 10, "pair"),)
    assert info.row_at(0xB8).stack == (Call("part.inc", 6, "one"), Call("program.asm", 10, "pair"))
    assert (info.row_at(0xB6).m8, info.row_at(0xB8).m8, info.row_at(0xB8).x8) == (None, True, None)
    assert info.row_at(0xBD).kind == "data"
    assert info.row_at(0xC0).kind == "space"
    assert info.line_at(0xC5) == ("program.asm", 15)
    assert info.row_at(0xB5) is info.row_at(0xC7) is info.line_at(0xFFFFFF) is None
    assert [(info.nearest(a)[0].name, info.nearest(a)[1]) for a in (0xB6, 0xBC, 0xBD, 0x100)] == [
        ("start", 0), ("start", 6), ("text", 0), ("text", 0x43),
    ]  # fmt: skip
    assert info.nearest(0xB5) is info.nearest(0x100B6) is None
    assert info.addresses_of("part.inc", 7) == (0xBA,)
    assert info.files == ("program.asm", "part.inc")


def test_bytes_are_found_behind_reserved_room():
    rows = (Row(0, 100, "a", 1, "space"), Row(10, 2, "a", 2, "code"), Row(20, 1, "a", 3, "space"))
    info = DebugInfo((), rows)
    assert [info.row_at(a).line for a in (9, 10, 11, 12, 20, 21, 99)] == [1, 2, 2, 1, 3, 1, 1]


def test_the_first_of_two_labels_speaks():
    info = assemble(text=".org 5\none: two:\n nop\n").debug_info()
    assert info.nearest(5)[0].name == "one"


def test_a_failed_assembly_has_no_rows():
    assert assemble(text=" nop\n foo\n").debug_info().rows == ()


FILES = st.sampled_from(["a.asm", "b/c.inc", "ü.asm"])
LINES = st.integers(1, 1 << 20)
CALLS = st.builds(Call, FILES, LINES, st.none() | st.text("abc", min_size=1))
WIDTHS = st.none() | st.booleans()
ROWS = st.builds(
    Row, st.integers(0, 0xFFFF), st.integers(1, 300), FILES, LINES, st.sampled_from(ROW_KINDS), WIDTHS, WIDTHS,
    st.lists(CALLS, max_size=3).map(tuple),
)  # fmt: skip
SYMBOLS = st.builds(
    DebugSymbol, st.text("xyz._", min_size=1), st.integers(-(1 << 63), (1 << 64) - 1),
    st.sampled_from(SYMBOL_KINDS), FILES, LINES,
)  # fmt: skip
INFOS = st.builds(
    DebugInfo,
    st.lists(SYMBOLS).map(tuple),
    st.lists(ROWS).map(lambda rows: tuple(sorted(rows, key=lambda row: row.address))),
    st.none() | st.integers(0, 0xFFFFFF),
)


@given(INFOS)
def test_round_trip(info):
    assert debug_info_from(to_json(info).encode(), "x") == info


@given(INFOS, st.integers(0, 0x10200))
def test_row_at_is_the_row_with_the_address(info, address):
    rows = [row for row in info.rows if row.address <= address < row.address + row.size]
    found = info.row_at(address)
    assert (found in rows) if rows else found is None
    if any(row.kind != "space" for row in rows):
        assert found.kind != "space"


def changed(path, value):
    """The golden file with the value at `path` replaced; `value` may be a type: then the key goes."""

    def change(content):
        *outer, last = path
        for key in outer:
            content = content[key]
        if value is KeyError:
            del content[last]
        else:
            content[last] = value

    return change


BAD = [
    (["format"], "other"), (["format"], KeyError), (["entry"], -1), (["entry"], 1 << 24), (["entry"], "x"), (["entry"], True),
    (["files"], {}), (["files", 0], 5), (["files", 0], ""), (["extra"], 1), (["rows"], None), (["rows", 0], 5),
    (["rows", 0, "address"], 1 << 24), (["rows", 0, "address"], 1.0), (["rows", 0, "address"], 0xFFFF), (["rows", 0, "size"], 0),
    (["rows", 0, "size"], 1 << 25), (["rows", 0, "file"], 9), (["rows", 0, "file"], -1), (["rows", 0, "line"], 0),
    (["rows", 0, "kind"], "label"), (["rows", 0, "m8"], 1), (["rows", 0, "x8"], "no"), (["rows", 0, "call"], 7),
    (["rows", 0, "call"], KeyError), (["rows", 0, "more"], 1), (["calls", 0, "outer"], 0), (["calls", 0, "macro"], 1),
    (["calls", 0, "line"], None), (["symbols", 0, "value"], 1 << 64), (["symbols", 0, "kind"], "code"), (["symbols", 0, "name"], None),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), BAD)
def test_what_is_not_as_described_is_refused(golden, path, value):
    content = json.loads((golden / "program.json").read_text(encoding="utf-8"))
    changed(path, value)(content)
    with pytest.raises(AsmError) as caught:
        debug_info_from(json.dumps(content).encode(), "x.json")
    assert caught.value.code == "E0718"
    assert "x.json" in caught.value.sentence


@pytest.mark.parametrize("version", [0, 2, "1", None, True, 1.5])
def test_other_versions_are_refused(golden, version):
    content = json.loads((golden / "program.json").read_text(encoding="utf-8"))
    content["version"] = version
    with pytest.raises(AsmError) as caught:
        debug_info_from(json.dumps(content).encode(), "x.json")
    assert caught.value.code == "E0719"


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"5", b"\xff", b"[" * 100_000, b'{"format": "mensch816-debug-info"}']
)
def test_other_files_are_refused(data):
    with pytest.raises(AsmError) as caught:
        debug_info_from(data, "x.json")
    assert caught.value.code in ("E0718", "E0719")


def test_a_chain_of_calls_without_end_is_refused(golden):
    content = json.loads((golden / "program.json").read_text(encoding="utf-8"))
    call = content["calls"][0]
    content["calls"] = [{**call, "outer": number - 1 if number else None} for number in range(50_000)]
    with pytest.raises(AsmError):
        debug_info_from(json.dumps(content).encode(), "x.json")


def test_every_cut_is_noticed(golden):
    data = (golden / "program.json").read_bytes().rstrip()
    for length in range(0, len(data), 7):
        with pytest.raises(AsmError):
            debug_info_from(data[:length], "x.json")


def test_files_that_cannot_be_read(tmp_path):
    for path in (tmp_path, tmp_path / "none", "nul\0"):
        with pytest.raises(FileAccessError) as caught:
            read_debug_info(path)
        assert caught.value.code == "E0102"


def test_the_command_writes_the_same_file_under_every_hash_seed(golden, tmp_path):
    for seed in "0", "1":
        out = tmp_path / seed
        command = [
            sys.executable,
            "-c",
            MAIN,
            "program.asm",
            "-o",
            f"{out}.hex",
            "--debug-info",
            f"{out}.json",
        ]
        done = subprocess.run(command, env={"PYTHONHASHSEED": seed}, check=False)
        assert done.returncode == ExitCode.DONE
        assert out.with_suffix(".json").read_bytes() == (golden / "program.json").read_bytes()


def test_names_in_scopes_have_paths():
    source = ".org 0x200\nouter: nop\n.scope box\ninner: nop\n.scope deep\nlast: nop\n.ends\n.ends\n.scope\nhidden: nop\n.ends\n"
    info = assemble(text=source).debug_info()
    assert [(s.name, s.value) for s in info.symbols] == [
        ("outer", 0x200), ("box.inner", 0x201), ("box.deep.last", 0x202),
    ]  # fmt: skip
    assert debug_info_from(to_json(info).encode(), "x.json") == info
