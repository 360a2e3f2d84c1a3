# SPDX-License-Identifier: MIT
"""A moment of a board: its whole state and records as a value, and the bytes of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emu.errors import EmuError
from emu.snapshot import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = "board"
"""The kind of our snapshots (`emu.snapshot`)."""

Edges = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
"""What a pin has on record: (cycle, level) of each edge, and the tick of each."""

Log = tuple[int, tuple[tuple[int, int], ...]]
"""What a cable has on record: how many characters were taken, and (cycle, byte) of each."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A board between two instructions.

    ``identity`` is what a board must have in common with it to take it over, ``machine`` and ``pages`` are
    `Machine.state` and `Machine.pages`.
    """

    identity: Mapping[str, Any]
    machine: Mapping[str, Any]
    pages: Mapping[int, bytes]
    edges: Mapping[str, Edges]
    logs: Mapping[int, Log]

    def packed(self) -> bytes:
        """The bytes of a snapshot."""
        state = {
            "identity": dict(self.identity),
            "machine": dict(self.machine),
            "edges": {
                name: [list(map(list, edges)), list(ticks)] for name, (edges, ticks) in self.edges.items()
            },
            "logs": {
                str(number): [taken, list(map(list, log))] for number, (taken, log) in self.logs.items()
            },
        }
        return pack(KIND, state, self.pages)


def unpacked(snapshot: bytes) -> Moment:
    """The moment that a snapshot holds.  Raises EmuError if it holds none."""
    state, pages = unpack(KIND, snapshot)
    try:
        return _moment(state, pages)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise EmuError(
            "E2080",
            f"the snapshot does not hold what this version of the program keeps: {error!r}",
            "make a new one",
        ) from error


def _moment(state: dict[str, Any], pages: dict[int, bytes]) -> Moment:
    return Moment(
        dict(state["identity"]),
        state["machine"],
        pages,
        {name: (_pairs(edges), tuple(ticks)) for name, (edges, ticks) in state["edges"].items()},
        {int(number): (taken, _pairs(log)) for number, (taken, log) in state["logs"].items()},
    )


def _pairs(rows: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, second) for first, second in rows)
