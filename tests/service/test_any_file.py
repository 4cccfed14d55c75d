"""Whatever two files hold, one after the other: the preview writes nothing, and adding is all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_core.errors import SignalboxError
from kpi_core.service import importing, keeping
from kpi_core.service.file import File
from kpi_core.service.importing import Preview, Wishes
from tests.ingest.damage import files
from tests.ingest.laws import MOST_QUESTIONS, holds, one_sentence
from tests.service.shop import NOW, dump


def decided(data: Path, file: File, choice: int) -> Preview | None:
    """Look at a file and answer whatever is asked; None where it is refused. Nothing is ever written."""
    before = dump(data)
    answers: dict[str, str] = {}
    for _ in range(MOST_QUESTIONS):
        try:
            shown = importing.preview(data, file, Wishes(None, answers), NOW)
        except SignalboxError as error:
            one_sentence(error)
            return None
        finally:
            assert dump(data) == before
        holds(shown.reading)
        if shown.question is None:
            return shown
        assert shown.question.id not in answers
        answers = {**answers, shown.question.id: shown.question.choices[choice % len(shown.question.choices)]}
    message = "questions without an end"
    raise AssertionError(message)


def added_whole(data: Path, shown: Preview) -> None:
    """Add a file: it does what its preview said and every record counts once, or nothing happens."""
    before = dump(data)
    try:
        added = importing.add(data, shown.file, shown.wishes, NOW, shown.reading)
    except SignalboxError as error:
        one_sentence(error)
        assert dump(data) == before
        return
    result = added.result
    assert shown.plan is not None
    assert result.sentence == shown.plan.sentence
    if result.import_id is None:
        assert dump(data) == before
        return
    assert added.checks == shown.checks
    if not shown.reading.wide:
        used = result.new + result.changed + result.same
        assert used + result.left_out + result.refused == shown.reading.rows.total


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None
)
@given(files(), files(), st.integers(0, 3))
def test_two_files_are_each_added_whole_or_not_at_all(data: Path, one: bytes, two: bytes, choice: int) -> None:
    for each in data.parent.iterdir():
        each.unlink()
    keeping.settings(data)
    for content in (one, two):
        shown = decided(data, File("a.csv", content), choice)
        if shown is not None:
            added_whole(data, shown)
