# SPDX-License-Identifier: MIT
"""The driver of labgrid for a board with the Mensch monitor, behind whatever port the lab has it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attr
from labgrid.driver.common import Driver
from labgrid.driver.consoleexpectmixin import ConsoleExpectMixin
from labgrid.factory import target_factory
from labgrid.protocol import ConsoleProtocol
from labgrid.resource.base import SerialPort
from labgrid.step import step
from labgrid.util.proxy import proxymanager
from pexpect import TIMEOUT

from asm816 import programfile
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from sxb import errors, notices
from sxb.client import CALL_SECONDS, Monitor, connect
from sxb.exchange import ANSWER_SECONDS
from sxb.lab.places import network_port, virtual_port
from sxb.lab.protocol import ProgramProtocol
from sxb.lab.resource import VirtualMenschBoard
from sxb.program import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from asm816.diagnostics import Diagnostic
    from asm816.programfile import Program
    from sxb.client import CallResult, LoadResult, Registers
    from sxb.notices import Notice

RESET_SECONDS = 30.0
"""How long a board may take from RESET, or from switching its power on, to the prompt."""


def _seconds(value: float | str) -> float:
    """A time as environment files give it."""
    return float(value)


@target_factory.reg_driver
@attr.s(eq=False)
class MenschBoardDriver(ConsoleExpectMixin, Driver, ConsoleProtocol, ProgramProtocol):
    """A board: console, load and run.

    While it is active it has the port.  On activation the monitor is looked for.  A driver that can reset the board
    (a relay, a power switch) is bound where there is one, and used whenever the monitor does not come by itself,
    for instance because a program of the last test still runs.

    Args:
        board (str): what sources are assembled for, "qbx" or "sxb"
        timeout (float): seconds to wait for an answer of the monitor
    """

    bindings = {  # noqa: RUF012 - labgrid's way of declaring them
        "port": {"SerialPort", "NetworkSerialPort", "VirtualMenschBoard"},
        "reset_line": {"ResetProtocol", None},
    }

    board: str = attr.ib(default=DEFAULT_BOARD.name, validator=attr.validators.in_(tuple(BOARDS)))
    timeout: float = attr.ib(default=ANSWER_SECONDS, converter=_seconds)
    txdelay = 0.0
    """Of ConsoleExpectMixin: the monitor's echo paces what is sent, not a delay."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._expect.linesep = b"\r"  # as Return sends it; the monitor passes over a line feed
        self._monitor: Monitor | None = None
        self._came = b""

    def on_activate(self) -> None:
        """Open the port and find the monitor.  Raises SxbError."""
        wait = RESET_SECONDS if self.reset_line else 0.0
        self._came = b""
        self._monitor = connect(self.port_name(), timeout=self.timeout, wait=wait, notice=self._noticed)

    def on_deactivate(self) -> None:
        """Give the port back."""
        if self._monitor is not None:
            self._monitor.close()
            self._monitor = None

    def port_name(self) -> str:
        """The port as ``sxb --port`` takes it; through labgrid's own tunnel where the exporter is behind one."""
        if isinstance(self.port, VirtualMenschBoard):
            return virtual_port(self.port.board, self.port.rom, self.port.speed)
        if isinstance(self.port, SerialPort):
            return str(self.port.port)
        return network_port(self.port.protocol, *proxymanager.get_host_and_port(self.port))

    @Driver.check_bound
    def get_export_vars(self) -> dict[str, str]:
        """What ``labgrid-client export`` tells other programs."""
        return {"port": self.port_name()}

    @property
    def monitor(self) -> Monitor:
        """The connected board, for all that a `Monitor` can do.  Raises UsageError unless active."""
        if self._monitor is None:
            raise errors.UsageError("S0217", f"{self} is not active", "activate it: target.activate(driver)")
        return self._monitor

    # ------------------------------------------------------------ programs

    @Driver.check_active
    @step(args=["file"])
    def load(self, file: str, *, verify: bool = True) -> LoadResult:
        """As ProgramProtocol says."""
        return self.monitor.load(self._program(file).image, verify=verify)

    @Driver.check_active
    @step(args=["file", "start"])
    def run(self, file: str, *, start: int | str | None = None) -> LoadResult:
        """As ProgramProtocol says."""
        program = self._program(file)
        entry = program.image.start if start is None else resolve(start, program.symbols)
        result = self.monitor.load(program.image)
        self._came = b""
        self.monitor.go(entry)
        return result

    @Driver.check_active
    @step(args=["address"])
    def call(self, address: int, *, seconds: float = CALL_SECONDS) -> CallResult:
        """As ProgramProtocol says."""
        return self.monitor.call(address, seconds=seconds)

    @Driver.check_active
    @step(result=True)
    def registers(self) -> Registers:
        """As ProgramProtocol says."""
        return self.monitor.registers()

    @Driver.check_active
    @step()
    def set_registers(self, **values: int) -> Registers:
        """As ProgramProtocol says."""
        return self.monitor.set_registers(**values)

    @Driver.check_active
    @step(args=["address", "length"])
    def read_memory(self, address: int, length: int) -> bytes:
        """As ProgramProtocol says."""
        return self.monitor.read(address, length)

    @Driver.check_active
    @step(args=["address", "data"])
    def write_memory(self, address: int, data: bytes) -> None:
        """As ProgramProtocol says."""
        self.monitor.write(address, data)

    @Driver.check_active
    @step()
    def reset(self) -> None:
        """As ProgramProtocol says.  Raises UsageError where nothing is bound that can do it."""
        self._press()
        self._came = b""
        self.monitor.find()

    def _press(self) -> None:
        if self.reset_line is None:
            hint = "bind a driver that resets or switches power, as docs/lab.md shows"
            raise errors.UsageError("S0218", "the lab cannot press this board's RESET", hint)
        self.target.activate(self.reset_line)
        self.reset_line.reset()

    def _noticed(self, notice: Notice) -> None:
        """The monitor asks for RESET by a notice; here the lab presses it."""
        self.logger.info("%s", notice.sentence)
        if notice.code == notices.WAITING:
            self._press()

    def _program(self, file: str) -> Program:
        """The program in a file, or in one of the environment's images."""
        config = self.target.env.config if self.target.env else None
        if config is not None and file in config.get_images():
            file = config.get_image_path(file)
        return programfile.read_program(file, self.board, self._diagnosed)

    def _diagnosed(self, diagnostics: Sequence[Diagnostic]) -> None:
        for diagnostic in diagnostics:
            self.logger.warning("%s", diagnostic)

    # ------------------------------------------------------------ the console, for ConsoleExpectMixin

    def _read(self, size: int = 1, timeout: float = 0.0, max_size: int | None = None) -> bytes:
        """At least `size` bytes if they come within `timeout` seconds.  Raises pexpect's TIMEOUT if none do."""
        line = self.monitor.line
        end = line.now() + timeout
        while len(self._came) < size:
            said = self.monitor.output(max(0.0, end - line.now()))
            self._came += said
            if not said and line.now() >= end:
                break
        if not self._came:
            raise TIMEOUT(f"the board was silent for {timeout:g} s")
        taken = self._came[: max_size or None]
        self._came = self._came[len(taken) :]
        return taken

    def _write(self, data: bytes) -> int:
        self.monitor.send(data)
        return len(data)

    def __str__(self) -> str:
        return f"MenschBoardDriver({self.target.name})"


def driver_of(environment: Any, role: str) -> MenschBoardDriver:
    """The active driver of a role in an environment, for tests.  Raises UsageError for a role that is none."""
    target = environment.get_target(role)
    if target is None:
        known = ", ".join(environment.config.get_targets())
        raise errors.UsageError("S0219", f"the environment has no target '{role}'", f"targets: {known}")
    driver: MenschBoardDriver = target.get_driver(MenschBoardDriver)
    return driver
