# SPDX-License-Identifier: MIT
"""What every command that talks to a board has in common: its connection, its output."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from asm816.commandline import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sxb.client import Monitor
    from sxb.exchange import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The options of one command."""

    port: str | None
    board: str
    timeout: float
    wait: bool | None
    as_json: bool
    verbose: bool

    @property
    def waits(self) -> bool:
        """Whether to wait for RESET if the board is silent: as asked for, else if somebody is looking."""
        return self.wait if self.wait is not None else not self.as_json and sys.stderr.isatty()

    def connect(self, progress: Callable[[Progress], None] | None = None) -> Monitor:
        """Open the port and find the prompt."""
        from sxb.client import connect

        port = f"emu:{self.board}" if self.port is not None and self.port.lower() == "emu:" else self.port
        trace = _show_wire if self.verbose else None
        monitor = connect(port, timeout=self.timeout, progress=progress, trace=trace)
        self.say(f"port {monitor.port}{' (virtual board)' if monitor.board is not None else ''}")
        return monitor

    def say(self, line: str) -> None:
        """A plain line for people; silent with --json."""
        if not self.as_json:
            click.echo(printable(line))

    def result(self, values: Mapping[str, object]) -> None:
        """The result for programs; silent without --json."""
        if self.as_json:
            click.echo(json.dumps(values))


def _show_wire(direction: str, data: bytes) -> None:
    """One piece of data on the line, as bytes and as text."""
    text = "".join(chr(c) if 0x20 <= c < 0x7F else "." for c in data)
    click.echo(f"{direction} {data.hex(' ')}  {text}", err=True)
