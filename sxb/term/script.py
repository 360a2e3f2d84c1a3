# SPDX-License-Identifier: MIT
"""What a terminal does by itself: send this, wait for that, in the order of the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sxb import errors
from sxb.term.pacing import Pacing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sxb.transport import Line

LOOK_SECONDS = 0.05
"""One look at the line while something is waited for."""

_ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "e": "\x1b", "0": "\0", "\\": "\\"}
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|.|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """Bytes to be sent, or bytes to be waited for."""

    waits: bool
    data: bytes


def spelled_bytes(text: str) -> bytes:
    r"""``R``, ``\r``, ``\x1b``: bytes as they are typed.  Raises ValueError with a sentence."""

    def one(match: re.Match[str]) -> str:
        escape = match[1]
        if escape in _ESCAPES:
            return _ESCAPES[escape]
        if len(escape) == len("xFF"):
            return chr(int(escape[1:], 16))
        raise ValueError(rf"\{escape} means nothing here; there are \r \n \t \e \0 \\ and \xFF")

    try:
        return _ESCAPE.sub(one, text).encode("latin-1")
    except UnicodeEncodeError as error:
        raise ValueError(f"{text!r} has characters that are no single byte") from error


def run_script(line: Line, steps: Sequence[Step], within: float, show: Callable[[bytes], None]) -> None:
    """Send and wait; what comes is shown.  `within`: seconds on the line's clock for each wait.

    A text is sent no faster than the board takes it.  What was waited for once does not count for the next wait.  Raises ProgramFailedError for what does not
    come, LineLostError.
    """
    said, pacing = b"", Pacing()

    def listen(seconds: float) -> bytes:
        data = line.read(seconds)
        pacing.heard(data, line.now())
        show(data)
        return data

    for step in steps:
        if not step.waits:
            pacing.give(step.data)
            said += _send_all(line, pacing, listen)
            continue
        end = line.now() + within
        while step.data not in said:
            left = end - line.now()
            if left <= 0:
                raise errors.not_said(step.data, within, said)
            said += listen(min(LOOK_SECONDS, left))
        said = said.partition(step.data)[2]


def _send_all(line: Line, pacing: Pacing, listen: Callable[[float], bytes]) -> bytes:
    """Send what waits; returns what came in the meantime."""
    said = b""
    while pacing.waiting:
        piece = pacing.due(line.now())
        line.write(piece)
        pacing.sent(piece, line.now() + line.write_time(len(piece)))
        if pacing.waiting:
            said += listen(LOOK_SECONDS)
    return said
