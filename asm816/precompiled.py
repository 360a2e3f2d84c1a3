# SPDX-License-Identifier: MIT
"""What the grammar makes of common shapes, shipped as data: a usual source is assembled without lark.

lark and its grammar take longer to load than a small program takes to assemble.  `asm816.structures` has
the structures of the shapes that the examples, the include files, the monitor and the usual forms of
operands have.  `python -m asm816.precompiled` in a checkout makes it anew, with the grammar, and a test
compares: the grammar alone says what a shape means.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from asm816.expressions import BINARY, UNARY, Code, Operation
from asm816.parser import Item, Operand, SyntaxProblem, forget_shapes, parsed, shapes_met
from asm816.structures import STRUCTURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from asm816.expressions import Step


def structure(start: str, kinds: Sequence[str]) -> Any:  # the type depends on `start`, as of `Parser.parse`
    """The structure of a shape under the rule `start`, None if it is not among those that are shipped."""
    found = STRUCTURES.get(" ".join((start, *kinds)))
    return None if found is None else _decoded(found)


# A structure as literals: an int as it is, all else as a tuple that starts with its kind.


def _encoded(value: Any) -> Any:
    if isinstance(value, int) or value is None:
        return value
    if isinstance(value, Code):
        return ("code", _encoded_steps(value.steps), value.naken and _encoded_steps(value.naken))
    if isinstance(value, Operand):
        code, second = _encoded(value.code), _encoded(value.second)
        return ("operand", value.form, value.select, code, second, value.selection)
    if isinstance(value, Item):
        return ("item", _encoded(value.code), value.token, value.negative)
    return ("pair", *map(_encoded, value))


def _encoded_steps(steps: Iterable[Step]) -> tuple[Any, ...]:
    return tuple(
        step if isinstance(step, int) else (step.operator.text, step.arity, step.token) for step in steps
    )


def _decoded(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    kind, *parts = value
    if kind == "code":
        steps, naken = parts
        return Code(_decoded_steps(steps), naken and _decoded_steps(naken))
    if kind == "operand":
        form, select, code, second, selection = parts
        return Operand(form, select, _decoded(code), _decoded(second), selection)
    if kind == "item":
        code, token, negative = parts
        return Item(_decoded(code), token, negative)
    return tuple(map(_decoded, parts))


def _decoded_steps(steps: Iterable[Any]) -> tuple[Step, ...]:
    return tuple(step if isinstance(step, int) else _operation(*step) for step in steps)


def _operation(text: str, arity: int, token: int) -> Operation:
    return Operation((UNARY if arity == 1 else BINARY)[text], arity, token)


# -- making the data

_OPERANDS = ("# {}", "{}", "{} , x", "{} , y", "{} , s", "( {} )", "( {} , x )", "( {} ) , y", "( {} , s ) , y",
             "[ {} ]", "[ {} ] , y")  # fmt: skip
_VALUES = (
    "n",
    "0",
    "n + 0",
    "n - 0",
    "n + n",
    "n - n",
    "< n",
    "> n",
    "^ n",
    "! n",
    "< 0",
    "> 0",
    "^ 0",
    "! 0",
    "- 0",
)
_EXPRESSIONS = (
    "n",
    "0",
    "$",
    '""',
    "n + 0",
    "n - 0",
    "n - n",
    "$ - n",
    "$ + 0",
    "- 0",
    "0 + 0",
    "0 * 0",
    "n * 0",
    "~ 0",
    "1.0",
)
_STARTS = ("value", "item")


def usual_shapes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The shapes that nearly every program has; some of them are none, the grammar will tell."""
    for form in _OPERANDS:
        for value in _VALUES:
            yield "operand", tuple(form.format(value).split())
    for name in ("a", "x", "y", "s"):
        yield "operand", (name,)
    for start in _STARTS:
        for expression in _EXPRESSIONS:
            yield start, tuple(expression.split())
    for first, second in (("0", "0"), ("n", "n"), ("0", "n"), ("n", "0")):
        yield "block_move", (first, ",", second)
        yield "two_values", (first, ",", second)
    for expression in _EXPRESSIONS[:2]:
        yield "assignment", ("n", "=", expression)
    yield "text", ('""',)
    yield "one_name", ("n",)


_HEAD = """\
# SPDX-License-Identifier: MIT
\"\"\"What the grammar makes of common shapes.  Made by `python -m asm816.precompiled`: do not change it here.\"\"\"

from types import MappingProxyType
from typing import Any

STRUCTURES: MappingProxyType[str, Any] = MappingProxyType({
"""


def module_text(sources: Iterable[Path]) -> str:
    """The text of `asm816/structures.py` for these sources and the usual shapes."""
    from asm816.assembler import assemble  # it uses what is made here

    forget_shapes()  # only those of the sources count
    for source in sources:
        assemble(source)
    shapes = {*usual_shapes(), *shapes_met()}
    rows = []
    for start, kinds in sorted(shapes):
        try:
            rows.append(f"    {' '.join((start, *kinds))!r}: {_encoded(parsed(start, kinds))!r},\n")
        except SyntaxProblem:
            continue  # no shape of the language
    return f'{_HEAD}{"".join(rows)}}})\n"""Rule and shape -> structure, in the form of `asm816.precompiled`."""\n'


def sources_in(project: Path) -> list[Path]:
    """The sources whose shapes are shipped."""
    includes = sorted(project.glob("asm816/include/*.inc"))
    return [*sorted(project.glob("examples/*/*.asm")), *includes, project / "emu" / "rom" / "monitor.asm"]


if __name__ == "__main__":
    _FILE = Path(__file__).with_name("structures.py")
    _FILE.write_text(module_text(sources_in(_FILE.parents[1])), encoding="utf-8", newline="\n")
