"""Notes: several on a day, beside a KPI or beside all, taken away and brought back, carried by the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kpi_core.definition import check_document
from kpi_core.definition.document import Document
from kpi_core.errors import NotFound, RefusedDefinition
from kpi_core.kpi import Direction, Kpi, Note, Typed
from kpi_core.period import Cadence
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.definitions.dump import dump_document
from kpi_core.store.definitions.edit import add_kpi, edit_kpi, remove_kpi
from kpi_core.store.definitions.load import load_document
from kpi_core.store.definitions.notes import add_note, notes, remove_note
from kpi_core.store.definitions.undo import undo_change
from kpi_core.unit import Unit, UnitKind

BY = By(datetime(2026, 11, 3, 9))
MARCH = date(2026, 3, 1)
SHIPPING = Note(MARCH, "Free shipping", "Orders")
CLOSED = Note(MARCH, "Closed for a week")


def filled(store: Store) -> int:
    """Make a KPI."""
    unit = Unit(UnitKind.COUNT)
    add_kpi(store, Kpi("Returns", unit, Direction.DOWN, Cadence.MONTH, Typed()), BY)
    return add_kpi(store, Kpi("Orders", unit, Direction.UP, Cadence.MONTH, Typed()), BY).id


def plain(store: Store, kpi_id: int | None = None) -> list[Note]:
    return [replace(note, id=0) for note in notes(store, kpi_id)]


def test_a_day_has_several_notes_of_a_kpi_and_of_all() -> None:
    with open_store(None) as store:
        kpi_id = filled(store)
        add_note(store, replace(SHIPPING, kpi="ORDERS"), BY)
        add_note(store, CLOSED, BY)
        add_note(store, replace(SHIPPING, day=date(2025, 3, 1)), BY)
        assert plain(store, kpi_id) == [replace(SHIPPING, day=date(2025, 3, 1)), SHIPPING, CLOSED]
        assert plain(store, kpi_id - 1) == [CLOSED]
        assert add_note(store, SHIPPING, BY) is None


def test_a_note_is_taken_away_and_brought_back() -> None:
    with open_store(None) as store:
        filled(store)
        added = add_note(store, SHIPPING, BY)
        (note,) = notes(store)
        gone = remove_note(store, note.id, BY)
        assert notes(store) == ()
        with pytest.raises(NotFound, match=f"There is no note number {note.id}."):
            remove_note(store, note.id, BY)
        back = undo_change(store, gone or 0, BY)
        assert notes(store) == (note,)
        undo_change(store, back, BY)
        with pytest.raises(RefusedDefinition, match="was changed again"):
            undo_change(store, added or 0, BY)


def test_a_renamed_kpi_keeps_its_notes_and_one_that_goes_takes_them_along() -> None:
    with open_store(None) as store:
        kpi_id = filled(store)
        add_note(store, SHIPPING, BY)
        edit_kpi(store, Kpi("Sales", Unit(UnitKind.COUNT), Direction.UP, Cadence.MONTH, Typed(), id=kpi_id), BY)
        assert plain(store) == [replace(SHIPPING, kpi="Sales")]
        gone = remove_kpi(store, kpi_id, BY)
        assert notes(store) == ()
        undo_change(store, gone or 0, BY)
        assert plain(store) == [replace(SHIPPING, kpi="Sales")]


def test_a_note_of_a_kpi_that_is_gone_cannot_be_brought_back() -> None:
    with open_store(None) as store:
        kpi_id = filled(store)
        added = add_note(store, SHIPPING, BY)
        back = undo_change(store, added or 0, BY)
        remove_kpi(store, kpi_id, BY)
        with pytest.raises(NotFound, match="There is no KPI"):
            undo_change(store, back, BY)


def test_a_document_carries_notes_and_the_same_again_changes_nothing() -> None:
    with open_store(None) as store, open_store(None) as other:
        filled(store)
        add_note(store, SHIPPING, BY)
        add_note(store, CLOSED, BY)
        document = dump_document(store)
        assert document.notes == (SHIPPING, CLOSED)
        load_document(other, document, BY)
        assert dump_document(other).notes == document.notes
        again = load_document(other, document, BY)
        assert (again.new, again.changed) == (0, 0)


def test_a_note_of_a_kpi_that_is_not_there_is_refused() -> None:
    with pytest.raises(RefusedDefinition, match=r"notes\[0\]: there is no KPI 'Orders'"):
        check_document(Document(notes=(SHIPPING,)))
