# SPDX-License-Identifier: MIT
"""The same session over a pseudo-terminal: what the monitor can do, and what happens to lines."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from sxb.journal import Recorder, read_journal
from sxb.tui.picture import State

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)


class Bench:
    """A board in a process of its own that can be pulled out and plugged in again."""

    def __init__(self, link):
        self.link = link
        self.plug_in()

    def plug_in(self):
        """A fresh board behind the same name."""
        command = [sys.executable, "-c", "import sys; from emu.cli import main; sys.exit(main())"]
        command += ["serve", "--link", str(self.link), "--speed", "max"]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert str(self.link) in self.server.stdout.readline()

    def press_reset(self):
        """RESET."""
        self.server.send_signal(signal.SIGUSR1)

    def pull(self):
        """The cable is gone."""
        self.server.terminate()
        self.server.wait(20)
        self.server.stdout.close()


@pytest.fixture
def bench(tmp_path):
    board = Bench(tmp_path / "board")
    yield board
    board.pull()


async def load(user, name):
    await user.until(lambda: user.picture.state is State.PROMPT)
    await user.press("Files")
    await user.until(lambda: any(name in one for one in getattr(user.app.screen, "_names", ())))
    names = user.app.screen._names
    await user.keys(*["down"] * next(n for n, one in enumerate(names) if name in one))
    await user.press("Load")
    await user.hears("loaded and verified")


def test_load_run_reset_pull_and_return(journey, project, bench):
    async def walk(user):
        await load(user, "led_chase")
        await user.press("Run")
        await user.until(lambda: user.picture.state is State.RUNNING)
        await user.press("Stop")
        await user.hears("the program has the board")
        bench.press_reset()
        await user.until(lambda: user.picture.state is State.PROMPT)
        await user.press("Back")
        await user.hears("stepping back needs the virtual board")
        bench.pull()
        await user.until(lambda: user.picture.state is State.LOST)
        bench.plug_in()
        await user.until(lambda: user.picture.state is State.PROMPT)

    written = []
    recorder = Recorder(written.append, "monitor", "t", lambda: "then")
    journey(walk, port=str(bench.link), folder=project, journal=recorder)
    recorder.end()
    before, after = read_journal("".join(written), "f")
    assert b"S2" in before.bytes_of(">")
    assert after.bytes_of("<").endswith(b">")


def test_memory_registers_and_a_breakpoint_through_the_monitor(journey, project, bench):
    async def walk(user):
        await load(user, "led_chase")
        await user.press("Board")
        await user.until(lambda: user.picture.memory.data[6:8] == b"\x78\x18")
        await user.press("Reg")
        await user.answer("x=$1234")
        await user.until(lambda: user.picture.registers["x"] == 0x1234)
        await user.press("Go")
        await user.answer("$00e0")
        await user.until(lambda: user.picture.memory.address == 0x00E0)
        await user.press("Poke")
        await user.answer("5a")
        await user.until(lambda: user.picture.memory.data[:1] == b"\x5a")
        await user.press("Undo")
        await user.until(lambda: user.picture.memory.data[:1] == b"\0")
        await user.press("Break")
        await user.answer("sixteenth")
        await user.press("Run")
        await user.hears("the monitor is back at its prompt")
        await user.until(lambda: user.picture.state is State.PROMPT)
        await user.press("Pins")
        await user.until(lambda: user.picture.chip.get(0xDF23) == 0x01)
        await user.sees("as last read")

    journey(walk, port=str(bench.link), folder=project)


def test_step_and_run_on_from_a_breakpoint(journey, project, bench):
    """Each instruction once: the program is seen to go on as if nobody had stopped it."""

    async def walk(user):
        await load(user, "led_chase")
        await user.press("Board")
        await user.press("Break")
        await user.answer("show")
        for turn in (0x01, 0x02):
            await user.press("Run")
            await user.until(lambda: user.picture.state is State.RUNNING)
            await user.until(lambda: user.picture.state is State.PROMPT)
            assert user.picture.registers["pc"] == 0x00C2
            assert user.picture.registers["a"] & 0xFF == turn
        for place in (0x00C5, 0x00C8):
            await user.press("Step")
            await user.until(lambda place=place: user.picture.registers["pc"] == place)
        await user.sees("▶00:00C8 sixteenth")
        await user.press("To")
        await user.answer("wait")
        await user.until(lambda: user.picture.registers["pc"] == 0x00CB)
        await user.press("Over")
        await user.until(lambda: user.picture.registers["pc"] == 0x00CC)
        assert user.picture.memory.data[0x12:0x15] == b"\x8d\x23\xdf"

    journey(walk, port=str(bench.link), folder=project)


def test_a_silent_board_is_listened_to_until_it_speaks(journey, project, bench):
    async def walk(user):
        await load(user, "led_chase")
        await user.press("Run")
        await user.until(lambda: user.picture.state is State.RUNNING)
        await user.press("Load")
        await user.until(lambda: user.picture.state is State.SILENT)
        bench.press_reset()
        await user.until(lambda: user.picture.state is State.PROMPT)

    journey(walk, port=str(bench.link), folder=project)
