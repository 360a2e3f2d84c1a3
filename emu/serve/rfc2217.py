# SPDX-License-Identifier: MIT
"""A board behind RFC 2217 (``rfc2217://`` of pyserial): a TCP port whose client sets the line, too.

The protocol is pyserial's own `serial.rfc2217.PortManager`; here is the port that it works on.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from serial.rfc2217 import IAC, M_NORMAL, PortManager

from emu.chip.frames import Format
from emu.serial_line import FASTEST
from emu.serve.tcp import TcpLine

if TYPE_CHECKING:
    from emu.serve.line import Settings

MAX_SUBOPTION = 256
"""Bytes of a telnet suboption; RFC 2217 needs a handful, and garbage must not pile up."""

_PARITY = {"N": (False, False), "O": (True, False), "E": (True, True)}

_GARBAGE = (ValueError, LookupError, TypeError, AttributeError, struct.error)
"""What PortManager raises at bytes that are not as the protocol has them."""


class VirtualPort:
    """What PortManager sees of a serial port.  Settings that no cable of ours has raise ValueError.

    The board has no handshake lines on its monitor's connector: they rest as a cable leaves them.
    """

    cts = dsr = cd = True
    ri = False

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stopbits = 1
        self.dtr = self.rts = True
        self.xonxoff = self.rtscts = self.break_condition = False

    @property
    def baudrate(self) -> int:
        """Bits per second."""
        return self.settings.baud

    @baudrate.setter
    def baudrate(self, value: int) -> None:
        if not 0 < value <= FASTEST:
            raise ValueError(f"{value} baud")
        self.settings = replace(self.settings, baud=value)

    @property
    def bytesize(self) -> int:
        """Data bits."""
        return self.settings.framing.data_bits

    @bytesize.setter
    def bytesize(self, value: int) -> None:
        if value not in (7, 8):
            raise ValueError(f"{value} data bits")
        framing = self.settings.framing
        self.settings = replace(self.settings, framing=Format(value, framing.parity, framing.even))

    @property
    def parity(self) -> str:
        """N, O or E."""
        framing = self.settings.framing
        return next(
            name for name, flags in _PARITY.items() if flags[0] == framing.parity and flags[1] == framing.even
        )

    @parity.setter
    def parity(self, value: str) -> None:
        if value not in _PARITY:
            raise ValueError(f"parity {value}")
        self.settings = replace(self.settings, framing=Format(self.bytesize, *_PARITY[value]))

    def reset_input_buffer(self) -> None:
        """Nothing is kept here: what the board sent is on its way."""

    def reset_output_buffer(self) -> None:
        """What was taken from the client is on the cable, and stays there."""


class Rfc2217Line(TcpLine):
    """A TCP line whose client speaks RFC 2217; a client that does not is served as on a plain one."""

    scheme = "rfc2217"

    def __init__(self, host: str, port: int, baud: int = 9600) -> None:
        super().__init__(host, port, baud)
        self._at_rest = self.settings
        self._opened()

    def _opened(self) -> None:
        self.settings = self._at_rest
        self._port = VirtualPort(self._at_rest)
        if self.attended:
            # the stubs ask for a whole Serial twice; it uses what is here
            self._manager = PortManager(self._port, _Outlet(self))  # type: ignore[arg-type]
            self._push()

    def _heard(self, data: bytes) -> bytes:
        if IAC not in data and self._manager.mode == M_NORMAL and self._manager.suboption is None:
            return data
        heard = b"".join(self._byte(data[n : n + 1]) for n in range(len(data)))
        self.settings = self._port.settings
        self._push()
        return heard

    def _byte(self, byte: bytes) -> bytes:
        """One byte through the protocol; what makes no sense in it is left out."""
        manager = self._manager
        try:
            found = b"".join(manager.filter(byte))
        except _GARBAGE:
            manager.suboption, manager.mode = None, M_NORMAL
            return b""
        if manager.suboption is not None and len(manager.suboption) > MAX_SUBOPTION:
            manager.suboption = None
        return found

    def _spoken(self, data: bytes) -> bytes:
        return data.replace(IAC, IAC + IAC)


class _Outlet:
    """Where PortManager writes to."""

    def __init__(self, line: Rfc2217Line) -> None:
        self._line = line

    def write(self, data: bytes) -> None:
        """Queue bytes of the protocol."""
        self._line._queue(data)  # noqa: SLF001 - of the same module
