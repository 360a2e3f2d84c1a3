# SPDX-License-Identifier: MIT
import io

import pytest
from elftools.elf.elffile import ELFFile
from hypothesis import given
from hypothesis import strategies as st

from asm816 import assemble, elf
from asm816.debuginfo import DebugSymbol
from asm816.errors import AsmError
from asm816.image import Image, Segment, image_of

SOURCE = """\
.org 0xb6
start: lda.b #low
 rts
.org 0x18000
far: db "text"
behind:
low = 5
minus = -1
huge = 0x1_0000_0000
.entry_point start
"""


def read(data):
    return ELFFile(io.BytesIO(data))


def test_pyelftools_reads_it():
    result = assemble(text=SOURCE)
    file = read(elf.elf(result.image, result.debug_info().symbols))
    assert file.header["e_machine"] == elf.EM_65816
    assert (file.elfclass, file.little_endian, file.header["e_type"]) == (32, True, "ET_EXEC")
    assert file.header["e_entry"] == 0xB6
    loaded = [(s["p_paddr"], s.data()) for s in file.iter_segments("PT_LOAD")]
    assert loaded == [(0xB6, b"\xa9\x05\x60"), (0x18000, b"text")]
    names = [section.name for section in file.iter_sections()]
    assert names == ["", ".text.0000b6", ".text.018000", ".symtab", ".strtab", ".shstrtab"]
    assert file.get_section_by_name(".text.018000").data() == b"text"


def test_symbols():
    result = assemble(text=SOURCE)
    file = read(elf.elf(result.image, result.debug_info().symbols))
    table = file.get_section_by_name(".symtab")
    found = {s.name: (s["st_value"], s["st_shndx"]) for s in table.iter_symbols() if s.name}
    assert found == {
        "start": (0xB6, 1),
        "far": (0x18000, 2),
        "behind": (0x18004, "SHN_ABS"),
        "low": (5, "SHN_ABS"),
        "minus": (0xFFFFFFFF, "SHN_ABS"),
    }
    assert table.get_symbol(0).name == ""
    assert table.get_symbol_by_name("far")[0]["st_info"]["bind"] == "STB_GLOBAL"


SYMBOLS = st.builds(
    DebugSymbol, st.text("abcü_", min_size=1), st.integers(0, 0xFFFFFF), st.just("label"), st.just("a"), st.just(1)
)  # fmt: skip


@given(
    st.dictionaries(st.integers(0, 0xFFFF).map(lambda n: n * 16), st.binary(min_size=1, max_size=16)),
    st.lists(SYMBOLS, max_size=5),
)
def test_every_image_comes_back(pieces, symbols):
    image = image_of(pieces.items())
    file = read(elf.elf(image, symbols))
    loaded = [(s["p_paddr"], s.data()) for s in file.iter_segments("PT_LOAD")]
    assert image_of(loaded) == image
    table = file.get_section_by_name(".symtab")
    assert [(s.name, s["st_value"]) for s in table.iter_symbols()][1:] == [(s.name, s.value) for s in symbols]


def test_an_image_with_more_pieces_than_sections():
    most = 0xFEFB
    segments = tuple(Segment(2 * n, b"x") for n in range(most + 1))
    assert len(list(read(elf.elf(Image(segments[:most]), ())).iter_segments())) == most
    with pytest.raises(AsmError) as caught:
        elf.elf(Image(segments), ())
    assert caught.value.code == "E0720"
