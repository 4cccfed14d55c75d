"""The faults that are put into the rules, and the list of those that change nothing."""

from __future__ import annotations

import ast

from benchmarks.mutants import MODULES, all_trials, known_same, mutants_of

SOURCE = '''
"""A module."""
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from datetime import date
LIMIT = 3
@property
def least(a: int | None, b: int = 1) -> int:
    """Say it."""
    if not a and a < b:
        raise ValueError("no")
    return min(a + 1, b) if a == b else -b
'''


def changes(source: str) -> list[str]:
    return [mutant.change for mutant in mutants_of(ast.parse(source))]


def test_each_kind_of_fault_is_made_and_what_only_readers_see_is_left_alone() -> None:
    assert changes(SOURCE) == [
        "3 -> 4",
        "3 -> 2",
        "1 -> 2",
        "1 -> 0",
        "not a and a < b -> not (not a and a < b)",
        "not a and a < b -> not a or a < b",
        "not a -> a",
        "a < b -> a <= b",
        "raise ValueError('no') -> pass",
        "return min(a + 1, b) if a == b else -b -> return None",
        "a == b -> a != b",
        "min(a + 1, b) -> max(a + 1, b)",
        "a + 1 -> a - 1",
        "1 -> 2",
        "1 -> 0",
        "-b -> b",
    ]


def test_a_fault_changes_the_tree_in_its_place_only() -> None:
    tree = ast.parse(SOURCE)
    mutant = next(each for each in mutants_of(tree) if each.change == "a < b -> a <= b")
    assert (mutant.line, mutant.function) == (10, ("least", 7))
    mutant.slot.put(mutant.node)
    assert ast.unparse(tree) == ast.unparse(ast.parse(SOURCE.replace("a < b", "a <= b")))


def test_every_fault_that_is_said_to_change_nothing_can_still_be_made() -> None:
    made = {trial.key for module in MODULES for trial in all_trials(module)}
    assert set(known_same()) - made == set()
    assert all(known_same().values())
