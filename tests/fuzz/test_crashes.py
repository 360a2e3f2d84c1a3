# SPDX-License-Identifier: MIT
"""What fuzzing found once is tried for ever; and a short run where atheris is installed."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("front_end", FOLDER / "front_end.py")
front_end = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(front_end)


@pytest.mark.parametrize("path", sorted((FOLDER / "crashes").iterdir()), ids=lambda path: path.name)
def test_found_once(path):
    front_end.run(path.read_bytes())


@pytest.mark.parametrize("path", sorted(front_end.GOLDEN.glob("*.asm")), ids=lambda path: path.stem)
def test_the_target_takes_every_golden_source(path):
    front_end.run(path.read_bytes())


def test_the_dictionary_has_the_tables_words():
    words = front_end.dictionary()
    assert '"lda"\n' in words
    assert r'"\x2erepeat"' + "\n" in words


def test_a_short_run(tmp_path):
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not installed: `make fuzz` installs it")
    command = [sys.executable, FOLDER / "front_end.py", "-runs=500", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Done 500 runs" in done.stderr
    assert not list(tmp_path.iterdir())
