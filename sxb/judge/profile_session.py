# SPDX-License-Identifier: MIT
"""Where the time of the tested programs goes: profiles added up over a run of pytest, in parallel processes too."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from asm816.errors import ToolError
from asm816.outputs import write_atomically
from emu.commands.report import table
from emu.probes.names import Names
from emu.probes.profile import Profile, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from asm816.assembler import Assembly
    from sxb.judge.target import Target

USUAL_PLACE = "asm-profile.json"
_OUTPUT = "mensch816_asm_profile"
"""Under which name a process of pytest-xdist hands over what it has counted."""


@dataclass
class Times:
    """PHI2 cycles and instructions by name, of one program's routines or lines."""

    cycles: Counter[str] = field(default_factory=Counter)
    instructions: Counter[str] = field(default_factory=Counter)

    def add(self, shares: Iterable[Share]) -> None:
        """What one more test took."""
        for share in shares:
            self.cycles[share.name] += share.cycles
            self.instructions[share.name] += share.instructions

    def shares(self) -> list[Share]:
        """The longest time first."""
        whole = self.cycles.total() or 1
        return [
            Share(name, count, self.instructions[name], count / whole)
            for name, count in sorted(self.cycles.items(), key=lambda item: (-item[1], item[0]))
        ]


class ProfileSession:
    """The plugin that `--asm-profile` registers."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._place = config.rootpath / (config.getoption("--asm-profile") or USUAL_PLACE)
        self._programs: dict[str, tuple[Times, Times]] = {}  # of routines, of lines
        self._running: list[tuple[Assembly, Profile]] = []

    def follow(self, target: Target, program: Assembly) -> None:
        """Count the cycles of a program on a board from now on."""
        profile = Profile(target.cycle)
        target.profile(profile)
        self._running.append((program, profile))

    def gather(self) -> None:
        """A test is over."""
        for program, profile in self._running:
            profile.finish()
            names = Names(program.debug_info())
            shares = {"routines": profile.by_routine(names), "lines": self._lines(profile.by_line(names))}
            self._add(self._shown(str(program.files[0])) if program.files else "<text>", shares)
        self._running.clear()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """A process of several hands over what it has."""
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output[_OUTPUT] = self._values()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A process of several is done."""
        for name, kinds in getattr(node, "workeroutput", {}).get(_OUTPUT, {}).items():
            self._add(name, {kind: [Share(**share) for share in shares] for kind, shares in kinds.items()})

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The tables, and the file."""
        terminalreporter.section("profile of the assembly source")
        if not self._programs:
            terminalreporter.write_line("no program was run by the fixture board")
            return
        for name, (routines, lines) in sorted(self._programs.items()):
            terminalreporter.write_line(name)
            for line in [*table("routine", routines.shares()), *table("line", lines.shares())]:
                terminalreporter.write_line(line)
        text = json.dumps(self._values(), indent=1) + "\n"
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._place, text.encode())
            terminalreporter.write_line(f"profile: {self._place}")
        except (ToolError, OSError) as error:
            terminalreporter.write_line(f"profile not saved: {error}", red=True)

    def _values(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Program -> what `emu816 run --profile --json` calls the profile."""
        return {
            name: {
                "routines": [asdict(share) for share in routines.shares()],
                "lines": [asdict(share) for share in lines.shares()],
            }
            for name, (routines, lines) in sorted(self._programs.items())
        }

    def _add(self, program: str, shares: Mapping[str, list[Share]]) -> None:
        routines, lines = self._programs.setdefault(program, (Times(), Times()))
        routines.add(shares["routines"])
        lines.add(shares["lines"])

    def _lines(self, shares: Iterable[Share]) -> list[Share]:
        """Files as they are called from the root of the tests."""
        parts = [(share, *share.name.rpartition(":")) for share in shares]
        return [
            replace(share, name=f"{self._shown(file)}{colon}{line}") for share, file, colon, line in parts
        ]

    def _shown(self, file: str) -> str:
        path = Path(file)
        root = self._config.rootpath
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
