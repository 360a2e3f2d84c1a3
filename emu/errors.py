# SPDX-License-Identifier: MIT
"""The emulator's family of errors."""

from __future__ import annotations

from asm816.errors import ToolError
from asm816.exitcodes import ExitCode


class EmuError(ToolError):
    """What the emulator reports: a bad board name, image, pin, ROM or vectors file."""

    exit_code = ExitCode.USAGE


class EmuFileError(EmuError):
    """A file that the emulator needs cannot be read or written."""

    exit_code = ExitCode.FILE_ACCESS
