# SPDX-License-Identifier: MIT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.errors import AsmError
from asm816.image import Image, Segment, image_of
from asm816.srec import read_srec, s2_record, s8_record, write_s28
from asm816.target.monitor import END_RECORD, MAX_RECORD_DATA

END = "S804000000FB\n"


def record(kind, address, data=b""):
    width = {"0": 2, "1": 2, "2": 3, "3": 4, "4": 3, "5": 2, "6": 3, "7": 4, "8": 3, "9": 2}[kind]
    content = address.to_bytes(width, "big") + bytes(data)
    content = bytes((len(content) + 1,)) + content
    return f"S{kind}{content.hex().upper()}{~sum(content) & 0xFF:02X}\n"


def test_records():
    assert s2_record(0xB6, b"\x78\x18") == b"S2060000B67818B3"
    assert s8_record() == END_RECORD
    assert s8_record(0x0000B6) == b"S8040000B645"
    assert len(s2_record(0, bytes(MAX_RECORD_DATA))) == 2 + 2 * 256
    with pytest.raises(AsmError) as caught:
        s2_record(0, bytes(252))
    assert caught.value.code == "E0714"


@given(st.binary(max_size=100), st.integers(0, 0xFFFF00), st.none() | st.integers(1, 0xFFFFFF))
def test_round_trip(data, address, entry):
    image = image_of([(address, data)], entry)
    assert read_srec(write_s28(image), "x.s28") == image


def test_other_kinds():
    text = (
        record("0", 0, b"name")
        + record("1", 0x10, b"\1")
        + record("3", 0x20, b"\2")
        + record("5", 2)
        + record("9", 0x10)
    )
    assert read_srec(text.replace("\n", " \r\n").lower(), "x") == Image(
        (Segment(0x10, b"\1"), Segment(0x20, b"\2")), 0x10
    )
    assert read_srec(record("6", 0) + record("7", 0), "x") == Image()


DATA = record("2", 0xB6, b"\xea")
BAD = [
    ("E0701", 1, "hello\n"), ("E0701", 1, "S\n"), ("E0701", 1, "S2\n"), ("E0701", 2, DATA + ":00000001FF\n"),
    ("E0702", 1, DATA.replace("EA", "EB")), ("E0703", 1, DATA.replace("S205", "S206")), ("E0703", 1, "S20200FD\n"),
    ("E0704", 1, ""), ("E0704", 1, DATA), ("E0705", 2, END + DATA), ("E0706", 2, DATA + DATA + END),
    ("E0707", 1, record("3", 0x1000000, b"\1") + END), ("E0707", 1, record("7", 0x1000000)), ("E0708", 1, record("4", 0)),
    ("E0709", 2, DATA + record("5", 2) + END),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "text"), BAD)
def test_bad_files(code, line, text):
    with pytest.raises(AsmError) as caught:
        read_srec(text, "bad.s28")
    assert caught.value.code == code
    assert caught.value.sentence.startswith(f"bad.s28:{line}: ")


def test_record_limit(monkeypatch):
    monkeypatch.setattr("asm816.records.MAX_RECORDS", 1)
    with pytest.raises(AsmError) as caught:
        read_srec(DATA + record("2", 0, b"\1") + END, "x")
    assert caught.value.code == "E0710"


@given(st.data())
def test_one_changed_character_is_never_taken_for_good(data):
    text = DATA + record("2", 0xB7, b"\x18\xfb") + END
    at = data.draw(st.integers(0, len(text) - 1).filter(lambda n: text[n] != "\n"))
    character = data.draw(st.sampled_from("0123456789ABCDEF").filter(lambda c: c != text[at]))
    changed = text[:at] + character + text[at + 1 :]
    if text[at - 1] == "S":
        return  # the kind of a record has no checksum: nobody can see that it changed
    with pytest.raises(AsmError):
        read_srec(changed, "x")
