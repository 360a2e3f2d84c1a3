# SPDX-License-Identifier: MIT
"""No source crashes, hangs or eats the memory: each of these ends in a diagnostic, quickly.

The promise is two seconds of CPU and 256 MiB.  A process that needs twice the time is killed; how long
each takes is printed by `python tests/asm816/hostile.py`.
"""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asm816 import assemble
from asm816.limits import Limits
from asm816.messages import MESSAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "asm"
RUNNER = Path(__file__).with_name("hostile.py")
SPEC = importlib.util.spec_from_file_location("hostile", RUNNER)
hostile = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(hostile)

EXPECTED = dict(
    line.split() for line in (hostile.FOLDER / "expected.txt").read_text(encoding="utf-8").splitlines()
)
EXPECTED |= {name: code for name, (code, _) in hostile.GENERATED.items()}
NAMES = [*EXPECTED, *hostile.FINE]
SHARES = 8


def test_there_are_enough_of_them():
    files = {path.stem for path in hostile.FOLDER.glob("*.asm")}
    assert files == EXPECTED.keys() - hostile.GENERATED.keys()
    assert len(EXPECTED) >= 150


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
@pytest.mark.parametrize("share", range(SHARES))
def test_ends_in_a_diagnostic_within_limits(share):
    """By the command line, each in a process of its own that may use so much and no more."""
    names = NAMES[share::SHARES]
    done = subprocess.run([sys.executable, RUNNER, *names], capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [run["name"] for run in found] == names
    for run in found:
        code = EXPECTED.get(run["name"])
        assert (run["code"], run["exit"]) == (code, 1 if code else 0), run
        assert run["mebibytes"] < hostile.MEBIBYTES, run
        assert run["output"] < hostile.OUTPUT_BYTES, run


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
    seen = {*EXPECTED.values()} | LIMITED.keys()
    for path in GOLDEN.glob("*.asm"):
        text = path.read_bytes().decode("utf-8", "replace")
        seen |= set(re.findall(r"^; (?:error|warning) ([EW]\d{4})", text, re.MULTILINE))
    for path in Path(__file__).parent.glob(
        "test_*.py"
    ):  # image files, options and boards need more than a source
        seen |= set(re.findall(r"\"([EW]\d{4})\"", path.read_text(encoding="utf-8")))
    assert MESSAGES.keys() <= seen


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
