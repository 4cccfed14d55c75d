"""How many small faults in the rules the tests see: mutation testing of status, target, period, signals and actual.

    python benchmarks/mutation.py [--module status ...] [--sample 60] [--seed 1] [--all]

Prints for each module the mutants tried, those killed (a test fails, or the run does not end), those that survived and
the score, then each survivor with its line and its change. A survivor is a missing test, or it changes nothing that can
be seen: those are named with the reason in `benchmarks/same_mutants.toml`, counted apart and not in the score.

One mutant is tried at a time, in a process of its own, with the fault put in as the module is loaded; nothing is
written. Only the tests that mirror the module, `tests/rules` and the module's own examples may kill it, and of those
the ones that enter the changed function, quickest first, up to the first failure. mutmut 3.8 was tried first: it leaves
out constants of a module and every decorated function (all properties), and its several runs in one process are refused
by Hypothesis. Linux and macOS only: processes are forked.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import CodeType, FrameType, ModuleType

import hypothesis
import hypothesis.strategies
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.mutants import Mutant, Slot, mutants_of

ROOT = Path(__file__).parents[1]
MODULES = {
    "status": ("kpi_core/status", "tests/status"),
    "target": ("kpi_core/target", "tests/target"),
    "period": ("kpi_core/period.py", "tests/test_period.py"),
    "signals": ("kpi_core/signals", "tests/signals"),
    "actual": ("kpi_core/actual", "tests/actual"),
}
"""The code, and the tests that mirror it."""
ALSO = "tests/rules"
SAME = Path(__file__).with_name("same_mutants.toml")
OPTIONS = (
    "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(ROOT),
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
MEMORY = 4 << 30
LEAST_SECONDS, MANY_TIMES = 20, 5
"""Processor time that a mutant may take: so many times what its tests take without it, and some seconds."""
SURVIVED, KILLED = 0, 1
Function = tuple[str, str, int]
"""File, name and first line of a function."""


@dataclass
class Reached:
    """How long each test takes, in seconds, and which functions it enters."""

    seconds: dict[str, float] = field(default_factory=dict)
    entered: dict[str, list[Function]] = field(default_factory=dict)

    def tests_of(self, file: str, mutant: Mutant) -> list[str]:
        """List the tests that can see a mutant, the quickest first."""
        wanted = None if mutant.function is None else (file, *mutant.function)
        seeing = [test for test, functions in self.entered.items() if wanted is None or wanted in functions]
        return sorted(seeing, key=lambda test: self.seconds[test])


class Watch:
    """Writes down for each test what it enters of the files that are mutated."""

    def __init__(self, files: set[str]) -> None:
        """Start with nothing written."""
        self.files, self.reached = files, Reached()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch one test with its fixtures."""
        codes: set[CodeType] = set()

        def enter(frame: FrameType, _event: str, _arg: object) -> None:
            codes.add(frame.f_code)

        began = time.process_time()
        sys.settrace(enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.reached.seconds[item.nodeid] = time.process_time() - began
            known = [(str(Path(code.co_filename)), code.co_name, code.co_firstlineno) for code in codes]
            self.reached.entered[item.nodeid] = [each for each in known if each[0] in self.files]


class Only:
    """Runs only some of the collected tests, in the order given."""

    def __init__(self, tests: Sequence[str]) -> None:
        """Take the names of the tests."""
        self.place = {test: at for at, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out and sort."""
        items[:] = sorted((each for each in items if each.nodeid in self.place), key=lambda it: self.place[it.nodeid])


class Quick:
    """Lets Hypothesis stop at the first failure, without looking for a smaller one; every run has the same examples."""

    def pytest_sessionstart(self) -> None:
        """Set it after `tests/conftest.py` has set its own."""
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        quick = hypothesis.settings(deadline=None, derandomize=True, database=None, phases=phases)
        hypothesis.settings.register_profile("mutation", quick)
        hypothesis.settings.load_profile("mutation")


@dataclass(frozen=True)
class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed tree instead of its file."""

    name: str
    path: str
    code: CodeType

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for that module only."""
        if fullname != self.name:
            return None
        inside = [str(Path(self.path).parent)] if self.path.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=self, submodule_search_locations=inside
        )

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        exec(self.code, module.__dict__)  # noqa: S102 -- this is how a module is loaded


def in_process(work: Callable[[], int], seconds: float) -> int:
    """Do something in a forked, silent process of its own; KILLED where it does not end in its processor time."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = KILLED
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(int(seconds) * 20)
        code = work()
    finally:
        os._exit(code)


def watch(files: set[str], places: Sequence[str]) -> Reached:
    """Run all tests once, unchanged, and read what they enter."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "reached.json"

        def work() -> int:
            watching = Watch(files)
            code = pytest.main([*OPTIONS, *places], plugins=[watching, Quick()])
            result.write_text(json.dumps([watching.reached.seconds, watching.reached.entered]), "utf-8")
            return int(code)

        code = in_process(work, 1200)
        if code != SURVIVED:
            sys.exit(f"The tests fail without any fault: pytest {' '.join(places)} ends with {code}")
        seconds, entered = json.loads(result.read_text("utf-8"))
    return Reached(seconds, {test: [(a, b, c) for a, b, c in each] for test, each in entered.items()})


def survives(file: Path, tree: ast.Module, mutant: Mutant, reached: Reached) -> bool:
    """Try one mutant."""
    tests = reached.tests_of(str(file), mutant)
    if not tests:
        return True

    def work() -> int:
        mutant.slot.put(mutant.node)
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        sys.meta_path.insert(0, Loader(name, str(file), compile(tree, str(file), "exec")))
        importlib.import_module(name)
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        return int(pytest.main([*OPTIONS, *files], plugins=[Only(tests), Quick()]))

    taken = sum(reached.seconds[test] for test in tests)
    return in_process(work, LEAST_SECONDS + MANY_TIMES * taken) == SURVIVED


def known_same() -> dict[tuple[str, str, str], str]:
    """Read the mutants that change nothing: file, text of the line and change, with the reason."""
    entries = tomllib.loads(SAME.read_text("utf-8"))["same"] if SAME.is_file() else []
    return {(each["file"], each["line"], each["change"]): each["why"] for each in entries}


def try_module(module: str, sample: int | None, seed: int) -> Counter[str]:
    """Try the mutants of one module, print the survivors, and count what became of all."""
    code, tests = MODULES[module]
    files = [ROOT / code] if code.endswith(".py") else sorted((ROOT / code).glob("*.py"))
    trees = {file: ast.parse(file.read_text("utf-8")) for file in files}
    all_of_them = [(file, mutant) for file, tree in trees.items() for mutant in mutants_of(tree)]
    few = random.Random(seed)  # noqa: S311 -- a sample, no secret
    chosen = all_of_them if sample is None else few.sample(all_of_them, min(sample, len(all_of_them)))
    same, counted = known_same(), Counter({"of": len(all_of_them)})
    reached = watch({str(file) for file in files}, [tests, ALSO, code])
    file, mutant = all_of_them[0]
    if not survives(file, trees[file], replace(mutant, slot=Slot(ast.Pass(), "none", None), function=None), reached):
        sys.exit("A fault that is none does not survive, so no figure here could be believed.")
    of_file: dict[str, Counter[str]] = defaultdict(Counter)
    for at, (file, mutant) in enumerate(sorted(chosen, key=lambda pair: (str(pair[0]), pair[1].line)), 1):
        print(f"{at} of {len(chosen)}", end="\r", file=sys.stderr, flush=True)
        short = str(file.relative_to(ROOT))
        line = file.read_text("utf-8").splitlines()[mutant.line - 1].strip()
        if (short, line, mutant.change) in same:
            outcome = "same"
        else:
            outcome = "survived" if survives(file, trees[file], mutant, reached) else "killed"
        counted[outcome] += 1
        of_file[short][outcome] += 1
        if outcome == "survived":
            print(f"  {short}:{mutant.line}  {mutant.change}\n      {line}", flush=True)
    for short, each in of_file.items():
        print(f"    {short}: {each['killed']} killed, {each['survived']} survived, {each['same']} change nothing")
    return counted


def main() -> None:
    """Try the modules and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--module", nargs="*", choices=MODULES, default=list(MODULES))
    parser.add_argument("--sample", type=int, default=60, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="every mutant, whatever the sample")
    options = parser.parse_args()
    os.nice(19 - os.nice(0))
    table = []
    for module in options.module:
        print(f"{module}:", flush=True)
        counted = try_module(module, None if options.all else options.sample, options.seed)
        tried = counted["killed"] + counted["survived"]
        score = counted["killed"] / tried if tried else 1
        table.append((module, counted["of"], tried, counted["killed"], counted["survived"], counted["same"], score))
    print(f"{'module':10}{'all':>8}{'tried':>8}{'killed':>8}{'survived':>10}{'same':>6}{'score':>8}")
    for module, of, tried, killed, survived, same, score in table:
        print(f"{module:10}{of:8}{tried:8}{killed:8}{survived:10}{same:6}{score:8.1%}")


if __name__ == "__main__":
    main()
