from __future__ import annotations

from fractions import Fraction

import pytest

from kpi_core.actual import RatioParts
from kpi_core.actual.change_words import ChangeWords
from kpi_core.actual.explain_words import ExplainWords, line_name, scaled
from kpi_core.actual.explained import Amounts, Explained, Part, PartKind, Ratios, explain_amounts, explain_ratios
from kpi_core.unit import NumberStyle, Unit, UnitKind

KRONOR = ChangeWords(Unit(UnitKind.CURRENCY, "SEK"), NumberStyle("sv_SE"))


def amounts(**parts: int) -> Amounts:
    return Amounts({label: Fraction(value) for label, value in parts.items()}, Fraction(sum(parts.values())))


def said(found: Explained, words: ChangeWords = KRONOR) -> str:
    sentence = ExplainWords(found, scaled(words, found), "September", "October").sentence()
    return sentence.replace("\u00a0", " ")


def test_the_part_that_explains_most_the_mix_and_what_went_the_other_way() -> None:
    def of(above: int, below: int) -> RatioParts:
        return RatioParts(Fraction(above), Fraction(below))

    before = Ratios({"web": of(79_200, 100), "shop": of(83_100, 100)}, of(162_300, 200))
    after = Ratios({"web": of(108_600, 150), "shop": of(41_950, 50)}, of(150_550, 200))
    found = explain_ratios(before, after)
    assert found is not None
    words = ChangeWords(Unit(UnitKind.CURRENCY, "SEK"), NumberStyle("sv_SE"), 0)
    assert said(found, words) == "Web explains 51 kr of the 59 kr drop; more web in the mix 10 kr."


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({"web": 900, "shop": 100}, {"web": 500, "shop": 90}, "Web explains 400 kr of the 410 kr drop."),
        (
            {"web": 900, "shop": 100},
            {"web": 500, "shop": 300},
            "Web alone would be a drop of 400 kr; all together it came to 200 kr. Shop went the other way (+200 kr).",
        ),
        ({"web": 900, "shop": 100}, {"web": 700, "shop": 100}, "Web explains the whole drop of 200 kr."),
        (
            {"web": 900, "shop": 100},
            {"web": 950, "shop": 50},
            "No difference between September and October. Shop (−50,00 kr) is made up for by the others.",
        ),
        ({"web": 900, "shop": 100}, {"web": 900, "shop": 100}, "No difference between September and October."),
        (
            {"web": 900, "shop": 100},
            {"web": 790, "shop": 110},
            "Web alone would be a drop of 110 kr; all together it came to 100 kr. Shop went the other way (+10 kr).",
        ),
        (
            {"web": 900, "shop": 100},
            {"web": 791, "shop": 109},
            "Web alone would be a drop of 109 kr; all together it came to 100 kr.",
        ),
        (
            {"web": 900, "shop": 100, "app": 100},
            {"web": 600, "shop": 120, "app": 180},
            "Web alone would be a drop of 300 kr; all together it came to 200 kr. App went the other way (+80 kr).",
        ),
        (
            {"web": 900, "shop": 100},
            {"web": 810, "shop": 90},
            "Web explains 90 kr of the 100 kr drop; shop 10 kr.",
        ),
        ({"web": 900, "shop": 100}, {"web": 809, "shop": 91}, "Web explains 91 kr of the 100 kr drop."),
        (
            {"a": 100, "b": 100, "c": 100, "d": 100},
            {"a": 125, "b": 125, "c": 125, "d": 125},
            "A explains 25 kr of the 100 kr rise; b 25 kr; c 25 kr.",
        ),
        (
            {"a": 100, "b": 100, "c": 100, "d": 100, "e": 100},
            {"a": 124, "b": 124, "c": 124, "d": 124, "e": 104},
            "No part stands out in the rise of 100 kr; the largest is a with 24 kr.",
        ),
        ({"web": 900}, {"web": 800}, "Everything is web, so nothing is taken apart."),
        (
            {"web": 900, "fax": 200},
            {"web": 900, "app": 500},
            (
                "App alone would be a rise of 500 kr; all together it came to 300 kr. "
                "New: app. Gone: fax. Fax went the other way (−200 kr)."
            ),
        ),
    ],
)
def test_what_explains_it_in_one_or_two_sentences(before: dict[str, int], after: dict[str, int], sentence: str) -> None:
    assert said(explain_amounts(amounts(**before), amounts(**after))) == sentence


