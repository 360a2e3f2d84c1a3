# SPDX-License-Identifier: MIT
import shutil
import subprocess
from pathlib import Path

import pytest

from asm816.dependencies import make_rule


def test_rule():
    assert make_rule("out.hex", [Path("a.asm"), Path("inc/b.inc"), Path("a.asm")]) == (
        "out.hex: \\\n  a.asm \\\n  inc/b.inc\n\ninc/b.inc:\n"
    )
    assert make_rule("o", [Path("a b.asm"), Path("c$#%.asm"), Path("C:/d:e.asm")]) == (
        "o: \\\n  a\\ b.asm \\\n  c$$\\#\\%.asm \\\n  C:/d\\:e.asm\n\nc$$\\#\\%.asm:\n\nC:/d\\:e.asm:\n"
    )


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_make_reads_it(tmp_path):
    files = [Path("main.asm"), Path("a b.inc"), Path("c$d.inc"), Path("e#f.inc")]
    for file in files:
        (tmp_path / file).write_text("")
    (tmp_path / "rule.d").write_text(make_rule("out.hex", files))
    (tmp_path / "Makefile").write_text("out.hex:\n\t@echo made > out.hex\ninclude rule.d\n")

    def make():
        return subprocess.run(
            ["make", "-q", "out.hex"], cwd=tmp_path, capture_output=True, check=False
        ).returncode

    assert make() == 1  # to be made
    subprocess.run(["make", "out.hex"], cwd=tmp_path, check=True)
    assert make() == 0
    for file in files:
        newer = (tmp_path / "out.hex").stat().st_mtime_ns + 10**9
        old = (tmp_path / file).stat().st_mtime_ns
        set_time(tmp_path / file, newer)
        assert make() == 1, file
        set_time(tmp_path / file, old)
    (tmp_path / "a b.inc").unlink()  # one that is gone is no error: the source does not include it any more
    assert make() == 1


def set_time(path, nanoseconds):
    import os

    os.utime(path, ns=(nanoseconds, nanoseconds))
