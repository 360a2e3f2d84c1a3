# SPDX-License-Identifier: MIT
"""What a board with a monitor can do with programs, as a protocol of labgrid's kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sxb.client import CallResult, LoadResult, Registers


class ProgramProtocol(ABC):
    """Load and run programs.  A `file` is a source, an image, or a name in the environment's ``images``.

    All raise SxbError, and AsmError for a file that is no program.
    """

    @abstractmethod
    def load(self, file: str, *, verify: bool = True) -> LoadResult:
        """Bring a program into memory, and read it back."""

    @abstractmethod
    def run(self, file: str, *, start: int | str | None = None) -> LoadResult:
        """Load a program and jump to its entry, or to an address or symbol; it keeps the line."""

    @abstractmethod
    def call(self, address: int, *, seconds: float) -> CallResult:
        """Call what was loaded, and wait until it returns."""

    @abstractmethod
    def registers(self) -> Registers:
        """The registers that the monitor has saved."""

    @abstractmethod
    def set_registers(self, **values: int) -> Registers:
        """Set some of them; all, read back."""

    @abstractmethod
    def read_memory(self, address: int, length: int) -> bytes:
        """`length` bytes from `address`."""

    @abstractmethod
    def write_memory(self, address: int, data: bytes) -> None:
        """Write a few bytes, each read back."""

    @abstractmethod
    def reset(self) -> None:
        """Press RESET and wait for the monitor."""
