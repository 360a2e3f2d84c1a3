# SPDX-License-Identifier: MIT
"""A user in front of the session: reads the footer, presses the keys that stand there, waits and looks."""

from __future__ import annotations

import asyncio
import importlib
import re
import subprocess
import sys
import time
from contextlib import asynccontextmanager

import pytest

from sxb.tui.app import MonitorApp, Wishes
from sxb.tui.screens.ask import Ask
from sxb.tui.widgets.keybar import KeyRow

# Loaded here, not by the thread of the port while the screens load: pytest parses what it loads, and CPython 3.11
# cannot parse in two threads at once ("AST constructor recursion depth mismatch").
for module in (
    "asm816.assembler",
    "asm816.completion",
    "asm816.hexfile",
    "asm816.precompiled",
    "asm816.structures",
    "emu.bootfile",
    "sxb.tui.real",
    "sxb.tui.virtual",
    "sxb.urls.protocol_emu",
):
    importlib.import_module(module)

SXB = [sys.executable, "-c", "import sys; from sxb.cli import main; sys.exit(main())"]

PATIENCE = 90.0
"""Seconds after which what was waited for is taken not to come; a slow machine needs some."""


class User:
    """Presses only what the footer shows, and types what is asked for."""

    def __init__(self, app, pilot):
        self.app = app
        self.pilot = pilot

    def footer(self):
        """Label to key, as shown now."""
        return {key.label: key.key for row in self.app.screen.query(KeyRow) for key in row.keys}

    async def press(self, label):
        """The key that the footer shows with this label."""
        await self.until(lambda: label in self.footer())
        await self.keys(self.footer()[label])

    async def keys(self, *keys):
        """Arrows, enter, letters into a field."""
        for key in keys:
            self.app.simulate_key(key)
            await asyncio.sleep(0.01)

    async def answer(self, text):
        """Fill the field that is asked for, and press enter."""
        await self.until(lambda: isinstance(self.app.screen, Ask) and self.app.screen.query("Input"))
        field = self.app.screen.query_one("Input")
        await self.until(lambda: field.has_focus)
        field.value = text
        await self.keys("enter")
        await self.until(lambda: not isinstance(self.app.screen, Ask))

    async def until(self, condition):
        """Look until it is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"it never came to that; {self.picture.state}\n{self.text()}"
            await asyncio.sleep(0.02)

    @property
    def picture(self):
        """What the board is, as the screens know it."""
        return self.app.picture

    def text(self):
        """The screen's characters."""
        return screen_text(self.app)

    async def hears(self, text):
        """Wait for a notification with this text."""
        await self.until(lambda: any(text in one.message for one in self.app._notifications))

    async def sees(self, text):
        """Wait for a text on the screen."""
        await self.until(lambda: text in self.text())


def screen_text(app):
    """The characters on the screen, line by line, without blanks at the ends."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@asynccontextmanager
async def session(size=(80, 24), **wishes):
    """A session under the hands of a user."""
    app = MonitorApp(Wishes(**wishes))
    async with app.run_test(size=size) as pilot:
        user = User(app, pilot)
        try:
            yield user
        finally:
            await app.action_leave()


@pytest.fixture
def journey():
    """Runs a coroutine function to its end."""

    def run(walk, **wishes):
        async def whole():
            async with session(**wishes) as user:
                await walk(user)

        asyncio.run(whole())

    return run


@pytest.fixture
def served():
    """The address of a served session with virtual boards."""
    command = [*SXB, "monitor", "--port", "emu:", "--web", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    line = server.stdout.readline()
    yield re.search(r"http://[^ ]+", line)[0]
    server.terminate()
    server.wait(20)
    server.stdout.close()
