# SPDX-License-Identifier: MIT
"""`sxb step`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rich_click as click

from asm816.addresses import address_text
from asm816.spelling import program_counter
from sxb.commands.regs import register_line, register_values
from sxb.options import NUMBER, PLACE, examples, line_options

if TYPE_CHECKING:
    from sxb.session import Session


@click.command("step")
@examples(
    "sxb step                            where the program stands",
    "sxb step start --symbols blink.asm",
    "sxb step --count 5",
    "sxb step --over                     a call with all that it does",
)
@click.argument("address", type=PLACE, required=False, metavar="[ADDR]")
@click.option("--count", type=NUMBER, default=1, metavar="N", help="So many instructions.")
@click.option("--over", is_flag=True, help="Calls with all that they do.")
@line_options
def command(session: Session, address: int | str | None, count: int, *, over: bool) -> None:
    """Run one instruction at ADDR, or where the program stands, and show the registers behind it.

    The program has to be in RAM: the monitor stops it by a breakpoint behind the instruction, which is taken back.
    A call into the ROM is run as a whole.
    """
    values = {} if address is None else program_counter(session.address(address))
    with session.connect() as monitor:
        registers = monitor.set_registers(**values) if values else monitor.registers()
        steps = []
        for _ in range(count):
            steps.append(address_text(registers.address))
            registers = monitor.step(over=over)
            session.say(register_line(registers))
        session.result({"port": monitor.port, "steps": steps, "registers": register_values(registers)})
