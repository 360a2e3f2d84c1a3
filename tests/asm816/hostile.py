# SPDX-License-Identifier: MIT
"""Sources that ask for too much, made by a table of generators, and a way to run sources within limits.

Small ones lie as files in `tests/golden/asm/hostile`, with the code that each must end in beside them.

    python tests/asm816/hostile.py SOURCE...     a line of JSON for each: exit code, first error, CPU seconds, MiB
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
from pathlib import Path

SECONDS = 2.0
MEBIBYTES = 256
OUTPUT_BYTES = 200_000
FOLDER = Path(__file__).parents[1] / "golden" / "asm" / "hostile"


def doubling(depth: int, last: str) -> str:
    """Macros that call the next one twice: 2 to the power of `depth` lines."""
    macros = [f".macro m{n}\n m{n + 1}\n m{n + 1}\n.endm\n" for n in range(depth)]
    return "".join(macros) + f".macro m{depth}\n{last}\n.endm\nm0\n"


def long_expression(line: int) -> str:
    """An expression like no other."""
    terms = (f"{'(~1)' if line >> n % 12 & 1 else 1}{'+-*&|^'[(line + n) % 6]}" for n in range(150))
    return f" dw {''.join(terms)}1\n"


def noise(seed: int, alphabet: str, size: int) -> str:
    """Reproducible nonsense."""
    chosen = random.Random(seed)  # noqa: S311 - nothing secret about it
    return "".join(chosen.choices(alphabet, k=size))


PRINTABLE = "".join(map(chr, range(32, 127)))
GENERATED = {
    "line of a megabyte": ("E0107", lambda: "db " + "1," * 500_000),
    "label of a megabyte": ("E0107", lambda: "a" * 1_000_000 + ":"),
    "name of 60,000 letters": ("E0401", lambda: " lda " + "x" * 60_000),
    "unknown mnemonic of 60,000 letters": ("E0205", lambda: " " + "x" * 60_000 + " 5"),
    "directive of 60,000 letters": ("E0206", lambda: "." + "x" * 60_000),
    "20,000 labels on a line": ("E0402", lambda: "a1:" * 20_000),
    "comment of a megabyte": ("E0107", lambda: ";" + "x" * 1_000_000),
    "blank line of a megabyte": ("E0107", lambda: " " * 1_000_000),
    "parentheses": ("E0209", lambda: " lda #" + "(" * 300 + "1" + ")" * 300),
    "100,000 parentheses": ("E0107", lambda: " lda #" + "(" * 100_000 + "1" + ")" * 100_000),
    "60,000 parentheses": ("E0211", lambda: " lda #" + "(" * 30_000 + "1" + ")" * 30_000),
    "brackets": ("E0209", lambda: " lda " + "[" * 300 + "1" + "]" * 300),
    "parentheses in data": ("E0209", lambda: " db " + "(" * 300 + "1" + ")" * 300),
    "parentheses in a condition": ("E0209", lambda: ".if " + "(" * 300 + "1" + ")" * 300 + "\n.endif"),
    "signs": ("E0209", lambda: " lda #" + "-" * 300 + "1"),
    "negations": ("E0209", lambda: ".if " + "!" * 300 + "1\n.endif"),
    "30,000 signs": ("E0211", lambda: " lda #" + "~" * 30_000 + "1"),
    "long expression": ("E0211", lambda: " lda #" + "+".join("1" * 30_000)),
    "all different": ("E0212", lambda: "".join(map(long_expression, range(1000)))),
    "macro calls itself": ("E0308", lambda: ".macro m\n m\n.endm\n m\n"),
    "200 macros call one another": (
        "E0308",
        lambda: "".join(f".macro m{n}\n m{n + 1}\n.endm\n" for n in range(200)) + ".macro m200\n.endm\n m0",
    ),
    "defines in a circle of 5,000": (
        "E0308",
        lambda: "".join(f".define d{n} d{(n + 1) % 5000}\n" for n in range(5000)) + " db d0\n",
    ),
    "doubling macros": ("E0309", lambda: doubling(30, " nop")),
    "doubling macros of nothing": ("E0309", lambda: doubling(30, "")),
    "doubling macros with conditions": ("E0309", lambda: doubling(30, ".if 1\n.endif")),
    "doubling defines": (
        "E0309",
        lambda: "".join(f".define d{n} d{n + 1} d{n + 1}\n" for n in range(40)) + " db d0\n",
    ),
    "doubling arguments": (
        "E0309",
        lambda: (
            "".join(f".macro m{n}(a)\n m{n + 1}(a+a)\n.endm\n" for n in range(40))
            + ".macro m40(a)\n db a\n.endm\n m0(1)\n"
        ),
    ),
    "doubling calls of a text": ("E0309", lambda: ".define F(a) a+a\n db " + "F(" * 40 + "1" + ")" * 40),
    "60,000 tokens of calls on one line": ("E0211", lambda: ".define F(a) a a a a\n db " + "F(1) " * 10_000),
    "many calls of one macro": ("E0309", lambda: ".macro m\n nop\n nop\n nop\n.endm\n" + " m\n" * 100_000),
    "includes as macros": (
        "E0309",
        lambda: '.macro m\n.include "w65c265.inc"\n.endm\n' + " m\n" * 200_000,
    ),
    "include in 40,000 lines": ("E0309", lambda: '.include "w65c265.inc"\n' * 40_000),
    "long circle": ("E0404", lambda: "".join(f"a{n} = a{(n + 1) % 5000}\n" for n in range(5000))),
    "chain of constants that ends nowhere": (
        "E0401",
        lambda: "".join(f"a{n} = a{n + 1}\n" for n in range(20_000)) + " lda a0\n",
    ),
    "8,000 undefined names on a line": ("E0401", lambda: " db " + ",".join(f"u{n}" for n in range(8_000))),
    "number of 60,000 digits": ("E0202", lambda: " dw " + "9" * 60_000),
    "hex number of 60,000 digits": ("E0202", lambda: " dw 0x" + "f" * 60_000),
    "real of 60,000 digits": ("E0502", lambda: " dq " + "9" * 60_000 + ".0"),
    "product": ("E0502", lambda: " dw " + "*".join(["0xffffffff"] * 400)),
    "shift": ("E0503", lambda: " dw 1 << (1 << 62)"),
    "200 shifts": ("E0502", lambda: " dw 1" + " << 63" * 200),
    "reserve": ("E0602", lambda: " resb 1000000000000\n"),
    "origin": ("E0602", lambda: " org 0xFFFFFFFF0\n"),
    "repeat": ("E0603", lambda: ".repeat 100000000\n nop\n.endr\n"),
    "repeat a million megabytes": (
        "E0603",
        lambda: ".repeat 0x7fffffffffffffff\n.data_fill 0, 0x100000\n.endr\n",
    ),
    "repeat of repeats": ("E0603", lambda: ".org 0\n.repeat 10000\n nop\n.endr\n" * 3000),
    "fills": ("E0603", lambda: ".org 0\n.data_fill 0, 0xffffff\n" * 10_000),
    "gaps": ("E0606", lambda: ".org 0\n.repeat 3000000\n nop\n resb 1\n.endr\n"),
    "comment": ("E0109", lambda: "/*" * 100_000),
    "comments opened and closed": ("E0109", lambda: "/* x */ " * 1000 + "\n/*"),
    "slashes": ("E0211", lambda: " db " + "/" * 1 + "* 1 */ " + "* " * 20_000),
    "text": ("E0203", lambda: ' db "' + "\\" * 60_000),
    "quotes": ("E0203", lambda: ' db "' + '\\"' * 30_000),
    "quotes and a comment": ("E0203", lambda: ' db "' + '\\"' * 30_000 + "\n /* */\n"),
    "60,000 quotes": ("E0203", lambda: " db " + "'\"" * 30_000 + "'"),
    "60,000 backslashes": ("E0201", lambda: " " + "\\" * 60_000),
    "garbage": ("E0208", lambda: "@ @ @\n" * 100_000),
    "words": ("E0205", lambda: "foo bar\n" * 100_000),
    "words, all different": ("E0205", lambda: "".join(f" w{n:x} 5\n" for n in range(100_000))),
    "many errors in many files": ("E0101", lambda: "".join(f'.include "f{n}"\n' for n in range(100_000))),
    "ifs": ("E0302", lambda: ".if 1\n" * 100_000),
    "ifs in skipped text": ("E0302", lambda: ".if 0\n" * 100_000),
    "endifs": ("E0301", lambda: ".endif\n" * 100_000),
    "elses": ("E0303", lambda: ".if 0\n" + ".else\n" * 100_000),
    "macros": ("E0305", lambda: ".macro m\n" * 100_000),
    "endms": ("E0304", lambda: ".endm\n" * 100_000),
    "scopes": ("E0317", lambda: ".scope\n" * 100_000),
    "scopes and a name": ("E0313", lambda: ".scope\n" * 100 + " lda nowhere\n" * 50_000),
    "ends": ("E0314", lambda: ".ends\n" * 100_000),
    "repeats": ("E0312", lambda: ".repeat 2\n" * 100_000),
    "commas": ("E0201", lambda: " db (" + "," * 900),
    "60,000 commas": ("E0201", lambda: " db " + "," * 60_000),
    "macro with 20,000 parameters": (
        "E0306",
        lambda: f".macro m({','.join(f'p{n}' for n in range(9000))})\n.endm\n m(1)\n",
    ),
    "call with 30,000 arguments": ("E0306", lambda: ".macro m(a)\n.endm\n m(" + "1," * 30_000 + "1)\n"),
    "define that goes on for 100,000 lines": (
        "E0309",
        lambda: ".define X 1 \\\n" + "+ 1 \\\n" * 100_000 + "\n db X\n",
    ),
    "overlaps": ("E0601", lambda: ".org 0\n nop\n" * 30_000),
    "overlaps of all with all": (
        "E0601",
        lambda: "".join(f".org {n}\n.data_fill 0, 5000\n" for n in range(3000)),
    ),
    "branches too far": ("E0506", lambda: "x1:\n resb 1000\n" + " bra x1\n" * 100_000),
    "duplicates": ("E0402", lambda: "x1:\n" * 100_000),
    "condition": ("E0315", lambda: ".if undefined\n.endif\n"),
    "sets": ("E0406", lambda: " db v\n" + "".join(f".set v = {n}\n" for n in range(50_000))),
    "items": ("E0504", lambda: (" db " + "300," * 10_000 + "\n") * 20),
    "wide characters": ("E0208", lambda: "\U0001f600" * 60_000),
    "combining characters": ("E0208", lambda: "e" + "\u0301" * 60_000),
    "NULs": ("E0106", lambda: "\0" * 1_000_000),
    "printable noise": ("E0109", lambda: "x y\n" + noise(1, PRINTABLE + "\n" * 3, 300_000)),
    "noise of syntax": ("E0205", lambda: "x y\n" + noise(2, "().,#$%<>:;=\"'\\ \nabm019", 300_000)),
    "noise of all planes": (
        "E0205",
        lambda: (
            "x y\n"
            + noise(
                3,
                "".join(map(chr, (*range(1, 0x300), *range(0x2000, 0x2400), *range(0x1F600, 0x1F640)))),
                200_000,
            )
        ),
    ),
}
"""What it is -> the code of the first error, and the text."""

FINE = {
    "constants that wait for one another": lambda: (
        "".join(f"a{n} = a{n + 1}\n" for n in range(20_000)) + "a20000 = 1\n"
    ),
    "many short lines": lambda: " nop\n" * 100_000,
    "many items": lambda: (" db " + ",".join(map(str, range(256))) + "\n") * 100,
    "many names": lambda: "".join(f".define d{n} {n}\n" for n in range(20_000)),
    "many branches of a condition": lambda: ".if 0\n" + ".elseif 0\n" * 50_000 + ".endif\n",
    "much skipped text": lambda: ".if 0\n" + "x y z /\n" * 100_000 + ".endif\n",
    "bytes beyond the plane": lambda: f' db "{chr(0x1F600) * 1000}"\n',
    "a megabyte of labels": lambda: "".join(f"a{n}:" + "\n" * (n % 10 == 9) for n in range(130_000)),
    "a megabyte of gaps": lambda: ".org 0\n" + " nop\n resb 1\n" * 40_000,
    "a full image": lambda: ".org 0\n.data_fill 1, 0x1000000\n",
    "an image of two ends": lambda: ".org 0\n nop\n.org 0xffffff\n nop\n",
    "a deep scope": lambda: ".scope\n" * 128 + "x1: lda.w x1\n" * 1 + ".ends\n" * 128,
}
"""What it is -> a text that is large, but has no error."""


def source_of(name: str) -> bytes:
    """The source called `name`: a file of the folder, or one that is made."""
    if name in FINE:
        return FINE[name]().encode()
    return GENERATED[name][1]().encode() if name in GENERATED else (FOLDER / f"{name}.asm").read_bytes()


def _limited(path: Path, output: int) -> None:
    """The child: one assembly by the command line, within the limits."""
    import resource

    from asm816.cli import main

    statm = Path("/proc/self/statm")
    if statm.exists():
        there = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (there + (MEBIBYTES << 20),) * 2)
    hard = round(2 * SECONDS)  # a run that is over the limit still says so itself
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    os.dup2(output, 1)
    os.dup2(output, 2)
    code = 99  # anything that is not said below
    try:
        code = main([str(path), "-q", "-b", "-o", os.devnull])
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def run(name: str, folder: Path) -> dict[str, object]:
    """Assemble the source `name` in a child; what came of it."""
    path = FOLDER / f"{name}.asm"
    if not path.exists():
        path = folder / "made.asm"
        path.write_bytes(source_of(name))
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            _limited(path, output.fileno())
        _, status, usage = os.wait4(child, 0)
        size = output.tell()
        output.seek(0)
        said = output.read(100_000).decode("utf-8", "replace")
    first = re.search(r"^\S.*? error (E\d{4})\b|^error (E\d{4})\b", said, re.MULTILINE)
    return {
        "name": name,
        "exit": os.waitstatus_to_exitcode(status),
        "code": (first[1] or first[2]) if first else None,
        "seconds": round(usage.ru_utime + usage.ru_stime, 3),
        "mebibytes": usage.ru_maxrss >> (20 if sys.platform == "darwin" else 10),
        "output": size,
        "said": said[-300:] if first is None else "",
    }


def main() -> None:
    """Run the sources named on the command line, all without names."""
    from asm816 import assemble

    assert assemble(text=" lda 1+2\n db 1\n").ok  # what every run loads is loaded once
    names = sys.argv[1:] or [*(path.stem for path in sorted(FOLDER.glob("*.asm"))), *GENERATED, *FINE]
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            print(json.dumps(run(name, Path(folder))), flush=True)


if __name__ == "__main__":
    main()
