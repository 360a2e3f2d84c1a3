# SPDX-License-Identifier: MIT
"""Pages made from tables."""

from __future__ import annotations

from asm816.pages import pages
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
