# SPDX-License-Identifier: MIT
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
