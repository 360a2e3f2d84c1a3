# SPDX-License-Identifier: MIT
"""Keeps the clock, PC and the last byte on the bus in locals while an instruction runs.

The statements that `emu.cpu.specialise` makes count the clock at every bus cycle, step PC at every
fetch and note every byte, in attributes.  Nobody can look at these between two cycles but the
devices behind a slow page and the methods in OBSERVERS.  So they are kept back, and written where
somebody may look and at the end.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emu.cpu.bus import PROGRAM
from emu.cpu.specialise import calls_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

OBSERVERS = frozenset({"read_slow", "write_slow", "set_mask", "sample_mask", "unpack_status"})
"""Methods that see, or let others see, the clock, PC and the bus."""

POINTERS = ("ram", "read_pages", "write_pages", "near")


def defer(body: Sequence[ast.stmt], opcode: int) -> list[ast.stmt]:
    """The same instruction with its attributes written late.

    It begins behind the fetch of its opcode: `pc` is given, and `base`, its
    address with the bank; the cycle is not yet counted.  PC behind it is returned.  It is only run where `Core.near_pages` is 0: its other bytes lie in plain memory too, in the same bank.
    """
    statements = tidy(list(body))
    statements = [_LocalPc().visit(statement) for statement in statements]
    state = _Kept(1, ast.Constant(opcode), 0, pc_changed=True)
    out: list[ast.stmt] = []
    _block(statements, state, out)
    behind = _plus(ast.Name("pc", ast.Load()), state.steps)
    state.pc_changed = False
    _write_back(state, out)
    return [*_with_local_pointers(tidy([*out, ast.Return(behind)]))]


def tidy(statements: list[ast.stmt]) -> list[ast.stmt]:
    """Names that only stand for another name fall away, and values that nobody takes."""
    stored = Counter(n.id for n in _names(statements) if isinstance(n.ctx, ast.Store))
    same: dict[str, str] = {}
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
            target = statement.targets[0]
            if (
                isinstance(target, ast.Name)
                and target.id != "pc"
                and stored[target.id] == stored[statement.value.id] == 1
            ):
                same[target.id] = same.get(statement.value.id, statement.value.id)
    for name in _names(statements):
        if isinstance(name.ctx, ast.Load):
            name.id = same.get(name.id, name.id)
    while True:
        loaded = {n.id for n in _names(statements) if isinstance(n.ctx, ast.Load)}
        kept = _without_unused(statements, loaded)
        if kept == statements:
            return statements
        statements = kept


def _names(statements: Sequence[ast.stmt]) -> Iterator[ast.Name]:
    return (n for s in statements for n in ast.walk(s) if isinstance(n, ast.Name))


def _without_unused(statements: Sequence[ast.stmt], loaded: Container[str]) -> list[ast.stmt]:
    kept: list[ast.stmt] = []
    for statement in statements:
        if isinstance(statement, ast.If):
            statement.body = _without_unused(statement.body, loaded) or [ast.Pass()]
            statement.orelse = _without_unused(statement.orelse, loaded)
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            unused = statement.targets[0].id not in loaded
            if unused and not calls_in(statement.value):
                continue
        kept.append(statement)
    return kept


@dataclass
class _Kept:
    """What is not yet written: cycles, the byte on the bus, and PC, which is the local `pc` + steps."""

    cycles: int
    bus: ast.expr | None
    steps: int
    pc_changed: bool


class _LocalPc(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return ast.Name("pc", node.ctx) if _is_self(node, "pc") else node


class _Stepped(ast.NodeTransformer):
    """PC where it is read, after so many fetches."""

    def __init__(self, steps: int) -> None:
        self._steps = steps

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == "pc" and isinstance(node.ctx, ast.Load) and self._steps:
            return _plus(node, self._steps)
        return node


def _block(statements: Sequence[ast.stmt], state: _Kept, out: list[ast.stmt]) -> None:
    waiting = list(statements)
    while waiting:
        statement = waiting.pop(0)
        if isinstance(statement, ast.AugAssign) and _is_self(statement.target, "clock"):
            state.cycles += 1
        elif isinstance(statement, ast.Assign) and _is_self(statement.targets[0], "bus"):
            state.bus = statement.value
        elif _is_step(statement):
            state.steps += 1
            state.pc_changed = True
        elif _is_program_address(statement):
            assert isinstance(statement, ast.Assign)
            statement.value = _plus(ast.Name("base", ast.Load()), state.steps)
            out.append(statement)
        elif isinstance(statement, ast.Assign) and _is_slow_choice(statement.value):
            _slow_read(statement, waiting, state, out)
        elif isinstance(statement, ast.If):
            _condition(statement, state, out)
        else:
            _plain(statement, state, out)


def _plain(statement: ast.stmt, state: _Kept, out: list[ast.stmt]) -> None:
    if calls_in(statement) & OBSERVERS:
        _write_back(state, out)
    stepped = _Stepped(state.steps).visit(statement)
    if isinstance(stepped, ast.Assign) and _is_pc(stepped.targets[0]):
        state.steps, state.pc_changed = 0, True
    out.append(stepped)


def _slow_read(statement: ast.Assign, waiting: list[ast.stmt], state: _Kept, out: list[ast.stmt]) -> None:
    """Put a read in place; two at following addresses ask once."""
    choice, target = statement.value, statement.targets[0]
    assert isinstance(choice, ast.IfExp)
    assert isinstance(choice.body, ast.Call)
    address = choice.body.args[0]
    if ast.unparse(choice.body.args[1]) == str(PROGRAM):
        out.append(ast.Assign([target], choice.orelse, lineno=0))
        return
    slow = _around_slow(ast.Assign([target], choice.body, lineno=0), state)
    one = ast.If(choice.test, slow, [ast.Assign([target], choice.orelse, lineno=0)])
    second = _following(address, waiting)
    if second is None:
        out.append(one)
        return
    following, later = second
    between = waiting[: waiting.index(later)]
    del waiting[: len(between) + 1]
    then = _Kept(state.cycles, state.bus, state.steps, pc_changed=state.pc_changed)
    both: list[ast.stmt] = [one]
    _block([*between, later], then, both)
    assert isinstance(later.value, ast.IfExp)
    near: list[ast.stmt] = [
        *copy.deepcopy(
            [s for s in between if isinstance(s, ast.Assign) and _is_name(s.targets[0], following)]
        ),
        ast.Assign([target], copy.deepcopy(choice.orelse), lineno=0),
        ast.Assign(later.targets, ast.Subscript(_self("ram"), _plus(address, 1), ast.Load()), lineno=0),
    ]
    out.append(ast.If(ast.parse(f"self.near[{ast.unparse(address)} >> 8]", mode="eval").body, both, near))
    state.cycles, state.bus = then.cycles, then.bus


def _following(address: ast.expr, waiting: Sequence[ast.stmt]) -> tuple[str, ast.Assign] | None:
    """The name of the next address and the read there, if nothing but clock, bus and that name come before."""
    following = None
    for statement in waiting:
        if isinstance(statement, ast.AugAssign) and _is_self(statement.target, "clock"):
            continue
        if not isinstance(statement, ast.Assign):
            return None
        target = statement.targets[0]
        if _is_self(target, "bus"):
            continue
        if _is_slow_choice(statement.value):
            assert isinstance(statement.value, ast.IfExp)
            assert isinstance(statement.value.body, ast.Call)
            same = following is not None and _is_name(statement.value.body.args[0], following)
            return (following, statement) if same and following else None
        wanted = (f"{ast.unparse(address)} + 1 & 65535", f"{ast.unparse(address)} + 1 & 16777215")
        if following is None and isinstance(target, ast.Name) and ast.unparse(statement.value) in wanted:
            following = target.id
        elif not (isinstance(target, ast.Name) and isinstance(statement.value, ast.Name)):
            return None
    return None


def _around_slow(access: ast.stmt, state: _Kept) -> list[ast.stmt]:
    """A slow access sees everything as it is; the clock keeps what the devices add to it."""
    around: list[ast.stmt] = []
    _write_back(copy.copy(state), around)
    around.append(access)
    if state.cycles:
        around.append(_count(ast.Sub(), state.cycles))
    return around


def _condition(statement: ast.If, state: _Kept, out: list[ast.stmt]) -> None:
    if "write_slow" in calls_in(statement) and len(statement.body) == 1:
        out.append(ast.If(statement.test, _around_slow(statement.body[0], state), statement.orelse))
        return
    if any(_is_self(node, "bus") for node in ast.walk(statement)) or calls_in(statement) & OBSERVERS:
        _write_back(state, out)
    if state.steps and any(_is_pc(n) and isinstance(n.ctx, ast.Store) for n in _names([statement])):
        out.append(_assign("pc", _plus(ast.Name("pc", ast.Load()), state.steps)))
        state.steps = 0
    test = _Stepped(state.steps).visit(statement.test)
    branches: list[list[ast.stmt]] = []
    pc_changed = state.pc_changed
    for block in (statement.body, statement.orelse):
        inner = _Kept(state.cycles, None, state.steps, pc_changed=state.pc_changed)
        branch: list[ast.stmt] = []
        _block(block, inner, branch)
        assert inner.steps == state.steps
        pc_changed = pc_changed or inner.pc_changed
        if inner.cycles != state.cycles:
            branch.append(_count(ast.Add(), inner.cycles - state.cycles))
        if inner.bus is not None:
            branch.append(ast.Assign([_self("bus", ast.Store())], inner.bus, lineno=0))
        branches.append(branch)
    state.pc_changed = pc_changed
    out.append(ast.If(test, branches[0] or [ast.Pass()], branches[1]))


def _write_back(state: _Kept, out: list[ast.stmt]) -> None:
    if state.cycles:
        out.append(_count(ast.Add(), state.cycles))
    if state.bus is not None:
        out.append(ast.Assign([_self("bus", ast.Store())], copy.deepcopy(state.bus), lineno=0))
    if state.pc_changed:
        out.append(
            ast.Assign([_self("pc", ast.Store())], _plus(ast.Name("pc", ast.Load()), state.steps), lineno=0)
        )
    state.cycles, state.bus, state.pc_changed = 0, None, False


def _plus(node: ast.expr, steps: int) -> ast.expr:
    node = copy.deepcopy(node)
    return ast.BinOp(node, ast.Add(), ast.Constant(steps)) if steps else node


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _with_local_pointers(statements: list[ast.stmt]) -> list[ast.stmt]:
    """What is read more than once and never changes is read once."""
    start: list[ast.stmt] = []
    uses = Counter(n.attr for s in statements for n in ast.walk(s) if isinstance(n, ast.Attribute))
    for pointer in POINTERS:
        if uses[pointer] > 1:
            start.append(_assign(pointer, _self(pointer)))
            statements = [_Renamed(pointer).visit(statement) for statement in statements]
    return [*start, *statements]


class _Renamed(ast.NodeTransformer):
    def __init__(self, attribute: str) -> None:
        self._attribute = attribute

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return ast.Name(self._attribute, node.ctx) if _is_self(node, self._attribute) else node


def _is_slow_choice(node: ast.expr) -> bool:
    return isinstance(node, ast.IfExp) and "read_slow" in calls_in(node.body)


def _is_self(node: ast.AST, attribute: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == attribute
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )


def _is_step(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and _is_pc(node.targets[0])
        and ast.unparse(node.value) == "pc + 1 & 65535"
    )


def _is_program_address(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.BinOp)
        and isinstance(node.value.op, ast.BitOr)
        and ast.unparse(node.value) == "self.pbr << 16 | pc"
    )


def _is_pc(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "pc"


def _self(attribute: str, context: ast.expr_context | None = None) -> ast.Attribute:
    return ast.Attribute(ast.Name("self", ast.Load()), attribute, context or ast.Load())


def _assign(name: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)


def _count(operator: ast.operator, cycles: int) -> ast.AugAssign:
    return ast.AugAssign(_self("clock", ast.Store()), operator, ast.Constant(cycles))
