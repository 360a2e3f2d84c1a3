# SPDX-License-Identifier: MIT
"""`assemble` as a library: it never prints, never exits, leaves nothing behind and minds no threads."""

import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest

from asm816 import assemble

SNIPPETS = [
    f".org 0x{0x200 + n:x}\nN{n} equ {n}\n.macro m{n}(p)\n lda.b #p\n.endm\nstart{n}:\n m{n}({n % 256})\n bne start{n}\n"
    f" dw N{n}, {n}*2+1, start{n}-$\n .byte 't', {n}\n"
    for n in range(300)
]  # fmt: skip
BROKEN = [
    " foo\n",
    " lda nothing\n",
    ".if\n",
    "x: x:\n",
    " lda #1/0\n",
    '.include "none"\n',
    ".macro a\n a\n.endm\n a\n",
]


def outcome(source):
    result = assemble(text=source)
    return result.image, dict(result.symbols), [str(d) for d in result.diagnostics], result.listing()


@pytest.mark.parametrize("source", [SNIPPETS[0], *BROKEN])
def test_it_prints_nothing_and_returns(source, capfd):
    assemble(text=source)
    assert capfd.readouterr() == ("", "")


def test_thousands_of_snippets_leave_nothing_behind():
    """After a first round, in which memos fill, memory stays what it is."""

    def round_of_snippets():
        for source in (*SNIPPETS, *BROKEN):
            assemble(text=source)
        gc.collect()

    tracemalloc.start()
    try:
        round_of_snippets()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(3):
            round_of_snippets()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 50_000, f"{grown} bytes more after {3 * len(SNIPPETS)} snippets"


def test_threads_do_not_meet():
    expected = [outcome(source) for source in (*SNIPPETS, *BROKEN)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(outcome, (*SNIPPETS, *BROKEN))) == expected


def test_what_came_before_does_not_matter():
    """Shapes, textual names and macros of one source mean nothing in the next."""
    first = assemble(text=".org 0\nK equ 5\n.macro nop\n clc\n.endm\n lda #K\n nop\n")
    second = assemble(text=".org 0\n lda #K\n nop\nK = 0x1234\n")
    assert first.image.segments[0].data == bytes.fromhex("a90500 18")
    assert second.image.segments[0].data == bytes.fromhex("a93412 ea")
