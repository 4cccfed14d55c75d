"""Each part of the grammar at its edges: what is read, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from kpi_core.goal_sentence import parse

TODAY = date(2026, 11, 21)


def read(text: str) -> dict[str, object]:
    return parse(text, TODAY)


def deadline(text: str) -> str | None:
    found = read(text)["deadline"]
    assert found is None or isinstance(found, dict)
    return None if found is None else found["date"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("NPS to 55 by 15 jan", "2027-01-15"),
        ("NPS to 55 by 21 November", "2026-11-21"),
        ("NPS to 55 by 20 November", "2027-11-20"),
        ("NPS to 55 by the 15th", "2026-12-15"),
        ("NPS to 55 by 31/12/2027", "2027-12-31"),
        ("NPS to 55 by 12/31/2027", "2027-12-31"),
        ("NPS to 55 by 1.3.2027", "2027-03-01"),
        ("NPS to 55 by 2027-02-28", "2027-02-28"),
        ("NPS to 55 by June", "2027-06-30"),
        ("NPS to 55 by mid June 2027", "2027-06-15"),
        ("NPS to 55 by q2", "2027-06-30"),
        ("NPS to 55 by the end of the fourth quarter", "2026-12-31"),
        ("NPS to 55 in the first half of 2027", "2027-06-30"),
        ("NPS to 55 by eoy", "2026-12-31"),
        ("NPS to 55 by the end of next quarter", "2027-03-31"),
        ("NPS to 55 this month", "2026-11-30"),
        ("NPS to 55 by FY27", "2027-12-31"),
        ("NPS to 55 within 90 days", "2027-02-19"),
        ("NPS to 55 over the next six months", "2027-05-21"),
        ("NPS to 55 six weeks from now", "2027-01-02"),
        ("NPS to 55 b4 xmas", "2026-12-25"),
        ("NPS to 55 by Easter", "2027-03-28"),
        ("NPS to 55 by friday", "2026-11-27"),
        ("NPS to 55 by week 8", "2027-02-28"),
        ("NPS to 55 by March 2025", "2025-03-31"),
    ],
)
def test_a_deadline_is_dated(text: str, day: str) -> None:
    assert (deadline(text), read(text)["target"]) == (day, 55)


@pytest.mark.parametrize(
    "text", ["by the spring", "within 3 months of launch", "in year 2", "by 3/4/2027", "by fy26/27"]
)
def test_a_deadline_that_hangs_on_something_keeps_its_words_only(text: str) -> None:
    assert read(f"NPS to 55 {text}")["deadline"] == {"text": text, "date": None}


@pytest.mark.parametrize(
    "text",
    [
        "cut the score by 1.5 points",
        "reduce cycle time by 1.5",
        "answer every enquiry within 2 days",
        "invoices paid within 30 days: 75%",
        "backlog under 20 at month end",
        "5 quotes a day",
    ],
)
def test_what_is_no_deadline_is_left_alone(text: str) -> None:
    assert read(text)["deadline"] is None


@pytest.mark.parametrize(
    ("text", "target", "unit"),
    [
        ("turnover £8,400", 8400, "currency:GBP"),
        ("turnover 8.400,50 €", 8400.5, "currency:EUR"),
        ("turnover 12.500 € per month", 12500, "currency:EUR"),
        ("turnover 350 000 kr", 350000, "currency:KR"),
        ("turnover 3,2 mio kr", 3200000, "currency:KR"),
        ("turnover NOK 4.5 million", 4500000, "currency:NOK"),
        ("turnover 25k", 25000, "currency"),
        ("cost per mile 62p", 0.62, "currency"),
        ("1.200 subscribers", 1200, "count"),
        ("close rate 1 in 4", 25, "percent"),
        ("two thirds of orders online", 66.67, "percent"),
        ("ltv:cac 3:1", 3, "ratio"),
        ("csat 4.6/5", 4.6, "score"),
        ("load time 900 ms", 900, "duration:ms"),
        ("a dozen workshops", 12, "count"),
        ("turnover over half a million", 500000, "currency"),
        ("Avg first response: 15m", 15, "duration:min"),
        ("Get staff turnover down to 15%", 15, "percent"),
        ("Keep all freezers below -18 degrees", -18, "other:degree"),
        ("google reviews 4.6", 4.6, None),
        ("First-aid training completed by 100% of staff", 100, "percent"),
        ("water use 180 litres", 180, "other:litre"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, target: float, unit: str) -> None:
    found = read(text)
    assert (found["target"], found["unit"]) == (pytest.approx(target), unit)


@pytest.mark.parametrize(
    "text",
    [
        "Get ISO 9001 certified by Q3",
        "open 2nd branch in may",
        "Launch version 2.0 of the app",
        "Renew the lease on Unit 14",
        "replace the 1998 oven",
        "apply for the £5k council grant",
        "Implement a 4-day week",
    ],
)
def test_a_number_in_a_name_is_no_target(text: str) -> None:
    found = read(text)
    assert (found["type"], found["target"], found["metric"]) == ("milestone", None, None)


@pytest.mark.parametrize(
    ("text", "baseline", "target", "kind"),
    [
        ("food cost from 34% to 30%", 34, 30, "absolute"),
        ("mrr 18k -> 25k", 18000, 25000, "absolute"),
        ("covers 90 to 110", 90, 110, "absolute"),
        ("gross margin 38% (was 34)", 34, 38, "absolute"),
        ("gross margin 38%; currently 34", 34, 38, "absolute"),
        ("admin: 12 hrs now, 6 hrs", 12, 6, "absolute"),
        ("Overdue invoices: 31 now, max 10", 31, 10, "threshold"),
        ("callbacks down to 5 from 14", 14, 5, "absolute"),
        ("Currently at 62%, our fill rate should reach 90%", 62, 90, "absolute"),
        ("stock days 60 - too high, 45", 60, 45, "absolute"),
        ("Cut complaints from 12 in Q3 to 4 in Q4", 12, 4, "absolute"),
        ("complaint rate from 5 per 1,000 to 2 per 1,000 orders", 5, 2, "absolute"),
        ("lead time 2 weeks instead of 4", 4, 2, "absolute"),
        ("Response time 4hrs -> 2hrs", 4, 2, "absolute"),
        ("Bring NPS from -10 to +20", -10, 20, "absolute"),
        ("At the moment we convert 12% of leads; we want 20%", 12, 20, "absolute"),
        ("reduce travel costs (currently £900) by 25%", 900, 25, "relative_change"),
        ("churn 6% -> <4%", 6, 4, "threshold"),
        ("profit margin from 8% currently up to 12%", 8, 12, "absolute"),
        ("Add 15 contracts to the current 60", 60, 15, "delta"),
        ("Halve the wait, which is 20 days at present", 20, 50, "relative_change"),
        ("margin up by 3 points to 45%", None, 45, "absolute"),
    ],
)
def test_where_it_starts_is_told_from_where_it_goes(text: str, baseline: float, target: float, kind: str) -> None:
    found = read(text)
    assert (found["baseline"], found["target"], found["target_kind"]) == (baseline, target, kind)


@pytest.mark.parametrize(
    ("text", "comparison", "direction"),
    [
        ("no shows below 4%", "<", "down"),
        ("overtime no more than 8 hours", "<=", "down"),
        ("max 2 complaints", "<=", "down"),
        ("gp 62% min", ">=", "up"),
        ("NPS of 50 or higher", ">=", "up"),
        ("stock accuracy above 98.5%", ">", "up"),
        ("cover ratio of no less than 1.25", ">=", "up"),
        ("fill rate >= 97%", ">=", "up"),
        ("tips 8%+ of bill", ">=", "up"),
        ("8 deals/month min", ">=", "up"),
        ("gp 62%", None, "up"),
    ],
)
def test_a_bound_is_kept_as_it_was_said(text: str, comparison: str | None, direction: str) -> None:
    found = read(text)
    assert (found["comparison"], found["direction"]) == (comparison, direction)
    assert (found["target_kind"] == "threshold") == (comparison is not None)


@pytest.mark.parametrize(
    ("text", "target", "kind", "direction"),
    [
        ("Lift basket value by 8%", 8, "relative_change", "up"),
        ("grow call out fees 10%", 10, "relative_change", "up"),
        ("20% off supplier bill", 20, "relative_change", "down"),
        ("web traffic +15%", 15, "relative_change", "up"),
        ("Ten per cent fewer returns", 10, "relative_change", "down"),
        ("Double weddings", 100, "relative_change", "up"),
        ("Cut stock-outs in half", 50, "relative_change", "down"),
        ("3x revenue", 200, "relative_change", "up"),
        ("Raise basket by €2", 2, "delta", "up"),
        ("Fifteen more covers", 15, "delta", "up"),
        ("Cut 15 minutes from changeover time", 15, "delta", "down"),
        ("cut 10%", 10, "relative_change", "down"),
        ("Improve page load speed to 2 seconds", 2, "absolute", "down"),
        ("loyalty signups - 15/day", 15, "absolute", "up"),
    ],
)
def test_a_change_is_relative_or_by_units(text: str, target: float, kind: str, direction: str) -> None:
    found = read(text)
    assert (found["target"], found["target_kind"], found["direction"]) == (target, kind, direction)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("debtor days between 30 and 35", [30, 35]),
        ("labour 28-31% of sales", [28, 31]),
        ("Utilisation of 70 to 80 percent", [70, 80]),
        ("food cost betw. 29 and 26 %", [26, 29]),
    ],
)
def test_a_band_has_two_ends(text: str, ends: list[int]) -> None:
    found = read(text)
    assert (found["target"], found["target_kind"], found["direction"]) == (ends, "range", "range")


@pytest.mark.parametrize(
    ("text", "cadence"),
    [
        ("calls 20/day", "day"),
        ("40 dms a wk", "week"),
        ("churn <2% /mo", "month"),
        ("6 hours a quarter", "quarter"),
        ("revenue per head $110k p.a.", "year"),
        ("monthly recurring revenue 20k", None),
        ("500 kr/hr", None),
        ("reduce paper by a quarter", None),
        ("complaints per 100 orders 3", None),
    ],
)
def test_a_rhythm_is_read(text: str, cadence: str | None) -> None:
    assert read(text)["cadence"] == cadence


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("sell 300 wreaths", "wreaths sold"),
        ("Complete 92% of call-outs on the first visit", "call-outs completed on the first visit"),
        ("Answer every enquiry in less than two hours", "enquiry answer time"),
        ("Train each cook at least 6 hours a quarter", "train per cook"),
        ("Sell 200 units of the new range", "units sold of the new range"),
        ("raise £1,200 for the food bank", "funds raised"),
        ("Beat last year's sales by 10%", "sales"),
        ("win rate above 30%", "win rate"),
        ("reply faster", "reply time"),
        ("Become the preferred supplier", None),
        ("30k a month", None),
    ],
)
def test_the_thing_counted_is_named_as_on_the_form(text: str, metric: str | None) -> None:
    assert read(text)["metric"] == metric


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("get website live", "milestone"),
        ("hire a bookkeeper", "milestone"),
        ("hire 2 stylists", "kpi"),
        ("new website", "milestone"),
        ("B Corp certification", "milestone"),
        ("get better at chasing invoices", "vague"),
        ("Develop our people", "vague"),
        ("double down on quality", "vague"),
        ("more repeat customers", "vague"),
        ("Install 40 panels a month", "kpi"),
    ],
)
def test_task_wish_and_number_are_told_apart(text: str, kind: str) -> None:
    assert read(text)["type"] == kind
