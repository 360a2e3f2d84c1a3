# SPDX-License-Identifier: MIT
"""The serial ports of this system, and which of them is the board's when none was named."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sxb.transport import Line

FTDI_CABLES = ((0x0403, 0x6001), (0x0403, 0x6015))
"""FT232R and FT-X: the chips of the usual cables, and of the SXB board itself."""

STABLE_NAMES = Path("/dev/serial/by-id")
"""Where Linux keeps names made of maker, product and serial number: the same in every socket."""

USB = "usb:"
"""Begins a port that is described, not named: ``usb:0403:6001`` or ``usb:A10KXYZ`` (a serial number)."""

_VID_PID = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PortInfo:
    """A port as the system describes it; `vid` and `pid` are None where it is no USB device.

    `stable` is a name that the device keeps wherever it is plugged in, if the system has one.
    """

    device: str
    description: str = ""
    vid: int | None = None
    pid: int | None = None
    serial_number: str | None = None
    stable: str | None = None

    @property
    def is_usb(self) -> bool:
        """A USB device (a board's cable always is)."""
        return self.vid is not None

    @property
    def is_ftdi_cable(self) -> bool:
        """One of the usual cables."""
        return (self.vid, self.pid) in FTDI_CABLES


def system_ports() -> tuple[PortInfo, ...]:
    """What is plugged in: the usual cables first, then other USB devices, then the rest."""
    from serial.tools.list_ports import comports

    stable = stable_names()
    found = (
        PortInfo(
            p.device,
            p.description or "",
            p.vid,
            p.pid,
            p.serial_number,
            stable.get(os.path.realpath(p.device)),
        )
        for p in comports(include_links=False)
    )
    return in_order(found)


def in_order(ports: Iterable[PortInfo]) -> tuple[PortInfo, ...]:
    """The likelier a board's, the earlier; COM2 before COM10."""
    return tuple(sorted(ports, key=lambda p: (not p.is_ftdi_cable, not p.is_usb, _natural(p.device))))


def stable_names(folder: Path = STABLE_NAMES) -> dict[str, str]:
    """Device to stable name; empty where the system has no such folder."""
    with suppress(OSError):
        return {os.path.realpath(link): str(link) for link in sorted(folder.iterdir())}
    return {}


def likely(ports: Iterable[PortInfo]) -> tuple[PortInfo, ...]:
    """The ports that could be the board's: the FTDI cables if there are any, else all USB ports."""
    usb = tuple(port for port in ports if port.is_usb)
    return tuple(port for port in usb if port.is_ftdi_cable) or usb


def described(text: str, ports: Iterable[PortInfo]) -> tuple[PortInfo, ...]:
    """The ports that ``usb:VID:PID`` or ``usb:SERIALNUMBER`` describes."""
    wanted = text[len(USB) :]
    pair = _VID_PID.fullmatch(wanted)
    if pair:
        vid, pid = int(pair[1], 16), int(pair[2], 16)
        return tuple(port for port in ports if (port.vid, port.pid) == (vid, pid))
    return tuple(port for port in ports if port.is_usb and (port.serial_number or "") == wanted != "")


def candidates(port: str | None, ports: Sequence[PortInfo] | None = None) -> tuple[str, ...] | None:
    """The devices that `port` may mean: None if it is a name already.  Raises NoPortError if none is there."""
    if port is not None and not port.lower().startswith(USB):
        return None
    present = in_order(system_ports() if ports is None else ports)
    found = likely(present) if port is None else described(port, present)
    if not found:
        raise errors.no_port_found([]) if port is None else errors.no_such_port(port)
    return tuple(info.device for info in found)


def open_free(devices: Sequence[str], opener: Callable[[str], Line]) -> Line:
    """Open the one of `devices` that is free; nothing is sent.

    Raises NoPortError if all are in use, or if several are free: nothing is poked blindly.
    """
    free: list[Line] = []
    failed: errors.NoPortError | None = None
    for device in devices:
        try:
            free.append(opener(device))
        except errors.NoPortError as error:
            failed = failed or error
    if len(free) == 1:
        return free[0]
    for line in free:
        line.close()
    if failed is not None and not free:
        raise failed if len(devices) == 1 else errors.no_port_free(devices, failed)
    raise errors.no_port_found([line.name for line in free])


def _natural(name: str) -> list[tuple[str, int]]:
    return [(text, int(digits or 0)) for text, digits in re.findall(r"(\D*)(\d*)", name)]
