# SPDX-License-Identifier: MIT
"""`sxb ports`."""

from __future__ import annotations

import json
from dataclasses import asdict

import rich_click as click

from asm816.commandline import printable


@click.command("ports")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def command(as_json: bool) -> None:
    """List the serial ports; * marks the one that is taken when --port is not given."""
    from sxb.ports import likely, system_ports

    found = system_ports()
    candidates = likely(found)
    chosen = candidates[0] if len(candidates) == 1 else None
    if as_json:
        click.echo(json.dumps([asdict(port) | {"default": port == chosen} for port in found]))
        return
    for port in found:
        usb = f"  {port.vid:04x}:{port.pid:04x}" if port.vid is not None and port.pid is not None else ""
        mark = "*" if port == chosen else " "
        click.echo(printable(f"{mark} {port.device}{usb}  {port.description}"))
    if not found:
        click.echo("no serial port is there")
    click.echo("  emu:qbx, emu:sxb  virtual boards, always there")
