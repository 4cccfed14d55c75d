"""Ready-made KPIs of recipes against real exports with known answers, where the folder of cases is there.

The folder is `../shared/csv_cases` beside the project, or what SIGNALBOX_CSV_CASES names.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kpi_core.kpi import Aggregate, Kpi, Measure, OneColumn
from kpi_core.service import choose, history, importing, kpi_page
from kpi_core.service.file import File
from kpi_core.service.importing import Wishes
from tests.service.shop import again, revenue

DEFAULT = Path(__file__).parents[3] / "shared" / "csv_cases"
FOLDER = Path(os.environ.get("SIGNALBOX_CSV_CASES", DEFAULT))
CASES: dict[str, dict[str, Any]] = (
    {case["file"]: case for case in json.loads((FOLDER / "truth.json").read_text("utf-8")) if case["business_kpi"]}
    if (FOLDER / "truth.json").exists()
    else {}
)
LATER = datetime(2027, 1, 5, 9)

READY = {
    "stripe/settlement_report.csv": ("Net income from Stripe", 1),
    "paypal/activity_en_dmy.csv": ("Payments received", 1),
    "shopify/shopify_orders_multiline.csv": ("Revenue", 1),
    "amazon/date_range_us.csv": ("Product sales", 1),
    "mailchimp/mailchimp_campaigns.csv": ("E-mail open rate", 100),
    "zoho/zoho_invoices.csv": ("Invoiced", 1),
}
"""The KPI that the recipe offers, and how many of it make one of the answer (a percent is 100 of a share)."""


def test_the_folder_of_real_exports_is_there() -> None:
    if not CASES:
        pytest.skip(f"no real exports at {FOLDER.name}: set SIGNALBOX_CSV_CASES to run them")
    assert {*READY, "typeform/typeform_responses.csv"} <= set(CASES)


def added(data: Path, case: dict[str, Any]) -> str:
    """Add an export; only whether it is complete may be asked. Give its source."""
    file = File(Path(case["file"]).name, (FOLDER / "files" / case["file"]).read_bytes())
    question = importing.preview(data, file, Wishes(), LATER).question
    assert question is None or question.id == "coverage"
    return importing.add(data, file, Wishes(answers={"coverage": "yes"}), LATER).source


def by_month(data: Path, kpi: Kpi) -> dict[str, Fraction]:
    kept = choose.save(data, kpi, None, LATER)
    lines = kpi_page.page(data, kept.id, LATER.date()).lines
    return {line.period.start.isoformat()[:7]: line.actual.value for line in lines if line.actual.value}


def right(found: dict[str, Fraction], case: dict[str, Any], times: int) -> bool:
    answer = {month: value * times for month, value in case["business_kpi"]["answer"].items()}
    return {month: float(value) for month, value in found.items()} == pytest.approx(answer, abs=0.0051)


@pytest.mark.parametrize("name", [name for name in READY if name in CASES])
def test_a_ready_made_kpi_is_right_to_the_cent(data: Path, name: str) -> None:
    wanted, times = READY[name]
    source = added(data, CASES[name])
    ready = next(each for each in choose.options(data).ready if (each.source, each.ready.name) == (source, wanted))
    assert ready.loaded
    assert right(by_month(data, choose.from_ready(ready, revenue())), CASES[name], times)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("typeform/")])
def test_an_average_that_the_owner_picks_is_right(data: Path, name: str) -> None:
    case = CASES[name]
    measure = Measure(added(data, case), Aggregate.AVERAGE, OneColumn(case["value_column"]), case["date_column"])
    assert right(by_month(data, again(revenue(measure), name="Satisfaction")), case, 1)


HEADER = (
    "Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Total,Created at,Lineitem name,Refunded Amount"
)


def shopify(name: str, *orders: tuple[str, str, str]) -> File:
    """Make a Shopify export of paid orders: their names, e-mail addresses and days."""
    rows = [f"{order},{email},paid,fulfilled,EUR,9,9,{day} 10:00:00 +0200,Mug,0" for order, email, day in orders]
    return File(name, "\n".join([HEADER, *rows, ""]).encode())


def test_an_older_export_makes_new_customers_returning_ones_and_taking_it_back_new_again(data: Path) -> None:
    newer = shopify("2026-09.csv", ("#4", "a@example.com", "2026-09-29"), ("#3", "b@example.com", "2026-09-02"))
    older = shopify("2026-08.csv", ("#2", "A@example.com", "2026-08-30"), ("#1", "c@example.com", "2026-08-02"))
    wishes = Wishes(answers={"coverage": "yes"})
    source = importing.add(data, newer, wishes, LATER).source
    names = ("New customers", "Returning customers", "Share of returning customers")
    ready = {each.ready.name: each for each in choose.options(data).ready if each.source == source}
    kept = {name: choose.save(data, choose.from_ready(ready[name], revenue()), None, LATER).id for name in names}

    def september() -> list[Fraction | None]:
        lines = [kpi_page.page(data, kept[name], LATER.date()).lines for name in names]
        return [next(each.actual.value for each in found if each.period.start.month == 9) for found in lines]

    assert september() == [2, 0, 0]
    result = importing.add(data, older, wishes, LATER).result
    assert september() == [1, 1, 50]
    assert result.import_id is not None
    history.take_back(data, result.import_id, LATER)
    assert september() == [2, 0, 0]
