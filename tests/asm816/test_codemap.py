# SPDX-License-Identifier: MIT
from asm816 import assemble
from asm816.codemap import DATA, INSIDE, LED_TO, M8, START, X8, CodeMap, Known, known_from
from asm816.image import image_of


def code_map(source, known=Known(), *, m8=True, x8=True, follow=True):  # noqa: B008 - frozen
    result = assemble(text=source)
    assert result.ok, [str(d) for d in result.diagnostics]
    return CodeMap(result.image, known, m8, x8, follow=follow), result


def widths_at(code, address):
    note = code.note(address)
    assert note & START
    return bool(note & M8), bool(note & X8)


def test_widths_along_a_branch_over_other_code():
    """`sixteen` comes later in memory than code of other widths, and is reached from before it."""
    code, result = code_map(
        ".org 0x8000\n rep #0x30\n bra sixteen\neight: sep #0x30\n lda.b #1\n rts\nsixteen: lda.w #0x1234\n jsr eight\n rts\n"
    )
    assert widths_at(code, result.symbols["sixteen"]) == (False, False)
    assert widths_at(code, result.symbols["eight"]) == (False, False)
    assert widths_at(code, result.symbols["eight"] + 2) == (True, True)
    assert code.note(result.symbols["sixteen"]) & LED_TO


def test_php_and_plp():
    source = ".org 0\n rep #0x30\n php\n sep #0x20\n pha\n pla\n plp\nhere: lda.w #1\n rts\n"
    code, result = code_map(source)
    assert widths_at(code, result.symbols["here"]) == (False, False)


def test_xce():
    source = ".org 0\n rep #0x30\n sec\n xce\nhere: lda.b #1\n clc\n xce\n rep #0x20\nthere: lda.w #1\n rts\n"
    code, result = code_map(source)
    assert widths_at(code, result.symbols["here"]) == (True, True)
    assert widths_at(code, result.symbols["there"]) == (False, True)


def test_the_entry_comes_first():
    """Swept from the front the data would swallow the start of the code."""
    code, result = code_map(".org 0\n bra start\n db 0x20\nstart: lda.b #1\n rts\n.entry_point start\n")
    assert code.note(result.symbols["start"]) & START
    assert code.note(2) == 0  # jsr would reach into the code


def test_no_follow():
    code, _ = code_map(".org 0\n rep #0x30\n lda.w #0x1234\n", follow=False)
    assert widths_at(code, 2) == (True, True)


def test_code_that_jumps_into_an_instruction():
    code, _ = code_map(".org 0\n bra 3\n lda.w 0xeaea\n rts\n")
    assert code.note(3) == START | LED_TO | M8 | X8
    assert code.note(2) == 0


def test_debug_info():
    source = ".org 0\nstart: jmp end\ntable: db 0xa9, 0xea, 0xad\nwide: lda.w #5\n ldx.b #1\nend: bra end\n"
    result = assemble(text=source)
    known = known_from(result.debug_info(), result.image)
    code = CodeMap(result.image, known, m8=True, x8=True, follow=True)
    assert bytes(code.notes[0][3:6]) == bytes([DATA]) * 3
    assert widths_at(code, result.symbols["wide"]) == (False, True)
    assert code.note(7) == code.note(8) == INSIDE
    assert code.note(0xFFFF) is None


def test_instructions_do_not_cross_banks():
    code = CodeMap(image_of([(0xFFFE, bytes.fromhex("eaadeaea"))]), Known(), m8=True, x8=True, follow=True)
    assert [note & START for note in code.notes[0]] == [START, 0, START, START]
