"""Adding, adding again and undoing files: the worked cases, through a real data file in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from kpi_core.errors import ClosedMonths, OpenQuestions
from kpi_core.source import ColumnType, Covers, LeftOut, Recognition, Refused
from kpi_core.store.changes import By
from kpi_core.store.data_file import Store, open_store
from kpi_core.store.imports import Upload, apply
from kpi_core.store.months import close_month, reopen_month
from kpi_core.store.sources import add_source
from kpi_core.store.undo import undo
from tests.rules.cases import Given, RuleCase, rule_cases
from tests.store.batches import batch, fingerprint, recipe, rows_of

NOW = datetime(2026, 1, 5, 9, 0)
KINDS = {"key": Recognition.KEY, "no key": Recognition.CONTENT, "whole truth": Recognition.WHOLE_TRUTH}
Row = Mapping[str, str | None]


@rule_cases("reupload_and_undo")
def test_reupload_and_undo(case: RuleCase) -> None:
    case.check(lambda given: played(given, case.expect))


def played(given: Given, expect: Mapping[str, Any]) -> dict[str, object]:
    """Play the steps of a case and say what each one answered and what is left."""
    source = given.part("source")
    key = source.raw("key", [])
    files = dict(uploaded(part, key) for part in given.parts("imports"))
    ids: dict[str, int] = {}
    steps = []
    with open_store() as store:
        source_id = add_source(store, "Orders", recipe(KINDS[source.text("kind")], key=key), NOW).id
        for step, wanted in zip(given.raw("steps"), expect["steps"], strict=True):
            answered = stepped(store, source_id, step, files, ids)
            steps.append({name: answered[name] for name in wanted})
        rows = rows_of(store, source_id)
    # The order of rows means nothing
    as_expected = Counter(map(frozen, rows)) == Counter(map(frozen, expect["rows_after"]))
    return {
        "steps": steps,
        "rows_after": expect["rows_after"] if as_expected else rows,
        "count_after": len(rows),
        "sum_after": sum((Fraction(str(row["amount"])) for row in rows), Fraction()),
    }


def frozen(row: Row) -> frozenset[tuple[str, str | None]]:
    return frozenset(row.items())


def uploaded(part: Given, key: list[str]) -> tuple[str, Upload]:
    """Make the file of a case; the owner's answer to whatever it asks about goes with it."""
    name, rows = part.text("id"), part.raw("rows")
    covers = None
    if part.has("covers"):
        told = part.part("covers")
        covers = Covers(told.day("from"), told.day("to"))
    kinds = {column: ColumnType.NUMBER if column == "amount" else ColumnType.TEXT for row in rows for column in row}
    refused = [Refused(**row) for row in part.raw("refused", [])]
    left_out = [LeftOut(**row) for row in part.raw("left_out", [])]
    assert part.raw("rows_in_file", len(rows) + len(refused) + len(left_out)) == len(rows) + len(refused) + len(
        left_out
    )
    answers = {"overlap": part.text("answer")} if part.has("answer") else {}
    content = fingerprint(json.dumps([rows, part.raw("refused", []), part.raw("left_out", [])]))
    made = batch(rows, kinds, key=key, covers=covers)
    return name, Upload(made, f"{name}.csv", str(content), tuple(left_out), tuple(refused), answers)


def stepped(
    store: Store, source_id: int, step: Mapping[str, Any], files: Mapping[str, Upload], ids: dict[str, int]
) -> dict[str, object]:
    """Play one step and answer with all that can be said of it."""
    match dict(step):
        case {"import": str(name), **rest} if not rest:
            return {"import": name, **added(store, source_id, files[name], name, ids)}
        case {"undo": str(name), **rest} if not rest:
            return {"undo": name, **undone(store, ids[name])}
        case {"close": str(month), **rest} if not rest:
            close_month(store, month, By(NOW))
            return {"close": month}
        case {"reopen": str(month), **rest} if not rest:
            reopen_month(store, month, By(NOW, why="a late invoice"))
            return {"reopen": month}
        case _:
            assert not step, "the adapter does not know this step"
            return {}


def added(store: Store, source_id: int, upload: Upload, name: str, ids: dict[str, int]) -> dict[str, object]:
    """Add a file as an owner would: first without an answer, then with it if there was a question."""
    before = rows_of(store, source_id)
    said: dict[str, object] = {}
    try:
        result = apply(store, source_id, replace(upload, answers={}), NOW)
    except OpenQuestions as asked:
        said = {"asks": list(asked.questions[0].choices), "nothing_changed": rows_of(store, source_id) == before}
        if not upload.answers:
            return said
        result = apply(store, source_id, upload, NOW)
    if result.import_id is not None:
        ids[name] = result.import_id
    return said | {
        "new": result.new,
        "changed": result.changed,
        "same": result.same,
        "gone": result.gone,
        "left_out": result.left_out,
        "refused": result.refused,
        "recorded": result.import_id is not None,
    }


def undone(store: Store, import_id: int) -> dict[str, object]:
    """Undo a file, or say which closed months stand in the way."""
    try:
        result = undo(store, import_id, NOW)
    except ClosedMonths as closed:
        return {"refused_because_closed": list(closed.months)}
    return {"done": True, "restored": result.restored, "removed": result.removed, "kept": result.kept}
