# SPDX-License-Identifier: MIT
"""`sxb monitor --web`: the session's screens in a browser, by textual-serve.

Each client gets a process of its own, so each has its own virtual board; a real port belongs to the
process that opened it first, and the others' screens say that it is busy.  Nothing is fetched from
elsewhere: the library's page asks a server for a font that it brings along itself, and that line is
taken out.
"""

from __future__ import annotations

import re
import shlex
import socket
import sys
import tempfile
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from sxb import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOREIGN = re.compile(r"<(link|script)\b[^>]*\bhttps?://[^>]*>(\s*</script>)?")
"""An element of the page that a browser would fetch from another server."""

_PAGE = "app_index.html"


def without_foreign(page: str) -> str:
    """The page without elements that come from other servers."""
    return _FOREIGN.sub("", page)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host's name or address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(arguments: Sequence[str], host: str, port: int) -> None:
    """Serve `sxb monitor` with these arguments until Ctrl-C; port 0 is any free one.

    Raises UsageError without the extra ``web``, PortError where nobody can listen there.
    """
    try:
        import textual_serve
        from textual_serve.server import Server
    except ImportError:
        raise errors.no_web() from None
    import asyncio

    port = _free(host, port)

    class Pages(Server):
        """Ours but for the greeting."""

        async def on_startup(self, app: object) -> None:
            del app
            self.greeting = asyncio.create_task(self.greet())

        async def greet(self) -> None:
            """Say where, as soon as it is true: the library calls the start before it listens."""
            for _ in range(1000):
                try:
                    _, line = await asyncio.open_connection(host, port)
                except OSError:
                    await asyncio.sleep(0.01)
                else:
                    line.close()
                    break
            print(f"sxb monitor at {self.public_url} (Ctrl-C ends)", flush=True)

        async def on_shutdown(self, app: object) -> None:
            # Browsers hold their lines open: left alone, they would hold up the end for a minute.
            del app
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    command = [sys.executable, "-c", "import sys; from sxb.cli import main; sys.exit(main())", "monitor"]
    with tempfile.TemporaryDirectory() as folder:
        template = Path(textual_serve.__file__).parent / "templates" / _PAGE
        page = without_foreign(template.read_text(encoding="utf-8"))
        (Path(folder) / _PAGE).write_text(page, encoding="utf-8")
        Pages(
            shlex.join([*command, *arguments]), host, port, title="sxb monitor", templates_path=folder
        ).serve()


def _free(host: str, port: int) -> int:
    """The port, if one can listen there: the library's own complaint would be a traceback."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            return int(trial.getsockname()[1])
    except OSError as error:
        raise errors.cannot_serve(host, port, error.strerror or str(error)) from None
