# SPDX-License-Identifier: MIT
"""`asm816`: the assembler's command line.  naken_asm's own letters work as there; help is --help."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from asm816.collection import no_collection
from asm816.commandline import run
from asm816.errors import FileAccessError
from asm816.exitcodes import ExitCode
from asm816.options import Option, UsageError, read_options
from asm816.target.boards import BOARDS, DEFAULT_BOARD
from asm816.terminal import printable, wants_colour
from asm816.tokens import lex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from asm816.assembler import Assembly
    from asm816.diagnostics import Diagnostic
    from asm816.image import Image

_TYPES = {"hex": "hex", "s28": "s28", "srec": "s28", "bin": "bin", "elf": "elf"}
_GAP = 0x00  # naken_asm's memory starts as zeros (assumed: its binaries were not compared)


class _Wanted(NamedTuple):
    """What to write: file names, None where something is not wanted."""

    image: str
    kind: str
    listing: str | None
    expand: bool
    symbols: str | None
    debug_info: str | None
    dependencies: str | None

    def outputs(self, result: Assembly) -> list[tuple[str, bytes]]:
        """File name and content of each."""
        made: list[tuple[str | None, Callable[[], str]]] = [
            (self.listing, lambda: result.listing(expand=self.expand)),
            (self.symbols, lambda: _symbol_file(result)),
            (self.debug_info, lambda: _debug_info(result)),
            (self.dependencies, lambda: _rule(self.image, result)),
        ]
        texts = [(name, text().encode()) for name, text in made if name is not None]
        return [(self.image, _image_bytes(self.kind, result)), *texts]


def _symbol_file(result: Assembly) -> str:
    from asm816.listing import symbol_file  # only on request, as those below

    return symbol_file(result.symbols)


def _debug_info(result: Assembly) -> str:
    from asm816.debuginfo import to_json

    return to_json(result.debug_info())


def _rule(target: str, result: Assembly) -> str:
    from asm816.dependencies import make_rule

    return make_rule(target, result.files)


def _definitions(texts: Sequence[str]) -> dict[str, str]:
    defines = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not name.isidentifier() or not name.isascii():
            raise ValueError(f"{name!r} is no name; write NAME or NAME=VALUE")
        if lex(value).bad is not None:
            raise ValueError(f"{value!r} cannot be part of a source")
        defines[name] = value if equals else "1"
    return defines


def _warnings(names: Sequence[str]) -> frozenset[str]:
    from asm816.messages import ALL_WARNINGS, WARNINGS, warning_codes  # only where warnings are named

    if not names:
        return frozenset()
    try:
        return warning_codes(names)
    except KeyError as unknown:
        known = ", ".join((*WARNINGS, ALL_WARNINGS))
        raise ValueError(f"there is no warning {unknown}; there are {known}") from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:20])):
        raise ValueError(f"{text!r} is no number from 1 on")
    return int(text[:20])


def _folders(names: Sequence[str]) -> list[Path]:
    return [Path(name) for name in names]


OPTIONS = (
    Option(("-o",), "output", "Output file; '-' is standard output.  [out.hex, out.s28, ...]", "OUT"),
    Option(("-t", "-type"), "kind", "Output form (srec is s28).  [hex]", choices=(*_TYPES,)),
    Option(("-h",), "kind", "Intel HEX, as -t hex.", value="hex"),
    Option(("-s",), "kind", "S2 and S8 records, as -t s28.", value="s28"),
    Option(("-b",), "kind", "Binary from the lowest to the highest address, as -t bin.", value="bin"),
    Option(("-e",), "kind", "ELF with symbols, as -t elf.", value="elf"),
    Option(("-l",), "beside", "Write a listing beside the output.", default=False),
    Option(("--listing",), "listing", "Write a listing to FILE.", "FILE"),
    Option(("--expand",), "expand", "Show in the listing what macros made.", default=False),
    Option(("-I",), "include_dirs", "Look for included files there too.", "DIR", many=True, read=_folders),
    Option(("-D",), "defines", "As .define; VALUE is 1.", "NAME[=VALUE]", many=True, read=_definitions),
    Option(("--symbols",), "symbols", "Write the symbols as NAME = VALUE lines.", "FILE"),
    Option(("--debug-info",), "debug_info", "Write which line made which bytes, as JSON.", "FILE"),
    Option(("-M",), "dependencies", "Write the files that were read, as a rule for make.", "FILE"),
    Option(
        ("--board",),
        "board",
        "Defines BOARD_QBX or BOARD_SXB.",
        choices=(*BOARDS,),
        default=DEFAULT_BOARD.name,
    ),
    Option(("--max-errors",), "max_errors", "Stop after so many errors.", "N", default=100, read=_count),
    Option(
        ("--diagnostics",),
        "diagnostics",
        "How errors and warnings are written (to standard error).",
        choices=("text", "json"),
        default="text",
    ),
    Option(
        ("--no-warn",),
        "no_warn",
        "Do not warn of NAME: the word in brackets behind a warning, its code, or all.",
        "NAME",
        many=True,
        read=_warnings,
    ),
    Option(("-W",), "warn", "Warn of NAME all the same.", "NAME", many=True, read=_warnings),
    Option(("--werror",), "werror", "Warnings are errors.", default=False),
    Option(
        ("--restrict-includes",),
        "restrict_includes",
        "Refuse included files outside of the folder ROOT, for sources of strangers.",
        "ROOT",
    ),
    Option(("--explain",), "explain", "Say what a diagnostic means, and end.", "CODE"),
    Option(("-q",), "quiet", "No summary.", default=False),
)
"""The command line, in the order of the help."""


def command(arguments: Sequence[str]) -> int:
    """Assemble FILE, a 65816 source in the naken_asm dialect."""
    read = read_options("asm816", OPTIONS, arguments)
    if read is None:
        from asm816.clickline import show_help  # only here: it loads click

        show_help("asm816", OPTIONS, str(command.__doc__))
        return ExitCode.DONE
    return _assemble(**read)


def _assemble(
    *,
    file: str | None,
    output: str | None,
    kind: str | None,
    beside: bool,
    listing: str | None,
    expand: bool,
    include_dirs: list[Path],
    defines: dict[str, str],
    symbols: str | None,
    debug_info: str | None,
    dependencies: str | None,
    board: str,
    max_errors: int,
    diagnostics: str,
    no_warn: frozenset[str],
    warn: frozenset[str],
    werror: bool,
    restrict_includes: str | None,
    explain: str | None,
    quiet: bool,
) -> int:
    if explain is not None:
        return _explain(explain)
    if file is None:
        raise _usage("which FILE is to be assembled?")
    from asm816.assembler import assemble  # not for --help
    from asm816.limits import Limits  # not for --help

    if "" in (output, listing, symbols, debug_info, dependencies):
        raise _usage("an output has no name; '-' is standard output")
    show = _show_json if diagnostics == "json" else _show_text
    kind = _TYPES[kind or "hex"]
    image = output or f"out.{kind}"
    if beside and listing is None:
        listing = "out.lst" if image == "-" else str(Path(image).with_suffix(".lst"))
    wanted = _Wanted(image, kind, listing, expand, symbols, debug_info, dependencies)
    with _failures(diagnostics):
        result = assemble(
            file,
            include_dirs=include_dirs,
            defines=defines,
            board=board,
            limits=Limits(errors=max_errors),
            no_warn=no_warn - warn,
            werror=werror,
            restrict_includes=None if restrict_includes is None else Path(restrict_includes),
        )
    if not result.ok:
        show(result.diagnostics)
        return ExitCode.SOURCE_ERRORS
    outputs = wanted.outputs(result)
    _refuse_sources(outputs, result)
    with _failures(diagnostics, result.diagnostics):
        _write(outputs)
    show(result.diagnostics)
    if not quiet and diagnostics == "text":
        _say(printable(_summary(image, result.image)))
        for area in result.areas:
            _say(printable(f"  {area}"))
    return ExitCode.DONE


def _usage(sentence: str) -> UsageError:
    return UsageError("asm816", sentence)


def _say(text: str, *, colour: bool = False) -> None:
    """A line on standard error."""
    if colour:
        from click import echo  # it knows how a terminal of Windows shows colours

        echo(text, err=True, color=True)
    else:
        print(text, file=sys.stderr, flush=True)


def _explain(code: str) -> int:
    from asm816.diagnostics import explain  # only here

    text = explain(code)
    if text is None:
        raise _usage(f"--explain: there is no diagnostic {code!r}")
    print(text)
    return ExitCode.DONE


def _show_json(diagnostics: Sequence[Diagnostic]) -> None:
    import json  # only on request

    from asm816.diagnostics import as_json

    _say(json.dumps([as_json(found) for found in diagnostics], indent=1))


def _show_text(diagnostics: Sequence[Diagnostic]) -> None:
    from asm816.diagnostics import render  # not for --help

    colour = wants_colour(sys.stderr)
    for found in diagnostics:
        _say(render(found, colour=colour), colour=colour)


@contextmanager
def _failures(form: str, before: Sequence[Diagnostic] = ()) -> Iterator[None]:
    """A file that cannot be read or written is a diagnostic too, where they are wanted as JSON."""
    try:
        yield
    except FileAccessError as error:
        if form != "json":
            _show_text(before)
            raise
        from asm816.diagnostics import Diagnostic  # not for --help
        from asm816.messages import Severity

        _show_json([*before, Diagnostic(error.code, Severity.ERROR, error.sentence, error.hint, span=None)])
        raise SystemExit(error.exit_code) from None


def _refuse_sources(outputs: Sequence[tuple[str, bytes]], result: Assembly) -> None:
    """Refuse to overwrite what was read, or to write two results to one place."""
    if [name for name, _ in outputs].count("-") > 1:
        raise _usage("only one output can go to standard output")
    sources = {path.resolve() for path in result.files}
    wanted = [Path(name).resolve() for name, _ in outputs if name != "-"]
    for path in wanted:
        if path in sources:
            raise _usage(f"{path} is a source of this program; name another output")
        if wanted.count(path) > 1:
            raise _usage(f"{path} is named for two outputs")


def _image_bytes(kind: str, result: Assembly) -> bytes:
    image = result.image
    if kind == "bin":
        return image.window(image.first, image.last + 1 - image.first, _GAP) if image.segments else b""
    if kind == "elf":
        from asm816.elf import elf  # only where it is written

        return elf(image, result.debug_info().symbols)
    if kind == "s28":
        from asm816.srec import write_s28  # only where it is written

        return write_s28(image).encode()
    from asm816.hexfile import write_hex  # only after success

    return write_hex(image).encode()


def _write(outputs: Sequence[tuple[str, bytes]]) -> None:
    """All of them or none; standard output comes last."""
    from asm816.outputs import write_together  # only after success

    write_together({name: data for name, data in outputs if name != "-"})
    for name, data in outputs:
        if name == "-":
            sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _summary(name: str, image: Image) -> str:
    if not image.segments:
        return f"{name}: no bytes"
    return f"{name}: {image.size} bytes, 0x{image.first:06x} to 0x{image.last:06x}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    with no_collection():
        return run("asm816", command, arguments)
