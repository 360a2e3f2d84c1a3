# SPDX-License-Identifier: MIT
"""Pages of `docs/` that are made from the machine's tables.

`python -m asm816.pages` in a checkout writes them anew, and a test compares.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from asm816.target.interrupts import ABORT, BRK_EMULATION, BRK_NATIVE, COP, MASKABLE, NMI, RESET
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


def pages() -> Mapping[str, str]:
    """Name -> content of each page."""
    return {"registers.md": registers_page()}


if __name__ == "__main__":
    for _name, _content in pages().items():
        (DOCS / _name).write_text(_content, encoding="utf-8", newline="\n")
