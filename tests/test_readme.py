# SPDX-License-Identifier: MIT
"""What the README shows is what happens: its commands are run and its outputs compared."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
MODULES = {"asm816": "asm816.cli", "dis816": "asm816.dis_cli", "emu816": "emu.cli", "sxb": "sxb.cli"}


def shown():
    """(command, output) of each `$` line in the console blocks."""
    pairs = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            pairs.append((command, output))
    return pairs


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of what the commands read, so that what they write does not land in the tree."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("examples", "tests/golden/readme", "tests/emu/cpu"):
        shutil.copytree(PROJECT / name, folder / name)
    return folder


@pytest.mark.parametrize(("command", "output"), shown(), ids=lambda text: text.split("\n")[0][:40])
def test_a_command_prints_what_the_readme_shows(checkout, command, output):
    tool, *arguments = command.split()
    code = f"import sys; from {MODULES[tool]} import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        cwd=checkout,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (ran.stdout + ran.stderr).replace("\r\n", "\n") == output


def test_there_is_something_to_run():
    assert len(shown()) >= 4


def test_make_demo_is_the_command_that_the_readme_shows():
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert "$(BIN)/" + shown()[0][0] in makefile


def test_the_python_of_the_readme_runs(checkout, monkeypatch, capsys):
    monkeypatch.chdir(checkout)
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(block, names)  # noqa: S102 - the README's own examples
    assert capsys.readouterr().out.startswith("[")


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(target):
    assert (PROJECT / target).exists()
