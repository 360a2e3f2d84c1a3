# SPDX-License-Identifier: MIT
"""Every file of `tests/golden/asm` says in comments what it makes or which errors it has.

; bytes 000200: ea 18        the image, segment by segment or in pieces
; entry 000201               the entry address
; error E0401 12:7           code, line, column; `file:12:7` for an included file
; warning W0201 3:1
; note 8:2                   a place that a note of one of the diagnostics names
; board sxb                  the board, if it is not the default one
"""

import re
from pathlib import Path

import pytest

from asm816 import assemble
from asm816.directives import BARE, DIRECTIVES, EXPANDED
from asm816.expressions import BINARY, UNARY
from asm816.image import Image, image_of
from asm816.tokens import DOTTED, lex

FOLDER = Path(__file__).parents[1] / "golden" / "asm"
FILES = sorted(FOLDER.glob("*.asm"))
EXPECTATION = re.compile(r"^; (bytes|entry|error|warning|note|board) (.*)$", re.MULTILINE)


def expectations(path):
    found = {"bytes": [], "entry": [], "error": [], "warning": [], "note": [], "board": []}
    for kind, rest in EXPECTATION.findall(path.read_bytes().decode("utf-8", "replace")):
        found[kind].append(rest.strip())
    return found


def place(span, main):
    if span is None:
        return ""
    where = f"{span.line}:{span.column}"
    return where if span.file == str(main) else f"{Path(span.file).relative_to(FOLDER).as_posix()}:{where}"


def diagnostics_of(result, path, severity):
    return sorted(
        f"{d.code} {place(d.span, path)}".strip() for d in result.diagnostics if d.severity.value == severity
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden(path):
    expected = expectations(path)
    result = assemble(path, board=(expected["board"] or ["qbx"])[0])
    assert diagnostics_of(result, path, "error") == sorted(expected["error"])
    assert diagnostics_of(result, path, "warning") == sorted(expected["warning"])
    notes = {place(note.span, path) for d in result.diagnostics for note in d.notes}
    assert notes.issuperset(expected["note"])
    assert result.ok == (not expected["error"]) == path.stem.startswith("ok_")
    if not result.ok:
        assert result.image == Image()
        return
    pieces = [line.split(":") for line in expected["bytes"]]
    entry = int(expected["entry"][0], 16) if expected["entry"] else None
    wanted = image_of(((int(a, 16), bytes.fromhex(d)) for a, d in pieces), entry)
    assert [(hex(s.address), s.data.hex(" ")) for s in result.image.segments] == [
        (hex(s.address), s.data.hex(" ")) for s in wanted.segments
    ]
    assert result.image == wanted


def test_all_diagnostics_can_be_shown():
    for path in FILES:
        for found in assemble(path).diagnostics:
            assert found.code in str(found)
            assert "{" not in found.message + found.hint or "{" in (found.span.text if found.span else "")


GOOD = [
    lex(line)
    for path in FILES
    if path.stem.startswith("ok_")
    for line in path.read_bytes().decode().splitlines()
]


def test_every_directive_has_an_example():
    """The good examples use each directive, and each bare form that naken_asm has."""
    heads = [lexed.tokens[0] for lexed in GOOD if lexed.tokens]
    names = {str(token.value).lower() for token in heads if token.kind == DOTTED}
    words = {token.text.lower() for token in heads}
    assert DIRECTIVES.keys() | EXPANDED - {"65832", "equ"} <= names | words
    assert words >= BARE


def test_every_operator_has_an_example():
    assert BINARY.keys() | UNARY.keys() <= {token.kind for lexed in GOOD for token in lexed.tokens}
