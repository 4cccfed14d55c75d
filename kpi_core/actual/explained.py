"""Which part explains a change: what each segment adds to the difference of a number before and after.

A number that adds up is split into its segments' own differences; a ratio into what each segment's own ratio did, what
the segments' weights did (the mix), and what is new or gone. Together they are exactly the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from kpi_core.actual.segments import RatioParts, fold, label_of, mix_and_rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = TypeVar("Value")

MOST_PARTS = 8
"""Parts that are named; the smaller ones are put together."""
NOTHING = Fraction(0)


class PartKind(StrEnum):
    """What a line of an explanation is."""

    BOTH = "before and after"
    NEW = "new"
    GONE = "gone"
    WITHOUT = "nothing to divide by"
    REST = "others"
    MIX = "mix"
    OVERLAP = "in several parts"


@dataclass(frozen=True)
class Part:
    """One line: the segment's own value before and after, its share of the whole, and what it adds to the change.

    A missing side is None, as are values that the line has none of. Shares are parts of 1: of the amount, of a ratio
    those of what it is divided by; None where amounts below zero make shares meaningless.
    """

    label: str
    kind: PartKind
    explains: Fraction
    before: Fraction | None = None
    after: Fraction | None = None
    share_before: Fraction | None = None
    share_after: Fraction | None = None


@dataclass(frozen=True)
class Explained:
    """A change taken apart: `parts` by how much they explain, then `mix` and `overlap` where there are such effects.

    The sum of what all lines explain is exactly `after - before`.
    """

    before: Fraction
    after: Fraction
    parts: tuple[Part, ...]
    mix: Part | None = None
    overlap: Part | None = None

    @property
    def change(self) -> Fraction:
        """Subtract before from after."""
        return self.after - self.before

    @property
    def lines(self) -> tuple[Part, ...]:
        """List all lines, the largest MOST_PARTS parts by name and the rest as one."""
        named, rest = self.parts[:MOST_PARTS], self.parts[MOST_PARTS:]
        others = (rest[0],) if len(rest) == 1 else (_together(rest),) if rest else ()
        return (*named, *others, *(each for each in (self.mix, self.overlap) if each is not None))


@dataclass(frozen=True)
class Amounts:
    """A number that adds up, by segment label, and its total over all rows."""

    parts: Mapping[str, Fraction]
    total: Fraction


@dataclass(frozen=True)
class Ratios:
    """Numerator and denominator by segment label, and those over all rows."""

    parts: Mapping[str, RatioParts]
    total: RatioParts


def explain_amounts(before: Amounts, after: Amounts) -> Explained:
    """Take the change of a number that adds up apart.

    What is counted in several segments (a customer of two shops) makes a line of its own.

    >>> found = explain_amounts(
    ...     Amounts({"web": Fraction(70), "shop": Fraction(30)}, Fraction(100)),
    ...     Amounts({"Web": Fraction(50), "app": Fraction(9)}, Fraction(59)),
    ... )
    >>> [(part.label, part.kind.value, int(part.explains)) for part in found.parts]
    [('shop', 'gone', -30), ('web', 'before and after', -20), ('app', 'new', 9)]
    """
    old, now = _folded(before.parts), _folded(after.parts)
    shared_old, shared_now = _sharing(before.parts.values()), _sharing(after.parts.values())
    parts = []
    for key in _keys(old, now):
        label, was = old.get(key, ("", None))
        new_label, is_ = now.get(key, ("", None))
        parts.append(
            Part(
                label or new_label,
                PartKind.NEW if was is None else PartKind.GONE if is_ is None else PartKind.BOTH,
                (is_ or NOTHING) - (was or NOTHING),
                was,
                is_,
                _share(was, before.total if shared_old else NOTHING),
                _share(is_, after.total if shared_now else NOTHING),
            )
        )
    left = after.total - before.total - sum((part.explains for part in parts), NOTHING)
    return Explained(before.total, after.total, _largest_first(parts), overlap=_overlap(left))


def explain_ratios(before: Ratios, after: Ratios, times: Fraction = Fraction(1)) -> Explained | None:
    """Take the change of a ratio apart; None where a side has nothing to divide by.

    A segment's line holds what its own ratio did at its weight of now, `w1 (r1 - r0)`; the mix is one line, named by
    the segment whose weight moved the most against the rest.
    """
    split = mix_and_rate(before.parts, after.parts, times)
    if split is None or not before.total.denominator or not after.total.denominator:
        return None
    old, now = _folded(before.parts), _folded(after.parts)
    explains = {fold(label): each for part in (split.rates, split.new, split.gone) for label, each in part.items()}
    all_old = sum((each.denominator for each in before.parts.values()), NOTHING)
    all_now = sum((each.denominator for each in after.parts.values()), NOTHING)
    parts = []
    for key in _keys(old, now):
        if key not in explains:
            continue
        label, was = old.get(key, ("", None))
        new_label, is_ = now.get(key, ("", None))
        parts.append(
            Part(
                label or new_label,
                _kind(was, is_),
                explains[key],
                _ratio(was, times),
                _ratio(is_, times),
                None if was is None else _share(was.denominator, all_old),
                None if is_ is None else _share(is_.denominator, all_now),
            )
        )
    mix = _mix(parts, split.before, split.mix) if split.mix else None
    first, last = (each.numerator / each.denominator * times for each in (before.total, after.total))
    return Explained(first, last, _largest_first(parts), mix, _overlap(last - first - split.change))


def _folded(parts: Mapping[str, Value]) -> dict[str, tuple[str, Value]]:
    return {fold(label): (label_of(label), each) for label, each in parts.items()}


def _keys(old: Iterable[str], now: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*old, *now]))


def _kind(was: RatioParts | None, is_: RatioParts | None) -> PartKind:
    there, still = bool(was and was.denominator), bool(is_ and is_.denominator)
    if there and still:
        return PartKind.BOTH
    return PartKind.GONE if there else PartKind.NEW if still else PartKind.WITHOUT


def _ratio(parts: RatioParts | None, times: Fraction) -> Fraction | None:
    return None if parts is None or not parts.denominator else parts.numerator / parts.denominator * times


def _share(part: Fraction | None, whole: Fraction) -> Fraction | None:
    return None if part is None or whole <= 0 else part / whole


def _sharing(amounts: Iterable[Fraction]) -> bool:
    return all(each >= 0 for each in amounts)


def _largest_first(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (-abs(part.explains), part.label.casefold())))


def _overlap(left: Fraction) -> Part | None:
    return Part("", PartKind.OVERLAP, left) if left else None


def _together(parts: tuple[Part, ...]) -> Part:
    """Put small parts together; their values can be added up only where they are shares of one whole."""
    shares = [
        None if any(share is None for share in side) else sum((share or NOTHING for share in side), NOTHING)
        for side in (
            [each.share_before if each.before is not None else NOTHING for each in parts],
            [each.share_after if each.after is not None else NOTHING for each in parts],
        )
    ]
    explains = sum((each.explains for each in parts), NOTHING)
    return Part(str(len(parts)), PartKind.REST, explains, share_before=shares[0], share_after=shares[1])


def _mix(parts: Iterable[Part], average: Fraction, explains: Fraction) -> Part:
    """Name the mix by the segment whose weight did most to it: how much it moved, how far from the average it is.

    Where none is off the average it is the one that moved most, so that no weight is named that stayed as it was.
    """

    def effect(part: Part) -> tuple[Fraction, Fraction]:
        moved = abs((part.share_after or NOTHING) - (part.share_before or NOTHING))
        return moved * abs((part.before or NOTHING) - average), moved

    most = max((each for each in parts if each.kind is PartKind.BOTH), key=effect)
    return Part(most.label, PartKind.MIX, explains, share_before=most.share_before, share_after=most.share_after)
