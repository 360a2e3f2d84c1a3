# SPDX-License-Identifier: MIT
"""labgrid's exporter with virtual boards: ``python -m sxb.lab.exporter [options] exporter.yaml``.

Takes what ``labgrid-exporter`` takes.  A VirtualMenschBoard in its file is served over RFC 2217 while
somebody has it acquired: each time a new board, reset for each client that connects.
"""

from __future__ import annotations

import re
import subprocess
import sys
import weakref
from typing import Any

from labgrid.factory import target_factory
from labgrid.remote import exporter

from asm816.target.monitor import BAUD
from sxb.lab.resource import VirtualMenschBoard

EMU816 = "import sys; from emu.cli import main; sys.exit(main())"
"""The command, whatever is on the exporter's path."""

VIRTUAL = VirtualMenschBoard.__name__

END_SECONDS = 5.0
"""A served board ends at once when it is told to; one that does not is killed."""


class VirtualBoardExport(exporter.ResourceExport):
    """A virtual board, exported as the NetworkSerialPort that it is served on."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self.local = target_factory.make_resource(None, VIRTUAL, None, self.local_params)
        self.data["cls"] = "NetworkSerialPort"
        self.port: int | None = None
        self._server: subprocess.Popen[str] | None = None

    def _get_params(self) -> dict[str, Any]:
        """What clients are told."""
        return {"host": self.host, "port": self.port, "speed": BAUD, "protocol": "rfc2217"}

    def _start(self, start_params: dict[str, Any]) -> None:
        """Acquired: serve a new board on a free port of the name that clients are told."""
        del start_params
        host = f"[{self.host}]" if ":" in self.host else self.host
        options = {"--board": self.local.board, "--rom": self.local.rom, "--speed": self.local.speed}
        options |= {"--rfc2217": f"{host}:0"}
        command = [sys.executable, "-c", EMU816, "serve", "--reset-on-connect"]
        command += [word for pair in options.items() for word in pair]
        self._server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
        weakref.finalize(self, self._server.terminate)
        assert self._server.stdout is not None
        said = self._server.stdout.readline()
        found = re.search(r"rfc2217://.*?:(\d+),", said)
        if found is None:
            raise exporter.ExporterError(f"emu816 serve on {self.host} did not start; see its message above")
        self.port = int(found[1])
        self.logger.info("serving a virtual board: %s", said.strip())

    def _stop(self, start_params: dict[str, Any]) -> None:
        """Released: the board is gone."""
        del start_params
        server, self._server, self.port = self._server, None, None
        if server is None:
            return
        server.terminate()
        try:
            server.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        if server.stdout is not None:
            server.stdout.close()


def main() -> None:
    """As ``labgrid-exporter``, with virtual boards."""
    exporter.exports[VIRTUAL] = VirtualBoardExport
    exporter.main()


if __name__ == "__main__":
    main()
