# SPDX-License-Identifier: MIT
"""Passes over a source: one, or as many as its sizes need to settle (`asm816.placement`)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from asm816.additions import Additions
from asm816.completion import Completion
from asm816.diagnostics import Report, Stop
from asm816.encode import Problem, displacement
from asm816.errors import FileAccessError
from asm816.expressions import ExpressionProblem, evaluate
from asm816.flow import ONE, UNKNOWN
from asm816.image import Image
from asm816.placement import Earlier, Placement, values_of
from asm816.source import SourceProblem, Sources
from asm816.statements import Instruction
from asm816.target.isa import Mode
from asm816.widths import M, Tracked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from asm816.layout import Placed
    from asm816.limits import Limits
    from asm816.source import SourceFile

_MAY_VANISH = frozenset(
    "E0504 E0506 E0509 E0510 E0551 E0552 E0553 E0601 E0602 E0606 E0652 E0655".split()  # noqa: SIM905
)
"""Errors that a further pass may not have: they depend on sizes and addresses."""

_MOST_NAMES = 5


class Task(NamedTuple):
    """What is to be assembled: a file, or a text with a name, and with what."""

    path: Path | None
    text: str
    name: str
    include_dirs: Sequence[Path]
    defines: Mapping[str, str]
    limits: Limits
    silent: frozenset[str]
    werror: bool
    restrict_includes: Path | None


class Pass:
    """One pass: its parts, and what it made as far as it came.  ``tracked`` is None where it did not come far."""

    __slots__ = ("expander", "image", "layout", "placed", "report", "sources", "tracked")

    def __init__(self, report: Report, sources: Sources, layout: Placement, expander: Additions) -> None:
        self.report = report
        self.sources = sources
        self.layout = layout
        self.expander = expander
        self.image = Image()
        self.placed: tuple[Placed, ...] = ()
        self.tracked: Tracked | None = None


def settled(task: Task) -> Pass:
    """The last pass over a source.  Raises FileAccessError if the main file cannot be read."""
    earlier = Earlier()
    for _ in range(task.limits.passes):
        last = _pass(task, earlier)
        if not last.layout.takes_passes:
            return last
        later = _found(last, earlier)
        if later is None:
            with suppress(Stop):  # one error too many
                _report_additions(last)
            return last
        moving = sorted({name for (_, name), v in later.values.items() if earlier.values.get((_, name)) != v})
        earlier = later
    names = ", ".join(moving[:_MOST_NAMES]) or "sections"
    with suppress(Stop):
        last.report.at("E0651", last.placed[-1].statement.line, limit=task.limits.passes, names=names)
    return last


def _pass(task: Task, earlier: Earlier) -> Pass:
    report = Report(task.limits, task.silent, task.werror)
    sources = Sources(task.include_dirs, task.limits, task.restrict_includes)
    layout = Placement(report, task.limits, earlier)
    expander = Additions(sources, report, task.limits, layout.symbols)
    expander.widths_here = layout.flags_here
    layout.symbols.text_value = expander.value_of_text
    for name, value in task.defines.items():
        expander.predefine(name, value)
    this = Pass(report, sources, layout, expander)
    try:
        layout.place_all(expander.statements(_main(sources, task)))
        this.image = Completion(layout.symbols, report, task.limits).image(layout.placed)
        this.placed = tuple(layout.placed)
        if not report.errors or (layout.takes_passes and _may_vanish(report)):
            this.tracked = Tracked(this.placed, this.image)
    except SourceProblem as problem:
        report.diagnostics.append(problem.diagnostic())
    except Stop:
        pass
    return this


def _main(sources: Sources, task: Task) -> SourceFile:
    if task.path is None:
        return sources.text(task.text, task.name)
    try:
        return sources.file(task.path, str(task.path))
    except SourceProblem as problem:
        if problem.code != "E0102":
            raise
        raise FileAccessError("E0102", problem.diagnostic().message) from None


def _may_vanish(report: Report) -> bool:
    return all(
        not found.is_error or found.code in _MAY_VANISH or found.code[0] == "W"
        for found in report.diagnostics
    )


def _found(last: Pass, earlier: Earlier) -> Earlier | None:
    """What a pass found out for the next; None where there need be none."""
    layout = last.layout
    if last.tracked is None:
        return None
    states = last.tracked.widths.states
    resized = any(_bytes_at(states, number, flag) != size for number, flag, size in layout.auto)
    long = earlier.long | _too_far(last)
    sizes = layout.sections.sizes()
    values = values_of(layout.scopes) if layout.optimized else {}
    if not resized and long == earlier.long and sizes == earlier.sizes and values == earlier.values:
        return None
    shortest = layout.optimized if earlier.values else {}
    return Earlier(states, values, long, sizes, shortest)


def _bytes_at(states: bytes, number: int, flag: int) -> int:
    return 1 if states[number] >> (0 if flag == M else 2) & 3 == ONE else 2


def _too_far(last: Pass) -> set[int]:
    """The branches that do not reach their targets."""
    found = set()
    symbols = last.layout.symbols
    for number, scope in last.layout.branches:
        place = last.placed[number]
        statement = place.statement
        assert isinstance(statement, Instruction)
        assert statement.operand is not None
        if place.detail.op.mode is not Mode.RELATIVE or place.size > 2:
            continue
        symbols.scope = scope
        try:
            target = evaluate(statement.operand.code.steps, statement.tokens, place.address, symbols.lookup)
            displacement(Mode.RELATIVE, place.address, target, raw=False)
        except ExpressionProblem:
            continue
        except Problem as problem:
            if problem.code == "E0506":
                found.add(number)
    symbols.scope = symbols.outermost
    return found


def _report_additions(last: Pass) -> None:
    """What can be said of a source whose sizes have settled."""
    for line, name, area, over in last.layout.sections.full():
        last.report.on("E0655", line, name, name=name.text, area=area, over=over)
    if last.tracked is None:
        return
    for number, flag, _ in last.layout.auto:
        if last.tracked.widths.states[number] >> (0 if flag == M else 2) & 3 == UNKNOWN:
            statement = last.placed[number].statement
            assert isinstance(statement, Instruction)
            register = "A" if flag == M else "X and Y"
            last.report.on("W0505", statement.line, statement.head, register=register)
