# SPDX-License-Identifier: MIT
"""The latency timer of FTDI cables: how long the chip holds back a few bytes, 16 ms unless told otherwise.

The monitor's answers are short, so each would wait that long: 16-byte records would go at 235 instead
of 307 bytes per second (computed).  Linux lets every user set the flag ASYNC_LOW_LATENCY, with which its
driver sets the timer to 1 ms; writing to sysfs needs a rule for udev.  Windows has it in the settings
of the device; the macOS driver of Apple has 2 ms or less.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

SHORTEST_MS = 1

HARMLESS_MS = 4
"""Below the time of four characters at 9600 baud: not worth a word."""

USB_SERIAL = Path("/sys/bus/usb-serial/devices")


def timer_file(device: str, folder: Path = USB_SERIAL) -> Path:
    """Where Linux keeps the timer of `device` (a link such as a stable name is followed)."""
    return folder / Path(os.path.realpath(device)).name / "latency_timer"


def latency_ms(device: str, folder: Path = USB_SERIAL) -> int | None:
    """The timer in milliseconds; None where the device has none, or the system does not tell."""
    with suppress(OSError, ValueError):
        return int(timer_file(device, folder).read_text(encoding="ascii"))
    return None


def lower(port: Any, device: str, folder: Path = USB_SERIAL) -> int | None:
    """Set the timer of an open port as low as the system allows; returns what it is then.

    `port` is pyserial's, untyped there.
    """
    now = latency_ms(device, folder)
    if now is None or now <= SHORTEST_MS:
        return now
    # ValueError, NotImplementedError: pyserial's words for an ioctl that the driver refuses or lacks.
    with suppress(OSError, ValueError, NotImplementedError, AttributeError):
        port.set_low_latency_mode(True)
    if (latency_ms(device, folder) or 0) > SHORTEST_MS:
        with suppress(OSError):
            timer_file(device, folder).write_text(str(SHORTEST_MS), encoding="ascii")
    return latency_ms(device, folder)


def advice(device: str, milliseconds: int | None, system: str = sys.platform) -> str | None:
    """What the user can do about a slow cable, in one line; None if nothing is known to be slow."""
    if system == "win32":
        return (
            "if loads are slow: Device Manager, the port's Advanced settings, Latency Timer: 1 ms"
            if milliseconds is None
            else None
        )
    if milliseconds is None or milliseconds <= HARMLESS_MS:
        return None
    return f"the cable waits {milliseconds} ms; faster: echo 1 | sudo tee {timer_file(device)}"
