from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import ClosedMonths, NoKpiTable, NotFound, OpenQuestions, RefusedDefinition
from kpi_core.kpi import TypedValue
from kpi_core.service import filling, keeping, kpi_page, template, template_file
from kpi_core.service.file import File
from kpi_core.service.filling import Change
from kpi_core.service.template import Amount, Ask
from kpi_core.store import actuals
from kpi_core.store.changes import By, list_changes
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.typed import set_typed, typed_values
from kpi_core.store.months import close_month
from kpi_core.unit import sheet_number
from tests.service.shop import NOW, TODAY, dump, filled

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
KPIS = [
    {"name": "Revenue", "unit": "currency:SEK", "direction": "up"},
    {"name": "Conversion", "unit": "percent", "direction": "up"},
    {"name": "NPS", "unit": "score", "direction": "up", "cadence": "quarter"},
    {"name": "Visits", "unit": "count", "direction": "up", "cadence": "week"},
    {"name": "Reply", "unit": "duration", "direction": "down", "cadence": "day"},
    {"name": "=Odd, name", "unit": "ratio", "direction": "down", "cadence": "year"},
]


def define(
    data: Path, kpis: list[dict[str, str]] = KPIS, typed: list[dict[str, object]] | None = None, **business: str
) -> None:
    document = {
        "kpis": kpis,
        "business": {"currency": "SEK", "locale": "en_US", **business},
        "typed_values": typed or [],
    }
    keeping.define(data, File("d.json", json.dumps(document).encode()), NOW)


def stored(data: Path) -> list[TypedValue]:
    with open_store(data) as store:
        return list(typed_values(store))


def look(data: Path, source: File | str, **answers: str) -> filling.Filling:
    return filling.look(data, source, {k.replace("_", "-"): v for k, v in answers.items()}, TODAY)


def add(data: Path, source: File | str, now: datetime = NOW, **answers: str) -> int | None:
    return filling.add(data, source, {k.replace("_", "-"): v for k, v in answers.items()}, now)[0]


def changes(found: filling.Filling) -> list[tuple[str, str, Change, str, str]]:
    return [
        (line.kpi, line.period, line.change, line.old.replace("\xa0", " "), line.new.replace("\xa0", " "))
        for line in found.lines
    ]


def made(data: Path, ask: Ask, kind: str) -> File:
    laid = template.make(data, ask, TODAY, one_table=kind == "csv")
    return File(f"t.{kind}", template_file.to_csv(laid) if kind == "csv" else template_file.to_workbook(laid))


# ------------------------------------------------------------------------------------------------------ the preview


def test_what_a_file_would_do_is_said_value_by_value(data: Path) -> None:
    define(
        data,
        typed=[
            {"kpi": "Revenue", "period": "2026-09", "value": 470000},
            {"kpi": "NPS", "period": "2026-07", "value": 42},
        ],
    )
    found = look(data, "KPI\tSep 2026\tOct 2026\nRevenue\t475,000\t480,000\nConversion\t\tmany\n")
    assert changes(found) == [
        ("Revenue", "September 2026", Change.CHANGED, "SEK 470,000", "SEK 475,000"),
        ("Revenue", "October 2026", Change.NEW, "", "SEK 480,000"),
    ]
    assert found.counts.sentence == "1 new, 1 changed, 1 refused."
    assert [(each.row, each.column, each.text) for each in found.refused] == [(3, "Oct 2026", "many")]
    assert stored(data)[0].value == 470000, "nothing is written by looking"


def test_adding_is_logged_and_undone_as_one(data: Path) -> None:
    define(data, typed=[{"kpi": "Revenue", "period": "2026-09", "value": 470000, "note": "by phone"}])
    before = stored(data)
    number = add(data, File("kpis.csv", b"KPI,Sep 2026,Oct 2026\nRevenue,475000,480000\n"))
    assert [each.value for each in stored(data)] == [475000, 480000]
    assert {each.note for each in stored(data)} == {"from kpis.csv"}
    with open_store(data) as store:
        log = list_changes(store, most=2)
    assert {(each.why, (each.old or {}).get("value"), (each.new or {}).get("value")) for each in log} == {
        ("from kpis.csv", "470000", "475000"),
        ("from kpis.csv", None, "480000"),
    }
    assert [(each.file_name, each.counts.sentence) for each in filling.history(data)] == [
        ("kpis.csv", "1 new, 1 changed.")
    ]
    undone = filling.take_back(data, number or 0, NOW)
    assert undone.sentence == "Undone: 1 value removed, 1 value back as it was before."
    assert stored(data) == before
    assert filling.history(data)[0].undone_at == NOW
    with pytest.raises(NotFound):
        filling.take_back(data, number or 0, NOW)
    with pytest.raises(NotFound):
        filling.take_back(data, 99, NOW)


