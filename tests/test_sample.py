"""The sample shop: the same seed makes the same bytes, and what it promises to show is in them."""

import csv
import io
from collections import defaultdict
from datetime import date
from fractions import Fraction

from kpi_core.sample import SampleFile, first_day, sample_files

TODAY = date(2026, 11, 21)


def rows(files: tuple[SampleFile, ...], source: str) -> list[dict[str, str]]:
    texts = [file.data.decode() for file in files if file.source == source]
    return [row for text in texts for row in csv.DictReader(io.StringIO(text))]


def test_the_same_seed_and_day_make_the_same_bytes() -> None:
    assert sample_files(TODAY, "SEK") == sample_files(TODAY, "SEK")
    assert sample_files(TODAY, "SEK", seed=1) != sample_files(TODAY, "SEK", seed=2)


def test_two_years_end_yesterday() -> None:
    days = sorted({row["Date"] for row in rows(sample_files(TODAY, "SEK"), "Sample visits")})
    assert days[0] == first_day(TODAY).isoformat() == "2024-11-01"
    assert days[-1] == "2026-11-20"


def test_the_first_of_a_year_has_its_two_years_too() -> None:
    assert first_day(date(2027, 1, 1)) == date(2025, 1, 1)


def test_order_values_really_drop_eight_months_ago() -> None:
    total: dict[str, Fraction] = defaultdict(Fraction)
    count: dict[str, int] = defaultdict(int)
    for row in rows(sample_files(TODAY, "SEK"), "Sample orders"):
        if row["Status"] != "cancelled":
            month = row["Created at"][:7]
            total[month] += Fraction(row["Total"]) - Fraction(row["Refunded"])
            count[month] += 1
    values = [total[month] / count[month] for month in sorted(total)]
    assert len(values) == 25
    assert max(values[16:24]) < min(values[:16])


def test_every_basket_and_order_fits_into_its_visits() -> None:
    for row in rows(sample_files(TODAY, "SEK"), "Sample visits"):
        assert 0 <= int(row["Baskets"]) <= int(row["Visits"])


def test_money_is_in_the_currency_asked_for_and_to_the_cent() -> None:
    for row in rows(sample_files(TODAY, "EUR"), "Sample costs"):
        assert row["Currency"] == "EUR"
        assert len(row["Amount"].partition(".")[2]) == 2
