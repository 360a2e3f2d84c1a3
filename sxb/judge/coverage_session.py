# SPDX-License-Identifier: MIT
"""Coverage over a run of pytest: gathered test by test, in parallel processes too, and reported at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sxb.judge.coverage import Coverage, Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from asm816.assembler import Assembly
    from sxb.judge.target import Target

DATA_FILE = ".asm-coverage"
_OUTPUT = "mensch816_asm_coverage"
"""Under which name a process of pytest-xdist hands over what it has covered."""


class CoverageSession:
    """The plugin that `--asm-cov` registers."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._session = Session()
        self._running: list[Coverage] = []
        self._reports = _reports_of(config.getoption("--asm-cov"), config.rootpath)

    def follow(self, target: Target, program: Assembly) -> None:
        """Cover a program on a board from now on."""
        coverage = Coverage(program)
        target.cover(coverage)
        self._running.append(coverage)

    def gather(self) -> None:
        """A test is over."""
        for coverage in self._running:
            self._session.add(coverage.files())
        self._running.clear()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """A process of several hands over what it has."""
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output[_OUTPUT] = self._session.plain()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process of several is done."""
        self._session.add_plain(getattr(node, "workeroutput", {}).get(_OUTPUT, {}))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The reports."""
        terminalreporter.section("coverage of the assembly source")
        if not self._session.files:
            terminalreporter.write_line("no program from a file was run by the fixture board")
            return
        from sxb.judge.coverage_report import report

        table, _ = report(self._session.files, self._config.rootpath / DATA_FILE, self._reports)
        terminalreporter.write(table)
        for kind, place in self._reports.items():
            shown = place / "index.html" if kind == "html" else place
            terminalreporter.write_line(f"{kind}: {shown}")


def _reports_of(options: list[str], root: Path) -> Mapping[str, Path]:
    """What ``--asm-cov`` says: kind -> where.  Raises UsageError."""
    try:
        from sxb.judge.coverage_report import REPORTS, USUAL_PLACES
    except ImportError as error:
        raise pytest.UsageError("--asm-cov needs coverage.py: pip install 'mensch816[test]'") from error
    reports = {}
    for option in options:
        kind, _, place = option.partition(":")
        if kind == "term":
            continue
        if kind not in REPORTS:
            raise pytest.UsageError(
                f"--asm-cov {option}: it is {', '.join(REPORTS)}, with :PLACE behind it or without"
            )
        reports[kind] = root / (place or USUAL_PLACES[kind])
    return reports
