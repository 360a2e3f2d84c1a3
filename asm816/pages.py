# SPDX-License-Identifier: MIT
"""Pages of `docs/` that are made from the machine's tables.

`python -m asm816.pages` in a checkout writes them anew, and a test compares.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asm816.target.interrupts import ABORT, BRK_EMULATION, BRK_NATIVE, COP, MASKABLE, NMI, RESET
from asm816.target.monitor import CELL_ROWS, COMMANDS, LIBRARY, MEMORY_MAP, VECTOR_ROWS
from asm816.target.quirks import QUIRKS
from asm816.target.registers import REGISTERS, SOURCES
from asm816.target.selects import SELECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from asm816.target.registers import Register

DOCS = Path("docs")

_HEAD = """\
# The registers of the W65C265S

Made from `asm816/target/registers.py` by `python -m asm816.pages`: change that, not this.

All registers lie in bank 0. `.include "w65c265.inc"` gives a source their names, and the bits as masks:
`BCR_BUS` is 01, `TER_T2` is 04; those of the four ACSRs are called `ACSR_...`. Pins are bits by their
own number. What no public source says is marked "assumed"; where the emulator could as well do otherwise
there is a setting, `emu.chip.settings.ChipSettings`.
"""

_MONITOR_HEAD = """\
# The monitor in the ROM

Made from `asm816/target/monitor.py` and `asm816/target/quirks.py` by `python -m asm816.pages`: change
those, not this.

The monitor waits on UART 3 with 9600 baud, 8 data bits, no parity, 1 stop bit, and obeys XON and XOFF.
It sends CR only, so a terminal has to add LF. A command is one key, in either case; it is echoed with two
spaces. Most end with `READY` and the prompt `>`. Addresses are six hex digits, bank first, without Return:
the sixth digit ends them; ESC or Return cancels.

The virtual boards run a monitor of our own, written to the behaviour recorded from WDC's published ROM
image. It comes in two images: `quirks`, the default, has the faults that the chip's own ROM shows to a host or
a program, `fixed` has not:

    emu816 serve --rom fixed
    sxb run program.asm --port "emu:qbx?rom=fixed"

or `Board(rom="fixed")` in Python. A file works too: people who own a board can use its own ROM. `make rom`
assembles both from `emu/rom/monitor.asm` and says how much of the 8 KB is free.

## Commands

{commands}
## Calling the library

`.include "monitor.inc"` gives a source the names below. Entries are called by JSL, in native mode, A 8 bits,
X and Y 16 bits, D = 0; what is not named under "gives" or "changes" comes back as it was, the processor's
N, Z and V apart. All of it was seen when calls of the published ROM image were executed, but for the
last column.

{library}
A program started by `G` or `J` finds native mode, A 8 bits, X and Y 16 bits, D = 0, DBR = 0, interrupts on,
S = 01FF (01FC at `J`), and the registers that were set before. It comes back to the prompt by BRK, by RTL
if it was started by `J`, or by NMI where BCR bit 6 was set; with D = 0 and DBR = 0, and with the interrupts of
T1 and UART 3 left on while it runs, the clock goes on.

## RAM vectors

{vectors}
## Memory

{memory}
## Cells

{cells}
## Faults of the chip's ROM

