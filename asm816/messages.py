# SPDX-License-Identifier: MIT
"""Every diagnostic of the assembler: one row per code.

Codes are stable: a row may get better words, never another meaning; a code that goes is not used again.
E01 files, E02 spelling, E03 macros and conditionals, E04 symbols, E05 operands and values, E06 addresses
and the image, E07 image files, E09 the run; W the same with warnings.
Each code below E07 has an example of its name in `tests/golden/asm` or a generated one in the tests.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(Enum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"


class Message(NamedTuple):
    """A row: the sentence (with fields in braces), what to try, and the name by which a warning is chosen."""

    severity: Severity
    message: str
    hint: str = ""
    name: str = ""


def _error(message: str, hint: str = "") -> Message:
    return Message(Severity.ERROR, message, hint)


def _warning(name: str, message: str, hint: str = "") -> Message:
    return Message(Severity.WARNING, message, hint, name)


MESSAGES = MappingProxyType(
    {
        # files
        "E0101": _error(
            "cannot find the file `{name}`",
            "it is looked for beside the including file, in the current folder and in the -I folders",
        ),
        "E0102": _error("cannot read `{name}`: {reason}"),
        "E0103": _error(
            "`{name}` includes itself again and again", "put its text between .ifndef NAME and .endif"
        ),
        "E0104": _error("more than {limit} files include one another"),
        "E0105": _error(
            "`{name}` is not UTF-8 text: byte 0x{byte:02x} at offset {offset}",
            "save it as UTF-8; data bytes are included with .binfile",
        ),
        "E0106": _error("`{name}` has a NUL byte at offset {offset}", "is this a source?"),
        "E0107": _error("the line has more than {limit} characters"),
        "E0108": _error("`{name}` is too large: the limit is {limit} bytes"),
        "E0109": _error("the comment that starts here has no end", "close it with */"),
        "E0110": _error(
            "`{name}` lies outside of {root}", "--restrict-includes ROOT says where included files may lie"
        ),
        # spelling
        "E0201": _error("`{found}` is not expected here"),
        "E0202": _error(
            "`{text}` is not a number",
            "bases are 0x12 or $12 or 12h, 0b101 or 101b or %101, 017 or 17q, and decimal",
        ),
        "E0203": _error("the quoted text that starts here has no end", "close it on the same line"),
        "E0204": _error("there is no escape `{text}`", "there are \\n \\r \\t \\0 \\\\ \\' \\\""),
        "E0205": _error("`{name}` is no instruction, directive or macro"),
        "E0206": _error("there is no directive `.{name}`"),
        "E0207": _error("something is missing at the end of the statement"),
        "E0208": _error("the character `{text}` has no meaning here"),
        "E0209": _error("the expression is nested deeper than {limit}", "split it with .set"),
        "E0210": _error("`{text}` is not one ASCII character", "text stands in double quotes"),
        "E0211": _error("the expression has more than {limit} parts", "split it with .set"),
        "E0212": _error("the source has too many statements that have nothing in common"),
        # macros and conditionals
        "E0301": _error("`.{name}` without .if"),
        "E0302": _error("the .{name} that starts here has no .endif"),
        "E0303": _error("`.{name}` after .else", "one .else per .if, and it is the last part"),
        "E0304": _error("`.endm` without .macro"),
        "E0305": _error("the .macro that starts here has no .endm"),
        "E0306": _error("`{name}` takes {expected} arguments, not {given}"),
        "E0307": _error("`{name}` expands to itself", "macros cannot recur"),
        "E0308": _error("macros call one another more than {limit} deep"),
        "E0309": _error("macros make more than {limit} {what}"),
        "E0310": _error("`{name}` is already defined differently", ".undef it first, or use .set"),
        "E0311": _error("`.endr` without .repeat"),
        "E0312": _error(
            ".repeat inside .repeat", "put the inner one in a macro that repeats data, or unroll"
        ),
        "E0313": _error("the .{name} that starts here has no .{end}"),
        "E0314": _error("`.{name}` without .{opener}"),
        "E0315": _error(
            "`{name}` has no value yet where the condition needs it",
            "conditions see what is defined above them",
        ),
        "E0316": _error("a name is missing after .{name}"),
        "E0351": _error(
            "`{name}`: the width is not known here",
            "say it above with .a8, .a16, .i8 or .i16, or with rep or sep",
        ),
        "E0352": _error(
            "a parameter list cannot go on like this",
            "names, then names with a default (`b=5`), then at most one that takes the rest (`more...`)",
        ),
        "E0353": _error("in .enum a line is a name, or `name = value`", ".endenum ends it"),
        "E0354": _error("there is no checksum `{name}`", "there are {known}"),
        "E0355": _error("{text}"),
        "E0317": _error("more than {limit} scopes stand inside one another"),
        # symbols
        "E0401": _error("`{name}` is not defined"),
        "E0402": _error("`{name}` is defined twice"),
        "E0403": _error(
            "`{name}` has no value yet here", "sizes and addresses need values that are known above them"
        ),
        "E0404": _error("the value of `{name}` depends on itself"),
        "E0405": _error("there are more than {limit} symbols"),
        "E0406": _error(
            "`{name}` is set several times, and here it is used above the first of them",
            "a .set counts from its line on",
        ),
        "E0407": _error(
            "`{mnemonic} {name}` would be the accumulator, but there is a symbol `{name}` further down",
            "write `{mnemonic}` alone for the accumulator, `{mnemonic} !{name}` for the symbol",
        ),
        "E0451": _error(
            "there is no label `{found}` that this can mean",
            "`-` looks up, `+` down; a label is `-` at the start of a line",
        ),
        # operands and values
        "E0501": _error("division by zero"),
        "E0502": _error("the value does not fit in 64 bits"),
        "E0503": _error("a shift by {count} is not possible", "shift counts are 0 to 63"),
        "E0504": _error("{value} does not fit in {what}"),
        "E0505": _error("the form `{mnemonic}{form}` does not exist"),
        "E0506": _error(
            "the branch target is {distance} bytes away, the limits are {low} to {high}",
            "branch around a jmp or use brl",
        ),
        "E0507": _error("the form `{mnemonic}.{suffix}{form}` does not exist"),
        "E0508": _error("an immediate is never .l on the 65816", ".b makes 8 bits, .w 16 bits"),
        "E0509": _error(
            "the target is in another bank ({target}) than the instruction ({here})", "use jml or jsl"
        ),
        "E0510": _error(
            "the address {value} needs a long form, but it was not known above that this is so",
            "write {mnemonic}.l",
        ),
        "E0511": _error("{what} cannot be part of an expression", "text stands in db, ascii and asciiz"),
        "E0551": _error(
            "{value} is not in the direct page: .dp says {page}",
            "<n takes its low byte, !n makes it absolute",
        ),
        "E0552": _error(
            "{value} is not in the data bank: .dbr says {bank}", ">n makes it long, !n takes it as it is"
        ),
        "E0553": _error("{text}"),
        # addresses and the image
        "E0601": _error("{address} gets bytes twice", "one of the two needs another .org"),
        "E0602": _error("the address {value} is beyond 24 bits", "the last address is 0xffffff"),
        "E0603": _error("the image is larger than {limit} bytes"),
        "E0604": _error("{what} must be {range}, not {value}"),
        "E0605": _error("data in .bss", "go back with .code; in .bss only resb and resw make sense"),
        "E0606": _error("the image has more than {limit} separate pieces"),
        "E0607": _error("`.{name}` is not possible inside .repeat", "the bytes of the body are copied"),
        "E0651": _error(
            "after {limit} passes these still move: {names}", "give one of their users a size: .b, .w or .l"
        ),
        "E0652": _error(
            "the checksum is over {address}, which has no byte", "fill the gap, or make two checksums"
        ),
        "E0653": _error("there is a memory area `{name}` already"),
        "E0654": _error("there is no memory area `{name}`", ".memory NAME = first..last makes one"),
        "E0655": _error("the section `{name}` does not fit: {area} is {over} bytes too small"),
        "E0656": _error("the section `{name}` lies in another area already"),
        "E0657": _error("this cannot stand in .{name}", "resb and resw make its fields"),
        "E0658": _error(
            "the section `{name}` has no area yet", "write `.section NAME, AREA` where it is named first"
        ),
        # image files
        "E0701": _error("{place}: this is not a record of {format}"),
        "E0702": _error("{place}: the checksum is {found:02X}, it should be {expected:02X}"),
        "E0703": _error("{place}: the record has {found} bytes, its count says {expected}"),
        "E0704": _error("{place}: the end record is missing", "the file was cut off"),
        "E0705": _error(
            "{place}: there is text after the end record", "if two images were joined, load them one by one"
        ),
        "E0706": _error("{place}: address 0x{address:06x} already has a byte from line {first}"),
        "E0707": _error("{place}: address 0x{address:x} is beyond 24 bits"),
        "E0708": _error("{place}: the record type {type} is not known"),
        "E0709": _error("{place}: the file has {found} data records, its count record says {expected}"),
        "E0710": _error("{place}: the file has more than {limit} records"),
        "E0711": _error("`{name}` is a binary: it does not say where it goes", "write FILE@ADDRESS"),
        "E0712": _error("`{name}` does not fit: it ends beyond 24 bits"),
        "E0713": _error(
            "{place}: the record crosses a 64 KiB boundary", "its tail could be meant for two places"
        ),
        "E0714": _error("a record cannot hold {count} bytes", "the count of an S2 record reaches 251 bytes"),
        "E0715": _error("cannot write `{name}`: {reason}"),
        "E0716": _error("`{name}` says itself where it goes", "leave out @ADDRESS, which is for binaries"),
        "E0717": _error("`{name}` is empty"),
        "E0718": _error(
            "`{name}` is no debug info: {reason}", "`asm816 SOURCE --debug-info FILE` writes it anew"
        ),
        "E0719": _error(
            "`{name}` is debug info of version {found}, this program reads version {known}",
            "assemble the source again with the same mensch816",
        ),
        "E0720": _error("an ELF file has room for {limit} separate pieces", "choose -t hex or -t s28"),
        "E0721": _error("`{name}` has {many} {first}; nothing was done with it", "mend the source"),
        "E0722": _error("there is nothing in `{name}`", "a program needs .org and code"),
        # the run
        "E0901": _error("there are {count} errors, the rest is not shown", "--max-errors sets the limit"),
        # warnings
        "W0901": _warning(
            "too-many",
            "there are {count} more warnings, which are not shown",
            "--no-warn silences a kind",
        ),
        "W0101": _warning(
            "processor",
            "`.{name}`: the encodings are those of the 65816",
            "this assembler knows the 65816 only",
        ),
        "W0351": _warning("source-warning", "{text}"),
        "W0201": _warning(
            "one-byte",
            "`{name}` without operand is one byte, as in naken_asm; the processor skips the byte after it",
            "`{name} #n` makes both bytes",
        ),
        "W0301": _warning(
            "naken-order",
            "naken_asm computes {other} here, by rules of its own; this is {value} as in C",
            "parentheses make both agree",
        ),
        "W0401": _warning(
            "set-on-label",
            "`.set {name}` changes nothing: `{name}` is a {kind}",
            "give the variable a name of its own",
        ),
        "W0402": _warning(
            "late-shadow",
            "this `{name}` is what the lines above it in this scope mean, but it came too late for their sizes",
            "they were chosen by the `{name}` outside; define it before its use, or rename one",
        ),
        # lints: widths
        "W0501": _warning(
            "wide-immediate",
            "{register} is 8 bits wide here, the immediate has 16: its second byte becomes the next instruction",
            "write {mnemonic}.b, or make {register} 16 bits wide before",
        ),
        "W0502": _warning(
            "label-widths",
            "`{name}` is reached with {register} 8 bits wide and with 16, and what follows depends on it",
            "set the width before each of the ways meets the other, or behind the label",
        ),
        "W0503": _warning(
            "call-widths",
            "`{name}` is called with {register} {before} bits wide and returns with {after}",
            "php at its start and plp at its end keep the widths of the caller",
        ),
        "W0504": _warning(
            "declared-width", "{register} is {bits} bits wide here, whatever this says", "use rep or sep"
        ),
        "W0505": _warning(
            "unknown-width",
            "nothing tells how wide {register} is here: 16 bits are taken",
            "say it above with .a8, .a16, .i8 or .i16",
        ),
        "W0506": _warning(
            "emulation-width",
            "in emulation mode `{name}` cannot change the widths: they stay 8 bits",
            "clc and xce switch to native mode",
        ),
        "W0507": _warning(
            "narrow-immediate",
            "{register} is 16 bits wide here, the immediate has 8: it swallows the next instruction's first byte",
            "write {mnemonic}.w, or make {register} 8 bits wide before",
        ),
        # lints: code and data
        "W0601": _warning(
            "fall-through",
            "after this `{mnemonic}` control runs into data",
            "end the code with a jump or return, or put the data elsewhere",
        ),
        "W0602": _warning(
            "reserved-overlap", "bytes are reserved here, but {address} has a value", "one needs another .org"
        ),
        # lints: the board
        "W0603": _warning(
            "monitor-ram",
            "{doing} {address}, which belongs to {what}",
            "on-chip RAM from 0x00b6 to 0x00ff is free",
        ),
        "W0604": _warning(
            "monitor-vectors",
            "{doing} {address}, among {what}",
            "if an interrupt is to be hooked, keep interrupts off meanwhile and put the old bytes back at the end",
        ),
        "W0605": _warning(
            "external-ram",
            "this clears {name}, which switches {what} off: the RAM that this code runs from is gone",
            "change the other bits with tsb and trb, or run this from on-chip RAM",
        ),
    }
)
"""code -> row."""

WARNINGS = MappingProxyType({row.name: code for code, row in MESSAGES.items() if row.name})
"""Name of a warning, as -W and --no-warn take it -> code."""

ALL_WARNINGS = "all"
"""Stands for every warning where names are taken."""


def warning_codes(names: Iterable[str]) -> frozenset[str]:
    """The codes of the warnings called `names`: names, codes, or "all".  Raises KeyError for another."""
    codes: set[str] = set()
    for name in names:
        if name == ALL_WARNINGS:
            codes.update(WARNINGS.values())
        else:
            codes.add(name.upper() if name.upper() in WARNINGS.values() else WARNINGS[name])
    return frozenset(codes)
