# SPDX-License-Identifier: MIT
"""`sxb doctor`."""

from __future__ import annotations

import platform
import sys
import time
from typing import TYPE_CHECKING

import rich_click as click

from sxb.options import FILE, examples, line_options

if TYPE_CHECKING:
    from sxb.checkup import Finding
    from sxb.client import Monitor
    from sxb.session import Session
    from sxb.transport import Line


@click.command("doctor")
@examples("sxb doctor", "sxb doctor --port /dev/ttyUSB0 -o report.zip", "sxb doctor --port emu: --json")
@click.option(
    "-o",
    "--output",
    "bundle_file",
    type=FILE,
    metavar="FILE",
    help="Write a report for somebody else (.zip).",
)
@line_options
def command(session: Session, *, bundle_file: str | None) -> int:
    """Look at everything from the cable to the crystal; say what is wrong and what to try.

    Two bytes at the ends of external RAM are written and put back, nothing else is changed.  Ends with the exit
    code of what is wrong, 0 if nothing is.
    """
    from sxb.checkup import examine
    from sxb.client import Monitor, open_port
    from sxb.wiredump import WireDump

    wire: list[str] = []
    writers = [wire.append, *([lambda row: click.echo(row, err=True)] if session.verbose else [])]
    recorder = session.recorder()

    def find(line: Line) -> Monitor:
        if recorder is not None:
            recorder.follow(line)
        monitor = Monitor(line, timeout=session.timeout, trace=WireDump(writers, time.monotonic))
        monitor.find()
        return monitor

    port = session.port_name()
    findings: list[Finding] = []
    for finding in examine(port, lambda: open_port(port, session.asked()), find):
        findings.append(finding)
        _show(session, finding)
    if bundle_file is not None:
        _write(session, bundle_file, findings, wire)
    session.result({"findings": [_values(finding) for finding in findings]})
    return next((finding.exit_code for finding in findings if finding.exit_code), 0)


def _show(session: Session, finding: Finding) -> None:
    code = f" [{finding.code}]" if finding.code else ""
    session.say(f"{finding.name:9}{finding.state:6}{finding.seen}{code}")
    if finding.hint:
        session.say(f"{'':15}try: {finding.hint}")


def _values(finding: Finding) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(finding)


def _write(session: Session, file: str, findings: list[Finding], wire: list[str]) -> None:
    from asm816.outputs import write_atomically
    from sxb.checkup import bundle
    from sxb.session import tool_name

    system = {"tool": tool_name(), "system": platform.platform(), "python": sys.version.split()[0]}
    write_atomically(file, bundle(findings, system, wire))
    session.say(
        f"report in {file}: what was found, and what went over the line; no program of yours is in it"
    )
