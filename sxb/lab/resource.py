# SPDX-License-Identifier: MIT
"""The virtual board as a resource; real ones are labgrid's own serial ports."""

from __future__ import annotations

import attr
from labgrid.factory import target_factory
from labgrid.resource.common import Resource

from asm816.target.boards import BOARDS, DEFAULT_BOARD


@target_factory.reg_resource
@attr.s(eq=False)
class VirtualMenschBoard(Resource):
    """An emulated board.

    In an environment file it lives in the tests' own process, as ``--port emu:``.  Exported by
    `sxb.lab.exporter` it is served over RFC 2217, and clients see a NetworkSerialPort as of a real one.

    Args:
        board (str): "qbx" or "sxb"
        rom (str): its monitor: "quirks", "fixed" or a file
        speed (str): "real" or "max"
    """

    board: str = attr.ib(default=DEFAULT_BOARD.name, validator=attr.validators.in_(tuple(BOARDS)))
    rom: str = attr.ib(default="quirks", validator=attr.validators.instance_of(str))
    speed: str = attr.ib(default="real", validator=attr.validators.in_(("real", "max")))
