# SPDX-License-Identifier: MIT
"""Builds what is not in the sources: the specialised core, in Python and, where there is a compiler, in C.

EMU_PURE=1 leaves the compiled core out; EMU_REQUIRE_COMPILED=1 makes a build without it fail.
EMU_KEEP_CORE=1 builds nothing: an editable install of a checkout that has its core already.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
CPU = ROOT / "emu" / "cpu"
DIRECTIVES = {
    "language_level": 3,
    "boundscheck": False,
    "wraparound": False,
    "initializedcheck": False,
    "infer_types": True,
    "cdivision": True,
    "annotation_typing": False,
    "binding": False,
}


class CoreBuildHook(BuildHookInterface):
    """Runs before the wheel, or the editable install, is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the modules beside core.py and tell hatchling to take them along."""
        del version
        if os.environ.get("EMU_KEEP_CORE"):
            made = [path for path in (CPU / "fast.py", *CPU.glob("compiled.*")) if path.exists()]
            build_data["artifacts"] += [f"emu/cpu/{path.name}" for path in made]
            return
        sys.path.insert(0, str(ROOT))
        from emu.cpu import generate

        for old in [*CPU.glob("compiled.*"), CPU / "fast.py"]:
            old.unlink(missing_ok=True)
        generate.write_fast(CPU)
        build_data["artifacts"].append("emu/cpu/fast.py")
        if os.environ.get("EMU_PURE"):
            return
        try:
            built = _compile(generate)
        except Exception as error:
            if os.environ.get("EMU_REQUIRE_COMPILED"):
                raise
            self.app.display_warning(f"the core was not compiled, the pure one will run: {error}")
            return
        build_data["artifacts"].append(f"emu/cpu/{built.name}")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _compile(generate: Any) -> Path:
    from Cython.Build import cythonize
    from setuptools import Extension
    from setuptools.dist import Distribution

    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "emu" / "cpu"
        package.mkdir(parents=True)
        for place in (package.parent, package):
            (place / "__init__.py").touch()
        generate.write_compiled(package)
        flags = [] if sys.platform == "win32" else ["-O2"]
        before = Path.cwd()
        os.chdir(folder)
        try:
            extension = Extension("emu.cpu.compiled", ["emu/cpu/compiled.py"], extra_compile_args=flags)
            modules = cythonize([extension], compiler_directives=DIRECTIVES, quiet=True)
            command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
            command.build_lib = "built"
            command.ensure_finalized()
            command.run()
        finally:
            os.chdir(before)
        built = Path(folder) / command.get_outputs()[0]
        return Path(shutil.copy(built, CPU / built.name))
