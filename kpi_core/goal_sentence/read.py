"""Read a goal sentence: deadline, rhythm, numbers, what they mean together, and the metric that is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.cadence import find_cadence
from kpi_core.goal_sentence.clauses import clauses
from kpi_core.goal_sentence.coach import questions_about
from kpi_core.goal_sentence.denial import without_denial
from kpi_core.goal_sentence.direction import STEADY, is_waited_for, way_of
from kpi_core.goal_sentence.fiscal import in_business_year
from kpi_core.goal_sentence.guard import guarded
from kpi_core.goal_sentence.kind import is_named_task, is_task
from kpi_core.goal_sentence.lexicon import either, table, words
from kpi_core.goal_sentence.match import catalogue_key
from kpi_core.goal_sentence.metric import MADE, PLACE, cleaned, metric_of, ranked
from kpi_core.goal_sentence.number import with_point
from kpi_core.goal_sentence.own_unit import own_unit, unit_of_name
from kpi_core.goal_sentence.quantity import RANK, Quantity, find_quantities, has_rank_words
from kpi_core.goal_sentence.related import Related
from kpi_core.goal_sentence.relation import relate
from kpi_core.goal_sentence.sentence import Aim, Deadline, GoalSentence, SentenceType, Way
from kpi_core.goal_sentence.single import as_decimals, as_thousands
from kpi_core.goal_sentence.spans import Span, blanked
from kpi_core.goal_sentence.tidy import tidy
from kpi_core.goal_sentence.verb import first_word, is_verb, split_method
from kpi_core.goal_sentence.when import deadline_of
from kpi_core.period import Calendar

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.goal_sentence.spans import Traced

COMPARED: Final = re.compile(
    rf"^(?:(?:{either(words('fuzzy', 'larger', 'smaller'))}|an?|the)\s+)+(?=[a-z])", re.IGNORECASE
)
MONEY_FOR: Final = {"raise": "funds raised", "spend": "spend on"}
HAPPY: Final = re.compile(r"\bhapp(?:y|ier)\b")
QUALITY: Final = re.compile(
    rf"\b{either(words('fuzzy') - words('larger', 'smaller') | {'better', 'stronger', 'happier', 'faster'})}\b"
)
BEFORE_PLACE: Final = re.compile(
    r"^(?:across|among|amongst|throughout|at|in|on|for|via|through|within|from)\s+(?:the\s+|our\s+)?", re.IGNORECASE
)
STATES: Final = frozenset({"never", "be", "become", "look", "feel", "stay"})


@dataclass(frozen=True)
class _Parts:
    """A goal taken apart: its words with what is already understood blanked out."""

    said: Traced
    body: str
    deadline: Span[Deadline] | None
    rhythm: Span[str] | None
    numbers: list[Span[Quantity]]
    verb: str

    @property
    def when(self) -> Deadline | None:
        """Give the deadline with the words as they were typed."""
        if self.deadline is None:
            return None
        return replace(self.deadline.meaning, text=self.said.said(self.deadline.start, self.deadline.end).strip(" ,()"))

    @property
    def read_from(self) -> dict[str, str]:
        """Give the words that deadline and cadence were read from."""
        found = {}
        if self.when is not None:
            found["deadline"] = self.when.text
        if self.rhythm is not None:
            found["cadence"] = self.said.said(self.rhythm.start, self.rhythm.end).strip(" /")
        return found


def read_goal(text: str, today: date, calendar: Calendar | None = None, *, decimal_comma: bool = False) -> GoalSentence:
    """Read what a goal sentence says; never raises, whatever the text.

    Args:
        text: as the owner typed it.
        today: days without a year are the next ones after it.
        calendar: of the business; the calendar's own year where None.
        decimal_comma: the business writes 3,5: 1.500 is then fifteen hundred, and 3,500 three and a half.

    >>> from datetime import date
    >>> goal = read_goal("Increase NPS from 42 to 55 by end of year", date(2026, 11, 21))
    >>> goal.metric, str(goal.baseline), str(goal.target), goal.deadline.date.isoformat()
    ('NPS', '42', '55', '2026-12-31')
    """
    said = tidy(text)
    said = with_point(said) if decimal_comma else said
    first, *others = clauses(without_denial(said), today)
    parts = _taken_apart(first, today, calendar or Calendar())
    goal, related = _read_one(parts, decimal_comma=decimal_comma)
    if goal.deadline is None and others:
        goal = _with_shared_deadline(goal, others[-1], today, calendar or Calendar())
    goal = replace(
        goal,
        catalogue=None if _is_about_quality(goal, first.text) else catalogue_key(goal.metric, goal.unit),
        segment=_segment(parts),
        others=tuple(other.said(0, len(other.text)) for other in others),
    )
    return replace(goal, questions=questions_about(goal, first.text, related, today))


def _taken_apart(said: Traced, today: date, calendar: Calendar) -> _Parts:
    """Find deadline, rhythm and numbers, and blank out what is understood."""
    text = said.text
    deadline = deadline_of(text, today)
    undated = blanked(text, (deadline.start, deadline.end)) if deadline else text
    earlier = deadline_of(undated, today) if deadline else None
    undated = blanked(undated, (earlier.start, earlier.end)) if earlier else undated  # from 12 in Q3 to 4 in Q4
    body = undated[: split_method(undated)] or undated
    rhythm = find_cadence(body)
    plain = blanked(body, (rhythm.start, rhythm.end)) if rhythm else body
    numbers = [each for each in find_quantities(body) if plain[each.start : each.end].strip()]
    if deadline is not None:
        deadline = replace(deadline, meaning=in_business_year(deadline.meaning, today, calendar))
    return _Parts(said, plain, deadline, rhythm, numbers, first_word(plain))


def _with_shared_deadline(goal: GoalSentence, last: Traced, today: date, calendar: Calendar) -> GoalSentence:
    """Give a goal the deadline that the sentence ends with: margin to 48 % and overheads cut by 6 % in 2027."""
    late = deadline_of(last.text, today)
    if late is None or late.end < len(last.text.rstrip(" .")):
        return goal
    words_typed = last.said(late.start, late.end).strip(" ,()")
    deadline = replace(in_business_year(late.meaning, today, calendar), text=words_typed)
    return replace(goal, deadline=deadline, read_from={**goal.read_from, "deadline": words_typed})


def _read_one(parts: _Parts, *, decimal_comma: bool) -> tuple[GoalSentence, Related]:
    """Read one goal, and how its numbers were read."""
    low = parts.body.lower()
    rhythm = (parts.rhythm.start, parts.rhythm.end) if parts.rhythm else None
    related = relate(low, parts.numbers, parts.verb, rhythm)
    if is_named_task(low, parts.verb, parts.numbers):
        return GoalSentence(SentenceType.MILESTONE, deadline=parts.when, read_from=parts.read_from), Related()
    if related.target is None and not parts.numbers:
        return _without_number(parts), related
    if related.doubtful:
        related = _things_have_no_decimals(parts, related, rhythm, decimal_comma=decimal_comma)
    related = guarded(low, parts.numbers, related, parts.verb, _metric(parts, related))
    return _with_number(parts, related), related


def _things_have_no_decimals(
    parts: _Parts, related: Related, rhythm: tuple[int, int] | None, *, decimal_comma: bool
) -> Related:
    """Read 1.200 subscribers as twelve hundred; where decimals are possible the business's way of writing decides.

    Nobody says which mark stands for a decimal point where it is the usual one, so there the number stays open.
    """
    metric = _metric(parts, related)
    whole = unit_of_name(metric) in {"count", "currency"} and related.unit is None
    if not whole and not decimal_comma:
        return related
    settled = as_thousands if whole else as_decimals
    numbers = [settled(each) if each.meaning.doubtful else each for each in parts.numbers]
    return relate(parts.body.lower(), numbers, parts.verb, rhythm)


def _metric(parts: _Parts, related: Related) -> str | None:
    """Take the metric from what is left of the sentence."""
    places = (related.at, *related.used, *((related.from_at,) if related.from_at else ()))
    rest = blanked(parts.body, *places)
    before, behind = rest[: related.at[0]], rest[related.at[1] :]
    if related.unit == RANK:
        named = (
            metric_of(before, "", parts.verb if parts.verb != "rank" else "", timed=False)
            if parts.verb != "rank"
            else None
        )
        term = ranked(behind)
        return term if not named or term != RANK else named
    if _is_money_for(parts, related, behind):
        purpose = cleaned(behind) if parts.verb == "spend" else ""
        return f"{MONEY_FOR[parts.verb]} {purpose}".strip() if purpose or parts.verb != "spend" else "spend"
    timed = (related.unit or "").startswith("duration") and related.aim is Aim.THRESHOLD
    verb = parts.verb if is_verb(parts.verb) or (timed and parts.verb in table("time_of")) else ""
    return metric_of(before, behind, verb, timed=timed and verb in table("time_of"))


def _is_money_for(parts: _Parts, related: Related, behind: str) -> bool:
    """Tell an amount that is raised or spent on something: raise £1,200 for the food bank."""
    if (
        parts.verb not in MONEY_FOR
        or (related.unit or "currency" * (parts.verb == "spend")).partition(":")[0] != "currency"
    ):
        return False
    first = not re.search(
        r"[a-z]{2}", re.sub(rf"^\s*{parts.verb}\b", "", blanked(parts.body, *related.used).lower()[: related.at[0]])
    )
    return first and bool(re.match(r"\s*(?:(?:on|for|from|to|in|at)?\b|$)", behind.lower()))


def _with_number(parts: _Parts, related: Related) -> GoalSentence:
    """Read a goal that has a number."""
    metric = _metric(parts, related)
    way = related.way or way_of(parts.verb, metric, parts.body)
    if related.aim in {Aim.RELATIVE_CHANGE, Aim.DELTA} and parts.verb in words("up_if_good"):
        way = way_of(parts.verb, metric, parts.body)  # improve the wait by 5 minutes
    shared = parts.body[: related.at[0]].strip().lower() == parts.verb  # retain 95 % of clients
    lone = related.aim is Aim.ABSOLUTE and related.baseline is None and related.target != 0 and not shared
    if lone and parts.verb in words("keep"):
        way = Way.HOLD
    if related.target is None and related.doubt is None:
        way = way if parts.verb in words("up", "down") else None
    if related.doubt is not None and related.doubt.way_open:
        way = None
    unit = own_unit(metric, related, parts.body)
    if way is Way.UP and related.way is None and parts.verb not in words("up") and is_waited_for(metric, unit):
        way = Way.DOWN
    rhythm = parts.rhythm
    read_from = {**parts.read_from, **_number_words(parts, related, metric)}
    if (
        rhythm is not None
        and rhythm.meaning == "hour"
        and (unit or "").startswith("currency")
        and "hourly" not in parts.said.text
    ):
        rhythm = None  # 500 kr an hour is a price
        read_from.pop("cadence")
    return GoalSentence(
        SentenceType.KPI, metric, way, related.baseline, related.target, related.aim, unit, parts.when,
        rhythm.meaning if rhythm else None, comparison=related.comparison, read_from=read_from,
    )  # fmt: skip


def _number_words(parts: _Parts, related: Related, metric: str | None) -> dict[str, str]:
    """Give the words of the sentence that target, baseline and metric were read from."""
    found = {}
    if related.target is not None:
        found["target"] = parts.said.said(*related.at)
    if related.from_at is not None and related.baseline is not None:
        found["baseline"] = parts.said.said(*related.from_at)
    if metric and (words_of_it := _typed(parts.said, metric)):
        found["metric"] = words_of_it
    return found


def _typed(said: Traced, metric: str) -> str:
    """Find the longest run of the metric's words in the sentence, as it was typed."""
    tokens = metric.split()
    runs = sorted(
        ((first, last) for first in range(len(tokens)) for last in range(first + 1, len(tokens) + 1)),
        key=lambda run: run[0] - run[1],
    )
    for first, last in runs:
        place = said.text.find(" ".join(tokens[first:last]))
        if place >= 0:
            return said.said(place, place + len(" ".join(tokens[first:last])))
    return ""


