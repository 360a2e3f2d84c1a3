# SPDX-License-Identifier: MIT
"""Reading an image file of any kind: Intel HEX, S-records or binary, told apart by their content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from asm816.errors import AsmError, FileAccessError
from asm816.hexfile import read_hex
from asm816.image import MAX_IMAGE_BYTES, Image, image_of
from asm816.messages import MESSAGES
from asm816.srec import read_srec

_MOST_BYTES = 64 * 1024 * 1024
"""The text of the largest image, 16 MiB, stays below this."""

_TEXT = re.compile(rb"[\t\n\r\x20-\x7e]*\Z")


def read_image(path: str | Path, address: int | None = None) -> Image:
    """The image in the file at `path`; a binary goes to `address`.

    Raises FileAccessError if it cannot be read, AsmError if it is damaged or needs an address.
    """
    return image_from(_content(Path(path)), str(path), address)


def image_from(data: bytes, name: str, address: int | None = None) -> Image:
    """The image in the bytes of a file called `name`."""
    start = data[:4096].lstrip()
    if start[:1] == b":" and _TEXT.match(data):
        return read_hex(data.decode("ascii"), name)
    if re.match(rb"[Ss][0-9][0-9A-Fa-f]{2}", start) and _TEXT.match(data):
        return read_srec(data.decode("ascii"), name)
    if address is None:
        raise _error(AsmError, "E0711", name=name)
    if not 0 <= address <= MAX_IMAGE_BYTES - len(data):
        raise _error(AsmError, "E0712", name=name)
    return image_of([(address, data)])


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _error(FileAccessError, "E0102", name=path, reason="it is a folder")
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _error(FileAccessError, "E0102", name=path, reason=reason) from None
    if len(data) > _MOST_BYTES:
        raise _error(AsmError, "E0108", name=path, limit=_MOST_BYTES)
    return data


def _error(family: type[AsmError], code: str, **fields: Any) -> AsmError:
    row = MESSAGES[code]
    return family(code, row.message.format(**fields), row.hint)
