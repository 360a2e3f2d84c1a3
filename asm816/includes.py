# SPDX-License-Identifier: MIT
"""The include files that come with the assembler, made from the machine's tables.

They lie in `asm816/include` as files, so that people can read them; `python -m asm816.includes` writes
them anew, and a test compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asm816.source import OWN_INCLUDES
from asm816.target.registers import REGISTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """\
; SPDX-License-Identifier: MIT
; The registers of the W65C265S.  Made from asm816/target/registers.py: change that, not this.

.ifndef W65C265_INC
.define W65C265_INC 1

"""


def include_files() -> Mapping[str, str]:
    """Name -> content of each include file."""
    rows = [f"{f'{r.name} equ 0x{r.address:04x}':20} ; {r.meaning}\n" for r in REGISTERS]
    return {"w65c265.inc": _HEAD + "".join(rows) + "\n.endif\n"}


if __name__ == "__main__":
    for _name, _content in include_files().items():
        (OWN_INCLUDES / _name).write_text(_content, encoding="utf-8", newline="\n")
