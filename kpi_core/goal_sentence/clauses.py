"""Two goals in one sentence, told apart so that the coach can offer to split them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.bound import bound_before
from kpi_core.goal_sentence.cadence import find_cadence
from kpi_core.goal_sentence.kind import ONE_THING, is_task
from kpi_core.goal_sentence.lexicon import either, words
from kpi_core.goal_sentence.pair import BACK, NOW, NOW_BEFORE, THEN, THEN_BEFORE
from kpi_core.goal_sentence.quantity import find_quantities
from kpi_core.goal_sentence.spans import blanked
from kpi_core.goal_sentence.verb import base_of, first_word, split_method
from kpi_core.goal_sentence.when import without_deadline

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.goal_sentence.spans import Traced

JOINT: Final = re.compile(
    r"\s*(?:;|\s\+\s|\s&\s|\s/\s|,?\s+(?:and(?:\s+also)?|while(?:\s+also)?|plus|as\s+well\s+as|then|but\s+also)\s+|,\s+)\s*"
)
WISH: Final = re.compile(rf"^(?:[a-z']+\s+)?{either(words('larger', 'smaller'))}\s+[a-z]{{3}}")
GOES_ON: Final = re.compile(r"(?:which|that|who|where|each|all|both|worth|including|mainly|from|by|to|i\.e\.?|with)\b")
"""Words that go on with the same goal."""
OWN_FROM: Final = re.compile(r"(?P<thing>[a-z][a-z' -]*[a-z])\s+from\s+\S+(?:\s\S+)?\s+to\s")
NO_THING: Final = words("no_thing")
"""Words that are nothing to count."""


def clauses(whole: Traced, today: date) -> list[Traced]:
    """Part a sentence into its goals; one that holds a single goal comes back whole.

    >>> from datetime import date
    >>> from kpi_core.goal_sentence.spans import Traced
    >>> def parted(text):
    ...     return [each.text for each in clauses(Traced.of(text), date(2026, 11, 21))]
    >>> parted("Raise gross margin to 48% and cut overheads by 6% in 2027")
    ['Raise gross margin to 48%', 'cut overheads by 6% in 2027']
    >>> parted("Keep debtor days between 30 and 35")
    ['Keep debtor days between 30 and 35']
    """
    end = split_method(whole.text)
    for match in JOINT.finditer(whole.text[:end]):
        left, right = (
            without_deadline(whole.text[: match.start()], today),
            without_deadline(whole.text[match.end() : end], today),
        )
        if _is_goal(left) and _is_second_goal(left, right, match.group().strip()):
            second = whole.part(match.end(), len(whole.text))
            return [whole.part(0, match.start()), *clauses(second.part(*_without_also(second.text)), today)]
    return [whole]


def _without_also(text: str) -> tuple[int, int]:
    also = re.match(r"(?:also|to)\s+", text, re.IGNORECASE)
    return (also.end() if also else 0), len(text)


def _is_goal(text: str) -> bool:
    """Tell words that can be a goal: a number and a thing, a change of something, a task, a wish."""
    low = text.lower()
    if not re.search(r"[a-z]{2}", low):
        return False
    verb = first_word(text)
    changes = verb in words("up", "down", "keep") and len(low.split()) > 1
    return (
        bool(find_quantities(text)) or changes or (is_task(text, verb) and " " in low.strip()) or bool(WISH.match(low))
    )


def _is_second_goal(left: str, right: str, joint: str) -> bool:
    """Tell a second goal: a verb of its own with something to do, or a number and a thing of its own."""
    low = re.sub(r"^(?:also|to)\s+", "", right.lower())
    if re.search(r"\bbetween\s+\S+$", left.lower()) or GOES_ON.match(low):
        return False
    first = re.match(r"[a-z'-]+", low)
    verb = base_of(first[0]) if first else ""
    numbers = find_quantities(low)
    thing = re.match(r"[a-z'-]+\s+(?:our\s+|the\s+)?([a-z'-]{2,})", low)
    if verb in words("up", "down", "keep") and thing and thing[1] not in NO_THING and first_word(low):
        return True
    commands = first is not None and (verb == first[0] or "while" in joint)  # "and training costs" is a thing
    if commands and not numbers and is_task(low, verb) and ONE_THING.match(low):
        return True  # and hire a driver
    if commands and verb in words("reach") and first_word(low) and joint != ",":
        return bool(numbers) or bool(re.search(r"\b(?:faster|better|more|less|fewer)\b", low))
    if not find_quantities(left):
        # "Cut gas and electricity bills by 15%" is one goal; a task and a number are two
        done_once = is_task(left, first_word(left)) and " " in left.strip()
        return bool(WISH.match(low) and WISH.match(left.lower())) or (bool(numbers) and done_once)
    return bool(numbers) and (_is_from_to(low) or _has_thing(left, low))


def _is_from_to(low: str) -> bool:
    """Tell a thing of its own that goes from one number to another: and csat from 80 to 90."""
    own = OWN_FROM.match(low)
    return own is not None and own["thing"].split()[0] not in NO_THING | words("now", "then")


def _has_thing(left: str, low: str) -> bool:
    """Tell whether the second number counts a thing of its own, and is not the baseline or the target of the first."""
    first = find_quantities(low)[0]
    before, behind = low[: first.start], low[first.end :]
    rhythm = find_cadence(low)
    if rhythm is not None:
        behind = blanked(low, (rhythm.start, rhythm.end))[first.end :]
    plain = re.sub(rf"\b(?:{NOW}|{THEN})\b", " ", f"{_unbound(before)} {behind}")
    nouns = [word for word in re.findall(r"[a-z][a-z'-]+", plain) if word not in NO_THING]
    deadline_only = (
        re.fullmatch(r"\s*(?:by|before|in|within|until|due|over|at)\b.*", behind) and not _unbound(before).strip()
    )
    if not nouns or deadline_only:
        other_unit = (first.meaning.unit or "").partition(":")[0] == "score" != find_quantities(left)[-1].meaning.unit
        return bool(other_unit)
    linked = f", {before}"
    return not (BACK.search(linked) or NOW_BEFORE.search(before) or THEN_BEFORE.fullmatch(before) or _repeats(left))


def _repeats(left: str) -> bool:
    """Tell a first half that says where things are now: we had 12 last quarter."""
    return bool(re.search(r"\b(?:now|currently|had|last\s+[a-z]+|today|so\s+far|done)\b", left.lower()))


def _unbound(before: str) -> str:
    """Leave out the words of a bound before a number."""
    bound = bound_before(before)
    return before if bound is None else before[: bound[1]]
