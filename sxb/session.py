# SPDX-License-Identifier: MIT
"""What every command that talks to a board has in common: its connection, its output."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from asm816.terminal import printable
from sxb import errors
from sxb.program import read_symbols, resolve
from sxb.wiredump import WireDump

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from asm816.debuginfo import DebugInfo
    from sxb.client import Monitor
    from sxb.exchange import Progress
    from sxb.journal import Recorder
    from sxb.notices import Notice
    from sxb.transport import LineSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The options of one command; `flow`, `dtr`, `rts`, `led` and `rom` as they are spelled."""

    port: str | None
    board: str
    timeout: float
    wait: bool | None
    symbol_file: str | None
    flow: str
    dtr: str | None
    rts: str | None
    led: str | None
    rom: str | None
    as_json: bool
    verbose: bool
    log: str | None

    @property
    def waits(self) -> bool:
        """Whether to wait for RESET if the board is silent: as asked for, else if somebody is looking."""
        return self.wait if self.wait is not None else not self.as_json and sys.stderr.isatty()

    def connect(self, progress: Callable[[Progress], None] | None = None) -> Monitor:
        """Open the port and find the prompt."""
        from sxb.client import connect

        port = self.port_name()
        monitor = connect(
            port,
            timeout=self.timeout,
            progress=progress,
            trace=WireDump([lambda row: click.echo(row, err=True)], time.monotonic) if self.verbose else None,
            journal=self.recorder(),
            notice=_show_notice,
            wait=inf if self.waits and not _is_virtual(port) else 0.0,
            asked=self.asked(),
        )
        self.say(f"port {monitor.port}{' (virtual board)' if monitor.board is not None else ''}")
        return monitor

    def symbols(self) -> DebugInfo:
        """What is in the file of --symbols; nothing without it."""
        from asm816.debuginfo import DebugInfo

        return DebugInfo() if self.symbol_file is None else read_symbols(self.symbol_file, self.board)

    def address(self, place: int | str) -> int:
        """The address that was given as a number or by a symbol's name."""
        return place if isinstance(place, int) else resolve(place, self.symbols().addresses)

    def say(self, line: str) -> None:
        """A plain line for people; silent with --json."""
        if not self.as_json:
            click.echo(printable(line))

    def result(self, values: Mapping[str, object]) -> None:
        """The result for programs; silent without --json."""
        if self.as_json:
            click.echo(json.dumps(values))

    def port_name(self) -> str | None:
        """The port with the board and the LEDs' polarity in its URL, where it is a virtual one."""
        if self.port is None or not self.port.lower().startswith("emu:"):
            return self.port
        port = f"emu:{self.board}" if self.port.lower() == "emu:" else self.port
        own = {"led": self.led, "rom": self.rom}
        asked = "&".join(f"{name}={quote(value)}" for name, value in own.items() if value is not None)
        return f"{port}{'&' if '?' in port else '?'}{asked}" if asked else port

    def recorder(self, name: str | None = None) -> Recorder | None:
        """Writes the journal of --log, or one called `name`; it is ended when the command ends."""
        name = name or self.log
        if name is None:
            return None
        from sxb.journal import Recorder

        context = click.get_current_context()
        recorder = Recorder(_log_writer(name), context.info_name or "", tool_name(), _utc)
        context.call_on_close(recorder.end)
        return recorder

    def asked(self) -> LineSettings:
        """What is asked of the port."""
        from sxb.transport import LineSettings

        levels = {"on": True, "off": False}
        return LineSettings(self.flow, levels.get(self.dtr or ""), levels.get(self.rts or ""))


def _is_virtual(port: str | None) -> bool:
    """Whether the port is a board in this process, whose RESET nobody can press."""
    return port is not None and port.lower().startswith("emu:")


def _show_notice(notice: Notice) -> None:
    """What was met, or is to be done; never silent, since somebody may be waited for."""
    click.echo(printable(f"sxb: {notice.sentence}"), err=True)


def _log_writer(name: str) -> Callable[[str], object]:
    """Writes lines behind the sessions that are in the file already; it is closed when the command ends."""
    from sxb.journal import looks_like_journal

    path = Path(name)
    try:
        if path.is_file():
            with path.open("rb") as old:
                before = old.readline(64)
                cut = bool(before) and (old.seek(-1, 2), old.read(1))[1] != b"\n"
            if before and not looks_like_journal(before.decode("latin-1")):
                raise errors.log_is_no_journal(name)
        else:
            cut = False
        opened = path.open("a", encoding="ascii", newline="\n", buffering=1)
    except OSError as error:
        raise errors.log_unwritable(name, error.strerror or str(error)) from error
    file = click.get_current_context().with_resource(opened)
    if cut:  # whoever wrote it was stopped in the middle of a line
        file.write("\n")
    return file.write


def tool_name() -> str:
    """Which version of ours this is."""
    from importlib.metadata import version

    return f"mensch816 {version('mensch816')}"


def _utc() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
