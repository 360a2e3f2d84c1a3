# SPDX-License-Identifier: MIT
"""`sxb monitor --web`: the screens over HTTP and a web socket, as a browser gets them."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import time

import pytest

from sxb.commands.monitor import without_web
from sxb.tui.web import is_loopback, without_foreign

pytest.importorskip("textual_serve", reason="textual-serve is not installed: pip install 'mensch816[web]'")
aiohttp = pytest.importorskip("aiohttp")

SXB = [sys.executable, "-c", "import sys; from sxb.cli import main; sys.exit(main())"]
SECONDS = 60


async def screen_of(session, url, keys, wanted):
    """What a client's terminal has received when `wanted` is in it, after pressing keys."""
    received = ""
    async with session.ws_connect(url.replace("http:", "ws:") + "/ws?width=80&height=24") as line:
        end = time.monotonic() + SECONDS
        pressed = False
        while time.monotonic() < end:
            message = await line.receive(timeout=SECONDS)
            assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message
            if message.type == aiohttp.WSMsgType.BINARY:
                received += message.data.decode("utf-8", "replace")
            if not pressed and "at the prompt" in received:
                pressed = True
                for key in keys:
                    await line.send_json(["stdin", key])
            if pressed and wanted in received:
                return received
    raise AssertionError(f"no {wanted!r} in {received[-2000:]!r}")


async def two_clients(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            page = await answer.text()
        first = screen_of(session, url, ["\x1bOS"], "PCS7")  # F4: the pins
        second = screen_of(session, url, ["\x1b[15~"], "Programs")  # F5: the files
        return page, await asyncio.gather(first, second)


def test_each_browser_has_screens_and_a_board_of_its_own(served):
    page, (first, second) = asyncio.run(two_clients(served))
    assert "Programs" not in first
    assert "PCS7" not in second
    own = re.sub(re.escape(served), "", page)
    assert not re.search(r"<(link|script|img)[^>]*https?://", own)


def test_elements_of_other_servers_are_taken_out():
    page = '<link rel="a"\n href="https://x.example/f"\n/><script src="http://y/z.js"></script><link href="own.css" />'
    assert without_foreign(page) == '<link href="own.css" />'


def test_a_port_in_use_is_said():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [*SXB, "monitor", "--port", "emu:", "--web", str(port)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ran.returncode == 10
    assert f"127.0.0.1:{port}" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("board.example", False)],  # noqa: S104
)
def test_what_only_this_machine_reaches(host, expected):
    assert is_loopback(host) is expected


@pytest.mark.parametrize("arguments", [["--web", "8000"], ["--web=8000"]])
def test_a_clients_process_serves_nobody(arguments):
    assert without_web(["--port", "emu:", *arguments, "--board", "sxb"]) == [
        "--port",
        "emu:",
        "--board",
        "sxb",
    ]
