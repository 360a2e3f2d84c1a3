# SPDX-License-Identifier: MIT
"""`sxb new`: what it makes works as it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from asm816.target.boards import BOARDS
from sxb.cli import main
from sxb.project import FILES, make_project, texts


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "my-blinker"
    make_project(folder, BOARDS["qbx"])
    return folder


@pytest.mark.parametrize("board", BOARDS)
def test_its_test_passes_at_once(tmp_path, board, capsys):
    folder = tmp_path / "first"
    assert main(["new", str(folder), "--board", board]) == 0
    assert "sxb run first.asm" in capsys.readouterr().out
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "3 passed" in ran.stdout


def test_its_test_fails_when_the_program_is_wrong(project):
    source = project / "my-blinker.asm"
    source.write_text(source.read_text(encoding="utf-8").replace("inc a", "dec a"), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 1
    assert "1 failed, 2 passed" in ran.stdout


def test_its_program_runs(project, capsys):
    source = str(project / "my-blinker.asm")
    assert main(["run", source, "--port", "emu:", "--for", "1s", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bytes"] == 30


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_its_makefile_works(project):
    commands = project.parent / "bin"
    commands.mkdir()
    for tool, module in (("asm816", "asm816.cli"), ("sxb", "sxb.cli")):
        script = commands / tool
        script.write_text(
            f"#!{sys.executable}\nimport sys\nfrom {module} import main\nsys.exit(main())\n", "utf-8"
        )
        script.chmod(0o755)
    environment = os.environ | {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        ["make", "all", "demo", "test", f"PYTHON={sys.executable}"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (project / "my-blinker.hex").is_file()
    assert "LED0 P70" in ran.stdout
    assert "3 passed" in ran.stdout


def test_nothing_is_left_to_fill_in():
    made = texts("x-y", BOARDS["sxb"])
    assert len(made) == len(FILES)
    assert "test_x_y.py" in made
    assert not [path for path, text in made.items() if "{{" in path + text]
    assert "W65C265SXB" in made["README.md"]


def test_what_is_there_is_not_touched(tmp_path, capsys):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "diary").write_text("!", encoding="ascii")
    assert main(["new", str(folder)]) == 3
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["diary"]
    (tmp_path / "file").write_bytes(b"")
    assert main(["new", str(tmp_path / "file"), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["code"] == "S0306"


@pytest.mark.parametrize("name", ["1st", "a b", "ä", "..", "con", "LPT1", "a" * 65, "a.b"])
def test_names_that_are_none(tmp_path, name, capsys):
    assert main(["new", str(tmp_path / name)]) == 2
    assert "is no name for a project" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there(tmp_path, capsys):
    assert main(["new", str(tmp_path / "no" / "where")]) == 3
    assert "S0307" in capsys.readouterr().err


def test_a_project_that_cannot_be_finished_is_not_begun(tmp_path, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["new", str(tmp_path / "x")]) == 3
    assert list(tmp_path.iterdir()) == []
