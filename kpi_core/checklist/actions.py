"""Whether a text says what somebody does, and whether it is made of words at all."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kpi_core.catalogue import catalogue
from kpi_core.checklist.words import words
from kpi_core.goal_sentence.lexicon import words as word_list

NOT_A_VERB: Final = frozenset(
    {"the", "a", "an", "our", "more", "less", "better", "no", "not", "new", "some", "any", "this", "that", "ok", "okay"}
    | {"nothing", "none", "maybe", "something", "tbd", "we", "i", "it", "there", "my", "your", "fewer", "faster", "yes"}
)
VERBS: Final = frozenset(
    {"call", "phone", "ring", "email", "mail", "text", "ask", "contact", "remind", "thank", "visit", "invite"}
    | {"check", "review", "test", "try", "use", "talk", "listen", "teach", "coach", "learn", "show", "explain"}
    | {"clean", "cook", "bake", "stock", "order", "charge", "price", "discount", "reward", "plan", "count"}
    | {"negotiate", "save", "merge", "remove", "simplify", "bundle", "advertise", "promote", "market", "staff"}
    | {"look", "focus", "group", "label", "print", "share", "let", "start", "begin", "work", "compare", "split"}
    | {"follow", "track", "measure", "shift"}
)
"""Further words that say what somebody does."""
NOUN: Final = re.compile(r"\w+(?:tion|sion|ment|ness|ity|ship|ance|ence|[^s]s)")
"""How a word ends that names a thing."""


def says_what_to_do(text: str) -> bool:
    """Tell whether a text begins with what somebody does; a word alone must be known for a verb.

    >>> [says_what_to_do(each) for each in ("Call", "Write to lost customers", "Marketing", "Prices up", "ok", "x y")]
    [True, True, False, False, False, False]
    """
    said = words(text)
    first = next(iter(said), "")
    if first in VERBS | word_list("up", "down", "keep", "reach", "tasks"):
        return True
    named = first in NOT_A_VERB or NOUN.fullmatch(first) or first in _named_words()
    return real_words(text) > 1 and not named


def real_words(text: str) -> int:
    """Count the different words of a text; a letter that stands alone is none.

    >>> real_words("We will call them"), real_words("x x x x"), real_words("I ask a friend")
    (4, 0, 4)
    """
    return len({word for word in words(text) if len(re.sub(r"[\W\d_]", "", word)) > 1 or word in {"i", "a"}})


@cache
def _named_words() -> frozenset[str]:
    """List the words that KPIs are called by."""
    return frozenset(word for entry in catalogue() for word in words(entry.name))