@pytest.mark.parametrize(
    ("sign", "sentence"),
    [
        (
            1,
            "A explains 0.50 points of the 0.70 points rise; c 0.40 points. B went the other way (−0.20 points).",
        ),
        (
            -1,
            "A explains 0.50 points of the 0.70 points drop; c 0.40 points. B went the other way (+0.20 points).",
        ),
    ],
)
def test_changes_under_one_are_told_like_large_ones(sign: int, sentence: str) -> None:
    moves = {"a": Fraction(5, 10), "b": Fraction(-2, 10), "c": Fraction(4, 10)}
    parts = tuple(Part(label, PartKind.BOTH, sign * each) for label, each in moves.items())
    found = Explained(Fraction(50), 50 + sign * Fraction(7, 10), parts)
    assert said(found, ChangeWords(Unit(UnitKind.PERCENT), NumberStyle("en_US"))) == sentence


def test_a_second_part_is_said_from_a_tenth_on() -> None:
    short = explain_amounts(amounts(web=9000, shop=1000), amounts(web=8095, shop=905))
    assert said(short) == "Web explains 905 kr of the 1 000 kr drop."
    enough = explain_amounts(amounts(web=9000, shop=1000), amounts(web=8100, shop=900))
    assert said(enough) == "Web explains 900 kr of the 1 000 kr drop; shop 100 kr."


def test_the_rest_of_many_parts_is_never_said_to_explain_anything() -> None:
    before = amounts(**{f"p{number}": 100 for number in range(12)})
    after = amounts(**{f"p{number}": 200 for number in range(12)})
    assert said(explain_amounts(before, after)) == (
        "No part stands out in the rise of 1 200 kr; the largest is p0 with 100 kr."
    )


def test_three_that_are_new_are_named_and_more_are_only_mentioned() -> None:
    parts = {"a": 100, "b": 90, "c": 80, "d": 70}
    three = explain_amounts(amounts(), amounts(**{label: parts[label] for label in "abc"}))
    assert said(three) == "A explains 100 kr of the 270 kr rise; b 90 kr; c 80 kr. New: a, b, c."
    four = explain_amounts(amounts(), amounts(**parts))
    assert said(four) == "A explains 100 kr of the 340 kr rise; b 90 kr; c 80 kr. New: a, b, c and more."


def test_what_is_counted_in_several_parts_is_said_inside_a_sentence() -> None:
    before = Amounts({"web": Fraction(600), "shop": Fraction(600)}, Fraction(1000))
    after = Amounts({"web": Fraction(900), "shop": Fraction(600)}, Fraction(1100))
    assert said(explain_amounts(before, after)) == (
        "Web alone would be a rise of 300 kr; all together it came to 100 kr. "
        "What is counted in several parts went the other way (−200 kr)."
    )


def test_where_everything_moved_a_little_no_part_is_blamed() -> None:
    before = amounts(**{f"p{number}": 100 for number in range(6)})
    after = amounts(**{f"p{number}": 200 + number for number in range(6)})
    assert said(explain_amounts(before, after)) == (
        "No part stands out in the rise of 615 kr; the largest is p5 with 105 kr."
    )


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Part("web", PartKind.BOTH, Fraction(1)), "web"),
        (Part("app", PartKind.NEW, Fraction(1)), "app (new)"),
        (Part("fax", PartKind.GONE, Fraction(1)), "fax (gone)"),
        (Part("phone", PartKind.WITHOUT, Fraction(1)), "phone (nothing to divide by)"),
        (Part("4", PartKind.REST, Fraction(1)), "4 others"),
        (Part("", PartKind.OVERLAP, Fraction(1)), "Counted in several parts"),
        (Part("web", PartKind.MIX, Fraction(1), None, None, Fraction(2, 3), Fraction(1, 3)), "Less web in the mix"),
        (Part("web", PartKind.MIX, Fraction(1), None, None, Fraction(1, 3), None), "Less web in the mix"),
        (Part("web", PartKind.MIX, Fraction(1), None, None, Fraction(0), Fraction(1, 3)), "More web in the mix"),
    ],
)
def test_every_line_has_a_name(part: Part, name: str) -> None:
    assert line_name(part) == name
