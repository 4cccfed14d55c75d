"""A goal in the owner's words as the fields of the form; each field with the words it was read from.

What the sentence does not say is left as it was, to be asked; what it leaves open is asked before it is filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.catalogue import CatalogueKpi, by_key, find
from kpi_core.definition.kpis import typed_aggregate
from kpi_core.goal_sentence import Aim, GoalAsk, GoalQuestion, GoalSentence, SentenceType, Way, read_goal, with_numbers
from kpi_core.goal_sentence.direction import is_good_down
from kpi_core.goal_sentence.verb import first_word, is_verb
from kpi_core.kpi import Direction, Kpi, Typed
from kpi_core.period import Cadence
from kpi_core.service.ready import from_catalogue
from kpi_core.service.sentence_target import Aimed, Heard, aimed
from kpi_core.service.sentence_unit import unit_of
from kpi_core.unit import Unit, UnitKind, has_decimal_comma

if TYPE_CHECKING:
    from kpi_core.business import Business
    from kpi_core.target import Target

SUGGESTED: Final = 3
NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
TURNED: Final = "Of {} usually {} is better; your sentence says {}. Is that meant?"
WHICH_MONEY: Final = "In which money? Pick the currency in the form."
WHICH_UNIT: Final = "What is it counted in? The number of your sentence stands alone: pick the unit in the form."
BETTER: Final = {Direction.UP: "higher", Direction.DOWN: "lower", Direction.RANGE: "between two numbers"}
UNIT_SAID: Final = re.compile(r"[^\d\s.,+-]")
"""A mark or word of a unit beside the number: 20 %, 4 hours, 500 kr."""
DIRECTIONS: Final = {Way.UP: Direction.UP, Way.DOWN: Direction.DOWN, Way.RANGE: Direction.RANGE}


@dataclass(frozen=True)
class FromSentence:
    """What a sentence fills in.

    `kpi`: the empty KPI with what was read. `target`: a whole one, ready to be kept; `shown`: what its fields show,
    which may lack a part that is asked. `read`: the words by the name of the form's field. `waits`: what the target
    waits for, in a sentence, "" for nothing; `wants_now`: it waits for the present value. `questions`: what the coach
    asks still. `suggested`: KPIs that a wish or a task may mean. `money_open`: its currency is not known.
    """

    kpi: Kpi
    goal: GoalSentence
    target: Target | None = None
    shown: Target | None = None
    read: Mapping[str, str] = field(default_factory=dict)
    waits: str = ""
    wants_now: bool = False
    questions: tuple[GoalQuestion, ...] = ()
    suggested: tuple[CatalogueKpi, ...] = ()
    money_open: bool = False

    @property
    def names_a_kpi(self) -> bool:
        """Tell whether there is a number to watch, and not a wish or a task only."""
        return bool(self.kpi.name)


def from_sentence(
    text: str, said_on: date, blank: Kpi, business: Business, answers: Mapping[str, str] | None = None
) -> FromSentence:
    """Read a sentence into the fields of the form.

    Args:
        text: as the owner typed it; of several goals the first.
        said_on: days without a year are read from that day on, and a path starts on it.
        blank: the KPI that an empty form says.
        business: its currency for money without one, how it writes numbers, where its year begins.
        answers: by question ("percent-or-points" ...) the answer chosen; "now" the present value as typed,
            "kpi" the key of the catalogue's KPI that was meant.
    """
    answers = answers or {}
    style, currency = business.style, blank.unit.currency or business.currency
    comma = has_decimal_comma(style)
    goal = _answered(read_goal(text, said_on, business.calendar, decimal_comma=comma), answers)
    entry = by_key(answers.get("kpi")) or (by_key(goal.catalogue) if goal.type is SentenceType.KPI else None)
    kpi, read = _named(text, goal, entry, blank, currency)
    if goal.type is not SentenceType.KPI:
        task = goal.type is SentenceType.MILESTONE
        kpi = replace(kpi, change=text.strip() if task else blank.change)
        read = {**read, "change": text.strip()} if task else read
        return FromSentence(kpi, goal, read=read, questions=goal.questions, suggested=_suggested(goal, entry))
    money_open = (goal.unit or "").startswith("currency") and unit_of(goal.unit, currency) is None
    said_in = Unit(UnitKind.COUNT) if money_open else kpi.unit
    found = aimed(goal, kpi, Heard(said_on, answers.get("now", ""), style, said_in))
    read |= _target_words(goal, found)
    alone = found.shown is not None and goal.unit is None and entry is None
    asked = WHICH_MONEY if money_open else WHICH_UNIT if alone else ""
    settled = GoalAsk.NUMBERS in answers
    waits = " ".join(filter(None, [found.waits, "" if settled else _turned(goal, kpi, entry), asked]))
    return FromSentence(
        kpi, goal, found.target, found.shown, read, waits, found.wants_now, goal.questions, money_open=money_open
    )


def _turned(goal: GoalSentence, kpi: Kpi, entry: CatalogueKpi | None) -> str:
    """Say that a sentence wants of a KPI what is usually no good."""
    known = Direction.DOWN if goal.metric and is_good_down(goal.metric) else None
    usual = entry.direction if entry else known
    turns = {kpi.direction, usual} == {Direction.UP, Direction.DOWN}
    return TURNED.format(kpi.name, BETTER[usual], BETTER[kpi.direction]) if usual and turns else ""


def _named(
    text: str, goal: GoalSentence, entry: CatalogueKpi | None, blank: Kpi, currency: str | None
) -> tuple[Kpi, dict[str, str]]:
    """Fill what is counted: name, unit, direction, cadence, scope."""
    words = goal.read_from
    read: dict[str, str] = {}
    kpi = from_catalogue(entry, blank, currency) if entry else blank
    if goal.type is not SentenceType.KPI:
        return kpi, read
    if goal.metric:
        kpi = kpi if entry else replace(kpi, name=_name(goal.metric, goal.unit))
        read |= {"name": words["metric"]} if "metric" in words else {}
    unit = unit_of(goal.unit, currency)
    if unit is not None:
        kpi = replace(kpi, unit=unit, values=kpi.values if entry else Typed(typed_aggregate(unit)))
        said = goal.aim is not Aim.RELATIVE_CHANGE and UNIT_SAID.search(words.get("target", ""))
        read |= {"unit": words["target"]} if said else {}
    elif entry is None and not goal.unit and kpi.unit.kind is UnitKind.CURRENCY:
        kpi = replace(kpi, unit=Unit(UnitKind.COUNT))  # a bare number is no money
    if goal.direction in DIRECTIONS:
        kpi = replace(kpi, direction=DIRECTIONS[goal.direction])
        said_way = _way_words(goal, text)
        read |= {"direction": said_way} if said_way else {}
    if goal.cadence in set(Cadence):
        kpi = replace(kpi, cadence=Cadence(str(goal.cadence)))
        read["cadence"] = words.get("cadence", str(goal.cadence))
    if goal.segment:
        kpi = replace(kpi, scope=goal.segment)
        read["scope"] = goal.segment
    return kpi, read


def _name(metric: str, unit: str | None) -> str:
    """Name what is counted, with the measure that no unit of the form has: Waste (kg)."""
    kind, _, measure = (unit or "").partition(":")
    of = f" ({measure})" if kind == "other" and measure.lower() not in metric.lower().split() else ""
    return f"{metric[:1].upper()}{metric[1:]}{of}"


def _way_words(goal: GoalSentence, text: str) -> str:
    """Give the words that say which way is better: the two numbers, the verb, or the target; "" for none of them."""
    words = goal.read_from
    if "baseline" in words and "target" in words and words["baseline"] != words["target"]:
        return f"{words['baseline']} \u2026 {words['target']}"
    verb = first_word(text.lower())
    begins = is_verb(verb) and text.lower().strip().startswith(verb)
    return text.strip()[: len(verb)] if begins else words.get("target", "")


def _target_words(goal: GoalSentence, found: Aimed) -> dict[str, str]:
    """Give the words of the fields of the target that are filled."""
    words, target = goal.read_from, found.shown
    if target is None:
        return {}
    read = {}
    for name, part, filled in (
        ("target_value", "target", target.value is not None),
        ("target_low", "target", target.low is not None),
        ("target_high", "target", target.high is not None),
        ("target_from", "baseline", target.baseline is not None),
        ("target_deadline", "deadline", target.deadline is not None),
    ):
        if filled and part in words:
            read[name] = words[part]
    return read


def _suggested(goal: GoalSentence, entry: CatalogueKpi | None) -> tuple[CatalogueKpi, ...]:
    """Suggest KPIs for a wish; none where one was picked."""
    if entry is not None or not goal.metric:
        return ()
    meant = by_key(goal.catalogue)
    found = dict.fromkeys([*filter(None, [meant]), *find(goal.metric)])
    return tuple(found)[:SUGGESTED]


def _answered(goal: GoalSentence, answers: Mapping[str, str]) -> GoalSentence:
    """Take the coach's questions as answered; what cannot be understood stays asked."""
    for asked in goal.questions:
        named = asked.ask in {GoalAsk.SIGN, GoalAsk.PURPOSE}
        answer = answers.get("kpi" if named else asked.ask.value)
        settled = _settled(goal, asked, answer) if answer else None
        if settled is not None:
            left = tuple(each for each in settled.questions if each.ask is not asked.ask)
            return _answered(replace(settled, questions=left), answers)
    return goal


