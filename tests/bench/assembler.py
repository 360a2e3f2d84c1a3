# SPDX-License-Identifier: MIT
"""How fast the assembler is: lines per second on a program made for the purpose.  Not a test.

python tests/bench/assembler.py [LINES]
"""

from __future__ import annotations

import sys
import time

from asm816 import assemble

BODY = """
label{n}:
  lda.b #0x{b:02x}
  sta 0xdf23
  ldx #{n}
  lda table, x
  bne label{n}
  jsr later{n}
later{n}:
  clc
  adc #{n} + 2 * 3
  rts
"""


def program(lines: int) -> str:
    """A source of about this many lines: labels, forward references, expressions."""
    blocks = lines // (BODY.count("\n") - 1)
    body = "".join(BODY.format(n=n, b=n & 0xFF) for n in range(blocks))
    return f".65816\n.org 0x10000\ntable: db 1, 2, 3\n{body}"


def main() -> None:
    """Print lines per second."""
    text = program(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    lines = text.count("\n")
    assemble(text=".65816\nnop\n")  # the grammar is read once per process
    started = time.perf_counter()
    result = assemble(text=text)
    seconds = time.perf_counter() - started
    assert result.ok, result.diagnostics[:3]
    print(f"asm816  {lines} lines  {lines / seconds:,.0f} lines/s  {result.image.size} bytes")


if __name__ == "__main__":
    main()
