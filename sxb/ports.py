# SPDX-License-Identifier: MIT
"""The serial ports of this system, and which of them is the board's when none was named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Iterable

FTDI_CABLES = ((0x0403, 0x6001), (0x0403, 0x6015))
"""FT232R and FT-X: the chips of the usual cables, and of the SXB board itself."""


@dataclass(frozen=True, slots=True)
class PortInfo:
    """A port as the system describes it; `vid` and `pid` are None where it is no USB device."""

    device: str
    description: str = ""
    vid: int | None = None
    pid: int | None = None
    serial_number: str | None = None

    @property
    def is_usb(self) -> bool:
        """A USB device (a board's cable always is)."""
        return self.vid is not None

    @property
    def is_ftdi_cable(self) -> bool:
        """One of the usual cables."""
        return (self.vid, self.pid) in FTDI_CABLES


def system_ports() -> tuple[PortInfo, ...]:
    """What is plugged in, in the order of the names."""
    from serial.tools.list_ports import comports

    found = (
        PortInfo(p.device, p.description or "", p.vid, p.pid, p.serial_number)
        for p in comports(include_links=False)
    )
    return tuple(sorted(found, key=lambda port: port.device))


def likely(ports: Iterable[PortInfo]) -> tuple[PortInfo, ...]:
    """The ports that could be the board's: the FTDI cables if there are any, else all USB ports."""
    usb = tuple(port for port in ports if port.is_usb)
    return tuple(port for port in usb if port.is_ftdi_cable) or usb


def choose_port(ports: Iterable[PortInfo] | None = None) -> str:
    """The one likely port.  Raises NoPortError if there is none or more than one: nothing is poked blindly."""
    candidates = likely(system_ports() if ports is None else ports)
    if len(candidates) != 1:
        raise errors.no_port_found([port.device for port in candidates])
    return candidates[0].device