def test_the_board_follows_a_fill_and_its_undo(data: Path) -> None:
    kpi = filled(data)
    number = add(data, "Revenue\tOct 2026\t1250")
    assert {line.period.start: line.actual.value for line in kpi_page.page(data, kpi.id, TODAY).lines}[OCTOBER] == 1250
    filling.take_back(data, number or 0, NOW)
    assert {line.period.start: line.actual.value for line in kpi_page.page(data, kpi.id, TODAY).lines}[OCTOBER] == 310


def test_what_is_the_same_writes_nothing(data: Path) -> None:
    define(data, typed=[{"kpi": "Revenue", "period": "2026-09", "value": 470000, "note": "by phone"}])
    before = dump(data)
    assert add(data, "Revenue\tSep 2026\t470 000") is None
    assert dump(data) == before


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_fills_are_undone_in_any_order(data: Path, order: tuple[int, int]) -> None:
    define(data, typed=[{"kpi": "Revenue", "period": "2026-10", "value": 1}])
    before = stored(data)
    add(data, "KPI\tSep 2026\tOct 2026\nRevenue\t2\t2")
    add(data, "KPI\tAug 2026\tOct 2026\nRevenue\t3\t3")
    first, second = order
    filling.take_back(data, first, NOW)
    left = {each.period_start.month: each.value for each in stored(data)}
    assert left == ({8: 3, 10: 3} if first == 1 else {9: 2, 10: 2})
    filling.take_back(data, second, NOW)
    assert stored(data) == before


def test_what_was_typed_after_a_fill_stands_when_it_is_undone(data: Path) -> None:
    kpi = filled(data)
    number = add(data, "KPI\tSep 2026\tOct 2026\nRevenue\t2\t2")
    kpi_page.type_values(data, kpi.id, {OCTOBER: "5"}, "counted again", NOW)
    assert filling.take_back(data, number or 0, NOW).sentence == (
        "Undone: 1 value removed, 1 value kept because it was changed again."
    )
    assert {each.period_start: each.value for each in stored(data)} == {OCTOBER: 5}