def _without_number(parts: _Parts) -> GoalSentence:
    """Read a task or a wish."""
    body, verb = re.sub(r"\s+", " ", parts.body).strip(), parts.verb
    if is_task(body, verb):
        return GoalSentence(SentenceType.MILESTONE, deadline=parts.when, read_from=parts.read_from)
    metric = _wished_for(body, verb)
    way = way_of(verb, metric, body)
    if verb in words("keep") or STEADY.search(body.lower()):
        way = Way.HOLD
    read_from = {**parts.read_from, **_number_words(parts, Related(), metric)}
    return GoalSentence(
        SentenceType.VAGUE, metric, way, deadline=parts.when, cadence=parts.rhythm.meaning if parts.rhythm else None,
        read_from=read_from,
    )  # fmt: skip


def _wished_for(body: str, verb: str) -> str | None:
    """Take from a wish what could be counted; None where it names nothing."""
    unknown = not is_verb(verb) and re.match(r"[a-z]+\s+(?:the|our|my|a|an|into|to)\b", body.lower())
    aimless = is_verb(verb) and re.match(r"[a-z]+\s+(?:on|in|at|to|into|for|with)\b", body.lower())
    if verb in STATES or unknown or aimless:
        return None
    metric = metric_of(COMPARED.sub("", body), "", verb, timed=False)
    if metric is None or is_verb(metric.lower()):
        return None
    plain = cleaned(COMPARED.sub("", metric))
    if HAPPY.search(body.lower()) and plain:
        plain = f"{re.sub(r'(?<!s)s$', '', plain)} satisfaction"
    return plain or None


def _is_about_quality(goal: GoalSentence, said: str) -> bool:
    """Tell a wish about how things are, not how many: better candidates are no number of candidates."""
    low = said.lower()
    wish = goal.type is SentenceType.VAGUE and (QUALITY.search(low) or MADE.search(low))
    return bool(wish) and not (goal.metric or "").endswith("satisfaction")


def _segment(parts: _Parts) -> str | None:
    """Take the words that say where it holds: across both shops."""
    place = PLACE.search(parts.body.lower())
    if place is None or not place.start() or has_rank_words(parts.body.lower()):
        return None
    where = parts.body[slice(*place.span())].strip(" ,.")
    if re.search(r"\d|[a-z]\s{2,}[a-z]", where):
        return None  # more of the sentence follows
    return BEFORE_PLACE.sub("", where) or None
