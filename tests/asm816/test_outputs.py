# SPDX-License-Identifier: MIT
import os
import stat
import sys
from pathlib import Path

import pytest

from asm816.errors import FileAccessError
from asm816.exitcodes import ExitCode
from asm816.outputs import WholeFile, write_atomically, write_together


def test_writes_and_replaces(tmp_path):
    path = tmp_path / "out.hex"
    write_atomically(path, b"one")
    write_atomically(str(path), b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "out.hex"
    path.write_bytes(b"old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileAccessError) as caught:
        write_atomically(path, b"new")
    assert caught.value.code == "E0715"
    assert caught.value.exit_code == ExitCode.FILE_ACCESS
    assert "No space" in caught.value.sentence
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["", "missing/out.hex", "a\0b"])
def test_places_that_cannot_be_written(tmp_path, name):
    with pytest.raises(FileAccessError):
        write_atomically(tmp_path / name, b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links and rights")
def test_links_and_rights(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    write_atomically(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


def files_in(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("broken", [0, 1, 2])
@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_several_files_or_none(tmp_path, monkeypatch, broken, fault):
    """The fault hits the file with the number `broken`; the second one did not exist before."""
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    before = files_in(tmp_path)
    calls = []
    real_fsync, real_replace = os.fsync, Path.replace

    def failing(real, *arguments):
        calls.append(arguments)
        if len(calls) == broken + 1:
            raise OSError(5, "Input/output error")
        return real(*arguments)

    monkeypatch.setattr(
        os, "fsync", lambda *a: failing(real_fsync, *a) if fault == "fsync" else real_fsync(*a)
    )
    monkeypatch.setattr(
        Path, "replace", lambda *a: failing(real_replace, *a) if fault == "replace" else real_replace(*a)
    )
    with pytest.raises(FileAccessError):
        write_together({tmp_path / name: b"new" for name in "abc"})
    assert files_in(tmp_path) == before


def test_several_files(tmp_path):
    (tmp_path / "a").write_bytes(b"old a")
    write_together({tmp_path / "a": b"1", str(tmp_path / "b"): b"2"})
    assert files_in(tmp_path) == {"a": b"1", "b": b"2"}


def test_a_file_in_pieces_is_there_when_it_is_whole(tmp_path):
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    with WholeFile(path) as file:
        file.write(b"one")
        file.write(b"two")
        assert path.read_bytes() == b"old"
        file.keep()
    assert path.read_bytes() == b"onetwo"
    with WholeFile(path) as file:
        file.write(b"half")
    assert path.read_bytes() == b"onetwo"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_known_at_once(tmp_path):
    for name in ("missing/out.hex", "a\0b", "."):
        with pytest.raises(FileAccessError):
            WholeFile(tmp_path / name)
    with WholeFile(os.devnull) as file:
        file.write(b"gone")
        file.keep()
    assert not list(tmp_path.iterdir())
