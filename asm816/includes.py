# SPDX-License-Identifier: MIT
"""The include files that come with the assembler, made from the machine's tables.

They lie in `asm816/include` as files, so that people can read them; `python -m asm816.includes` writes
them anew, and a test compares.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asm816.source import OWN_INCLUDES
from asm816.target.monitor import CELL_ROWS, LIBRARY, VECTOR_ROWS
from asm816.target.registers import BITS, REGISTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """\
; SPDX-License-Identifier: MIT
; The registers of the W65C265S.  Made from asm816/target/registers.py: change that, not this.

.ifndef W65C265_INC
.define W65C265_INC 1

"""

_MONITOR_HEAD = """\
; SPDX-License-Identifier: MIT
; The monitor in the chip's ROM, for programs: its library, RAM vectors and cells.  docs/monitor.md says
; what each takes and gives.  Made from asm816/target/monitor.py: change that, not this.
;
; Call an entry by JSL, in native mode with A 8 bits, X and Y 16 bits, D = 0:
;       lda.b #'!'
;       jsl PUT_CHR

.ifndef MONITOR_INC
.define MONITOR_INC 1

"""


def _line(name: str, value: int, digits: int, meaning: str) -> str:
    return f"{f'{name} equ 0x{value:0{digits}x}':30} ; {meaning}\n"


def _registers() -> str:
    """The registers' addresses, then the masks of their bits; pins are bits by their own number."""
    addresses = [_line(r.name, r.address, 4, r.meaning) for r in REGISTERS]
    masks = {bit.constant: bit for bit in BITS if not bit.register.startswith("PD")}
    rows = [_line(name, bit.mask, 2, bit.meaning) for name, bit in masks.items()]
    return "".join(addresses) + "\n; bits, as masks\n\n" + "".join(rows)


def _monitor() -> str:
    """Library, vectors and cells of the monitor; the cells are called MON_..., their names are short."""
    entries = [_line(entry.name, entry.address, 4, re.split("[;:]", entry.what)[0]) for entry in LIBRARY]
    vectors = [_line(vector.label, vector.address, 4, vector.meaning) for vector in VECTOR_ROWS]
    cells = [_line(f"MON_{cell.name}", cell.address, 4, cell.meaning) for cell in CELL_ROWS]
    parts = (entries, ["\n; RAM vectors: JML and a 24-bit address\n\n", *vectors], ["\n; cells\n\n", *cells])
    return "".join("".join(part) for part in parts)


def include_files() -> Mapping[str, str]:
    """Name -> content of each include file."""
    return {
        "w65c265.inc": _HEAD + _registers() + "\n.endif\n",
        "monitor.inc": _MONITOR_HEAD + _monitor() + "\n.endif\n",
    }


if __name__ == "__main__":
    for _name, _content in include_files().items():
        (OWN_INCLUDES / _name).write_text(_content, encoding="utf-8", newline="\n")
