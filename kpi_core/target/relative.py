"""A target relative to the same period last year."""

from __future__ import annotations

from fractions import Fraction


def relative_value(base: Fraction | None, change_percent: Fraction) -> Fraction | None:
    """Raise or lower last year's value: `base * (1 + change_percent / 100)`.

    A base that is missing (a period only partly covered counts as missing) or not above 0 gives no target. Once the
    period's due date is over, or its month closed, the base is the one known then: a later correction of last year does
    not move a target that was judged.

    >>> str(relative_value(Fraction(50000), Fraction(20))), relative_value(Fraction(0), Fraction(20))
    ('60000', None)
    """
    if base is None or base <= 0:
        return None
    return base * (1 + change_percent / 100)
