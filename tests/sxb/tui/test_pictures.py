# SPDX-License-Identifier: MIT
"""Every screen is what its picture in docs/monitor shows: `make picture` makes them anew."""

from __future__ import annotations

import html
import importlib.util
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[3] / "docs"
_SPEC = importlib.util.spec_from_file_location("monitor_pictures", DOCS / "monitor_pictures.py")
studio = importlib.util.module_from_spec(_SPEC)


@pytest.fixture(scope="module", autouse=True)
def _with_our_ports():
    """The pictures show one cable, whatever is plugged in; afterwards the real ones count again."""
    from sxb.tui.screens import connect

    before = connect.system_ports
    _SPEC.loader.exec_module(studio)
    yield
    connect.system_ports = before


def texts(svg):
    """(row, text) of all the texts of a picture."""
    found = re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)</text>', svg)
    return [(y, html.unescape(text).replace("\xa0", " ")) for y, text in found]


@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_screens_are_those_of_the_pictures(size):
    for name, svg in studio.pictures(size):
        kept = (DOCS / "monitor" / f"{name}-{size[0]}x{size[1]}.svg").read_text(encoding="utf-8")
        assert texts(svg) == texts(kept), f"{name}: make picture, and look at them"
