# SPDX-License-Identifier: MIT
"""Conditions of breakpoints: a register or a byte, compared with a number.  Pure.

``a = 0x80``, ``x < 10``, ``[0x00df23] != 1``
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from asm816.addresses import parse_address
from asm816.spelling import REGISTER_NAMES, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COMPARED = MappingProxyType(
    {
        "=": operator.eq,
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        ">": operator.gt,
        "<=": operator.le,
        ">=": operator.ge,
    }
)

_SHAPE = re.compile(r"\s*(\[[^\]]+\]|[A-Za-z]+)\s*(==|!=|<=|>=|=|<|>)\s*(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Condition:
    """`register` by name, or the byte at `address`, compared with `value`."""

    text: str
    register: str
    address: int
    sign: str
    value: int

    def holds(self, registers: Mapping[str, int], peek: Callable[[int], int]) -> bool:
        """Whether it is true now."""
        found = registers[self.register] if self.register else peek(self.address)
        return bool(_COMPARED[self.sign](found, self.value))


def condition(text: str, symbols: Mapping[str, int]) -> Condition:
    """The condition in a text.  Raises ValueError with a sentence if there is none in it."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no condition: like a = 0x80, x < 10, [0xdf23] != 1")
    what, sign, value = match.groups()
    if what.startswith("["):
        place = parse_address(what[1:-1].strip(), symbols)
        return Condition(text.strip(), "", place, sign, number(value))
    name = REGISTER_NAMES.get(what.lower())
    if name is None:
        raise ValueError(f"there is no register {what}: registers are {', '.join(sorted(REGISTER_NAMES))}")
    return Condition(text.strip(), name, 0, sign, number(value))


def place_and_condition(text: str, symbols: Mapping[str, int]) -> tuple[int, Condition | None]:
    """``00:00c2`` or ``show if a = 0x80``.  Raises ValueError."""
    place, _, said = text.partition(" if ")
    return parse_address(place.strip(), symbols), condition(said, symbols) if said.strip() else None
