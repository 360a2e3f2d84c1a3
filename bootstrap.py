# SPDX-License-Identifier: MIT
"""Set up the project's own environment: ``python3 bootstrap.py VENV [GROUP]``; that of a lab: ``... VENV lab``.

Used by the Makefile; needs Python >= 3.11 and the package index.  uv does the work where it is
installed, pip elsewhere.  Says what it does, and what is missing where something is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent


def say(text: str) -> None:
    """A line for the person who waits."""
    print(f"mensch816: {text}", flush=True)


def give_up(text: str) -> None:
    """The last line: what is missing and what to try."""
    say(text)
    raise SystemExit(1)


def tables() -> dict[str, Any]:
    """What pyproject.toml says."""
    import tomllib  # here, so that an older Python gets our sentence and no traceback

    return tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def group(name: str) -> list[str]:
    """The requirements of a dependency group, included groups too."""
    groups = tables()["dependency-groups"]
    found: list[str] = []
    for entry in groups[name]:
        found += group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


def lab() -> list[str]:
    """What labgrid's environment holds besides this project: labgrid, and what we depend on less pyserial.

    labgrid replaces that by a fork under the same import name.
    """
    own = [each for each in tables()["project"]["dependencies"] if not each.startswith("pyserial")]
    return [*group("lab"), *own]


def python_of(venv: Path) -> Path:
    """The interpreter of an environment."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def succeeds(command: list[str], *, quiet: bool = False) -> bool:
    """Run a command; True if it exits with 0."""
    return subprocess.run(command, check=False, capture_output=quiet).returncode == 0


def install_with_uv(venv: Path, wanted: list[str]) -> bool:
    """True if uv is there and did it."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    python = python_of(venv)
    made = python.exists() or succeeds([uv, "venv", "--quiet", "--python", sys.executable, str(venv)])
    if made and succeeds([uv, "pip", "install", "--quiet", "--python", str(python), *wanted]):
        return True
    say("uv did not get through (see above); trying pip")
    return False


def install_with_pip(venv: Path, wanted: list[str]) -> bool:
    """Make the environment where it is not there, and let pip install into it."""
    python = python_of(venv)
    if not python.exists() and not succeeds([sys.executable, "-m", "venv", str(venv)], quiet=True):
        say("this Python has no complete venv module (Debian: apt install python3-venv); trying without")
        shutil.rmtree(venv, ignore_errors=True)
        succeeds([sys.executable, "-m", "venv", "--without-pip", str(venv)])
    pip = [str(python), "-m", "pip"]
    if not succeeds([*pip, "--version"], quiet=True) and not succeeds(
        [str(python), "-m", "ensurepip"], quiet=True
    ):
        pip = [sys.executable, "-m", "pip", "--python", str(python)]  # a pip outside can fill it
        if not succeeds([*pip, "--version"], quiet=True):
            shutil.rmtree(venv, ignore_errors=True)
            give_up("neither venv nor pip is complete here: install python3-venv (Debian, Ubuntu) or uv")
    return succeeds([*pip, "install", "--quiet", "--disable-pip-version-check", *wanted])


def install(venv: Path, wanted: list[str]) -> None:
    """By uv or by pip; says so and ends where neither gets through."""
    if not install_with_uv(venv, wanted) and not install_with_pip(venv, wanted):
        give_up("the installation failed (see above); it needs the Python package index")


def main(arguments: list[str]) -> None:
    """Install the project, or the group's requirements if one is named."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have any Python
        found = ".".join(map(str, sys.version_info[:3]))
        give_up(f"this is Python {found}; 3.11 or newer is needed (make PYTHON=python3.12 ...)")
    venv, groups = Path(arguments[0]), arguments[1:]
    editable = ["--editable", str(PROJECT)]
    if groups == ["lab"]:
        say("installing labgrid, and mensch816 without pyserial, which labgrid replaces")
        install(venv, lab())
        os.environ["EMU_KEEP_CORE"] = "1"  # both environments run the one that lies in the checkout
        install(venv, ["--no-deps", *editable])
    elif groups:
        wanted = [requirement for name in groups for requirement in group(name)]
        say(f"installing what '{groups[0]}' needs: {', '.join(wanted)}")
        install(venv, wanted)
    else:
        say(
            "installing mensch816 and the packages it uses (once; the core is compiled, which takes a minute)"
        )
        install(venv, editable)
        subprocess.run([str(python_of(venv)), "-m", "emu.cpu.backend"], check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
