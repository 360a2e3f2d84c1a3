# SPDX-License-Identifier: MIT
"""Every rule of the dialect has a golden source: which one, and the line in it that shows the rule.

The rules are naken_asm's as they were observed, then what we do otherwise.  The tables of directives and
mnemonics are walked as well, so that none can be added without an example.
"""

import re
from pathlib import Path

import pytest

from asm816.directives import DIRECTIVES, EXPANDED
from asm816.target.isa import CANONICAL

GOLDEN = Path(__file__).parents[1] / "golden" / "asm"
TEXTS = {path.stem: path.read_bytes().decode("utf-8", "replace") for path in GOLDEN.glob("*.asm")}

RULES = (
    # lines, labels, comments
    ("several labels on a line", "ok_labels", "one: two: nop"),
    ("labels have upper and lower case", "ok_labels", "Two:"),
    ("a label without colon", "err_E0205_no_colon", "error E0205"),
    ("a label twice", "err_E0402_duplicate", "error E0402"),
    ("mnemonics in any case", "ok_labels", "LDA Two"),
    ("three kinds of comments", "ok_comments", "/*"),
    ("a comment without end", "err_E0109_comment", "/*"),
    ("carriage returns do not count", "ok_crlf", "\r\n"),
    ("index registers in any case", "ok_indirect", ",S"),
    # numbers and characters
    ("hexadecimal", "ok_numbers", "0x"),
    ("underscores between digits", "ok_numbers", "10_000"),
    ("digits that do not fit the base", "err_E0202_numbers", "error E0202"),
    ("escapes", "ok_characters", "\\"),
    ("a text without end", "err_E0203_quotes", "error E0203"),
    ("an escape that means nothing", "err_E0204_escape", "error E0204"),
    ("a text of more than a character", "err_E0511_text", "error E0511"),
    ("numbers with a point", "ok_reals", "1.5"),
    ("`$` is the address of the item", "ok_here", "$"),
    # expressions
    ("precedence of C", "ok_expressions", "1+2*3"),
    ("where naken_asm folds otherwise", "ok_naken_folding", "W0301"),
    ("64 bits", "ok_operators", "0xffffffff+1"),
    ("division by zero", "err_E0501_zero", "error E0501"),
    ("an opening parenthesis is indirection", "err_E0201_syntax", "(5+1)*2"),
    ("selections are first only", "err_E0201_selection", "db <"),
    # conditions
    ("all comparisons", "ok_condition_operators", ">="),
    ("nested .ifndef in skipped text", "ok_conditionals", ".ifndef"),
    ("an .if without .endif", "err_E0302_unclosed_if", "error E0302"),
    (".end in an .if", "err_E0302_end_inside_if", "error E0302"),
    ("an .endif without .if", "err_E0301_unmatched", "error E0301"),
    # directives
    ("org goes back", "ok_org", ".org"),
    ("processors of others", "ok_other_processors", "6502"),
    ("text constants", "ok_equ", "equ"),
    ("textual macros go on", "ok_define", "\\\n"),
    (".set changes", "ok_set", ".set"),
    (".set of a label", "ok_set_on_label", ".set"),
    ("macros are text", "ok_macro_arguments", "(1+2)"),
    ("arguments that are too few", "err_E0306_arguments", "error E0306"),
    ("a macro in itself", "err_E0307_recursion", "error E0307"),
    (".repeat copies bytes", "ok_repeat", ".repeat"),
    (".repeat in .repeat", "err_E0312_nested_repeat", "error E0312"),
    ("scopes shadow", "ok_scopes", ".scope"),
    (".func", "ok_scopes", ".func"),
    ("room without bytes", "ok_reserve_and_align", "resb"),
    ("alignment ends at 1024", "err_E0604_ranges", "align"),
    ("files as bytes", "ok_binfile", ".binfile"),
    ("LEB128", "ok_varuint", "varuint"),
    ("big endian", "ok_data", ".big_endian"),
    ("nothing is initialised in .bss", "err_E0605_bss", ".bss"),
    ("what other outputs want", "ok_outputs_of_others", ".export"),
    ("the entry", "ok_entry", ".entry_point"),
    ("bare end", "ok_bare_end", "end"),
    # instructions
    ("immediates have 16 bits", "ok_immediates", "lda #"),
    ("#< forces 8 bits", "ok_immediate_widths", "#<"),
    ("no long immediate", "err_E0508_immediate", "error E0508"),
    ("sizes by value", "ok_address_sizes", "lda"),
    ("a forward label is absolute", "ok_forward_is_absolute", "lda"),
    ("prefixes choose the size", "ok_address_prefixes", "!"),
    ("forms that are missing are promoted", "ok_missing_forms", "jsr 0x10"),
    ("a forward label in another bank", "err_E0510_forward_long", "error E0510"),
    ("jumps between banks", "ok_jumps", "jsl"),
    ("indirect operands have a range", "err_E0504_every_indirect_form", "error E0504"),
    ("mvn in the order of the bytes", "ok_block_moves", "mvn"),
    ("brk and wdm alone and with a byte", "ok_no_operand", "brk #"),
    ("asl a", "ok_accumulator", "asl a"),
    ("a branch takes its displacement", "ok_jumps", "#"),
    ("a branch too far", "err_E0506_branch", "error E0506"),
    # what we do otherwise
    ("overlap is an error", "err_E0601_overlap", "error E0601"),
    ("every error of a run", "err_every_error_of_a_run", "error"),
    ("five mistakes give five messages", "err_five_mistakes", "error E0206"),
    ("directives in any case", "ok_directives_any_case", ".Db 3"),
    (".end stops", "ok_end", ".end"),
)


@pytest.mark.parametrize(("rule", "stem", "part"), RULES, ids=[row[0] for row in RULES])
def test_a_rule_has_its_source(rule, stem, part):
    assert part in TEXTS[stem], rule


WORDS = {word.lower() for text in TEXTS.values() for word in re.findall(r"[A-Za-z0-9_]+", text)}


@pytest.mark.parametrize("name", sorted({*DIRECTIVES, *EXPANDED}))
def test_a_directive_has_an_example(name):
    assert name in WORDS


@pytest.mark.parametrize("mnemonic", sorted(CANONICAL))
def test_a_mnemonic_has_an_example(mnemonic):
    assert mnemonic.lower() in WORDS
