"""How many small faults in the rules the tests see: mutation testing of them, module by module.

    python benchmarks/mutation.py [--module status ...] [--sample 60] [--seed 1] [--all]

Prints for each module the mutants tried, those killed (a test fails, or the run does not end), those that survived and
the score, then each survivor with its line and its change. A survivor is a missing test, or it changes nothing that can
be seen: those are named with the reason in `benchmarks/same_mutants.toml`, counted apart and not in the score.

One mutant is tried at a time, in a process of its own, with the fault put into the living function, or where it takes
effect earlier, as the module is loaded; nothing is written. Only the tests that mirror the module, `tests/rules` and
the module's own examples may kill it, and of those the ones that enter the changed function, quickest first, up to the
first failure. mutmut 3.8 was tried first: it leaves out constants of a module and every decorated function (all
properties), and its several runs in one process are refused by Hypothesis. Linux and macOS only: processes are forked.
"""

from __future__ import annotations

import argparse
import ast
import gc
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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType

import hypothesis
import hypothesis.strategies
import pytest
from _pytest.runner import runtestprotocol

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.mutants import MODULES, ROOT, Function, Slot, Trial, all_trials, known_same

ALSO = "tests/rules"
OPTIONS = (
    "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(ROOT),
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
MEMORY = 4 << 30
LEAST_SECONDS, MANY_TIMES = 20, 5
"""Processor time that a mutant may take: so many times what its tests take without it, and some seconds."""
SURVIVED, KILLED, BROKEN = 0, 1, 70


@dataclass
class Reached:
    """How long each test takes, in seconds, and which functions it enters."""

    seconds: dict[str, float] = field(default_factory=dict)
    entered: dict[str, list[Function]] = field(default_factory=dict)

    def tests_of(self, trial: Trial) -> list[str]:
        """List the tests that can see a mutant, the quickest first."""
        wanted = trial.function
        seeing = [test for test, functions in self.entered.items() if wanted is None or wanted in functions]
        return sorted(seeing, key=lambda test: self.seconds[test])

    def limit(self, tests: Iterable[str | pytest.Item]) -> float:
        """Say how long these tests may take in a changed run."""
        names = [test if isinstance(test, str) else test.nodeid for test in tests]
        return LEAST_SECONDS + MANY_TIMES * sum(self.seconds[test] for test in names)


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


class Trials:
    """Tries the mutants of functions: each in a fork of a run that has loaded and collected everything already."""

    def __init__(self, trials: Sequence[Trial], reached: Reached, result: Path) -> None:
        """Take what is to be tried, and the file for the places of the survivors."""
        self.trials, self.reached, self.result = trials, reached, result

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all in the place of running the tests."""
        items = {item.nodeid: item for item in session.items}
        live = {
            (each.__code__.co_filename, each.__code__.co_name, each.__code__.co_firstlineno): each
            for each in gc.get_objects()
            if isinstance(each, FunctionType)
        }
        survived = []
        for at, trial in enumerate(self.trials):
            tests = [items[test] for test in self.reached.tests_of(trial)]
            work = partial(self._try, trial, tests, live)
            if not tests or in_process(work, self.reached.limit(tests)) == SURVIVED:
                survived.append(at)
        self.result.write_text(json.dumps(survived), "utf-8")
        return True

    def _try(self, trial: Trial, tests: Sequence[pytest.Item], live: Mapping[Function, FunctionType]) -> int:
        """Change the code of the living function, and run what enters it up to the first failure."""
        assert trial.function is not None
        trial.mutant.slot.put(trial.mutant.node)
        code = compile(trial.tree, str(trial.file), "exec")
        live[trial.function].__code__ = _code_of(code, *trial.function[1:])
        for item, after in zip_longest(tests, tests[1:]):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
                return KILLED
        return SURVIVED


def _code_of(code: CodeType, name: str, line: int) -> CodeType:
    """Find a function's code inside that of its module."""
    waiting = [code]
    while waiting:
        each = waiting.pop()
        if (each.co_name, each.co_firstlineno) == (name, line):
            return each
        waiting += [inner for inner in each.co_consts if isinstance(inner, CodeType)]
    raise LookupError(name)


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
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == BROKEN:
            sys.exit("The benchmark itself failed in a process of its own: no figure here could be believed.")
        return code
    code = KILLED
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(int(seconds) * 20)
        code = work()
    except Exception:  # noqa: BLE001 -- whatever it is, it is no test that failed
        code = BROKEN
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


def surviving_functions(trials: Sequence[Trial], reached: Reached, places: Sequence[str]) -> list[Trial]:
    """Try the mutants of functions."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "survived.json"
        trying = Trials(trials, reached, result)
        in_process(lambda: int(pytest.main([*OPTIONS, "-s", *places], plugins=[trying, Quick()])), 10_000)
        return [trials[at] for at in json.loads(result.read_text("utf-8"))]


def survives_loading(trial: Trial, reached: Reached, mirror: str) -> bool:
    """Try a mutant that takes effect when its module is loaded: first on the tests that mirror it, then on the rest."""
    tests = reached.tests_of(trial)
    first = [test for test in tests if test.startswith(mirror)]
    groups = [first, [test for test in tests if test not in first]]
    return all(in_process(partial(_load, trial, group), reached.limit(group)) == SURVIVED for group in groups if group)


def _load(trial: Trial, tests: Sequence[str]) -> int:
    trial.mutant.slot.put(trial.mutant.node)
    name = ".".join(trial.file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    code = compile(trial.tree, str(trial.file), "exec")
    sys.meta_path.insert(0, Loader(name, str(trial.file), code))
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001 -- a module that does not load is seen by every test
        return KILLED
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    return int(pytest.main([*OPTIONS, *files], plugins=[Only(tests), Quick()]))


def try_module(module: str, sample: int | None, seed: int) -> Counter[str]:
    """Try the mutants of one module, print the survivors, and count what became of all."""
    code, mirror = MODULES[module]
    there, same = all_trials(module), known_same()
    few = random.Random(seed)  # noqa: S311 -- a sample, no secret
    chosen = there if sample is None else few.sample(there, min(sample, len(there)))
    trials = [each for each in chosen if each.key not in same]
    places = [mirror, ALSO, code]
    reached = watch({str(each.file) for each in there}, places)
    loaded = [each for each in trials if each.function is None]
    none = replace(there[0].mutant, slot=Slot(ast.Pass(), "none", None))
    controls = [replace(each, mutant=replace(none, function=each.mutant.function)) for each in trials if each.function]
    survived = surviving_functions([*controls[:1], *(each for each in trials if each.function)], reached, places)
    if controls and not (survived and survived.pop(0) is controls[0]):
        sys.exit("A fault that is none does not survive, so no figure here could be believed.")
    survived += [each for each in loaded if survives_loading(each, reached, mirror)]
    for each in sorted(survived, key=lambda each: (each.short, each.mutant.line)):
        print(f"  {each.short}:{each.mutant.line}  {each.mutant.change}\n      {each.line}")
    tried, lost = Counter(each.short for each in trials), Counter(each.short for each in survived)
    for short in sorted(tried):
        print(f"    {short}: {tried[short] - lost[short]} of {tried[short]} killed", flush=True)
    return Counter(of=len(there), tried=len(trials), survived=len(survived), same=len(chosen) - len(trials))


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
        table.append((module, counted["of"], counted["tried"], counted["survived"], counted["same"]))
    print(f"{'module':10}{'all':>8}{'tried':>8}{'killed':>8}{'survived':>10}{'same':>6}{'score':>8}")
    for module, of, tried, survived, same in table:
        killed = tried - survived
        print(f"{module:10}{of:8}{tried:8}{killed:8}{survived:10}{same:6}{killed / max(tried, 1):8.1%}")


if __name__ == "__main__":
    main()
