"""Segments: blank is "(none)", labels match trimmed and case-folded, and a ratio's change splits into rate and mix."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BLANK = "(none)"


def label_of(text: str | None) -> str:
    """Trim a segment's label; blank is "(none)".

    >>> label_of("  North "), label_of(" "), label_of(None)
    ('North', '(none)', '(none)')
    """
    return (text or "").strip() or BLANK


def fold(text: str | None) -> str:
    """Bring a segment's label into the form it is compared in.

    >>> fold(" NORTH") == fold("north ")
    True
    """
    return label_of(text).casefold()


@dataclass(frozen=True)
class Matched:
    """Segments of two sources: those on both sides as first written, and those that one side lacks."""

    both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def match_segments(first: Iterable[str | None], second: Iterable[str | None]) -> Matched:
    """Match the segment labels of two sources, in the order of the first, then of the second.

    >>> match_segments(["Web", " mail"], ["MAIL", "web ", "Shop"])
    Matched(both=('Web', 'mail'), only_first=(), only_second=('Shop',))
    """
    ours, theirs = _as_first_written(first), _as_first_written(second)
    return Matched(
        both=tuple(label for key, label in ours.items() if key in theirs),
        only_first=tuple(label for key, label in ours.items() if key not in theirs),
        only_second=tuple(label for key, label in theirs.items() if key not in ours),
    )


def _as_first_written(labels: Iterable[str | None]) -> dict[str, str]:
    """Keep each label the way it was written first, by its folded form."""
    written: dict[str, str] = {}
    for label in labels:
        written.setdefault(fold(label), label_of(label))
    return written


@dataclass(frozen=True)
class RatioParts:
    """Numerator and denominator of one segment in one period."""

    numerator: Fraction
    denominator: Fraction


@dataclass(frozen=True)
class MixAndRate:
    """Why a ratio changed, scaled like the ratio: `after - before` = rate + mix + what is new and gone.

    `rates` and `mixes` hold the two effects of each segment that is there before and after. `new` and `gone` list apart
    those that exist on one side only, each with what it adds to the change; one that never has a denominator is gone.
    """

    before: Fraction
    after: Fraction
    rates: Mapping[str, Fraction]
    mixes: Mapping[str, Fraction]
    new: Mapping[str, Fraction]
    gone: Mapping[str, Fraction]

    @property
    def rate(self) -> Fraction:
        """Add up what the segments' own ratios did."""
        return sum(self.rates.values(), Fraction(0))

    @property
    def mix(self) -> Fraction:
        """Add up what their weights did."""
        return sum(self.mixes.values(), Fraction(0))

    @property
    def change(self) -> Fraction:
        """Subtract before from after."""
        return self.after - self.before


def mix_and_rate(
    before: Mapping[str, RatioParts], after: Mapping[str, RatioParts], times: Fraction = Fraction(1)
) -> MixAndRate | None:
    """Split the change of a ratio: rate = sum w1 (r1 - r0), mix = sum (w1 - w0) r0, w the shares of the denominators.

    A segment without a denominator is not there. None where one of the two totals has nothing to divide by.

    >>> split = mix_and_rate(
    ...     {"a": RatioParts(Fraction(5), Fraction(50)), "b": RatioParts(Fraction(10), Fraction(50))},
    ...     {"a": RatioParts(Fraction(2), Fraction(20)), "b": RatioParts(Fraction(16), Fraction(80))},
    ...     Fraction(100),
    ... )
    >>> split.change, split.rate, split.mix
    (Fraction(3, 1), Fraction(0, 1), Fraction(3, 1))
    """
    old = {fold(label): (label_of(label), parts) for label, parts in before.items()}
    now = {fold(label): (label_of(label), parts) for label, parts in after.items()}
    all_old = sum((parts.denominator for _, parts in old.values()), Fraction(0))
    all_now = sum((parts.denominator for _, parts in now.values()), Fraction(0))
    if not all_old or not all_now:
        return None
    rates: dict[str, Fraction] = {}
    mixes: dict[str, Fraction] = {}
    new: dict[str, Fraction] = {}
    gone: dict[str, Fraction] = {}
    none = ("", RatioParts(Fraction(0), Fraction(0)))
    for key in [*old, *(key for key in now if key not in old)]:
        (old_label, was), (now_label, is_) = old.get(key, none), now.get(key, none)
        if was.denominator and is_.denominator:
            rate_before = was.numerator / was.denominator
            gained = is_.denominator / all_now - was.denominator / all_old
            rates[old_label] = times * is_.denominator / all_now * (is_.numerator / is_.denominator - rate_before)
            mixes[old_label] = times * gained * rate_before
            continue
        part = times * (is_.numerator / all_now - was.numerator / all_old)
        if is_.denominator:
            new[now_label] = part
        elif was.denominator or part:
            gone[old_label or now_label] = part
    total_before = sum((parts.numerator for _, parts in old.values()), Fraction(0)) / all_old
    total_after = sum((parts.numerator for _, parts in now.values()), Fraction(0)) / all_now
    return MixAndRate(total_before * times, total_after * times, rates, mixes, new, gone)
