# SPDX-License-Identifier: MIT
from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from emu import Board, bootfile


@pytest.fixture
def booted(tmp_path):
    board = Board("qbx")
    bootfile.boot(board, tmp_path)
    return board


def no_boot(_board):
    raise AssertionError("it was booted for real")


def test_the_second_board_boots_from_the_file(booted, tmp_path, monkeypatch):
    monkeypatch.setattr(Board, "boot", no_boot)
    second = Board("qbx")
    bootfile.boot(second, tmp_path)
    assert second.snapshot() == booted.snapshot()
    assert second.serial(3).received.endswith(b"\r>")


def test_another_board_is_another_boot(booted, tmp_path, monkeypatch):
    monkeypatch.setattr(Board, "boot", no_boot)
    with pytest.raises(AssertionError, match="for real"):
        bootfile.boot(Board("sxb"), tmp_path)


def test_another_code_is_another_boot(booted, tmp_path, monkeypatch):
    monkeypatch.setattr(Board, "boot", no_boot)
    monkeypatch.setattr(bootfile, "_CODE", Path(__file__).parent)
    with pytest.raises(AssertionError, match="for real"):
        bootfile.boot(Board("qbx"), tmp_path)


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-1], lambda data: data[:-9] + b"123456789"]
)
def test_a_damaged_file_costs_one_boot(booted, tmp_path, damage):
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    board = Board("qbx")
    bootfile.boot(board, tmp_path)
    assert board.serial(3).received.endswith(b"\r>")
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path):
    (tmp_path / "file").touch()
    board = Board("qbx")
    bootfile.boot(board, tmp_path / "file" / "folder")
    assert board.serial(3).received.endswith(b"\r>")


def test_old_files_go(booted, tmp_path, monkeypatch):
    monkeypatch.setattr(bootfile, "MOST_FILES", 1)
    bootfile.boot(Board("sxb"), tmp_path)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("system", "environment", "ending"),
    [
        ("linux", {}, ".cache/mensch816"),
        ("linux", {"XDG_CACHE_HOME": "/var/x"}, "/var/x/mensch816"),
        ("darwin", {"XDG_CACHE_HOME": "/var/x"}, "Library/Caches/mensch816"),
        ("win32", {"LOCALAPPDATA": "/users/me/local"}, "local/mensch816/cache"),
        ("win32", {}, "AppData/Local/mensch816/cache"),
    ],
)
def test_where_the_systems_keep_such_files(system, environment, ending):
    assert PurePath(bootfile.cache_folder(system, environment)).as_posix().endswith(ending)
