# SPDX-License-Identifier: MIT
"""Pages made from tables."""

from __future__ import annotations

import itertools

from asm816.pages import pages
from asm816.target.monitor import CELL_ROWS, COMMANDS, LIBRARY, MEMORY_MAP, VECTOR_ROWS
from asm816.target.quirks import QUIRKS
from asm816.target.registers import BITS, REGISTERS, SOURCES


def test_the_pages_in_docs_are_those_of_the_tables(project):
    for name, content in pages().items():
        assert (project / "docs" / name).read_text(encoding="utf-8") == content, "run python -m asm816.pages"


def test_the_readme_leads_to_them(project):
    readme = (project / "README.md").read_text(encoding="utf-8")
    for name in pages():
        assert f"docs/{name}" in readme


def test_every_register_and_every_bit_has_its_row():
    page = pages()["registers.md"]
    for register in REGISTERS:
        assert f"| {register.address:04X} |" in page
    for bit in BITS:
        assert f"| {bit.number} | {bit.name} |" in page
    assert "\n### BCR\n" in page
    assert "| FFB6 |" in page


def test_every_row_says_where_it_comes_from():
    assert {row.source for row in (*REGISTERS, *BITS)} <= set(SOURCES)


def test_every_row_of_the_monitor_is_in_its_page():
    page = pages()["monitor.md"]
    for entry in LIBRARY:
        assert f"| {entry.address:04X} | `{entry.name}` |" in page
    for cell in CELL_ROWS:
        assert f"`MON_{cell.name}`" in page
    for row in (*COMMANDS, *VECTOR_ROWS):
        assert row.meaning in page
    for fault in QUIRKS:
        assert f"| `{fault.name}` |" in page


def test_the_memory_map_has_no_hole_and_no_overlap():
    assert MEMORY_MAP[0].first == 0
    assert MEMORY_MAP[-1].last == 0xFFFF
    gaps = [b.first - a.last for a, b in itertools.pairwise(MEMORY_MAP)]
    assert set(gaps) == {1, 0xE000 - 0xDFBF}


def test_cells_lie_where_the_map_says_that_the_monitor_has_its_own():
    for cell in CELL_ROWS:
        row = next(row for row in MEMORY_MAP if row.first <= cell.address <= row.last)
        assert cell.address + cell.size - 1 <= row.last, cell.name
        assert "free" not in row.what
