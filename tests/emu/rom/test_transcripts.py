# SPDX-License-Identifier: MIT
"""The monitor answers byte for byte like the chip's own: recorded dialogues replayed on the board.

`transcripts.json` beside this file holds a selection; its ``source`` says where they come from.  The
whole collection is replayed when MENSCH816_TRANSCRIPTS names its file, on the best core there is; a sample
is on each.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from emu.board import Board, Stop
from emu.cpu import backend

SELECTED = Path(__file__).with_name("transcripts.json")
EVERYTHING = "MENSCH816_TRANSCRIPTS"

SILENCE_MS = 60
"""What ends an answer in the recordings."""

BOOT_SILENCE_MS = 1520
"""The pause behind the first prompt; the recorded clock texts bound it to 1505-1600 ms."""


class Replay:
    """A board at its first prompt, and the host at the other end of the cable."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.line = board.serial(3)

    def step(self, step: dict, wanted: bytes | None) -> bytes:
        """Do a step of a dialogue; the bytes that came back."""
        for poke in step.get("poke", ()):
            put(self.board, poke)
        if step.get("nmi"):
            self.board.nmi()
        self.line.send((step["send"] or "").encode("latin-1"))
        self.board.run(seconds=60, until=lambda: not self.line.pending)
        if "hold_ms" in step:
            self.board.run(seconds=step["hold_ms"] / 1000)
        else:
            self._until_silent(step.get("settle_ms", SILENCE_MS) / 1000, wanted)
        return self.line.take()

    def _until_silent(self, silence: float, wanted: bytes | None) -> None:
        """Until nothing came for `silence` seconds; a fifth of it once all that is wanted is there."""
        count = -1
        while count != self.line.waiting:
            count = self.line.waiting
            complete = wanted is not None and self.line.received.endswith(wanted) and count == len(wanted)
            quiet = silence / 5 if complete and wanted else silence
            self.board.run(seconds=quiet, until=lambda count=count: self.line.waiting != count)


def put(board: Board, block: dict) -> None:
    address, data = int(block["addr"], 16), bytes.fromhex(block["hex"])
    board.memory[address : address + len(data)] = data


@cache
def booted(name: str) -> tuple[Board, bytes]:
    board = Board(name, flash="empty" if name == "sxb" else None)  # as it was recorded
    board.boot()
    assert board.run(seconds=BOOT_SILENCE_MS / 1000) is Stop.TIME
    return board, board.serial(3).take()


def start(dialogue: dict, core: str | None) -> tuple[Replay, bytes]:
    name = "sxb" if dialogue["external_ram"] else "qbx"
    board, greeting = booted(name)
    twin = Board(name, flash="empty" if name == "sxb" else None, backend=core)
    twin.restore(board.snapshot())
    replay = Replay(twin)
    for block in dialogue["preload"]:
        put(replay.board, block)
    return replay, greeting


def as_bytes(expected: str | list) -> bytes | None:
    """The bytes of a recorded answer, None if prose was cut out of it."""
    return expected.encode("latin-1") if isinstance(expected, str) else None


def matches(expected: str | list, got: bytes) -> bool:
    """Is `got` the recorded answer?  Of the cut-out texts only lines and bytes are compared."""
    for piece in [expected] if isinstance(expected, str) else expected:
        if isinstance(piece, str):
            text = piece.encode("latin-1")
            if not got.startswith(text):
                return False
            got = got[len(text) :]
        else:
            text, got = got[: piece["bytes"]], got[piece["bytes"] :]
            if len(text) != piece["bytes"] or len(text.strip(b"\r").split(b"\r")) != piece["lines"]:
                return False
    return not got


def play(dialogue: dict, core: str | None = None) -> list[str]:
    """Replay a dialogue, on a core by name; what differed, in words."""
    replay, greeting = start(dialogue, core)
    steps = dialogue["steps"]
    wrong = []
    if steps[0]["send"] is None and "nmi" not in steps[0] and "poke" not in steps[0]:
        if not matches(steps[0]["recv"], greeting):
            wrong.append(f"boot: {greeting!r}")
        steps = steps[1:]
    slow = dialogue.get("timing") or dialogue.get("shows_clock")
    wanted_all, got_all = b"", b""
    for number, step in enumerate(steps):
        wanted = as_bytes(step["recv"])
        got = replay.step(step, None if slow else wanted)
        if dialogue.get("timing"):
            wanted_all += wanted or b""
            got_all += got
        elif not matches(step["recv"], got):
            wrong.append(f"step {number}: sent {step['send']!r}\n  wanted {step['recv']!r}\n  got    {got!r}")
        for block in step.get("peek", ()):
            address, data = int(block["addr"], 16), bytes.fromhex(block["hex"])
            seen = bytes(replay.board.peek(address + offset) for offset in range(len(data)))
            if seen != data:
                wrong.append(f"step {number}: at {address:06X} wanted {data.hex()}, there is {seen.hex()}")
    if wanted_all != got_all:
        wrong.append(f"altogether\n  wanted {wanted_all!r}\n  got    {got_all!r}")
    return wrong


def recorded(path: str | Path | None) -> list:
    """The dialogues of a file as parameters, each under its name."""
    dialogues = json.loads(Path(path).read_text(encoding="utf-8"))["dialogues"] if path else []
    return [pytest.param(dialogue, id=dialogue["name"]) for dialogue in dialogues]


@pytest.mark.parametrize("dialogue", recorded(SELECTED))
def test_selected_dialogues(dialogue):
    assert play(dialogue) == []


SAMPLE = (
    "registers", "slash_memory", "G_bad_digit", "J_brk", "M_store_keep_back", "upload_flipped_digit_02",
    "upload_crlf_bad_checksum", "xoff_in_address", "no_external_ram_run_at_00B6",
)  # fmt: skip
"""Short ones, of every kind: the slowest core does about as many cycles in a second as the board."""


@pytest.mark.parametrize("core", backend.NAMES)
@pytest.mark.parametrize("dialogue", [row for row in recorded(SELECTED) if row.id in SAMPLE])
def test_a_sample_on_every_core(dialogue, core):
    if core not in backend.available() and not os.environ.get("MENSCH816_ALL_BACKENDS"):
        pytest.skip(f"the {core} core was not built")
    assert play(dialogue, core) == []


def test_the_sample_is_there():
    assert {row.id for row in recorded(SELECTED)} >= set(SAMPLE)


@pytest.mark.skipif(
    not os.environ.get(EVERYTHING),
    reason=f"{EVERYTHING} does not name the file of all recorded dialogues (about six minutes)",
)
@pytest.mark.parametrize("dialogue", recorded(os.environ.get(EVERYTHING)))
def test_all_dialogues(dialogue):
    assert play(dialogue) == []