steps = st.lists(
    st.tuples(
        st.sampled_from(["fill", "fill", "undo", "type"]), st.integers(0, 4), st.integers(8, 10), st.integers(1, 3)
    ),
    max_size=9,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_undoing_leaves_what_the_others_make(tmp_path: Path, steps: list[tuple[str, int, int, int]]) -> None:
    """Against the rule itself: play all changes that are not undone, in their order."""
    data = tmp_path / "shop.db"
    for old in tmp_path.glob("shop.db*"):
        old.unlink()
    kpi = filled(data)
    played: list[tuple[int | None, int, int]] = []
    fills: list[int] = []
    for what, which, month, value in steps:
        if what == "type":
            kpi_page.type_values(data, kpi.id, {date(2026, month, 1): str(value)}, "", NOW)
            if [each for each in played if each[1] == month][-1:] != [(None, month, value)]:
                played.append((None, month, value))
        elif what == "fill":
            number = add(data, f"Revenue\t2026-{month:02}\t{value}")
            if number is not None:
                fills.append(number)
                played.append((number, month, value))
        elif fills:
            number = fills.pop(which % len(fills))
            filling.take_back(data, number, NOW)
            played = [each for each in played if each[0] != number]
        expected = {at: last for _, at, last in played}
        assert {each.period_start.month: each.value for each in stored(data)} == expected


# ---------------------------------------------------------------------------------------------------- hard decisions


def test_a_share_of_one_in_a_percentage_is_asked_about(data: Path) -> None:
    define(data, typed=[{"kpi": "Conversion", "period": "2026-08", "value": "2.9"}])
    block = "KPI\tSep 2026\tOct 2026\nConversion\t0.031\t0.032\n"
    asked = look(data, block)
    assert ([each.id for each in asked.questions], asked.lines) == (["percent-2"], ())
    assert "0.031" in asked.questions[0].text
    with pytest.raises(OpenQuestions):
        add(data, block)
    add(data, block, percent_2="share")
    assert [each.value for each in stored(data)] == [Fraction("2.9"), Fraction("3.1"), Fraction("3.2")]
    with pytest.raises(RefusedDefinition):
        look(data, block, percent_2="perhaps")


def test_parts_of_one_may_be_more_than_one(data: Path) -> None:
    define(data)
    block = "KPI\tAug 2026\tSep 2026\tOct 2026\nConversion\t0.95\t1.05\t1.10\n"
    assert [each.new for each in look(data, block, percent_2="share").lines] == ["95%", "105%", "110%"]
    assert [each.new for each in look(data, block, percent_2="percent").lines] == ["0.95%", "1.05%", "1.1%"]
    above = look(data, "KPI\tSep 2026\tOct 2026\nConversion\t1.05\t1.10\n")
    assert ([each.id for each in above.questions], above.lines) == (["percent-2"], ())


def test_what_goes_with_the_stored_percentages_stays_beside_parts_of_one(data: Path) -> None:
    define(data, typed=[{"kpi": "Conversion", "period": "2026-07-01", "value": 94}])
    block = "KPI\tJul 2026\tAug 2026\tSep 2026\nConversion\t94\t95.5\t1.05\n"
    assert [each.new for each in look(data, block, percent_2="share").lines] == ["94%", "95.5%", "105%"]


@pytest.mark.parametrize("cell", ["0.4%", "0,4 %"])
def test_a_percent_sign_needs_no_question(data: Path, cell: str) -> None:
    define(data)
    add(data, f"Conversion\tOct 2026\t{cell}")
    assert stored(data)[0].value == Fraction("0.4")


def test_a_percentage_that_is_small_as_a_rule_needs_no_question(data: Path) -> None:
    define(data, typed=[{"kpi": "Conversion", "period": "2026-08", "value": "0.5"}])
    assert not look(data, "Conversion\tOct 2026\t0.4").questions


def test_parts_of_a_ratio_are_kept_so_that_longer_periods_come_out_right(data: Path) -> None:
    define(data, [{"name": "Conversion", "unit": "percent", "direction": "up"}])
    add(data, "KPI\tPeriod\tNumerator\tDenominator\nConversion\tSep 2026\t2\t4\nConversion\tOct 2026\t2\t100\n")
    values = stored(data)
    assert [each.value for each in values] == [None, None]
    assert [each.numerator for each in values] == [2, 2]
    assert [each.denominator for each in values] == [4, 100]


def test_a_value_beside_its_parts_is_checked_against_them(data: Path) -> None:
    define(data)
    head = "KPI\tPeriod\tValue\tNumerator\tDenominator\nConversion\tOct 2026"
    good = look(data, f"{head}\t3.6\t32\t900")
    assert [(line.new, line.typed.value) for line in good.lines] == [("3.6 % (32 of 900)".replace(" %", "%"), None)]
    bad = look(data, f"{head}\t3.2\t32\t900")
    assert "its parts make" in bad.refused[0].reason
    assert "come together" in look(data, f"{head}\t\t32").refused[0].reason
    assert [each.value for each in stored(data)] == []


def test_a_closed_month_refuses_its_cells_one_by_one_and_the_undo_whole(data: Path) -> None:
    define(data)
    number = add(data, "KPI\tAug 2026\tSep 2026\nRevenue\t1\t2")
    with open_store(data) as store:
        close_month(store, "2026-09", By(NOW))
    found = look(data, "KPI\tAug 2026\tSep 2026\tOct 2026\nRevenue\t5\t6\t7")
    assert [line.period for line in found.lines] == ["August 2026", "October 2026"]
    assert [each.reason for each in found.refused] == ["September 2026 is closed"]
    with pytest.raises(ClosedMonths):
        filling.take_back(data, number or 0, NOW)
    assert [each.value for each in stored(data)] == [1, 2]


def test_a_running_period_says_that_it_runs(data: Path) -> None:
    define(data)
    assert [line.note for line in look(data, "KPI\tOct 2026\tNov 2026\nRevenue\t5\t6").lines] == [
        "",
        "this period still runs",
    ]


def test_a_file_without_kpis_gets_its_sentence(data: Path) -> None:
    define(data)
    assert not look(data, made(data, Ask(), "xlsx")).lines, "an empty template is one"
    with pytest.raises(NoKpiTable, match=r"notes\.csv"):
        look(data, File("notes.csv", b"Day,Text\nMonday,hello\n"))


def test_only_a_table_of_kpis_is_taken_for_one_among_exports(data: Path) -> None:
    define(data)

    def taken(text: str) -> bool:
        return filling.is_template(data, File("x.csv", text.encode()), TODAY)

    assert taken("KPI,Oct 2026\nRevenue,5\n")
    assert filling.is_template(data, made(data, Ask(), "csv"), TODAY)
    assert not taken("Date,Revenue,Orders\n2026-10-01,5,6\n")
    assert not taken(",Jan 2026,Feb 2026\nIncome,5,6\nRevenue,1,2\nCosts,1,2\n")
    assert not taken("Order,Created at,Total\n1,2026-10-01,5\n")
    assert not taken("")
    assert not taken("\x89PNG\r\n\x1a\n")


# ------------------------------------------------------------------------------------------------------ the template


def test_a_template_holds_what_is_stored_with_its_unit(data: Path) -> None:
    define(data, typed=[{"kpi": "Revenue", "period": "2026-10", "value": "480000.5"}], locale="sv_SE")
    laid = template.make(data, Ask(first=date(2026, 9, 15), last=date(2026, 10, 2), kpis=(1, 2)), TODAY)
    text = template_file.to_csv(laid).decode("utf-8-sig")
    assert text.splitlines() == ["KPI;Unit;September 2026;October 2026", "Revenue;SEK;;480000,5", "Conversion;%;;"]


def test_the_workbook_has_numbers_dates_a_frozen_header_and_runs_nothing(data: Path) -> None:
    define(
        data,
        typed=[
            {"kpi": "Revenue", "period": "2026-10", "value": 480000},
            {"kpi": "Reply", "period": "2026-11-02", "value": 8100},
        ],
    )
    book = openpyxl.load_workbook(io.BytesIO(made(data, Ask(), "xlsx").data))
    assert book.sheetnames == ["Days", "Weeks", "Months", "Quarters", "Years", "How to"]
    months = book["Months"]
    assert (months.freeze_panes, months.cell(1, 14).value, months.cell(2, 14).value) == (
        "C2",
        datetime(2026, 10, 1),
        480000,
    )
    assert months.cell(1, 14).number_format == "mmm yyyy"
    odd = book["Years"].cell(2, 1)
    assert (odd.value, odd.data_type, odd.quotePrefix) == ("=Odd, name", "s", True)
    assert {book["Days"].cell(2, column).number_format for column in (3, 16)} == {"[h]:mm:ss"}
    assert book.properties.created == datetime(2026, 11, 3)
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_a_text_file_of_several_cadences_is_one_long_table_and_runs_nothing(data: Path) -> None:
    define(data)
    lines = made(data, Ask(), "csv").data.decode("utf-8-sig").splitlines()
    assert lines[0] == "KPI,Period,Unit,Value,Numerator,Denominator"
    assert '"\'=Odd, name",2025,ratio,,,' in lines
    assert not [line for line in lines if line[0] in "=+-@"]


def test_a_computed_kpi_is_in_it_only_where_it_is_chosen_and_says_so(data: Path) -> None:
    kpi = filled(data)
    with pytest.raises(RefusedDefinition):
        template.make(data, Ask(), TODAY)
    laid = template.make(data, Ask(kpis=(kpi.id,)), TODAY)
    assert laid.sheets[0].rows[0][2] == "computed: a number here stands in its place"
    numbers = laid.sheets[0].rows[0][3:]
    assert {each.value for each in numbers if isinstance(each, Amount)} == {None}, (
        "a computed number is not a typed one"
    )


def test_many_periods_become_rows(data: Path) -> None:
    define(data)
    laid = template.make(data, Ask(kpis=(5,), first=date(2026, 1, 1), last=TODAY), TODAY)
    assert (len(laid.sheets[0].rows), laid.sheets[0].header[1]) == (307, "Period")
    with pytest.raises(RefusedDefinition):
        template.make(data, Ask(first=TODAY, last=OCTOBER), TODAY)


numbers = st.one_of(
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(Fraction),
    st.fractions(-1000, 1000, max_denominator=97),
    st.integers(-(10**12), 10**12).map(Fraction),
)
segments = st.sampled_from(["", "", "Web", "=1+1", "-x", "'s", "'=y", "Röd, grön; blå"])
kinds = st.sampled_from([(name["name"]) for name in KPIS])


@st.composite
def typed(draw: st.DrawFn) -> TypedValue:
    name = draw(kinds)
    day = draw(st.dates(date(2026, 6, 1), date(2026, 10, 31)))
    value = draw(st.none() | numbers)
    parts = draw(st.tuples(numbers, numbers)) if value is None or draw(st.booleans()) else (None, None)
    numerator, denominator = parts
    return TypedValue(name, day, value, draw(segments), numerator, denominator, note="as it was")


@dataclass(frozen=True)
class Ways:
    """How a business is set and how a template is wanted."""

    locale: str
    fiscal_year_start: str
    week_start: str
    long: bool
    kind: str


ways = st.builds(
    Ways,
    st.sampled_from(["en_US", "sv_SE", "de_DE", "en_IN"]),
    st.sampled_from(["01-01", "04-06", "07-01"]),
    st.sampled_from(["mon", "sun"]),
    st.booleans(),
    st.sampled_from(["xlsx", "csv"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(typed(), max_size=8), ways)
def test_a_template_that_comes_back_unchanged_changes_nothing(
    tmp_path: Path, values: list[TypedValue], way: Ways
) -> None:
    data, copy = tmp_path / "shop.db", tmp_path / "copy.db"
    for old in (*tmp_path.glob("shop.db*"), *tmp_path.glob("copy.db*")):
        old.unlink()
    for each in (data, copy):
        define(each, locale=way.locale, fiscal_year_start=way.fiscal_year_start, week_start=way.week_start)
    with open_store(data) as store:
        for value in values:
            set_typed(store, value, By(NOW))
        actuals.refresh(store)
    ask = Ask(first=date(2026, 6, 1), last=TODAY, long=way.long)
    before = dump(data)
    file = made(data, ask, way.kind)
    found = look(data, file)
    assert (found.refused, found.questions) == ((), ())
    assert {line.change for line in found.lines} <= {Change.SAME}
    assert len(found.lines) == len(stored(data))
    assert add(data, file) is None
    assert dump(data) == before
    plain = all(each.value is None or each.value.denominator in {1, 2, 5, 10} for each in values)
    consistent = all(each.value is None or each.numerator is None for each in values)
    if plain and consistent and not any(line.kpi == "Conversion" for line in found.lines):
        add(copy, file)
        assert [_bare(each) for each in stored(copy)] == [_bare(each) for each in stored(data)]


def _bare(value: TypedValue) -> TypedValue:
    def held(part: Fraction | None) -> Fraction | None:
        return None if part is None else sheet_number(part)

    return replace(value, note="", numerator=held(value.numerator), denominator=held(value.denominator))


EXPORTS = Path(__file__).parents[3] / "shared" / "csv_cases" / "files"


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the collection of real exports is not there")
def test_no_real_export_is_taken_for_a_table_of_kpis(data: Path) -> None:
    names = [
        "Revenue",
        "Total Income",
        "Net Income",
        "Sales",
        "Orders",
        "Total",
        "Amount",
        "Sessions",
        "Visits",
        "Value",
    ]
    define(data, [{"name": name, "unit": "count", "direction": "up"} for name in names])
    files = [path for path in sorted(EXPORTS.rglob("*")) if path.is_file()]
    assert len(files) > 80
    taken = [path.name for path in files if filling.is_template(data, File(path.name, path.read_bytes()), TODAY)]
    assert taken == []


def test_a_number_in_place_of_a_computed_one_is_said_and_counted_apart(data: Path) -> None:
    filled(data)
    block = "KPI\tAug 2026\tOct 2026\nRevenue\t900\t300\n"
    found = look(data, block)
    assert changes(found) == [
        ("Revenue", "August 2026", Change.NEW, "", "SEK 900"),
        ("Revenue", "October 2026", Change.COMPUTED, "SEK 310", "SEK 300"),
    ]
    assert found.counts.sentence == "1 new, 1 replaces a computed value."
    number = add(data, block)
    assert [each.counts for each in filling.history(data)] == [found.counts]
    assert [line.change for line in look(data, block).lines] == [Change.SAME, Change.SAME]
    assert number is not None
    filling.take_back(data, number, NOW)
    assert look(data, block).counts == found.counts
