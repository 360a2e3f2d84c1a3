# SPDX-License-Identifier: MIT
import pytest

from asm816.errors import AsmError, FileAccessError
from asm816.hexfile import write_hex
from asm816.image import image_of
from asm816.imagefile import image_from, read_image
from asm816.srec import write_s28

IMAGE = image_of([(0xB6, b"\x78\x18")])


@pytest.mark.parametrize("name", ["program.hex", "program.bin", "program"])
def test_the_content_decides(tmp_path, name):
    path = tmp_path / name
    path.write_text(write_hex(IMAGE))
    assert read_image(path) == read_image(str(path)) == IMAGE
    path.write_text("\n" + write_s28(IMAGE))
    assert read_image(path) == IMAGE
    path.write_bytes(b"\x78\x18")
    assert read_image(path, 0xB6) == IMAGE


def test_binaries():
    assert image_from(b":\x00", "x", 0).size == 2
    assert image_from(b"S1 Some text", "x", 0).size == 12
    assert image_from(bytes(16), "x", 0xFFFFF0).last == 0xFFFFFF
    for address, code in ((None, "E0711"), (0xFFFFFF, "E0712"), (-1, "E0712")):
        with pytest.raises(AsmError) as caught:
            image_from(b"\1\2", "x", address)
        assert caught.value.code == code


def test_a_file_that_says_itself_where_it_goes_takes_no_address():
    text = write_hex(IMAGE).encode()
    assert image_from(text, "x", default=0x2000) == IMAGE
    for data, code in (
        (text, "E0716"),
        (write_s28(IMAGE).encode(), "E0716"),
        (b"", "E0717"),
        (b"\n ", "E0717"),
    ):
        with pytest.raises(AsmError) as caught:
            image_from(data, "x", 0x2000)
        assert caught.value.code == code


def test_a_binary_without_an_address_goes_to_the_default():
    assert image_from(b"\1\2", "x", default=0xE000).first == 0xE000
    assert image_from(b"\1\2", "x", 0x2000, default=0xE000).first == 0x2000


def test_files_that_cannot_be_read(tmp_path):
    for path in (tmp_path, tmp_path / "nothing", "a\0b"):
        with pytest.raises(FileAccessError) as caught:
            read_image(path)
        assert caught.value.code == "E0102"


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr("asm816.imagefile._MOST_BYTES", 3)
    (tmp_path / "x").write_bytes(b"1234")
    with pytest.raises(AsmError) as caught:
        read_image(tmp_path / "x")
    assert caught.value.code == "E0108"
