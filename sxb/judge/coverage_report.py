# SPDX-License-Identifier: MIT
"""Coverage of assembly sources as coverage.py reports it: on the terminal, as HTML, LCOV and Cobertura XML.

It has a data file of its own, so that the coverage of Python code in the same run is not touched, and brings its plugin
along: nothing is to be configured.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import coverage
from coverage.plugin import CoveragePlugin, FileReporter

from sxb.judge.coverage import OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from coverage.plugin_support import Plugins
    from coverage.types import TArc, TLineNo

    from sxb.judge.coverage import Lines

REPORTS = ("html", "lcov", "xml")
"""Kinds of reports beside the terminal's: ``html:DIR``, ``lcov:FILE``, ``xml:FILE``."""

USUAL_PLACES = {"html": "asm-htmlcov", "lcov": "asm-coverage.lcov", "xml": "asm-coverage.xml"}


class AsmReporter(FileReporter):
    """What coverage.py asks of a source: its lines with instructions, and the ways its branches can go."""

    def __init__(self, filename: str, lines: Lines) -> None:
        super().__init__(filename)
        self._lines = lines

    def lines(self) -> set[TLineNo]:
        """Lines that make instructions."""
        return set(self._lines.code)

    def arcs(self) -> set[TArc]:
        """Both ways of each conditional branch."""
        return set(self._lines.possible)

    def exit_counts(self) -> dict[TLineNo, int]:
        """Line -> how many ways lead on from it, of the branches."""
        counts: dict[TLineNo, int] = {}
        for line, _ in self._lines.possible:
            counts[line] = counts.get(line, 0) + 1
        return counts

    def missing_arc_description(
        self, start: TLineNo, end: TLineNo, executed_arcs: Iterable[TArc] | None = None
    ) -> str:
        """For the HTML report."""
        del executed_arcs
        return (
            f"the branch on line {start} never went to {'another file' if end == OUTSIDE else f'line {end}'}"
        )

    def arc_description(self, start: TLineNo, end: TLineNo) -> str:
        """For the LCOV and HTML reports."""
        del start
        return "to another file" if end == OUTSIDE else f"to line {end}"


class AsmPlugin(CoveragePlugin):
    """Hands out the reporters."""

    def __init__(self, files: Mapping[str, Lines]) -> None:
        self._files = files

    def file_reporter(self, filename: str) -> FileReporter:
        """The reporter of a file."""
        return AsmReporter(filename, self._files[filename])


def report(files: Mapping[str, Lines], data_file: Path, reports: Mapping[str, Path]) -> tuple[str, float]:
    """Write the data file and the `reports` (a kind of `REPORTS` -> where); the terminal's table and the percentage.

    Raises what coverage.py raises (`coverage.CoverageException`) and OSError.
    """

    def plug(registry: Plugins) -> None:
        registry.add_file_tracer(AsmPlugin(files))

    data_file.unlink(missing_ok=True)
    measured = coverage.Coverage(
        data_file=str(data_file), config_file=False, branch=True, plugins=[plug], messages=False
    )
    data = measured.get_data()
    data.add_arcs({name: lines.gone for name, lines in files.items()})
    name = measured._plugins.file_tracers[0]._coverage_plugin_name  # noqa: SLF001 - it says which plugin is asked
    data.add_file_tracers(dict.fromkeys(files, name))
    data.write()
    out = StringIO()
    percent = measured.report(file=out, show_missing=True)
    if "html" in reports:
        measured.html_report(directory=str(reports["html"]), title="Coverage of the assembly source")
    if "lcov" in reports:
        measured.lcov_report(outfile=str(reports["lcov"]))
    if "xml" in reports:
        measured.xml_report(outfile=str(reports["xml"]))
    return out.getvalue(), percent
