# SPDX-License-Identifier: MIT
"""Which core runs: `load` gives one of three backends, all made from `emu/cpu/core.py`.

``plain`` is core.py as it stands; ``fast`` is specialised pure Python; ``compiled`` is the same
through Cython, where the package was built with a C compiler.  A module that was made from other
sources than those at hand is never used.

`python -m emu.cpu.backend` says which one runs here, and why not the best.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.abc
import importlib.util
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from asm816.target.isa import OPCODES
from emu.errors import EmuError

if TYPE_CHECKING:
    from types import ModuleType

    from emu.cpu.core import Core

NAMES = ("plain", "fast", "compiled")
"""All backends, the slowest first."""

VARIABLE = "MENSCH816_BACKEND"
"""The environment variable that forces one."""

SOURCES = ("core.py", "bus.py", "specialise.py", "deferral.py", "generate.py")


@dataclass(frozen=True, slots=True)
class Backend:
    """A name of NAMES and its core."""

    name: str
    Core: type[Core]


def load(name: str | None = None) -> Backend:
    """A backend by name; without one that of MENSCH816_BACKEND, else the best that is there.

    Raises EmuError: E2050 for an unknown name, E2051 for one that was not built.
    """
    wanted = name or os.environ.get(VARIABLE) or None
    if wanted is None:
        wanted = next(name for name in reversed(NAMES) if name == "plain" or _built(name) is not None)
    if wanted not in NAMES:
        raise EmuError("E2050", f"there is no backend '{wanted}'", f"the backends are: {', '.join(NAMES)}")
    if wanted == "plain":
        from emu.cpu import core

        return Backend(wanted, core.Core)
    module = _built(wanted)
    if module is None and wanted == "fast":
        module = _generated()
    if module is None:
        raise EmuError("E2051", "the compiled core was not built from these sources", HOW_TO_COMPILE)
    return Backend(wanted, cast("type[Core]", module.Core))


HOW_TO_COMPILE = (
    "install a C compiler and Python's headers (Debian: build-essential python3-dev) and install again"
)


def available() -> tuple[str, ...]:
    """The names of the backends that can be loaded without building anything but ``fast``."""
    return tuple(name for name in NAMES if name != "compiled" or _built(name) is not None)


@cache
def source_hash() -> str:
    """What ties a made module to the files it was made from."""
    folder = Path(__file__).parent
    text = "".join((folder / name).read_text(encoding="utf-8") for name in SOURCES)
    text += repr([op.handler for op in OPCODES])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _built(name: str) -> ModuleType | None:
    """The module that the build left, if it is there and fits."""
    try:
        module = importlib.import_module(f"emu.cpu.{name}")
    except ImportError:
        return None
    return module if getattr(module, "SOURCE", None) == source_hash() else None


class _FromCore(importlib.abc.InspectLoader):
    """Makes ``fast`` anew: in a checkout where it is missing or older than core.py."""

    def get_source(self, fullname: str) -> str:
        del fullname
        from emu.cpu.generate import fast_source

        return fast_source()


def _generated() -> ModuleType:
    spec = importlib.util.spec_from_loader("emu.cpu.fast", _FromCore())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules[spec.name] = module
    return module


if __name__ == "__main__":
    best = load()
    print(f"mensch816: the core that runs here is the {best.name} one")
    if best.name != "compiled" and not os.environ.get(VARIABLE):
        print(f"mensch816: a compiled one is a hundred times faster: {HOW_TO_COMPILE}")
