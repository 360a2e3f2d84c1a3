# SPDX-License-Identifier: MIT
"""A project of one's own: a program, an include file, a test, README, Makefile.  Made from templates."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from sxb import errors

if TYPE_CHECKING:
    from pathlib import Path

    from asm816.target.boards import BoardFacts

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
"""A name that is good for a folder, a source and a test on every system."""

RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])")
"""What Windows takes for devices."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a project, and the template that it is made from."""

    path: str
    template: str


FILES = (
    Made("{{name}}.asm", "source.asm.template"),
    Made("include/leds.inc", "leds.inc.template"),
    Made("test_{{module}}.py", "test.py.template"),
    Made("README.md", "README.md.template"),
    Made("Makefile", "Makefile.template"),
    Made(".gitignore", "gitignore.template"),
)


def texts(name: str, facts: BoardFacts) -> dict[str, str]:
    """Path in the project -> content."""
    values = {"name": name, "module": name.replace("-", "_"), "board": facts.name, "title": facts.title}
    return {
        _filled(made.path, values): _filled(
            (files(__name__) / made.template).read_text(encoding="utf-8"), values
        )
        for made in FILES
    }


def _filled(text: str, values: dict[str, str]) -> str:
    for key, value in values.items():
        text = text.replace(f"{{{{{key}}}}}", value)
    return text


def make_project(folder: Path, facts: BoardFacts) -> list[str]:
    """Make the project `folder`, which must not be there yet; returns its files.

    Raises UsageError if the name is no good, FileAccessError if the folder is there or cannot be made;
    nothing is left behind then.
    """
    name = folder.name
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name):
        raise errors.bad_project_name(name)
    content = texts(name, facts)
    try:
        folder.mkdir()
    except FileExistsError as error:
        raise errors.project_exists(str(folder)) from error
    except OSError as error:
        raise errors.project_unwritable(str(folder), error.strerror or str(error)) from error
    try:
        for path, text in content.items():
            target = folder / path
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(text.encode())
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise errors.project_unwritable(str(folder), error.strerror or str(error)) from error
    return sorted(content)
