"""What explains a change adds up to it, whatever the segments are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_core.actual import RatioParts
from kpi_core.actual.explained import (
    MOST_PARTS,
    Amounts,
    Explained,
    PartKind,
    Ratios,
    explain_amounts,
    explain_ratios,
)

LABELS = st.sampled_from(["web", "Web", "mail", "shop", "(none)", *(f"p{number}" for number in range(12))])
numbers = st.integers(-500, 500).map(Fraction)
ratios = st.builds(RatioParts, numbers, st.integers(0, 50).map(Fraction))


def total(found: Explained) -> Fraction:
    return sum((part.explains for part in found.lines), Fraction(0))


def amounts(**parts: int) -> Amounts:
    return Amounts({label: Fraction(value) for label, value in parts.items()}, Fraction(sum(parts.values())))


def rates(**parts: tuple[int, int]) -> Ratios:
    made = {label: RatioParts(Fraction(above), Fraction(below)) for label, (above, below) in parts.items()}
    return Ratios(
        made, RatioParts(Fraction(sum(a for a, _ in parts.values())), Fraction(sum(b for _, b in parts.values())))
    )


@given(st.dictionaries(LABELS, numbers), st.dictionaries(LABELS, numbers), numbers, numbers)
def test_amounts_add_up_to_the_change_whatever_the_totals_are(
    before: dict[str, Fraction], after: dict[str, Fraction], first: Fraction, last: Fraction
) -> None:
    found = explain_amounts(Amounts(before, first), Amounts(after, last))
    assert (found.before, found.after) == (first, last)
    assert total(found) == last - first == found.change
    assert len(found.lines) <= MOST_PARTS + 2


@given(st.dictionaries(LABELS, ratios), st.dictionaries(LABELS, ratios), ratios, ratios)
def test_rate_mix_new_and_gone_add_up_to_the_change_of_the_ratio(
    before: dict[str, RatioParts], after: dict[str, RatioParts], first: RatioParts, last: RatioParts
) -> None:
    found = explain_ratios(Ratios(before, first), Ratios(after, last), Fraction(100))
    if found is None:
        sides = (before, after)
        empty = [not sum(part.denominator for part in side.values()) for side in sides]
        assert any(empty) or not first.denominator or not last.denominator
    else:
        assert found.change == 100 * (last.numerator / last.denominator - first.numerator / first.denominator)
        assert total(found) == found.change


def test_each_segment_s_own_ratio_counts_at_its_weight_of_now_and_the_mix_is_one_line() -> None:
    found = explain_ratios(rates(web=(79_200, 100), shop=(83_100, 100)), rates(web=(108_600, 150), shop=(41_450, 50)))
    assert found is not None
    web, shop = found.parts
    assert (web.label, web.before, web.after, web.explains) == (
        "web",
        Fraction(792),
        Fraction(724),
        Fraction(3, 4) * -68,
    )
    assert (shop.label, shop.explains) == ("shop", Fraction(1, 4) * -2)
    assert found.mix is not None
    assert (found.mix.label, found.mix.explains) == ("web", Fraction(1, 4) * 792 - Fraction(1, 4) * 831)
    assert found.change == web.explains + shop.explains + found.mix.explains
    assert (web.share_before, web.share_after) == (Fraction(1, 2), Fraction(3, 4))


def test_the_mix_is_named_by_the_segment_whose_weight_did_most() -> None:
    found = explain_ratios(
        rates(still=(50, 25), less=(500, 50), more=(50, 25)), rates(still=(50, 25), less=(250, 25), more=(100, 50))
    )
    assert found is not None
    assert found.mix is not None
    assert (found.mix.label, found.mix.share_before, found.mix.share_after) == ("less", Fraction(1, 2), Fraction(1, 4))
    assert found.mix.explains == found.change == -2


@pytest.mark.parametrize(
    ("before", "after", "mix"),
    [
        # A large weight that stays has no part in it, however far its ratio is off
        (
            rates(large=(500, 50), a=(0, 40), b=(10, 10)),
            rates(large=(500, 50), a=(0, 10), b=(40, 40)),
            ("a", Fraction(2, 5), Fraction(1, 10), Fraction(3, 10)),
        ),
        # A small move far off the average does more than a large one near it
        (
            rates(a=(360, 40), b=(360, 40), c=(580, 20)),
            rates(a=(90, 10), b=(540, 60), c=(870, 30)),
            ("c", Fraction(1, 5), Fraction(3, 10), Fraction(2)),
        ),
    ],
)
def test_both_the_move_and_the_distance_count(
    before: Ratios, after: Ratios, mix: tuple[str, Fraction, Fraction, Fraction]
) -> None:
    found = explain_ratios(before, after)
    assert found is not None
    assert found.mix is not None
    assert (found.mix.label, found.mix.share_before, found.mix.share_after, found.mix.explains) == mix


def test_segments_of_a_ratio_that_come_go_or_hold_nothing() -> None:
    found = explain_ratios(
        rates(web=(5, 100), fax=(1, 25), nothing=(0, 0)),
        rates(Web=(6, 100), app=(3, 25), nothing=(0, 0)),
        Fraction(100),
    )
    assert found is not None
    assert [
        (part.label, part.kind, part.before, part.after, part.share_before, part.share_after) for part in found.parts
    ] == [
        ("app", PartKind.NEW, None, Fraction(12), None, Fraction(1, 5)),
        ("fax", PartKind.GONE, Fraction(4), None, Fraction(1, 5), None),
        ("web", PartKind.BOTH, Fraction(5), Fraction(6), Fraction(4, 5), Fraction(4, 5)),
    ]


def test_the_mix_is_never_named_by_a_weight_that_stayed_as_it_was() -> None:
    # All are of one ratio before, so none is off the average: what is new took its weight from "less" alone
    found = explain_ratios(rates(still=(50, 50), less=(50, 50)), rates(new=(20, 40), still=(50, 50), less=(10, 10)))
    assert found is not None
    assert found.mix is not None
    assert (found.mix.label, found.mix.share_before, found.mix.share_after) == ("less", Fraction(1, 2), Fraction(1, 10))
    assert found.mix.explains == Fraction(-2, 5)


def test_what_is_on_one_side_only_is_new_or_gone_and_has_no_value_on_the_other() -> None:
    found = explain_amounts(amounts(web=10, fax=4), amounts(web=10, app=6))
    kinds = {part.label: (part.kind, part.before, part.after, part.explains) for part in found.parts}
    assert kinds["app"] == (PartKind.NEW, None, Fraction(6), Fraction(6))
    assert kinds["fax"] == (PartKind.GONE, Fraction(4), None, Fraction(-4))


def test_orders_of_a_channel_without_visits_are_named_as_such_and_count() -> None:
    found = explain_ratios(rates(web=(5, 100), phone=(1, 0)), rates(web=(5, 100), phone=(3, 0)), Fraction(100))
    assert found is not None
    phone = found.parts[0]
    assert (phone.label, phone.kind, phone.before, phone.explains) == ("phone", PartKind.WITHOUT, None, Fraction(2))
    assert found.change == 2


def test_who_is_counted_in_two_segments_makes_a_line_of_its_own() -> None:
    before = Amounts({"web": Fraction(6), "shop": Fraction(6)}, Fraction(10))
    after = Amounts({"web": Fraction(9), "shop": Fraction(6)}, Fraction(11))
    found = explain_amounts(before, after)
    assert found.overlap is not None
    assert (found.overlap.kind, found.overlap.explains) == (PartKind.OVERLAP, Fraction(-2))


def test_the_smaller_parts_are_put_together_and_one_alone_keeps_its_name() -> None:
    many = {f"p{number}": 100 - number for number in range(12)}
    found = explain_amounts(amounts(), amounts(**many))
    assert len(found.lines) == MOST_PARTS + 1
    rest = found.lines[-1]
    assert (rest.kind, rest.label, rest.explains) == (PartKind.REST, "4", Fraction(92 + 91 + 90 + 89))
    assert rest.share_after == Fraction(rest.explains, found.after)
    gone = explain_amounts(amounts(**many), amounts(p0=1))
    assert gone.lines[-1].share_before == Fraction(92 + 91 + 90 + 89, gone.before)
    assert gone.lines[-1].share_after == 0
    nine = explain_amounts(amounts(), amounts(**{f"p{number}": 100 - number for number in range(9)}))
    assert [part.kind for part in nine.lines] == [PartKind.NEW] * 9


def test_amounts_under_one_have_shares_like_large_ones() -> None:
    before = Amounts({"web": Fraction(1, 2), "shop": Fraction(1, 4), "fax": Fraction(0)}, Fraction(3, 4))
    after = Amounts({"web": Fraction(1), "shop": Fraction(-1, 4), "fax": Fraction(0)}, Fraction(3, 4))
    found = explain_amounts(before, after)
    assert {part.label: (part.share_before, part.share_after) for part in found.parts} == {
        "web": (Fraction(2, 3), None),
        "shop": (Fraction(1, 3), None),
        "fax": (0, None),
    }


def test_where_some_of_the_smaller_parts_have_no_share_all_together_have_none() -> None:
    named = {f"p{number}": 100 - number for number in range(8)}
    found = explain_amounts(amounts(refund=-4), amounts(**named, refund=-2, new=1))
    rest = found.lines[-1]
    assert (rest.label, rest.explains, rest.share_before, rest.share_after) == ("2", Fraction(3), None, None)


def test_amounts_below_zero_have_no_shares() -> None:
    found = explain_amounts(amounts(web=10, refunds=-4), amounts(web=12, shop=1))
    assert {part.label: (part.share_before, part.share_after) for part in found.parts} == {
        "refunds": (None, None),
        "web": (None, Fraction(12, 13)),
        "shop": (None, Fraction(1, 13)),
    }
