# SPDX-License-Identifier: MIT
"""Specialises the handlers of `emu/cpu/core.py`: one function per opcode and state of E, M, X.

A handler such as ``self.set_a(self.read_m(self.absolute()))`` calls a dozen small methods; half of
them ask for M, X or E, which only change between instructions.  Here the methods are put in place
of their calls, the flags in place of their names, and what then depends on nothing is decided.
The result says what core.py says and nothing else; what it is made into says `emu.cpu.generate`.

SpecialiseError names the place where core.py leaves the style that this needs.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asm816.target.isa import OPCODES
from emu.cpu import bus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CORE_FILE = Path(__file__).with_name("core.py")

MODES = (0, 1, 2, 3, 7)
"""E, M, X as `Core.modes` packs them; E = 1 makes M and X 1."""

CONSTANTS = {name: value for name, value in vars(bus).items() if name.isupper() and type(value) is int}

LEFT_AS_CALLS = frozenset(
    {
        "read_slow",
        "write_slow",
        "pack_status",
        "unpack_status",
        "set_mask",
        "sample_mask",
        "add_decimal8",
        "subtract_decimal8",
    }
)
"""Methods that are rare, long, or change E, M, X."""

LEFT_AS_HANDLERS = frozenset({"xce", "brk", "cop", "wai", "stp"})
"""Handlers that are rare or change E, M, X on their way: the general method serves."""


class SpecialiseError(Exception):
    """core.py says something that cannot be specialised."""


@dataclass(frozen=True, slots=True)
class Specialised:
    """A function without parameters but self, for these (mode, opcode) pairs."""

    name: str
    body: tuple[ast.stmt, ...]
    serves: tuple[tuple[int, int], ...]


def methods_of(core: ast.Module) -> dict[str, ast.FunctionDef]:
    """The methods of class Core by name."""
    for node in core.body:
        if isinstance(node, ast.ClassDef) and node.name == "Core":
            return {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
    raise SpecialiseError("there is no class Core")


def specialise(core: ast.Module) -> list[Specialised]:
    """All functions; states of E, M, X that a handler does not tell apart share one."""
    methods = methods_of(core)
    made: list[Specialised] = []
    for opcode, op in enumerate(OPCODES):
        if op.handler in LEFT_AS_HANDLERS:
            continue
        asked = flags_asked(methods, op.handler)
        alike: dict[tuple[int, ...], list[int]] = {}
        for mode in MODES:
            alike.setdefault(tuple(mode_flags(mode)[flag] for flag in asked), []).append(mode)
        for modes in alike.values():
            body = tuple(handler_body(methods, op.handler, modes[0]))
            made.append(
                Specialised(f"{op.handler}_{modes[0]}", body, tuple((mode, opcode) for mode in modes))
            )
    return made


def mode_flags(mode: int) -> dict[str, int]:
    """The three flags that `Core.modes` packs."""
    return {"e": mode >> 2, "m8": mode >> 1 & 1, "x8": mode & 1}


def flags_asked(methods: Mapping[str, ast.FunctionDef], handler: str) -> tuple[str, ...]:
    """Which of E, M, X a handler asks for, itself or in what is put in place of its calls."""
    seen: set[str] = set()
    waiting = [handler]
    flags: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name in LEFT_AS_CALLS or name not in methods:
            continue
        seen.add(name)
        attributes = {node.attr for node in ast.walk(methods[name]) if isinstance(node, ast.Attribute)}
        flags |= attributes & {"e", "m8", "x8"}
        waiting += attributes
    return tuple(sorted(flags))


def handler_body(methods: Mapping[str, ast.FunctionDef], handler: str, mode: int) -> list[ast.stmt]:
    """The statements of a handler while E, M, X are `mode` and nobody watches the bus."""
    known = {**mode_flags(mode), "watched": 0}
    statements: list[ast.stmt] = []
    Inliner(methods, known).call(handler, (), statements)
    for statement in statements[:-1]:
        if "unpack_status" in calls_in(statement):
            raise SpecialiseError(f"{handler}: something follows a change of M and X")
    return statements or [ast.Pass()]


def calls_in(node: ast.AST) -> set[str]:
    """The names of the methods of self that are called inside."""
    return {
        call.func.attr
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    }


class Inliner:
    """Puts methods in place of their calls.  `known` are attributes of self with a fixed value."""

    def __init__(
        self,
        methods: Mapping[str, ast.FunctionDef],
        known: Mapping[str, int],
    ) -> None:
        self._methods = methods
        self._known = known
        self._names = 0

    def call(self, name: str, arguments: Sequence[ast.expr], out: list[ast.stmt]) -> ast.expr | None:
        """The statements of a method go to `out`; what it returns comes back."""
        method = self._methods[name]
        parameters = [argument.arg for argument in method.args.args[1:]]
        names: dict[str, ast.expr] = {}
        assigned = _assigned_names(method)
        for parameter, value in zip(parameters, arguments, strict=True):
            names[parameter] = self._hold(value, out, always=parameter in assigned)
        for local in assigned - set(parameters):
            names[local] = self._fresh(local)
        for statement in method.body[:-1]:
            self._statement(statement, names, out)
        last = method.body[-1]
        if isinstance(last, ast.Return):
            return None if last.value is None else self._expression(last.value, names, out)
        self._statement(last, names, out)
        return None

    # ------------------------------------------------------------------ statements

    def _statement(self, node: ast.stmt, names: dict[str, ast.expr], out: list[ast.stmt]) -> None:
        if isinstance(node, ast.Expr):
            self._call_statement(node.value, names, out)
        elif isinstance(node, ast.Assign):
            value = self._expression(node.value, names, out)
            out.extend(_assign(self._target(target, names), value) for target in node.targets)
        elif isinstance(node, ast.AugAssign):
            value = self._expression(node.value, names, out)
            target = self._target(node.target, names)
            assert isinstance(target, ast.Name | ast.Attribute | ast.Subscript)
            out.append(ast.AugAssign(target, node.op, value))
        elif isinstance(node, ast.If):
            self._condition(node, names, out)
        elif not isinstance(node, ast.Pass):
            raise SpecialiseError(f"line {node.lineno}: a {type(node).__name__} inside a method")

    def _call_statement(self, value: ast.expr, names: dict[str, ast.expr], out: list[ast.stmt]) -> None:
        if isinstance(value, ast.Constant):
            return  # a docstring
        if not isinstance(value, ast.Call):
            raise SpecialiseError(f"line {value.lineno}: a value that nobody takes")
        result = self._maybe_nothing(value, names, out)
        if isinstance(result, ast.Call):
            out.append(ast.Expr(result))

    def _condition(self, node: ast.If, names: dict[str, ast.expr], out: list[ast.stmt]) -> None:
        test = self._expression(node.test, names, out)
        if isinstance(test, ast.Constant):
            for statement in node.body if test.value else node.orelse:
                self._statement(statement, names, out)
            return
        then: list[ast.stmt] = []
        other: list[ast.stmt] = []
        for statement in node.body:
            self._statement(statement, names, then)
        for statement in node.orelse:
            self._statement(statement, names, other)
        if then or other:
            out.append(ast.If(test, then or [ast.Pass()], other))

    def _target(self, target: ast.expr, names: Mapping[str, ast.expr]) -> ast.expr:
        if isinstance(target, ast.Name):
            return ast.Name(_name(names[target.id]), ast.Store())
        if isinstance(target, ast.Attribute):
            if target.attr in self._known:
                raise SpecialiseError(f"line {target.lineno}: {target.attr} changes on the way")
            return ast.Attribute(ast.Name("self", ast.Load()), target.attr, ast.Store())
        if isinstance(target, ast.Subscript):
            return ast.Subscript(
                self._expression(target.value, names, []),
                self._expression(target.slice, names, []),
                ast.Store(),
            )
        raise SpecialiseError(f"line {target.lineno}: assignment to a {type(target).__name__}")

    # ------------------------------------------------------------------ expressions

    def _expression(self, node: ast.expr, names: Mapping[str, ast.expr], out: list[ast.stmt]) -> ast.expr:
        value = self._maybe_nothing(node, names, out)
        if value is None:
            raise SpecialiseError(f"line {node.lineno}: a method without a value inside an expression")
        return value

    def _maybe_nothing(
        self, node: ast.expr, names: Mapping[str, ast.expr], out: list[ast.stmt]
    ) -> ast.expr | None:
        if isinstance(node, ast.Constant):
            return node
        if isinstance(node, ast.Name):
            if node.id in CONSTANTS:
                return ast.Constant(CONSTANTS[node.id])
            known = names.get(node.id, node)
            return ast.Name(known.id, ast.Load()) if isinstance(known, ast.Name) else known
        if isinstance(node, ast.Attribute):
            if node.attr in self._known:
                return ast.Constant(self._known[node.attr])
            return ast.Attribute(ast.Name("self", ast.Load()), node.attr, ast.Load())
        if isinstance(node, ast.Call):
            return self._method_call(node, names, out)
        if isinstance(node, ast.IfExp):
            return self._choice(node, names, out)
        if isinstance(node, ast.BoolOp):
            return self._logic(node, names)
        return self._operation(node, names, out)

    def _method_call(
        self, node: ast.Call, names: Mapping[str, ast.expr], out: list[ast.stmt]
    ) -> ast.expr | None:
        arguments = self._in_order(node.args, names, out)
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in self._methods:
            raise SpecialiseError(f"line {node.lineno}: a call of something that is no method of Core")
        if node.func.attr in LEFT_AS_CALLS:
            function = ast.Attribute(ast.Name("self", ast.Load()), node.func.attr, ast.Load())
            return ast.Call(function, arguments, [])
        return self.call(node.func.attr, arguments, out)

    def _choice(self, node: ast.IfExp, names: Mapping[str, ast.expr], out: list[ast.stmt]) -> ast.expr:
        test = self._expression(node.test, names, out)
        if isinstance(test, ast.Constant):
            return self._expression(node.body if test.value else node.orelse, names, out)
        then: list[ast.stmt] = []
        other: list[ast.stmt] = []
        body = self._expression(node.body, names, then)
        orelse = self._expression(node.orelse, names, other)
        if not then and not other:
            return ast.IfExp(test, body, orelse)
        chosen = self._fresh("chosen")
        ends = [_assign(ast.Name(chosen.id, ast.Store()), value) for value in (body, orelse)]
        out.append(ast.If(test, [*then, ends[0]], [*other, ends[1]]))
        return chosen

    def _logic(self, node: ast.BoolOp, names: Mapping[str, ast.expr]) -> ast.expr:
        """`and`, `or`: known operands fall away; the value is only asked whether it is true."""
        decisive = isinstance(node.op, ast.Or)
        kept: list[ast.expr] = []
        for operand in node.values:
            calls: list[ast.stmt] = []
            value = self._expression(operand, names, calls)
            if calls:
                raise SpecialiseError(f"line {node.lineno}: statements behind `and` or `or`")
            if not isinstance(value, ast.Constant):
                kept.append(value)
            elif bool(value.value) == decisive:
                return value if not kept else ast.BoolOp(node.op, [*kept, value])
        if not kept:
            return ast.Constant(0 if decisive else 1)
        return kept[0] if len(kept) == 1 else ast.BoolOp(node.op, kept)

    def _operation(self, node: ast.expr, names: Mapping[str, ast.expr], out: list[ast.stmt]) -> ast.expr:
        result: ast.expr
        if isinstance(node, ast.BinOp):
            left, right = self._in_order([node.left, node.right], names, out)
            result = ast.BinOp(left, node.op, right)
        elif isinstance(node, ast.UnaryOp):
            result = ast.UnaryOp(node.op, self._expression(node.operand, names, out))
        elif isinstance(node, ast.Compare) and len(node.comparators) == 1:
            left, right = self._in_order([node.left, *node.comparators], names, out)
            result = ast.Compare(left, node.ops, [right])
        elif isinstance(node, ast.Subscript):
            value, index = self._in_order([node.value, node.slice], names, out)
            return ast.Subscript(value, index, ast.Load())
        else:
            raise SpecialiseError(f"line {node.lineno}: a {type(node).__name__}")
        return _folded(result)

    def _in_order(
        self, nodes: Sequence[ast.expr], names: Mapping[str, ast.expr], out: list[ast.stmt]
    ) -> list[ast.expr]:
        """Operands from left to right: what a later one's statements could change is held before them."""
        values: list[ast.expr] = []
        for node in nodes:
            start = len(out)
            value = self._expression(node, names, out)
            if len(out) > start:
                later = out[start:]
                del out[start:]
                values = [self._hold(held, out) for held in values]
                out.extend(later)
            values.append(value)
        return values

    def _hold(self, value: ast.expr, out: list[ast.stmt], *, always: bool = False) -> ast.expr:
        """A value that stays what it is: a constant, or a local name."""
        if isinstance(value, ast.Constant | ast.Name) and not always:
            return value
        name = self._fresh("held")
        out.append(_assign(ast.Name(name.id, ast.Store()), value))
        return name

    def _fresh(self, meaning: str) -> ast.Name:
        self._names += 1
        return ast.Name(f"{meaning}_{self._names}", ast.Load())


def _assigned_names(method: ast.FunctionDef) -> set[str]:
    return {n.id for n in ast.walk(method) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _name(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise SpecialiseError("a parameter that is assigned to")
    return node.id


def _assign(target: ast.expr, value: ast.expr) -> ast.Assign:
    return ast.Assign([target], value, lineno=0)


def _folded(node: ast.expr) -> ast.expr:
    """An operation on constants is done now."""
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.Not)
        and isinstance(node.operand, ast.Constant)
    ):
        return ast.Constant(int(not node.operand.value))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = node.left, node.right
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            return ast.Constant(int(left.value) | int(right.value))  # type: ignore[arg-type]  # numbers all
    return node
