# SPDX-License-Identifier: MIT
import re
import string

from asm816 import assemble
from asm816.diagnostics import as_json, explain, render
from asm816.messages import MESSAGES, WARNINGS, Severity


def test_text_form():
    result = assemble(text=".macro put(v)\n\tlda.b #v\n.endm\n put(300)\n", name="x.asm")
    assert render(result.diagnostics[0]) == (
        "x.asm:2:9: error E0504: 300 does not fit in 8 bits (-128 to 255)\n"
        "     2 | \tlda.b #v\n"
        "       | \t       ^\n"
        "  hint: without .b an immediate has 16 bits; #<n takes the low byte\n"
        "  note: x.asm:4:2: in the macro `put` called here"
    )


def test_json_form():
    result = assemble(text="here:\nhere:\n", name="x.asm")
    assert as_json(result.diagnostics[0]) == {
        "code": "E0402", "severity": "error", "message": "`here` is defined twice", "hint": "",
        "file": "x.asm", "line": 2, "column": 1, "length": 4,
        "notes": [{"message": "the first definition", "file": "x.asm", "line": 1, "column": 1, "length": 4}],
    }  # fmt: skip


def test_long_lines_and_names_are_cut():
    shown = str(assemble(text=" lda " + "x" * 5000 + "+nothing" * 200).diagnostics[0])
    assert max(map(len, shown.splitlines())) < 130
    shown = str(assemble(text=" db " + "1," * 5000 + "300\n").diagnostics[0])
    assert "300" in shown.splitlines()[1]
    assert shown.splitlines()[2].index("^") == shown.splitlines()[1].index("300")


def test_hints():
    hints = {
        " bne lop\nloop:\n": "did you mean `loop`?", "loop lda #1\n": "a label needs a colon: `loop:`", " lad 5\n": "did you mean `lda`?",
        ".dbb 5\n": "did you mean `.db`?", " lda (5+1)*2\n": "2*(5+1)", " sta #5\n": "sta takes",
    }  # fmt: skip
    for text, hint in hints.items():
        assert hint in assemble(text=text).diagnostics[0].hint, text


def test_the_table():
    for code, row in MESSAGES.items():
        assert re.fullmatch(r"[EW]\d{4}", code)
        assert (row.severity is Severity.WARNING) == code.startswith("W")
        assert explain(code.lower()).startswith(code)
        assert bool(row.name) == code.startswith("W")
        fields = {
            name for _, name, _, _ in string.Formatter().parse(row.message + row.hint) if name is not None
        }
        assert all(field.isidentifier() for field in fields)
    assert explain("E9999") is None
    assert len(WARNINGS) == sum(code.startswith("W") for code in MESSAGES)
