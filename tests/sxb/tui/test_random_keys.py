# SPDX-License-Identifier: MIT
"""Thousands of random keys against boards behind faulty lines: nothing breaks, and it can be left."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from emu import Board
from sxb.faults import DIRECTIONS, KINDS, Fault, FaultyPort
from sxb.transport import Line
from sxb.tui import post
from sxb.tui.app import MonitorApp, Wishes
from sxb.tui.keys import ACTIONS
from sxb.urls.protocol_emu import Serial

CHARACTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789$= ,", "escape", "enter", "tab"]
KEYS = [action.key for action in ACTIONS if action.name != "leave"]
MOVES = ["up", "down", "left", "right", "pageup", "pagedown", "home", "end", "shift+tab", "backspace"]

PRESSED_TOGETHER = 20

SITTINGS = int(os.environ.get("MENSCH816_SITTINGS", "6"))
"""Of 300 to 400 keys each: a sample among the other tests, many with `make keys`."""


@pytest.mark.timeout(100 * SITTINGS)
@settings(max_examples=SITTINGS, deadline=None, phases=[Phase.generate])
@given(
    st.lists(st.sampled_from(KEYS + MOVES + CHARACTERS), min_size=300, max_size=400),
    st.sampled_from([kind.name for kind in KINDS]),
    st.sampled_from(DIRECTIONS),
    st.integers(0, 60),
)
def test_no_key_breaks_it(tmp_path_factory, keys, kind, direction, position):
    folder = tmp_path_factory.mktemp("keys")
    (folder / "blink.asm").write_text(".65816\n.org 0x00b6\nstart: inc 0xf0\n bra start\n")
    (folder / "wrong.asm").write_text(".65816\n lda\n")

    def faulty(*_):
        return Line("faulty", FaultyPort(Serial.onto(Board.booted()), Fault(kind, direction, position)))

    async def press_all():
        app = MonitorApp(Wishes("emu:", folder=folder))
        async with app.run_test(size=(80, 24)) as pilot:
            for number, key in enumerate(keys):
                app.simulate_key(key)
                if number % PRESSED_TOGETHER == 0:
                    await asyncio.sleep(0.01)
            await pilot.pause()
            assert app.is_running
            await app.action_leave()
        assert app._exception is None

    before = Path.cwd()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(post, "open_port", faulty)
        os.chdir(folder)
        try:
            asyncio.run(press_all())
        finally:
            os.chdir(before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_the_terminal_is_as_before_when_it_is_left(project):
    import pty
    import select
    import subprocess
    import time

    theirs, ours = pty.openpty()
    command = [sys.executable, "-c", "import sys; from sxb.cli import main; sys.exit(main())"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    session = subprocess.Popen(
        [*command, "monitor", "--port", "emu:"],
        stdin=ours,
        stdout=ours,
        stderr=ours,
        cwd=project,
        env=environment,
    )
    os.close(ours)
    said, end, pressed = b"", time.monotonic() + 60, False
    while time.monotonic() < end:
        if select.select([theirs], [], [], 0.1)[0]:
            try:
                said += os.read(theirs, 65536)
            except OSError:
                break
        if not pressed and b"at the prompt" in said:
            os.write(theirs, b"\x11")
            pressed = True
    os.close(theirs)
    assert session.wait(20) == 0
    assert b"\x1b[?1049h" in said
    assert b"\x1b[?1049l" in said.rsplit(b"\x1b[?1049h", 1)[1]