def _settled(goal: GoalSentence, asked: GoalQuestion, answer: str) -> GoalSentence | None:
    """Give the sentence as it reads with one answer, None where the answer is not one of the choices."""
    match asked.ask:
        case GoalAsk.SPLIT | GoalAsk.PURPOSE | GoalAsk.SIGN:
            return goal
        case GoalAsk.PERCENT_OR_POINTS if answer in asked.choices:
            points = answer == asked.choices[1]
            return replace(goal, aim=Aim.DELTA if points else Aim.RELATIVE_CHANGE)
        case GoalAsk.CHANGE_OR_LEVEL if answer in asked.choices:
            number = _number(answer)
            aims = (Aim.ABSOLUTE, Aim.RELATIVE_CHANGE, Aim.DELTA)
            words = {**goal.read_from, "target": answer}
            aim = aims[asked.choices.index(answer)]
            return None if number is None else replace(goal, target=number, aim=aim, read_from=words)
        case GoalAsk.THOUSANDS if answer in asked.choices:
            words = {**goal.read_from, "target": answer}
            return replace(goal, target=_number(answer), aim=goal.aim or Aim.ABSOLUTE, read_from=words)
        case GoalAsk.NUMBERS if answer in asked.choices:
            return with_numbers(goal, answer)
        case GoalAsk.WHICH_DAY | GoalAsk.PAST_DAY if answer in asked.choices and goal.deadline:
            return replace(goal, deadline=replace(goal.deadline, date=_day(answer)))
        case _:
            return None


def _number(text: str) -> Fraction | None:
    found = NUMBER.search(text)
    return Fraction(found[0].replace(",", "")) if found else None


def _day(text: str) -> date:
    day, month, year = text.split()
    months = [f"{date(2000, number, 1):%B}" for number in range(1, 13)]
    return date(int(year), months.index(month) + 1, int(day))
