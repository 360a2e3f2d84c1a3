# SPDX-License-Identifier: MIT
"""The root of every error that our tools report, and the assembler's own family.

An error is a value: a stable code, one sentence that says what happened and where, and a hint
that says what to try.  Printing it is the command line's business (`asm816.commandline`).
"""

from __future__ import annotations

from asm816.exitcodes import ExitCode


class ToolError(Exception):
    """What all families share; raise a family's class, catch this at the edge."""

    exit_code = ExitCode.SOURCE_ERRORS

    def __init__(self, code: str, sentence: str, hint: str = "", exit_code: ExitCode | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.hint = hint
        if exit_code is not None:
            self.exit_code = exit_code

    def __reduce__(self) -> tuple[object, ...]:
        """An error crosses to another process with all it says."""
        return type(self), (self.code, self.sentence, self.hint, self.exit_code)

    def __str__(self) -> str:
        return f"{self.sentence} ({self.hint})" if self.hint else self.sentence


class AsmError(ToolError):
    """The assembler's family: bad sources, bad HEX or S-record files, bad images."""


class FileAccessError(AsmError):
    """A file cannot be read or written."""

    exit_code = ExitCode.FILE_ACCESS
