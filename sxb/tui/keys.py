# SPDX-License-Identifier: MIT
"""Every action of the monitor session, a row each: footer, command palette, help and the key map walk it.

A key can be remapped by the action's name in the configuration file (`sxb.config`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYWHERE = "everywhere"


class Action(NamedTuple):
    """`name` is the part behind ``action_`` of the method that does it; `label` stands in the footer.

    `headless` says how the same is done without screens, methods and commands, with commas between; empty
    where the action only concerns the screen.
    """

    scope: str
    name: str
    key: str
    label: str
    tip: str
    headless: str = ""


ACTIONS = (
    Action(EVERYWHERE, "help", "f1", "?", "Keys of the focused part, and what it shows"),
    Action(EVERYWHERE, "mode('console')", "f2", "Console", "The conversation with the board"),
    Action(EVERYWHERE, "mode('board')", "f3", "Board", "Registers, code, memory"),
    Action(EVERYWHERE, "mode('pins')", "f4", "Pins", "LEDs, ports, the chip's registers, waveforms"),
    Action(EVERYWHERE, "mode('files')", "f5", "Files", "Choose a program, load it, see its source"),
    Action(
        EVERYWHERE,
        "toggle_run",
        "f6",
        "Run/Stop",
        "Run what stands, stop what runs",
        "Board.run, Monitor.go, sxb go, emu816 debug run",
    ),
    Action(
        EVERYWHERE,
        "step_back",
        "f7",
        "Back",
        "Undo the last instruction",
        "Board.step_back, emu816 debug back",
    ),
    Action(
        EVERYWHERE,
        "step",
        "f8",
        "Step",
        "One instruction",
        "Board.step, Monitor.step, sxb step, emu816 debug step",
    ),
    Action(EVERYWHERE, "step_cycle", "f9", "Bus", "One bus cycle", "Board.step_cycle, emu816 debug cycle"),
    Action(EVERYWHERE, "leave", "ctrl+q", "Quit", "Give the port back and leave"),
    Action("board", "registers", "e", "Reg", "Change a register", "Board.set_registers, sxb regs"),
    Action(
        "board",
        "go_to",
        "g",
        "Go",
        "Show memory and code at an address or symbol",
        "Monitor.read, sxb read, sxb dis",
    ),
    Action("board", "poke", "p", "Poke", "Write bytes at the cursor", "Monitor.write, sxb write"),
    Action("board", "undo", "u", "Undo", "Put back what the last poke changed", "Monitor.write, sxb write"),
    Action(
        "board",
        "breakpoint",
        "b",
        "Break",
        "Set or clear a breakpoint, with a condition",
        "Board.run, Monitor.until, sxb go, emu816 debug break",
    ),
    Action(
        "board",
        "step_over",
        "o",
        "Over",
        "One instruction, with what it calls",
        "Board.run, Monitor.step, sxb step, emu816 debug over",
    ),
    Action(
        "board",
        "run_to",
        "t",
        "To",
        "Run until an address is reached",
        "Board.run, Monitor.until, sxb go, emu816 debug until",
    ),
    Action(
        "board",
        "writer",
        "w",
        "Writer",
        "Back to the last write of the byte",
        "Board.last_writer, Board.back_before, emu816 debug writer",
    ),
    Action("board", "source", "s", "Src", "The line of source that made the byte, or the code"),
    Action("board", "fill", "f", "Fill", "Fill memory with a byte", "Monitor.fill, sxb fill"),
    Action("board", "compare", "d", "Diff", "Mark what changes from now on", "Monitor.read, sxb read"),
    Action(
        "pins",
        "writer",
        "w",
        "Writer",
        "Back to the last write of the register",
        "Board.last_writer, Board.back_before, emu816 debug writer",
    ),
    Action("pins", "longer", "plus", "Longer", "Waveforms of more of the past", "emu816 debug waves"),
    Action("pins", "shorter", "minus", "Shorter", "Waveforms of less of the past", "emu816 debug waves"),
    Action("files", "load_file", "l", "Load", "Assemble, load and verify", "Monitor.load, sxb load"),
    Action("files", "run_file", "r", "Load+run", "The same, and start it", "sxb run"),
    Action("files", "watch", "w", "Watch", "Load and run again whenever the file is saved", "sxb run"),
    Action("files", "filter", "slash", "Filter", "Show files whose name has this in it"),
    Action("files", "folder", "o", "Folder", "Look for programs in another folder"),
    Action("console", "hex", "ctrl+x", "Hex", "Bytes, both ways, instead of text", "sxb term"),
    Action("console", "stamps", "ctrl+t", "Times", "When each line began", "sxb term"),
    Action("console", "search", "ctrl+f", "Find", "The next line with a text in it"),
    Action(
        "console", "again", "ctrl+r", "Again", "Send again what was typed before", "Monitor.send, sxb term"
    ),
    Action("console", "save", "ctrl+s", "Save", "Write the conversation to a file", "sxb term"),
    Action("console", "clear", "ctrl+l", "Clear", "Empty the window"),
    Action(EVERYWHERE, "command_palette", "ctrl+p", "All", "Every action, found by its name"),
)
"""In the order of the footer."""

PALETTE = (
    Action(
        EVERYWHERE,
        "change_speed",
        "",
        "Speed",
        "The next of: real time, x10, as fast as it goes, x0.01, x0.1",
        "emu816 serve",
    ),
    Action(
        EVERYWHERE,
        "reset_board",
        "",
        "Press RESET",
        "On the virtual board",
        "Board.reset, emu816 debug reset",
    ),
    Action(EVERYWHERE, "connect", "", "Connect to another port", "The list of ports", "sxb ports"),
)
"""Actions without a key of their own: they stand in the command palette only."""


def bindings(scope: str) -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The key bindings of a scope."""
    return [
        Binding(
            action.key,
            action.name,
            action.label,
            tooltip=action.tip,
            id=identity(action),
            priority=action.key.startswith("f") and len(action.key) > 1,
        )
        for action in ACTIONS
        if action.scope == scope
    ]


def identity(action: Action) -> str:
    """What the action is called in a key map: ``step``, ``board.poke``, ``console``."""
    name = action.name.partition("(")[2].strip("')") or action.name
    return name if action.scope == EVERYWHERE else f"{action.scope}.{name}"


IDENTITIES: Mapping[str, Action] = MappingProxyType({identity(action): action for action in ACTIONS})
