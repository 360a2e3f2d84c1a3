# SPDX-License-Identifier: MIT
"""A recording as a picture, SVG or PNG: a row per pin, time in ms.

Drawn by matplotlib, which is an extra of its own (``mensch816[plot]``): nothing else needs it.  The same
recording gives the same bytes with the same matplotlib.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asm816.exitcodes import ExitCode
from asm816.outputs import write_atomically
from emu.errors import EmuError
from emu.probes.waves import NS_PER_MS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from emu.probes.waves import Recording, Wave

FORMATS = ("svg", "png")

LED_COLOUR, PIN_COLOUR, AXIS_COLOUR = "#c62828", "#1565c0", "#555555"

_WIDTH, _ROW, _MARGIN = 9.0, 0.34, 1.0
"""Inches: the picture's width, a row's height, room for title and axis."""

_COLUMNS = 2000
"""Edges that lie closer together than a part of the width of this size would be one stroke: most of them are left out."""

_SETTINGS: dict[Any, Any] = {  # matplotlib's own type lists every name it knows
    "svg.hashsalt": "mensch816",  # element names that are the same each time
    "svg.fonttype": "none",  # text as text
    "font.family": "sans-serif",
    "font.size": 9.0,
}


def format_of(path: str | Path) -> str:
    """``svg`` or ``png``, by the suffix.  Raises EmuError (E2090) for another."""
    suffix = Path(path).suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        raise EmuError("E2090", f"'{path}' is no picture that can be made", "end its name in .svg or .png")
    return suffix


def write_plot(path: str | Path, recording: Recording, title: str = "") -> None:
    """Write the picture, whole or not at all.

    Raises EmuError for another suffix than .svg and .png (E2090) or without matplotlib (E2091), and
    FileAccessError.
    """
    write_atomically(path, plot(recording, format_of(path), title))


def plot(recording: Recording, kind: str = "svg", title: str = "") -> bytes:
    """The picture as bytes; `kind` is one of FORMATS.  Raises EmuError (E2091) without matplotlib.

    In an SVG the line of a pin is a path in the group of its name, from the beginning to the end.
    """
    check_library()
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(_WIDTH, _MARGIN + _ROW * max(1, len(recording.waves))), layout="constrained")
        (FigureCanvasSVG if kind == "svg" else FigureCanvasAgg)(figure)
        _draw(figure, recording, title)
        out = BytesIO()
        nothing = {"Date": None, "Creator": "mensch816"} if kind == "svg" else {"Software": "mensch816"}
        figure.savefig(out, format=kind, dpi=150, metadata=nothing)
    return out.getvalue()


def check_library() -> None:
    """Raises EmuError (E2091) where matplotlib is not installed."""
    try:
        import matplotlib as mpl
    except ImportError:
        hint = "install it: pip install 'mensch816[plot]' (in a clone: pip install '.[plot]')"
        raise EmuError("E2091", "pictures need matplotlib", hint, ExitCode.USAGE) from None
    del mpl


def _draw(figure: Figure, recording: Recording, title: str) -> None:
    axes = figure.subplots()
    end = recording.duration / NS_PER_MS
    for row, wave in enumerate(reversed(recording.waves)):
        _draw_wave(axes, wave, row, recording.duration)
    axes.set_xlim(0, end or 1)
    axes.set_ylim(-0.25, max(1, len(recording.waves)))
    axes.set_yticks(
        [row + 0.35 for row in range(len(recording.waves))],
        [wave.title for wave in reversed(recording.waves)],
    )
    axes.set_xlabel("time in ms")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    if title:
        axes.set_title(title, loc="left", fontsize=10)


def _draw_wave(axes: Axes, wave: Wave, row: int, duration: int) -> None:
    colour = LED_COLOUR if wave.label else PIN_COLOUR
    shown = thinned(wave.edges, duration)
    times = [0.0, *(time / NS_PER_MS for time, _ in shown), duration / NS_PER_MS]
    levels = [wave.level, *(level for _, level in shown)]
    heights = [row + 0.7 * level for level in (*levels, levels[-1])]
    (line,) = axes.step(times, heights, where="post", color=colour, linewidth=1.0, solid_joinstyle="miter")
    line.set_gid(wave.name)
    filled = [lit == wave.lit if wave.label else bool(lit) for lit in (*levels, levels[-1])]
    axes.fill_between(
        times, row, [row + 0.7 * on for on in filled], step="post", color=colour, alpha=0.25, linewidth=0
    )
    if wave.period and wave.steady:
        axes.annotate(
            _period_text(wave.period),
            (1.005, row + 0.35),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8,
            color=AXIS_COLOUR,
            annotation_clip=False,
        )


def _period_text(seconds: float) -> str:
    """``500.002 ms``, or for what is fast ``440.0 Hz``."""
    return f"{seconds * 1000:.3f} ms" if seconds >= 0.02 else f"{1 / seconds:,.1f} Hz"


def thinned(edges: tuple[tuple[int, int], ...], duration: int) -> list[tuple[int, int]]:
    """The edges that can be told apart in the picture: of those in one column the first two or three.

    An even number is left out, so that the levels still alternate and the last one is right.
    """
    width = max(1, duration // _COLUMNS)
    shown: list[tuple[int, int]] = []
    for _, column in groupby(edges, key=lambda edge: edge[0] // width):
        group = list(column)
        shown += group if len(group) < 3 else [*group[: 1 + len(group) % 2], group[-1]]
    return shown
