# SPDX-License-Identifier: MIT
import io
import re
import string

from asm816 import assemble
from asm816.diagnostics import as_json, explain, render
from asm816.messages import MESSAGES, WARNINGS, Severity
from asm816.terminal import wants_colour


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
        "file": "x.asm", "line": 2, "column": 1, "length": 4, "fix": None,
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


def test_a_fix_is_what_would_stand_there():
    fixes = {
        " bne lop\nloop:\n": "loop",
        "loop lda #1\n": "loop:",
        " lad 5\n": "lda",
        ".dbb 5\n": ".db",
        "#dbb 5\n": "#db",
    }
    for text, fix in fixes.items():
        found = assemble(text=text).diagnostics[0]
        assert found.fix == as_json(found)["fix"] == fix
        start = found.span.column - 1
        line = found.span.text
        fixed = text.replace(line, line[:start] + fix + line[start + found.span.length :], 1)
        assert not [d for d in assemble(text=fixed).diagnostics if d.code == found.code]
    assert assemble(text=" lda nothing_like_it\n").diagnostics[0].fix is None


def test_carets_stand_below_wide_characters():
    excerpt = render(assemble(text=' db "\u4e16\u754c e\u0301", 999\n').diagnostics[0]).splitlines()[1:3]
    assert excerpt[0] == '     1 |  db "\u4e16\u754c e\u0301", 999'
    assert (
        excerpt[1] == "       |               ^^^"
    )  # two columns for each of the first two, none for the accent


def test_colours():
    found = assemble(text=" lda \x1b[2Jx\n", name="a\x07.asm").diagnostics[0]
    plain, coloured = render(found), render(found, colour=True)
    assert "\x1b" not in plain
    assert "\x07" not in plain
    assert "\x1b[1;31merror E0208\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_colours_are_for_terminals(monkeypatch):
    class Stream:
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(Stream())
    assert not wants_colour(io.StringIO())
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(Stream())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(Stream())


def test_a_mistake_in_a_macro_is_said_once():
    text = ".macro m(v)\n lad 5\n lda.b #v\n.endm\n m(300)\n m(300)\n m(400)\n"
    found = [(d.code, d.message[:3]) for d in assemble(text=text).diagnostics]
    assert found == [("E0205", "`la"), ("E0504", "300"), ("E0504", "400")]


def test_long_chains_are_cut():
    macros = "".join(f".macro m{n}{'x' * 500}\n m{n + 1}{'x' * 500}\n.endm\n" for n in range(60))
    found = assemble(text=macros + f".macro m60{'x' * 500}\n lad 1\n.endm\n m0{'x' * 500}\n").diagnostics[0]
    assert len(found.notes) == 12 + 1
    assert "more calls" in found.notes[-2].message
    assert found.notes[-1].span.line == 184
    assert max(map(len, str(found).splitlines())) < 400


def test_at_most_a_hundred_warnings_are_shown():
    text = "".join(f" db 1|2^3&{n}\n" for n in range(4, 255))
    result = assemble(text=text)
    assert result.ok
    codes = [d.code for d in result.diagnostics]
    assert codes[:100] == ["W0301"] * 100
    assert codes[100:] == ["W0901"]
    promoted = assemble(text=text, werror=True)
    assert [d.code for d in promoted.diagnostics] == ["W0301"] * 100 + ["E0901"]


def test_a_promoted_warning_hides_no_error():
    result = assemble(text=" brk\nx1:\n bra x1 + 1000\n", werror=True)
    assert [d.code for d in result.diagnostics] == ["W0201", "E0506"]
    assert not result.ok


def test_escapes_are_blamed_themselves():
    found = assemble(text=' db "ab\\n\\qz"\n').diagnostics[0]
    assert (found.span.column, found.span.length) == (10, 2)
