# SPDX-License-Identifier: MIT
"""A program of any length, in the syntax of several assemblers: what the benchmarks assemble.

It is made of blocks of code and data as people write them: labels, local loops, forward references,
macros, tables, texts, comments and includes; A is 8 bits wide and the index registers 16.  The same
number of lines always gives the same program.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LINES_PER_BANK = 28_000  # as many lines as fill the larger part of a bank
LINES_PER_FILE = 2_000
_START = 0x0200


@dataclass(frozen=True)
class Syntax:
    """How an assembler spells what differs: each is a format."""

    name: str
    head: str
    widths: str
    org: str
    include: str
    macro: str
    end_macro: str
    parameter: str
    call: str
    constant: str = "{} = {}"
    data: dict[str, str] = field(default_factory=dict)
    byte: str = ""  # suffix of instructions with an 8-bit immediate
    word: str = ""  # the same with 16 bits
    far: str = "{}"  # an instruction (mnemonic, operand) that reaches into other banks
    end: str = ""


MENSCH = Syntax(
    name="asm816",
    head=".65816",
    widths="",
    org=".org 0x{:06x}",
    include='.include "{}"',
    macro=".macro {}({})",
    end_macro=".endm",
    parameter="{}",
    call="{}({})",
    constant="{} equ {}",
    data={"byte": "db {}", "word": "dw {}", "text": 'db "{}"'},
    byte=".b",
    word=".w",
)
TASS = Syntax(
    name="64tass",
    head='.cpu "65816"',
    widths=".as\n.xl",
    org="* = ${:06x}",
    include='.include "{}"',
    macro="{} .macro {}",
    end_macro=".endm",
    parameter="\\{}",
    call="#{} {}",
    data={"byte": ".byte {}", "word": ".word {}", "text": '.text "{}"'},
)
ACME = Syntax(
    name="acme",
    head="!cpu 65816",
    widths="!as\n!rl",
    org="* = ${:06x}",
    include='!source "{}"',
    macro="!macro {} {} {{",
    end_macro="}",
    parameter=".{}",
    call="+{} {}",
    data={"byte": "!byte {}", "word": "!word {}", "text": '!text "{}"'},
)
CA65 = Syntax(
    name="ca65",
    head=".p816\n.smart -",
    widths=".a8\n.i16",
    org=".org ${:06x}",
    include='.include "{}"',
    macro=".macro {} {}",
    end_macro=".endmacro",
    parameter="{}",
    call="{} {}",
    data={"byte": ".byte {}", "word": ".word {}", "text": '.byte "{}"'},
)


def write_program(folder: Path, lines: int, syntax: Syntax = MENSCH) -> Path:
    """Write a program of about this many lines into `folder`; returns its main file."""
    suffix = ".asm"
    constants = _constants(syntax)
    (folder / f"constants{suffix}").write_text("\n".join(constants) + "\n", encoding="ascii")
    main = [syntax.head, syntax.widths, syntax.include.format(f"constants{suffix}")]
    left, part, bank = lines - len(constants) - len(main), 0, 0
    while left > 0:
        main.append(syntax.org.format(bank << 16 | _START))
        in_bank = min(left, LINES_PER_BANK)
        left -= in_bank
        blocks = _Blocks(syntax, bank)
        while in_bank > 0:
            text = blocks.lines(min(in_bank, LINES_PER_FILE))
            in_bank -= len(text)
            name = f"part{part}{suffix}"
            part += 1
            (folder / name).write_text("\n".join(text) + "\n", encoding="ascii")
            main.append(syntax.include.format(name))
        bank += 1
    path = folder / f"main{suffix}"
    path.write_text("\n".join(main) + "\n", encoding="ascii")
    return path


def _constants(syntax: Syntax) -> list[str]:
    ports = [syntax.constant.format(f"PORT{n}", f"${0xDF20 + n:04x}") for n in range(8)]
    zero_page = [syntax.constant.format(f"ptr{n}", f"${0x10 + 2 * n:02x}") for n in range(8)]
    value, port = syntax.parameter.format("value"), syntax.parameter.format("port")
    parameters = "value, port" if syntax is not ACME else ".value, .port"
    macro = [
        syntax.macro.format("put", parameters),
        f"  lda{syntax.byte} #{value}",
        f"  sta {port}",
        "  nop",
        syntax.end_macro,
    ]
    return [*ports, *zero_page, *macro]


class _Blocks:
    """Blocks of one bank; label numbers run through the whole program."""

    def __init__(self, syntax: Syntax, bank: int) -> None:
        self._s = syntax
        self._bank = bank
        self._random = Random(816 + bank)  # noqa: S311 - a program, no secret
        self._number = 0
        self._kinds: tuple[Callable[[str], Iterator[str]], ...] = (
            self._copy,
            self._arithmetic,
            self._ports,
            self._table,
            self._decision,
        )

    def lines(self, count: int) -> list[str]:
        """At least `count` lines, in whole blocks."""
        found: list[str] = []
        while len(found) < count:
            name = f"b{self._bank}_{self._number}"
            found += self._random.choice(self._kinds)(name)
            self._number += 1
        return found

    def _byte(self) -> str:
        return f"#${self._random.randrange(256):02x}"

    def _far(self, mnemonic: str, operand: str) -> str:
        """An instruction whose operand lies in this bank: in others than 0 its address is long."""
        return f"  {mnemonic}{'.l' if self._bank else ''} {operand}"

    def _pointer(self) -> str:
        return f"ptr{self._random.randrange(8)}"

    def _copy(self, name: str) -> Iterator[str]:
        s = self._s
        yield f"{name}:                  ; copies a piece of memory"
        yield f"  ldx{s.word} #{self._random.randrange(1, 1000)}"
        yield f"{name}_loop:"
        yield f"  lda ({self._pointer()}),y"
        yield f"  sta ${self._random.randrange(0x300, 0x7000):04x},x"
        yield "  iny"
        yield "  dex"
        yield f"  bne {name}_loop"
        yield f"  jsr {name}_out      ; forward"
        yield f"{name}_out:"
        yield "  rts"
        yield ""

    def _arithmetic(self, name: str) -> Iterator[str]:
        s = self._s
        yield f"{name}:"
        yield "  clc"
        yield f"  lda {self._pointer()}"
        yield f"  adc{s.byte} {self._byte()}"
        yield f"  sta {self._pointer()}+1"
        yield f"  and{s.byte} #$0f | {self._random.randrange(16) << 4}"
        yield f"  eor [{self._pointer()}],y"
        yield "  asl"
        yield "  rol"
        yield f"  sbc {self._random.randrange(1, 9)},s"
        yield f"  cpx{s.word} #{self._random.randrange(1000)}*2+1"
        yield f"  bcc {name}_small"
        yield f"  inc {self._pointer()}"
        yield f"{name}_small: rts"
        yield ""

    def _ports(self, name: str) -> Iterator[str]:
        s = self._s
        yield f"{name}:                  ; talks to the ports"
        for _ in range(3):
            yield "  " + s.call.format(
                "put", f"{self._random.randrange(256)}, PORT{self._random.randrange(8)}"
            )
        yield f"  lda PORT{self._random.randrange(8)}"
        yield f"  bit{s.byte} {self._byte()}"
        yield f"  beq {name}"
        yield f"  stz PORT{self._random.randrange(8)}  ; off"
        yield "  rts"
        yield ""

    def _table(self, name: str) -> Iterator[str]:
        s = self._s
        yield f"  bra {name}_end"
        yield f"{name}:"
        for _ in range(3):
            values = ", ".join(f"${self._random.randrange(256):02x}" for _ in range(8))
            yield "  " + s.data["byte"].format(values)
        yield "  " + s.data["word"].format(", ".join(str(self._random.randrange(0x10000)) for _ in range(4)))
        yield "  " + s.data["text"].format(f"text of block {self._number}")
        yield f"{name}_end:"
        yield f"  ldx{s.word} #{self._random.randrange(8)}"
        yield self._far("lda", f"{name},x")
        yield "  rts"
        yield ""

    def _decision(self, name: str) -> Iterator[str]:
        s = self._s
        yield f"; decides by the value at {self._number}"
        yield f"{name}:"
        yield f"  ldy{s.word} #{self._random.randrange(0x10000)}"
        yield "  pha"
        for number in range(3):
            yield f"  cmp{s.byte} {self._byte()}"
            yield f"  beq {name}_{number}"
        yield f"  jmp {name}_done"
        for number in range(3):
            yield f"{name}_{number}:"
            yield "  tax"
            yield "  xba"
        yield f"{name}_done:"
        yield "  pla"
        yield "  rts"
        yield ""
