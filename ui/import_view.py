"""A file that waits for a click: what it was read as, the one open question, what will happen, and the file itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.service import picking
from kpi_core.service.importing import Overlap
from kpi_core.service.refused import refused_csv
from kpi_core.service.wishes import ONE_FILE
from ui import uploads
from ui.columns_view import show_columns
from ui.file_view import show_file
from ui.plain import as_it_stands
from ui.widgets import panel, show_counts, show_error, show_facts, show_heading, show_months, show_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.importing import File, ImportPlan, Preview
    from kpi_core.source import Question


def show_pending(data_file: Path, preview: Preview, others: Sequence[Preview], now: datetime) -> None:
    """Show a file that waits: what was read, what to decide and what will happen, then the file and its columns.

    `others` are of the same kind and follow it.
    """
    key = preview.file.hash
    st.header(as_it_stands(preview.file.name), anchor=False)
    if others:
        _show_others(preview, others)
    left, right = st.columns([1.5, 1], gap="medium")
    with left, panel(f"read_{key}"):
        _show_read(data_file, preview, now)
    with right, panel(f"plan_{key}"):
        if preview.question is not None:
            _show_question(data_file, preview, preview.question, others, now)
        if preview.plan is not None:
            _show_plan(data_file, preview, preview.plan, others, now)
        if st.button("Put it aside", key=f"aside_{key}"):
            uploads.forget(preview.file)
            st.rerun()
    with panel(f"file_{key}"):
        _show_inside(data_file, preview, now)


def _show_inside(data_file: Path, preview: Preview, now: datetime) -> None:
    """Show the file line by line, or its columns; what is not looked at is not made."""
    names = ["The file", f"Columns ({len(preview.reading.columns)})"]
    lines, columns = st.tabs(names, key=f"inside_{preview.file.hash}", on_change="rerun")
    if columns.open:
        with columns:
            show_columns(data_file, preview, now)
    else:
        with lines:
            show_file(preview)


def show_unreadable(files: Sequence[File]) -> None:
    """Show the files that hold no table, each with what is wrong and a way on."""
    errors = uploads.visit().errors
    bad = [file for file in files if file.hash in errors]
    for file in bad:
        show_error(errors[file.hash])
        if st.button("Put it aside", key=f"aside_{file.hash}"):
            uploads.forget(file)
            st.rerun()


def _show_others(preview: Preview, others: Sequence[Preview]) -> None:
    """Name the files of the same kind, and ask whether they follow."""
    count = len(others)
    files = "The other file" if count == 1 else f"The other {count:,} files"
    st.checkbox(
        f"{files} of this kind {'follows' if count == 1 else 'follow'} with the same answers",
        value=True,
        key=f"share_{preview.file.hash}",
    )
    show_names([each.file.name for each in others])


def _show_read(data_file: Path, preview: Preview, now: datetime) -> None:
    show_heading("What we read")
    reading = preview.reading
    show_facts((*reading.facts, *picking.stored_fact(preview)))
    for check in preview.checks:
        (st.success if check.ok else st.warning)(
            as_it_stands(check.text), icon=":material/check:" if check.ok else ":material/warning:"
        )
    for column, sentence in picking.bared(preview):
        st.warning(as_it_stands(sentence), icon=":material/warning:")
        if st.button("Make it personal, not stored", key=f"bared_{preview.file.hash}_{column}", type="tertiary"):
            picked = picking.pick_use(preview.wishes.columns, reading, column, picking.Use.PERSONAL)
            uploads.wish(data_file, preview, now, replace(preview.wishes, columns=picked))
            st.rerun()


def _show_question(
    data_file: Path, preview: Preview, question: Question, others: Sequence[Preview], now: datetime
) -> None:
    show_heading("One question")
    st.text(question.text)
    if others and question.id not in ONE_FILE and st.session_state.get(f"share_{preview.file.hash}"):
        files = "the other file" if len(others) == 1 else f"the other {len(others):,} files"
        st.caption(f"Your answer counts for {files} too.")
    labels = question.labels or question.choices
    for choice, label in zip(question.choices, labels, strict=True):
        if st.button(as_it_stands(label), key=f"{preview.file.hash}_{question.id}_{choice}", width="stretch"):
            uploads.answer(data_file, preview, question.id, choice, now)
            st.rerun()


def _show_plan(data_file: Path, preview: Preview, plan: ImportPlan, others: Sequence[Preview], now: datetime) -> None:
    show_heading("What happens")
    if plan.same_file_as is not None:
        st.text(plan.sentence)
        return
    counts = [(plan.new, "new"), (plan.changed, "changed"), (plan.same, "the same")]
    if plan.left_out:
        counts.append((plan.left_out, "left out"))
    counts.append((plan.refused, "refused"))
    if plan.gone:
        counts.append((plan.gone, "stored rows go"))
    show_counts([(f"{count:,}", word) for count, word in counts])
    if preview.of_closed_months:
        st.text(preview.of_closed_months)
    show_months(plan.by_month, preview.sums)
    _offer_removal(data_file, preview, plan, now)
    if not preview.known:
        name = st.text_input("Keep it as", preview.source, key=f"source_{preview.file.hash}")
        if name.strip() and name.strip() != preview.source:
            uploads.wish(data_file, preview, now, replace(preview.wishes, source=name.strip()))
            st.rerun()
    if preview.feeds:
        st.caption(as_it_stands(f"Feeds: {', '.join(preview.feeds)}."))
    if preview.question is None and st.button(
        "Add these rows", type="primary", key=f"add_{preview.file.hash}", width="stretch"
    ):
        follow = others if st.session_state.get(f"share_{preview.file.hash}") else ()
        with st.spinner("Adding"):
            uploads.add(data_file, preview, now, follow)
        st.rerun()
    _show_refused(preview)
    st.caption("You can undo this at any time. The next file of this kind needs no clicks.")


def _offer_removal(data_file: Path, preview: Preview, plan: ImportPlan, now: datetime) -> None:
    """Let stored rows go that a newer file of their days does not hold any more, and let them stay after all."""
    removes = preview.by_key and preview.wishes.answers.get("overlap") == Overlap.REPLACE and plan.gone > 0
    if plan.missing is None and not removes:
        return
    count = plan.gone if plan.missing is None else plan.missing.rows
    rows = "this row" if count == 1 else f"these {count:,} rows"
    label, answer = (f"Keep {rows} after all", Overlap.ADD) if removes else (f"Remove {rows} too", Overlap.REPLACE)
    if st.button(label, key=f"missing_{preview.file.hash}", type="tertiary"):
        uploads.answer(data_file, preview, "overlap", answer, now)
        st.rerun()


def _show_refused(preview: Preview) -> None:
    refused = preview.refused
    if refused:
        st.download_button(
            f"Download the {len(refused):,} refused",
            partial(refused_csv, refused),
            f"refused_{preview.file.name}.csv",
            "text/csv",
            key=f"refused_{preview.file.hash}",
            on_click="ignore",
        )
