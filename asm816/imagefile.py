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

_TEXT_FORMATS = ((rb":", read_hex), (rb"[Ss][0-9][0-9A-Fa-f]{2}", read_srec))
"""How the content of a file that is no binary begins, and what reads it."""


def read_image(path: str | Path, address: int | None = None, *, default: int | None = None) -> Image:
    """The image in the file at `path`.

    A binary goes to `address`, or to `default` where no address was asked for; other files say
    themselves where they go, and an `address` for them is an error.
    Raises FileAccessError if it cannot be read, AsmError if it is damaged or needs an address.
    """
    return image_from(_content(Path(path)), str(path), address, default=default)


def image_from(data: bytes, name: str, address: int | None = None, *, default: int | None = None) -> Image:
    """The image in the bytes of a file called `name`; the rest as `read_image`."""
    if not data.strip():
        raise _error(AsmError, "E0717", name=name)
    start = data[:4096].lstrip()
    for pattern, read in _TEXT_FORMATS:
        if re.match(pattern, start) and _TEXT.match(data):
            if address is not None:
                raise _error(AsmError, "E0716", name=name)
            return read(data.decode("ascii"), name)
    place = default if address is None else address
    if place is None:
        raise _error(AsmError, "E0711", name=name)
    if not 0 <= place <= MAX_IMAGE_BYTES - len(data):
        raise _error(AsmError, "E0712", name=name)
    return image_of([(place, data)])


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
