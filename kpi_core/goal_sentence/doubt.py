"""What is asked where the numbers of a sentence can be read in several ways or in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

UNUSED: Final = "How do {} belong together?"
ALONE: Final = "How is {} meant?"
WHICH: Final = "Which of {} is the goal?"
AGAINST: Final = "Your sentence says {}, but from {} to {} is the other way. How is it meant?"
AGAINST_GOOD: Final = "Less of it is usually better, but your sentence says {}. How is it meant?"
MOST_OR_GOAL: Final = "Is {} the most it may be, or where it should get to?"
UNITS: Final = "{} and {} are in different units, and neither turns into the other for sure. Say both in one."
BAND: Final = "A change by {}: from how much on is the goal reached?"
BY_TO: Final = "How is \u201cby {} to {}\u201d meant?"
TO_OR_BY: Final = "Is {} where it should get to, or by how much it should change?"
YEAR: Final = "Is {} the number to reach, or a year? For a year, say the number too."
SHARE: Final = "How many percent is {}?"
BOUND: Final = "\u201c{}\u201d says how far it may move, not where it should be. Type the level that it must not pass."
CLOCK: Final = "How long is {}?"
DENIED: Final = "Which side of {} is good?"


@dataclass(frozen=True)
class Doubt:
    """A question about the numbers, and the readings to choose from; none where only the owner can say it anew.

    `way_open`: which way is better is what is asked.
    """

    text: str
    choices: tuple[str, ...] = ()
    way_open: bool = False


def unused(numbers: tuple[str, ...], *, alike: bool = True) -> Doubt:
    """Ask how numbers hang together that no word joins; `alike` tells whether they can count the same thing.

    >>> unused(("42", "55")).choices
    ('from 42 to 55', 'from 55 to 42', 'between 42 and 55')
    """
    if len(numbers) == 2 and alike:  # noqa: PLR2004 -- two ends
        one, two = numbers
        choices: tuple[str, ...] = (f"from {one} to {two}", f"from {two} to {one}", f"between {one} and {two}")
    else:
        choices = tuple(f"to {each}" for each in dict.fromkeys(numbers))
    named = f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else numbers[0]
    text = ALONE if len(numbers) == 1 else UNUSED if alike else WHICH
    return Doubt(text.format(named), choices)


def against(verb: str, one: str, two: str) -> Doubt:
    """Ask which way is meant where the verb says one and the numbers the other."""
    return Doubt(AGAINST.format(verb, one, two), (f"from {one} to {two}", f"from {two} to {one}"))


def against_good(said: str, other: str) -> Doubt:
    """Ask which way is meant where less is better and the sentence goes up: costs up 3 %."""
    return Doubt(AGAINST_GOOD.format(said), (said, other), way_open=True)


def most_or_goal(number: str) -> Doubt:
    """Ask whether "up to" so much is a bound or a goal."""
    return Doubt(MOST_OR_GOAL.format(number), (f"to {number}", f"at most {number}"))


def units_differ(one: str, two: str) -> Doubt:
    """Ask for one unit: months and weeks, pounds and euros."""
    return Doubt(UNITS.format(one, two))


def band_of_change(one: str, two: str) -> Doubt:
    """Ask from which change on a goal is reached: by 5 to 8 %."""
    return Doubt(BAND.format(f"{one} to {two}"), (f"by {one}", f"by {two}"))


def by_or_to(one: str, two: str) -> Doubt:
    """Ask whether the second number of "by 2 to 12" is where it leads."""
    return Doubt(BY_TO.format(one, two), (f"by {one}", f"by {two}", f"to {two}"))


def to_or_by(number: str) -> Doubt:
    """Ask whether a number is the new value or the change: cut costs £500."""
    return Doubt(TO_OR_BY.format(number), (f"to {number}", f"by {number}"))


def year(number: str) -> Doubt:
    """Ask whether a bare number is a year."""
    return Doubt(YEAR.format(number), (f"to {number}",))


def share(number: str, percent: str) -> Doubt:
    """Ask whether 0.45 of a percentage is 45 %.

    >>> share("0.45", "45").choices
    ('to 45%', 'to 0.45%')
    """
    return Doubt(SHARE.format(number), (f"to {percent}%", f"to {number}%"))


def bound_of_change(said: str) -> Doubt:
    """Ask for the level behind a bound of a change: may fall by no more than 5 %."""
    return Doubt(BOUND.format(said))


def clock(said: str, larger: str, smaller: str) -> Doubt:
    """Ask what 1:30 is.

    >>> clock("1:30", "1", "30").choices
    ('1 h 30 min', '1 min 30 s')
    """
    return Doubt(CLOCK.format(said), (f"{larger} h {smaller} min", f"{larger} min {smaller} s"))


def denied(number: str) -> Doubt:
    """Ask for the good side of a bound that a denial stands before."""
    return Doubt(DENIED.format(number), (f"at most {number}", f"at least {number}"))
