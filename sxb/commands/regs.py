# SPDX-License-Identifier: MIT
"""`sxb regs [NAME=VALUE...]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from asm816.spelling import program_counter
from sxb.options import REGISTER, examples, line_options

if TYPE_CHECKING:
    from sxb.dialogue import Registers
    from sxb.session import Session

FLAGS = "NVMXDIZC"


@click.command("regs")
@examples(
    "sxb regs",
    "sxb regs A=0x1234 X=7 PC=00:00b6",
    "sxb regs PC=start --symbols blink.asm",
)
@click.argument("settings", nargs=-1, type=REGISTER, metavar="[NAME=VALUE]...")
@line_options
def command(session: Session, settings: tuple[dict[str, int | str], ...]) -> None:
    """Show the saved registers, or set some first.

    They are the program's at its last BRK or RTL, and what `go` and `call` start the next one with.
    Names: PC PBR A X Y S D P DBR.
    """
    values: dict[str, int] = {}
    for name, value in (item for setting in settings for item in setting.items()):
        values |= {name: value} if isinstance(value, int) else program_counter(session.address(value))
    with session.connect() as monitor:
        registers = monitor.set_registers(**values) if values else monitor.registers()
        session.say(register_line(registers))
        session.result({"port": monitor.port, "registers": register_values(registers)})


def register_line(r: Registers) -> str:
    """All registers in one line, set flags in capitals."""
    flags = "".join(letter if r.p & 0x80 >> n else letter.lower() for n, letter in enumerate(FLAGS))
    return (
        f"PC {address_text(r.address)}  A {r.a:04X}  X {r.x:04X}  Y {r.y:04X}  S {r.s:04X}  "
        f"D {r.d:04X}  DBR {r.dbr:02X}  P {r.p:02X} {flags}"
    )


def register_values(r: Registers) -> dict[str, int]:
    """The same for JSON, named as `emu816 run --json` names them."""
    return {name: getattr(r, name) for name in ("pc", "s", "p", "a", "x", "y", "dbr", "d", "pbr")}
