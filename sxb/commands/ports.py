# SPDX-License-Identifier: MIT
"""`sxb ports`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import rich_click as click

from asm816.target.boards import BOARDS
from asm816.terminal import printable
from sxb.options import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sxb.ports import PortInfo


@click.command("ports")
@examples("sxb ports", "sxb ports --json")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def command(as_json: bool) -> None:
    """List the serial ports; * marks the one that is taken when --port is not given.

    A port can be named by its device, by its stable name, or by what it is: usb:VID:PID or usb:SERIAL.
    """
    from sxb.latency import latency_ms
    from sxb.ports import likely, system_ports

    found = system_ports()
    candidates = likely(found)
    chosen = candidates[0] if len(candidates) == 1 else None
    if as_json:
        values = [
            asdict(port) | {"latency_ms": latency_ms(port.device), "default": port == chosen}
            for port in found
        ]
        click.echo(json.dumps(values))
        return
    for port in found:
        for line in lines(port, is_default=port == chosen):
            click.echo(printable(line))
    if not found:
        click.echo("no serial port is there")
    click.echo(f"  {', '.join(f'emu:{name}' for name in BOARDS)}  virtual boards, always there")


def lines(port: PortInfo, *, is_default: bool) -> Iterator[str]:
    """What is to say about a port: the device in a line, what else there is below it."""
    from sxb.latency import advice, latency_ms

    usb = f"{port.vid:04x}:{port.pid:04x}" if port.vid is not None and port.pid is not None else ""
    parts = (port.device, usb, port.serial_number or "", port.description)
    yield f"{'*' if is_default else ' '} {'  '.join(part for part in parts if part)}"
    if port.stable:
        yield f"    {port.stable}"
    slow = advice(port.device, latency_ms(port.device)) if port.is_ftdi_cable else None
    if slow:
        yield f"    {slow}"