{quirks}
In both images `X`, and half an hour without a character on the line, go to low power as `DO_LOW_PWR_PGM` does;
the chip's own ROM crashes there. A program that runs silent for so long sets `MON_PD_TIMER` to 0.
"""

_FIXED = (COP, BRK_NATIVE, ABORT, NMI, RESET, BRK_EMULATION)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    titles = list(head)
    return "\n".join([f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}", *lines]) + "\n"


def _overview() -> str:
    rows = (
        (
            f"{r.address:04X}",
            f"[{r.name}](#{r.name.lower()})" if r.bits else r.name,
            r.access,
            f"{r.reset:02X}",
            r.meaning,
            r.source,
            "yes" if r.modelled else "stored only",
        )
        for r in REGISTERS
    )
    return _table(("address", "name", "access", "reset", "what it is", "source", "emulated"), rows)


def _bits(register: Register) -> str:
    rows = (
        (
            str(b.number),
            b.name,
            b.access,
            str(b.reset),
            b.meaning,
            b.source,
            "yes" if b.modelled else "stored only",
        )
        for b in register.bits
    )
    return f"\n### {register.name}\n\n{register.address:04X}: {register.meaning}\n\n" + _table(
        ("bit", "name", "access", "reset", "what it is, or what 1 means", "source", "emulated"), rows
    )


def _vectors() -> str:
    rows = [
        (s.name, f"{s.native_vector:04X}", f"{s.emulation_vector:04X}", f"{s.flag} bit {s.bit}")
        for s in MASKABLE
    ]
    for source in _FIXED:
        native = source not in (RESET, BRK_EMULATION)
        emulation = source is not BRK_NATIVE
        rows.append(
            (
                source.name,
                f"{source.native_vector:04X}" if native else "",
                f"{source.emulation_vector:04X}" if emulation else "",
                "",
            )
        )
    return _table(("source", "native", "emulation", "flag"), rows)


def _selects() -> str:
    rows = (
        (f"CS{n}", f"P7{n}", f"{area.first:06X}-{area.last:06X}", area.what)
        for n, area in sorted(SELECTS, key=lambda row: row[0])
    )
    return _table(("select", "pin", "range", "what for"), rows)


def registers_page() -> str:
    """The page about the registers."""
    return (
        _HEAD
        + "\n## All registers\n\n"
        + _overview()
        + "\n## Their bits\n"
        + "".join(_bits(register) for register in REGISTERS if register.bits)
        + "\n## Vectors\n\nA flag and its enable bit together interrupt. Of several the highest vector is"
        + " served first (assumed).\n\n"
        + _vectors()
        + "\n## Chip selects\n\nPCS7 switches them on, one bit each; select 2 stands for what is on the"
        + " chip.\n\n"
        + _selects()
        + "\n## Sources\n\n"
        + _table(("name", "what it is"), SOURCES.items())
    )


def _plain(text: str) -> str:
    """Text for a cell of a table: a bar would end it, a lone quote would begin code."""
    return text.replace("|", "\\|").replace("`", "\\`")


def _commands() -> str:
    rows = [
        (
            f"`{'SPACE' if row.key == ' ' else row.key}`".replace("|", "\\|"),
            _plain(row.asks),
            row.meaning,
            _plain(row.answer),
        )
        for row in COMMANDS
    ]
    return _table(("key", "asks for", "what it does", "answers"), rows)


def _library() -> str:
    rows = [
        (
            f"{entry.address:04X}",
            f"`{entry.name}`",
            *map(_plain, (entry.what, entry.takes, entry.gives, entry.changes or "-", entry.carry or "-")),
            _plain(entry.assumed),
        )
        for entry in LIBRARY
    ]
    return _table(("JSL to", "name", "what it does", "takes", "gives", "changes", "C", "assumed"), rows)


def _memory_map() -> str:
    rows = [
        (f"{row.first:04X}-{row.last:04X}" if row.first != row.last else f"{row.first:04X}", row.what)
        for row in MEMORY_MAP
    ]
    return _table(("range", "what it is"), rows)


def _cells() -> str:
    rows = [
        (f"{cell.address:04X}", str(cell.size), f"`MON_{cell.name}`", _plain(cell.meaning))
        for cell in CELL_ROWS
    ]
    return _table(("address", "bytes", "name", "meaning"), rows)


def _ram_vectors() -> str:
    rows = [(f"{row.address:04X}", f"`{row.label}`", row.meaning) for row in VECTOR_ROWS]
    return _table(("address", "name", "what goes through it; where it leads after a boot"), rows)


def _quirks() -> str:
    rows = [(f"`{row.name}`", row.seen, row.repaired) for row in QUIRKS]
    return _table(("name", "with `quirks`, as in the chip", "with `fixed`"), rows)


def monitor_page() -> str:
    """The page about the monitor."""
    return _MONITOR_HEAD.format(
        commands=_commands(),
        library=_library(),
        vectors=_ram_vectors(),
        memory=_memory_map(),
        cells=_cells(),
        quirks=_quirks(),
    )


def pages() -> Mapping[str, str]:
    """Name -> content of each page."""
    return {"registers.md": registers_page(), "monitor.md": monitor_page()}


if __name__ == "__main__":
    for _name, _content in pages().items():
        (DOCS / _name).write_text(_content, encoding="utf-8", newline="\n")
