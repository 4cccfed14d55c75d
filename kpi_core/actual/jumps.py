"""Amounts that are suddenly many times what they were, or on the other side of zero: cents, thousands, a turned sign.

A sum over such rows is wrong without any cell being wrong, so the change is said before anything is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from kpi_core.source import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

Amount = TypeVar("Amount", Fraction, int)
TIMES: Final = 10
"""Typical amounts that differ by more than that are hardly of one unit."""
LEAST_KNOWN: Final = 3
"""So many amounts are needed to say what was usual so far."""
LEAST_OF_MONTH: Final = 5
ONE_SIDED: Final = Fraction(1, 2)
"""From what lies above zero less what lies below, beside both together: three quarters of the money on one side."""
HUNDRED: Final = (70, 140)
"""Times that are about a hundred: cents."""


@dataclass(frozen=True)
class Jump:
    """Typical amounts before and now, sizes without sign. They differ by more than ten times."""

    before: Fraction
    now: Fraction

    @property
    def said(self) -> str:
        """Say by how much: "about 100 times" or "about a 100th of"."""
        up = self.now > self.before
        times = self.now / self.before if up else self.before / self.now
        shown = round(times, 1 - len(str(int(times))))
        return f"about {shown} times" if up else f"about 1/{shown} of"

    @property
    def is_hundred(self) -> bool:
        """Tell whether it looks like cents beside whole units."""
        times = max(self.now / self.before, self.before / self.now)
        return HUNDRED[0] <= times <= HUNDRED[1]


def jump_of(before: Sequence[Amount], now: Sequence[Amount], unit: int = 1) -> Jump | None:
    """Compare amounts, each `unit` times too large, with those that came before; None where they are of one unit.

    None also where there are too few to tell.

    The middle ones must differ by more than TIMES, and three quarters of one side must lie beyond three quarters of
    the other, so that a few large amounts among small ones are none. Zeros do not count.
    """
    old = sorted(abs(each) for each in before if each)
    if len(old) < LEAST_KNOWN:
        return None
    new = sorted(abs(each) for each in now if each)
    if not new:
        return None
    up = _part(new, 2) > TIMES * _part(old, 2) and _part(new, 1) > _part(old, 3)
    down = _part(old, 2) > TIMES * _part(new, 2) and _part(old, 1) > _part(new, 3)
    return Jump(Fraction(_part(old, 2), unit), Fraction(_part(new, 2), unit)) if up or down else None


def _part(ordered: Sequence[Amount], quarters: int) -> Amount:
    """Take the amount up to which so many quarters lie, the outer one where it falls between two."""
    place = (len(ordered) - 1) * quarters
    return ordered[-(-place // 4) if quarters > 2 else place // 4]  # noqa: PLR2004


def turned(before: Sequence[Amount], now: Sequence[Amount]) -> bool:
    """Tell whether money that lay mostly on one side of zero lies mostly on the other."""
    if sum(1 for each in before if each) < LEAST_KNOWN:
        return False
    old, new = _lean(before), _lean(now)
    return (old >= ONE_SIDED and new <= -ONE_SIDED) or (old <= -ONE_SIDED and new >= ONE_SIDED)


def _lean(amounts: Sequence[Amount]) -> Fraction:
    """Say to which side of zero money leans, from -1 to 1."""
    size = sum(abs(each) for each in amounts)
    return Fraction(sum(amounts)) / size if size else Fraction(0)


def check_stored(column: str, stored: Sequence[Amount], amounts: Sequence[Amount], unit: int = 1) -> tuple[Check, ...]:
    """Warn of a file whose amounts are of another unit or sign than those stored.

    Args:
        column: their name.
        stored: the newest amounts stored under that name.
        amounts: those of the file, or an even sample of them.
        unit: how many times too large both are given.
    """
    found = jump_of(stored, amounts, unit)
    checks = []
    if found is not None:
        less, more = ("what is stored", "this file") if found.now > found.before else ("this file", "what is stored")
        asked = f"is {more} in cents, {less} not?" if found.is_hundred else "is one of the two in another unit?"
        text = (
            f'"{column}" is {found.said} what is stored, typically {_plain(found.now)} instead of '
            f"{_plain(found.before)}: {asked}"
        )
        checks.append(Check("jump", ok=False, text=text))
    if turned(stored, amounts):
        now, before = ("above", "below") if _lean(amounts) > 0 else ("below", "above")
        text = f'"{column}" is mostly {now} 0 in this file and mostly {before} 0 in what is stored: is its sign turned?'
        checks.append(Check("sign", ok=False, text=text))
    return tuple(checks)


def check_months(column: str, months: Sequence[tuple[str, Sequence[Amount]]], unit: int = 1) -> tuple[Check, ...]:
    """Warn of the first month of a file whose amounts are of another unit than those of the month before.

    Args:
        column: their name.
        months: each month that has rows, in words, with its amounts, oldest first; those of few amounts are passed
            over.
        unit: how many times too large the amounts are given.
    """
    last: Sequence[Amount] = ()
    for name, amounts in months:
        amounts = [each for each in amounts if each]  # noqa: PLW2901
        if len(amounts) < LEAST_OF_MONTH:
            continue
        found = jump_of(last, amounts, unit)
        if found is not None:
            text = (
                f'"{column}" is {found.said} what it was before from {name} on, typically {_plain(found.now)} instead '
                f"of {_plain(found.before)}: did its unit change?"
            )
            return (Check("jump", ok=False, text=text),)
        last = amounts
    return ()


def _plain(amount: Fraction) -> str:
    """Write an amount with two decimals at most, one under a hundredth with two figures, never as a power of ten.

    >>> _plain(Fraction(1250)), _plain(Fraction(25, 2)), _plain(Fraction(1, 1000)), _plain(Fraction(46, 1_000_000))
    ('1250', '12.5', '0.001', '0.000046')
    """
    shown = f"{float(amount):.2f}" if amount >= Fraction(1, 100) else f"{Decimal(f'{float(amount):.2g}'):f}"
    return shown.rstrip("0").rstrip(".")
