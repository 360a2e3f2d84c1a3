# SPDX-License-Identifier: MIT
"""The memory of a board as people hold it: indexed by 24-bit address, read and written without a bus cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from emu.errors import EmuError

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 1 << 24


def check_address(address: int) -> int:
    """The address itself.  Raises EmuError if it is not one of 24 bits."""
    if not isinstance(address, int) or not 0 <= address < SIZE:
        where = f"{address:#x}" if isinstance(address, int) else repr(address)
        raise EmuError("E2071", f"{where} is not an address", "addresses are 000000 to FFFFFF")
    return address


class Memory:
    """The 16 MiB space: ``memory[0xB6]`` is a byte, ``memory[0xB6:0x100]`` is bytes.

    RAM shows its content whether it is selected or not, the ROM and the flash what they show the core
    now; where there is nothing, zeros.  The chip's registers are not here: see `Board.peek`.  RAM
    and the shown bank of the flash can be assigned to, a byte or a slice of the same length; it is recorded, so
    that stepping back knows of it.  Raises EmuError for addresses outside the space, and for
    assignments to what is neither RAM nor flash; then nothing is written.
    """

    def __init__(self, content: bytearray, poke: Callable[[int, bytes], None]) -> None:
        self._content = content
        self._poke = poke

    def __len__(self) -> int:
        return SIZE

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> bytes: ...

    def __getitem__(self, place: int | slice) -> int | bytes:
        if isinstance(place, slice):
            first, end = _bounds(place)
            return bytes(self._content[first:end])
        return self._content[check_address(place)]

    @overload
    def __setitem__(self, place: int, value: int) -> None: ...

    @overload
    def __setitem__(self, place: slice, value: bytes | bytearray) -> None: ...

    def __setitem__(self, place: int | slice, value: int | bytes | bytearray) -> None:
        if isinstance(place, slice):
            first, end = _bounds(place)
            data = bytes(value) if isinstance(value, (bytes, bytearray, memoryview)) else None
            if data is None or len(data) != end - first:
                raise EmuError(
                    "E2072", f"{first:06X}-{end - 1:06X} takes {end - first} bytes", "give as many bytes"
                )
        else:
            first = check_address(place)
            if not isinstance(value, int) or not 0 <= value <= 0xFF:
                raise EmuError("E2072", f"{value!r} is not a byte", "a byte is 0 to 0xFF")
            data = bytes((value,))
        if data:
            self._poke(first, data)


def _bounds(place: slice) -> tuple[int, int]:
    """First address and the one behind the last."""
    first = 0 if place.start is None else place.start
    end = SIZE if place.stop is None else place.stop
    if place.step not in (None, 1):
        raise EmuError("E2071", "a slice of memory has no step", "take all its bytes")
    if end != SIZE:
        check_address(end)
    if first != SIZE:
        check_address(first)
    return first, max(first, end)
