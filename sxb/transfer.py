# SPDX-License-Identifier: MIT
"""The transfer of an image as the commands `run` and `load` do and show it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import rich_click as click

from sxb.meter import Meter

if TYPE_CHECKING:
    from collections.abc import Callable

    from asm816.image import Image
    from sxb.client import LoadResult, Monitor
    from sxb.session import Session


TURBO = MappingProxyType({"auto": None, "on": True, "off": False})
"""How --turbo is spelled -> what `Monitor.load` takes."""


def transfer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--changed, --turbo, --no-verify and --force."""
    command = click.option(
        "--turbo",
        type=click.Choice(list(TURBO)),
        default="auto",
        help="Send raw blocks at up to 115200 baud: where it pays, wherever it can be, or never.  [auto]",
    )(command)
    command = click.option(
        "--changed",
        is_flag=True,
        help="Send only the parts that differ from the board's memory; all is verified.",
    )(command)
    command = click.option(
        "--force", is_flag=True, help="Load over the monitor's own memory and the chip's registers too."
    )(command)
    return click.option(
        "--no-verify", "verify", flag_value=False, default=True, help="Do not read memory back and compare."
    )(command)


def transfer(
    session: Session, monitor: Monitor, image: Image, *, turbo: str = "auto", **how: bool
) -> LoadResult:
    """Load with a progress display, and say what was done; `how` as `Monitor.load`."""
    with Meter(quiet=session.as_json) as meter:
        monitor.progress = meter
        result = monitor.load(image, turbo=TURBO[turbo], **how)
    records = f"{result.records} record{'' if result.records == 1 else 's'}"
    if result.turbo:
        records += f" and blocks at {result.turbo} baud"
    again = f", {result.resent} sent again" if result.resent else ""
    kept = f"{result.kept} were there already, " if result.kept else ""
    session.say(
        f"loaded {result.bytes} bytes in {records}{again}, {kept}{proof(result)} ({result.seconds:.1f} s)"
    )
    return result


def values_of(result: LoadResult) -> dict[str, object]:
    """What --json says of a load."""
    return {
        "bytes": result.bytes,
        "records": result.records,
        "resent": result.resent,
        "kept": result.kept,
        "turbo": result.turbo,
        "seconds": round(result.seconds, 6),
        "verified": result.verified,
        "unproven": result.unproven,
    }


def proof(result: LoadResult) -> str:
    """What was proven of a load, in words."""
    if result.verified:
        return "verified"
    if result.unproven == result.bytes:
        return "not verified"
    return f"verified but for {result.unproven} bytes that the monitor or the chip changes by itself"
