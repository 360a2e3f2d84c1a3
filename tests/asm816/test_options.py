# SPDX-License-Identifier: MIT
"""Command lines are read as click reads them."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.clickline import _as_click
from asm816.exitcodes import ExitCode
from asm816.options import Option, UsageError, read_options

ROWS = (
    Option(("-o", "--out"), "output", "", "OUT"),
    Option(("-t", "-type"), "kind", "", choices=("hex", "bin")),
    Option(("-b",), "kind", "", value="bin"),
    Option(("-l",), "beside", "", default=False),
    Option(("--expand",), "expand", "", default=False),
    Option(("-D",), "defines", "", "NAME", many=True, read=",".join),
    Option(("--count",), "count", "", "N", default=7, read=int),
)


def read(*arguments):
    return read_options("tool", ROWS, arguments)


def test_nothing_given():
    assert read() == {
        "file": None, "output": None, "kind": None, "beside": False, "expand": False, "defines": "", "count": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["f", "-o", "x"], {"file": "f", "output": "x"}), (["-ox", "f"], {"output": "x"}), (["--out=x"], {"output": "x"}),
        (["--out="], {"output": ""}), (["--out", "-l"], {"output": "-l", "beside": False}), (["-o=x"], {"output": "=x"}),
        (["-type", "hex"], {"kind": "hex"}), (["-type=hex"], {"kind": "hex"}), (["-thex"], {"kind": "hex"}),
        (["-b", "-t", "hex"], {"kind": "hex"}), (["-t", "hex", "-b"], {"kind": "bin"}), (["-lbox"], {"beside": True, "output": "x"}),
        (["-D1", "-D", "2"], {"defines": "1,2"}), (["--count", "9"], {"count": 9}), (["--", "-l"], {"file": "-l"}), (["-"], {"file": "-"}),
    ],
)  # fmt: skip
def test_forms(arguments, expected):
    assert expected.items() <= read(*arguments).items()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--expnd"], "there is no option --expnd; did you mean --expand?"), (["-lz"], "there is no option -z"),
        (["--nothing-like=it"], "there is no option --nothing-like"), (["--expand=1"], "--expand takes no value"),
        (["-o"], "-o needs a value: OUT"), (["-t"], "-t needs a value: one of hex, bin"),
        (["-type", "elf"], "-type is one of hex, bin, and not 'elf'"), (["a", "b"], "there is one FILE, and 'b' is one more"),
        (["--count", "x"], "--count: invalid literal for int() with base 10: 'x'"),
    ],
)  # fmt: skip
def test_mistakes(arguments, said):
    with pytest.raises(UsageError) as caught:
        read(*arguments)
    assert caught.value.sentence == said
    assert caught.value.hint == "see 'tool --help'"
    assert caught.value.exit_code is ExitCode.USAGE


def test_help():
    assert read("f", "-l", "--help", "--nonsense") is None
    assert read("-o", "--help")["output"] == "--help"


PLAIN = [row for row in ROWS if row.meaning not in ("kind", "defines")]
WORDS = st.sampled_from(
    [
        "-o",
        "-ox",
        "-l",
        "-lo",
        "-ll",
        "-lx",
        "--out",
        "--out=",
        "--out=y",
        "--expand",
        "--expand=1",
        "--",
        "-",
        "f",
        "--count",
        "3",
        "",
    ]
)


@given(st.lists(WORDS, max_size=6))
def test_the_same_as_click(arguments):
    command = click.Command(
        "tool",
        params=[click.Argument(["file"], required=False), *map(_as_click, PLAIN)],
        callback=lambda **values: {**values, "count": int(values["count"])},
        add_help_option=False,
    )
    try:
        expected = command.main(list(arguments), "tool", standalone_mode=False)
    except (click.UsageError, ValueError):
        expected = None
    try:
        found = read_options("tool", PLAIN, arguments)
    except UsageError:
        found = None
    assert found == expected
