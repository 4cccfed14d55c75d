from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import written
from tests.cli.running import Run

READ = {
    "encoding",
    "delimiter",
    "quote",
    "decimal",
    "thousands",
    "header_row",
    "columns",
    "date_column",
    "value_column",
    "recipe",
    "rows",
    "left_out",
    "refused",
    "questions",
    "checks",
}


def test_read_prints_the_promised_fields(run: Run, orders: Path) -> None:
    ran = run("read", orders, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json
    assert set(found) == READ
    assert (found["encoding"], found["delimiter"], found["quote"], found["decimal"]) == ("utf-8", ",", '"', ".")
    assert (found["header_row"], found["date_column"], found["value_column"]) == (1, "Created at", "Total")
    assert found["columns"][1] == {
        "name": "Created at",
        "type": "date",
        "role": "date",
        "date_format": "%Y-%m-%d",
        "day_first": None,
        "unparsed": 0,
    }
    assert found["rows"] == {"total": 6, "used": 5, "left_out": 1, "refused": 0}
    assert found["left_out"] == [{"row": 7, "reason": "total", "text": "Total | 500.00 | 13"}]
    assert [(set(check), check["ok"]) for check in found["checks"]] == [({"name", "ok", "text"}, True)]
    assert (found["refused"], found["questions"], found["recipe"]) == ([], [], None)


def test_read_says_the_same_in_words(run: Run, orders: Path) -> None:
    ran = run("read", orders)
    assert ran.code == 0
    assert ran.out.endswith("6 records: 5 used, 1 left out, 0 refused\n")


def test_a_refused_row_has_its_place_and_reason(run: Run, tmp_path: Path) -> None:
    days = "".join(f"2026-10-{day:02d},{day}.00\n" for day in range(1, 30))
    found = run("read", written(tmp_path / "bad.csv", f"Day,Amount\n{days}2026-10-30,a lot\n"), "--json").json
    assert found["rows"] == {"total": 30, "used": 29, "left_out": 0, "refused": 1}
    refused = found["refused"][0]
    assert set(refused) == {"row", "column", "text", "reason"}
    assert (refused["row"], refused["column"], refused["text"]) == (31, "Amount", "a lot")


@pytest.mark.parametrize("command", ["read", "values"])
def test_an_open_question_is_exit_3_and_an_answer_settles_it(run: Run, doubtful: Path, command: str) -> None:
    asked = run(command, doubtful, "--json")
    assert asked.code == 3
    question = asked.json["questions"][0]
    assert set(question) == {"id", "column", "text", "choices"}
    assert (question["id"], question["column"]) == ("date-order", "Day")
    assert question["choices"] == ["day-first", "month-first"]
    assert "--answer date-order=day-first|month-first" in asked.err
    assert "values" not in asked.json
    assert run(command, doubtful, "--answer", "date-order=day-first").code == 0


def test_the_answer_decides_the_values(run: Run, doubtful: Path) -> None:
    answered = {
        choice: run("values", doubtful, "--answer", f"date-order={choice}", "--json").json["values"]
        for choice in ("day-first", "month-first")
    }
    assert answered["day-first"] == {"2026-04-01": 10, "2026-06-01": 20}
    assert answered["month-first"] == {"2026-03-01": 10, "2026-05-01": 20}


def test_read_and_values_never_ask_about_coverage(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "three.csv", "Day,Amount\n2026-10-03,1\n2026-10-13,2\n2026-10-20,3\n")
    assert run("read", file).code == run("values", file).code == 0
    assert run("import", "--source", "X", file).code == 3


VALUES = [
    ((), {"2026-09-01": 140.5, "2026-10-01": 359.5}),
    (("--by", "all"), {"all": 500}),
    (("--by", "quarter"), {"2026-07-01": 140.5, "2026-10-01": 359.5}),
    (("--by", "year"), {"2026-01-01": 500}),
    (("--by", "day", "--where", "Channel=shop"), {"2026-10-01": 250}),
    (("--by", "week", "--where", "Channel=shop"), {"2026-09-28": 250}),
    (("--date", "#2", "--value", "#6"), {"2026-09-01": 3, "2026-10-01": 10}),
    (("--date", "Created at", "--value", "Items"), {"2026-09-01": 3, "2026-10-01": 10}),
    (("--aggregate", "count"), {"2026-09-01": 2, "2026-10-01": 3}),
    (("--aggregate", "count_distinct", "--value", "Status"), {"2026-09-01": 2, "2026-10-01": 1}),
    (("--aggregate", "average", "--by", "all"), {"all": 100}),
    (("--aggregate", "min", "--by", "all"), {"all": 9.5}),
    (("--aggregate", "max", "--by", "all"), {"all": 250}),
    (("--aggregate", "median", "--by", "all"), {"all": 100}),
    (("--aggregate", "last"), {"2026-09-01": 40, "2026-10-01": 100}),
    (("--aggregate", "ratio", "--over", "Items", "--by", "all"), {"all": 500 / 13}),
    (("--aggregate", "ratio", "--over", "#6", "--by", "month"), {"2026-09-01": 140.5 / 3, "2026-10-01": 35.95}),
    (("--where", "Status=paid"), {"2026-09-01": 100.5, "2026-10-01": 359.5}),
    (("--where", "Status=paid|void", "--where", "Channel= WEB "), {"2026-09-01": 140.5, "2026-10-01": 100}),
    (("--segment", "Channel", "--by", "all"), {"web": {"all": 240.5}, "shop": {"all": 250}, "(none)": {"all": 9.5}}),
    (("--segment", "#3"), {"paid": {"2026-09-01": 100.5, "2026-10-01": 359.5}, "void": {"2026-09-01": 40}}),
]


@pytest.mark.parametrize(("options", "expected"), VALUES)
def test_values(run: Run, orders: Path, options: tuple[str, ...], expected: object) -> None:
    ran = run("values", orders, "--json", *options)
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {
        "values": expected,
        "questions": [],
        "rows": {"total": 6, "used": 5, "left_out": 1, "refused": 0},
    }


def test_segments_of_a_ratio_are_ratios(run: Run, orders: Path) -> None:
    options = ("--aggregate", "ratio", "--over", "Items", "--segment", "Channel", "--by", "all")
    found = run("values", orders, "--json", *options).json["values"]
    assert found == {"web": {"all": 240.5 / 7}, "shop": {"all": 50}, "(none)": {"all": 9.5}}


def test_a_column_of_numbers_splits_too(run: Run, tmp_path: Path) -> None:
    rows = "2026-10-30,5,-0.50,yes\n2026-10-30,6,-0.5,no\n2026-10-31,7,1200.00,yes\n2026-11-01,8,,yes\n"
    file = written(tmp_path / "split.csv", f"Day,Sales,Discount,Member\n{rows}")
    options = ("--value", "Sales", "--by", "all", "--json")
    found = run("values", file, "--segment", "Discount", *options).json["values"]
    assert found == {"-0.5": {"all": 11}, "1200": {"all": 7}, "(none)": {"all": 8}}
    found = run("values", file, "--segment", "Member", *options).json["values"]
    assert found == {"yes": {"all": 20}, "no": {"all": 6}}


def test_nothing_to_divide_by_is_no_value(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "zero.csv", "Day,Sales,Visits\n2026-10-30,5,0\n2026-10-31,7,0\n2026-11-01,8,4\n")
    options = ("--value", "Sales", "--aggregate", "ratio", "--over", "Visits", "--json")
    assert run("values", file, *options).json["values"] == {"2026-10-01": None, "2026-11-01": 2}


def test_durations_are_printed_in_hours(run: Run, tmp_path: Path) -> None:
    rows = "2026-10-30,1:30:00,3\n2026-10-31,0:45:30,1\n2026-11-01,10:00:00,4\n"
    file = written(tmp_path / "time.csv", f"Day,Duration,Calls\n{rows}")
    assert run("values", file, "--value", "Duration", "--json").json["values"] == {
        "2026-10-01": 2.2583333333333333,
        "2026-11-01": 10,
    }
    counted = run("values", file, "--value", "Duration", "--aggregate", "count", "--json").json["values"]
    assert counted == {"2026-10-01": 2, "2026-11-01": 1}
    split = run("values", file, "--value", "Duration", "--segment", "Calls", "--by", "all", "--json").json["values"]
    assert split == {"3": {"all": 1.5}, "1": {"all": 0.7583333333333333}, "4": {"all": 10}}
    ratio = ("--value", "Duration", "--aggregate", "ratio", "--over", "Calls", "--by", "all", "--json")
    assert run("values", file, *ratio).json["values"]["all"] == pytest.approx(12.258333333 / 8)


def test_a_line_of_a_table_of_periods(run: Run, wide: Path) -> None:
    found = run("values", wide, "--line", "Income", "--json").json["values"]
    assert found == {"2026-01-01": 1000, "2026-02-01": 1100, "2026-03-01": 1200}


REFUSED = [
    (("--value", "Tips"), "Tips"),
    (("--value", "#9"), "#9"),
    (("--value", "#0"), "#0"),
    (("--date", "Status"), "Status"),
    (("--value", "Status"), "Status"),
    (("--segment", "Country"), "Country"),
    (("--where", "Country=SE"), "Country"),
    (("--where", "paid"), '"paid" is not understood.'),
    (("--answer", "day-first"), '"day-first" is not understood.'),
    (("--answer", "nonsense=yes"), "nonsense"),
    (("--answer", "date-order=sideways"), "sideways"),
    (("--aggregate", "ratio"), "A ratio needs its denominator"),
    (("--over", "Items"), "A ratio needs its denominator"),
    (("--line", "Income"), "Income"),
    (("--aggregate", "mode"), "'mode' is not one of"),
    (("--by", "fortnight"), "'fortnight' is not one of"),
]


@pytest.mark.parametrize(("options", "named"), REFUSED)
def test_what_cannot_be_counted_is_refused(run: Run, orders: Path, options: tuple[str, ...], named: str) -> None:
    ran = run("values", orders, "--json", *options)
    assert ran.code == 2
    assert set(ran.json) == {"error", "hint"}
    assert ran.err == f"{ran.json['error']} {ran.json['hint']}\n"
    assert named in ran.err


@pytest.mark.parametrize("command", ["read", "values"])
def test_a_file_that_is_not_there_or_no_table(run: Run, tmp_path: Path, command: str) -> None:
    ran = run(command, tmp_path / "none.csv", "--json")
    assert (ran.code, ran.json["error"]) == (2, f"{tmp_path / 'none.csv'} cannot be opened.")
    assert run(command, tmp_path).code == 2
    empty = run(command, written(tmp_path / "empty.csv", ""), "--json")
    assert (empty.code, empty.json["error"]) == (2, "empty.csv is empty.")
    header = run(command, written(tmp_path / "header.csv", "Day,Amount\n"), "--json")
    assert (header.code, header.json["error"]) == (2, "header.csv has a header but no rows under it.")


def test_looking_keeps_nothing(run: Run, orders: Path, data: Path) -> None:
    run("read", orders)
    run("values", orders)
    assert not data.exists()
