"""Two goals in one sentence, told apart so that the coach can offer to split them."""

from __future__ import annotations

import re
from typing import Final

from kpi_core.goal_sentence.metric import split_method
from kpi_core.goal_sentence.quantity import find_quantities
from kpi_core.goal_sentence.words import CHANGE_VERBS, KEEP_VERBS, REACH_VERBS

JOINTS: Final = re.compile(
    r"\s*(?:;|\s\+\s|\s&\s|,?\s+(?:and(?:\s+also)?|while(?:\s+also)?|plus|as\s+well\s+as|then)\s+|,\s+(?=[a-z]))\s*"
)
DOING: Final = re.compile(r"^(?:also\s+)?([a-z]+?)(?:ing|s)?\b")


def clauses(text: str) -> list[str]:
    """Part a sentence into its goals; one that holds a single goal comes back whole.

    >>> clauses("Raise gross margin to 48% and cut overheads by 6% in 2027")
    ['Raise gross margin to 48%', 'cut overheads by 6% in 2027']
    >>> clauses("Keep debtor days between 30 and 35")
    ['Keep debtor days between 30 and 35']
    """
    end = split_method(text)
    body = text[:end]
    for match in JOINTS.finditer(body):
        left, right = body[: match.start()], body[match.end() :]
        if _is_goal(left) and _is_second_goal(left, right):
            return [left.strip(" ,"), (right + text[end:]).strip(" ,")]
    return [text]


def _is_goal(text: str) -> bool:
    return bool(find_quantities(text)) and bool(re.search(r"[a-z]{3}", text.lower()))


def _is_second_goal(left: str, right: str) -> bool:
    """Tell a second goal: a verb of its own, or a number and a thing of its own."""
    if re.search(r"\bbetween\s+\S+$", left.lower()):
        return False
    low = right.lower()
    verb = re.match(r"(?:also\s+|to\s+)?([a-z-]+)", low)
    word = verb[1] if verb else ""
    numbers = find_quantities(right)
    if word in CHANGE_VERBS or word in KEEP_VERBS:
        return True
    if word in REACH_VERBS or word.removesuffix("ing") in REACH_VERBS:
        return bool(numbers) or bool(re.search(r"\b(?:faster|better|more|less|fewer)\b", low))
    if not numbers:
        return False
    first = numbers[0]
    now_then = re.match(
        r"^\W*(?:now|today|currently|target|goal|max|min|from|up|down|was|is|should|to|then|aim|want|by|at|the\s+target)\b",
        low,
    )
    thing = re.search(r"[a-z]{3}", low[first.end :]) or re.search(r"[a-z]{3}", low[: first.start])
    return not now_then and bool(thing)
