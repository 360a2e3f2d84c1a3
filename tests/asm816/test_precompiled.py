# SPDX-License-Identifier: MIT
import subprocess
import sys
from pathlib import Path

import pytest

from asm816 import precompiled
from asm816.parser import SyntaxProblem, parsed
from asm816.structures import STRUCTURES


def test_the_shipped_structures_are_those_of_the_grammar(project):
    text = precompiled.module_text(precompiled.sources_in(project))
    shipped = Path(precompiled.__file__).with_name("structures.py").read_text(encoding="utf-8")
    assert text == shipped, "run `python -m asm816.precompiled`"


def test_a_structure_comes_back_as_it_was():
    for key in STRUCTURES:
        start, *kinds = key.split()
        assert precompiled.structure(start, kinds) == parsed(start, tuple(kinds))


def test_other_shapes_are_left_to_the_grammar():
    assert precompiled.structure("operand", ["# "]) is None
    assert any(_refused(*shape) for shape in precompiled.usual_shapes())


def _refused(start, kinds):
    try:
        parsed(start, kinds)
    except SyntaxProblem:
        return True
    return False


@pytest.mark.parametrize("source", ["examples/led_blink/led_blink.asm", "examples/led_chase/led_chase.asm"])
def test_examples_need_no_lark(project, source):
    code = f"import sys; from asm816 import assemble; assert assemble({source!r}).ok; print('lark' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "False"
