# SPDX-License-Identifier: MIT
"""Pictures: what is drawn is what happened, at the right times."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from asm816.errors import FileAccessError
from emu import EmuError
from emu.probes.plot import plot, thinned, write_plot
from emu.probes.waves import NS_PER_MS, Recording, Wave

SVG = "{http://www.w3.org/2000/svg}"
BLINK = Recording(
    100 * NS_PER_MS,
    (
        Wave("P70", 1, ((20 * NS_PER_MS, 0), (40 * NS_PER_MS, 1), (90 * NS_PER_MS, 0)), "LED0"),
        Wave("TG0", 0, ((NS_PER_MS, 1),)),
    ),
)


def drawn_edges(svg: bytes, name: str, duration: int) -> list[tuple[float, int]]:
    """[(ms, level)] as they stand in the picture: upright strokes of the pin's path."""
    (group,) = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if g.get("id") == name]  # noqa: S314 - ours
    path = group.find(f"{SVG}path").get("d")
    points = [(float(x), float(y)) for x, y in re.findall(r"[ML] ([\d.]+) ([\d.]+)", path)]
    left, right = points[0][0], points[-1][0]
    return [
        ((x - left) / (right - left) * duration / NS_PER_MS, int(y < before))
        for (_, before), (x, y) in pairwise(points)
        if y != before
    ]


def test_an_svg_shows_each_edge_at_its_time():
    svg = plot(BLINK, "svg", "blink & co")
    edges = drawn_edges(svg, "P70", BLINK.duration)
    assert [level for _, level in edges] == [0, 1, 0]
    assert [ms for ms, _ in edges] == pytest.approx([20, 40, 90], abs=0.01)
    assert drawn_edges(svg, "TG0", BLINK.duration) == [(pytest.approx(1, abs=0.01), 1)]
    texts = [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - ours
    assert {"LED0 P70", "TG0", "time in ms", "blink & co"} <= set(texts)


def test_the_same_recording_gives_the_same_bytes():
    assert plot(BLINK, "svg") == plot(BLINK, "svg")
    assert plot(BLINK, "png") == plot(BLINK, "png")
    assert plot(BLINK, "png").startswith(b"\x89PNG")


def test_a_recording_without_anything_can_be_drawn():
    assert plot(Recording(0, ()), "png").startswith(b"\x89PNG")


def test_edges_too_close_to_be_told_apart_are_left_out_and_levels_still_alternate():
    dense = tuple((n * 100, n % 2) for n in range(100_000))
    shown = thinned(dense, 10_000_000)
    assert len(shown) <= 3 * 2001
    assert all(a[1] != b[1] for a, b in pairwise(shown))
    assert shown[0] == dense[0]
    assert shown[-1] == dense[-1]
    assert set(shown) <= set(dense)
    few = ((5, 1), (9_000_000, 0))
    assert thinned(few, 10_000_000) == list(few)


def test_the_suffix_says_what_is_made(tmp_path):
    write_plot(tmp_path / "a.PNG", BLINK)
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(EmuError) as caught:
        write_plot(tmp_path / "a.gif", BLINK)
    assert caught.value.code == "E2090"
    with pytest.raises(FileAccessError):
        write_plot(tmp_path / "no" / "a.svg", BLINK)
    assert [path.name for path in tmp_path.iterdir()] == ["a.PNG"]


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(EmuError, match="matplotlib") as caught:
        plot(BLINK)
    assert caught.value.code == "E2091"
    assert "pip install" in caught.value.hint
