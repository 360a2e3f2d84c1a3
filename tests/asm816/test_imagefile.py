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
    assert image_from(b"", "x", 0).size == 0
    assert image_from(bytes(16), "x", 0xFFFFF0).last == 0xFFFFFF
    for address, code in ((None, "E0711"), (0xFFFFFF, "E0712"), (-1, "E0712")):
        with pytest.raises(AsmError) as caught:
            image_from(b"\1\2", "x", address)
        assert caught.value.code == code


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
