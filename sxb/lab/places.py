# SPDX-License-Identifier: MIT
"""What the uploader calls the port behind a resource of labgrid: pure."""

from __future__ import annotations

from urllib.parse import urlencode

from sxb import errors

SCHEMES = {"rfc2217": "rfc2217", "raw": "socket"}
"""The protocols of labgrid's NetworkSerialPort, and pyserial's names for them."""


def network_port(protocol: str, host: str, port: int | None) -> str:
    """The URL of a serial port that a host offers.

    Raises UsageError for a protocol that is none of SCHEMES, NoPortError where the exporter has not said which
    TCP port it is: it does so when the place is acquired.
    """
    if protocol not in SCHEMES:
        known = " or ".join(SCHEMES)
        raise errors.UsageError(
            "S0216", f"a port of protocol '{protocol}' is not known", f"protocol: {known}"
        )
    if port is None:
        raise errors.NoPortError(
            "S1009",
            f"the exporter on {host} offers no port yet",
            "acquire the place: labgrid-client -p PLACE acquire",
        )
    return f"{SCHEMES[protocol]}://{f'[{host}]' if ':' in host else host}:{port}"


def virtual_port(board: str, rom: str, speed: str) -> str:
    """A new virtual board in the process that opens it."""
    return f"emu:{board}?{urlencode({'rom': rom, 'speed': speed})}"
