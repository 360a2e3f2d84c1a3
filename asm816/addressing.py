# SPDX-License-Identifier: MIT
"""Which opcode an instruction stands for: the size rules of the dialect.

As in naken_asm (observed): immediates have 16 bits whatever their value, unless `.b` or one of `< > ^`
says otherwise; an address takes the shortest form that holds its value, and 16 bits where the value is
not known above; `mvn a,b` emits a, then b; `brk` and `wdm` alone are one byte.  Ours: where an indexed
direct-page form is missing, the absolute one is taken; ranges are checked.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from asm816.target.isa import BY_NAME, Mode, Op, Width

FORMS = MappingProxyType(
    {
        "plain": ("n", {1: Mode.DIRECT, 2: Mode.ABSOLUTE, 3: Mode.ABSOLUTE_LONG}),
        "plain_x": ("n,x", {1: Mode.DIRECT_X, 2: Mode.ABSOLUTE_X, 3: Mode.ABSOLUTE_LONG_X}),
        "plain_y": ("n,y", {1: Mode.DIRECT_Y, 2: Mode.ABSOLUTE_Y}),
        "stack": ("n,s", {1: Mode.STACK_RELATIVE}),
        "indirect": ("(n)", {1: Mode.DIRECT_INDIRECT, 2: Mode.ABSOLUTE_INDIRECT}),
        "indirect_x": ("(n,x)", {1: Mode.DIRECT_INDEXED_INDIRECT, 2: Mode.ABSOLUTE_INDEXED_INDIRECT}),
        "indirect_y": ("(n),y", {1: Mode.DIRECT_INDIRECT_INDEXED}),
        "stack_indirect_y": ("(n,s),y", {1: Mode.STACK_RELATIVE_INDIRECT_INDEXED}),
        "long_indirect": ("[n]", {1: Mode.DIRECT_INDIRECT_LONG, 2: Mode.ABSOLUTE_INDIRECT_LONG}),
        "long_indirect_y": ("[n],y", {1: Mode.DIRECT_INDIRECT_LONG_INDEXED}),
    }
)
"""Form of an address operand -> (how it is written, number of address bytes -> mode)."""

_LONG_RELATIVES = MappingProxyType({"JMP": "JML", "JSR": "JSL"})
"""Mnemonics whose long forms have a name of their own."""

_LONG_MODES = (Mode.ABSOLUTE_LONG, Mode.ABSOLUTE_INDIRECT_LONG)
_OTHER_FORMS = MappingProxyType(
    {
        Mode.IMPLIED: "",
        Mode.ACCUMULATOR: "",
        Mode.IMMEDIATE: "#n",
        Mode.SIGNATURE: "#n",
        Mode.RELATIVE: "target",
        Mode.RELATIVE_LONG: "target",
        Mode.BLOCK_MOVE: "n,n",
    }
)


class NoSuchForm(Exception):  # noqa: N818 - carries a diagnostic to whoever knows the line
    """The instruction does not exist: code, hint and fields of the diagnostic, and what is to blame.

    ``token`` is the number of a token of the operand, None where the mnemonic is to blame.
    """

    def __init__(
        self, code: str, hint: str | None = None, *, token: int | None = None, **fields: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.hint = hint
        self.token = token
        self.fields = fields


class Choice(NamedTuple):
    """An opcode and the number of its operand bytes.  ``raw``: a branch whose displacement is given."""

    op: Op
    operand_bytes: int
    raw: bool = False

    @property
    def size(self) -> int:
        """Bytes of the instruction."""
        return 1 + self.operand_bytes


@cache
def address_choices(mnemonic: str, form: str, explicit: bool) -> MappingProxyType[int, Op]:
    """Number of address bytes -> opcode, for an operand that is an address.

    `jsr` gets its long form, which returns in another way, only where it is asked for (`explicit`).
    """
    choices = {}
    for width, mode in FORMS[form][1].items():
        op = BY_NAME.get((mnemonic, mode))
        if op is None and (mnemonic == "JMP" or explicit) and mode in _LONG_MODES:
            op = BY_NAME.get((_LONG_RELATIVES.get(mnemonic, ""), mode))
        if op is not None:
            choices[width] = op
    return MappingProxyType(choices)


@cache
def forms_of(mnemonic: str) -> str:
    """The operands a mnemonic can have, for a hint."""
    forms = {text for text, modes in FORMS.values() for mode in modes.values() if (mnemonic, mode) in BY_NAME}
    forms |= {text for mode, text in _OTHER_FORMS.items() if (mnemonic, mode) in BY_NAME}
    with_operand = sorted(form for form in forms if form)
    texts = (["no operand"] if "" in forms else []) + with_operand
    return f"{mnemonic.lower()} takes {', '.join(texts)}"


@cache
def relative(mnemonic: str) -> Op | None:
    """The opcode of a branch (or `per`), None for other mnemonics."""
    return BY_NAME.get((mnemonic, Mode.RELATIVE)) or BY_NAME.get((mnemonic, Mode.RELATIVE_LONG))


@cache
def without_operand(mnemonic: str) -> Choice:
    """The choice for a mnemonic that stands alone.  Raises NoSuchForm."""
    op = BY_NAME.get((mnemonic, Mode.IMPLIED)) or BY_NAME.get((mnemonic, Mode.ACCUMULATOR))
    if op is None and mnemonic in ("BRK", "WDM"):
        op = BY_NAME[mnemonic, Mode.SIGNATURE]
    if op is None:
        raise NoSuchForm("E0505", forms_of(mnemonic), mnemonic=mnemonic.lower(), form="")
    return Choice(op, 0)


@cache
def accumulator(mnemonic: str) -> Choice | None:
    """The choice for `asl a`, None where the mnemonic cannot work on the accumulator."""
    op = BY_NAME.get((mnemonic, Mode.ACCUMULATOR))
    return None if op is None else Choice(op, 0)


@cache
def block_move(mnemonic: str, suffix: str) -> Choice:
    """The choice for `mvn` and `mvp`.  Raises NoSuchForm."""
    if suffix:
        raise NoSuchForm("E0507", mnemonic=mnemonic.lower(), form=" n,n", suffix=suffix)
    return Choice(BY_NAME[mnemonic, Mode.BLOCK_MOVE], 2)


@cache
def immediate(mnemonic: str, suffix: str, select: str, a_bytes: int = 2, index_bytes: int = 2) -> Choice:
    """The choice for ``#n``.  `select` is one of `< > ^`, or empty.

    Without a suffix A has `a_bytes`, X and Y `index_bytes`.  Raises NoSuchForm.
    """
    branch = relative(mnemonic)
    if branch is not None:
        if suffix and SUFFIX_BYTES[suffix] != branch.mode.operand_bytes:
            raise NoSuchForm("E0507", mnemonic=mnemonic.lower(), form=" #n", suffix=suffix)
        return Choice(branch, branch.mode.operand_bytes, raw=True)
    if suffix == "l":
        raise NoSuchForm("E0508")
    op = BY_NAME.get((mnemonic, Mode.IMMEDIATE)) or BY_NAME.get((mnemonic, Mode.SIGNATURE))
    if op is None and mnemonic == "PEA":
        op = BY_NAME["PEA", Mode.ABSOLUTE]  # `pea #n`, as WDC writes it
    if op is None:
        raise NoSuchForm("E0505", forms_of(mnemonic), mnemonic=mnemonic.lower(), form=" #n")
    if op.width is Width.BYTE:
        return _byte_only(op, suffix)
    if op.width is Width.WORD:
        if suffix == "b":
            raise NoSuchForm("E0507", mnemonic=mnemonic.lower(), form=" #n", suffix="b")
        return Choice(op, 2)
    if suffix == "b" or select in ("<", ">", "^"):
        return Choice(op, 1)
    if suffix:
        return Choice(op, 2)
    return Choice(op, a_bytes if op.width is Width.M else index_bytes)


def _byte_only(op: Op, suffix: str) -> Choice:
    if suffix == "w":
        raise NoSuchForm("E0507", mnemonic=op.mnemonic.lower(), form=" #n", suffix="w")
    return Choice(op, 1)


SUFFIX_BYTES = MappingProxyType({"b": 1, "w": 2, "l": 3})
SELECT_BYTES = MappingProxyType({"<": 1, "!": 2, ">": 3})
"""What `<`, `!` and `>` before an address ask for."""


def address(mnemonic: str, form: str, asked: int | None, value: int | None, bank: int) -> Choice:
    """The choice for an operand that is an address.

    `asked` is the number of address bytes the source asks for, or None; `value` the address if it is
    known above; `bank` that of the instruction.  Raises NoSuchForm.
    """
    least = bytes_for(value)
    if mnemonic == "JSR" and value is not None and value >> 16 == bank:
        least = 2  # the target is in the instruction's own bank, which jsr does not leave
    return _address(mnemonic, form, asked, least)


@cache
def _address(mnemonic: str, form: str, asked: int | None, least: int) -> Choice:
    branch = relative(mnemonic) if form == "plain" else None
    if branch is not None and asked is None:
        return Choice(branch, branch.mode.operand_bytes)
    choices = address_choices(mnemonic, form, asked is not None)
    text = FORMS[form][0]
    if asked is not None and asked not in choices and (choices or branch is not None):
        suffix = "bwl"[asked - 1]
        raise NoSuchForm("E0507", mnemonic=mnemonic.lower(), form=f" {text}", suffix=suffix)
    if not choices:
        raise NoSuchForm("E0505", forms_of(mnemonic), mnemonic=mnemonic.lower(), form=f" {text}")
    if asked is not None:
        return Choice(choices[asked], asked)
    width = next((width for width in (1, 2, 3) if width >= least and width in choices), max(choices))
    return Choice(choices[width], width)


def bytes_for(value: int | None) -> int:
    """How many bytes an address needs; two where it is not known."""
    if value is None or -0x8000 <= value < 0:
        return 2
    return 1 if 0 <= value <= 0xFF else 2 if 0 <= value <= 0xFFFF else 3
