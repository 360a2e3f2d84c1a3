# SPDX-License-Identifier: MIT
"""No source crashes, hangs or eats the memory: each of these ends in a diagnostic, quickly.

The limit of the promise is two seconds; the tests allow more, because they share their machine.
"""

import re
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asm816 import assemble
from asm816.limits import Limits
from asm816.messages import MESSAGES

SECONDS = 8.0
GOLDEN = Path(__file__).parents[1] / "golden" / "asm"


def doubling(depth, last):
    macros = [f".macro m{n}\n m{n + 1}\n m{n + 1}\n.endm\n" for n in range(depth)]
    return "".join(macros) + f".macro m{depth}\n{last}\n.endm\nm0\n"


def long_expression(line):
    return (
        " dw "
        + "".join(f"{'(~1)' if line >> n % 12 & 1 else 1}{'+-*&|^'[(line + n) % 6]}" for n in range(150))
        + "1\n"
    )


SOURCES = {
    "E0107 line of a megabyte": "db " + "1," * 500_000,
    "E0107 label of a megabyte": "a" * 1_000_000 + ":",
    "E0106 NUL": " lda #1\0",
    "E0209 parentheses": " lda #" + "(" * 300 + "1" + ")" * 300,
    "E0209 signs": " lda #" + "-" * 300 + "1",
    "E0211 very many parentheses": " lda #" + "(" * 30_000 + "1" + ")" * 30_000,
    "E0211 long expression": " lda #" + "+".join("1" * 30_000),
    "E0212 all different": "".join(map(long_expression, range(1000))),
    "E0308 macro calls itself": ".macro m\n m\n.endm\n m\n",
    "E0307 defines in a circle": ".define a1 a2\n.define a2 a1\n db a1\n",
    "E0309 doubling macros": doubling(30, " nop"),
    "E0309 doubling defines": "".join(f".define d{n} d{n + 1} d{n + 1}\n" for n in range(40)) + " db d0\n",
    "E0404 long circle": "".join(f"a{n} = a{(n + 1) % 5000}\n" for n in range(5000)),
    "E0501 division by zero": " lda #1/0\n",
    "E0502 number": " dw 0x" + "f" * 20,
    "E0202 number": " dw " + "9" * 60_000,
    "E0502 product": " dw " + "*".join(["0xffffffff"] * 400),
    "E0503 shift": " dw 1 << (1 << 62)",
    "E0602 reserve": " resb 1000000000000\n",
    "E0602 origin": " org 0xFFFFFFFF0\n",
    "E0603 repeat": ".repeat 100000000\n nop\n.endr\n",
    "E0603 repeat a million megabytes": ".repeat 0x7fffffffffffffff\n.data_fill 0, 0x100000\n.endr\n",
    "E0606 gaps": ".org 0\n.repeat 3000000\n nop\n resb 1\n.endr\n",
    "E0109 comment": "/*" * 100_000,
    "E0203 text": ' db "' + "\\" * 60_000,
    "E0203 quotes": ' db "' + '\\"' * 30_000,
    "E0203 quotes and a comment": ' db "' + '\\"' * 30_000 + "\n /* */\n",
    "E0208 garbage": "@ @ @\n" * 100_000,
    "E0205 words": "foo bar\n" * 100_000,
    "E0302 ifs": ".if 1\n" * 100_000,
    "E0305 macros": ".macro m\n" * 100_000,
    "E0313 scopes": ".scope\n" * 100_000,
    "E0201 commas": " db (" + "," * 900,
    "E0601 overlaps": ".org 0\n nop\n" * 30_000,
    "E0315 condition": ".if undefined\n.endif\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_ends_in_a_diagnostic(name):
    start = time.monotonic()
    result = assemble(text=SOURCES[name])
    assert next(d.code for d in result.diagnostics if d.is_error) == name.split()[0]
    assert all(str(d) for d in result.diagnostics)
    assert len(result.diagnostics) <= 101
    assert time.monotonic() - start < SECONDS


FINE = {
    "constants that wait for one another": "".join(f"a{n} = a{n + 1}\n" for n in range(20_000))
    + "a20000 = 1\n",
    "many short lines": " nop\n" * 100_000,
    "many items": (" db " + ",".join(map(str, range(256))) + "\n") * 100,
    "many names": "".join(f".define d{n} {n}\n" for n in range(20_000)),
    "many branches of a condition": ".if 0\n" + ".elseif 0\n" * 50_000 + ".endif\n",
    "bytes beyond the plane": f' db "{chr(0x1F600) * 1000}"\n',
    "a full image": ".org 0\n.data_fill 1, 0x1000000\n",
}


@pytest.mark.parametrize("name", FINE)
def test_is_no_problem(name):
    start = time.monotonic()
    result = assemble(text=FINE[name])
    assert result.diagnostics == ()
    assert time.monotonic() - start < SECONDS


LIMITED = {
    "E0104": (Limits(include_depth=1), '.include "inc/ok_part.inc"\n'),
    "E0108": (Limits(file_bytes=10), '.include "inc/ok_part.inc"\n'),
    "E0308": (Limits(expansion_depth=1), ".macro a1\n nop\n.endm\n.macro a2\n a1\n.endm\n a2\n"),
    "E0309": (Limits(expanded_lines=2), ".macro a1\n nop\n nop\n nop\n.endm\n a1\n"),
    "E0405": (Limits(symbols=1), "a1:\na2:\n"),
    "E0602": (Limits(address_space=16), ".org 15\n nop\n nop\n"),
    "E0651": (Limits(passes=1), ".optimize on\n lda later\nlater:\n"),
    "E0603": (Limits(image_bytes=4), ".org 0\n.repeat 2\n nop\n nop\n nop\n.endr\n"),
    "E0606": (Limits(pieces=1), ".org 0\n nop\n.org 2\n nop\n.org 4\n nop\n"),
    "E0901": (Limits(errors=2), " foo\n foo\n foo\n"),
}


@pytest.mark.parametrize("code", LIMITED)
def test_each_limit_has_a_diagnostic(code):
    limits, source = LIMITED[code]
    result = assemble(text=source, include_dirs=[GOLDEN], limits=limits)
    assert code in [d.code for d in result.diagnostics]
    assert not result.ok


def test_total_source_is_limited():
    result = assemble(text="nop\n" * 1000, limits=Limits(total_source_bytes=100))
    assert [d.code for d in result.diagnostics] == ["E0108"]


def test_every_code_has_an_example():
    seen = {name.split()[0] for name in SOURCES} | LIMITED.keys()
    for path in GOLDEN.glob("*.asm"):
        text = path.read_bytes().decode("utf-8", "replace")
        seen |= set(re.findall(r"^; (?:error|warning) ([EW]\d{4})", text, re.MULTILINE))
    for path in Path(__file__).parent.glob("test_*.py"):  # those of image files and options have no source
        seen |= set(re.findall(r"\b(?:E07\d\d|E0110|W0901)\b", path.read_text(encoding="utf-8")))
    assert MESSAGES.keys() <= seen


def test_memory_of_a_doubling_macro():
    tracemalloc.start()
    assemble(text=doubling(12, " nop"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


FRAGMENTS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "lda",
                "sta.b",
                "#<",
                "(",
                ")",
                "[",
                "]",
                ",",
                ",x",
                ",y",
                ",s",
                ";",
                "/*",
                "*/",
                "//",
                '"',
                "'",
                "\\",
                ":",
                "=",
                "$",
                "%1",
                "0x",
                "12h",
                "1.5",
                ".if",
                ".endif",
                ".macro",
                "m",
                "(a)",
                ".endm",
                "m(1)",
                ".define",
                "K",
                "equ",
                ".include",
                ".repeat",
                "3",
                ".endr",
                ".scope",
                ".ends",
                ".org",
                "0x200",
                "db",
                "dw",
                "asciiz",
                "resb",
                ".set",
                "defined(",
                "a",
                "x",
                "\n",
                "mvn",
                "1,2",
                "bra",
                "<<",
                "&&",
                "==",
                ".else",
                ".elseif",
                ".end",
                ".func",
                ".data_fill",
                ".align",
                "8",
            ]
        ),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(FRAGMENTS)
@example(["\n", "lda", "\n"])
def test_any_text(fragments):
    for separator in (" ", "\n", " \n "):
        result = assemble(text=separator.join(fragments))
        assert result.ok != any(d.is_error for d in result.diagnostics)
        assert all(str(d) for d in result.diagnostics)
        if result.ok:
            assert result.listing()
