# SPDX-License-Identifier: MIT
"""The terminal pictures of README and docs show what fresh runs write, but for their times."""

from __future__ import annotations

import html
import importlib.util
import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

DOCS = Path(__file__).parents[1] / "docs"
_SPEC = importlib.util.spec_from_file_location("picture", DOCS / "picture.py")
picture = importlib.util.module_from_spec(_SPEC)
sys.modules[picture.__name__] = picture
_SPEC.loader.exec_module(picture)


def texts(svg):
    """The texts of a picture, times as T."""
    found = [
        html.unescape(text).replace("\xa0", " ").strip() for text in re.findall(r"<text[^>]*>([^<]*)", svg)
    ]
    return [re.sub(r"\d+\.\d s", "T", text) for text in found if text]


@pytest.fixture(params=picture.RECORDINGS, ids=lambda recording: recording.name)
def recording(request):
    return request.param


@pytest.fixture
def shown(recording):
    return texts(recording.picture.read_text(encoding="utf-8"))


def test_it_shows_the_progress(recording, shown):
    assert set(recording.phases) <= set(shown)
    assert f"$ {recording.command}" in shown


def test_its_end_is_that_of_a_fresh_run(recording, shown, tmp_path):
    last = picture.run_on_a_board(recording, tmp_path, "max", "10s")[-1]
    written = [line.strip() for line in last.plain if line and not line.startswith("sxb: ")]
    fresh = [re.sub(r"\d+\.\d s", "T", line) for line in written]
    assert fresh == shown[-len(fresh) :]


def test_a_page_shows_each_of_them(recording):
    pages = (DOCS.parent / "README.md", DOCS / "uploading.md")
    assert any(f"{recording.name}.svg)" in page.read_text(encoding="utf-8") for page in pages)


def test_a_terminal_that_meets_what_it_does_not_know_says_so():
    with pytest.raises(ValueError, match="does not know"):
        picture.Screen().feed("\x1b]0;title\x07")
