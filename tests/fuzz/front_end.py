# SPDX-License-Identifier: MIT
"""Fuzzing the assembler with atheris: any text ends in an image or in diagnostics, and in nothing else.

    python tests/fuzz/front_end.py [CORPUS] [libFuzzer options]          (make fuzz)

What fails is kept in `tests/fuzz/crashes/`, where `test_crashes.py` replays it for ever.  The limits are
small here, so that no run takes long: the hostile sources in `tests/golden/asm/hostile` meet the real ones.
"""

from __future__ import annotations

import sys
from pathlib import Path

from asm816.directives import BARE, DIRECTIVES, EXPANDED
from asm816.expressions import BINARY, UNARY
from asm816.limits import Limits
from asm816.target.isa import MNEMONICS

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "asm"
SMALL = Limits(
    image_bytes=1 << 14,
    expanded_lines=1000,
    line_tokens=1000,
    replaced_tokens=10_000,
    new_tokens=4000,
    pieces=1000,
    errors=20,
)

PIECES = (
    ",x", ",y", ",s", "(", ")", "[", "]", "#", "#<", "#>", "#^", "!", "0x200", "$1234", "%1010", "12h", "17q", "'A'",
    "1.5", '"a"', "defined(", "a", "x", "$", ": ", "m: ", "m(1,2)", " m\n", "\\\n", "/*", "*/", ";", "//", "\n", ",",
    "=", " equ ", ".b ", ".w ", ".l ", "0xffffffffffffffff", "\n.endm\n", "\n.endif\n", ".macro m(a,b)\n", "#define ",
    '.include "inc/ok_part.inc"\n', '.binfile "inc/three.bin"\n', "BOARD_QBX",
)  # fmt: skip


def run(data: bytes) -> None:
    """One execution.  Raises whatever goes wrong."""
    from asm816 import assemble
    from asm816.diagnostics import as_json
    from asm816.hexfile import write_hex

    text = data.decode("utf-8", "replace")
    result = assemble(text=text, limits=SMALL, include_dirs=[GOLDEN], restrict_includes=GOLDEN)
    assert result.ok != any(found.is_error for found in result.diagnostics)
    assert len(result.diagnostics) <= 2 * SMALL.errors + 2
    lines = text.split("\n")
    for found in result.diagnostics:
        assert len(str(found)) < 10_000
        assert as_json(found)["code"] == found.code
        if found.span is not None and found.span.file == "<text>":
            assert 1 <= found.span.line <= len(lines)
            assert 1 <= found.span.column <= len(found.span.text) + 1
    if result.ok:
        write_hex(result.image)
        assert result.listing()
    else:
        assert not result.image.segments


def dictionary() -> str:
    """Words for libFuzzer to put in: those of the tables, and pieces of syntax."""
    words = (
        {f".{name}" for name in DIRECTIVES.keys() | EXPANDED} | BARE | {name.lower() for name in MNEMONICS}
    )
    words |= BINARY.keys() | UNARY.keys() | set(PIECES)
    quoted = ("".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in word) for word in sorted(words))
    return "".join(f'"{word}"\n' for word in quoted)


def main() -> None:
    """Run libFuzzer over `run`."""
    import tempfile

    import atheris

    with atheris.instrument_imports(include=["asm816"]):
        import asm816.assembler
        import asm816.listing  # noqa: F401 - loaded under instrumentation
    with tempfile.NamedTemporaryFile("w", suffix=".dict") as words:
        words.write(dictionary())
        words.flush()
        options = [f"-dict={words.name}", f"-artifact_prefix={HERE / 'crashes'}/", "-timeout=20"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[1:]], run)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
