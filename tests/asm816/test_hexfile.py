# SPDX-License-Identifier: MIT
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intelhex import IntelHex

from asm816.errors import AsmError
from asm816.exitcodes import ExitCode
from asm816.hexfile import read_hex, write_hex
from asm816.image import Image, Segment, image_of

END = ":00000001FF\n"


def record(address, kind, data):
    content = bytes((len(data), address >> 8, address & 0xFF, kind)) + bytes(data)
    return f":{content.hex()}{-sum(content) & 0xFF:02x}\n".upper()


def images():
    pieces = st.dictionaries(st.integers(0, 200), st.binary(min_size=1, max_size=40), max_size=6)
    base = st.sampled_from([0, 0xFF80, 0xFFFF00, 0x18000])
    entry = st.none() | st.integers(1, 0xFFFFFF)
    return st.builds(
        lambda p, b, e: image_of([(b + 48 * a if b != 0xFFFF00 else 48 * a, d) for a, d in p.items()], e),
        pieces,
        base,
        entry,
    )


@given(images())
def test_round_trip(image):
    text = write_hex(image)
    assert read_hex(text, "x.hex") == image
    assert text.endswith(END)
    other = IntelHex(io.StringIO(text))  # a second reader
    assert {a: other[a] for a in other.addresses()} == {
        s.address + n: b for s in image.segments for n, b in enumerate(s.data)
    }


def test_form():
    image = Image((Segment(0xFFFC, bytes(range(8))),), entry=0xFFFE)
    assert write_hex(image).split() == [
        ":040000050000FFFEFA", ":04FFFC0000010203FB", ":020000040001F9", ":0400000004050607E6", ":00000001FF",
    ]  # fmt: skip


def test_a_segment_to_the_last_byte():
    image = Image((Segment(0xFFFFF0, bytes(16)),))
    assert read_hex(write_hex(image), "x") == image


def test_tolerated():
    text = "\r\n" + record(0x10, 0, [1, 2]).lower().strip() + "  \r\n\n" + record(0, 1, [])
    assert read_hex(text, "x") == image_of([(0x10, b"\1\2")])
    text = record(0, 2, [0x10, 0]) + record(4, 0, [9]) + record(0, 3, [0, 1, 0, 2]) + END
    assert read_hex(text, "x") == image_of([(0x10004, b"\x09")], 0x12)


DATA = record(0xB6, 0, [0xEA])
BAD = [
    ("E0701", 1, "hello\n"), ("E0701", 2, DATA + ":\n"), ("E0701", 1, ":00zz\n"), ("E0701", 1, DATA.replace("EA", "E A")),
    ("E0701", 1, ":00000001F\n"), ("E0701", 1, ":\uff10" + "0" * 9), ("E0702", 1, DATA.replace("EA", "EB")),
    ("E0703", 1, DATA.replace(":01", ":02")), ("E0703", 1, record(0, 1, [1])), ("E0703", 1, record(0, 4, [1])),
    ("E0704", 1, ""), ("E0704", 1, DATA), ("E0705", 3, DATA + END + DATA), ("E0705", 2, END + END),
    ("E0706", 2, DATA + DATA + END), ("E0706", 3, record(0x100, 0, [1] * 8) + DATA + record(0xB0, 0, [1] * 8) + END),
    ("E0707", 2, record(0, 4, [1, 0]) + DATA + END), ("E0707", 1, record(0, 5, [1, 0, 0, 0]) + END),
    ("E0708", 1, record(0, 6, [])), ("E0713", 1, record(0xFFFF, 0, [1, 2]) + END), ("E0701", 2, DATA + "S9030000FC\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "text"), BAD)
def test_bad_files(code, line, text):
    with pytest.raises(AsmError) as caught:
        read_hex(text, "bad.hex")
    assert caught.value.code == code
    assert caught.value.sentence.startswith(f"bad.hex:{line}: ")
    assert caught.value.exit_code == ExitCode.SOURCE_ERRORS


def test_record_limit(monkeypatch):
    monkeypatch.setattr("asm816.records.MAX_RECORDS", 1)
    with pytest.raises(AsmError) as caught:
        read_hex(DATA + record(0, 0, [1]) + END, "x")
    assert caught.value.code == "E0710"


@given(st.text(alphabet=":0123456789ABCDEFS \n\r\t\x00g", max_size=80))
def test_any_text(text):
    with suppress(AsmError):
        assert read_hex(text, "x").size < 80


@given(st.data())
def test_one_changed_character_is_never_taken_for_good(data):
    text = record(0xB6, 0, b"\x78\x18\xfb\xe2") + record(0xBA, 0, b"\x20") + END
    at = data.draw(st.integers(0, len(text) - 1).filter(lambda n: text[n] != "\n"))
    character = data.draw(st.sampled_from("0123456789ABCDEF:").filter(lambda c: c != text[at]))
    with pytest.raises(AsmError):
        read_hex(text[:at] + character + text[at + 1 :], "x")
