"""Small faults put into a module, one at a time: what `benchmarks/mutation.py` asks the tests to see.

A mutant is one changed node of a module's syntax tree. Left alone are docstrings, annotations, decorators, imports,
`__all__`, texts, and what only a type checker reads: no test of behaviour can or should see those.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = {
    "status": ("kpi_core/status", "tests/status"),
    "target": ("kpi_core/target", "tests/target"),
    "period": ("kpi_core/period.py", "tests/test_period.py"),
    "signals": ("kpi_core/signals", "tests/signals"),
    "actual": ("kpi_core/actual", "tests/actual"),
    "horizon": ("kpi_core/horizon.py", "tests/test_horizon.py"),
    "alerts": ("kpi_core/board/alerts.py", "tests/board"),
    "attention": ("kpi_core/board/attention.py", "tests/board"),
    "pacing": ("kpi_core/projection/pacing.py", "tests/projection"),
    "hygiene": ("kpi_core/hygiene", "tests/hygiene"),
}
"""The code, and the tests that mirror it."""
SAME = Path(__file__).with_name("same_mutants.toml")
Function = tuple[str, str, int]
"""File, name and first line of a function."""

OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OTHER_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
OTHER_CALL = {"min": "max", "max": "min", "any": "all", "all": "any"}
YES_OR_NO = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
REMOVABLE = (ast.Expr, ast.AugAssign, ast.Raise, ast.Break, ast.Continue)
NOT_TOUCHED = {"annotation", "returns", "decorator_list", "pattern"}


@dataclass(frozen=True)
class Slot:
    """A place of the tree: a field of a parent, or one item of a field that is a list."""

    parent: ast.AST
    name: str
    at: int | None

    def put(self, node: ast.AST) -> None:
        """Put another node there."""
        if self.at is None:
            setattr(self.parent, self.name, node)
        else:
            getattr(self.parent, self.name)[self.at] = node


@dataclass(frozen=True)
class Mutant:
    """One fault: its place, its line, the outermost function of a module or class that holds it, and what changes.

    `function` is the name and the first line of that function, as its code object has them; None: the fault takes
    effect when the module is loaded, or in a function whose results are cached.
    """

    line: int
    was: str
    becomes: str
    function: tuple[str, int] | None
    slot: Slot
    node: ast.AST

    @property
    def change(self) -> str:
        """Say what changes, in one line."""
        return f"{' '.join(self.was.split())} -> {' '.join(self.becomes.split())}"


def mutants_of(tree: ast.Module) -> list[Mutant]:
    """List all mutants of a module, in the order of its text."""
    return list(_walk(tree, None))


def _walk(parent: ast.AST, function: tuple[str, int] | None) -> Iterator[Mutant]:
    for slot, node in _slots(parent):
        inside = function
        if function is None and slot.name == "body" and isinstance(parent, ast.FunctionDef):
            cached = any("cache" in ast.unparse(each) for each in parent.decorator_list)
            first = min([parent.lineno, *(each.lineno for each in parent.decorator_list)])
            inside = None if cached else (parent.name, first)
        for other in _variants(node, is_test=slot.name in {"test", "ifs"}):
            new = ast.fix_missing_locations(ast.copy_location(other, node))
            yield Mutant(getattr(node, "lineno", 0), ast.unparse(node), ast.unparse(new), inside, slot, new)
        yield from _walk(node, inside)


def _slots(parent: ast.AST) -> Iterator[tuple[Slot, ast.AST]]:
    """Give the children of a node that may change, with their places."""
    for name, value in ast.iter_fields(parent):
        if name in NOT_TOUCHED:
            continue
        for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield Slot(parent, name, at), child


def _is_left_alone(node: ast.AST) -> bool:
    """Tell imports, docstrings, `__all__` and the block for type checkers."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _variants(node: ast.AST, *, is_test: bool) -> Iterator[ast.AST]:
    """Give what may stand in a node's place; the opposite of a test where no changed operator is that already."""
    opposite = isinstance(node, ast.UnaryOp) or (isinstance(node, ast.Compare) and isinstance(node.ops[0], YES_OR_NO))
    if is_test and isinstance(node, ast.expr) and not opposite:
        yield ast.UnaryOp(ast.Not(), deepcopy(node))
    if isinstance(node, REMOVABLE):
        yield ast.Pass()
    if isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))
    if isinstance(node, ast.Constant):
        yield from _constants(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OTHER_CALL:
        call = deepcopy(node)
        call.func = ast.Name(OTHER_CALL[node.func.id], ast.Load())
        yield call
    yield from _operators(node)


def _constants(value: object) -> Iterator[ast.Constant]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            compare = deepcopy(node)
            compare.ops[at] = OTHER_COMPARISON[type(operator)]()
            yield compare
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER_ARITHMETIC:
        yield ast.BinOp(node.left, OTHER_ARITHMETIC[type(node.op)](), node.right)
    if isinstance(node, ast.AugAssign) and type(node.op) in OTHER_ARITHMETIC:
        yield ast.AugAssign(node.target, OTHER_ARITHMETIC[type(node.op)](), node.value)
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


@dataclass(frozen=True)
class Trial:
    """A mutant with the file and the tree that it is one of."""

    file: Path
    tree: ast.Module
    mutant: Mutant

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is known by, wherever its line moves: file, function, text of the line, and change."""
        return self.short, (self.mutant.function or ("",))[0], self.line, self.mutant.change

    @property
    def short(self) -> str:
        """The file as the project names it."""
        return str(self.file.relative_to(ROOT))

    @property
    def line(self) -> str:
        """The text of its line."""
        return self.file.read_text("utf-8").splitlines()[self.mutant.line - 1].strip()

    @property
    def function(self) -> Function | None:
        """The function that it changes; None where the whole module has to be loaded anew."""
        return None if self.mutant.function is None else (str(self.file), *self.mutant.function)


def all_trials(module: str) -> list[Trial]:
    """List all mutants of a module."""
    place = ROOT / MODULES[module][0]
    files = [place] if place.is_file() else sorted(place.glob("*.py"))
    trees = [(file, ast.parse(file.read_text("utf-8"))) for file in files]
    return [Trial(file, tree, mutant) for file, tree in trees for mutant in mutants_of(tree)]


def known_same() -> dict[tuple[str, str, str, str], str]:
    """Read the mutants that change nothing: file, function, text of the line and change, with the reason."""
    entries = tomllib.loads(SAME.read_text("utf-8"))["same"] if SAME.is_file() else []
    return {(each["file"], each["function"], each["line"], each["change"]): each["why"] for each in entries}
