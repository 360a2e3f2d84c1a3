# SPDX-License-Identifier: MIT
"""What is in the flash socket."""

from __future__ import annotations

import pytest

from asm816.target.boards import QBX, SXB
from emu.chip.flash import BLANK, SIZE
from emu.errors import EmuError, EmuFileError
from emu.flashfile import socket_content

CONTENT = bytes(n & 0xFF for n in range(SIZE))


def test_by_name_bytes_or_path(tmp_path):
    path = tmp_path / "flash.bin"
    path.write_bytes(CONTENT)
    assert socket_content(SXB, None) == socket_content(SXB, "blank") == BLANK
    assert socket_content(SXB, "empty") is socket_content(QBX, None) is socket_content(QBX, "empty") is None
    assert (
        socket_content(SXB, CONTENT) == socket_content(SXB, path) == socket_content(SXB, str(path)) == CONTENT
    )


@pytest.mark.parametrize(
    ("facts", "source", "error"),
    [
        (QBX, "blank", ("E2014", EmuError)),
        (SXB, CONTENT[:-1], ("E2015", EmuError)),
        (SXB, CONTENT + b"\0", ("E2015", EmuError)),
        (SXB, "short.bin", ("E2015", EmuError)),
        (SXB, "nowhere.bin", ("E2016", EmuFileError)),
        (SXB, ".", ("E2016", EmuFileError)),
    ],
)
def test_mistakes_are_named(tmp_path, monkeypatch, facts, source, error):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.bin").write_bytes(b"\xff" * 32768)
    with pytest.raises(EmuError) as caught:
        socket_content(facts, source)
    assert (caught.value.code, type(caught.value)) == error
