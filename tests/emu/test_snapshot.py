# SPDX-License-Identifier: MIT
"""The container of snapshots: round trips, and every kind of damage."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emu.errors import EmuError
from emu.snapshot import pack, pages_of, restore_pages, unpack

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
PAGES = st.dictionaries(st.integers(0, 0xFFFF), st.binary(min_size=256, max_size=256), max_size=4)


@given(st.dictionaries(st.text(max_size=8), PLAIN, max_size=5), PAGES)
def test_what_is_packed_comes_back(state, pages):
    assert unpack("core", pack("core", state, pages)) == (
        state,
        {n: p for n, p in sorted(pages.items()) if any(p)},
    )


def test_the_documented_bytes():
    data = pack("core", {"a": 1}, {2: b"\x07" * 256})
    body = b"M816\x01\x00\x04core\x07\x00\x00\x00" + b'{"a":1}' + b"\x01\x00\x00\x00\x02\x00" + b"\x07" * 256
    assert data == body + zlib.crc32(body).to_bytes(4, "little")


@given(st.integers(0, 8 * 300), st.data())
def test_a_flipped_bit_is_noticed(bit, data):
    good = pack("core", {"pc": 0x2000}, {7: bytes(range(256))})
    bit %= 8 * len(good)
    bad = bytearray(good)
    bad[bit // 8] ^= 1 << bit % 8
    with pytest.raises(EmuError) as caught:
        unpack("core", bytes(bad))
    assert caught.value.code in {"E2040", "E2041"}


@given(st.integers(0, 300))
def test_a_cut_snapshot_is_noticed(length):
    good = pack("core", {"pc": 0x2000}, {7: bytes(range(256))})
    with pytest.raises(EmuError, match="snapshot"):
        unpack("core", good[: min(length, len(good) - 1)])


def test_another_kind_and_another_version_are_named():
    data = pack("board", {}, {})
    with pytest.raises(EmuError, match="snapshot of a board, not of a core"):
        unpack("core", data)
    with pytest.raises(EmuError, match="version 2, not 1"):
        unpack("board", data[:4] + b"\x02" + data[5:])


def test_a_checksummed_lie_is_noticed():
    body = pack("core", {}, {1: b"\x01" * 256})[:-4]
    for bad in (body[:-1], body.replace(b"{}", b"[]"), body + b"\0" * 258):
        with pytest.raises(EmuError, match="damaged"):
            unpack("core", bad + zlib.crc32(bad).to_bytes(4, "little"))


def test_only_plain_values_are_packed():
    with pytest.raises(TypeError):
        pack("core", {"x": object()}, {})
    with pytest.raises(ValueError, match="page 5 of 3 bytes"):
        pack("core", {}, {5: b"abc"})


def test_pages_of_a_memory_and_back():
    memory = bytearray(1 << 24)
    memory[0x000123] = 1
    memory[0xFFFFFF] = 2
    assert set(pages_of(memory)) == {0x0001, 0xFFFF}
    assert set(pages_of(memory, 0, 0x7FFF)) == {0x0001}
    other = bytearray(1 << 24)
    other[0x5000] = 9
    restore_pages(other, pages_of(memory))
    assert other == memory
