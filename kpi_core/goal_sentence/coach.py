"""What the coach asks about a goal typed in words: each sentence that an owner reads is written here, once."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from kpi_core.goal_sentence.calendar_days import same_day
from kpi_core.goal_sentence.dating import day_or_year, numeric_days
from kpi_core.goal_sentence.lexicon import words
from kpi_core.goal_sentence.metric import COMPARATIVE
from kpi_core.goal_sentence.own_unit import unit_of_name
from kpi_core.goal_sentence.sentence import Aim, GoalAsk, GoalQuestion, GoalSentence, SentenceType, Way
from kpi_core.goal_sentence.verb import first_word

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.goal_sentence.related import Related

EXAMPLE: Final = Fraction(50)
WHOLE: Final = 100
WAYS: Final = {Way.UP: "up", Way.DOWN: "down"}
A_WISH: Final = re.compile(r"^(?:make|keep|get)\s+(?P<who>.+?)\s+(?P<state>(?:more\s+)?[a-z]+)$", re.IGNORECASE)
COMPARED: Final = re.compile(
    rf"^(?:(?P<state>{COMPARATIVE})\s+(?P<who>[a-z -]+)|(?P<whose>[a-z]+)\s+(?P<end>[a-z]+ier|better))$",
    re.IGNORECASE,
)
"""Happier staff; staff happier."""
VERBS: Final = words("up", "down", "keep", "tasks", "reach") | {"get", "have"}
MOST_WORDS: Final = 5
LEVEL_SAID: Final = re.compile(
    r"\b(?:the\s+)?(?:20\d\d|(?:last|this)\s+(?:year|month|quarter)(?:'s)?|present|current|today's)\s+(?:levels?|figures?|numbers)$",
    re.IGNORECASE,
)
NEAR_DAYS: Final = ("yesterday", "today")
IMPROVING: Final = re.compile(r"^(?:improve|strengthen|enhance|boost)\b", re.IGNORECASE)


def questions_about(goal: GoalSentence, said: str, related: Related, today: date) -> tuple[GoalQuestion, ...]:
    """List what the coach asks.

    Args:
        goal: what was read.
        said: the first goal of the sentence, as `tidy` leaves it.
        related: how its numbers were read.
        today: a day without a year is the next one after it.
    """
    asked = [_split(goal), _purpose(goal, said), _level(goal, said), _sign(goal, said)]
    asked += [
        percent_or_points(goal),
        _change_or_level(related, said),
        _thousands(related, said),
        _numbers(related),
        _of_what(goal, related),
        _past_day(goal, today),
        _which_day(goal, today),
    ]
    return tuple(each for each in asked if each is not None)


def _split(goal: GoalSentence) -> GoalQuestion | None:
    """Offer to split a sentence that holds several goals."""
    if not goal.others:
        return None
    several = "two goals" if len(goal.others) == 1 else f"{len(goal.others) + 1} goals"
    rest = "the other" if len(goal.others) == 1 else "the others"
    text = f"This sounds like {several} in one. Take the first now, and {rest} as a KPI of its own?"
    return GoalQuestion(
        GoalAsk.SPLIT, text.replace("the others as a KPI of its own", "the others as KPIs of their own"), goal.others
    )


def _purpose(goal: GoalSentence, said: str) -> GoalQuestion | None:
    """Ask what a task is for."""
    if goal.type is not SentenceType.MILESTONE:
        return None
    deadline = goal.deadline.text if goal.deadline else ""
    task = re.sub(rf"[\s,(]*{re.escape(deadline)}\)?", "", said, flags=re.IGNORECASE).strip() if deadline else said
    named = f"\u201c{task[:1].upper()}{task[1:]}\u201d"
    text = f"{named} is a task: it is done or not done. What is it for, and which number would move once it is done?"
    return GoalQuestion(GoalAsk.PURPOSE, text)


def _level(goal: GoalSentence, said: str) -> GoalQuestion | None:
    """Ask for the number behind the level of a year that is to be held or reached again."""
    level = LEVEL_SAID.search(said)
    if goal.type is not SentenceType.VAGUE or level is None:
        return None
    text = (
        f"How much was it then? Type the number in place of \u201c{level[0].strip()}\u201d, and it becomes the target."
    )
    return GoalQuestion(GoalAsk.NUMBERS, text)


def _sign(goal: GoalSentence, said: str) -> GoalQuestion | None:
    """Ask how a wish would be seen to come true."""
    if goal.type is not SentenceType.VAGUE:
        return None
    if LEVEL_SAID.search(said):
        return GoalQuestion(GoalAsk.SIGN, "Which number shows it?")
    fact = _come_true(goal, said)
    return GoalQuestion(GoalAsk.SIGN, f"How would you see that {fact}?" if fact else "How would you see it?")


def _come_true(goal: GoalSentence, said: str) -> str:
    """Say a wish as a fact, customers are happier; "" where its words make no sentence."""
    wish = A_WISH.match(said)
    if wish and re.search(r"(?:er|better|happy|^more\s.+)$", wish["state"].lower()):
        return f"{wish['who']} {_are(wish['who'])} {wish['state']}"
    compared = COMPARED.match(said)
    if compared and goal.metric:
        who = compared["who"] or compared["whose"]
        return f"{who} {_are(who)} {(compared['state'] or compared['end']).lower()}"
    if goal.metric is None:
        return ""
    noun = goal.metric[0].lower() + goal.metric[1:] if goal.metric[1:2].islower() else goal.metric
    if re.match(r"[a-z]+ing\b(?!\s+(?:time|rate|list|costs?)\b)", noun):
        return f"{noun} {'has become rarer' if goal.direction is Way.DOWN else 'goes better'}"
    if not _is_a_noun(noun):
        return ""
    if goal.direction is Way.HOLD:
        return f"{noun} {'stay as they are' if _are(noun) == 'are' else 'stays as it is'}"
    if IMPROVING.match(said) and goal.direction is Way.UP:
        return f"{noun} {_are(noun)} better"
    return _changed(noun, down=goal.direction is Way.DOWN)


def _is_a_noun(noun: str) -> bool:
    """Tell a name of something from a piece of a sentence: prices, not "hold prices" or "revenue and profit"."""
    pieces = re.search(
        r"\d|'t\b|\b(?:and|or|is|are|be|not|made|done|run|than|last|next|less|more|it|them)\b", noun.lower()
    )
    return not pieces and first_word(noun) not in VERBS and len(noun.split()) <= MOST_WORDS


def _changed(noun: str, *, down: bool) -> str:
    """Say that there is more or less of something, as one says it of money, of a time, of things, of a mass."""
    unit, are = unit_of_name(noun), _are(noun)
    if noun.lower() in words("massed"):
        return f"{noun} has {'shrunk' if down else 'grown'}"
    if unit in {"currency", "percent", "score", "ratio"}:
        return f"{noun} {are} {'lower' if down else 'higher'}"
    if (unit or "").startswith("duration"):
        return f"{noun} {are} {'shorter' if down else 'longer'}"
    if are == "are":
        return f"there are {'fewer' if down else 'more'} {noun}"
    if set(noun.lower().split()) & words("good_down"):
        return f"there is {'less' if down else 'more'} {noun}"
    return ""


def _are(noun: str) -> str:
    last = re.split(r"\s(?:of|on|in|with|for|from|at|to)\s", noun.lower(), maxsplit=1)[0].split()[-1]
    return "are" if last in {"people", "staff"} or re.search(r"(?<![sui])s$", last) else "is"


def _number(value: Fraction) -> str:
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")


def percent_or_points(goal: GoalSentence) -> GoalQuestion | None:
    """Ask what "by 20 %" means of a number that is a percentage itself."""
    if goal.aim is not Aim.RELATIVE_CHANGE or goal.unit != "percent" or not isinstance(goal.target, Fraction):
        return None
    number, way = _number(goal.target), WAYS.get(goal.direction or Way.UP, "up")
    metric = goal.metric or "this"
    named = f"{metric[:1].upper()}{metric[1:]}"
    text = f"{named} is a percentage itself. Does {way} by {number}% mean of its present value, or points?"
    signed = goal.target if way == "up" else -goal.target
    start = goal.baseline or EXAMPLE
    shares = (f"{number}% of the present value", start * (1 + signed / 100)), (f"{number} points", start + signed)
    return GoalQuestion(GoalAsk.PERCENT_OR_POINTS, text, tuple(_with_example(said, start, end) for said, end in shares))


def _with_example(said: str, start: Fraction, end: Fraction) -> str:
    """Add where a change leads, if it leads to a percentage that can be."""
    return f"{said}: {_number(start)}% becomes {_number(end)}%" if 0 <= end <= WHOLE else said


def _change_or_level(related: Related, said: str) -> GoalQuestion | None:
    """Ask what "grow the rate 20 %" means."""
    if not related.percent_of_percent:
        return None
    number = said[slice(*related.at)].strip()
    bare = number.rstrip("% ")
    choices = (f"to {number}", f"by {number} of the present value", f"by {bare} points")
    return GoalQuestion(
        GoalAsk.CHANGE_OR_LEVEL, f"Is {number} where it should get to, or by how much it should change?", choices
    )


def _thousands(related: Related, said: str) -> GoalQuestion | None:
    """Ask how a number is meant whose only mark may part decimals or thousands."""
    if not related.doubtful:
        return None
    number = re.search(r"\d+\.\d+", said[slice(*related.at)])
    if number is None:
        return None
    plain = Fraction(number[0])
    choices = (_number(plain), _number(plain * 1000))
    return GoalQuestion(GoalAsk.THOUSANDS, f"How is {number[0]} meant?", choices)


def _which_day(goal: GoalSentence, today: date) -> GoalQuestion | None:
    """Ask which of two numbers is the month."""
    if goal.deadline is None or goal.deadline.date is not None or goal.deadline.impossible:
        return None
    readings = (
        goal.deadline.readings or numeric_days(goal.deadline.text, today) or day_or_year(goal.deadline.text, today)
    )
    if len(readings) < 2:  # noqa: PLR2004 -- day first, month first; the calendar's year, the business's
        return None
    return GoalQuestion(
        GoalAsk.WHICH_DAY, f"Which day is meant by \u201c{goal.deadline.text}\u201d?", tuple(map(_day, readings))
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _numbers(related: Related) -> GoalQuestion | None:
    """Ask what the numbers leave open."""
    doubt = related.doubt
    return None if doubt is None else GoalQuestion(GoalAsk.NUMBERS, doubt.text, doubt.choices)


def _of_what(goal: GoalSentence, related: Related) -> GoalQuestion | None:
    """Ask what a number counts where nothing is named."""
    if goal.type is not SentenceType.KPI or goal.metric is not None or related.target is None:
        return None
    return GoalQuestion(GoalAsk.OF_WHAT, "Of what? Name the number that is meant, and it has a goal.")


def _past_day(goal: GoalSentence, today: date) -> GoalQuestion | None:
    """Ask for the day where the one said is over."""
    said = goal.deadline
    if goal.type is not SentenceType.KPI or said is None or said.date is None or said.date >= today:
        return None
    years = range(today.year, today.year + 3)
    near = said.text.endswith(NEAR_DAYS)
    ahead = [] if near else [day for year in years if (day := same_day(said.date, year)) >= today][:2]
    text = f"\u201c{said.text}\u201d is over. Which day is meant?"
    return GoalQuestion(GoalAsk.PAST_DAY, text, tuple(map(_day, ahead)))
