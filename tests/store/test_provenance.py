"""From a value back to the rows, files and records that it is made of."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kpi_core.kpi import TypedValue
from kpi_core.period import Cadence, Calendar
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import find_kpi
from kpi_core.store.definitions.typed import set_typed
from kpi_core.store.imports import apply
from kpi_core.store.provenance import rows_behind
from kpi_core.store.undo import undo
from tests.store.batches import NOW, batch, upload
from tests.store.test_actuals import KINDS, ME, define, order

OCTOBER = Calendar().period(Cadence.MONTH, date(2025, 10, 1))
NOVEMBER = Calendar().period(Cadence.MONTH, date(2025, 11, 1))
ROWS = [order("2025-10-03", "30.00"), order("2025-10-30", "70.00", "c2", "Shop"), order("2025-11-01", "5.00")]


def test_rows_name_their_file_and_record() -> None:
    with open_store() as store:
        apply(store, define(store), upload(batch(ROWS, KINDS), "october.csv"), NOW)
        (part,) = rows_behind(store, find_kpi(store, "Revenue"), OCTOBER)
        assert part.sentence == "Orders, October 2025: 2 rows."
        assert [(row.file_name, row.record, row.cells["amount"]) for row in part.rows] == [
            ("october.csv", 2, "30.00"),
            ("october.csv", 3, "70.00"),
        ]
        assert part.rows[1].shown == {
            "File": "october.csv",
            "Row": "3",
            "date": "2025-10-30",
            "paid": "2025-10-30",
            "who": "c2",
            "channel": "Shop",
            "amount": "70.00",
        }


def test_a_row_in_two_files_is_named_by_the_newest_live_one() -> None:
    with open_store() as store:
        source_id = define(store)
        apply(store, source_id, upload(batch(ROWS, KINDS), "first.csv"), NOW)
        second = apply(store, source_id, upload(batch(ROWS, KINDS, first_row=9), "second.csv"), NOW)
        revenue = find_kpi(store, "Revenue")
        assert [(row.file_name, row.record) for row in rows_behind(store, revenue, OCTOBER)[0].rows] == [
            ("second.csv", 9),
            ("second.csv", 10),
        ]
        undo(store, second.import_id or 0, NOW)
        assert [(row.file_name, row.record) for row in rows_behind(store, revenue, OCTOBER)[0].rows] == [
            ("first.csv", 2),
            ("first.csv", 3),
        ]


def test_pages_and_segments() -> None:
    with open_store() as store:
        apply(store, define(store), upload(batch(ROWS, KINDS)), NOW)
        revenue = find_kpi(store, "Revenue")
        (part,) = rows_behind(store, revenue, OCTOBER, page=1, size=1)
        assert (part.total, [row.record for row in part.rows]) == (2, [3])
        (shop,) = rows_behind(store, revenue, OCTOBER, " SHOP")
        assert (shop.total, shop.rows[0].cells["who"]) == (1, "c2")


def test_formulas_part_by_part_and_typed_values() -> None:
    with open_store() as store:
        apply(store, define(store), upload(batch(ROWS, KINDS)), NOW)
        growth = rows_behind(store, find_kpi(store, "Growth"), NOVEMBER)
        assert [part.sentence for part in growth] == ["Orders, November 2025: 1 row.", "Orders, October 2025: 2 rows."]
        set_typed(store, TypedValue("Visits", date(2025, 10, 1), Fraction(50), note="from the letter"), ME)
        conversion = rows_behind(store, find_kpi(store, "Conversion"), OCTOBER)
        assert [part.sentence for part in conversion] == [
            "Orders, October 2025: 2 rows.",
            "Visits: Typed by hand: from the letter",
        ]
        set_typed(store, TypedValue("Revenue", date(2025, 10, 1), Fraction(50)), ME)
        over = rows_behind(store, find_kpi(store, "Revenue"), OCTOBER)
        assert over[0].sentence == "Typed by hand. It stands in place of what these rows make:"
        assert over[1].total == len(over[1].rows) > 0
        (gone,) = rows_behind(store, find_kpi(store, "Nowhere"), OCTOBER)
        assert gone.sentence == 'Orders has no column "gone".'
