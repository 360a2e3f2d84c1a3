# SPDX-License-Identifier: MIT
"""The options of a command as a table, and reading a command line by it.

`asm816` is run for every change of a source, and click alone takes longer to load than its grammar-free
rest: so the assembler's command line is read here, and click loads for its help only, which it makes of
the same rows (`asm816.clickline`).  What is accepted is what click accepts: options before and behind the
file, ``--name=VALUE``, ``-oOUT``, ``-lq``, and ``--`` before files whose names start with a dash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from asm816.errors import ToolError
from asm816.exitcodes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


class UsageError(ToolError):
    """A command line is wrong."""

    exit_code = ExitCode.USAGE

    def __init__(self, tool: str, sentence: str) -> None:
        super().__init__("USAGE", sentence, f"see '{tool} --help'", ExitCode.USAGE)


class Option(NamedTuple):
    """A row: an option's names, what it says (``meaning``), and its line of the help.

    An option with a ``metavar`` or ``choices`` takes a value; without, it says ``value``.  Several options
    may have one meaning: the last one holds.  One with ``many`` may be repeated.  ``read`` makes what the
    command gets of the text (of all texts, in order, if there may be many); its ValueError is a sentence
    for the user.
    """

    names: tuple[str, ...]
    meaning: str
    help: str
    metavar: str = ""
    choices: tuple[str, ...] = ()
    value: Any = True
    default: Any = None
    many: bool = False
    read: Callable[[Any], Any] | None = None

    @property
    def takes_value(self) -> bool:
        """Whether a value belongs to it."""
        return bool(self.metavar or self.choices)


HELP = Option(("--help",), "help", "Show this message and exit.", default=False)


def read_options(tool: str, options: Sequence[Option], arguments: Sequence[str]) -> dict[str, Any] | None:
    """Meaning -> value of all `options`, and under "file" the file that is named, or None.

    None if help is asked for.  Raises UsageError.
    """
    found: dict[str, list[tuple[Option, str, Any]]] = {}
    files: list[str] = []
    for option, name, value in _given(tool, (*options, HELP), arguments):
        if option is HELP:
            return None
        if option is None:
            files.append(value)
        else:
            found.setdefault(option.meaning, []).append((option, name, value))
    if files[1:]:
        raise UsageError(tool, f"there is one FILE, and {files[1]!r} is one more")
    meant: dict[str, Any] = {"file": files[0] if files else None}
    for option in options:
        if option.meaning not in meant:
            meant[option.meaning] = _value(tool, option, found.get(option.meaning, ()))
    return meant


def _given(
    tool: str, options: Sequence[Option], arguments: Sequence[str]
) -> Iterator[tuple[Option | None, str, Any]]:
    """Each option with the name and the value it is given by; files have neither."""
    by_name = {name: option for option in options for name in option.names}
    rest = list(reversed(arguments))
    while rest:
        argument = rest.pop()
        if argument == "--":
            yield from ((None, "", file) for file in reversed(rest))
            return
        if argument[:1] != "-" or argument == "-":
            yield None, "", argument
            continue
        name, equals, text = argument.partition("=")
        if (
            name not in by_name or len(name) == 2
        ):  # letters: all but the last say no more than that they are there
            name, equals, text = argument[:2], "", argument[2:]
        while True:
            option = by_name.get(name)
            if option is None:
                raise UsageError(tool, _unknown(argument if argument[1] == "-" else name, by_name))
            if option.takes_value:
                if not equals and not text and not rest:
                    raise UsageError(tool, f"{name} needs a value: {_shown(option)}")
                yield option, name, text if equals or text else rest.pop()
                break
            if equals:
                raise UsageError(tool, f"{name} takes no value")
            yield option, name, option.value
            if not text:
                break
            name, text = "-" + text[0], text[1:]


def _unknown(name: str, by_name: Mapping[str, Option]) -> str:
    from difflib import get_close_matches  # only here

    name = name.partition("=")[0]
    close = get_close_matches(name, by_name, 1)
    return f"there is no option {name}" + (f"; did you mean {close[0]}?" if close else "")


def _shown(option: Option) -> str:
    return option.metavar or f"one of {', '.join(option.choices)}"


def _value(tool: str, option: Option, given: Sequence[tuple[Option, str, Any]]) -> Any:
    """What the options of one meaning say; `option` is the first of them in the table."""
    if not given and not option.many:
        return option.default
    for row, name, text in given:
        if row.choices and text not in row.choices:
            raise UsageError(tool, f"{name} is {_shown(row)}, and not {text!r}")
    row, name, last = given[-1] if given else (option, option.names[0], None)
    value = tuple(text for _, _, text in given) if option.many else last
    if row.read is None:
        return value
    try:
        return row.read(value)
    except ValueError as problem:
        raise UsageError(tool, f"{name}: {problem}") from None
