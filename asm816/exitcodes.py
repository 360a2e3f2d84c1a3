# SPDX-License-Identifier: MIT
"""Exit codes of all our commands: one row per cause, the same in every tool."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a process says of itself when it ends."""

    DONE = 0
    SOURCE_ERRORS = 1  # the source or file has errors
    USAGE = 2  # the command line is wrong
    FILE_ACCESS = 3  # a file cannot be read or written
    PROGRAM_FAILED = 4  # the emulated program failed or an expectation was not met
    NO_PORT = 10  # no port, port busy, or not allowed
    NO_ANSWER = 11  # the board does not answer
    NOT_THE_MONITOR = 12  # it answers, but not as this monitor
    REFUSED_BY_BOARD = 13  # line error that retries did not cure, or memory that is not writable
    VERIFY_DIFFERS = 14  # reading back found a difference
    LINE_LOST = 15  # the line was lost
    GUARDED = 16  # would overwrite the monitor's own memory or the chip's registers
    INTERRUPTED = 130  # Ctrl-C
