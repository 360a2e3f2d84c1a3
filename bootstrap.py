# SPDX-License-Identifier: MIT
"""Set up the project's own environment: ``python3 bootstrap.py VENV [GROUP]``.

Used by the Makefile; needs Python >= 3.11 and the package index.  uv does the work where it is
installed, pip elsewhere.  Says what it does, and what is missing where something is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent


def say(text: str) -> None:
    """A line for the person who waits."""
    print(f"mensch816: {text}", flush=True)


def give_up(text: str) -> None:
    """The last line: what is missing and what to try."""
    say(text)
    raise SystemExit(1)


def group(name: str) -> list[str]:
    """The requirements of a dependency group of pyproject.toml, included groups too."""
    import tomllib  # here, so that an older Python gets our sentence and no traceback

    groups = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    found: list[str] = []
    for entry in groups[name]:
        found += group(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


def make_environment(venv: Path) -> list[str]:
    """Create the environment if it is not there; returns the command that installs into it."""
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    uv = shutil.which("uv")
    if uv:
        if not python.exists():
            say(f"making {venv} with uv")
            subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(venv)], check=True)
        return [uv, "pip", "install", "--quiet", "--python", str(python)]
    if not python.exists():
        say(f"making {venv}")
        if subprocess.run(
            [sys.executable, "-m", "venv", str(venv)], check=False, capture_output=True
        ).returncode:
            say("this Python has no complete venv module (Debian: apt install python3-venv); trying without")
            make_without_ensurepip(venv)
    if (venv / "pip-from-outside").exists():
        return [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    return [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def make_without_ensurepip(venv: Path) -> None:
    """An environment that the pip outside of it fills."""
    shutil.rmtree(venv, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=False)
    pip = subprocess.run([sys.executable, "-m", "pip", "--version"], check=False, capture_output=True)
    if made.returncode or pip.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        give_up("neither venv nor pip is complete here: install python3-venv (Debian, Ubuntu) or uv")
    (venv / "pip-from-outside").touch()


def main(arguments: list[str]) -> None:
    """Install the project, and the group's requirements if one is named."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have any Python
        found = ".".join(map(str, sys.version_info[:3]))
        give_up(f"this is Python {found}; 3.11 or newer is needed (make PYTHON=python3.12 ...)")
    venv, groups = Path(arguments[0]), arguments[1:]
    install = make_environment(venv)
    if groups:
        wanted = [requirement for name in groups for requirement in group(name)]
        say(f"installing what '{groups[0]}' needs: {', '.join(wanted)}")
    else:
        wanted = ["--editable", str(PROJECT)]
        say("installing mensch816 and the packages it uses (once)")
    if subprocess.run([*install, *wanted], check=False).returncode:
        give_up("the installation failed (see above); it needs the Python package index")


if __name__ == "__main__":
    main(sys.argv[1:])
