from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kpi_core.errors import RefusedDefinition
from kpi_core.kpi import Aggregate, Measure
from kpi_core.review import Decision
from kpi_core.sample import sample_files
from kpi_core.service import actions, boards, choose, history, keeping, meeting, reviews, sample
from kpi_core.service.file import File
from kpi_core.service.meeting import Said
from tests.service.shop import NOW, TODAY, add, again, at_least, dump, filled, orders, revenue


def test_loaded_into_an_empty_file_and_removed_without_a_trace(data: Path) -> None:
    keeping.settings(data)
    before = dump(data, counters=False)
    assert not sample.is_loaded(data)
    said = sample.load(data, NOW)
    assert said.startswith("The sample shop is loaded: ")
    assert sample.is_loaded(data)
    board = boards.board(data, TODAY, boards.View(TODAY))
    assert len(board.rows) >= 5
    assert all(finding.ok for finding in keeping.check(data))
    assert sample.remove(data) == "The sample shop is removed; what you brought yourself is as it was."
    assert dump(data, counters=False) == before


def test_beside_a_shop_of_one_s_own(data: Path) -> None:
    filled(data)
    # A look at the board keeps what it worked out
    boards.board(data, TODAY, boards.View(TODAY))
    before = dump(data, counters=False)
    sample.load(data, NOW)
    assert any(row.kpi.name == "Revenue" for row in boards.board(data, TODAY, boards.View(TODAY)).rows)
    sample.remove(data)
    assert dump(data, counters=False) == before


def test_loading_twice_and_removing_twice_are_refused(data: Path) -> None:
    with pytest.raises(RefusedDefinition, match="The sample shop is not loaded"):
        sample.remove(data)
    sample.load(data, NOW)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="The sample shop is loaded already"):
        sample.load(data, NOW)
    assert dump(data) == before


def test_a_name_that_the_owner_uses_stops_it_before_anything_is_written(data: Path) -> None:
    kpi = filled(data)
    choose.save(data, again(kpi, name="monthly REVENUE"), None, NOW)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="There is a KPI named monthly revenue already"):
        sample.load(data, NOW)
    assert dump(data) == before


def test_a_goal_that_both_have_stays_the_owner_s(data: Path) -> None:
    filled(data)
    sample.load(data, NOW)
    sample.remove(data)
    assert choose.options(data).goals == ("Bring in more money",)


def test_what_the_owner_did_meanwhile_stays(data: Path) -> None:
    sample.load(data, NOW)
    add(data, orders([date(2026, 10, 1), date(2026, 10, 31)]))
    choose.save(data, revenue(), at_least(300), NOW)
    sample.remove(data)
    assert [kpi.name for kpi in choose.options(data).kpis] == ["Revenue"]
    assert choose.options(data).goals == ("Bring in more money",)
    assert all(finding.ok for finding in keeping.check(data))


def test_what_the_owner_made_of_it_stops_the_removal(data: Path) -> None:
    sample.load(data, NOW)
    own = choose.save(data, revenue(Measure("Sample orders", Aggregate.COUNT, None, "Created at"), "Mine"), None, NOW)
    before = dump(data)
    with pytest.raises(RefusedDefinition, match="Mine is made of Sample orders of the sample shop"):
        sample.remove(data)
    assert dump(data) == before
    choose.retire(data, own.id, "Only tried", NOW)
    sample.remove(data)
    assert not sample.is_loaded(data)


def test_a_file_of_the_owner_s_in_a_source_of_the_sample_s_stops_the_removal(data: Path) -> None:
    keeping.settings(data)
    empty = dump(data, counters=False)
    sample.load(data, NOW)
    orders = next(each for each in sample_files(TODAY, "USD") if each.source == "Sample orders").data.decode()
    header, first = orders.splitlines()[:2]
    file = File("mine.csv", f"{header}\n{first}\n".replace("#", "#9").encode())
    added = add(data, file, "Sample orders", coverage="no")
    assert added.result.import_id is not None
    before = dump(data)
    with pytest.raises(RefusedDefinition, match=r"Your file mine\.csv was added to Sample orders of the sample shop"):
        sample.remove(data)
    assert dump(data) == before
    history.take_back(data, added.result.import_id, NOW)
    sample.remove(data)
    assert dump(data, counters=False) == empty


def test_what_was_reviewed_of_it_goes_with_it_and_the_rest_of_a_review_stays(data: Path) -> None:
    keeping.settings(data)
    before = dump(data, counters=False)
    sample.load(data, NOW)
    _reviewed(data)
    sample.remove(data)
    assert dump(data, counters=False) == before
    own = filled(data, 400)
    sample.load(data, NOW)
    review = _reviewed(data)
    sample.remove(data)
    kept = reviews.record(data, review, TODAY)
    assert [agenda.kpi_id for agenda, _ in kept.items] == [own.id]
    assert {each.kpi for each in kept.agreed} == {own.name}
    assert [line.kpi for line in actions.overview(data, TODAY).lines] == [own.name]
    assert all(finding.ok for finding in keeping.check(data))


def _reviewed(data: Path) -> int:
    """Hold a review in which everything is acted on, with a correction."""
    review = reviews.start(data, "owner", NOW)
    for item in review.agenda:
        meeting.decide(data, review.id, item.kpi_id, Said("It rained", Decision.ACT), NOW)
        actions.add_typed(data, item.kpi_id, "Call", "buyer", TODAY, NOW, review=review.id)
    reviews.finish(data, review.id, NOW)
    reviews.correct(data, review.id, "It did not rain", NOW)
    return review.id
