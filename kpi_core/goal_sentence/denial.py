"""A bound said by denying what lies beyond it: don't let churn exceed 3 %, keep waste from going over 5 %."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.verb import base_of

if TYPE_CHECKING:
    from kpi_core.goal_sentence.spans import Traced

_NOT: Final = (
    r"(?:(?:do|must|should|shall|can|will|does)\s+not|cannot|don't|mustn't|shouldn't|can't|won't|not|never)(?:\s+ever)?"
)
_OVER: Final = r"(?:above|over|past|beyond|(?:more|higher|longer|greater|later)\s+than)"
_UNDER: Final = r"(?:below|under|beneath|(?:less|lower|fewer|shorter)\s+than)"
_GOES: Final = (
    r"(?:go(?:ing)?|ris(?:e|ing)|climb(?:ing)?|creep(?:ing)?|get(?:ting)?|be|being|run(?:ning)?|grow(?:ing)?|"
    r"drop(?:ping)?|fall(?:ing)?|sink(?:ing)?|slip(?:ping)?|dip(?:ping)?|tak(?:e|ing)|com(?:e|ing))(?:\s+(?:up|down|to))*"
)
_BEYOND: Final = rf"(?:(?P<over>exceed(?:ing)?|{_GOES}\s+{_OVER})|(?P<under>{_GOES}\s+{_UNDER}))"
LET: Final = re.compile(
    rf"^(?P<deny>{_NOT}\s+(?:let|allow|have|see)\s+)(?P<thing>[^\d,;]+?\s+)(?P<beyond>(?:to\s+)?{_BEYOND})(?=\s)",
    re.IGNORECASE,
)
PREVENT: Final = re.compile(
    rf"^(?P<deny>(?:avoid|prevent|stop|keep|hold)\s+)(?P<thing>[^\d,;]+?\s+)(?P<beyond>(?P<from>from\s+)?{_BEYOND})(?=\s)",
    re.IGNORECASE,
)
LOSING: Final = re.compile(
    rf"^(?P<deny>(?:(?:we|i)\s+)?(?:{_NOT}|avoid|stop|prevent)\s+(?P<verb>[a-z]+))\s+(?P<than>(?:more|longer|higher|greater)\s+than)(?=\s)",
    re.IGNORECASE,
)
NONE: Final = re.compile(
    r"^(?P<deny>no\s+)(?P<thing>(?!more\b|less\b|fewer\b|longer\b|later\b)[a-z][a-z-]*(?:\s+[a-z-]+)?\s+)(?P<verb>waits?|takes?|lasts?)"
    r"(?P<than>\s+(?:more|longer)\s+than)(?=\s)",
    re.IGNORECASE,
)
TIME_NOUNS: Final = {"wait": "wait", "take": "time", "last": "length"}
"""No customer waits longer than: what is counted is the customer wait."""
DENIED: Final = re.compile(rf"\b(?:{_NOT}|avoid|prevent|stop|without)\b")
"""A denial that no rule has turned into a bound."""


def without_denial(said: Traced) -> Traced:
    """Say a denied excess as the bound that it means.

    >>> from kpi_core.goal_sentence.spans import Traced
    >>> for text in ("don't let churn exceed 3%", "keep cover from falling below 2 weeks", "stop losing more than 3"):
    ...     print(without_denial(Traced.of(text)).text)
    churn no more than 3%
    cover no less than 2 weeks
    lose no more than 3
    """
    match = LET.match(said.text) or PREVENT.match(said.text)
    if match and (match.re is LET or _is_held_back(match)):
        bound = "no more than" if match["over"] else "no less than"
        start, end = match.span("beyond")
        tail = said.replaced(rf"(?<=^.{{{start}}}).{{{end - start}}}", lambda _: bound)
        return tail.replaced(rf"^.{{{match.end('deny')}}}", lambda _: "")
    none = NONE.match(said.text)
    if none:
        noun = TIME_NOUNS[none["verb"].lower().removesuffix("s")]
        start, end = none.start("verb"), none.end("than")
        counted = said.replaced(rf"(?<=^.{{{start}}}).{{{end - start}}}", lambda _: f"{noun} no more than")
        return counted.replaced(rf"^.{{{none.end('deny')}}}", lambda _: "")
    losing = LOSING.match(said.text)
    base = base_of(losing["verb"].lower()) if losing else ""
    if losing is None or not base:
        return said
    return said.replaced(rf"^.{{{losing.end('than')}}}", lambda _: f"{base} no more than")


def _is_held_back(match: re.Match[str]) -> bool:
    """Tell "keep waste from going over": without "from" and a form in -ing nothing is held back."""
    first = match["beyond"].removeprefix(match["from"] or "").split()[0]
    return first.endswith("ing") and (bool(match["from"]) or match["deny"].lower().split()[0] not in {"keep", "hold"})
