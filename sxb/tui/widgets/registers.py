# SPDX-License-Identifier: MIT
"""The processor's registers, and its flags by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message

from sxb.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

ROWS = (
    (("pbr", 2), ("pc", 4)),
    (("a", 4), ("x", 4)),
    (("y", 4), ("s", 4)),
    (("d", 4), ("dbr", 2)),
)
"""(name, digits) as they stand beside each other."""

FLAGS = (
    ("N", 0x80, "negative"),
    ("V", 0x40, "overflow"),
    ("M", 0x20, "A is 8 bits wide"),
    ("X", 0x10, "X and Y are 8 bits wide"),
    ("D", 0x08, "decimal"),
    ("I", 0x04, "interrupts are held off"),
    ("Z", 0x02, "zero"),
    ("C", 0x01, "carry"),
)
"""Flags of P, bit 7 first."""


def registers_text(now: Mapping[str, int], before: Mapping[str, int]) -> Text:
    """The lines; a register that has changed is bold and has a mark."""
    text = Text(no_wrap=True)
    for row in ROWS:
        for name, digits in row:
            if name not in now:
                text.append(f"{name.upper():>4} {'-' * digits:<6}")
                continue
            changed = name in before and before[name] != now[name]
            text.append(f"{name.upper():>4} ", "dim")
            text.append(f"{now[name]:0{digits}X}{'*' if changed else ' '}", "bold" if changed else "")
            text.append(" " * (5 - digits))
        text.append("\n")
    if "p" in now:
        mode = "" if "e" not in now else "  emulation" if now["e"] else "  native"
        text.append("   P ", "dim")
        text.append(f"{now['p']:02X}{mode}\n")
        text.append("     ")
        for letter, mask, _ in FLAGS:
            lit = bool(now["p"] & mask)
            text.append(letter if lit else letter.lower(), "bold reverse" if lit else "dim")
    return text


def flags_in_words(p: int) -> str:
    """Which flags are set, in words."""
    said = [f"{letter} {meaning}" for letter, mask, meaning in FLAGS if p & mask]
    return ", ".join(said) or "no flag is set"


class RegistersPane(Drawn):
    """The registers; a click or enter asks to edit one."""

    can_focus = True
    HELP = (
        "# Registers\n\nCapital flag letters are set, small ones are clear; `*` marks what the last stop changed. "
        "**Enter** or **e** changes one: `a=80`, `pc=$00b6`. On a real board these are the registers that the "
        "monitor saved; G starts a program with them."
    )

    class Edit(Message):
        """The user wants to change a register."""

    def __init__(self) -> None:
        super().__init__(id="registers")
        self.border_title = "Registers"
        self._now: Mapping[str, int] = {}
        self._before: Mapping[str, int] = {}

    def show(self, registers: Mapping[str, int]) -> None:
        """Show these; what differs from the last ones shown that differed is marked."""
        if registers != self._now:
            self._before, self._now = self._now, registers
        self.draw(registers_text(self._now, self._before))
        self.tooltip = flags_in_words(registers.get("p", 0))

    def on_click(self) -> None:
        """A click edits."""
        self.post_message(self.Edit())

    def on_key(self, event: events.Key) -> None:
        """Enter edits."""
        if event.key == "enter":
            event.stop()
            self.post_message(self.Edit())
