# SPDX-License-Identifier: MIT
import os
import socket
import sys
from pathlib import Path

import pytest

from asm816 import assemble
from asm816.errors import FileAccessError
from asm816.image import image_of
from asm816.limits import Limits
from asm816.source import SourceProblem, Sources


def sources(*folders):
    return Sources(folders, Limits())


def test_lines():
    file = sources().text("\ufeffone\r\ntwo\n", "x")
    assert file.lines == ("one", "two", "")


def test_block_comments_keep_lines_and_columns():
    file = sources().text('a /* x\n y */ b ; /* no\n"/*" /**/ c\n', "x")
    assert file.code == ("a     ", "      b ; /* no", '"/*"      c', "")
    assert file.lines[0] == "a /* x"


def test_order_of_search(tmp_path, monkeypatch):
    for name in ("beside", "here", "one", "two"):
        (tmp_path / name).mkdir()
    main = tmp_path / "beside" / "main.asm"
    main.write_text('.org 0\n.include "part.inc"\n')
    monkeypatch.chdir(tmp_path / "here")
    folders = [tmp_path / "two", tmp_path / "one"]
    for number, name in enumerate(["one", "two", "here", "beside"]):
        (tmp_path / name / "part.inc").write_text(f" db {number}\n")
        result = assemble(main, include_dirs=folders)
        assert result.image == image_of([(0, bytes([number]))])
    assert result.files == (main, tmp_path / "beside" / "part.inc")


def test_main_file_that_cannot_be_read(tmp_path):
    for path in (tmp_path, tmp_path / "missing.asm"):
        with pytest.raises(FileAccessError) as caught:
            assemble(path)
        assert caught.value.code == "E0102"


def test_windows_line_ends_and_no_last_newline(tmp_path):
    path = tmp_path / "main.asm"
    path.write_bytes(b".org 0\r\n nop\r\n.define A 1 + \\\r\n 2\r\n db A")
    assert assemble(path).image.segments[0].data == b"\xea\x03"


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [(b"a\n\xe9", "E0105", 2, 1), (b"nop\n ;\xc3\xa9\0", "E0106", 2, 4), (b"\n/*", "E0109", 2, 1)],
)
def test_problems_have_a_place(tmp_path, data, code, line, column):
    path = tmp_path / "x.asm"
    path.write_bytes(data)
    with pytest.raises(SourceProblem) as caught:
        sources().file(Path(path))
    assert (caught.value.code, caught.value.span.line, caught.value.span.column) == (code, line, column)


SPELLINGS = (
    "../out.inc", "./../out.inc", "sub/../../out.inc", "sub/./.././../out.inc", "..//out.inc", ".././root/../out.inc",
    "{absolute}/out.inc", "//{absolute}/out.inc", "{absolute}/root/../out.inc", "link.inc", "sub/link.inc", "folder/out.inc",
    "folder/../out.inc", "loop/loop/../../out.inc", "../root2/out.inc", "/etc/passwd", "/etc/../etc/passwd", "/dev/null",
    "/proc/self/environ", "../../../../../../../../etc/passwd", "folder/root/../out.inc", "sub/up/out.inc",
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links and paths")
@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("directive", ["include", "binfile"])
def test_nothing_outside_of_the_root_is_read(tmp_path, spelling, directive, monkeypatch):
    root = tmp_path / "root"
    for folder in (root, root / "sub", tmp_path / "root2"):
        folder.mkdir()
        (folder / "in.inc").write_text(" nop\n")
    for path in (tmp_path / "out.inc", tmp_path / "root2" / "out.inc"):
        path.write_text(" clc\n")
    (root / "link.inc").symlink_to(tmp_path / "out.inc")
    (root / "sub" / "link.inc").symlink_to("../../out.inc")
    (root / "folder").symlink_to(tmp_path)
    (root / "loop").symlink_to(".")
    (root / "sub" / "up").symlink_to("../..")
    monkeypatch.chdir(root)
    name = spelling.format(absolute=tmp_path)
    main = root / "main.asm"
    main.write_text(f'.{directive} "{name}"\n')
    result = assemble(main, restrict_includes=root, include_dirs=[tmp_path / "root2"])
    assert not result.ok
    assert [path.name for path in result.files] == ["main.asm"]
    main.write_text(f'.{directive} "sub/../sub/in.inc"\n.{directive} "loop/in.inc"\n')
    assert assemble(main, restrict_includes=root).ok


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX FIFOs and devices")
@pytest.mark.parametrize("directive", ["include", "binfile"])
def test_what_is_no_file_is_not_read(tmp_path, directive):
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for name in ("fifo", "socket", "/dev/zero", "/dev/tty", ".", "", "/"):
            main = tmp_path / "main.asm"
            main.write_text(f'.{directive} "{name}"\n')
            (found,) = assemble(main).diagnostics
            assert found.code == "E0102", name
            assert "it is not a file" in found.message
    with pytest.raises(FileAccessError, match="not a file"):
        assemble(tmp_path / "fifo")


def test_a_data_file_is_read_once(tmp_path):
    (tmp_path / "data").write_bytes(bytes(60_000))
    result = assemble(text='.binfile "data"\n' * 100, include_dirs=[tmp_path])
    assert result.image.size == 6_000_000
    assert len(result.files) == 1
    result = assemble(text='.binfile "data"\n' * 2000, include_dirs=[tmp_path])
    assert [found.code for found in result.diagnostics] == ["E0603"]
