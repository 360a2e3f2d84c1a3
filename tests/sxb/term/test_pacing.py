# SPDX-License-Identifier: MIT
"""Pasted text: the monitor's ring of ten bytes loses what comes too fast; ours loses nothing."""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

import pytest

from asm816.srec import s2_record
from asm816.target.monitor import END_RECORD, XOFF, XON
from sxb.client import open_port
from sxb.exchange import without_flow
from sxb.term.pacing import QUIET_SECONDS, SILENT_SECONDS, WINDOW, XOFF_SECONDS, Pacing
from sxb.term.script import Step, run_script
from sxb.term.terminal import Services, Terminal
from sxb.term.view import View

if TYPE_CHECKING:
    from sxb.transport import Line

TIMES = b"T\r" * 12
"""Asks for the time; the answer of two lines takes 40 ms, in which 40 more bytes would come."""

STORES = b"M0000C0" + b"".join(b"%02X" % (n * 5) for n in range(24)) + b"\rR"
"""Stores 24 bytes; each is answered, and after 16 a new line is begun."""

RECORDS = b"".join(s2_record(0xC0 + n, bytes(range(n, n + 16))) + b"\r" for n in (0, 16)) + END_RECORD + b"\r"
"""The loader echoes nothing of them."""

BUSY = b"F000200007FFF55" + b"T\r" * 8
"""Fills 32 KB, 0.8 s in silence, and goes on."""


def settle(line: Line) -> bytes:
    said = b""
    while data := line.read(2.0):
        said += data
    return without_flow(said)


@pytest.fixture(params=["emu:sxb", "emu:sxb?rom=fixed"])
def line(request):
    with open_port(request.param) as opened:
        settle(opened)
        yield opened


def paced(line: Line, text: bytes) -> bytes:
    said = bytearray()
    run_script(line, [Step(waits=False, data=text)], 0.0, said.extend)
    return without_flow(bytes(said)) + settle(line)


def test_without_pacing_characters_are_lost(line):
    line.write(TIMES)
    assert settle(line).count(b"ENTER NEW TIME") < 12


def test_commands_with_long_answers(line):
    assert paced(line, TIMES).count(b"ENTER NEW TIME") == 12


def test_bytes_that_are_stored(line):
    assert b"PCntr" in paced(line, STORES)
    assert line.board.memory[0xC0 : 0xC0 + 24] == bytes(range(0, 120, 5))


def test_records_that_are_not_echoed(line):
    assert paced(line, RECORDS).endswith(b"READY\r>")
    assert line.board.memory[0xC0 : 0xC0 + 32] == bytes(range(32))


def test_a_command_that_is_busy_in_silence(line):
    assert paced(line, BUSY).count(b"ENTER NEW TIME") == 8


def pieces(pacing: Pacing, echo: bool, seconds: float) -> list[tuple[float, bytes]]:
    """What is sent when, by looks of 10 ms, to somebody who echoes at once or never."""
    found = []
    for now in itertools.takewhile(lambda now: now < seconds, (n * 0.01 for n in itertools.count())):
        piece = pacing.due(now)
        if piece:
            pacing.sent(piece, now)
            found.append((now, piece))
            pacing.heard(piece if echo else b"", now)
    return found


def test_what_is_echoed_is_followed_by_the_next():
    pacing = Pacing()
    pacing.give(bytes(range(0x41, 0x41 + 20)))
    found = pieces(pacing, echo=True, seconds=1.0)
    assert b"".join(piece for _, piece in found) == bytes(range(0x41, 0x41 + 20))
    assert [len(piece) for _, piece in found] == [WINDOW, WINDOW, 4]
    assert found[-1][0] < 3 * (QUIET_SECONDS + 0.02)


def test_who_never_echoes_is_waited_for_once():
    pacing = Pacing()
    pacing.give(b"x" * 40)
    found = pieces(pacing, echo=False, seconds=5.0)
    assert sum(len(piece) for _, piece in found) == 40
    assert SILENT_SECONDS <= found[1][0] < SILENT_SECONDS + 0.03
    assert found[-1][0] < SILENT_SECONDS + 4 * (QUIET_SECONDS + 0.02)


def test_output_that_goes_on_is_waited_for():
    pacing = Pacing()
    pacing.give(b"R" * 20)
    pacing.sent(pacing.due(0.0), 0.0)
    for n in range(1, 500):
        pacing.heard(b"RRRR", n * 0.02)
        assert pacing.due(n * 0.02) == b""
    assert pacing.due(10.1)


def test_xoff_holds_until_xon_or_for_a_while():
    pacing = Pacing()
    pacing.heard(bytes([XOFF]), 0.0)
    pacing.give(b"AB")
    assert pacing.due(1.0) == b""
    pacing.heard(bytes([XON]), 1.0)
    assert pacing.due(1.1) == b"AB"
    pacing.heard(bytes([XON, XOFF]), 2.0)
    pacing.give(b"C")
    assert pacing.due(2.0 + XOFF_SECONDS - 0.1) == b""
    assert pacing.due(2.0 + XOFF_SECONDS) == b"C"


class Typed:
    """A keyboard at which `chunks` are typed, one per look; at its end it is like a pipe's."""

    def __init__(self, *chunks: bytes, typed_at: bool) -> None:
        self._chunks = list(chunks)
        self.typed_at = typed_at

    def keys(self) -> bytes | None:
        return self._chunks.pop(0) if self._chunks else None

    def ask(self, question: str) -> str:
        raise AssertionError(question)


def sitting(line: Line, keyboard: Typed) -> str:
    out = io.StringIO()
    services = Services(*[lambda *_: ""] * 6)
    Terminal(line, View(lambda: "", lambda: 0.0), out, services).run(keyboard, 3.0)
    return out.getvalue()


@pytest.mark.parametrize("typed_at", [False, True])
def test_a_paste_into_the_terminal(line, typed_at):
    assert sitting(line, Typed(TIMES, typed_at=typed_at)).count("ENTER NEW TIME") == 12


def test_a_pipe_is_sent_before_it_quits(line):
    shown = sitting(line, Typed(TIMES + b"\x1dq", typed_at=False))
    assert "were not sent" not in shown
    assert shown.count("T  ") >= 8  # what the last of them say comes behind its end


def test_ctrl_c_drops_the_rest(line):
    shown = sitting(line, Typed(TIMES, b"", b"\x03", typed_at=True))
    assert "characters were not sent" in shown
    assert shown.count("ENTER NEW TIME") < 12
