# SPDX-License-Identifier: MIT
from asm816 import assemble
from asm816.includes import include_files
from asm816.source import OWN_INCLUDES
from asm816.target.monitor import CELL_ROWS, LIBRARY, VECTOR_ROWS
from asm816.target.registers import REGISTERS


def test_the_files_are_those_of_the_tables():
    assert {path.name: path.read_text(encoding="utf-8") for path in OWN_INCLUDES.iterdir()} == include_files()


def test_every_register_has_its_address():
    names = ", ".join(register.name for register in REGISTERS)
    text = f'.include "w65c265.inc"\n.include "w65c265.inc"\n.define PD7 $DF23\n.org 0\n dw {names}\n'
    result = assemble(text=text)
    assert result.diagnostics == ()
    words = [register.address.to_bytes(2, "little") for register in REGISTERS]
    assert result.image.segments[0].data == b"".join(words)


def test_the_monitor_has_its_addresses_and_goes_with_the_registers():
    rows = {entry.name: entry.address for entry in LIBRARY}
    rows |= {vector.label: vector.address for vector in VECTOR_ROWS}
    rows |= {f"MON_{cell.name}": cell.address for cell in CELL_ROWS}
    text = f'.include "monitor.inc"\n.include "w65c265.inc"\n.org 0\n dw {", ".join(rows)}\n'
    result = assemble(text=text)
    assert result.diagnostics == ()
    assert result.image.segments[0].data == b"".join(a.to_bytes(2, "little") for a in rows.values())
