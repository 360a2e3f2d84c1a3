# SPDX-License-Identifier: MIT
"""docs/instruments.md: its commands run and print what it shows, its pictures show what happens."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

from emu.cli import command
from emu.script import parse_script

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs" / "instruments.md").read_text(encoding="utf-8")
SVG = "{http://www.w3.org/2000/svg}"

_SPEC = importlib.util.spec_from_file_location("pictures", PROJECT / "docs" / "pictures.py")
pictures = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(pictures)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A copy of the examples, so that what the commands write does not land in the tree."""
    shutil.copytree(PROJECT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_its_console_blocks_are_true(checkout):
    emu816 = "import sys; from emu.cli import main; sys.exit(main())"
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for part in block.split("$ ")[1:]:
            typed, _, shown = part.partition("\n")
            tool, *arguments = shlex.split(typed)
            if tool == "cat":
                said = "".join((checkout / name).read_text(encoding="utf-8") for name in arguments)
            else:
                ran = subprocess.run(
                    [sys.executable, "-X", "utf8", "-c", emu816, *arguments],
                    capture_output=True,
                    encoding="utf-8",
                    check=False,
                )
                said = ran.stdout + ran.stderr
            assert said == shown, typed


def test_its_python_runs(checkout, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})  # noqa: S102 - the page's own example
    assert f"`{capsys.readouterr().out.strip()}`" in PAGE
    assert (checkout / "tones.vcd").exists()


def test_its_script_is_one():
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert [step.action for step in parse_script(text, "page")] == [
        "send",
        "expect",
        "press",
        "drive",
        "expect_pin",
    ]


def test_every_option_is_there_and_no_other():
    known = {
        option
        for name in ("run", "serve")
        for parameter in command.get_command(None, name).params
        for option in parameter.opts
        if option.startswith("--")
    }
    named = set(re.findall(r"[ `](--[a-z][a-z0-9-]+)", PAGE)) - {
        "--debug-info",
        "--port",
    }  # asm816's and sxb's
    assert named <= known
    assert known - named <= {"--backend"}


def drawn(svg: str) -> dict[str, list[tuple[float, float]]]:
    """Pin -> the upright strokes of its line: where they are (0 to 1 of the width), and up (1) or down."""
    found = {}
    for group in ET.fromstring(svg).iter(f"{SVG}g"):  # noqa: S314 - ours
        if re.fullmatch(r"P[0-7][0-7]|TG[01]", group.get("id", "")):
            path = group.find(f"{SVG}path").get("d")
            points = [(float(x), float(y)) for x, y in re.findall(r"[ML] ([\d.]+) ([\d.]+)", path)]
            left, width = points[0][0], points[-1][0] - points[0][0]
            found[group.get("id")] = [
                ((x - left) / width, float(y < before))
                for (_, before), (x, y) in pairwise(points)
                if y != before
            ]
    return found


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_shows_what_happens(name, tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert pictures.draw(pictures.PICTURES[name], tmp_path / "new.svg") == 0
    shown = drawn((PROJECT / name).read_text(encoding="utf-8"))
    happened = drawn((tmp_path / "new.svg").read_text(encoding="utf-8"))
    assert shown.keys() == happened.keys()
    assert shown
    for pin, edges in happened.items():
        assert [up for _, up in shown[pin]] == [up for _, up in edges]
        assert [at for at, _ in shown[pin]] == pytest.approx([at for at, _ in edges], abs=1e-3)


@pytest.mark.parametrize(
    "page",
    [
        "docs/instruments.md",
        "README.md",
        *map("examples/{}/README.md".format, ("led_blink", "led_chase", "tones", "hello")),
    ],
)
def test_pictures_in_documents_are_of_the_table(page):
    text = (PROJECT / page).read_text(encoding="utf-8")
    named = re.findall(r"!\[[^]]+\]\(([^)]*pictures/[^)]*)\)", text)
    assert named or page == "README.md"
    for link in named:
        path = ((PROJECT / page).parent / link).resolve().relative_to(PROJECT)
        assert path.as_posix() in pictures.PICTURES
