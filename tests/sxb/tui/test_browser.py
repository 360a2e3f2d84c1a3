# SPDX-License-Identifier: MIT
"""`sxb monitor --web` in a real browser: it draws, it can be clicked, and it fetches nothing from elsewhere.

Chromium runs without a window and is led over its DevTools protocol.  `make browser` leaves the pictures in
build/browser.
"""

from __future__ import annotations

import asyncio
import base64
import io
import re
import shutil
import subprocess
import time

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="textual-serve is not installed")
image = pytest.importorskip("matplotlib.image", reason="matplotlib is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (Debian: chromium)")

WIDTH, HEIGHT = 1000, 600
FILES_KEY = (330, 17)
"""`F5 Files` in the footer: pixels from the left and from below; a cell has 9 by 18."""

SECONDS = 60


@pytest.fixture
def devtools(tmp_path):
    """Where a browser without a window listens for its DevTools."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"]
    place = [f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={WIDTH},{HEIGHT}", "about:blank"]
    browser = subprocess.Popen([CHROMIUM, *options, *place], stderr=subprocess.PIPE, text=True)
    for line in browser.stderr:
        if found := re.search(r"DevTools listening on ws://([^/]+)/", line):
            break
    yield f"http://{found[1]}"
    browser.terminate()
    browser.communicate(timeout=20)


class Page:
    """A page of the browser, and the addresses that it asked for."""

    def __init__(self, line, folder):
        self._line = line
        self._folder = folder
        self._number = 0
        self.fetched = []

    async def order(self, method, **parameters):
        """Send an order; its answer.  Requests that are told meanwhile are noted."""
        self._number += 1
        await self._line.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = await self._line.receive_json(timeout=SECONDS)
            if message.get("method") == "Network.requestWillBeSent":
                self.fetched.append(message["params"]["request"]["url"])
            if message.get("id") == self._number:
                return message.get("result")

    async def picture(self):
        """What it shows, as PNG and as rows of pixels."""
        shot = None
        for _ in range(SECONDS):  # between two documents there is none
            if shot := await self.order("Page.captureScreenshot"):
                break
            await asyncio.sleep(1)
        assert shot
        data = base64.b64decode(shot["data"])
        return data, image.imread(io.BytesIO(data), format="png")[:, :, :3]

    async def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            await self.order("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    async def picture_when(self, wanted, click=None):
        """The first picture of which that is true; a click is made again as long as it is not: one may be lost."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            data, pixels = await self.picture()
            if wanted(pixels):
                return data, pixels
            if click is not None:
                await self.click(click[0], pixels.shape[0] - click[1])
            await asyncio.sleep(0.5)
        (self._folder / "last.png").write_bytes(data)
        raise AssertionError(f"the page does not come to show it: see {self._folder / 'last.png'}")


def uprights(pixels):
    """Where frames stand: the columns, as parts of the width, that have one bright colour over most of the height."""
    height, width = pixels.shape[:2]
    part = pixels[height * 3 // 20 : height * 4 // 5]
    one_colour = (abs(part - part[0]) < 0.02).all(axis=(0, 2))
    coloured = part[0].max(axis=1) - part[0].min(axis=1) > 0.3
    return [column / width for column in range(width) if one_colour[column] and coloured[column]]


def is_console(pixels):
    """One frame, as wide as the window."""
    found = uprights(pixels)
    return bool(found) and all(column < 0.02 or column > 0.97 for column in found)


def is_files(pixels):
    """Two frames, side by side."""
    return any(0.4 < column < 0.6 for column in uprights(pixels))


async def session_of(devtools, url, folder):
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{devtools}/json") as answer:
            target = next(page for page in await answer.json() if page["type"] == "page")
        async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as line:
            page = Page(line, folder)
            await page.order("Network.enable")
            await page.order("Page.enable")
            await page.order("Page.navigate", url=url)
            console, _ = await page.picture_when(is_console)
            files, _ = await page.picture_when(is_files, click=FILES_KEY)
            (folder / "console.png").write_bytes(console)
            (folder / "files.png").write_bytes(files)
            return page.fetched


def test_it_draws_and_is_clicked_and_fetches_nothing_from_elsewhere(devtools, served, tmp_path):
    fetched = asyncio.run(session_of(devtools, served, tmp_path))
    assert fetched
    assert [url for url in fetched if not url.startswith((served, "data:"))] == []
